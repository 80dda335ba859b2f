//! Jobs that failed for good.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::jobs::{Asker, DeadJob};
use utoipa::{IntoParams, ToSchema};

use super::job_filter::{ChangedJobsBody, JobFilterBody, filter};
use super::jobs::{JobBody, payload};
use super::queues::QueueName;
use crate::App;
use crate::http::{Authenticated, Body, Cursor, PageBody, PageParameters, Parameters, PathId, Problem, ProblemBody};

/// A job that failed for good.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DeadJobBody {
    /// Its number among the dead.
    id: i64,
    /// The queue that it waited in; of one that another version wrote, perhaps one that this version does not know.
    #[schema(example = "email")]
    queue: String,
    /// What it asked for.
    #[schema(example = "account_activation")]
    name: String,
    /// What it carries: ids, never a secret. What is no JSON is shown as text.
    #[schema(value_type = serde_json::Value)]
    payload: serde_json::Value,
    /// How often it was tried.
    attempts: i64,
    /// What went wrong at last.
    error: String,
    /// When it was asked for.
    asked_at: DateTime<Utc>,
    /// When it was given up.
    died_at: DateTime<Utc>,
}

impl From<DeadJob> for DeadJobBody {
    fn from(job: DeadJob) -> Self {
        let DeadJob { id, queue, name, payload: text, attempts, error, asked_at, died_at, .. } = job;
        Self { id, queue, name, payload: payload(text), attempts, error, asked_at, died_at }
    }
}

/// Which dead jobs.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct DeadJobParameters {
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

/// List the jobs that failed for good.
#[utoipa::path(
    get, path = "/api/v1/admin/dead-jobs", tag = "staff", operation_id = "staffListDeadJobs",
    security(("access_token" = [])), params(DeadJobParameters),
    responses(
        (status = 200, description = "Dead jobs, newest first", body = PageBody<DeadJobBody>),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(DeadJobParameters { queue, name, cursor, limit }): Parameters<DeadJobParameters>,
) -> Result<Json<PageBody<DeadJobBody>>, Problem> {
    let filter = filter(queue, name.as_deref())?;
    let span = PageParameters::new(cursor, limit).span()?;
    let page = app.core.job_board.dead(Asker::Staff(&caller), &filter, span).await?;
    Ok(Json(PageBody::of(page)))
}

/// Put a dead job back into its queue, as if it were asked for now.
#[utoipa::path(
    post, path = "/api/v1/admin/dead-jobs/{id}/retry", tag = "staff", operation_id = "staffRetryDeadJob",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The dead job")),
    responses(
        (status = 200, description = "The job, as it waits under a number of its own", body = JobBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn retry_one(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<Json<JobBody>, Problem> {
    Ok(Json(app.core.job_board.retry(Asker::Staff(&caller), id).await?.into()))
}

/// Put dead jobs back into their queues, those of a queue or name if one is given: up to 1,000, oldest first.
#[utoipa::path(
    post, path = "/api/v1/admin/dead-jobs/retry", tag = "staff", operation_id = "staffRetryDeadJobs",
    security(("access_token" = [])), request_body = JobFilterBody,
    responses(
        (status = 200, description = "How many", body = ChangedJobsBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn retry_all(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Body(body): Body<JobFilterBody>,
) -> Result<Json<ChangedJobsBody>, Problem> {
    let changed = app.core.job_board.retry_all(Asker::Staff(&caller), &body.read()?, body.rest()).await?;
    Ok(Json(changed.into()))
}

/// Forget a dead job.
#[utoipa::path(
    delete, path = "/api/v1/admin/dead-jobs/{id}", tag = "staff", operation_id = "staffDropDeadJob",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The dead job")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn drop_one(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    app.core.job_board.drop_one(Asker::Staff(&caller), id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Forget dead jobs, those of a queue or name if one is given: up to 1,000, oldest first.
#[utoipa::path(
    post, path = "/api/v1/admin/dead-jobs/drop", tag = "staff", operation_id = "staffDropDeadJobs",
    security(("access_token" = [])), request_body = JobFilterBody,
    responses(
        (status = 200, description = "How many", body = ChangedJobsBody),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn drop_all(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Body(body): Body<JobFilterBody>,
) -> Result<Json<ChangedJobsBody>, Problem> {
    let changed = app.core.job_board.drop_all(Asker::Staff(&caller), &body.read()?, body.rest()).await?;
    Ok(Json(changed.into()))
}
