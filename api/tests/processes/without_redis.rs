//! Redis is not there when the API starts: it serves, and what was asked for comes later.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::Value;
use shared::testing::TestBed;

use crate::children::{Redis, eventually, production};
use crate::world::{Api, Worker, beside};

/// How long all that is asked while Redis is away may take together. Each answer would take longer that waited for
/// Redis.
const SOON: Duration = Duration::from_secs(30);

async fn ready(api: &Api) -> (u16, Value) {
    let response = reqwest::get(format!("{}/readyz", api.address)).await.expect("an answer");
    (response.status().as_u16(), response.json().await.expect("JSON"))
}

#[tokio::test]
async fn the_api_serves_without_redis_and_the_jobs_come_when_it_does() {
    if !production() {
        return;
    }
    let mut redis = Redis::away();
    let bed = TestBed::new(|config| {
        config.redis.url = Some(redis.url());
        config.outbox.lease = 1;
    })
    .await;
    let environment = beside(&bed);
    // Rates are limited here: they are counted in the process then.
    let environment: Vec<_> = environment.into_iter().filter(|(name, _)| *name != "KITH_RATE_LIMITS").collect();
    let api = Api::start(bed.folder(), &environment).await;
    let begun = Instant::now();
    let (status, body) = ready(&api).await;
    assert_eq!((status, &body["database"], &body["redis"]), (200, &"ok".into(), &"degraded".into()));
    let (ann, bob) = (api.join("ann").await, api.join("bob").await);
    let request = ann.ask(&bob).await;
    assert_eq!(bob.accept(request).await.expect("an answer"), 200);
    // Nobody is known to be there, and nobody waits to hear it.
    let (status, list) = ann.call(Method::GET, "presence", None).await.expect("an answer");
    assert_eq!((status.as_u16(), &list["items"]), (200, &Value::Array(Vec::new())));
    let (status, body) = ann.call(Method::POST, "ws/tickets", None).await.expect("an answer");
    assert_eq!((status.as_u16(), &body["code"]), (503, &"busy".into()));
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    assert_eq!(ann.inbox().await, [""; 0]);

    redis.come();
    let core = bed.core().await;
    let worker = Worker::start(bed.core().await);
    eventually("ann is told", async || ann.inbox().await == ["accepted"]).await;
    eventually("Redis is whole", async || ready(&api).await.1["redis"] == "ok").await;
    let (status, _) = ann.call(Method::POST, "ws/tickets", None).await.expect("an answer");
    assert_eq!(status, 201);
    eventually("every job is done", async || core.outbox.depth().await.expect("an answer") == 0).await;
    worker.stop().await;
    api.process.stop().await;
}

#[tokio::test]
async fn an_api_stops_in_time_though_redis_is_away() {
    if !production() {
        return;
    }
    let mut redis = Redis::start();
    let bed = TestBed::new(|config| config.redis.url = Some(redis.url())).await;
    let api = Api::start(bed.folder(), &beside(&bed)).await;
    let (ann, bob) = (api.join("ann").await, api.join("bob").await);
    redis.die();
    let request = ann.ask(&bob).await;
    api.process.stop().await;

    // What could not be pushed was given back: its lease of 30 s is not waited for.
    redis.come();
    let core = bed.core().await;
    let worker = Worker::start(bed.core().await);
    let begun = Instant::now();
    eventually("every job is done", async || core.outbox.depth().await.expect("an answer") == 0).await;
    assert!(begun.elapsed() < Duration::from_secs(25), "request {request} waited {:?}", begun.elapsed());
    worker.stop().await;
}
