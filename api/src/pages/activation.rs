//! The page behind the link of an activation mail, and of one that confirms a new email. Looking at it
//! changes nothing, so that a scanner that follows every link does not use it up; its button activates.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use shared::accounts::{AccountError, Purpose};

use super::{again_beside, page};
use crate::App;
use crate::http::Problem;

#[derive(Template)]
#[template(path = "activation.html")]
struct Activation<'a> {
    stage: Stage,
    /// Where the button of a spent link goes, beside this page.
    again: &'a str,
}

/// Where the activation stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Offered,
    OfferedNew,
    Done,
    Spent,
    Taken,
    Busy,
}

fn answer(status: StatusCode, stage: Stage, token: &str) -> Response {
    // Relative, so that it holds under any public address.
    page(status, &Activation { stage, again: &again_beside(token) })
}

fn failed(error: AccountError, token: &str) -> Response {
    match error {
        AccountError::SpentLink => answer(StatusCode::GONE, Stage::Spent, token),
        AccountError::Taken { .. } => answer(StatusCode::CONFLICT, Stage::Taken, token),
        error => answer(Problem::from(error).status(), Stage::Busy, token),
    }
}

/// Shows the button, or says that the link no longer works.
pub(super) async fn show(State(app): State<App>, Path(token): Path<String>) -> Response {
    match app.core.links.live(&token).await {
        Ok(Some(Purpose::Activation)) => answer(StatusCode::OK, Stage::Offered, &token),
        Ok(Some(Purpose::EmailChange)) => answer(StatusCode::OK, Stage::OfferedNew, &token),
        Ok(Some(Purpose::PasswordReset) | None) => failed(AccountError::SpentLink, &token),
        Err(error) => failed(error, &token),
    }
}

/// The button was pressed.
pub(super) async fn activate(State(app): State<App>, Path(token): Path<String>) -> Response {
    match app.core.links.activate(&token).await {
        Ok(_) => answer(StatusCode::OK, Stage::Done, &token),
        Err(error) => failed(error, &token),
    }
}
