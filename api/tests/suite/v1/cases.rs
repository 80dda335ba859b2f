//! Cases: opened, written in, answered by staff, closed and open again.

use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::support::{audited, entry, execute, ids, number, staff};
use crate::world::{Answer, Person, World};

const CASES: &str = "/api/v1/cases";
const ADMIN: &str = "/api/v1/admin/cases";

async fn open(person: &Person, title: &str) -> Value {
    person.post(CASES, json!({"kind_id": 1, "title": title})).await.expect(201)
}

async fn write(person: &Person, case: &Value, text: &str) -> Value {
    person.post(&format!("{CASES}/{}/messages", case["id"]), json!({"text": text})).await.expect(201)
}

/// Under an idempotency key.
async fn under(person: &Person, key: &str, path: &str, body: Value) -> Answer {
    let request = person.request(Method::POST, path).header("idempotency-key", key);
    person.send(request.json(&body)).await
}

#[tokio::test]
async fn kinds_are_listed_part_by_part() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let titles = ["Account", "Listings", "Payments", "Somebody's behaviour", "Something else"];
    let expected: Vec<Value> = (1..).zip(titles).map(|(id, title)| json!({"id": id, "title": title})).collect();
    let all = ann.get("/api/v1/case-kinds").await.expect(200);
    assert_eq!(all, json!({"items": expected, "next": null}));
    let first = ann.get("/api/v1/case-kinds?limit=3").await.expect(200);
    let next = first["next"].as_str().expect("more");
    let rest = ann.get(&format!("/api/v1/case-kinds?limit=3&cursor={next}")).await.expect(200);
    assert_eq!([&first["items"], &rest["items"]], [&json!(expected[..3]), &json!(expected[3..])]);
    assert_eq!(rest["next"], Value::Null);
    world.finish().await;
}

#[tokio::test]
async fn a_case_is_opened_answered_closed_and_open_again() {
    let world = World::start().await;
    let (ann, bob, sue) = (world.person("ann").await, world.person("bob").await, staff(&world, "sue").await);
    let case = ann.post(CASES, json!({"kind_id": "3", "title": " I paid twice "})).await.expect(201);
    let at = case["created_at"].clone();
    let kind = json!({"id": 3, "title": "Payments"});
    assert_eq!(
        case,
        json!({"id": 1, "kind": kind, "title": "I paid twice", "created_at": at, "updated_at": at, "closed_at": null})
    );
    open(&bob, "Another's").await;
    let path = format!("{CASES}/1");
    assert_eq!(ann.get(&path).await.expect(200), case);
    assert_eq!(ann.get(CASES).await.expect(200), json!({"items": [case], "next": null}));

    world.bed.clock.turn(chrono::TimeDelta::seconds(5));
    let asked = write(&ann, &case, "Please look").await;
    let said_at = asked["created_at"].clone();
    assert_eq!(asked, json!({"id": 1, "text": "Please look", "from_staff": false, "created_at": said_at}));
    let answered = sue.post(&format!("{ADMIN}/1/messages"), json!({"text": "It is sent back"})).await.expect(201);
    let sue_shown = sue.get(&format!("/api/v1/users/{}", sue.id)).await.expect(200);
    let expected =
        json!({"id": 2, "text": "It is sent back", "from_staff": true, "created_at": answered["created_at"]});
    let mut for_staff = expected.clone();
    for_staff["user"] = sue_shown;
    assert_eq!(answered, for_staff);
    // Her own list does not name who of the staff it was.
    let messages = ann.get(&format!("{path}/messages")).await.expect(200);
    assert_eq!(messages, json!({"items": [expected, asked], "next": null}));
    let ann_shown = sue.get(&format!("/api/v1/users/{}", ann.id)).await.expect(200);
    let mut both = messages["items"].clone();
    (both[0], both[1]["user"]) = (for_staff, ann_shown.clone());
    assert_eq!(sue.get(&format!("{ADMIN}/1/messages")).await.expect(200)["items"], both);
    world.settle().await;
    let notice = ann.get("/api/v1/notifications").await.expect(200)["items"][0].clone();
    assert_eq!(
        [&notice["kind"], &notice["subject_id"], &notice["actor"]],
        [&json!("case_answered"), &json!(1), &Value::Null]
    );

    let closed = sue.act(&format!("{ADMIN}/1/close")).await.expect(200);
    let mut expected = json!({"id": 1, "kind": kind, "title": "I paid twice", "created_at": at, "updated_at": answered["created_at"],
        "closed_at": closed["closed_at"], "user": ann_shown});
    assert!(closed["closed_at"].is_string());
    assert_eq!(closed, expected);
    world.bed.clock.turn(chrono::TimeDelta::seconds(5));
    assert_eq!(sue.act(&format!("{ADMIN}/1/close")).await.expect(200), closed, "again changes nothing");
    assert_eq!(ids(&sue.get(ADMIN).await.expect(200)), [2]);
    assert_eq!(ids(&sue.get(&format!("{ADMIN}?state=all")).await.expect(200)), [2, 1]);
    // What staff say leaves it closed, what she says opens it.
    sue.post(&format!("{ADMIN}/1/messages"), json!({"text": "One more thing"})).await.expect(201);
    assert_eq!(sue.get(&format!("{ADMIN}/1")).await.expect(200)["closed_at"], closed["closed_at"]);
    let last = write(&ann, &case, "Thank you").await;
    (expected["closed_at"], expected["updated_at"]) = (Value::Null, last["created_at"].clone());
    assert_eq!(sue.get(&format!("{ADMIN}/1")).await.expect(200), expected);
    let entries = [
        entry(&sue, "case.answer", 1, json!({"message_id": 3})),
        entry(&sue, "case.close", 1, json!({})),
        entry(&sue, "case.answer", 1, json!({"message_id": 2})),
    ];
    assert_eq!(audited(&sue, "").await, entries);
    world.finish().await;
}

#[tokio::test]
async fn what_does_not_fit_is_named_and_what_is_not_there_is_not_found() {
    let world = World::start().await;
    let (ann, sue) = (world.person("ann").await, staff(&world, "sue").await);
    for (body, field) in [
        (json!({"kind_id": 999, "title": "Help"}), "kind_id"),
        (json!({"kind_id": 1, "title": " "}), "title"),
        (json!({"kind_id": 1, "title": "x".repeat(201)}), "title"),
    ] {
        let problem = ann.post(CASES, body).await.expect_problem(422, "invalid");
        assert!(problem["errors"][field][0].is_string(), "{problem:#}");
    }
    let case = ann.post(CASES, json!({"kind_id": 1, "title": "é".repeat(200)})).await.expect(201);
    for path in [format!("{CASES}/{}/messages", case["id"]), format!("{ADMIN}/{}/messages", case["id"])] {
        for text in [" ", &"x".repeat(4_001)] {
            let problem = sue.post(&path, json!({"text": text})).await.expect_problem(422, "invalid");
            assert!(problem["errors"]["text"][0].is_string(), "{problem:#}");
        }
    }
    write(&ann, &case, &"é".repeat(4_000)).await;
    sue.get(&format!("{ADMIN}/999")).await.expect_problem(404, "not_found");
    sue.get(&format!("{ADMIN}/999/messages")).await.expect_problem(404, "not_found");
    sue.post(&format!("{ADMIN}/999/messages"), json!({"text": "Hello"})).await.expect_problem(404, "not_found");
    sue.act(&format!("{ADMIN}/999/close")).await.expect_problem(404, "not_found");
    // Staff have no part in another's own list.
    sue.get(&format!("{CASES}/{}", case["id"])).await.expect_problem(404, "not_found");
    assert_eq!((audited(&sue, "").await, ann.inbox().await.len()), (vec![], 0));
    world.finish().await;
}

#[tokio::test]
async fn a_repeat_under_a_key_makes_nothing_new() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let body = json!({"kind_id": 1, "title": "Help"});
    let answers = join_all((0..4).map(|_| under(&ann, "one", CASES, body.clone()))).await;
    let cases: Vec<Value> = answers.into_iter().map(|answer| answer.expect(201)).collect();
    assert!(cases.iter().all(|case| *case == cases[0]), "{cases:#?}");
    let other = json!({"kind_id": 1, "title": "Other"});
    under(&ann, "one", CASES, other).await.expect_problem(422, "key_mismatch");
    let path = format!("{CASES}/{}/messages", cases[0]["id"]);
    let first = under(&ann, "one", &path, json!({"text": "Hello"})).await.expect(201);
    assert_eq!(under(&ann, "one", &path, json!({"text": "Hello"})).await.expect(201), first);
    under(&ann, "one", &path, json!({"text": "Bye"})).await.expect_problem(422, "key_mismatch");
    let counts = "SELECT (SELECT count(*) FROM cases) * 10 + (SELECT count(*) FROM case_messages)";
    assert_eq!(number(&world, counts).await, 11);
    world.finish().await;
}

#[tokio::test]
async fn fifty_are_open_at_most_also_of_those_opened_at_once() {
    let world = World::start().await;
    let (ann, sue) = (world.person("ann").await, staff(&world, "sue").await);
    execute(
        &world,
        &format!(
            "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 47)
             INSERT INTO cases (kind_id, account_id, title, created_at, updated_at)
             SELECT 1, a.id, 'Help', a.created_at, a.created_at FROM numbers, accounts a WHERE a.id = {}",
            ann.id
        ),
    )
    .await;
    let body = json!({"kind_id": 1, "title": "Help"});
    let answers = join_all((0..6).map(|_| ann.post(CASES, body.clone()))).await;
    let (made, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 201);
    assert_eq!((made.len(), refused.len()), (3, 3));
    for answer in refused {
        answer.expect_problem(409, "too_many_cases");
    }
    sue.act(&format!("{ADMIN}/1/close")).await.expect(200);
    open(&ann, "Another").await;
    // A closed one can't be opened again beside fifty.
    let again = ann.post(&format!("{CASES}/1/messages"), json!({"text": "Hello"})).await;
    again.expect_problem(409, "too_many_cases");
    ann.post(&format!("{CASES}/2/messages"), json!({"text": "Hello"})).await.expect(201);
    open(&sue, "One's own").await;
    world.finish().await;
}

#[tokio::test]
async fn lists_go_on_where_they_stopped_and_an_export_has_all() {
    let world = World::start().await;
    let (ann, bob, sue) = (world.person("ann").await, world.person("bob").await, staff(&world, "sue").await);
    let mut whole = Vec::new();
    for at in 0..3 {
        let case = open(&ann, &format!("Case {at}")).await;
        let theirs = open(&bob, "Another's").await;
        write(&bob, &theirs, "Not hers").await;
        let first = write(&ann, &case, "One").await;
        let second = sue.post(&format!("{ADMIN}/{}/messages", case["id"]), json!({"text": "Two"})).await.expect(201);
        let mut second = second;
        second.as_object_mut().expect("fields").remove("user");
        let mut one = ann.get(&format!("{CASES}/{}", case["id"])).await.expect(200);
        one["messages"] = json!([first, second]);
        whole.insert(0, one);
    }
    let expected: Vec<i64> = whole.iter().map(|case| case["id"].as_i64().expect("an id")).collect();
    assert_eq!(walked(&ann, &format!("{CASES}?limit=2")).await, expected);
    assert_eq!(walked(&sue, &format!("{ADMIN}?limit=2")).await, [6, 5, 4, 3, 2, 1]);
    assert_eq!(walked(&ann, &format!("{CASES}/1/messages?limit=1")).await.len(), 2);
    world.settle().await;
    let export = ann.get("/api/v1/me/export").await.expect(200);
    assert_eq!(export["cases"], json!(whole));
    world.finish().await;
}

/// The ids of a whole list, part by part.
async fn walked(person: &Person, path: &str) -> Vec<i64> {
    let (mut found, mut part) = (Vec::new(), person.get(path).await.expect(200));
    loop {
        found.extend(ids(&part));
        let Some(next) = part["next"].as_str().map(str::to_owned) else { return found };
        part = person.get(&format!("{path}&cursor={next}")).await.expect(200);
    }
}
