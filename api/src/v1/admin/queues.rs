//! Background work: its queues, and what became of their jobs.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::jobs::{Asker, History, Minute, Queue, QueueState};
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::http::{Authenticated, PageBody, Parameters, Problem, ProblemBody};

/// Minutes of history when the client names no number.
const DEFAULT_MINUTES: u32 = 60;

/// The queues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum QueueName {
    /// Rows in inboxes.
    Notifications,
    /// Mails.
    Email,
    /// What is made of pictures.
    Media,
}

impl From<QueueName> for Queue {
    fn from(queue: QueueName) -> Self {
        match queue {
            QueueName::Notifications => Self::Notifications,
            QueueName::Email => Self::Email,
            QueueName::Media => Self::Media,
        }
    }
}

impl From<Queue> for QueueName {
    fn from(queue: Queue) -> Self {
        match queue {
            Queue::Notifications => Self::Notifications,
            Queue::Email => Self::Email,
            Queue::Media => Self::Media,
        }
    }
}

/// A queue, counted.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct QueueBody {
    /// Which.
    queue: QueueName,
    /// Jobs that wait for their first try.
    waiting: i64,
    /// Jobs that failed and wait for their next try.
    failed: i64,
    /// How many of those two a worker may take now.
    due: i64,
    /// Jobs that are handed to a worker: in the queue's window, or being done.
    running: i64,
    /// Jobs that failed for good.
    dead: i64,
    /// Since when the oldest of those that are due is; `null` when none is.
    oldest_at: Option<DateTime<Utc>>,
    /// Jobs in the queue's window that no worker has begun; `null` when Redis does not answer.
    window: Option<u64>,
}

impl From<QueueState> for QueueBody {
    fn from(state: QueueState) -> Self {
        let QueueState { queue, waiting, failed, due, running, dead, oldest_at, window } = state;
        Self { queue: queue.into(), waiting, failed, due, running, dead, oldest_at, window }
    }
}

/// List the queues of background work.
#[utoipa::path(
    get, path = "/api/v1/admin/queues", tag = "staff", operation_id = "staffListQueues",
    security(("access_token" = [])),
    responses(
        (status = 200, description = "All of them", body = PageBody<QueueBody>),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
) -> Result<Json<PageBody<QueueBody>>, Problem> {
    let states = app.core.job_board.queues(Asker::Staff(&caller)).await?;
    Ok(Json(PageBody::new(states.into_iter().map(QueueBody::from).collect(), None)))
}

/// What became of jobs, minute by minute.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct HistoryBody {
    /// When the first minute begins. The last has not ended.
    begins_at: DateTime<Utc>,
    /// Each queue's.
    queues: Vec<QueueHistoryBody>,
}

/// What became of the jobs of a queue: lists with a number a minute.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct QueueHistoryBody {
    /// Which.
    queue: QueueName,
    /// Jobs done.
    done: Vec<i64>,
    /// Tries that failed and were not the last.
    retried: Vec<i64>,
    /// Jobs that failed for good.
    dead: Vec<i64>,
    /// Microseconds from asked for to done, on average. Mails that wait on purpose do not count.
    delay_mean: Vec<i64>,
    /// The same of the slowest.
    delay_max: Vec<i64>,
    /// Microseconds in a worker's hand, on average; jobs that are done together take the same.
    duration_mean: Vec<i64>,
    /// The same of the slowest.
    duration_max: Vec<i64>,
}

impl From<(Queue, Vec<Minute>)> for QueueHistoryBody {
    fn from((queue, minutes): (Queue, Vec<Minute>)) -> Self {
        let list = |of: fn(&Minute) -> i64| minutes.iter().map(of).collect();
        Self {
            queue: queue.into(),
            done: list(|minute| minute.done),
            retried: list(|minute| minute.retried),
            dead: list(|minute| minute.dead),
            delay_mean: list(|minute| minute.delay_mean),
            delay_max: list(|minute| minute.delay_max),
            duration_mean: list(|minute| minute.duration_mean),
            duration_max: list(|minute| minute.duration_max),
        }
    }
}

/// Of how long.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct HistoryParameters {
    /// How many minutes, 1 to 1,440; by default 60.
    #[param(minimum = 1, maximum = 1440)]
    minutes: Option<u32>,
}

/// What became of the jobs of the last minutes. Workers write down what they know every ten seconds.
#[utoipa::path(
    get, path = "/api/v1/admin/queues/history", tag = "staff", operation_id = "staffGetQueueHistory",
    security(("access_token" = [])), params(HistoryParameters),
    responses(
        (status = 200, description = "Numbers by queue and minute", body = HistoryBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn history(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(HistoryParameters { minutes }): Parameters<HistoryParameters>,
) -> Result<Json<HistoryBody>, Problem> {
    let minutes = minutes.unwrap_or(DEFAULT_MINUTES);
    let History { begins_at, queues } = app.core.job_board.history(Asker::Staff(&caller), minutes).await?;
    Ok(Json(HistoryBody { begins_at, queues: queues.into_iter().map(QueueHistoryBody::from).collect() }))
}
