//! Requests and sockets, and the listener.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use reqwest::Method;
use shared::ports::tickets::{TicketError, Tickets};
use shared::testing::{TestBed, production};

use super::scrape::{Window, come_to};
use crate::world::{Person, World, eventually};

#[tokio::test]
async fn metrics_and_health_have_a_listener_of_their_own() {
    let world = World::without_worker(|_| {}).await;
    let window = Window::of_api(world.core()).await;
    let stranger = Person::stranger(world.apis[0].address);
    stranger.get("/metrics").await.expect_problem(404, "not_found");
    for (path, status) in [("/metrics", 200), ("/healthz", 200), ("/readyz", 200), ("/api/v1/openapi.json", 404)] {
        assert_eq!(window.get(path).await.status(), status, "{path}");
    }
    let shown = window.scrape().await;
    shown.is(&format!("kith_build_info{{version=\"{}\"}}", env!("CARGO_PKG_VERSION")), 1);
    world.finish().await;
}

#[tokio::test]
async fn requests_are_counted_by_the_template_of_their_path() {
    let world = World::without_worker(|_| {}).await;
    let window = Window::of_api(world.core()).await;
    let ann = world.person("ann").await;
    for id in [ann.id, ann.id, 4_711] {
        ann.get(&format!("/api/v1/users/{id}")).await;
    }
    ann.delete("/api/v1/users/1").await.expect(405);
    let shown = window.scrape().await;
    let route = r#"method="GET",route="/api/v1/users/{id}""#;
    shown.is(&format!("kith_http_requests_total{{{route},status=\"200\"}}"), 2);
    shown.is(&format!("kith_http_requests_total{{{route},status=\"404\"}}"), 1);
    shown.is(&format!("kith_http_request_duration_seconds_count{{{route}}}"), 3);
    shown.is(r#"kith_http_requests_total{method="DELETE",route="/api/v1/users/{id}",status="405"}"#, 1);
    world.finish().await;
}

#[tokio::test]
async fn what_clients_make_up_makes_no_series() {
    let world = World::without_worker(|_| {}).await;
    let window = Window::of_api(world.core()).await;
    let ann = world.person("ann").await;
    let garbage = async |n: usize| {
        for method in [Method::GET, Method::from_bytes(format!("BREW{n}").as_bytes()).expect("a method")] {
            for path in [format!("/garbage/{n}"), format!("/api/v1/garbage{n}"), format!("/api/v1/users/{n}?{n}={n}")] {
                ann.send(ann.request(method.clone(), &path)).await;
            }
        }
    };
    garbage(900_001).await;
    let first = window.scrape().await;
    first.is(r#"kith_http_requests_total{method="GET",route="unmatched",status="404"}"#, 2);
    first.is(r#"kith_http_requests_total{method="other",route="unmatched",status="404"}"#, 2);
    first.is(r#"kith_http_requests_total{method="other",route="/api/v1/users/{id}",status="405"}"#, 1);
    for n in 900_002..900_012 {
        garbage(n).await;
    }
    let last = window.scrape().await;
    assert_eq!(last.series(), first.series());
    assert!(last.series().iter().all(|series| !series.contains("9000")), "{last:#?}");
    world.finish().await;
}

#[tokio::test]
async fn sockets_are_counted_and_their_requests_end_with_the_handshake() {
    let mut world = World::with(|config| config.gateway.sockets_an_account = 2).await;
    let there = world.add_api().await.core.clone();
    let (window, other) = (Window::of_api(world.core()).await, Window::of_api(&there).await);
    let ann = world.person("ann").await;
    let begun = Instant::now();
    let mut sockets = vec![ann.socket().await, ann.socket().await];
    for socket in &mut sockets {
        assert!(socket.resume(0).await.is_empty());
    }
    let mut refused = ann.socket().await;
    assert_eq!(refused.close_code().await, Some(4429));
    let shown = window.scrape().await;
    shown.is(r#"kith_http_requests_total{method="GET",route="/api/v1/ws",status="101"}"#, 3);
    let took = shown.of(r#"kith_http_request_duration_seconds_sum{method="GET",route="/api/v1/ws"}"#);
    assert!(took < begun.elapsed().as_secs_f64() * 3.0, "{took} s");
    shown.is(r#"kith_sockets_opened_total{wire="v1"}"#, 3);
    shown.is("kith_catch_ups_total", 2);
    // A process in which nobody has a socket says so.
    other.scrape().await.is(r#"kith_sockets{wire="v1"}"#, 0);

    drop(sockets.remove(0));
    ann.delete(&format!("/api/v1/sessions/{}", ann.session_id)).await.expect(204);
    assert_eq!(sockets[0].close_code().await, Some(4401));
    drop((sockets, refused));
    let closed = [
        (r#"kith_sockets{wire="v1"}"#, 0),
        (r#"kith_socket_closes_total{wire="v1",code="4401"}"#, 1),
        (r#"kith_socket_closes_total{wire="v1",code="4429"}"#, 1),
        (r#"kith_socket_closes_total{wire="v1",code="gone"}"#, 1),
    ];
    come_to(&[&window], &closed).await;
    world.finish().await;
}

#[tokio::test]
async fn a_dialects_socket_is_counted_as_its_own() {
    let world = World::start().await;
    let window = Window::of_api(world.core()).await;
    let ann = world.person("ann").await;
    let token = ann.token.clone().expect("signed in");
    let path = format!("/ws/notifs/?token={token}");
    let socket = crate::world::Socket::connect(crate::world::Socket::handshake(ann.address, &path)).await;
    let socket = socket.expect("it opens");
    let open = async || window.scrape().await.get(r#"kith_sockets{wire="connectin"}"#).is_some_and(|open| open > 0.5);
    eventually("it is counted", open).await;
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn without_a_database_the_rest_is_still_shown() {
    let bed = TestBed::new(|_| {}).await;
    let core = bed.core().await;
    core.database.clone().close().await;
    for window in [Window::of_api(&core).await, Window::of_worker(&core).await] {
        let begun = Instant::now();
        let shown = window.scrape().await;
        assert!(begun.elapsed() < Duration::from_secs(9), "Prometheus waits for 10 s");
        shown.is("kith_database_up", 0);
        assert_eq!(shown.get("kith_redis_up"), production().then_some(1.0));
        assert!(shown.series().iter().all(|series| !series.starts_with("kith_outbox")), "{shown:#?}");
        shown.is("kith_events_published_total", 0);
    }
}

#[tokio::test]
async fn whoever_scrapes_often_does_not_ask_the_database_each_time() {
    let bed = TestBed::new(|_| {}).await;
    let (core, statements) = bed.core_heard().await;
    let window = Window::of_api(&core).await;
    drop(statements.take());
    let begun = Instant::now();
    for _ in 0..20 {
        window.scrape().await.is("kith_database_up", 1);
    }
    let (asked, seconds) = (statements.take(), begun.elapsed().as_secs());
    assert!((1..=1 + seconds / 5).contains(&(asked.len() as u64)), "in {seconds} s: {asked:#?}");
}

#[tokio::test]
async fn a_request_bears_the_name_that_a_trusted_proxy_gives_it_and_no_other() {
    for (proxies, believed) in [("127.0.0.0/8", true), ("192.0.2.0/24", false)] {
        let range = proxies.parse().expect("a range");
        let world = World::without_worker(|config| config.server.trusted_proxies = vec![range]).await;
        let stranger = Person::stranger(world.apis[0].address);
        let long = "x".repeat(65);
        for (id, plain) in [("of-the_proxy.1", true), ("a b", false), (&long, false), ("", false)] {
            let request = stranger.request(Method::GET, "/api/v1/categories").header("x-request-id", id);
            let name = stranger.send(request).await.headers["x-request-id"].to_str().expect("text").to_owned();
            assert_eq!(name == id, believed && plain, "{id} is called {name} behind {proxies}");
            assert!(name == id || name.len() == 32 && name.bytes().all(|digit| digit.is_ascii_hexdigit()), "{name}");
        }
        world.finish().await;
    }
}

#[tokio::test]
async fn a_request_whose_client_went_is_counted_too() {
    let tickets = Arc::new(HangingTickets::default());
    let store = Arc::clone(&tickets);
    let world = World::over(|_| {}, |ports| ports.tickets = store).await;
    let window = Window::of_api(world.core()).await;
    let ann = world.person("ann").await;
    let request = tokio::spawn(ann.request(Method::POST, "/api/v1/ws/tickets").send());
    eventually("it is in hand", async || tickets.asked.load(Ordering::SeqCst) == 1).await;
    request.abort();
    assert!(request.await.is_err_and(|error| error.is_cancelled()), "nobody answered it");
    let went = r#"kith_http_requests_total{method="POST",route="/api/v1/ws/tickets",status="499"}"#;
    come_to(&[&window], &[(went, 1)]).await;
    world.finish().await;
}

/// Takes a ticket, and never says that it has.
#[derive(Debug, Default)]
struct HangingTickets {
    asked: AtomicUsize,
}

#[async_trait]
impl Tickets for HangingTickets {
    async fn put(&self, _key: &str, _value: &str, _seconds: i64) -> Result<(), TicketError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        pending().await
    }

    async fn take(&self, _key: &str) -> Result<Option<String>, TicketError> {
        Ok(None)
    }
}
