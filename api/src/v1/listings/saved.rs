//! Listings that one keeps for oneself.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::Serialize;
use shared::listings::Saved;
use utoipa::ToSchema;

use super::bodies::CardBody;
use crate::App;
use crate::http::{Authenticated, PageBody, PageParameters, Parameters, PathId, Problem};

/// A listing that one has saved.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedBody {
    /// The listing.
    listing: CardBody,
    /// When one saved it.
    saved_at: DateTime<Utc>,
}

impl From<Saved> for SavedBody {
    fn from(Saved { card, saved_at, .. }: Saved) -> Self {
        Self { listing: card.into(), saved_at }
    }
}

/// List what one has saved.
#[utoipa::path(
    get, path = "/api/v1/me/saved-listings", tag = "listings", operation_id = "listSavedListings",
    security(("access_token" = [])), params(PageParameters),
    responses(
        (status = 200, description = "The last saved first", body = PageBody<SavedBody>),
    )
)]
pub(crate) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(page): Parameters<PageParameters>,
) -> Result<Json<PageBody<SavedBody>>, Problem> {
    Ok(Json(PageBody::of(app.core.listings.saved(caller.account_id, page.span()?).await?)))
}

/// Save a listing. Again changes nothing.
#[utoipa::path(
    put, path = "/api/v1/me/saved-listings/{id}", tag = "listings", operation_id = "saveListing",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The listing")),
    responses(
        (status = 204, description = "It is saved"),
    )
)]
pub(crate) async fn save(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    app.core.listings.save(caller.account_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Forget a saved listing.
#[utoipa::path(
    delete, path = "/api/v1/me/saved-listings/{id}", tag = "listings", operation_id = "forgetListing",
    security(("access_token" = [])), params(("id" = i64, Path, description = "The listing")),
    responses(
        (status = 204, description = "It is saved no longer"),
    )
)]
pub(crate) async fn forget(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    app.core.listings.forget(caller.account_id, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
