//! `/jobs/user/info/`: one's own listings. Another's and a missing one are answered alike.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use shared::listings::{ListingChange, NewListing};

use super::bodies::JobBody;
use super::fields::{JobChangeFields, JobFields};
use super::{not_ones_own, refused};
use crate::App;
use crate::dialects::drf::{DetailBody, DrfError, DrfId, Fields, ListedUp, Signed};
use crate::dialects::karoo::refusals::ToldBody;

/// List one's own jobs.
#[utoipa::path(
    get, path = "/jobs/user/info/", tag = "karoo", operation_id = "karooOwnJobs",
    security(("token" = [])), params(ListedUp),
    responses((status = 200, description = "Jobs, oldest first, with at most 10,000 comments together", body = [JobBody]))
)]
pub(super) async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    ListedUp(slice): ListedUp,
) -> Result<Json<Vec<JobBody>>, DrfError> {
    let listings = app.core.listings.own(caller.account_id, slice).await.map_err(refused)?;
    Ok(Json(listings.into_iter().map(|listing| JobBody::new(&app, listing)).collect()))
}

/// One of one's own jobs.
#[utoipa::path(
    get, path = "/jobs/user/info/{id}/", tag = "karoo", operation_id = "karooOwnJob",
    security(("token" = [])), params(("id" = i64, Path, description = "The job")),
    responses(
        (status = 200, description = "The job", body = JobBody),
        (status = 403, description = "The caller has no such job", body = DetailBody),
    )
)]
pub(super) async fn find(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<Json<JobBody>, DrfError> {
    let listing = app.core.listings.find_own(caller.account_id, id).await.map_err(not_ones_own)?;
    Ok(Json(JobBody::new(&app, listing)))
}

/// Offer a job. An account keeps at most 200.
///
/// Pictures and timetables have operations of their own. Skills that nobody has named before are made.
#[utoipa::path(
    post, path = "/jobs/user/info/", tag = "karoo", operation_id = "karooCreateJob",
    security(("token" = [])), request_body = JobFields,
    responses(
        (status = 201, description = "The job", body = JobBody),
        (status = 404, description = "No province is called so, or no city in it", body = ToldBody),
    )
)]
pub(super) async fn create(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<(StatusCode, Json<JobBody>), DrfError> {
    let mut new = NewListing::from(JobFields::read(&mut fields));
    new.rest.faults = fields.faults();
    let listing = app.core.listings.create_reviewed(caller.account_id, new).await.map_err(refused)?;
    Ok((StatusCode::CREATED, Json(JobBody::new(&app, listing))))
}

/// Change one of one's own jobs. Takes part of it.
#[utoipa::path(
    put, path = "/jobs/user/info/{id}/", tag = "karoo", operation_id = "karooChangeJob",
    security(("token" = [])), params(("id" = i64, Path, description = "The job")), request_body = JobChangeFields,
    responses(
        (status = 200, description = "The job, as it is now", body = JobBody),
        (status = 403, description = "The caller has no such job", body = DetailBody),
        (status = 404, description = "No province is called so, or no city in it", body = ToldBody),
    )
)]
pub(super) async fn change(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
    mut fields: Fields,
) -> Result<Json<JobBody>, DrfError> {
    let mut change = ListingChange::from(JobChangeFields::read(&mut fields));
    change.faults = fields.faults();
    let listing = app.core.listings.change_reviewed(caller.account_id, id, change).await.map_err(not_ones_own)?;
    Ok(Json(JobBody::new(&app, listing)))
}

/// Take one of one's own jobs away.
#[utoipa::path(
    delete, path = "/jobs/user/info/{id}/", tag = "karoo", operation_id = "karooRemoveJob",
    security(("token" = [])), params(("id" = i64, Path, description = "The job")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 403, description = "The caller has no such job", body = DetailBody),
    )
)]
pub(super) async fn remove(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<StatusCode, DrfError> {
    app.core.listings.remove(caller.account_id, id).await.map_err(not_ones_own)?;
    Ok(StatusCode::NO_CONTENT)
}
