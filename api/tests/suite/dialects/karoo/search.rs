//! Finding a person by email.

use reqwest::Method;
use serde_json::{Value, json};

use super::{INFO, SEARCH, register, stranger};
use crate::dialects::support::{by_connectin, by_karoo, execute, form, put, send, whole};
use crate::world::{Answer, Person, World};

const JSON: Option<&str> = Some("application/json");

fn nobody_found() -> Value {
    json!({"status": 404, "body": {"message": "User with this email not found"}})
}

async fn by_query(person: &Person, email: &str) -> Answer {
    let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("email", email).finish();
    person.get(&format!("{SEARCH}?{query}")).await
}

async fn by_body(person: &Person, body: &Value) -> Answer {
    send(person, Method::GET, SEARCH, JSON, body.to_string()).await
}

#[tokio::test]
async fn exactly_four_fields_are_found_by_query_and_by_body() {
    let world = World::start().await;
    let (ann, bob) = (by_karoo(&world, "ann").await, by_karoo(&world, "bob").await);
    put(&bob, INFO, json!({"full_name": "باب", "phone_number": "+989121234567"})).await.expect(200);
    let expected = json!({"avatar": null, "full_name": "باب", "phone_number": "+989121234567",
                          "email": "bob@example.org"});
    assert_eq!(by_query(&ann, "bob@example.org").await.expect(200), expected);
    assert_eq!(by_query(&ann, " BOB@Example.org ").await.expect(200), expected);
    assert_eq!(by_body(&ann, &json!({"email": "Bob@example.org"})).await.expect(200), expected);
    assert_eq!(form(&ann, Method::GET, SEARCH, &[("email", "bob@example.org")]).await.expect(200), expected);
    assert_eq!(ann.get("/users/search?email=bob@example.org").await.expect(200), expected);
    let own = json!({"avatar": null, "full_name": "ann", "phone_number": null, "email": "ann@example.org"});
    assert_eq!(by_query(&ann, "ann@example.org").await.expect(200), own);
    // Of two, the query's counts.
    let path = format!("{SEARCH}?email=ann@example.org");
    let both = send(&ann, Method::GET, &path, JSON, r#"{"email": "bob@example.org"}"#).await;
    assert_eq!(both.expect(200), own);
    let path = format!("{SEARCH}?email=&other=x");
    let blank = send(&ann, Method::GET, &path, JSON, r#"{"email": "bob@example.org"}"#).await;
    assert_eq!(blank.expect(200), expected, "a blank one is none");
    world.finish().await;
}

#[tokio::test]
async fn a_missing_and_an_unknown_email_are_answered_in_the_document_s_words() {
    let world = World::start().await;
    let ann = by_karoo(&world, "ann").await;
    let required = json!({"status": 400, "body": {"error": "Email is required"}});
    assert_eq!(whole(ann.get(SEARCH).await), required);
    assert_eq!(whole(ann.get(&format!("{SEARCH}?email=")).await), required);
    assert_eq!(whole(ann.get(&format!("{SEARCH}?email=%20&name=x")).await), required);
    for body in [json!({}), json!({"email": ""}), json!({"email": " "}), json!({"email": null})] {
        assert_eq!(whole(by_body(&ann, &body).await), required, "{body}");
    }
    for email in ["nobody@example.org", "ann", "ann@example", "%", "ann@example.org' OR 1=1 --", "a@b@c", "🧶"] {
        assert_eq!(whole(by_query(&ann, email).await), nobody_found(), "{email}");
        assert_eq!(whole(by_body(&ann, &json!({"email": email})).await), nobody_found(), "{email}");
    }
    let nul = by_query(&ann, "a\0b").await;
    assert_eq!(whole(nul), json!({"status": 400, "body": {"email": ["Null characters are not allowed."]}}));
    let surrogate = send(&ann, Method::GET, SEARCH, JSON, r#"{"email": "\ud800"}"#).await;
    let said = json!({"email": ["Surrogate characters are not allowed: U+D800."]});
    assert_eq!(whole(surrogate), json!({"status": 400, "body": said}));
    let unsigned = by_query(&stranger(&world), "ann@example.org").await;
    assert_eq!(unsigned.expect(401), json!({"detail": "Authentication credentials were not provided."}));
    world.finish().await;
}

#[tokio::test]
async fn who_is_not_there_is_not_found() {
    let world = World::start().await;
    let (ann, bob) = (by_karoo(&world, "ann").await, by_karoo(&world, "bob").await);
    register(&world, "cat").await;
    assert_eq!(whole(by_query(&ann, "cat@example.org").await), nobody_found(), "not activated");
    by_connectin(&world, "dan").await;
    let dan = json!({"avatar": null, "full_name": null, "phone_number": null, "email": "dan@example.org"});
    assert_eq!(by_query(&ann, "dan@example.org").await.expect(200), dan, "active, though unconfirmed");
    put(&bob, INFO, json!({"email": "new@example.org"})).await.expect(200);
    assert_eq!(whole(by_query(&ann, "new@example.org").await), nobody_found(), "one that waits is nobody's yet");
    assert_eq!(by_query(&ann, "bob@example.org").await.expect(200)["full_name"], "bob");
    let sql = "UPDATE accounts SET suspended_at = created_at WHERE id = $1";
    execute(&world, sql, [bob.id.into()]).await;
    assert_eq!(whole(by_query(&ann, "bob@example.org").await), nobody_found(), "suspended");
    world.finish().await;
}

#[tokio::test]
async fn a_block_either_way_hides() {
    let world = World::start().await;
    let (ann, bob) = (by_karoo(&world, "ann").await, by_karoo(&world, "bob").await);
    let block = format!("/api/v1/blocks/{}", bob.id);
    ann.put(&block).await.expect(204);
    for (person, email) in [(&ann, "bob@example.org"), (&bob, "ann@example.org")] {
        assert_eq!(whole(by_query(person, email).await), nobody_found(), "{email}");
    }
    ann.delete(&block).await.expect(204);
    by_query(&ann, "bob@example.org").await.expect(200);
    by_query(&bob, "ann@example.org").await.expect(200);
    world.finish().await;
}
