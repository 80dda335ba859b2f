//! `/jobs/timetable/{id}`: when a listing is open, replaced as a whole.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};
use shared::listings::{ListingChange, ListingError, NewDay};

use super::refused;
use crate::App;
use crate::dialects::drf::{DrfError, DrfId, Fields, Signed};

/// `POST`
pub(super) async fn replace(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
    mut fields: Fields,
) -> Result<Json<Value>, DrfError> {
    let timetable = fields.list("timetable", day);
    let change = ListingChange { timetable, faults: fields.faults(), ..ListingChange::default() };
    app.core.listings.change(caller.account_id, id, change).await.map_err(|error| match error {
        ListingError::NotFound => DrfError::shaped(StatusCode::NOT_FOUND, json!({"error": "Job does not exist"})),
        // The key is the document's, spelling and all.
        ListingError::NotYours => {
            DrfError::shaped(StatusCode::FORBIDDEN, json!({"messate": "You are not allowed to change this job"}))
        }
        error => refused(error),
    })?;
    Ok(Json(json!({"message": "Timetable updated successfully"})))
}

/// `{"day_of_week", "time_slots": [{"start_time", "end_time"}]}`
fn day(day: &Value) -> Result<NewDay, String> {
    let name = day.get("day_of_week").and_then(Value::as_str).ok_or("Each day needs a day_of_week.")?;
    let slots = match day.get("time_slots") {
        None => &[][..],
        Some(Value::Array(slots)) => slots,
        Some(_) => return Err(format!("{name}: time_slots must be a list.")),
    };
    let slot = |slot: &Value| {
        let time = |field| {
            let time = slot.get(field).and_then(Value::as_str).map(str::to_owned);
            time.ok_or_else(|| format!("{name}: Each time slot needs a {field}."))
        };
        Ok::<_, String>([time("start_time")?, time("end_time")?])
    };
    Ok(NewDay { day: name.to_owned(), slots: slots.iter().map(slot).collect::<Result<_, _>>()? })
}
