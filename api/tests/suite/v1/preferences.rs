//! What people choose of how others meet them, and of what is mailed.

use serde_json::{Value, json};

use crate::world::World;

const PATH: &str = "/api/v1/me/preferences";

fn chosen(show_presence: bool, suggestable: bool, unread_mails: bool) -> Value {
    json!({"show_presence": show_presence, "suggestable": suggestable, "unread_mails": unread_mails})
}

#[tokio::test]
async fn each_is_changed_by_itself_and_stays() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    assert_eq!(ann.get(PATH).await.expect(200), chosen(true, true, false));
    for (change, then) in [
        (json!({"show_presence": false}), chosen(false, true, false)),
        (json!({"suggestable": false}), chosen(false, false, false)),
        (json!({"unread_mails": true}), chosen(false, false, true)),
        (json!({}), chosen(false, false, true)),
        (json!({"suggestable": null}), chosen(false, false, true)),
        (json!({"show_presence": true, "suggestable": true}), chosen(true, true, true)),
        (json!({"show_presence": true, "unread_mails": false}), chosen(true, true, false)),
        (json!({"show_presence": false, "suggestable": false, "unread_mails": true}), chosen(false, false, true)),
    ] {
        assert_eq!(ann.patch(PATH, change.clone()).await.expect(200), then, "{change}");
        assert_eq!(ann.get(PATH).await.expect(200), then, "{change}");
    }
    // A profile is written whole, and leaves them.
    ann.patch("/api/v1/me", json!({"full_name": "Ann Lee", "industry": "Networks"})).await.expect(200);
    assert_eq!(ann.get(PATH).await.expect(200), chosen(false, false, true));
    assert_eq!(ann.get("/api/v1/me/export").await.expect(200)["preferences"], chosen(false, false, true));
    assert_eq!(bob.get(PATH).await.expect(200), chosen(true, true, false));
    world.finish().await;
}
