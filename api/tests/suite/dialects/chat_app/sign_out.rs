//! Logging out.

use serde_json::{Value, json};

use super::super::support::{by_shared_paths, socket, whole, with_token};
use crate::world::World;

#[tokio::test]
async fn logging_out_ends_the_session_whole() {
    let mut world = World::without_worker(|_| {}).await;
    world.add_api().await;
    let (ann, bob) = (by_shared_paths(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let mut open = socket(&ann.at(world.apis[1].address), "/api/chat/send/").await.expect("it opens");
    let refused = json!({"status": 400, "body": {"detail": "Token is invalid or expired"}});
    for token in [json!("nonsense"), json!(ann.token), json!(bob.refresh_token)] {
        assert_eq!(whole(ann.post("/api/logout/", json!({"refresh": token})).await), refused, "{token}");
    }
    for (body, reason) in [
        (json!({}), "This field is required."),
        (json!({"refresh": ""}), "This field may not be blank."),
        (json!({"refresh": null}), "This field may not be null."),
    ] {
        let missing = json!({"status": 400, "body": {"refresh": [reason]}});
        assert_eq!(whole(ann.post("/api/logout/", body).await), missing);
    }
    let answer = ann.post("/api/logout", json!({"refresh": ann.refresh_token})).await;
    assert_eq!(whole(answer), json!({"status": 205, "body": Value::Null}));
    assert_eq!(open.close_code().await, Some(4401));
    ann.get("/api/online-users/").await.expect(401);
    let body = json!({"refresh": ann.refresh_token});
    with_token(&ann, None).post("/api/token/refresh/", body.clone()).await.expect(401);
    // Whoever is not signed in has nothing to end.
    ann.post("/api/logout/", body).await.expect(401);
    bob.get("/api/online-users/").await.expect(200);
    world.finish().await;
}
