//! An account that ends while it and others are busy with one another: nothing fails, and nothing is left.

use futures::future::{BoxFuture, FutureExt, join_all};
use image::ImageFormat;
use sea_orm::{ConnectionTrait, TransactionTrait};
use serde_json::json;
use shared::config::RateLimits;
use shared::notifications::{AskedJob, InboxJob};
use shared::testing::production;

use super::avatar::{picture, upload};
use super::deletion::{assert_gone, delete};
use super::password_reset::sign_in;
use super::support::{execute, load_places, number, waiting_job};
use crate::world::{Answer, PASSWORD, Person, World, eventually};

const OTHERS: usize = 6;

/// That nobody met a fault of the server's.
fn assert_no_fault(answers: Vec<(String, Answer)>) {
    for (what, answer) in answers {
        assert!(answer.status.as_u16() < 500, "{what}: {answer:#?}");
    }
}

#[tokio::test]
async fn others_send_and_decide_meanwhile() {
    let mut world = World::with(|config| config.limits.rate_limits = RateLimits::Off).await;
    let there = world.add_api().await.address;
    world.add_worker().await;
    let mut others = Vec::new();
    for number in 0..OTHERS {
        others.push(world.person(&format!("other{number}")).await);
    }
    for round in 0..4 {
        let ann = world.person(&format!("ann{round}")).await;
        let mut calls: Vec<BoxFuture<'_, (String, Answer)>> = Vec::new();
        for (number, other) in others.iter().enumerate() {
            // Half of them ask her, half are asked.
            if number % 2 == 0 {
                let (request, ann) = (other.ask(&ann).await, ann.at(there));
                let decision = if number % 4 == 0 { "accept" } else { "reject" };
                calls.push(async move { ("she decides".to_owned(), ann.decide(request, decision).await) }.boxed());
                calls.push(async move { ("taken back".to_owned(), other.decide(request, "cancel").await) }.boxed());
            } else {
                let request = ann.ask(other).await;
                calls.push(async move { ("they decide".to_owned(), other.at(there).accept(request).await) }.boxed());
            }
            let block = format!("/api/v1/blocks/{}", ann.id);
            if number == 5 {
                calls.push(async move { ("they block".to_owned(), other.put(&block).await) }.boxed());
            }
            let ask = json!({"to_user_id": ann.id});
            let send = async move { other.post("/api/v1/connection-requests", ask).await };
            calls.push(send.map(|answer| ("they ask".to_owned(), answer)).boxed());
        }
        let goes = ann.clone();
        let middle = calls.len() / 2;
        calls.insert(middle, async move { ("she goes".to_owned(), delete(&goes, PASSWORD).await) }.boxed());
        let answers = join_all(calls).await;
        let gone = answers.iter().find(|(what, _)| what == "she goes").expect("she goes");
        assert_eq!(gone.1.status, 204, "{gone:#?}");
        assert_no_fault(answers);
        assert_gone(&world, ann.id).await;
    }
    for other in &others {
        for path in ["connections", "connection-requests", "connection-requests?direction=outgoing", "notifications"] {
            assert_eq!(other.get(&format!("/api/v1/{path}")).await.expect(200)["items"], json!([]), "{path}");
        }
    }
    world.finish().await;
}

/// On SQLite there is one writer, and nothing comes in between.
#[tokio::test]
async fn what_is_told_at_the_last_moment_goes_too() {
    if !production() {
        return;
    }
    let world = World::without_worker(|_| {}).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    ann.accept(bob.ask(&ann).await).await.expect(200);
    delete(&ann, PASSWORD).await.expect(204);
    let core = world.core();
    let decided = waiting_job(&world, "request_decided").await;
    let decided = AskedJob::from((decided.0, InboxJob::Decided(serde_json::from_str(&decided.1).expect("a payload"))));
    let (ending, _) = waiting_job(&world, "account_deleted").await;
    // Its own inbox is what the end of an account waits for, once everything seems to be taken out.
    let held = core.database.writer().begin().await.expect("a transaction");
    let hold = format!("SELECT version FROM inboxes WHERE account_id = {} FOR UPDATE", ann.id);
    held.query_one_raw(core.database.engine().statement(hold, [])).await.expect("it is held");
    let finish = core.deletions.finish(ending, ann.id);
    let meanwhile = async {
        let waiting = "SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'";
        eventually("the end waits", async || number(&world, waiting).await > 0).await;
        core.delivery.deliver(&[decided]).await.expect("it is told");
        held.commit().await.expect("it is let go");
    };
    let (finished, ()) = tokio::join!(finish, meanwhile);
    assert!(!finished.expect("an answer"), "it sees what was told in between");
    while !core.deletions.finish(ending, ann.id).await.expect("it ends") {}
    // The version that the telling took, and that of the removal.
    let list = bob.get("/api/v1/notifications").await.expect(200);
    assert_eq!(list, json!({"items": [], "next": null, "version": 2, "unread": {"notifications": 0, "messages": 0}}));
    execute(&world, "DELETE FROM outbox WHERE name = 'request_sent'").await; // nobody works here
    assert_gone(&world, ann.id).await;
    world.finish().await;
}

#[tokio::test]
async fn it_changes_itself_meanwhile() {
    let mut world = World::with(|config| {
        config.limits.rate_limits = RateLimits::Off;
        config.limits.pictures = 8;
        config.limits.password_hashes = 8;
    })
    .await;
    let there = world.add_api().await.address;
    load_places(&world).await;
    for round in 0..4 {
        let name = format!("ann{round}");
        let ann = world.person(&name).await;
        let (here, other) = (ann.clone(), ann.at(there));
        let mut calls: Vec<BoxFuture<'_, (String, Answer)>> = Vec::new();
        for number in 0..3 {
            let (person, name) = (other.clone(), format!("ann{round}-{number}"));
            let change = json!({"username": name, "full_name": "Ann Lee"});
            calls.push(async move { ("named".to_owned(), person.patch("/api/v1/me", change).await) }.boxed());
            let person = other.clone();
            let file = picture([number * 50, 0, 0], 60, 40, ImageFormat::Png);
            calls.push(async move { ("pictured".to_owned(), upload(&person, file).await) }.boxed());
            let person = other.clone();
            calls.push(async move { ("addressed".to_owned(), person.lives_in(1).await) }.boxed());
            let (person, login) = (other.clone(), name.clone());
            let signing_in = async move { sign_in(&person, &login, PASSWORD).await };
            calls.push(signing_in.map(|answer| ("signed in".to_owned(), answer)).boxed());
        }
        calls.insert(4, async move { ("gone".to_owned(), delete(&here, PASSWORD).await) }.boxed());
        let mail = json!({"email": format!("new{round}@example.org"), "password": PASSWORD});
        let person = other.clone();
        calls.push(async move { ("mailed".to_owned(), person.post("/api/v1/me/email", mail).await) }.boxed());
        let new = json!({"current_password": PASSWORD, "password": "another good horse"});
        let person = other.clone();
        calls.push(async move { ("locked".to_owned(), person.post("/api/v1/me/password", new).await) }.boxed());
        let answers = join_all(calls).await;
        let gone = answers.iter().any(|(what, answer)| what == "gone" && answer.status == 204);
        assert_no_fault(answers);
        if !gone {
            // Another password came first, whose session is the only one.
            let session = sign_in(&Person::stranger(there), &name, "another good horse").await;
            assert!([201, 401].contains(&session.status.as_u16()), "{session:#?}");
            continue;
        }
        assert_gone(&world, ann.id).await;
    }
    // Pictures that came too late are had by nobody, and go.
    world.bed.clock.turn(chrono::TimeDelta::hours(2));
    world.core().janitor.sweep().await.expect("a sweep");
    let unreferred =
        "SELECT count(*) FROM media WHERE key NOT IN (SELECT avatar FROM accounts WHERE avatar IS NOT NULL)";
    assert_eq!(number(&world, unreferred).await, 0);
    world.finish().await;
}
