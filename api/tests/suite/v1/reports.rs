//! Reports: made, listed, claimed and dismissed.

use futures::future::join_all;
use serde_json::{Value, json};

use super::chats::{chat, say};
use super::report_effects::{listing, review};
use super::support::{audited, entry, execute, ids, load_places, number, staff};
use crate::world::{Answer, Person, World};

pub(super) const REPORTS: &str = "/api/v1/reports";
pub(super) const ADMIN: &str = "/api/v1/admin/reports";

pub(super) async fn report(person: &Person, subject: &str, id: i64, message: &str) -> Answer {
    person.post(REPORTS, json!({"subject": subject, "subject_id": id, "message": message})).await
}

pub(super) async fn resolve(staff: &Person, id: i64, body: Value) -> Answer {
    staff.post(&format!("{ADMIN}/{id}/resolve"), body).await
}

fn id(row: &Value) -> i64 {
    row["id"].as_i64().expect("an id")
}

#[tokio::test]
async fn each_kind_of_thing_is_reported_with_what_it_said() {
    let world = World::start().await;
    let (ann, bob, sue) = (world.person("ann").await, world.person("bob").await, staff(&world, "sue").await);
    load_places(&world).await;
    bob.patch("/api/v1/me", json!({"full_name": "Bob Ross"})).await.expect(200);
    let bobs = listing(&world, &bob).await;
    let cat = world.person("cat").await;
    let reviewed = review(&world, &bob, listing(&world, &cat).await, 5).await;
    let said = id(&say(&bob, chat(&ann, &bob).await, "Rude words").await);
    let bob_shown = ann.get(&format!("/api/v1/users/{}", bob.id)).await.expect(200);
    let ann_shown = sue.get(&format!("/api/v1/users/{}", ann.id)).await.expect(200);
    for (number, (subject, subject_id, quoted)) in (1..).zip([
        ("listing", bobs, "Plumbing\nI mend pipes"),
        ("review", reviewed, "Good\nCame at once"),
        ("message", said, "Rude words"),
        ("account", bob.id, "bob\nBob Ross"),
    ]) {
        let made = report(&ann, subject, subject_id, " Not nice ").await.expect(201);
        let own = json!({"id": number, "subject": subject, "subject_id": subject_id, "message": "Not nice",
            "state": "waiting", "outcome": null, "note": null, "created_at": made["created_at"], "resolved_at": null});
        assert_eq!(made, own);
        assert_eq!(ann.get(&format!("{REPORTS}/{number}")).await.expect(200), own);
        let mut whole = own;
        whole["reporter"] = ann_shown.clone();
        whole["user"] = bob_shown.clone();
        whole["quoted"] = json!(quoted);
        (whole["claimed_by"], whole["resolved_by"]) = (Value::Null, Value::Null);
        assert_eq!(sue.get(&format!("{ADMIN}/{number}")).await.expect(200), whole);
    }
    assert_eq!(ids(&ann.get(REPORTS).await.expect(200)), [4, 3, 2, 1]);
    let first = ann.get(&format!("{REPORTS}?limit=3")).await.expect(200);
    let rest =
        ann.get(&format!("{REPORTS}?limit=3&cursor={}", first["next"].as_str().expect("more"))).await.expect(200);
    assert_eq!((ids(&rest), &rest["next"]), (vec![1], &Value::Null));
    assert_eq!(ids(&bob.get(REPORTS).await.expect(200)), [0; 0], "nobody hears of being reported");
    assert_eq!(ids(&sue.get(&format!("{ADMIN}?limit=2")).await.expect(200)), [4, 3]);
    let export = ann.get("/api/v1/me/export").await.expect(200);
    assert_eq!(export["reports"], ann.get(REPORTS).await.expect(200)["items"]);
    // What it said then stays, though its owner changes it.
    execute(&world, "UPDATE listings SET title = 'Something else', description = NULL").await;
    assert_eq!(sue.get(&format!("{ADMIN}/1")).await.expect(200)["quoted"], "Plumbing\nI mend pipes");
    world.finish().await;
}

#[tokio::test]
async fn what_is_not_there_or_ones_own_is_not_reported() {
    let world = World::start().await;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    load_places(&world).await;
    let (own, bobs, cats) = (listing(&world, &ann).await, listing(&world, &bob).await, listing(&world, &cat).await);
    let (ours, theirs) = (chat(&ann, &bob).await, chat(&bob, &cat).await);
    let (mine, private) = (id(&say(&ann, ours, "Mine").await), id(&say(&bob, theirs, "Private").await));
    let gone = id(&say(&bob, ours, "Gone").await);
    bob.delete(&format!("/api/v1/chats/{ours}/messages/{gone}")).await.expect(204);
    let review = review(&world, &ann, bobs, 1).await;
    for (subject, id) in [("account", ann.id), ("listing", own), ("review", review), ("message", mine)] {
        report(&ann, subject, id, "Rude").await.expect_problem(422, "oneself");
    }
    execute(&world, "UPDATE accounts SET suspended_at = created_at WHERE username = 'cat'").await;
    for (subject, id) in [
        ("message", private),
        ("message", gone),
        ("message", 999),
        ("account", 999),
        ("account", cat.id),
        ("listing", 999),
        ("listing", cats),
        ("review", 999),
    ] {
        report(&ann, subject, id, "Rude").await.expect_problem(404, "not_found");
    }
    for message in [" ", &"x".repeat(1_001)] {
        let problem = report(&ann, "account", bob.id, message).await.expect_problem(422, "invalid");
        assert!(problem["errors"]["message"][0].is_string(), "{problem:#}");
    }
    assert_eq!(number(&world, "SELECT count(*) FROM reports").await, 0);
    report(&ann, "account", bob.id, &"é".repeat(1_000)).await.expect(201);
    world.finish().await;
}

/// Whoever harmed somebody can't keep them from saying so.
#[tokio::test]
async fn a_block_hides_listings_and_reviews_but_neither_the_account_nor_what_it_sent() {
    let world = World::start().await;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    load_places(&world).await;
    let said = id(&say(&bob, chat(&ann, &bob).await, "Rude words").await);
    let bobs = listing(&world, &bob).await;
    let review = review(&world, &bob, listing(&world, &cat).await, 1).await;
    bob.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    world.settle().await;
    report(&ann, "listing", bobs, "Rude").await.expect_problem(404, "not_found");
    report(&ann, "review", review, "Rude").await.expect_problem(404, "not_found");
    report(&ann, "message", said, "Rude").await.expect(201);
    report(&ann, "account", bob.id, "Rude").await.expect(201);
    world.finish().await;
}

#[tokio::test]
async fn a_second_report_of_the_same_thing_is_the_first() {
    let world = World::start().await;
    let (ann, bob, cat, sue) =
        (world.person("ann").await, world.person("bob").await, world.person("cat").await, staff(&world, "sue").await);
    let answers = join_all((0..4).map(|_| report(&ann, "account", bob.id, "Rude"))).await;
    let (new, again): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 201);
    assert_eq!((new.len(), again.len()), (1, 3));
    let mut first = again.into_iter().next().expect("one").expect(200);
    assert_eq!(report(&ann, "account", bob.id, "Very rude").await.expect(200)["message"], "Very rude");
    // Who has claimed it reads what stands there.
    sue.act(&format!("{ADMIN}/{}/claim", first["id"])).await.expect(200);
    (first["message"], first["state"]) = (json!("Very rude"), json!("claimed"));
    assert_eq!(report(&ann, "account", bob.id, "Oh no").await.expect(200), first);
    report(&cat, "account", bob.id, "Rude").await.expect(201);
    resolve(&sue, id(&first), json!({"outcome": "dismissed"})).await.expect(200);
    let next = report(&ann, "account", bob.id, "Rude again").await.expect(201);
    assert_eq!(number(&world, "SELECT count(*) FROM reports").await, 3);
    assert_eq!(next["state"], "waiting");
    world.finish().await;
}

#[tokio::test]
async fn a_hundred_wait_at_most() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    execute(
        &world,
        &format!(
            "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100)
             INSERT INTO reports (reporter_id, subject, subject_id, message, created_at)
             SELECT a.id, 'listing', n, 'Spam', a.created_at FROM numbers, accounts a WHERE a.id = {}",
            ann.id
        ),
    )
    .await;
    report(&ann, "account", bob.id, "Rude").await.expect_problem(409, "too_many_reports");
    report(&bob, "account", ann.id, "Rude").await.expect(201);
    execute(&world, "UPDATE reports SET outcome = 'dismissed', resolved_at = created_at WHERE id = 1").await;
    report(&ann, "account", bob.id, "Rude").await.expect(201);
    world.finish().await;
}

#[tokio::test]
async fn a_report_is_claimed_and_dismissed_and_its_reporter_hears_of_it() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let (sue, tom) = (staff(&world, "sue").await, staff(&world, "tom").await);
    report(&ann, "account", bob.id, "Rude").await.expect(201);
    let mut expected = sue.get(&format!("{ADMIN}/1")).await.expect(200);
    let claimed = sue.act(&format!("{ADMIN}/1/claim")).await.expect(200);
    expected["state"] = json!("claimed");
    expected["claimed_by"] = tom.get(&format!("/api/v1/users/{}", sue.id)).await.expect(200);
    assert_eq!(claimed, expected);
    assert_eq!(sue.act(&format!("{ADMIN}/1/claim")).await.expect(200), claimed, "again changes nothing");
    tom.act(&format!("{ADMIN}/1/claim")).await.expect_problem(409, "already_claimed");
    resolve(&tom, 1, json!({"outcome": "dismissed"})).await.expect_problem(409, "already_claimed");
    for (state, found) in [("waiting", &[][..]), ("claimed", &[1]), ("resolved", &[])] {
        assert_eq!(ids(&tom.get(&format!("{ADMIN}?state={state}")).await.expect(200)), found, "{state}");
    }
    for note in ["\u{1}", &"x".repeat(1_001)] {
        let problem = resolve(&sue, 1, json!({"outcome": "dismissed", "note": note})).await;
        assert!(problem.expect_problem(422, "invalid")["errors"]["note"][0].is_string());
    }
    let problem = resolve(&sue, 1, json!({"outcome": "removed"})).await.expect_problem(422, "invalid");
    assert!(problem["errors"]["outcome"][0].is_string(), "{problem:#}");
    let resolved = resolve(&sue, 1, json!({"outcome": "dismissed", "note": " It is no harm "})).await.expect(200);
    expected["state"] = json!("resolved");
    (expected["outcome"], expected["note"]) = (json!("dismissed"), json!("It is no harm"));
    expected["resolved_by"] = expected["claimed_by"].clone();
    expected["resolved_at"] = resolved["resolved_at"].clone();
    assert!(resolved["resolved_at"].is_string());
    assert_eq!(resolved, expected);
    resolve(&sue, 1, json!({"outcome": "dismissed"})).await.expect_problem(409, "already_resolved");
    sue.act(&format!("{ADMIN}/1/claim")).await.expect_problem(409, "already_resolved");
    assert_eq!(ids(&tom.get(&format!("{ADMIN}?state=resolved")).await.expect(200)), [1]);
    world.settle().await;
    let notice = ann.get("/api/v1/notifications").await.expect(200)["items"].clone();
    assert_eq!(notice.as_array().expect("items").len(), 1);
    assert_eq!([&notice[0]["kind"], &notice[0]["subject_id"]], [&json!("report_resolved"), &json!(1)]);
    assert_eq!(
        (bob.inbox().await.len(), ann.get(&format!("{REPORTS}/1")).await.expect(200)),
        (0, {
            let fields =
                ["id", "subject", "subject_id", "message", "state", "outcome", "note", "created_at", "resolved_at"];
            fields.iter().map(|field| ((*field).to_owned(), expected[*field].clone())).collect::<Value>()
        })
    );
    for path in ["999", "999/claim", "999/resolve"] {
        let path = format!("{ADMIN}/{path}");
        let answer = if path.ends_with("resolve") {
            sue.post(&path, json!({"outcome": "dismissed"})).await
        } else if path.ends_with("claim") {
            sue.act(&path).await
        } else {
            sue.get(&path).await
        };
        answer.expect_problem(404, "not_found");
    }
    let detail = json!({"outcome": "dismissed", "note": "It is no harm", "subject": "account", "subject_id": bob.id});
    let entries = [entry(&sue, "report.resolve", 1, detail), entry(&sue, "report.claim", 1, json!({}))];
    assert_eq!(audited(&sue, "").await, entries);
    world.finish().await;
}

#[tokio::test]
async fn what_somebody_claimed_who_is_staff_no_more_is_free() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let (sue, tom) = (staff(&world, "sue").await, staff(&world, "tom").await);
    report(&ann, "account", bob.id, "Rude").await.expect(201);
    sue.act(&format!("{ADMIN}/1/claim")).await.expect(200);
    tom.act(&format!("{ADMIN}/1/claim")).await.expect_problem(409, "already_claimed");
    execute(&world, "UPDATE accounts SET staff = FALSE WHERE username = 'sue'").await;
    assert_eq!(tom.act(&format!("{ADMIN}/1/claim")).await.expect(200)["claimed_by"]["username"], "tom");
    world.finish().await;
}

#[tokio::test]
async fn of_two_who_claim_at_once_one_has_it_and_of_two_who_resolve_one_does() {
    let mut world = World::start().await;
    world.add_api().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let (sue, tom) = (staff(&world, "sue").await, staff(&world, "tom").await.at(world.apis[1].address));
    for round in 1..=5 {
        let other = world.person(&format!("other{round}")).await;
        let claimed = id(&report(&ann, "account", other.id, "Rude").await.expect(201));
        let path = format!("{ADMIN}/{claimed}/claim");
        let answers = tokio::join!(sue.act(&path), tom.act(&path));
        let mut statuses = [answers.0.status.as_u16(), answers.1.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        let resolved = id(&report(&bob, "account", other.id, "Rude").await.expect(201));
        let body = json!({"outcome": "suspended"});
        let answers = join_all([&sue, &tom, &sue, &tom].map(|who| resolve(who, resolved, body.clone()))).await;
        let won = answers.iter().filter(|answer| answer.status == 200).count();
        let lost = answers.iter().filter(|answer| answer.body["code"] == "already_resolved").count();
        assert_eq!((won, lost), (1, 3));
        world.settle().await;
        assert_eq!(bob.inbox().await.len(), round);
    }
    let actions = "SELECT count(*) FROM audit_log WHERE action = ";
    for action in ["report.claim", "report.resolve", "account.suspend"] {
        assert_eq!(number(&world, &format!("{actions}'{action}'")).await, 5, "{action}");
    }
    world.finish().await;
}
