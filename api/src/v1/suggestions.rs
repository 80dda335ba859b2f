//! Whom one may want to connect with.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::fields::FieldErrors;
use shared::suggestions::{Dismissed, Suggestion};
use utoipa::{IntoParams, ToSchema};

use super::people::PersonBody;
use crate::App;
use crate::http::{Authenticated, PageBody, Parameters, PathId, Problem, ProblemBody};

/// Suggestions answered when the client names no number.
const DEFAULT_LIMIT: u32 = 20;
/// The most that are answered.
const MOST: u32 = 50;

/// Why somebody is suggested.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// There are people with whom both are connected.
    MutualConnections,
    /// Both work for a company of the same name.
    SameCompany,
    /// Both work in the same line.
    SameIndustry,
    /// Each has an address in the same city.
    SameCity,
}

/// Somebody whom one may want to connect with.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuggestionBody {
    /// Who.
    user: PersonBody,
    /// With how many of one's connections they are connected.
    mutual_connections: i64,
    /// Why, at least one.
    reasons: Vec<Reason>,
}

impl From<Suggestion> for SuggestionBody {
    fn from(suggestion: Suggestion) -> Self {
        let reasons = [
            (suggestion.mutual_connections > 0, Reason::MutualConnections),
            (suggestion.same_company, Reason::SameCompany),
            (suggestion.same_industry, Reason::SameIndustry),
            (suggestion.same_city, Reason::SameCity),
        ];
        Self {
            user: suggestion.person.into(),
            mutual_connections: suggestion.mutual_connections,
            reasons: reasons.into_iter().filter_map(|(holds, reason)| holds.then_some(reason)).collect(),
        }
    }
}

/// Somebody who is not suggested again.
#[derive(Debug, Serialize, ToSchema)]
pub struct DismissedBody {
    /// Who.
    user: PersonBody,
    /// Since when.
    dismissed_at: DateTime<Utc>,
}

impl From<Dismissed> for DismissedBody {
    fn from(dismissed: Dismissed) -> Self {
        Self { user: dismissed.person.into(), dismissed_at: dismissed.created_at }
    }
}

/// How many suggestions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SuggestionParameters {
    /// How many, 1 to 50; by default 20.
    #[param(minimum = 1, maximum = 50)]
    limit: Option<u32>,
}

/// List whom one may want to connect with.
///
/// Best first: by mutual connections, then the same company, industry and city. `next` is always null.
#[utoipa::path(
    get, path = "/api/v1/suggestions", tag = "suggestions", operation_id = "listSuggestions",
    security(("access_token" = [])), params(SuggestionParameters),
    responses(
        (status = 200, description = "People, best first", body = PageBody<SuggestionBody>),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(SuggestionParameters { limit }): Parameters<SuggestionParameters>,
) -> Result<Json<PageBody<SuggestionBody>>, Problem> {
    let limit = limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=MOST).contains(&limit) {
        return Err(FieldErrors::one("limit", format!("Must be from 1 to {MOST}.")).into());
    }
    let suggestions = app.core.suggestions.list(caller.account_id, limit).await?;
    Ok(Json(PageBody::new(suggestions.into_iter().map(SuggestionBody::from).collect(), None)))
}

/// Dismiss a suggestion: this person is not suggested again. Again changes nothing.
#[utoipa::path(
    delete, path = "/api/v1/suggestions/{id}", tag = "suggestions", operation_id = "dismissSuggestion",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The account not to suggest")),
    responses(
        (status = 204, description = "Dismissed"),
        (status = 404, description = "`not_found`: nobody is there, or it is oneself", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn dismiss(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    app.core.suggestions.dismiss(caller.account_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
