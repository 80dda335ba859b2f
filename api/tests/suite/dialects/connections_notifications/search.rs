//! Finding people by what they tell of themselves.

use serde_json::{Value, json};

use super::{Answers, PROFILE, SEARCH, ids, known};
use crate::dialects::support::{by_shared_paths, with_token};
use crate::world::{Answer, Person, World};

async fn search(person: &Person, q: &str) -> Answer {
    let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", q).finish();
    person.get(&format!("{SEARCH}?{query}")).await
}

/// The ids of those who are found.
async fn found(person: &Person, q: &str) -> Vec<i64> {
    ids(&search(person, q).await.expect(200)["results"])
}

/// That each of `queries` finds the one who bears `value` in `field`, and each of `others` nobody.
async fn expect_by_field(world: &World, field: &str, value: &str, queries: &[&str], others: &[&str]) {
    let seeker = by_shared_paths(world, "seeker").await;
    // Bears the same in no field that is searched.
    known(world, "bystander", json!({"address": value, "industry": value})).await;
    let person = known(world, "somebody", json!({field: value})).await;
    for q in queries {
        assert_eq!(found(&seeker, q).await, [person.id], "{q}");
    }
    for q in others {
        assert_eq!(found(&seeker, q).await, [0_i64; 0], "{q}");
    }
}

#[tokio::test]
async fn people_are_found_by_username() {
    let world = World::start().await;
    expect_by_field(&world, "username", "Robin.Hood", &["Robin.Hood", "robin", "OBIN", "hood", "n.h"], &["robinhood"])
        .await;
    world.finish().await;
}

#[tokio::test]
async fn people_are_found_by_full_name() {
    let queries = ["Jane Doe", "jane", "DOE", "e d", "jane   doe", " doe "];
    let world = World::start().await;
    expect_by_field(&world, "full_name", "Jane  Doe", &queries, &["janedoe", "doe jane"]).await;
    world.finish().await;
}

#[tokio::test]
async fn people_are_found_by_company_name() {
    let world = World::start().await;
    expect_by_field(&world, "company_name", "Acme Paper & Sons", &["acme", "PAPER & S", "sons"], &["acme sons"]).await;
    world.finish().await;
}

#[tokio::test]
async fn people_are_found_by_email() {
    let queries = ["Rob@Example.org", "rob@", "@example", "EXAMPLE.ORG"];
    let world = World::start().await;
    expect_by_field(&world, "email", "rob@example.org", &queries, &["rob@example.com"]).await;
    world.finish().await;
}

#[tokio::test]
async fn people_are_found_by_contact() {
    let queries = ["+989121234567", "+98", "9121", "4567", "۹۱۲۱", "٩١٢١"];
    let world = World::start().await;
    expect_by_field(&world, "contact", "+989121234567", &queries, &["+9121", "0912"]).await;
    world.finish().await;
}

#[tokio::test]
async fn case_accents_and_letter_forms_do_not_count() {
    let world = World::start().await;
    let seeker = by_shared_paths(&world, "seeker").await;
    let emile = known(&world, "one", json!({"full_name": "Émile ZOLA", "company_name": "Ærø Straße"})).await;
    let kian = known(&world, "two", json!({"full_name": "كيان علي", "company_name": "شرکت ۱۲۳"})).await;
    let mina = known(&world, "three", json!({"full_name": "مینا کریمی", "company_name": "می\u{200c}خواهم"})).await;
    let zoe = by_shared_paths(&world, "Zoë").await;
    for (q, person) in [
        ("emile zola", &emile),
        ("ÉMILE", &emile),
        ("E\u{301}mile", &emile),
        ("ÆRØ", &emile),
        ("کیان علی", &kian),
        ("كيان", &kian),
        ("علی", &kian),
        ("شركت 123", &kian),
        ("١٢٣", &kian),
        ("كريمي", &mina),
        ("کریمی", &mina),
        ("میخواهم", &mina),
        ("می\u{200c}خواهم", &mina),
        ("zoe", &zoe),
        ("ZOË", &zoe),
        ("ｚｏｅ", &zoe),
    ] {
        assert_eq!(found(&seeker, q).await, [person.id], "{q}");
    }
    world.finish().await;
}

#[tokio::test]
async fn signs_are_themselves() {
    let world = World::start().await;
    let seeker = by_shared_paths(&world, "seeker").await;
    let percent = known(&world, "one", json!({"company_name": "100% wool"})).await;
    let underscore = by_shared_paths(&world, "two_2").await;
    let backslash = known(&world, "three", json!({"full_name": r"back\slash"})).await;
    let quote = known(&world, "four", json!({"full_name": "Miles O'Brien"})).await;
    for (q, people) in [
        ("%", vec![percent.id]),
        ("0%", vec![percent.id]),
        ("%w", vec![]),
        ("_", vec![underscore.id]),
        ("o_2", vec![underscore.id]),
        ("t_o", vec![]),
        (r"\", vec![backslash.id]),
        (r"k\s", vec![backslash.id]),
        (r"\%", vec![]),
        (r"\\", vec![]),
        ("'", vec![quote.id]),
        ("o'b", vec![quote.id]),
        ("' OR '1'='1", vec![]),
    ] {
        assert_eq!(found(&seeker, q).await, people, "{q}");
    }
    world.finish().await;
}

#[tokio::test]
async fn an_empty_text_finds_nobody() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let mut answers = Answers::default();
    answers.add("no q", ann.get(SEARCH).await);
    for q in ["", "  ", "\t"] {
        answers.add(&format!("{q:?}"), search(&ann, q).await);
    }
    assert_kept!("empty", answers);
    world.finish().await;
}

#[tokio::test]
async fn a_text_of_which_nothing_is_compared_finds_nobody() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    for q in ["\u{200c}", "\u{200d}\u{200c}", "\u{301}"] {
        assert_eq!(found(&ann, q).await, [0_i64; 0], "{q:?}");
    }
    world.finish().await;
}

#[tokio::test]
async fn whoever_is_found_is_shown_so() {
    let world = World::start().await;
    let profile = json!({"full_name": "Ann Lee", "email": "ann@example.org", "contact": "+15550100",
                         "company_name": "Kith", "address": "1 Main Street", "industry": "Networks"});
    let ann = known(&world, "ann", profile).await;
    by_shared_paths(&world, "annabel").await;
    let mut answers = Answers::default();
    answers.add("oneself too, newest first", search(&ann, "ann").await);
    answers.add("nobody", search(&ann, "nobody").await);
    answers.add("too long", search(&ann, &"x".repeat(101)).await);
    answers.add("NUL", search(&ann, "a\0b").await);
    answers.add("without a token", search(&with_token(&ann, None), "ann").await);
    answers.add("with a bad one", search(&with_token(&ann, Some("nonsense")), "ann").await);
    assert_kept!("found", answers);
    assert_eq!(found(&ann, &"x".repeat(100)).await, [0_i64; 0]);
    world.finish().await;
}

#[tokio::test]
async fn at_most_fifty_are_found_the_newest_first() {
    let world = World::start().await;
    let ann = by_shared_paths(&world, "ann").await;
    let mut crowd = Vec::new();
    for number in 0..52 {
        let body = json!({"username": format!("crowd{number}"), "password": crate::world::PASSWORD});
        crowd.push(super::id(&with_token(&ann, None).post("/api/register/", body).await.expect(201)));
    }
    let newest: Vec<i64> = crowd.iter().rev().take(50).copied().collect();
    assert_eq!(found(&ann, "crowd").await, newest);
    assert_eq!(found(&ann, "crowd1").await.len(), 11);
    world.finish().await;
}

#[tokio::test]
async fn whoever_is_in_a_block_with_the_caller_is_not_there() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann.hood").await, world.person("bob.hood").await);
    let cid = by_shared_paths(&world, "cid.hood").await;
    assert_eq!(found(&ann, "hood").await, [cid.id, bob.id, ann.id]);
    ann.put(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    assert_eq!(found(&ann, "hood").await, [cid.id, ann.id]);
    assert_eq!(found(&bob, "hood").await, [cid.id, bob.id]);
    assert_eq!(found(&cid, "hood").await, [cid.id, bob.id, ann.id]);
    ann.delete(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    assert_eq!(found(&bob, "hood").await, [cid.id, bob.id, ann.id]);
    world.finish().await;
}

#[tokio::test]
async fn search_follows_what_people_change() {
    let world = World::start().await;
    let ann = known(&world, "ann", json!({"company_name": "Papyrus", "email": "old@example.org"})).await;
    assert_eq!(found(&ann, "papyrus").await, [ann.id]);
    ann.patch(PROFILE, json!({"company_name": "Vellum", "email": Value::Null, "username": "anna"})).await.expect(200);
    for q in ["papyrus", "old@example"] {
        assert_eq!(found(&ann, q).await, [0_i64; 0], "{q}");
    }
    for q in ["vellum", "anna"] {
        assert_eq!(found(&ann, q).await, [ann.id], "{q}");
    }
    world.finish().await;
}
