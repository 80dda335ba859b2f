//! What the button of a link that no longer works does: it sends a new one, whatever the link was for.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use shared::accounts::Asked;

use super::page;
use crate::App;
use crate::http::{ClientAddress, Problem};

#[derive(Template)]
#[template(path = "new_link.html")]
struct NewLink {
    stage: Stage,
}

/// What came of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Sent,
    JustSent,
    NothingWaits,
    Busy,
}

/// The button was pressed.
pub(super) async fn send(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    Path(token): Path<String>,
) -> Response {
    let (status, stage) = match app.core.links.again(&token, &address.to_string()).await {
        Ok(Asked::Sent) => (StatusCode::OK, Stage::Sent),
        Ok(Asked::JustSent) => (StatusCode::OK, Stage::JustSent),
        Ok(Asked::NothingWaits) => (StatusCode::OK, Stage::NothingWaits),
        Err(error) => (Problem::from(error).status(), Stage::Busy),
    };
    page(status, &NewLink { stage })
}
