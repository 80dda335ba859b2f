//! `/jobs/timetable/{id}`: when a listing is open, replaced as a whole.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use shared::listings::{ListingChange, ListingError};

use super::fields::TimetableFields;
use super::refused;
use crate::App;
use crate::dialects::drf::{DrfError, DrfId, Fields, Signed};
use crate::dialects::karoo::refusals::{ErrorBody, NotOnesJobBody, ToldBody};

/// Set when one's job is open. Replaces the whole of it.
#[utoipa::path(
    post, path = "/jobs/timetable/{id}/", tag = "karoo", operation_id = "karooSetTimetable",
    security(("token" = [])), params(("id" = i64, Path, description = "The job")), request_body = TimetableFields,
    responses(
        (status = 200, description = "It is set", body = ToldBody),
        (status = 403, description = "It is another's job", body = NotOnesJobBody),
        (status = 404, description = "There is no such job", body = ErrorBody),
    )
)]
pub(super) async fn replace(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
    mut fields: Fields,
) -> Result<Json<ToldBody>, DrfError> {
    let mut change = ListingChange::from(TimetableFields::read(&mut fields));
    change.faults = fields.faults();
    app.core.listings.change(caller.account_id, id, change).await.map_err(|error| match error {
        ListingError::NotFound => ErrorBody::refusal(StatusCode::NOT_FOUND, "Job does not exist"),
        ListingError::NotYours => NotOnesJobBody::refusal(),
        error => refused(error),
    })?;
    Ok(Json(ToldBody::new("Timetable updated successfully")))
}
