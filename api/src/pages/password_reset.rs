//! The page behind the link of a mail that sets a new password: a plain form. Looking at it changes
//! nothing.

use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use shared::accounts::{AccountError, Purpose};

use super::{again_beside, page};
use crate::App;
use crate::http::Problem;

#[derive(Template)]
#[template(path = "password_reset.html")]
struct PasswordReset<'a> {
    stage: Stage,
    /// What is wrong with the password.
    faults: &'a [String],
    again: &'a str,
}

/// Where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Asked,
    Done,
    Spent,
    Busy,
}

/// The form.
#[derive(Deserialize)]
pub(super) struct NewPassword {
    password: String,
    repeated: String,
}

fn answer(status: StatusCode, stage: Stage, token: &str) -> Response {
    page(status, &PasswordReset { stage, faults: &[], again: &again_beside(token) })
}

fn wrong(faults: &[String]) -> Response {
    page(StatusCode::UNPROCESSABLE_ENTITY, &PasswordReset { stage: Stage::Asked, faults, again: "" })
}

fn failed(error: AccountError, token: &str) -> Response {
    match error {
        // A link for something else, whose email was lost, is no link here either.
        AccountError::SpentLink | AccountError::Taken { .. } => answer(StatusCode::GONE, Stage::Spent, token),
        AccountError::Invalid(errors) => wrong(&errors.into_map().into_values().flatten().collect::<Vec<_>>()),
        error => answer(Problem::from(error).status(), Stage::Busy, token),
    }
}

/// Shows the form, or says that the link no longer works.
pub(super) async fn show(State(app): State<App>, Path(token): Path<String>) -> Response {
    match app.core.links.live(&token).await {
        Ok(Some(Purpose::PasswordReset)) => answer(StatusCode::OK, Stage::Asked, &token),
        Ok(_) => failed(AccountError::SpentLink, &token),
        Err(error) => failed(error, &token),
    }
}

/// The form was sent.
pub(super) async fn reset(
    State(app): State<App>,
    Path(token): Path<String>,
    form: Result<Form<NewPassword>, FormRejection>,
) -> Response {
    let Ok(Form(NewPassword { password, repeated })) = form else {
        return wrong(&["Write the password twice.".to_owned()]);
    };
    if password != repeated {
        return wrong(&["The two passwords differ.".to_owned()]);
    }
    match app.core.credentials.reset_password(&token, password).await {
        Ok(_) => answer(StatusCode::OK, Stage::Done, &token),
        Err(error) => failed(error, &token),
    }
}
