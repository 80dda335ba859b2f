//! Who of one's connections is there.

use serde_json::{Value, json};

use crate::world::{Person, Socket, World, eventually};

const PATH: &str = "/api/v1/presence";

/// The ids of a page, and where it goes on.
fn page(list: &Value) -> (Vec<i64>, Option<String>) {
    let items = list["items"].as_array().expect("items");
    let ids = items.iter().map(|item| item["user"]["id"].as_i64().expect("an id")).collect();
    (ids, list["next"].as_str().map(str::to_owned))
}

/// Connects somebody with others who are new, each with an open socket.
async fn with_friends(world: &World, person: &Person, names: &[&str]) -> Vec<(Person, Socket)> {
    let mut friends = Vec::new();
    for name in names {
        let friend = world.person(name).await;
        friend.accept(person.ask(&friend).await).await.expect(200);
        let mut socket = friend.socket().await;
        socket.expect("hello").await;
        friends.push((friend, socket));
    }
    friends
}

#[tokio::test]
async fn connections_with_a_socket_are_listed_newest_account_first_by_pages() {
    let world = World::without_worker(|_| {}).await;
    let ann = world.person("ann").await;
    assert_eq!(ann.get(PATH).await.expect(200), json!({"items": [], "next": null}));
    let friends = with_friends(&world, &ann, &["bob", "cat", "dan"]).await;
    eventually("all are there", async || page(&ann.get(PATH).await.expect(200)).0.len() == 3).await;
    let whole = ann.get(PATH).await.expect(200);
    assert_shape!("listed", whole.clone());
    let [bob, cat, dan] = [0, 1, 2].map(|place: usize| friends[place].0.id);
    let (first, next) = page(&ann.get(&format!("{PATH}?limit=2")).await.expect(200));
    assert_eq!(first, [dan, cat]);
    let next = next.expect("there is more");
    let rest = ann.get(&format!("{PATH}?limit=2&cursor={next}")).await.expect(200);
    assert_eq!(page(&rest), (vec![bob], None));
    assert_eq!(page(&ann.get(&format!("{PATH}?limit=3")).await.expect(200)), (vec![dan, cat, bob], None));
    drop(friends);
    eventually("all have gone", async || page(&ann.get(PATH).await.expect(200)).0.is_empty()).await;
    world.finish().await;
}

#[tokio::test]
async fn strangers_whoever_blocks_whoever_hides_and_whoever_has_no_socket_are_not_listed() {
    let world = World::without_worker(|_| {}).await;
    let ann = world.person("ann").await;
    let friends = with_friends(&world, &ann, &["bob", "cat", "dan"]).await;
    let (eve, sam) = (world.person("eve").await, world.person("sam").await);
    let mut stranger = eve.socket().await;
    stranger.expect("hello").await;
    sam.accept(ann.ask(&sam).await).await.expect(200); // by request alone
    eventually("all are there", async || page(&ann.get(PATH).await.expect(200)).0.len() == 3).await;
    let [(bob, _), (cat, _), (dan, _)] = &friends[..] else { panic!("three") };
    bob.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    // The database says that he hides; that the store was told, does not matter.
    super::support::execute(&world, &format!("UPDATE accounts SET presence_hidden = TRUE WHERE id = {}", dan.id)).await;
    assert_eq!(page(&ann.get(PATH).await.expect(200)), (vec![cat.id], None));
    assert_eq!(page(&bob.get(PATH).await.expect(200)), (vec![], None));
    assert_eq!(page(&eve.get(PATH).await.expect(200)), (vec![], None));
    drop((friends, stranger));
    world.finish().await;
}

#[tokio::test]
async fn of_very_many_connections_a_page_looks_through_a_part() {
    let world = World::without_worker(|_| {}).await;
    let ann = world.person("ann").await;
    let numbers = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 2100)";
    for rows in [
        "accounts (id, username, username_key, password_hash, search, active, created_at, updated_at)
         SELECT 1000 + n, 'p' || n, 'p' || n, '-', '', TRUE, a.created_at, a.created_at",
        "connection_requests (id, from_id, to_id, status, created_at, decided_at)
         SELECT 1000 + n, a.id, 1000 + n, 'accepted', a.created_at, a.created_at",
        "connections (low_id, high_id, request_id, created_at) SELECT a.id, 1000 + n, 1000 + n, a.created_at",
    ] {
        let sql = format!("{numbers} INSERT INTO {rows} FROM numbers, accounts a WHERE a.id = {}", ann.id);
        super::support::execute(&world, &sql).await;
    }
    let there = [1_001, 1_050, 1_100, 2_000, 2_100, 2_101, 3_000, 3_100];
    world.core().presence.enter("another process", &there).await.expect("entered");
    let (mut pages, mut next) = (Vec::new(), String::new());
    loop {
        let (ids, more) = page(&ann.get(&format!("{PATH}?limit=2{next}")).await.expect(200));
        pages.push(ids);
        let Some(more) = more else { break };
        next = format!("&cursor={more}");
    }
    // A thousand below 3,101; a thousand below 3,000; a thousand below 2,100; what is left.
    assert_eq!(pages, [vec![3_100, 3_000], vec![2_101, 2_100], vec![2_000, 1_100], vec![1_050, 1_001]]);
    for low in [1_001, 1_050, 1_100] {
        world.core().presence.leave("another process", &[low]).await.expect("left");
    }
    let list = ann.get(&format!("{PATH}?limit=100")).await.expect(200);
    assert_eq!(page(&list).0, [3_100, 3_000, 2_101]);
    world.finish().await;
}
