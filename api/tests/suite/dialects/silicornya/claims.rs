//! Who reads which messages: one's own, and what somebody sent under one's name and email.

use reqwest::Method;
use serde_json::{Value, json};

use super::{CHATS, by_token, chat, claim, count, join, kept, later, registration, row, say, stranger, timeless};
use crate::dialects::support::{whole, with_token};
use crate::world::{PASSWORD, Person, World};

/// What a person reads.
async fn chats(person: &Person) -> Vec<Value> {
    person.get(CHATS).await.expect(200).as_array().expect("an array").clone()
}

async fn texts(person: &Person) -> Vec<String> {
    chats(person).await.iter().map(|row| row["message"].as_str().expect("a text").to_owned()).collect()
}

/// Says something without being signed in.
async fn claimed(world: &World, name: &str, email: &str, text: &str) -> Value {
    say(&mut claim(world, "1", name, email).await, text).await
}

#[tokio::test]
async fn what_was_sent_under_ones_name_and_email_since_one_came_shows_as_not_verified() {
    let world = World::start().await;
    claimed(&world, "ann", "ann@example.org", "before ann was there").await;
    later(&world, 1);
    let (ann, bob) = (join(&world, "ann").await, join(&world, "bob").await);
    later(&world, 1);
    let mut own = chat(&ann, "1").await.expect("the socket opens");
    let mut expected = vec![say(&mut own, "one").await];
    expected.push(claimed(&world, "ann", "ann@example.org", "as ann").await);
    expected.push(say(&mut own, "two").await);
    expected.push(claimed(&world, "ANN", "Ann@Example.ORG", "as ann, in another case").await);
    for (name, email) in [
        ("ann", "other@example.org"),
        ("anna", "ann@example.org"),
        ("bob", "ann@example.org"),
        ("ann", "bob@example.org"),
        ("ann%20lee", "ann@example.org"),
        ("a", "a"),
    ] {
        claimed(&world, name, email, "of somebody else").await;
    }
    expected.push(claimed(&world, "%20ann", "ann@example.org%20", "with spaces around").await);
    assert_eq!(json!(chats(&ann).await), json!(expected), "the frames are the rows, oldest first");
    let second = row(3, "ann", "ann@example.org", "as ann", false);
    assert_eq!(timeless(expected[1].clone()), second);
    let fourth = row(5, "ANN", "Ann@Example.ORG", "as ann, in another case", false);
    assert_eq!(timeless(expected[3].clone()), fourth, "shown as claimed");
    let verified: Vec<bool> = expected.iter().map(|row| row["verified"].as_bool().expect("a bool")).collect();
    assert_eq!(verified, [true, false, true, false, false]);
    assert_eq!(texts(&bob).await, [""; 0], "never to others");
    assert_eq!(kept(&world).await, 12);
    drop(own);
    world.finish().await;
}

#[tokio::test]
async fn a_claim_follows_the_name_and_email_that_are_borne_now() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    later(&world, 1);
    claimed(&world, "ann", "ann@example.org", "to ann").await;
    claimed(&world, "anna", "ann@example.org", "to anna").await;
    claimed(&world, "anna", "new@example.org", "to anna's new address").await;
    assert_eq!(texts(&ann).await, ["to ann"]);
    ann.patch(super::USER, json!({"username": "anna"})).await.expect(200);
    assert_eq!(texts(&ann).await, ["to anna"]);
    ann.patch("/api/profile/", json!({"email": "new@example.org"})).await.expect(200);
    assert_eq!(texts(&ann).await, ["to anna's new address"]);
    ann.patch("/api/profile/", json!({"email": null})).await.expect(200);
    assert_eq!(texts(&ann).await, [""; 0], "without an email nothing can claim it");
    // Whoever takes a name that was given back reads nothing from before.
    later(&world, 1);
    let second = stranger(&world);
    let registered = second.post(super::REGISTER, registration("ann", json!({}))).await.expect(201);
    let second = with_token(&second, Some(super::key(&registered)));
    assert_eq!(texts(&second).await, [""; 0]);
    later(&world, 1);
    claimed(&world, "ann", "ann@example.org", "to the second ann").await;
    assert_eq!(texts(&second).await, ["to the second ann"]);
    world.finish().await;
}

#[tokio::test]
async fn a_list_is_paged_from_the_oldest() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    later(&world, 1);
    let (mut own, mut claim) =
        (chat(&ann, "1").await.expect("opens"), claim(&world, "1", "ann", "ann@example.org").await);
    let mut rows = Vec::new();
    for number in 0..3 {
        rows.push(say(&mut own, &format!("own {number}")).await);
        rows.push(say(&mut claim, &format!("claimed {number}")).await);
    }
    for (query, part) in [
        ("", 0..6),
        ("?limit=2", 0..2),
        ("?limit=2&offset=3", 3..5),
        ("?offset=4", 4..6),
        ("?offset=6", 6..6),
        ("?limit=1000000", 0..6),
    ] {
        assert_eq!(
            by_token(&ann, Method::GET, &format!("{CHATS}{query}")).await.expect(200),
            json!(rows[part]),
            "{query}"
        );
    }
    for (query, field) in [("?limit=0", "limit"), ("?limit=x", "limit"), ("?offset=-1", "offset")] {
        let body = ann.get(&format!("{CHATS}{query}")).await.expect(400);
        assert!(body[field].is_array(), "{query}: {body:#}");
    }
    let unsigned = json!({"status": 401, "body": {"detail": "Authentication credentials were not provided."}});
    assert_eq!(whole(stranger(&world).get(CHATS).await), unsigned);
    drop((own, claim));
    world.finish().await;
}

#[tokio::test]
async fn ones_own_messages_are_exported_and_go_with_the_account() {
    let world = World::start().await;
    let (ann, bob) = (join(&world, "ann").await, join(&world, "bob").await);
    later(&world, 1);
    let (mut of_ann, mut of_bob) = (chat(&ann, "7").await.expect("opens"), chat(&bob, "1").await.expect("opens"));
    let (one, two) = (say(&mut of_ann, "one").await, say(&mut of_ann, "two").await);
    say(&mut of_bob, "of bob").await;
    claimed(&world, "ann", "ann@example.org", "as ann").await;
    let v1 = ann.sign_in("ann").await;
    let export = v1.get("/api/v1/me/export").await.expect(200);
    let exported = export["contact_messages"].as_array().expect("a list");
    let expected = [(&two, "two"), (&one, "one")];
    assert_eq!(exported.len(), expected.len());
    for (row, (frame, message)) in exported.iter().zip(expected) {
        let mut row = row.clone();
        let created_at = row.as_object_mut().expect("a row").remove("created_at").expect("a time");
        assert_eq!(row, json!({"id": frame["id"], "room": "7", "message": message}));
        assert_eq!(
            created_at.as_str().map(|at| at.trim_end_matches('Z').trim_end_matches('0').to_owned()),
            frame["created_at"].as_str().map(|at| at.trim_end_matches('Z').trim_end_matches('0').to_owned())
        );
    }
    v1.call(Method::DELETE, "/api/v1/me", json!({"password": PASSWORD})).await.expect(204);
    assert_eq!(of_ann.close_code().await, Some(4401));
    world.settle().await;
    assert_eq!(count(&world, "contact_messages WHERE account_id = $1", [ann.id.into()]).await, 0);
    assert_eq!((kept(&world).await, texts(&bob).await), (2, vec!["of bob".to_owned()]));
    drop(of_bob);
    world.finish().await;
}
