//! Notices: notifications about neither requests nor decisions, as v1 and the dialects tell them.

use serde_json::{Value, json};
use shared::jobs::payloads::Notice;
use shared::notifications::{AskedJob, InboxJob, Kind};

use super::support::{execute, number, waiting_job};
use crate::dialects::support::socket;
use crate::world::{Person, World};

/// Asks for a notice, as whoever makes something to tell does.
async fn tell(world: &World, recipient: &Person, kind: Kind, actor: Option<&Person>, subject_id: i64) {
    let mut work = world.core().writer.begin().await.expect("a transaction");
    let actor_id = actor.map(|actor| actor.id);
    let notice = Notice { recipient_id: recipient.id, kind, actor_id, subject_id };
    work.ask(&notice).await.expect("it is asked for");
    work.commit().await.expect("the commit");
}

async fn items(person: &Person) -> Value {
    person.get("/api/v1/notifications").await.expect(200)["items"].clone()
}

#[tokio::test]
async fn each_kind_is_told_on_every_surface() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let mut live = ann.socket().await;
    assert!(live.resume(0).await.is_empty());
    let mut notifs = socket(&ann, "/ws/notifs/").await.expect("it opens");
    let mut frames = socket(&ann, "/ws/notifications/").await.expect("it opens");
    let actor = json!({"id": bob.id, "username": "bob", "full_name": null, "avatar": null});
    for (at, (kind, word, actor, text)) in [
        (Kind::ListingReviewed, "listing_reviewed", Some(&actor), "bob reviewed your listing."),
        (Kind::ReviewAnswered, "review_answered", Some(&actor), "bob answered your review."),
        (Kind::CaseAnswered, "case_answered", None, "Support answered your case."),
        (Kind::ReportResolved, "report_resolved", None, "Your report was resolved."),
    ]
    .into_iter()
    .enumerate()
    {
        let subject = 70 + i64::try_from(at).expect("small");
        tell(&world, &ann, kind, actor.map(|_| &bob), subject).await;
        let mut frame = live.expect("notification").await;
        let created_at = frame["notification"]["created_at"].take();
        assert_eq!(
            frame,
            json!({"type": "notification", "version": at + 1, "unread": {"notifications": at + 1, "messages": 0},
                "notification": {"id": at + 1, "version": at + 1, "kind": word, "actor": actor, "request_id": null,
                    "subject_id": subject, "body": null, "created_at": null, "read_at": null}})
        );
        assert_eq!(notifs.next().await, json!({"type": "notif", "message": text}));
        let data = frames.next().await["data"].clone();
        assert_eq!(
            [&data["message"], &data["verb"], &data["actor"]["username"]],
            [&json!(text), &Value::Null, actor.map_or(&Value::Null, |actor| &actor["username"])]
        );
        let newest = items(&ann).await[0].clone();
        let mut expected = frame["notification"].clone();
        expected["created_at"] = created_at;
        assert_eq!(newest, expected);
        let listed = ann.get("/api/notification/").await.expect(200)[0].clone();
        assert_eq!([&listed["body"], &listed["id"]], [&json!(text), &newest["id"]]);
    }
    drop((live, notifs, frames));
    world.finish().await;
}

#[tokio::test]
async fn what_happens_twice_is_told_twice_and_a_job_that_comes_twice_once() {
    let mut world = World::without_worker(|_| {}).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    tell(&world, &ann, Kind::ReviewAnswered, Some(&bob), 7).await;
    let (id, payload) = waiting_job(&world, "notice").await;
    let job = AskedJob::from((id, InboxJob::Told(serde_json::from_str(&payload).expect("a payload"))));
    for jobs in [[job.clone(), job.clone()], [job.clone(), job]] {
        world.core().delivery.deliver(&jobs[..1]).await.expect("it is delivered");
    }
    assert_eq!(ann.inbox().await, ["review_answered"]);
    // Two in one batch.
    tell(&world, &ann, Kind::CaseAnswered, None, 7).await;
    tell(&world, &ann, Kind::CaseAnswered, None, 7).await;
    world.add_worker().await;
    world.settle().await;
    assert_eq!(ann.inbox().await, ["case_answered", "case_answered", "review_answered"]);
    world.finish().await;
}

#[tokio::test]
async fn a_job_that_comes_twice_into_one_batch_is_told_once() {
    let world = World::without_worker(|_| {}).await;
    let ann = world.person("ann").await;
    tell(&world, &ann, Kind::CaseAnswered, None, 7).await;
    let (id, payload) = waiting_job(&world, "notice").await;
    let job = AskedJob::from((id, InboxJob::Told(serde_json::from_str(&payload).expect("a payload"))));
    world.core().delivery.deliver(&[job.clone(), job]).await.expect("it is delivered");
    assert_eq!(ann.inbox().await, ["case_answered"]);
    world.finish().await;
}

#[tokio::test]
async fn nothing_is_told_of_somebody_who_is_not_there() {
    let world = World::start().await;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    ann.put(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    execute(&world, "UPDATE accounts SET suspended_at = created_at WHERE username = 'cat'").await;
    for (recipient, actor) in [(&ann, &bob), (&bob, &ann), (&ann, &cat)] {
        tell(&world, recipient, Kind::ListingReviewed, Some(actor), 1).await;
    }
    world.settle().await;
    assert_eq!(number(&world, "SELECT count(*) FROM notifications").await, 0);
    let badge = ann.get("/api/v1/notifications/unread-count").await.expect(200);
    assert_eq!(badge, json!({"notifications": 0, "messages": 0, "version": 0}));
    world.finish().await;
}

#[tokio::test]
async fn a_block_takes_notices_of_the_other_away_and_leaves_the_rest() {
    let world = World::start().await;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    for (recipient, actor) in [(&ann, Some(&bob)), (&bob, Some(&ann)), (&ann, Some(&cat)), (&ann, None)] {
        tell(&world, recipient, Kind::ListingReviewed, actor, 1).await;
    }
    world.settle().await;
    assert_eq!((ann.inbox().await.len(), bob.inbox().await.len()), (3, 1));
    bob.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    world.settle().await;
    let actors: Vec<Value> =
        items(&ann).await.as_array().expect("items").iter().map(|n| n["actor"]["id"].clone()).collect();
    assert_eq!((actors, bob.inbox().await.len()), (vec![Value::Null, json!(cat.id)], 0));
    assert_eq!(ann.get("/api/v1/notifications").await.expect(200)["unread"]["notifications"], 2);
    world.finish().await;
}
