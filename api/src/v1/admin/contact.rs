//! Messages to whoever runs this Kith.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::Serialize;
use shared::contact::ContactMessage;
use utoipa::ToSchema;

use crate::App;
use crate::http::{Authenticated, PageBody, PageParameters, Parameters, Problem, ProblemBody};

/// A message to whoever runs this Kith, and who sent it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StaffContactMessageBody {
    /// Its number.
    id: i64,
    /// The username of the account that sent it, else the name that the sender claims.
    name: String,
    /// The account's email, else the one that the sender claims.
    email: Option<String>,
    /// Whether an account sent it, whose name and email they are.
    verified: bool,
    /// Which conversation it belongs to.
    room: String,
    /// What it says.
    message: String,
    /// When it came.
    created_at: DateTime<Utc>,
}

impl From<ContactMessage> for StaffContactMessageBody {
    fn from(message: ContactMessage) -> Self {
        let ContactMessage { id, name, email, verified, room, message, created_at } = message;
        Self { id, name, email, verified, room, message, created_at }
    }
}

/// List what people wrote to whoever runs this Kith.
#[utoipa::path(
    get, path = "/api/v1/admin/contact-messages", tag = "staff", operation_id = "staffListContactMessages",
    security(("access_token" = [])), params(PageParameters),
    responses(
        (status = 200, description = "Messages, newest first", body = PageBody<StaffContactMessageBody>),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(page): Parameters<PageParameters>,
) -> Result<Json<PageBody<StaffContactMessageBody>>, Problem> {
    let page = app.core.contact.list_all(&caller, page.span()?).await?;
    Ok(Json(PageBody::of(page)))
}
