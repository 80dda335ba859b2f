//! A job before and after it is written.

use sea_orm::QueryResult;
use serde_json::value::RawValue;
use tracing::Span;

use crate::database::DatabaseError;
use crate::jobs::{Envelope, Origin, Payload, Queue};
use crate::ports::queue::QueuedJob;
use crate::telemetry;

/// A job that is asked for and not written yet.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// The queue it waits in.
    pub queue: Queue,
    /// What it asks for.
    pub name: &'static str,
    /// Version of the payload.
    pub version: i32,
    /// The payload as JSON.
    pub payload: String,
}

impl NewJob {
    /// Asks for what `payload` says.
    pub fn new<P: Payload>(payload: &P) -> Self {
        // A payload is a struct of numbers, flags and strings: JSON always holds it.
        let text = serde_json::to_string(payload).unwrap_or_else(|_| "null".to_owned());
        Self { queue: P::QUEUE, name: P::NAME, version: P::VERSION, payload: text }
    }
}

/// A job that is written, leased to the process that wrote it.
#[derive(Debug, Clone)]
pub struct BornJob {
    /// The outbox row.
    pub id: i64,
    /// The queue it waits in.
    pub queue: Queue,
    /// What it asks for.
    pub name: String,
    /// Version of the payload.
    pub version: i32,
    /// The payload as JSON.
    pub payload: String,
    /// How often it was claimed for a push; 0 for the process that wrote it.
    pub pushes: i64,
    /// What it comes from.
    pub origin: Origin,
}

impl BornJob {
    /// The span of its way into the queue, which ends when it is dropped; what becomes of the job then follows it.
    /// `None` where nothing is traced.
    pub(in crate::jobs) fn begin_push(&mut self) -> Option<Span> {
        let asked = self.origin.traceparent.as_deref().filter(|_| telemetry::traced())?;
        let span = tracing::info_span!(
            "push",
            otel.name = format!("push {}", self.queue),
            otel.kind = "producer",
            job = self.id,
            pushes = self.pushes,
        );
        telemetry::follow(&span, asked);
        self.origin.traceparent = telemetry::traceparent_of(&span).or_else(|| self.origin.traceparent.take());
        Some(span)
    }

    /// The job as the queue takes it.
    #[must_use]
    pub fn queued(&self, epoch: &str) -> QueuedJob {
        // A payload that is not JSON (a row edited by hand) travels as a string, and is found
        // malformed where it is decoded.
        let payload =
            RawValue::from_string(self.payload.clone()).or_else(|_| serde_json::value::to_raw_value(&self.payload));
        let body = payload.and_then(|payload| {
            serde_json::to_string(&Envelope {
                id: self.id,
                name: self.name.clone(),
                version: self.version,
                payload,
                origin: Some(self.origin.clone()),
            })
        });
        QueuedJob { task_id: format!("{epoch}-{}-{}", self.id, self.pushes), body: body.unwrap_or_default() }
    }

    /// The outbox row that a task id of [`Self::queued`] names.
    #[must_use]
    pub fn id_of(task_id: &str) -> Option<i64> {
        task_id.rsplit('-').nth(1)?.parse().ok()
    }

    /// A row of the columns that a claim answers.
    pub(super) fn from_row(row: &QueryResult) -> Result<Self, DatabaseError> {
        let queue: String = row.try_get("", "queue")?;
        Ok(Self {
            id: row.try_get("", "id")?,
            queue: queue.parse().map_err(sea_orm::DbErr::Type)?,
            name: row.try_get("", "name")?,
            version: row.try_get("", "version")?,
            payload: row.try_get("", "payload")?,
            pushes: row.try_get("", "pushes")?,
            origin: Origin { asked_at: row.try_get("", "created_at")?, traceparent: row.try_get("", "traceparent")? },
        })
    }
}
