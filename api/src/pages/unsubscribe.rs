//! The page behind the link that ends mails about unread messages. Looking at it changes nothing; its button
//! ends them, and so does the one click of a mail client (RFC 8058), which sends the same.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use shared::accounts::AccountError;

use super::page;
use crate::App;
use crate::http::Problem;

#[derive(Template)]
#[template(path = "unsubscribe.html")]
struct Unsubscribe {
    stage: Stage,
}

/// Where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Offered,
    Done,
    Spent,
    Busy,
}

/// Shows the button, or says that the link no longer works.
pub(super) async fn show(State(app): State<App>, Path(token): Path<String>) -> Response {
    let (status, stage) = if app.core.preferences.may_unsubscribe(&token) {
        (StatusCode::OK, Stage::Offered)
    } else {
        (StatusCode::GONE, Stage::Spent)
    };
    page(status, &Unsubscribe { stage })
}

/// The button was pressed, or a mail client clicked.
pub(super) async fn unsubscribe(State(app): State<App>, Path(token): Path<String>) -> Response {
    let (status, stage) = match app.core.preferences.unsubscribe(&token).await {
        Ok(()) => (StatusCode::OK, Stage::Done),
        Err(AccountError::SpentLink) => (StatusCode::GONE, Stage::Spent),
        Err(error) => (Problem::from(error).status(), Stage::Busy),
    };
    page(status, &Unsubscribe { stage })
}
