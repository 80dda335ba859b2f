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
