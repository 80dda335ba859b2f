//! Decisions that meet: whichever surface each came through, one wins, and everybody sees the same.
#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

use futures::future::join_all;
use sea_orm::{ConnectionTrait, DatabaseTransaction, TransactionTrait};
use serde_json::{Value, json};
use shared::config::RateLimits;
use shared::database::Engine;

use super::support::by_connectin;
use crate::world::{Answer, Person, World, eventually};

/// How many pairs meet in each race.
const ROUNDS: usize = 20;

/// The dialect that a call comes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// `connectin`, where every decision has one path.
    Connectin,
    /// `connections_notifications`, where each has its own.
    Notifications,
}

use Way::{Connectin, Notifications};

/// What is to become of a request, and through which dialect.
type Call = (&'static str, Way);

/// Two people and the request between them.
struct Pair {
    sender: Person,
    receiver: Person,
    request: i64,
}

/// Two processes, so that calls meet in the database alone.
async fn world() -> World {
    let mut world = World::with(|config| config.limits.rate_limits = RateLimits::Off).await;
    world.add_api().await;
    world
}

/// People who have not met.
async fn strangers(world: &World) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for round in 0..ROUNDS {
        let sender = by_connectin(world, &format!("sender{round}")).await;
        let receiver = by_connectin(world, &format!("receiver{round}")).await;
        pairs.push(Pair { sender, receiver, request: 0 });
    }
    pairs
}

/// People of whom one has asked the other, who has been told.
async fn pairs(world: &World) -> Vec<Pair> {
    let mut pairs = strangers(world).await;
    for (round, pair) in pairs.iter_mut().enumerate() {
        let way = if round.is_multiple_of(2) { Connectin } else { Notifications };
        pair.request = send(way, &pair.sender, &pair.receiver).await.expect(201)["id"].as_i64().expect("an id");
    }
    world.settle().await;
    pairs
}

async fn send(way: Way, from: &Person, to: &Person) -> Answer {
    let path = if way == Connectin { "/api/connection/send/" } else { "/api/connection_requests/" };
    from.post(path, json!({"to_user_id": to.id})).await
}

impl Pair {
    /// Decides at one of the two processes.
    async fn decide(&self, world: &World, (status, way): Call, process: usize) -> Answer {
        let decision = match status {
            "accepted" => "accept",
            "rejected" => "reject",
            _ => "cancel",
        };
        let person = if decision == "cancel" { &self.sender } else { &self.receiver };
        let person = person.at(world.apis[process % 2].address);
        match way {
            Connectin => {
                person.post("/api/connection/decide/", json!({"connection_id": self.request, "do": decision})).await
            }
            Notifications => person.act(&format!("/api/connection_requests/{}/{decision}/", self.request)).await,
        }
    }

    /// Where the request stands; both inboxes and all lists say so, and no more.
    async fn outcome(&self) -> String {
        let row = self.sender.get(&format!("/api/connection_requests/{}/", self.request)).await.expect(200);
        let status = row["status"].as_str().expect("a status").to_owned();
        let (asked, told): (&[&str], &[&str]) =
            if status == "cancelled" { (&[], &[]) } else { (&["requested"], &[&status]) };
        let connections = usize::from(status == "accepted");
        expect_state(&self.receiver, asked, connections).await;
        expect_state(&self.sender, told, connections).await;
        status
    }
}

/// That somebody's inbox holds the `kinds`, unread, and that they have as many connections, in every
/// dialect and by every count.
async fn expect_state(person: &Person, kinds: &[&str], connections: usize) {
    let name = &person.name;
    let list = async |path: &str| person.get(path).await.expect(200);
    let of_001 = list("/api/notifications/").await;
    let verbs: Vec<&Value> = of_001.as_array().expect("an array").iter().map(|row| &row["verb"]).collect();
    assert_eq!(verbs, kinds, "{name}");
    for rows in [&list("/api/notification/").await, &of_001] {
        let unread = rows.as_array().expect("an array").iter().filter(|row| row["read"] == false).count();
        assert_eq!(unread, kinds.len(), "{name}");
    }
    assert_eq!(list("/api/v1/notifications/unread-count").await["notifications"], kinds.len(), "{name}");
    let hello = person.socket().await.expect("hello").await;
    assert_eq!(hello["unread"]["notifications"], kinds.len(), "{name}");
    for rows in [
        &list("/api/connection/accepted/").await,
        &list("/api/connections/").await,
        &list("/api/v1/connections").await["items"],
    ] {
        assert_eq!(rows.as_array().map(Vec::len), Some(connections), "{name}");
    }
}

/// That a call won or lost as the request's `status` says; what a winner was answered.
#[track_caller]
fn expect_verdict((wanted, way): Call, answer: Answer, status: &str) -> Option<Value> {
    if wanted != status {
        let (code, detail) = match way {
            Connectin => (409, format!("The request is not pending any more; it is {status}.")),
            Notifications => (400, format!("Request is not pending (current: {status}).")),
        };
        assert_eq!(answer.expect(code), json!({"detail": detail}));
        return None;
    }
    let body = answer.expect(200);
    match way {
        Connectin => assert_eq!(body["status"], status),
        Notifications => {
            assert_eq!(body["detail"], format!("Connection {status}."));
            assert_eq!(body["connection"].is_object(), status == "accepted", "{body:#}");
        }
    }
    Some(body)
}

/// Holds a request's row on PostgreSQL, so that all who decide have begun before one can go on. `SQLite`
/// lets one writer begin at a time.
async fn hold(world: &World, request: i64) -> Option<DatabaseTransaction> {
    let database = &world.core().database;
    if database.engine() == Engine::Sqlite {
        return None;
    }
    let transaction = database.writer().begin().await.expect("a transaction");
    let row =
        database.engine().statement("SELECT id FROM connection_requests WHERE id = $1 FOR UPDATE", [request.into()]);
    transaction.query_one_raw(row).await.expect("the query runs").expect("a row");
    Some(transaction)
}

/// Lets go when so many wait.
async fn release(world: &World, held: Option<DatabaseTransaction>, waiting: usize) {
    let Some(held) = held else { return };
    let database = &world.core().database;
    let sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let waiting = i64::try_from(waiting).expect("a small number");
    eventually("all of them wait", async || {
        let row = database.writer().query_one_raw(database.engine().statement(sql, [])).await.expect("the query runs");
        row.expect("a row").try_get_by_index::<i64>(0).expect("a number") >= waiting
    })
    .await;
    held.commit().await.expect("the row is free");
}

/// Lets calls meet over a pending request, in every round in another order.
async fn race(calls: &[Call]) {
    let world = world().await;
    for (round, pair) in pairs(&world).await.iter().enumerate() {
        let mut order: Vec<usize> = (0..calls.len()).collect();
        order.rotate_left(round % calls.len());
        let held = hold(&world, pair.request).await;
        let meeting = join_all(order.iter().map(|place| pair.decide(&world, calls[*place], *place)));
        let (answers, ()) = tokio::join!(meeting, release(&world, held, calls.len()));
        world.settle().await;
        let status = pair.outcome().await;
        let mut won: [Option<Value>; 2] = [None, None];
        for (place, answer) in order.into_iter().zip(answers) {
            let (_, way) = calls[place];
            let Some(body) = expect_verdict(calls[place], answer, &status) else { continue };
            let before = won[way as usize].get_or_insert_with(|| body.clone());
            assert_eq!(*before, body, "the same answer to each");
        }
        assert!(won.iter().any(Option::is_some), "nobody won: {status}");
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_accept_and_reject_through_000_one_wins() {
    Box::pin(race(&[("accepted", Connectin), ("rejected", Connectin)])).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_accept_and_reject_through_001_one_wins() {
    Box::pin(race(&[("accepted", Notifications), ("rejected", Notifications)])).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_accept_through_000_and_reject_through_001_one_wins() {
    Box::pin(race(&[("accepted", Connectin), ("rejected", Notifications)])).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_accept_through_001_and_reject_through_000_one_wins() {
    Box::pin(race(&[("accepted", Notifications), ("rejected", Connectin)])).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_accept_and_cancel_one_wins_and_what_was_taken_back_is_gone() {
    Box::pin(race(&[("accepted", Connectin), ("cancelled", Connectin)])).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_accept_through_001_and_cancel_one_wins() {
    Box::pin(race(&[("accepted", Notifications), ("cancelled", Connectin)])).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accepts_that_meet_all_succeed_and_tell_once() {
    let (here, there) = (("accepted", Connectin), ("accepted", Notifications));
    Box::pin(race(&[here, there, there, here])).await;
}

/// Lets two requests meet that cross, each through its dialect.
async fn sends_cross(one: Way, other: Way) {
    let world = world().await;
    let pairs = strangers(&world).await;
    let meetings = pairs.iter().map(|Pair { sender, receiver, .. }| {
        let receiver = receiver.at(world.apis[1].address);
        async move { tokio::join!(send(one, sender, &receiver), send(other, &receiver, sender)) }
    });
    let answers = join_all(meetings).await;
    world.settle().await;
    for (Pair { sender, receiver, .. }, (one, other)) in pairs.iter().zip(answers) {
        let (one, other) = (one.expect(201), other.expect(201));
        assert_eq!(one["id"], other["id"], "one request");
        let statuses = [&one["status"], &other["status"]];
        assert!(statuses == ["pending", "accepted"] || statuses == ["accepted", "pending"], "{statuses:?}");
        let (asked, met) = if statuses[0] == "pending" { (sender, receiver) } else { (receiver, sender) };
        expect_state(asked, &["accepted"], 1).await;
        // Whether the other was told of the request before they met it, is the worker's pace.
        let told = met.get("/api/notifications/").await.expect(200) != json!([]);
        expect_state(met, if told { &["requested"] } else { &[] }, 1).await;
    }
    world.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_that_cross_through_000_make_one_connection() {
    Box::pin(sends_cross(Connectin, Connectin)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_that_cross_through_001_make_one_connection() {
    Box::pin(sends_cross(Notifications, Notifications)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_that_cross_through_both_dialects_make_one_connection() {
    Box::pin(sends_cross(Connectin, Notifications)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_one_request_sent_twice_at_once_one_is_sent() {
    let world = world().await;
    let pairs = strangers(&world).await;
    let meetings = pairs.iter().map(|Pair { sender, receiver, .. }| {
        let elsewhere = sender.at(world.apis[1].address);
        async move { tokio::join!(send(Connectin, sender, receiver), send(Notifications, &elsewhere, receiver)) }
    });
    let answers = join_all(meetings).await;
    world.settle().await;
    for (pair, (by_000, by_001)) in pairs.iter().zip(answers) {
        let refused = if by_000.status == 201 { by_001.expect(400) } else { by_000.expect(400) };
        let text = refused["detail"].as_str().or_else(|| refused["non_field_errors"][0].as_str());
        assert_eq!(text, Some("A request of yours is pending already."), "{refused:#}");
        expect_state(&pair.receiver, &["requested"], 0).await;
        expect_state(&pair.sender, &[], 0).await;
    }
    world.finish().await;
}
