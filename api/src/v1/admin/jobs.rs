//! Background work: the jobs that are not done.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::jobs::{Asker, Job, JobState};
use utoipa::{IntoParams, ToSchema};

use super::job_filter::{ChangedJobsBody, JobFilterBody, filter};
use super::queues::QueueName;
use crate::App;
use crate::http::{Authenticated, Body, Cursor, PageBody, PageParameters, Parameters, PathId, Problem, ProblemBody};

/// A job that is not done.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct JobBody {
    /// Its number.
    id: i64,
    /// Where it stands.
    state: JobStateName,
    /// The queue that it waits in; of one that another version wrote, perhaps one that this version does not know.
    #[schema(example = "email")]
    queue: String,
    /// What it asks for.
    #[schema(example = "account_activation")]
    name: String,
    /// What it carries: ids, never a secret. What is no JSON is shown as text.
    #[schema(value_type = serde_json::Value)]
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
        let (state, payload) = (state.into(), payload(text));
        Self { id, state, queue, name, payload, attempts, asked_at, next_try_at, held_until, holder, error }
    }
}

/// Where jobs stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum JobStateName {
    /// They wait for their first try.
    #[default]
    Waiting,
    /// They are handed to a worker, or were put back by one for a moment.
    Running,
    /// They failed, and wait for their next try.
    Failed,
}

impl From<JobStateName> for JobState {
    fn from(state: JobStateName) -> Self {
        match state {
            JobStateName::Waiting => Self::Waiting,
            JobStateName::Running => Self::Running,
            JobStateName::Failed => Self::Failed,
        }
    }
}

impl From<JobState> for JobStateName {
    fn from(state: JobState) -> Self {
        match state {
            JobState::Waiting => Self::Waiting,
            JobState::Running => Self::Running,
            JobState::Failed => Self::Failed,
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
    state: JobStateName,
    /// Of a queue.
    #[param(inline)]
    queue: Option<QueueName>,
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
    let span = PageParameters::new(cursor, limit).span()?;
    let page = app.core.job_board.list(Asker::Staff(&caller), state.into(), &filter, span).await?;
    Ok(Json(PageBody::of(page)))
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
    let changed = app.core.job_board.try_all_now(Asker::Staff(&caller), &body.read()?, body.rest()).await?;
    Ok(Json(changed.into()))
}
