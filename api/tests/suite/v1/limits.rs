//! Bounds on what people may do.

use serde_json::json;

use crate::world::{Answer, Person, World};

const REQUESTS: &str = "/api/v1/connection-requests";

#[tokio::test]
async fn one_may_have_only_so_many_requests_pending() {
    let world = World::with(|config| config.limits.pending_sent = 2).await;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    let dan = world.person("dan").await;
    ann.ask(&bob).await;
    let request = ann.ask(&cat).await;
    let third = ann.post(REQUESTS, json!({"to_user_id": dan.id})).await;
    assert_shape!("too_many_sent", third.expect_problem(409, "too_many_sent"));
    ann.decide(request, "cancel").await.expect(200);
    ann.ask(&dan).await;
    // To meet a request takes none of one's own.
    cat.post(REQUESTS, json!({"to_user_id": ann.id})).await.expect(201);
    assert_eq!(ann.post(REQUESTS, json!({"to_user_id": cat.id})).await.expect(201)["status"], "accepted");
    world.finish().await;
}

#[tokio::test]
async fn only_so_many_requests_may_wait_for_one_person() {
    let world = World::with(|config| config.limits.pending_received = 1).await;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    let request = ann.ask(&cat).await;
    let second = bob.post(REQUESTS, json!({"to_user_id": cat.id})).await;
    assert_shape!("too_many_received", second.expect_problem(409, "too_many_received"));
    cat.decide(request, "reject").await.expect(200);
    bob.ask(&cat).await;
    world.finish().await;
}

/// Repeats a call until it is refused. `allowed` a minute may be twice as many when a minute ends.
pub(super) async fn refused(allowed: usize, call: impl AsyncFn() -> Answer) -> (usize, Answer) {
    for before in 0..=2 * allowed {
        let answer = call().await;
        if answer.status == 429 {
            return (before, answer);
        }
    }
    panic!("never refused");
}

#[track_caller]
pub(super) fn assert_too_many((before, answer): (usize, Answer), allowed: usize) {
    assert!((allowed..=2 * allowed).contains(&before), "{before} were allowed");
    let seconds: u64 = answer.headers["retry-after"].to_str().expect("text").parse().expect("seconds");
    assert!((1..=60).contains(&seconds), "{seconds}");
    answer.expect_problem(429, "too_many");
}

#[tokio::test]
async fn passwords_are_not_guessed_by_the_hundred() {
    let world = World::with(|config| config.limits.sign_ins_a_minute = 3).await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    nobody.register("bob", "bob@example.org").await.expect(201);
    let attempt = async |login: &str| {
        nobody.post("/api/v1/sessions", json!({"login": login, "password": "a guess of mine"})).await
    };
    assert_too_many(refused(3, async || attempt("ann").await).await, 3);
    // One count whichever name is used.
    let (before, _) = refused(3, async || attempt("ann@example.org").await).await;
    assert!(before <= 3, "{before}");
    assert_too_many(refused(3, async || attempt("nobody-is-called-so").await).await, 3);
    nobody.sign_in("bob").await;
    world.finish().await;
}

#[tokio::test]
async fn accounts_are_not_made_by_the_hundred() {
    let world = World::with(|config| config.limits.registrations_a_minute = 2).await;
    let nobody = Person::stranger(world.apis[0].address);
    let numbers = std::cell::Cell::new(0);
    let one = async || {
        numbers.set(numbers.get() + 1);
        nobody.register(&format!("ann{}", numbers.get()), &format!("ann{}@example.org", numbers.get())).await
    };
    assert_too_many(refused(2, one).await, 2);
    world.finish().await;
}

#[tokio::test]
async fn changes_are_counted_and_reads_are_not() {
    let world = World::with(|config| config.limits.changes_a_minute = 5).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    assert_too_many(refused(5, async || ann.patch("/api/v1/me", json!({})).await).await, 5);
    for path in ["/api/v1/me", "/api/v1/notifications", "/api/v1/users"] {
        ann.get(path).await.expect(200);
    }
    bob.patch("/api/v1/me", json!({})).await.expect(200);
    world.finish().await;
}
