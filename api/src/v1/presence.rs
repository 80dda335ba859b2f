//! Presence: who of one's connections is there.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::Serialize;
use shared::presence::Online;
use utoipa::ToSchema;

use super::people::PersonBody;
use crate::App;
use crate::http::{Authenticated, PageBody, PageParameters, Parameters, Problem};

/// Somebody who is there.
#[derive(Debug, Serialize, ToSchema)]
pub struct PresenceBody {
    /// Who.
    user: PersonBody,
    /// When they were last seen: some seconds ago at most.
    last_seen: DateTime<Utc>,
}

impl From<Online> for PresenceBody {
    fn from(Online { person, last_seen }: Online) -> Self {
        Self { user: person.into(), last_seen }
    }
}

/// List those of one's connections who have an open socket. Whoever hides their presence is not among them.
///
/// Of somebody with more than 1,000 connections a page may be short or empty: there is more while it has a `next`.
/// Sockets are told who comes and goes (`presence`).
#[utoipa::path(
    get, path = "/api/v1/presence", tag = "presence", operation_id = "listPresence",
    security(("access_token" = [])), params(PageParameters),
    responses(
        (status = 200, description = "Connections who are there, newest account first", body = PageBody<PresenceBody>),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(page): Parameters<PageParameters>,
) -> Result<Json<PageBody<PresenceBody>>, Problem> {
    let page = app.core.presence.connections(caller.account_id, page.span()?).await?;
    Ok(Json(PageBody::of(page)))
}
