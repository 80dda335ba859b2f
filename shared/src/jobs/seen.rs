//! What became of the jobs that this process had in hand: noted at one place, kept minute by minute.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use sea_orm::ConnectionTrait;
use serde_json::json;
use tokio_util::sync::CancellationToken;
use tracing::Span;
use tracing::field::Empty;

use super::payloads::{UNKNOWN, UnreadMessages, known_name};
use super::{Envelope, Origin, Payload, Queue, Writer};
use crate::database::DatabaseError;
use crate::metrics::Metrics;
use crate::ports::clock::Timestamp;
use crate::telemetry;

/// How often what was noted is written down.
const WRITE_EVERY: Duration = Duration::from_secs(10);
/// For how long minutes are held that the database does not take.
const HELD_MINUTES: i64 = 60;
/// How long what is written down is kept.
const KEPT: TimeDelta = TimeDelta::days(2);

/// What became of a job in a worker's hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It is done.
    Done,
    /// It failed, and will be tried again.
    Retried,
    /// It was not this process's to do, or not yet.
    PutBack,
    /// It failed for good.
    Dead,
    /// Another had done it, or has it in hand.
    Duplicate,
}

impl Outcome {
    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Retried => "retried",
            Self::PutBack => "put_back",
            Self::Dead => "dead",
            Self::Duplicate => "duplicate",
        }
    }
}

/// A job in a worker's hand.
#[derive(Debug, Clone)]
pub struct InHand {
    /// The outbox row.
    pub id: i64,
    /// The queue that it came from.
    pub queue: Queue,
    /// What it asks for; `unknown` when this version does not know it.
    pub name: &'static str,
    /// When it was asked for, where that is known.
    pub asked_at: Option<Timestamp>,
    /// When it was taken in hand.
    pub began: Instant,
    /// What is done for it, behind its way into the queue: lines bear its id, and its trace goes on.
    pub span: Span,
}

impl InHand {
    /// A job of `queue`, taken in hand now.
    #[must_use]
    pub fn of(queue: Queue, envelope: &Envelope) -> Self {
        let asked_at = envelope.origin.as_ref().map(|origin| origin.asked_at);
        let name = known_name(&envelope.name);
        let traceparent = envelope.origin.as_ref().and_then(|origin| origin.traceparent.as_deref());
        let span = span_of(queue, envelope.id, name, traceparent);
        Self { id: envelope.id, queue, name, asked_at, began: Instant::now(), span }
    }

    /// What the events come from that the job makes, which itself comes from `asked`.
    #[must_use]
    pub fn origin(&self, asked: Option<Origin>) -> Option<Origin> {
        let Origin { asked_at, traceparent } = asked?;
        Some(Origin { asked_at, traceparent: telemetry::traceparent_of(&self.span).or(traceparent) })
    }

    /// From asked for to `now`; `None` where that is not known, or the job waited on purpose.
    #[must_use]
    pub fn delay(&self, now: Timestamp) -> Option<TimeDelta> {
        let asked_at = self.asked_at.filter(|_| self.name != UnreadMessages::NAME)?;
        Some((now - asked_at).max(TimeDelta::zero())) // clocks differ
    }

    /// A job of `queue` whose envelope does not read.
    #[must_use]
    pub fn unreadable(queue: Queue, id: i64) -> Self {
        let name = UNKNOWN;
        Self { id, queue, name, asked_at: None, began: Instant::now(), span: span_of(queue, id, name, None) }
    }
}

/// At the level of errors, so that whatever is said of a job bears its id.
fn span_of(queue: Queue, id: i64, name: &'static str, traceparent: Option<&str>) -> Span {
    let span = tracing::error_span!("job", job = id, %queue, kind = name, otel.name = Empty, otel.kind = Empty);
    if telemetry::traced() {
        span.record("otel.name", format!("job {name}"));
        span.record("otel.kind", "consumer");
        if let Some(traceparent) = traceparent {
            telemetry::follow(&span, traceparent);
        }
    }
    span
}

/// What a minute was like for the jobs of a name.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    done: i64,
    retried: i64,
    dead: i64,
    timed: i64,
    delay_sum: i64,
    delay_max: i64,
    duration_sum: i64,
    duration_max: i64,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.done += other.done;
        self.retried += other.retried;
        self.dead += other.dead;
        self.timed += other.timed;
        self.delay_sum = self.delay_sum.saturating_add(other.delay_sum);
        self.delay_max = self.delay_max.max(other.delay_max);
        self.duration_sum = self.duration_sum.saturating_add(other.duration_sum);
        self.duration_max = self.duration_max.max(other.duration_max);
    }
}

/// A minute since 1970, and the jobs of a name.
type Cell = (i64, Queue, &'static str);

/// Notes what became of jobs, and writes it down now and then. A process that dies takes the last seconds with
/// it, and never a job.
#[derive(Debug, Clone)]
pub struct JobsSeen {
    writer: Writer,
    metrics: Metrics,
    tallies: Arc<Mutex<HashMap<Cell, Tally>>>,
}

impl JobsSeen {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer, metrics: Metrics) -> Self {
        Self { writer, metrics, tallies: Arc::default() }
    }

    /// Notes what became of a job. The one place that hears of it.
    pub fn record(&self, job: &InHand, outcome: Outcome) {
        let (now, duration) = (self.writer.now(), job.began.elapsed());
        self.metrics.jobs().record(job, outcome, duration, now);
        let duration = i64::try_from(duration.as_micros()).unwrap_or(i64::MAX);
        match outcome {
            Outcome::Done => tracing::info!(parent: &job.span, micros = duration, "done"),
            other => tracing::debug!(parent: &job.span, micros = duration, outcome = other.as_str(), "not done"),
        }
        let mut tally = Tally { duration_sum: duration, duration_max: duration, ..Tally::default() };
        match outcome {
            Outcome::Done => {
                tally.done = 1;
                if let Some(delay) = job.delay(now).and_then(|delay| delay.num_microseconds()) {
                    tally = Tally { timed: 1, delay_sum: delay, delay_max: delay, ..tally };
                }
            }
            Outcome::Retried => tally.retried = 1,
            Outcome::Dead => tally.dead = 1,
            Outcome::PutBack | Outcome::Duplicate => return,
        }
        self.with(|tallies| tallies.entry((minute_of(now), job.queue, job.name)).or_default().add(tally));
    }

    /// Writes down what was noted, until `stop`. What is noted after that is for [`Self::write`].
    pub async fn run(&self, stop: CancellationToken) {
        while stop.run_until_cancelled(tokio::time::sleep(WRITE_EVERY)).await.is_some() {
            self.write().await;
        }
    }

    /// Writes down what was noted. What the database does not take is held for another time, for an hour.
    pub async fn write(&self) {
        let noted = self.with(std::mem::take);
        if noted.is_empty() {
            return;
        }
        if let Err(error) = self.add_to_minutes(&noted).await {
            tracing::warn!(%error, "what became of jobs was not written down");
            let oldest = minute_of(self.writer.now()) - HELD_MINUTES;
            self.with(|tallies| {
                for (cell, tally) in noted.into_iter().filter(|((minute, ..), _)| *minute >= oldest) {
                    tallies.entry(cell).or_default().add(tally);
                }
            });
        }
    }

    /// The minute before which nothing is kept.
    pub(crate) fn forgotten_before(now: Timestamp) -> i64 {
        minute_of(now - KEPT)
    }

    async fn add_to_minutes(&self, noted: &HashMap<Cell, Tally>) -> Result<(), DatabaseError> {
        let mut cells: Vec<_> = noted.iter().collect();
        // In one order, so that two processes wait for each other and don't lock each other out.
        cells.sort_unstable_by_key(|((minute, queue, name), _)| (*minute, queue.as_str(), *name));
        let rows: Vec<_> = cells
            .into_iter()
            .map(|((minute, queue, name), tally)| {
                json!({"minute": minute, "queue": queue.as_str(), "name": name, "done": tally.done,
                       "retried": tally.retried, "dead": tally.dead, "timed": tally.timed, "delay_sum": tally.delay_sum,
                       "delay_max": tally.delay_max, "duration_sum": tally.duration_sum,
                       "duration_max": tally.duration_max})
            })
            .collect();
        let engine = self.writer.engine();
        let (_, delay_max) = engine.pair("job_minutes.delay_max", "excluded.delay_max");
        let (_, duration_max) = engine.pair("job_minutes.duration_max", "excluded.duration_max");
        let columns =
            "minute, queue, name, done, retried, dead, timed, delay_sum, delay_max, duration_sum, duration_max";
        let kinds =
            columns.split(", ").map(|name| (name, if ["queue", "name"].contains(&name) { "text" } else { "bigint" }));
        // The condition tells SQLite that what follows is no join.
        let sql = format!(
            "INSERT INTO job_minutes ({columns}) SELECT {columns} FROM {} WHERE TRUE
             ON CONFLICT (minute, queue, name) DO UPDATE SET
                 done = job_minutes.done + excluded.done, retried = job_minutes.retried + excluded.retried,
                 dead = job_minutes.dead + excluded.dead, timed = job_minutes.timed + excluded.timed,
                 delay_sum = job_minutes.delay_sum + excluded.delay_sum,
                 delay_max = {delay_max}, duration_sum = job_minutes.duration_sum + excluded.duration_sum,
                 duration_max = {duration_max}",
            engine.rows("$1", &kinds.collect::<Vec<_>>())
        );
        let statement = engine.statement(sql, [serde_json::Value::Array(rows).to_string().into()]);
        self.writer.database().writer().execute_raw(statement).await?;
        Ok(())
    }

    fn with<T>(&self, f: impl FnOnce(&mut HashMap<Cell, Tally>) -> T) -> T {
        f(&mut self.tallies.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The minute since 1970 that a time is in.
pub(super) fn minute_of(time: Timestamp) -> i64 {
    time.timestamp().div_euclid(60)
}
