//! Bodies: JSON, forms and multipart forms do the same; what is none of them is refused.

use reqwest::Method;
use serde_json::{Value, json};

use super::super::support::{form, put, whole};
use super::{ask, column, decide, multipart, newest, raw, rows, three};
use crate::world::{Answer, PASSWORD, Person, World};

/// A request with a body of one of the three kinds.
async fn send_as(kind: &str, person: &Person, method: Method, path: &str, fields: &[(&str, &str)]) -> Answer {
    match kind {
        "form" => form(person, method, path, fields).await,
        "multipart" => multipart(person, method, path, fields).await,
        _ => {
            let body: serde_json::Map<String, Value> =
                fields.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
            person.send(person.request(method, path).json(&body)).await
        }
    }
}

#[tokio::test]
async fn every_operation_takes_json_forms_and_multipart() {
    let mut kinds = Vec::new();
    for kind in ["json", "form", "multipart"] {
        let world = World::start().await;
        let stranger = Person::stranger(world.apis[0].address);
        let mut answers = Vec::new();
        let mut call = async |person: &Person, method: Method, path: &str, fields: &[(&str, &str)]| {
            let answer = send_as(kind, person, method, path, fields).await;
            let body = answer.body.clone();
            answers.push(whole(answer));
            world.settle().await;
            body
        };
        let mut people = Vec::new();
        for (username, email) in [("Zoë", "zoe+kith@example.org"), ("bob", "bob@example.org")] {
            let company = "Köhler, Söhne & Co: 100% + 1";
            let fields = [("username", username), ("email", email), ("password", PASSWORD), ("company_name", company)];
            call(&stranger, Method::POST, "/api/user/register/", &fields).await;
            let fields = [("username", username), ("password", PASSWORD)];
            let session = call(&stranger, Method::POST, "/api/user/login/", &fields).await;
            let token = session["access"].as_str().map(str::to_owned);
            people.push(Person { token, ..stranger.clone() });
        }
        let (zoe, bob) = (&people[0], &people[1]);
        // Ids as texts, since forms have nothing else.
        call(zoe, Method::POST, "/api/connection/send/", &[("to_user_id", "2")]).await;
        call(bob, Method::POST, "/api/connection/decide/", &[("connection_id", " 1 "), ("do", "accept")]).await;
        call(zoe, Method::POST, "/api/notification/create/", &[("body", "Ünïcode, 100% + 1 & more")]).await;
        let path = format!("/api/notification/{}/", newest(bob).await);
        call(bob, Method::PUT, &path, &[("body", "two\nlines")]).await;
        let mut answers = Value::Array(answers);
        for session in [1, 3] {
            for token in ["access", "refresh"] {
                answers[session]["body"][token] = json!("[token]");
            }
        }
        kinds.push((answers, zoe.get("/api/connection/accepted/").await.expect(200)));
        world.finish().await;
    }
    let shapes: Vec<Value> = kinds.iter().map(|(answers, _)| without_times(answers)).collect();
    assert_eq!((&shapes[1], &shapes[2]), (&shapes[0], &shapes[0]), "all three do the same");
    let (answers, accepted) = kinds.swap_remove(0);
    assert_whole!("by_every_kind_of_body", answers);
    assert_whole!("by_every_kind_of_body_accepted", accepted);
}

/// The same without the times, which differ.
fn without_times(answers: &Value) -> Value {
    let mut answers = answers.clone();
    for answer in answers.as_array_mut().expect("answers") {
        answer["body"].as_object_mut().expect("an object").remove("created_at");
    }
    answers
}

#[tokio::test]
async fn ids_are_taken_as_numbers_and_as_texts() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    for (from, to_user_id, id) in [(&ann, json!(bob.id), 1), (&cat, json!(bob.id.to_string()), 2)] {
        let body = from.post("/api/connection/send/", json!({"to_user_id": to_user_id})).await.expect(201);
        assert_eq!((&body["id"], &body["to_user"]), (&json!(id), &json!(bob.id)));
    }
    for (connection_id, id) in [(json!(1), 1), (json!("2"), 2)] {
        let body = json!({"connection_id": connection_id, "do": "accept"});
        assert_eq!(bob.post("/api/connection/decide/", body).await.expect(200)["id"], id);
    }
    world.finish().await;
}

/// Every operation that takes a body, and what it is called.
fn taking(notification: i64) -> [(&'static str, Method, String); 6] {
    let post = |name, path: &str| (name, Method::POST, format!("/api/{path}/"));
    [
        post("register", "user/register"),
        post("login", "user/login"),
        post("send", "connection/send"),
        post("decide", "connection/decide"),
        post("create", "notification/create"),
        ("edit", Method::PUT, format!("/api/notification/{notification}/")),
    ]
}

#[tokio::test]
async fn a_body_that_is_no_object_is_refused() {
    let world = World::start().await;
    let [ann, bob, _] = three(&world).await;
    ask(&bob, &ann).await;
    world.settle().await;
    let operations = taking(newest(&ann).await);
    let bodies =
        ["", "{}", "[]", r#"[{"body": "x"}]"#, r#""body""#, "5", "true", "null", "{", r#"{"body": x}"#, "{} {}"];
    for (name, method, path) in &operations {
        let mut answers = Vec::new();
        for body in bodies {
            let answer = raw(&ann, method.clone(), path, body).await;
            answers.push(json!({"given": body, "answer": whole(answer)}));
        }
        assert_whole!(format!("no_object_to_{name}"), answers);
        // Bytes that are no text, in JSON and elsewhere, are the client's fault too.
        let no_text = raw(&ann, method.clone(), path, b"{\"body\": \"\xff\xfe\"}".to_vec()).await;
        assert_eq!((no_text.status.as_u16(), no_text.body["detail"].is_string()), (400, true), "{path}");
        let request = ann.request(method.clone(), path).header("content-type", "multipart/form-data");
        let no_edge = ann.send(request.body("x")).await;
        assert_eq!((no_edge.status.as_u16(), no_edge.body["detail"].is_string()), (400, true), "{path}");
    }
    assert_eq!(column(&ann, "/api/notification/", "body").await, json!(["bob sent you connection request!"]));
    world.finish().await;
}

#[tokio::test]
async fn a_body_of_another_type_is_refused_and_an_empty_one_never_is() {
    let world = World::start().await;
    let [ann, bob, _] = three(&world).await;
    ask(&bob, &ann).await;
    world.settle().await;
    let notification = newest(&ann).await;
    let mut answers = Vec::new();
    let kinds = ["text/plain", "application/xml", "application/jsonp"];
    for (_, method, path) in taking(notification) {
        for kind in kinds {
            let request = ann.request(method.clone(), &path).header("content-type", kind);
            answers.push(whole(ann.send(request.body(r#"{"body": "x"}"#)).await));
            let request = ann.request(method.clone(), &path).header("content-type", kind);
            let empty = ann.send(request.body("")).await;
            assert_eq!(empty.status, 400, "{path}: what is missing is told: {:#}", empty.body);
        }
        let bare = ann.send(ann.request(method, &path)).await;
        assert_eq!(bare.status, 400, "{path}: {:#}", bare.body);
    }
    let of_one = answers[..kinds.len()].to_vec();
    assert!(answers.chunks(kinds.len()).all(|answers| answers == of_one), "{answers:#?}");
    assert_whole!("another_type", of_one);
    // Nothing asks for a body where none is needed.
    let request = ann.request(Method::DELETE, &format!("/api/notification/{notification}/"));
    ann.send(request.header("content-type", "text/plain").body("")).await.expect(204);
    world.finish().await;
}

#[tokio::test]
async fn a_file_is_no_text() {
    let world = World::start().await;
    let [ann, ..] = three(&world).await;
    let body = "--edge\r\ncontent-disposition: form-data; name=\"body\"; filename=\"note.txt\"\r\n\
                content-type: text/plain\r\n\r\nA note\r\n--edge--\r\n";
    let request = ann.request(Method::POST, "/api/notification/create/");
    let request = request.header("content-type", "multipart/form-data; boundary=edge").body(body);
    assert_eq!(ann.send(request).await.expect(400), json!({"body": ["Not a valid string."]}));
    assert!(rows(&ann, "/api/notification/").await.is_empty());
    world.finish().await;
}

#[tokio::test]
async fn what_is_given_beside_is_passed_over() {
    let world = World::start().await;
    let [ann, bob, cat] = three(&world).await;
    let body = json!({"to_user_id": bob.id, "from_user": cat.id, "status": "accepted", "id": 7, "message": 5});
    let sent = ann.post("/api/connection/send/", body).await.expect(201);
    assert_eq!((&sent["from_user"], &sent["status"]), (&json!(ann.id), &json!("pending")));
    world.settle().await;
    let path = format!("/api/notification/{}/", newest(&bob).await);
    let edited =
        put(&bob, &path, json!({"body": "mine", "read": true, "id": 99, "recipient": cat.id})).await.expect(200);
    assert_eq!((&edited["read"], &edited["body"]), (&json!(false), &json!("mine")));
    decide(&bob, 1, "reject").await.expect(200);
    world.finish().await;
}
