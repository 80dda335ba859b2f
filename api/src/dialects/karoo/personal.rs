//! `/users/settings/personal-info/`: one's own name, number, email and avatar.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde::Serialize;
use shared::accounts::{Details, ProfileChange};
use shared::media::ImageError;
use utoipa::ToSchema;

use super::people::PersonBody;
use super::refused;
use crate::App;
use crate::dialects::drf::{DrfError, Fields, Signed};

/// Told when an email waits for its activation.
const AWAITING: &str = "Your new email address has been set, but it needs to be activated. \
     Please check your inbox for an activation email.";

/// What of personal information changes; what is not given stays.
#[derive(ToSchema)]
#[schema(as = karoo::PersonFields)]
pub(super) struct PersonFields {
    /// What one is called.
    #[schema(nullable = false)]
    full_name: Option<String>,
    /// A telephone number, of 7 to 15 digits; null, or blank in a form, takes it away.
    phone_number: Option<Option<String>>,
    /// Another email, which holds once the link in a mail to it is followed.
    #[schema(nullable = false, format = Email)]
    email: Option<String>,
    /// A picture, by a multipart form alone: JPEG, PNG or WebP, of at most 5 MiB. Null, or blank in a form, takes it
    /// away.
    #[schema(value_type = Option<String>, format = Binary)]
    avatar: Option<Option<Bytes>>,
}

impl PersonFields {
    fn read(fields: &mut Fields) -> Self {
        Self {
            email: fields.text_if_given("email"),
            full_name: fields.text_if_given("full_name"),
            phone_number: fields.optional_text("phone_number"),
            avatar: fields.optional_file("avatar", &ImageError::TooManyBytes),
        }
    }
}

/// Personal information after a change.
#[derive(Serialize, ToSchema)]
#[schema(as = karoo::ChangedPerson)]
pub(super) struct ChangedBody {
    /// There when a new email waits for its activation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    message: Option<&'static str>,
    #[serde(flatten)]
    person: PersonBody,
}

/// One's own personal information.
#[utoipa::path(
    get, path = "/users/settings/personal-info/", tag = "karoo", operation_id = "karooPersonalInfo",
    security(("token" = [])),
    responses((status = 200, description = "It", body = PersonBody))
)]
pub(super) async fn show(State(app): State<App>, Signed(caller): Signed) -> Result<Json<PersonBody>, DrfError> {
    let account = app.core.profiles.own(caller.account_id).await.map_err(refused)?;
    Ok(Json(PersonBody::new(&app, account.into())))
}

/// Change one's personal information.
///
/// Takes part of it. A new email is shown in this answer, and elsewhere once it is activated.
#[utoipa::path(
    put, path = "/users/settings/personal-info/", tag = "karoo", operation_id = "karooChangePersonalInfo",
    security(("token" = [])), request_body = PersonFields,
    responses((status = 200, description = "It, as it is now", body = ChangedBody))
)]
pub(super) async fn change(
    State(app): State<App>,
    Signed(caller): Signed,
    mut fields: Fields,
) -> Result<Json<ChangedBody>, DrfError> {
    let PersonFields { full_name, phone_number, email: new_email, avatar } = PersonFields::read(&mut fields);
    let details = Details { full_name: full_name.map(Some), phone: phone_number, ..Details::default() };
    let change = ProfileChange {
        new_email: new_email.clone(),
        avatar,
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
