//! Suggested friends.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use shared::suggestions::Suggestion;
use utoipa::ToSchema;

use crate::App;
use crate::dialects::drf::{DetailBody, DrfError, DrfId, Signed};

/// People suggested at most.
const MOST: u32 = 10;

/// Somebody who is suggested.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = chat_app::Suggested)]
pub(super) struct SuggestedBody {
    id: i64,
    username: String,
    full_name: Option<String>,
    company_name: Option<String>,
    mutual_connections: i64,
    /// In words, what counts most first.
    reasons: Vec<String>,
}

impl From<Suggestion> for SuggestedBody {
    fn from(suggestion: Suggestion) -> Self {
        let Suggestion { person, mutual_connections, same_company, same_industry, same_city } = suggestion;
        let connections = if mutual_connections == 1 { "connection" } else { "connections" };
        let reasons = [
            (mutual_connections > 0, format!("{mutual_connections} mutual {connections}")),
            (same_company, "same company".to_owned()),
            (same_industry, "same industry".to_owned()),
            (same_city, "same city".to_owned()),
        ];
        Self {
            id: person.id,
            username: person.username,
            full_name: person.full_name,
            company_name: person.company_name,
            mutual_connections,
            reasons: reasons.into_iter().filter_map(|(holds, reason)| holds.then_some(reason)).collect(),
        }
    }
}

/// List suggested friends.
///
/// Of one's own account; for staff, of anybody's. At most 10, best first.
#[utoipa::path(
    get, path = "/api/suggested-friends/{id}/", tag = "chat_app", operation_id = "chatAppListSuggested",
    security(("token" = [])), params(("id" = i64, Path, description = "Whose suggestions: one's own id")),
    responses(
        (status = 200, description = "Whom one may want to meet", body = [SuggestedBody]),
        (status = 403, description = "Another's", body = DetailBody),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Signed(caller): Signed,
    DrfId(id): DrfId,
) -> Result<Json<Vec<SuggestedBody>>, DrfError> {
    let suggestions = app.core.suggestions.list_for(&caller, id, MOST).await?;
    Ok(Json(suggestions.into_iter().map(SuggestedBody::from).collect()))
}
