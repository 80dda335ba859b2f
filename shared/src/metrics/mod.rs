//! What a process counts and measures, for Prometheus: one [`Metrics`] a core, and no other registry.
//!
//! Labels are few and known beforehand: queues, jobs, routes, wires, outcomes. Never a name, an id, or a path
//! with values in it. Where something is counted a thousand times a second, its labels are resolved before.

mod jobs;
mod lookout;
mod mails;
mod requests;
mod sockets;
mod text;
mod traffic;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

pub use jobs::JobMetrics;
pub use lookout::Lookout;
pub use mails::{MailMetrics, MailOutcome};
pub use requests::{RequestMetrics, RouteMetrics};
pub use sockets::{OpenSocket, SocketMetrics};
pub use text::CONTENT_TYPE;
pub use traffic::TrafficMetrics;

use crate::jobs::Queue;
use crate::ports::clock::Timestamp;

/// From something that happened to somebody who hears of it, in seconds.
const DELAYS: [f64; 16] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0];

/// That something is of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct QueueLabel {
    queue: &'static str,
}

impl QueueLabel {
    const fn of(queue: Queue) -> Self {
        Self { queue: queue.as_str() }
    }
}

/// What a process counts. Cheap to clone; all clones count together.
#[derive(Debug, Clone)]
pub struct Metrics(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    process: Registry,
    registry: Registry,
    requests: RequestMetrics,
    sockets: SocketMetrics,
    jobs: JobMetrics,
    mails: MailMetrics,
    traffic: TrafficMetrics,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("kith");
        let build: Family<Vec<(&str, &str)>, Gauge> = Family::default();
        build.get_or_create(&vec![("version", env!("CARGO_PKG_VERSION"))]).set(1);
        registry.register("build_info", "Always 1, the version of Kith as its label", build);
        let started: Gauge<f64, AtomicU64> = Gauge::default();
        started.set(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64());
        // Under the name that everybody's has.
        let mut process = Registry::with_prefix("process");
        process.register("start_time_seconds", "When this process started, in seconds since 1970", started);
        let requests = RequestMetrics::new(&mut registry);
        let sockets = SocketMetrics::new(&mut registry);
        let jobs = JobMetrics::new(&mut registry);
        let mails = MailMetrics::new(&mut registry);
        let traffic = TrafficMetrics::new(&mut registry);
        Self(Arc::new(Inner { process, registry, requests, sockets, jobs, mails, traffic }))
    }
}

impl Metrics {
    /// HTTP requests.
    #[must_use]
    pub fn requests(&self) -> &RequestMetrics {
        &self.0.requests
    }

    /// Sockets, and what they are told.
    #[must_use]
    pub fn sockets(&self) -> &SocketMetrics {
        &self.0.sockets
    }

    /// Jobs.
    #[must_use]
    pub fn jobs(&self) -> &JobMetrics {
        &self.0.jobs
    }

    /// Mails.
    #[must_use]
    pub fn mails(&self) -> &MailMetrics {
        &self.0.mails
    }

    /// What the relay pushes and the publisher publishes.
    #[must_use]
    pub fn traffic(&self) -> &TrafficMetrics {
        &self.0.traffic
    }

    /// Everything as Prometheus reads it, with what `lookout` sees.
    pub async fn scrape(&self, lookout: &Lookout) -> String {
        let seen = lookout.look().await;
        text::encode([&self.0.process, &self.0.registry, &seen])
    }
}

/// How long ago `past` was, in seconds; 0 when the clocks of two machines say that it is to come.
fn since(past: Timestamp, now: Timestamp) -> f64 {
    (now - past).to_std().unwrap_or(Duration::ZERO).as_secs_f64()
}

fn delays() -> Histogram {
    Histogram::new(DELAYS)
}
