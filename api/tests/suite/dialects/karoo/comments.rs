//! What people say of jobs, once each.

use chrono::{DateTime, SubsecRound, Utc};
use reqwest::Method;
use serde_json::{Value, json};

use super::addresses::world;
use super::jobs::{make, own, with};
use super::jobs_seen::{public, suspended};
use super::later;
use crate::dialects::support::{by_karoo, form, multipart, put, send, whole};
use crate::world::{Person, World};

const CREATE: &str = "/jobs/comment/create/";

fn path(id: &Value) -> String {
    format!("/jobs/comment/edit/{id}")
}

/// What a comment needs, with `changes`.
fn comment(job: &Value, changes: Value) -> Value {
    with(json!({"title": "Test Comment", "comment": "This is a test comment", "rating": 1, "job": job}), changes)
}

/// A comment of `NAME@example.org` as it is shown.
fn shown(id: &Value, name: &str, date: &Value, said: Value) -> Value {
    with(json!({"id": id, "user_full_name": name, "user_email": format!("{name}@example.org"), "date": date}), said)
}

/// The moment at which something is done, as it is shown.
fn now(world: &World) -> DateTime<Utc> {
    use shared::ports::clock::Clock as _;
    world.bed.clock.now().trunc_subsecs(6)
}

async fn average(person: &Person, job: &Value) -> f64 {
    let body = person.get(&public(job)).await.expect(200);
    let listed = person.get("/jobs/list/").await.expect(200);
    let listed = listed.as_array().expect("rows").iter().find(|row| row["id"] == *job).expect("it is there");
    assert_eq!(listed["average_rating"], body["average_rating"]);
    body["average_rating"].as_f64().expect("a number")
}

#[tokio::test]
async fn a_comment_is_made_and_shown_with_its_job() {
    let (world, ann, bob) = world().await;
    let cat = by_karoo(&world, "cat").await;
    let job = make(&ann, json!({})).await;
    let before = now(&world);
    let made = bob.post(CREATE, comment(&job, json!({"user_email": "x", "date": 1, "id": 99}))).await.expect(201);
    let date: DateTime<Utc> = made["date"].as_str().expect("a text").parse().expect("RFC 3339");
    assert!(before <= date && date <= now(&world), "{made:#}");
    let text = made["date"].as_str().expect("a text");
    assert!(text.ends_with('Z') && text.rsplit_once('.').is_some_and(|(_, digits)| digits.len() == 7), "{text}");
    let first = shown(&made["id"], "bob", &made["date"], comment(&job, json!({})));
    assert_eq!(made, first);
    let id = job.to_string();
    let fields = [("title", "Good"), ("comment", "Line\nline"), ("rating", "4"), ("job", id.as_str())];
    let made = form(&cat, Method::POST, "/jobs/comment/create", &fields).await.expect(201);
    let said = json!({"title": "Good", "comment": "Line\nline", "rating": 4, "job": job});
    let second = shown(&made["id"], "cat", &made["date"], said);
    assert_eq!(made, second);
    for body in [ann.get(&own(&job)).await.expect(200), bob.get(&public(&job)).await.expect(200)] {
        assert_eq!((&body["comments"], &body["average_rating"]), (&json!([first, second]), &json!(2.5)));
    }
    // Who has no name and no email is shown without.
    let dan = world.person("dan").await;
    let (kind, parts) = multipart(&fields);
    let made = send(&dan, Method::POST, CREATE, Some(kind), parts).await.expect(201);
    assert_eq!((&made["user_full_name"], &made["user_email"]), (&Value::Null, &Value::Null));
    world.finish().await;
}

#[tokio::test]
async fn one_comments_once_and_not_on_ones_own_job() {
    let (world, ann, bob) = world().await;
    let (job, other) = (make(&ann, json!({})).await, make(&ann, json!({})).await);
    bob.post(CREATE, comment(&job, json!({}))).await.expect(201);
    let again = json!({"status": 400, "body": {"error": "You have already commented on this job."}});
    for said in [comment(&job, json!({})), comment(&job, json!({"rating": 5, "title": "Other"}))] {
        assert_eq!(whole(bob.post(CREATE, said).await), again);
    }
    bob.post(CREATE, comment(&other, json!({}))).await.expect(201);
    let own = json!({"status": 400, "body": {"error": "You can't comment on your own job."}});
    assert_eq!(whole(ann.post(CREATE, comment(&job, json!({}))).await), own);
    assert_eq!(average(&ann, &job).await.to_string(), "1");
    assert_eq!(super::number(&world, "SELECT count(*) FROM reviews", []).await, 2);
    world.finish().await;
}

#[tokio::test]
async fn what_does_not_fit_a_comment_is_told_by_field() {
    let (world, ann, bob) = world().await;
    let job = make(&ann, json!({})).await;
    let (required, blank) = ("This field is required.", "This field may not be blank.");
    let (stars, number, no_text) = ("Must be from 1 to 5.", "A valid integer is required.", "Not a valid string.");
    let none = "This field may not be null.";
    let four = json!({"title": [required], "comment": [required], "rating": [required], "job": [required]});
    assert_eq!(whole(bob.post(CREATE, json!({})).await), json!({"status": 400, "body": four}));
    let long = |most: usize| format!("Ensure this field has no more than {most} characters.");
    for (fields, said) in [
        (json!({"rating": 0}), json!({"rating": [stars]})),
        (json!({"rating": 6}), json!({"rating": [stars]})),
        (json!({"rating": -1}), json!({"rating": [stars]})),
        (json!({"rating": i64::MIN}), json!({"rating": [stars]})),
        (json!({"rating": 2.5}), json!({"rating": [number]})),
        (json!({"rating": "five"}), json!({"rating": [number]})),
        (json!({"rating": true}), json!({"rating": [number]})),
        (json!({"rating": null}), json!({"rating": [none]})),
        (json!({"title": "", "comment": " "}), json!({"title": [blank], "comment": [blank]})),
        (json!({"title": null, "comment": []}), json!({"title": [none], "comment": [no_text]})),
        (json!({"title": "x".repeat(201)}), json!({"title": [long(200)]})),
        (json!({"comment": "x".repeat(5_001), "rating": 9}), json!({"comment": [long(5_000)], "rating": [stars]})),
        (json!({"comment": "a\u{0}"}), json!({"comment": ["Null characters are not allowed."]})),
    ] {
        let expected = json!({"status": 400, "body": said});
        assert_eq!(whole(bob.post(CREATE, comment(&job, fields.clone())).await), expected, "{fields:.80}");
    }
    for wrong in [json!("x"), json!([]), json!(1.5), json!("99999999999999999999")] {
        let said = whole(bob.post(CREATE, comment(&wrong, json!({}))).await);
        assert_eq!(said, json!({"status": 400, "body": {"job": [number]}}), "{wrong}");
    }
    assert_eq!(super::number(&world, "SELECT count(*) FROM reviews", []).await, 0);
    // Whole stars may be written with a point, and as a text.
    let made = bob.post(CREATE, comment(&json!(job.to_string()), json!({"rating": "5.0"}))).await.expect(201);
    assert_eq!((&made["rating"], &made["job"]), (&json!(5), &job));
    world.finish().await;
}

#[tokio::test]
async fn a_job_that_is_not_there_takes_no_comment() {
    let (world, ann, bob) = world().await;
    let job = make(&ann, json!({})).await;
    let refused = async |person: &Person, id: &Value| {
        let said = json!({"job": [format!("Invalid pk \"{id}\" - object does not exist.")]});
        let answer = whole(person.post(CREATE, comment(id, json!({}))).await);
        assert_eq!(answer, json!({"status": 400, "body": said}), "{id}");
    };
    for id in [json!(999), json!(0), json!(-7), json!(i64::MAX)] {
        refused(&bob, &id).await;
    }
    for (blocker, other) in [(&ann, &bob), (&bob, &ann)] {
        let block = format!("/api/v1/blocks/{}", other.id);
        blocker.put(&block).await.expect(204);
        refused(&bob, &job).await;
        blocker.delete(&block).await.expect(204);
    }
    suspended(&world, &ann, true).await;
    refused(&bob, &job).await;
    suspended(&world, &ann, false).await;
    bob.post(CREATE, comment(&job, json!({}))).await.expect(201);
    world.finish().await;
}

#[tokio::test]
async fn an_edit_changes_what_is_given_and_moves_the_average() {
    let (world, ann, bob) = world().await;
    let cat = by_karoo(&world, "cat").await;
    let (job, other) = (make(&ann, json!({})).await, make(&ann, json!({})).await);
    let made = bob.post(CREATE, comment(&job, json!({"rating": 2}))).await.expect(201);
    cat.post(CREATE, comment(&job, json!({"rating": 5}))).await.expect(201);
    later(&world, 60);
    let mut shown = made.clone();
    for (change, seen, mean) in [
        (json!({"rating": 4}), json!({"rating": 4}), "4.5"),
        (json!({"title": " New "}), json!({"title": "New"}), "4.5"),
        (json!({"comment": "Better", "rating": "1"}), json!({"comment": "Better", "rating": 1}), "3"),
        (json!({}), json!({}), "3"),
        // It stays with its job, and its date is when it was written.
        (json!({"job": other, "date": "x", "user_email": "x", "id": 5}), json!({}), "3"),
        (comment(&job, json!({"rating": 5})), comment(&job, json!({"rating": 5})), "5"),
    ] {
        shown = with(shown, seen);
        assert_eq!(put(&bob, &path(&made["id"]), change.clone()).await.expect(200), shown, "{change}");
        let slashed = format!("{}/", path(&made["id"]));
        assert_eq!(put(&bob, &slashed, json!({})).await.expect(200), shown, "{change}");
        assert_eq!(ann.get(&public(&job)).await.expect(200)["comments"][0], shown, "{change}");
        assert_eq!(average(&ann, &job).await.to_string(), mean, "{change}");
    }
    assert_eq!(average(&ann, &other).await.to_string(), "0");
    for (change, field) in
        [(json!({"rating": 6}), "rating"), (json!({"title": ""}), "title"), (json!({"comment": null}), "comment")]
    {
        let said = put(&bob, &path(&made["id"]), change.clone()).await.expect(400);
        assert_eq!(said.as_object().expect("fields").keys().collect::<Vec<_>>(), [field], "{change}");
    }
    assert_eq!(ann.get(&public(&job)).await.expect(200)["comments"][0], shown, "nothing is changed");
    world.finish().await;
}

#[tokio::test]
async fn another_s_comment_is_not_changed() {
    let (world, ann, bob) = world().await;
    let cat = by_karoo(&world, "cat").await;
    let job = make(&ann, json!({})).await;
    let made = bob.post(CREATE, comment(&job, json!({}))).await.expect(201);
    let forbidden = json!({"status": 403, "body": {"detail": "You do not have permission to perform this action."}});
    let missing = json!({"status": 404, "body": {"detail": "Not found."}});
    for change in [json!({"rating": 5}), json!({"rating": 9}), json!({})] {
        for person in [&ann, &cat] {
            assert_eq!(whole(put(person, &path(&made["id"]), change.clone()).await), forbidden, "{}", person.name);
        }
        for id in ["999", "0", "-1", "x", "%00", "99999999999999999999"] {
            let answer = put(&bob, &format!("/jobs/comment/edit/{id}"), change.clone()).await;
            assert_eq!(whole(answer), missing, "{id}");
        }
    }
    // Of a job that is not there for its author, neither is the comment.
    ann.put(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    assert_eq!(whole(put(&bob, &path(&made["id"]), json!({"rating": 5})).await), missing);
    assert_eq!(cat.get(&public(&job)).await.expect(200)["comments"], json!([made]));
    assert_eq!(average(&cat, &job).await.to_string(), "1");
    world.finish().await;
}
