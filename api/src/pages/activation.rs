//! The page behind the link of an activation mail. Looking at it changes nothing, so that a scanner
//! that follows every link does not use it up; its button activates.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use shared::accounts::AccountError;

use super::page;
use crate::App;
use crate::http::Problem;

#[derive(Template)]
#[template(path = "activation.html")]
struct Activation {
    state: Stage,
}

/// Where the activation stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Offered,
    Done,
    Spent,
    Taken,
    Busy,
}

/// Shows the button.
pub(super) async fn show(Path(_token): Path<String>) -> Response {
    page(StatusCode::OK, &Activation { state: Stage::Offered })
}

/// The button was pressed.
pub(super) async fn activate(State(app): State<App>, Path(token): Path<String>) -> Response {
    match app.core.links.activate(&token).await {
        Ok(_) => page(StatusCode::OK, &Activation { state: Stage::Done }),
        Err(AccountError::SpentLink) => page(StatusCode::GONE, &Activation { state: Stage::Spent }),
        Err(AccountError::Taken { .. }) => page(StatusCode::CONFLICT, &Activation { state: Stage::Taken }),
        Err(error) => page(Problem::from(error).status(), &Activation { state: Stage::Busy }),
    }
}
