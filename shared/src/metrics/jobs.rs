//! Jobs, and how long they take.

use std::sync::OnceLock;
use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::QueueLabel;
use crate::jobs::{InHand, Outcome, Queue, payloads};
use crate::ports::clock::Timestamp;

/// How long jobs are in hand, in seconds.
const DURATIONS: [f64; 15] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0];
/// From asked for to done, in seconds: a mail may be tried for a day.
const DELAYS: [f64; 18] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 3_600.0, 86_400.0,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Counted {
    queue: &'static str,
    job: &'static str,
    outcome: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Taken {
    queue: &'static str,
    job: &'static str,
}

/// The jobs of a process.
#[derive(Debug)]
pub struct JobMetrics {
    counted: Family<Counted, Counter>,
    durations: Family<Taken, Histogram>,
    delays: Family<QueueLabel, Histogram>,
    /// As [`Queue::ALL`]; each from when this process serves it.
    lanes: [OnceLock<Lane>; Queue::ALL.len()],
}

#[derive(Debug)]
struct Lane {
    known: Vec<OneJob>,
    /// A newer version's, and those that do not read: shown from the first on.
    unknown: OnceLock<OneJob>,
    delay: Histogram,
}

/// What counts the jobs of one name.
#[derive(Debug)]
struct OneJob {
    name: &'static str,
    done: Counter,
    retried: Counter,
    put_back: Counter,
    dead: Counter,
    duplicate: Counter,
    duration: Histogram,
}

impl JobMetrics {
    pub(super) fn new(registry: &mut Registry) -> Self {
        let counted = Family::default();
        registry.register("jobs", "Tries of jobs, by what became of them", counted.clone());
        let durations = Family::new_with_constructor((|| Histogram::new(DURATIONS)) as fn() -> Histogram);
        registry.register("job_duration_seconds", "How long a job was in hand, with its batch", durations.clone());
        let delays = Family::new_with_constructor((|| Histogram::new(DELAYS)) as fn() -> Histogram);
        registry.register(
            "job_delay_seconds",
            "From when a job was asked for to when it was done; not of jobs that wait on purpose",
            delays.clone(),
        );
        Self { counted, durations, delays, lanes: [const { OnceLock::new() }; Queue::ALL.len()] }
    }

    fn one(&self, queue: Queue, name: &'static str) -> OneJob {
        let queue = queue.as_str();
        let counter = |outcome: Outcome| {
            self.counted.get_or_create_owned(&Counted { queue, job: name, outcome: outcome.as_str() })
        };
        OneJob {
            name,
            done: counter(Outcome::Done),
            retried: counter(Outcome::Retried),
            put_back: counter(Outcome::PutBack),
            dead: counter(Outcome::Dead),
            duplicate: counter(Outcome::Duplicate),
            duration: self.durations.get_or_create_owned(&Taken { queue, job: name }),
        }
    }

    fn lane(&self, queue: Queue) -> &Lane {
        self.lanes[queue.index()].get_or_init(|| Lane {
            known: payloads::names(queue).map(|name| self.one(queue, name)).collect(),
            unknown: OnceLock::new(),
            delay: self.delays.get_or_create_owned(&QueueLabel::of(queue)),
        })
    }

    /// Shows the jobs of `queue` from now on: for a process that serves it.
    pub fn expect(&self, queue: Queue) {
        self.lane(queue);
    }

    /// Counts what became of a job that was in hand for `duration`.
    pub fn record(&self, job: &InHand, outcome: Outcome, duration: Duration, now: Timestamp) {
        let lane = self.lane(job.queue);
        let known = lane.known.iter().find(|known| known.name == job.name);
        let counters = known.unwrap_or_else(|| lane.unknown.get_or_init(|| self.one(job.queue, payloads::UNKNOWN)));
        let counter = match outcome {
            Outcome::Done => &counters.done,
            Outcome::Retried => &counters.retried,
            Outcome::PutBack => &counters.put_back,
            Outcome::Dead => &counters.dead,
            Outcome::Duplicate => &counters.duplicate,
        };
        counter.inc();
        if matches!(outcome, Outcome::Done | Outcome::Retried | Outcome::Dead) {
            counters.duration.observe(duration.as_secs_f64());
        }
        if outcome == Outcome::Done
            && let Some(delay) = job.delay(now)
        {
            lane.delay.observe(delay.as_seconds_f64());
        }
    }
}
