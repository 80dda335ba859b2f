//! Across the surfaces: whoever has an account comes in here, and goes out everywhere.

use serde_json::json;

use super::{CHATS, USER, chat, join, key, login, say, stranger};
use crate::dialects::support::{by_connectin, by_karoo, by_shared_paths, with_token};
use crate::world::{PASSWORD, World};

#[tokio::test]
async fn accounts_of_other_surfaces_sign_in_here() {
    let world = World::start().await;
    let nobody = stranger(&world);
    nobody.register("vic", "vic@example.org").await.expect(201);
    by_connectin(&world, "con").await;
    by_karoo(&world, "kar").await;
    by_shared_paths(&world, "sha").await;
    for (name, email) in [("vic", true), ("con", true), ("kar", true), ("sha", false)] {
        let mut logins = vec![json!({"username": name}), json!({"username": name.to_uppercase()})];
        if email {
            logins.push(json!({"email": format!("{name}@example.org")}));
        }
        for mut body in logins {
            body["password"] = json!(PASSWORD);
            let session = login(&nobody, body).await.expect(200);
            let person = with_token(&nobody, Some(key(&session)));
            let user = person.get(USER).await.expect(200);
            assert_eq!(user["username"], name);
            assert_eq!(user["email"], if email { json!(format!("{name}@example.org")) } else { json!(null) });
            assert_eq!(person.get("/api/profile/").await.expect(200)["id"], user["pk"]);
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn an_account_of_this_dialect_signs_in_everywhere_else() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    ann.patch(USER, json!({"first_name": "Ann", "last_name": "Lee"})).await.expect(200);
    let nobody = stranger(&world);
    let v1 = nobody.sign_in("ann@example.org").await;
    let me = v1.get("/api/v1/me").await.expect(200);
    assert_eq!([&me["id"], &me["username"], &me["full_name"]], [&json!(ann.id), &json!("ann"), &json!("Ann Lee")]);
    let body = json!({"username": "ann", "password": PASSWORD});
    let of_000 = nobody.post("/api/user/login/", body.clone()).await.expect(200);
    assert_eq!(of_000["user"]["id"], ann.id);
    let shared = nobody.post("/api/login/", body).await.expect(200);
    assert_eq!(shared["user"]["full_name"], "Ann Lee");
    // Each of these tokens speaks here.
    for token in [&of_000["access"], &shared["access"], &shared["token"], &json!(v1.token)] {
        let person = with_token(&ann, token.as_str());
        assert_eq!(person.get(USER).await.expect(200)["pk"], ann.id);
        let mut socket = chat(&person, "1").await.expect("the socket opens");
        assert_eq!(say(&mut socket, "Hello").await["name"], "ann");
        drop(socket);
    }
    assert_eq!(ann.get(CHATS).await.expect(200).as_array().map(Vec::len), Some(4));
    // karoo signs in by a confirmed email alone.
    let of_003 = nobody.post("/users/login/", json!({"email": "ann@example.org", "password": PASSWORD})).await;
    of_003.expect(401);
    world.finish().await;
}

#[tokio::test]
async fn who_comes_by_a_key_connects_as_everybody_does() {
    let world = World::start().await;
    let (ann, bob) = (join(&world, "ann").await, by_connectin(&world, "bob").await);
    let sent = ann.post("/api/connection/send/", json!({"to_user_id": bob.id})).await.expect(201);
    bob.act(&format!("/api/connection_requests/{}/accept/", sent["id"])).await.expect(200);
    assert_eq!(ann.get("/api/connections/").await.expect(200).as_array().map(Vec::len), Some(1));
    world.settle().await;
    let told = ann.get("/api/notifications/").await.expect(200);
    assert_eq!(told[0]["message"], "bob accepted your connection request.");
    world.finish().await;
}
