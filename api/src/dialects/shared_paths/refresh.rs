//! `POST /api/token/refresh/`

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
use crate::dialects::drf::{DetailBody, DrfError, Fields};

/// A token to refresh; of both, `refresh` counts.
#[derive(ToSchema)]
#[schema(as = shared_paths::RefreshFields)]
#[expect(dead_code, reason = "fields are read one by one")]
struct RefreshFields {
    /// A refresh token.
    refresh: Option<String>,
    /// A sliding token.
    token: Option<String>,
}

/// The token that was asked for.
#[derive(Serialize, ToSchema)]
#[schema(as = shared_paths::Refreshed)]
#[serde(rename_all = "lowercase")]
pub(super) enum RefreshedBody {
    /// For a refresh token.
    Access(String),
    /// For a sliding token.
    Token(String),
}

/// Refresh a token.
///
/// An access token for a refresh token, or the next sliding token for a sliding token. Of both the
/// refresh token counts.
#[utoipa::path(
    post, path = "/api/token/refresh/", tag = "shared_paths", operation_id = "sharedPathsRefresh",
    request_body = RefreshFields,
    responses(
        (status = 200, description = "The token", body = RefreshedBody),
        (status = 401, description = "`token_not_valid`", body = DetailBody),
    )
)]
pub(super) async fn refresh(State(app): State<App>, mut fields: Fields) -> Result<Json<RefreshedBody>, DrfError> {
    let refresh = fields.optional_text("refresh").flatten();
    let sliding = fields.optional_text("token").flatten();
    if refresh.is_none() && sliding.is_none() {
        fields.text("refresh"); // missing, blank or null: says which
    }
    fields.check()?;
    let refreshed = match refresh {
        Some(token) => app.core.sessions.refresh_access(&token).await.map(RefreshedBody::Access),
        None => app.core.sessions.refresh_sliding(&sliding.unwrap_or_default()).await.map(RefreshedBody::Token),
    };
    refreshed.map(Json).map_err(DrfError::of_refresh)
}
