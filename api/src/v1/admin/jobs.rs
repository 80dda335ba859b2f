//! Background work: queues, and the jobs that are not done.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::fields::FieldErrors;
use shared::jobs::{Asker, Changed, History, Job, JobFilter, JobState, Minute, Queue, QueueState};
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::http::{Authenticated, Body, Cursor, PageBody, PageParameters, Parameters, PathId, Problem, ProblemBody};

/// Minutes of history when the client names no number.
const DEFAULT_MINUTES: u32 = 60;

/// The queues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum QueueParameter {
    /// Rows in inboxes.
    Notifications,
    /// Mails.
    Email,
    /// What is made of pictures.
    Media,
}

impl From<QueueParameter> for Queue {
    fn from(queue: QueueParameter) -> Self {
        match queue {
            QueueParameter::Notifications => Self::Notifications,
            QueueParameter::Email => Self::Email,
            QueueParameter::Media => Self::Media,
        }
    }
}

/// A queue, counted.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct QueueBody {
    /// Which.
    #[schema(example = "email")]
    queue: &'static str,
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
        Self { queue: queue.as_str(), waiting, failed, due, running, dead, oldest_at, window }
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
pub(super) async fn queues(
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
    #[schema(example = "email")]
    queue: &'static str,
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
            queue: queue.as_str(),
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

/// A job that is not done.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct JobBody {
    /// Its number.
    id: i64,
    /// `waiting`, `running` or `failed`.
    #[schema(example = "failed")]
    state: &'static str,
    /// The queue that it waits in.
    #[schema(example = "email")]
    queue: String,
    /// What it asks for.
    #[schema(example = "account_activation")]
    name: String,
    /// What it carries: ids, never a secret. What is no JSON is shown as text.
    #[schema(value_type = Object)]
    payload: serde_json::Value,
    /// How often it was tried.
    attempts: i64,
    /// When it was asked for.
    asked_at: DateTime<Utc>,
    /// When it may be tried; `null` while it is handed to a worker.
    next_try_at: Option<DateTime<Utc>>,
    /// While it is handed to a worker, when it counts as lost and is handed out again; else `null`.
    held_until: Option<DateTime<Utc>>,
    /// The worker that has it, where that is known.
    holder: Option<String>,
    /// What went wrong at the last try; `null` when nothing did yet.
    error: Option<String>,
}

/// What a job carries, as JSON; as text, where somebody has edited it to nonsense.
pub(super) fn payload(text: String) -> serde_json::Value {
    serde_json::from_str(&text).unwrap_or(serde_json::Value::String(text))
}

impl From<Job> for JobBody {
    fn from(job: Job) -> Self {
        let Job { id, state, queue, name, payload: text, attempts, asked_at, until, holder, error } = job;
        let running = state == JobState::Running;
        let (next_try_at, held_until) = ((!running).then_some(until), running.then_some(until));
        let (state, payload) = (state.as_str(), payload(text));
        Self { id, state, queue, name, payload, attempts, asked_at, next_try_at, held_until, holder, error }
    }
}

/// Where jobs stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum JobStateParameter {
    /// They wait for their first try.
    #[default]
    Waiting,
    /// They are handed to a worker.
    Running,
    /// They failed, and wait for their next try.
    Failed,
}

impl From<JobStateParameter> for JobState {
    fn from(state: JobStateParameter) -> Self {
        match state {
            JobStateParameter::Waiting => Self::Waiting,
            JobStateParameter::Running => Self::Running,
            JobStateParameter::Failed => Self::Failed,
        }
    }
}

/// Which jobs.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct JobParameters {
    /// `waiting` (by default), `running` or `failed`.
    #[serde(default)]
    #[param(inline)]
    state: JobStateParameter,
    /// Of a queue.
    #[param(inline)]
    queue: Option<QueueParameter>,
    /// Of a name.
    name: Option<String>,
    /// The `next` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many, 1 to 100; by default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// List the jobs that are not done.
#[utoipa::path(
    get, path = "/api/v1/admin/jobs", tag = "staff", operation_id = "staffListJobs",
    security(("access_token" = [])), params(JobParameters),
    responses(
        (status = 200, description = "Jobs, newest first", body = PageBody<JobBody>),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(JobParameters { state, queue, name, cursor, limit }): Parameters<JobParameters>,
) -> Result<Json<PageBody<JobBody>>, Problem> {
    let filter = filter(queue, name.as_deref())?;
    let span = PageParameters { cursor, limit }.span()?;
    let page = app.core.job_board.list(Asker::Staff(&caller), state.into(), &filter, span).await?;
    Ok(Json(PageBody::of(page)))
}

/// The jobs that a request names.
pub(super) fn filter(queue: Option<QueueParameter>, name: Option<&str>) -> Result<JobFilter, FieldErrors> {
    JobFilter::new(queue.map(Queue::from), name)
}

/// Which jobs; all, when neither is given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JobFilterBody {
    /// Those of a queue.
    queue: Option<QueueParameter>,
    /// Those of a name.
    name: Option<String>,
}

impl JobFilterBody {
    pub(super) fn read(&self) -> Result<JobFilter, FieldErrors> {
        filter(self.queue, self.name.as_deref())
    }
}

/// How many jobs were changed.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ChangedJobsBody {
    /// So many, at most 1,000 at once.
    count: u64,
    /// Whether there may be more: the same again goes on.
    more: bool,
}

impl From<Changed> for ChangedJobsBody {
    fn from(Changed { count, more }: Changed) -> Self {
        Self { count, more }
    }
}

/// Try a job now that waits for its next try. One that is due or runs already stays as it is.
#[utoipa::path(
    post, path = "/api/v1/admin/jobs/{id}/try", tag = "staff", operation_id = "staffTryJob",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The job")),
    responses(
        (status = 200, description = "The job", body = JobBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn try_one(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<Json<JobBody>, Problem> {
    Ok(Json(app.core.job_board.try_now(Asker::Staff(&caller), id).await?.into()))
}

/// Try all failed jobs now, of a queue or name if one is given: up to 1,000, oldest first.
#[utoipa::path(
    post, path = "/api/v1/admin/jobs/try", tag = "staff", operation_id = "staffTryJobs",
    security(("access_token" = [])), request_body = JobFilterBody,
    responses(
        (status = 200, description = "How many", body = ChangedJobsBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn try_all(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Body(body): Body<JobFilterBody>,
) -> Result<Json<ChangedJobsBody>, Problem> {
    Ok(Json(app.core.job_board.try_all_now(Asker::Staff(&caller), body.read()?).await?.into()))
}
