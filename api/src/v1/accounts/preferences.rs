//! What one chooses of how others meet one, and of what is mailed.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use shared::accounts::{ChoiceChange, Choices};
use utoipa::ToSchema;

use crate::App;
use crate::http::{Authenticated, Body, Problem};

/// What one has chosen.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PreferencesBody {
    /// Whether others are told when one is there.
    show_presence: bool,
    /// Whether one is suggested to others.
    suggestable: bool,
    /// Whether mails tell of messages that stay unread.
    unread_mails: bool,
}

impl From<Choices> for PreferencesBody {
    fn from(Choices { show_presence, suggestable, unread_mails }: Choices) -> Self {
        Self { show_presence, suggestable, unread_mails }
    }
}

/// One's preferences.
#[utoipa::path(
    get, path = "/api/v1/me/preferences", tag = "accounts", operation_id = "myPreferences",
    security(("access_token" = [])),
    responses(
        (status = 200, description = "The preferences", body = PreferencesBody),
    )
)]
pub(super) async fn preferences(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
) -> Result<Json<PreferencesBody>, Problem> {
    Ok(Json(app.core.preferences.of(caller.account_id).await?.into()))
}

/// What is to change: what is left out stays.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ChangePreferencesBody {
    /// Whether others are told when one is there; at first they are.
    show_presence: Option<bool>,
    /// Whether one is suggested to others; at first one is.
    suggestable: Option<bool>,
    /// Whether mails tell of messages that stay unread; at first they don't.
    unread_mails: Option<bool>,
}

/// Change one's preferences.
#[utoipa::path(
    patch, path = "/api/v1/me/preferences", tag = "accounts", operation_id = "changeMyPreferences",
    security(("access_token" = [])), request_body = ChangePreferencesBody,
    responses(
        (status = 200, description = "The preferences", body = PreferencesBody),
    )
)]
pub(super) async fn change(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Body(body): Body<ChangePreferencesBody>,
) -> Result<Json<PreferencesBody>, Problem> {
    let ChangePreferencesBody { show_presence, suggestable, unread_mails } = body;
    let change = ChoiceChange { show_presence, suggestable, unread_mails };
    Ok(Json(app.core.preferences.change(caller.account_id, change).await?.into()))
}
