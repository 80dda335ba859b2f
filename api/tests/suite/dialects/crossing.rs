//! Across the dialects and v1: one store, whichever way somebody comes.
#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

use serde_json::{Value, json};

use super::support::{by_connectin, by_shared_paths, put, socket, whole, with_token};
use crate::world::{PASSWORD, Person, Socket, World};

/// The ids of a list: of an array, of v1's `items`, of a search's `results`.
async fn ids(person: &Person, path: &str) -> Vec<i64> {
    let body = person.get(path).await.expect(200);
    let rows = [&body, &body["items"], &body["results"]].into_iter().find_map(Value::as_array).expect("a list");
    rows.iter().map(|row| row["id"].as_i64().expect("an id")).collect()
}

/// A socket of `connections_notifications`, which the server has registered.
async fn notifications_of(person: &Person) -> Socket {
    let mut socket = socket(person, "/ws/notifications/").await.expect("the socket opens");
    expect_quiet(&mut socket).await;
    socket
}

/// That a socket of `connections_notifications` has been told nothing that was not read.
async fn expect_quiet(socket: &mut Socket) {
    socket.send(json!({"type": "ping"})).await;
    assert_eq!(socket.next().await, json!({"type": "pong"}));
}

/// A socket of v1, which hears what comes from now on.
async fn live(person: &Person) -> Socket {
    let mut socket = person.socket().await;
    socket.expect("hello").await;
    let (_, resumed) = socket.resume_part(0).await;
    assert_eq!(resumed["more"], false);
    socket
}

/// That the two are connected, in every dialect and from both sides; the ids of request and connection.
async fn connected(one: &Person, other: &Person) -> (i64, i64) {
    let mut found = Vec::new();
    for (person, peer) in [(one, other), (other, one)] {
        let of_000 = person.get("/api/connection/accepted/").await.expect(200);
        assert_eq!((of_000.as_array().map(Vec::len), &of_000[0]["user"]["id"]), (Some(1), &json!(peer.id)));
        let of_001 = person.get("/api/connections/").await.expect(200);
        let two = [one.id.min(other.id), one.id.max(other.id)];
        assert_eq!([&of_001[0]["user1"]["id"], &of_001[0]["user2"]["id"]], [&json!(two[0]), &json!(two[1])]);
        let of_v1 = person.get("/api/v1/connections").await.expect(200);
        assert_eq!((&of_v1["items"][0]["user"]["id"], &of_v1["items"][0]["id"]), (&json!(peer.id), &of_001[0]["id"]));
        for path in ["/api/connection/requests/", "/api/connection/sent-requests/"] {
            assert_eq!(ids(person, path).await, [0; 0], "nothing waits");
        }
        found.push((of_000[0]["id"].as_i64().expect("an id"), of_001[0]["id"].as_i64().expect("an id")));
    }
    assert_eq!(found[0], found[1]);
    found[0]
}

#[tokio::test]
async fn asked_through_000_and_accepted_through_001() {
    let world = World::start().await;
    let (ann, bob) = (by_connectin(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let bob_in_v1 = bob.sign_in("bob").await;
    let mut ann_hears = (socket(&ann, "/ws/notifs/").await.expect("the socket opens"), live(&ann).await);
    let mut bob_hears = (notifications_of(&bob).await, live(&bob_in_v1).await);

    let sent = ann.post("/api/connection/send/", json!({"to_user_id": bob.id})).await.expect(201);
    let request = sent["id"].as_i64().expect("an id");
    let frame = bob_hears.0.next().await;
    let row = bob.get("/api/notifications/").await.expect(200)[0].clone();
    assert_eq!(frame, json!({"type": "notification", "data": row}), "the frame is the row");
    assert_eq!((&row["verb"], &row["message"]), (&json!("requested"), &json!("ann sent you a connection request.")));
    assert_eq!((&row["actor"]["id"], &row["recipient"]["id"]), (&json!(ann.id), &json!(bob.id)));
    let in_v1 = bob_hears.1.expect("notification").await["notification"].clone();
    assert_eq!(
        [&in_v1["id"], &in_v1["kind"], &in_v1["request_id"]],
        [&row["id"], &json!("requested"), &json!(request)]
    );
    assert_eq!(bob.get("/api/notification/").await.expect(200)[0]["body"], "ann sent you connection request!");
    for path in ["/api/connection/requests/", "/api/connection_requests/?direction=incoming&status=pending"] {
        assert_eq!(ids(&bob, path).await, [request], "{path}");
    }
    for path in ["/api/connection/sent-requests/", "/api/connection_requests/?direction=outgoing"] {
        assert_eq!(ids(&ann, path).await, [request], "{path}");
    }
    assert_eq!(ids(&bob_in_v1, "/api/v1/connection-requests").await, [request]);

    let accepted = bob.act(&format!("/api/connection_requests/{request}/accept/")).await.expect(200);
    assert_eq!(ann_hears.0.next().await, json!({"type": "notif", "message": "bob accepted your connection request!"}));
    let in_v1 = ann_hears.1.expect("notification").await["notification"].clone();
    assert_eq!([&in_v1["kind"], &in_v1["actor"]["username"]], ["accepted", "bob"]);
    assert_eq!(ann.inbox().await, ["accepted"]);
    let row = ann.get("/api/notifications/").await.expect(200)[0].clone();
    assert_eq!([&row["message"], &row["id"]], [&json!("bob accepted your connection request."), &in_v1["id"]]);
    let (of_request, connection) = connected(&ann, &bob_in_v1).await;
    assert_eq!((of_request, &json!(connection)), (request, &accepted["connection"]["id"]));
    expect_quiet(&mut bob_hears.0).await;
    drop((ann_hears, bob_hears));
    world.finish().await;
}

#[tokio::test]
async fn asked_through_001_and_accepted_through_000() {
    let world = World::start().await;
    let (ann, bob) = (by_connectin(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let bob_in_v1 = bob.sign_in("bob").await;
    let mut ann_hears = (socket(&ann, "/ws/notifs/").await.expect("the socket opens"), live(&ann).await);
    let mut bob_hears = (notifications_of(&bob).await, live(&bob_in_v1).await);

    let asked = json!({"to_user_id": ann.id, "message": "Hello"});
    let sent = bob.post("/api/connection_requests/", asked).await.expect(201);
    assert_eq!(ann_hears.0.next().await, json!({"type": "notif", "message": "bob sent you connection request!"}));
    assert_eq!(ann_hears.1.expect("notification").await["notification"]["kind"], "requested");
    assert_eq!(ann.get("/api/connection/requests/").await.expect(200)[0]["user"]["username"], "bob");
    let in_v1 = ann.get("/api/v1/connection-requests").await.expect(200)["items"][0].clone();
    assert_eq!([&in_v1["id"], &in_v1["message"]], [&sent["id"], &json!("Hello")]);

    let accept = json!({"connection_id": sent["id"], "do": "accept"});
    ann.post("/api/connection/decide/", accept).await.expect(200);
    let frame = bob_hears.0.next().await;
    assert_eq!(frame["data"], bob.get("/api/notifications/").await.expect(200)[0]);
    assert_eq!(
        [&frame["data"]["verb"], &frame["data"]["message"]],
        ["accepted", "ann accepted your connection request."]
    );
    assert_eq!(bob_hears.1.expect("notification").await["notification"]["kind"], "accepted");
    assert_eq!(bob.get("/api/notification/").await.expect(200)[0]["body"], "ann accepted your connection request!");
    connected(&ann, &bob_in_v1).await;
    drop((ann_hears, bob_hears));
    world.finish().await;
}

#[tokio::test]
async fn an_account_signs_in_whichever_way_it_was_made() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("vic", "vic@example.org").await.expect(201);
    by_connectin(&world, "con").await;
    let shared = json!({"username": "sha", "email": "sha@example.org", "password": PASSWORD});
    nobody.post("/api/register/", shared).await.expect(201);
    for name in ["vic", "con", "sha"] {
        let mut ids = Vec::new();
        for login in [name.to_owned(), format!("{name}@example.org"), name.to_uppercase()] {
            let body = json!({"username": login, "password": PASSWORD});
            let of_000 = nobody.post("/api/user/login/", body.clone()).await.expect(200);
            let shared = nobody.post("/api/login/", body).await.expect(200);
            let in_v1 = nobody.sign_in(&login).await;
            // Everybody's access token speaks for the same account everywhere.
            for token in [&of_000["access"], &shared["access"], &json!(in_v1.token)] {
                let person = with_token(&nobody, token.as_str());
                ids.push(person.get("/api/profile/").await.expect(200)["id"].clone());
                ids.push(person.get("/api/v1/me").await.expect(200)["id"].clone());
                person.get("/api/notification/").await.expect(200);
            }
            ids.extend([of_000["user"]["id"].clone(), shared["user"]["id"].clone()]);
        }
        assert!(ids.iter().all(|id| *id == ids[0]), "{name} {ids:?}");
    }
    world.finish().await;
}

#[tokio::test]
async fn a_connection_removed_in_001_is_gone_everywhere_and_may_be_asked_for_again() {
    let world = World::start().await;
    let (ann, bob) = (by_connectin(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let bob_in_v1 = bob.sign_in("bob").await;
    let send = json!({"to_user_id": bob.id});
    let sent = ann.post("/api/connection/send/", send.clone()).await.expect(201);
    bob.act(&format!("/api/connection_requests/{}/accept/", sent["id"])).await.expect(200);
    let (_, connection) = connected(&ann, &bob_in_v1).await;
    ann.post("/api/connection/send/", send.clone()).await.expect(400);
    bob.delete(&format!("/api/connections/{connection}/")).await.expect(204);
    for person in [&ann, &bob_in_v1] {
        for path in ["/api/connection/accepted/", "/api/connections/", "/api/v1/connections"] {
            assert_eq!(ids(person, path).await, [0; 0], "{path}");
        }
        person.delete(&format!("/api/connections/{connection}/")).await.expect(404);
        person.delete(&format!("/api/v1/connections/{connection}")).await.expect(404);
    }
    assert_eq!(ann.post("/api/connection/send/", send).await.expect(201)["status"], "pending");
    world.finish().await;
}

#[tokio::test]
async fn a_block_made_in_v1_hides_people_from_each_other_in_both_dialects() {
    let world = World::start().await;
    let (ann, bob) = (by_connectin(&world, "ann").await, by_shared_paths(&world, "bob").await);
    let found = async |person: &Person, name: &str| {
        let of_000 = ids(person, &format!("/api/user/search/?name={name}")).await;
        assert_eq!(ids(person, &format!("/api/search_users/?q={name}")).await, of_000);
        of_000
    };
    assert_eq!((found(&ann, "bob").await, found(&bob, "ann").await), (vec![bob.id], vec![ann.id]));
    let sent = ann.post("/api/connection/send/", json!({"to_user_id": bob.id})).await.expect(201);
    world.settle().await;
    ann.put(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    world.settle().await;
    assert_eq!((found(&ann, "bob").await, found(&bob, "ann").await), (vec![], vec![]));
    for (person, other) in [(&ann, &bob), (&bob, &ann)] {
        for path in ["/api/connection/send/", "/api/connection_requests/"] {
            let ask = async |id: i64| {
                let answer = whole(person.post(path, json!({"to_user_id": id})).await).to_string();
                answer.replace(&format!("\\\"{id}\\\""), "ID")
            };
            assert_eq!(ask(other.id).await, ask(999).await, "{path}");
            assert!(ask(999).await.contains(if path.ends_with("send/") { "404" } else { "400" }), "{path}");
        }
        let request = sent["id"].to_string();
        person.get(&format!("/api/connection_requests/{request}/")).await.expect(404);
        for decision in ["accept", "cancel"] {
            let body = json!({"connection_id": request, "do": decision});
            person.post("/api/connection/decide/", body).await.expect(404);
        }
        for path in [
            "/api/connection/requests/",
            "/api/connection/sent-requests/",
            "/api/connection_requests/",
            "/api/notification/",
            "/api/notifications/",
        ] {
            assert_eq!(ids(person, path).await, [0; 0], "{path}");
        }
    }
    ann.delete(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    assert_eq!((found(&ann, "bob").await, found(&bob, "ann").await), (vec![bob.id], vec![ann.id]));
    world.finish().await;
}

#[tokio::test]
async fn a_note_of_000_is_shown_edited_and_removed_everywhere() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    let mut of_v1 = live(&ann).await;
    let mut of_001 = notifications_of(&ann).await;
    let note = ann.post("/api/notification/create/", json!({"body": "Buy milk"})).await.expect(201);
    assert_eq!(of_v1.expect("notification").await["notification"]["body"], "Buy milk");
    let one = format!("/api/notifications/{}/", note["id"]);
    let says = async || {
        let row = ann.get(&one).await.expect(200);
        assert_eq!(ann.get("/api/notifications/").await.expect(200), json!([row]));
        let in_v1 = ann.get("/api/v1/notifications").await.expect(200)["items"][0].clone();
        assert_eq!([&in_v1["id"], &in_v1["body"]], [&note["id"], &row["message"]]);
        assert_eq!(ann.get("/api/notification/").await.expect(200)[0]["body"], row["message"]);
        (row["message"].clone(), row["verb"].clone())
    };
    assert_eq!(says().await, (json!("Buy milk"), Value::Null));
    let path = format!("/api/notification/{}/", note["id"]);
    put(&ann, &path, json!({"body": "Buy oat milk"})).await.expect(200);
    assert_eq!(says().await.0, "Buy oat milk");
    assert_eq!(of_v1.expect("changed").await["notification"]["body"], "Buy oat milk");
    // The dialects' sockets hear nothing of notes.
    expect_quiet(&mut of_001).await;
    ann.delete(&path).await.expect(204);
    ann.get(&one).await.expect(404);
    of_v1.expect("removed").await;
    assert_eq!(ann.inbox().await, [""; 0]);
    drop((of_v1, of_001));
    world.finish().await;
}

#[tokio::test]
async fn what_is_read_in_one_is_read_in_all() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    for body in ["one", "two", "three"] {
        ann.post("/api/notification/create/", json!({"body": body})).await.expect(201);
    }
    let all = ids(&ann, "/api/notification/").await;
    let read = async || {
        let of_000 = ann.get("/api/notification/").await.expect(200);
        let of_001 = ann.get("/api/notifications/").await.expect(200);
        let of_v1 = ann.get("/api/v1/notifications").await.expect(200);
        let each = |of: usize| {
            let read = [&of_000, &of_001].map(|list| list[of]["read"].as_bool().expect("read"));
            assert_eq!(read, [!of_v1["items"][of]["read_at"].is_null(); 2]);
            read[0]
        };
        let read = [each(0), each(1), each(2)];
        let unread = read.iter().filter(|read| !**read).count();
        assert_eq!(of_v1["unread"]["notifications"], unread);
        assert_eq!(ann.get("/api/v1/notifications/unread-count").await.expect(200)["notifications"], unread);
        read
    };
    assert_eq!(read().await, [false; 3]);
    ann.act(&format!("/api/notifications/{}/mark-read/", all[0])).await.expect(200);
    assert_eq!(read().await, [true, false, false]);
    ann.act(&format!("/api/v1/notifications/{}/read", all[1])).await.expect(200);
    assert_eq!(read().await, [true, true, false]);
    ann.patch(&format!("/api/notifications/{}/", all[0]), json!({"read": false})).await.expect(200);
    assert_eq!(read().await, [false, true, false]);
    assert_eq!(ann.act("/api/notifications/mark-all-read/").await.expect(200), json!({"updated": 2}));
    assert_eq!(read().await, [true; 3]);
    world.finish().await;
}
