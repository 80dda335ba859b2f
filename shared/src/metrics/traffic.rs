//! What leaves this process: jobs to the queue, events to the bus.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

use super::QueueLabel;
use crate::jobs::Queue;

/// What a process pushes and publishes.
#[derive(Debug)]
pub struct TrafficMetrics {
    /// As [`Queue::ALL`].
    pushed: [Counter; Queue::ALL.len()],
    published: Counter,
    failed: Counter,
}

impl TrafficMetrics {
    pub(super) fn new(registry: &mut Registry) -> Self {
        let pushed: Family<QueueLabel, Counter> = Family::default();
        registry.register("relay_pushed", "Jobs pushed to the queue", pushed.clone());
        let metrics = Self {
            pushed: Queue::ALL.map(|queue| pushed.get_or_create_owned(&QueueLabel::of(queue))),
            published: Counter::default(),
            failed: Counter::default(),
        };
        registry.register("events_published", "Events that the bus took", metrics.published.clone());
        registry.register(
            "events_failed",
            "Events that the bus did not take; sockets catch up from the database",
            metrics.failed.clone(),
        );
        metrics
    }

    /// Jobs were pushed.
    pub fn pushed(&self, queue: Queue, jobs: usize) {
        self.pushed[queue.index()].inc_by(jobs as u64);
    }

    /// Events left.
    pub fn published(&self, events: usize) {
        self.published.inc_by(events as u64);
    }

    /// Events were lost.
    pub fn failed(&self, events: usize) {
        self.failed.inc_by(events as u64);
    }
}
