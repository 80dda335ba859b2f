//! Search: parts of what people tell of themselves.

use serde_json::{Value, json};

use super::super::support::{by_connectin, whole};
use super::{column, three};
use crate::world::{PASSWORD, Person, World};

/// People with something to find, oldest first.
async fn people(world: &World) -> Person {
    let stranger = Person::stranger(world.apis[0].address);
    let of = |username: &str, full_name: &str, company: &str, number: &str| {
        json!({
            "username": username, "full_name": full_name, "email": format!("{username}@Mail.example.org"),
            "company_name": company, "contact_number": number, "industry": "Mining", "address": "1 High Street",
            "password": PASSWORD,
        })
    };
    for person in [
        of("mina", "Émile Zola", "Coal & Sons", "+4917012345678"),
        of("Zoë", "Anna Kowalska", "Köhler AG", "004915711112222"),
        of("percy", "100% Percy_Bee", "Coal_Mine 50%", "+4917099999999"),
        of("olga", "Ольга Михина", "Пекарня", "+77012345678"),
    ] {
        stranger.post("/api/user/register/", person).await.expect(201);
    }
    stranger
        .post("/api/user/register/", json!({"username": "bare", "email": "b@x.org", "password": PASSWORD}))
        .await
        .expect(201);
    by_connectin(world, "ann").await
}

/// The names of whom a query finds.
async fn found(person: &Person, query: &str) -> Value {
    column(person, &format!("/api/user/search/?{query}"), "username").await
}

#[tokio::test]
async fn a_search_finds_rows_of_people_newest_first() {
    let world = World::start().await;
    let ann = people(&world).await;
    assert_whole!("found", ann.get("/api/user/search/?company_name=coal").await.expect(200));
    // Oneself too, and whoever told nothing of themselves.
    assert_whole!("found_bare", ann.get("/api/user/search/?email=%40x.org").await.expect(200));
    let own = ann.get("/api/user/search/?name=ann").await.expect(200);
    assert_eq!(
        own.as_array().expect("rows").iter().map(|row| &row["id"]).collect::<Vec<_>>(),
        [&json!(ann.id), &json!(2)]
    );
    assert_eq!(ann.get("/api/user/search/?name=nobody").await.expect(200), json!([]));
    world.finish().await;
}

#[tokio::test]
async fn each_parameter_looks_into_its_own_fields() {
    let world = World::start().await;
    let ann = people(&world).await;
    for (query, names) in [
        ("name=min", &["mina"][..]),         // the username; no company, no industry
        ("name=kowalska", &["Zoë"]),         // the full name
        ("name=MINA", &["mina"]),            // in any case
        ("name=emile", &["mina"]),           // accents do not count
        ("name=%C3%A9MILE+zola", &["mina"]), // nor here
        ("name=zoe", &["Zoë"]),
        ("name=%D0%BC%D0%B8%D1%85", &["olga"]), // михи, in lower case
        ("name=mail", &[]),
        ("email=MAIL.Example", &["olga", "percy", "Zoë", "mina"]),
        ("email=mina%40", &["mina"]),
        ("email=ann", &["ann"]), // no name
        ("company_name=COAL", &["percy", "mina"]),
        ("company_name=kohler", &["Zoë"]),
        ("company_name=mina", &[]),
        ("number=170", &["percy", "mina"]),
        ("number=%2B4917", &["percy", "mina"]),
        ("number=0049", &["Zoë"]),
        ("number=12345678", &["olga", "mina"]),
        ("number=mina", &[]),
    ] {
        assert_eq!(found(&ann, query).await, json!(names), "{query}");
    }
    world.finish().await;
}

#[tokio::test]
async fn parameters_combine_and_what_is_empty_does_not_count() {
    let world = World::start().await;
    let ann = people(&world).await;
    for (query, names) in [
        ("company_name=coal&number=99999", &["percy"][..]),
        ("company_name=coal&name=zola&email=mina&number=%2B49", &["mina"]),
        ("company_name=coal&name=olga", &[]),
        ("name=&email=&company_name=kohler&number=", &["Zoë"]),
        ("name=+&company_name=kohler", &["Zoë"]),
        ("name=mina&q=nobody&page=7", &["mina"]),
    ] {
        assert_eq!(found(&ann, query).await, json!(names), "{query}");
    }
    world.finish().await;
}

#[tokio::test]
async fn wildcards_are_themselves() {
    let world = World::start().await;
    let ann = people(&world).await;
    for (query, names) in [
        ("name=%25", &["percy"][..]),
        ("name=_", &["percy"]),
        ("name=%5C", &[]),
        ("company_name=_", &["percy"]),
        ("company_name=50%25", &["percy"]),
        ("email=%25", &[]),
        ("number=%25", &[]),
        ("number=_", &[]),
        ("name=*", &[]),
        ("name=%27%20OR%201%3D1--", &[]),
    ] {
        assert_eq!(found(&ann, query).await, json!(names), "{query}");
    }
    world.finish().await;
}

#[tokio::test]
async fn a_search_needs_something_to_look_for() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    let mut answers = Vec::new();
    let long = format!("name={}", "x".repeat(101));
    for query in [
        "",
        "name=",
        "name=+&email=&company_name=&number=",
        "q=ann",
        &long,
        "email=a%00b",
        "number=%00",
        "name=ann&limit=-1",
        "name=ann&offset=-1",
    ] {
        let answer = ann.get(&format!("/api/user/search/?{query}")).await;
        let given = query.get(..40).unwrap_or(query);
        answers.push(json!({"given": given, "answer": whole(answer)}));
    }
    assert_whole!("nothing_to_look_for", answers);
    world.finish().await;
}

#[tokio::test]
async fn a_part_of_what_is_found_is_named_by_limit_and_offset() {
    let world = World::start().await;
    let ann = people(&world).await;
    for (query, names) in [
        ("limit=2", &["olga", "percy"][..]),
        ("limit=2&offset=2", &["Zoë", "mina"]),
        ("offset=3", &["mina"]),
        ("limit=9&offset=4", &[]),
        ("limit=5000", &["olga", "percy", "Zoë", "mina"]),
    ] {
        assert_eq!(found(&ann, &format!("email=mail.example&{query}")).await, json!(names), "{query}");
    }
    world.finish().await;
}

#[tokio::test]
async fn whoever_is_in_a_block_or_not_active_is_not_found() {
    let world = World::with(|config| config.secrets.activation = shared::config::Activation::Required).await;
    let [ann, bob, cat] = three(&world).await;
    ann.register("ina", "ina@example.org").await.expect(201); // through v1: inactive
    for person in [&ann, &bob, &cat] {
        assert_eq!(found(person, "email=example.org").await, json!(["cat", "bob", "ann"]));
    }
    ann.put(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    for (person, names) in [(&ann, ["cat", "ann"]), (&bob, ["cat", "bob"])] {
        assert_eq!(found(person, "email=example.org").await, json!(names));
    }
    assert_eq!(found(&cat, "email=example.org").await, json!(["cat", "bob", "ann"]));
    ann.delete(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    assert_eq!(found(&bob, "email=example.org").await, json!(["cat", "bob", "ann"]));
    world.finish().await;
}
