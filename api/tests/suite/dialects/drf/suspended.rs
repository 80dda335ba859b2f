//! Suspended accounts: out at once, not let in again, and not there for anybody.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::execute;
use crate::dialects::support::{by_connectin, by_shared_paths, socket, whole, with_token};
use crate::world::{PASSWORD, Person, World};

async fn suspend(world: &World, person: &Person) {
    let now = world.core().writer.now();
    execute(world, "UPDATE accounts SET suspended_at = $1 WHERE id = $2", [now.into(), person.id.into()]).await;
    world.bed.clock.turn(TimeDelta::seconds(31));
}

/// The ids of a list: of v1's `items`, of a search's `results`, of an array.
fn ids(body: &Value) -> Vec<&Value> {
    let rows = [&body["items"], &body["results"], body].into_iter().find_map(Value::as_array).expect("a list");
    rows.iter().map(|row| &row["id"]).collect()
}

#[tokio::test]
async fn a_suspended_account_does_not_get_in_and_is_not_there() {
    let world = World::start().await;
    let (ann, bob) = (by_connectin(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let searches = ["/api/user/search/?name=bob", "/api/search_users/?q=bob", "/api/v1/users?q=bob"];
    for path in searches {
        assert_eq!(ids(&ann.get(path).await.expect(200)), [bob.id], "{path}");
    }
    suspend(&world, &bob).await;
    for path in ["/api/user/login/", "/api/login/"] {
        let attempt = async |password: &str| {
            whole(with_token(&ann, None).post(path, json!({"username": "bob", "password": password})).await)
        };
        let refused = attempt(PASSWORD).await;
        assert!(["400", "401"].contains(&refused["status"].to_string().as_str()), "{refused:#}");
        assert_eq!(refused, attempt("a guess of mine").await);
    }
    bob.get("/api/profile/").await.expect(401);
    assert_eq!(socket(&bob, "/ws/notifs/").await.err(), Some(401));
    for path in searches {
        assert_eq!(ids(&ann.get(path).await.expect(200)), [0; 0], "{path}");
    }
    ann.post("/api/connection/send/", json!({"to_user_id": bob.id})).await.expect(404);
    let asked = ann.post("/api/connection_requests/", json!({"to_user_id": bob.id})).await.expect(400);
    assert_eq!(asked["to_user_id"][0], format!("Invalid pk \"{}\" - object does not exist.", bob.id));
    world.finish().await;
}
