//! `/users/settings/personal-info/`: one's own name, number, email and avatar.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use shared::accounts::{Details, ProfileChange};
use shared::media::ImageError;

use super::people::PersonBody;
use super::refused;
use crate::App;
use crate::dialects::drf::{DrfError, Fields, Signed};

/// Told when an email waits for its activation.
const AWAITING: &str = "Your new email address has been set, but it needs to be activated. \
     Please check your inbox for an activation email.";

/// Personal information after a change.
#[derive(Serialize)]
pub(super) struct ChangedBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'static str>,
    #[serde(flatten)]
    person: PersonBody,
}

/// `GET`
pub(super) async fn show(State(app): State<App>, Signed(caller): Signed) -> Result<Json<PersonBody>, DrfError> {
    let account = app.core.profiles.own(caller.account_id).await.map_err(refused)?;
    Ok(Json(PersonBody::new(&app, account.into())))
}

/// `PUT`: changes what is given. A new email is shown here, and elsewhere once it is activated.
pub(super) async fn change(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<Json<ChangedBody>, DrfError> {
    let new_email = fields.text_if_given("email");
    let details = Details {
        full_name: fields.text_if_given("full_name").map(Some),
        phone: fields.optional_text("phone_number"),
        ..Details::default()
    };
    let change = ProfileChange {
        new_email: new_email.clone(),
        avatar: fields.optional_file("avatar", &ImageError::TooManyBytes),
        details,
        faults: fields.faults(),
        ..ProfileChange::default()
    };
    let account = app.core.profiles.change(caller.account_id, change).await.map_err(refused)?;
    let pending = account.pending_email.clone().map(|pending| pending.email);
    let body = match pending.filter(|pending| new_email.as_ref() == Some(pending)) {
        Some(email) => ChangedBody { message: Some(AWAITING), person: PersonBody::awaiting(&app, account, email) },
        None => ChangedBody { message: None, person: PersonBody::new(&app, account.into()) },
    };
    Ok(Json(body))
}
