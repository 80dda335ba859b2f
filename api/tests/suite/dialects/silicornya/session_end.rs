//! Signing out.

use reqwest::Method;
use serde_json::json;

use super::{LOGOUT, USER, again, by_token, chat, join, not_valid, say};
use crate::dialects::support::{by_shared_paths, whole, with_token};
use crate::world::{World, eventually};

fn done() -> serde_json::Value {
    json!({"status": 200, "body": {"detail": "Successfully logged out."}})
}

#[tokio::test]
async fn it_ends_the_key_that_it_is_sent_with_on_every_process_and_no_other() {
    let mut world = World::with(|config| config.gateway.sweep_every = 3_600).await;
    let there = world.add_api().await.address;
    let ann = join(&world, "ann").await;
    let other = again(&ann).await;
    for person in [&ann, &other] {
        person.at(there).get(USER).await.expect(200); // the other process remembers them
    }
    let mut ended = [chat(&ann, "1").await.expect("opens"), chat(&ann.at(there), "2").await.expect("opens")];
    let mut staying = [chat(&other, "1").await.expect("opens"), chat(&other.at(there), "2").await.expect("opens")];
    for socket in ended.iter_mut().chain(&mut staying) {
        say(socket, "Hello").await;
    }
    assert_eq!(whole(by_token(&ann, Method::POST, LOGOUT).await), done());
    assert_eq!(whole(ann.get(USER).await), not_valid(), "here, at once");
    // The clock is not turned: what is remembered there would last for 30 s.
    let over = async || whole(ann.at(there).get(USER).await) == not_valid();
    eventually("it is over there", over).await;
    for socket in &mut ended {
        assert_eq!(socket.close_code().await, Some(4401));
    }
    assert_eq!(chat(&ann, "1").await.err(), Some(401));
    for socket in &mut staying {
        assert_eq!(say(socket, "Still here").await["message"], "Still here");
    }
    other.at(there).get(USER).await.expect(200);
    assert_eq!(whole(by_token(&ann, Method::POST, LOGOUT).await), not_valid());
    drop(staying);
    world.finish().await;
}

#[tokio::test]
async fn it_takes_no_body_and_any_token_of_the_dialects() {
    let world = World::start().await;
    let (ann, bob) = (join(&world, "ann").await, by_shared_paths(&world, "bob").await);
    assert_eq!(whole(ann.post("/auth/logout", json!({"anything": []})).await), done());
    assert_eq!(whole(bob.act(LOGOUT).await), done());
    assert_eq!(whole(bob.get("/api/profile/").await), not_valid());
    let unsigned = with_token(&ann, None).act(LOGOUT).await;
    let said = json!({"status": 401, "body": {"detail": "Authentication credentials were not provided."}});
    assert_eq!(whole(unsigned), said);
    world.finish().await;
}
