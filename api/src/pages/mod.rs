//! The pages for people: those behind mailed links and the embedded mailbox, which are plain HTML with no script and no
//! cookie; and the console and the page of jobs, which are files with scripts, in the binary, so that they need nothing from elsewhere.

mod activation;
mod base;
mod console;
mod jobs;
mod mailbox;
mod new_link;
mod password_reset;
mod unsubscribe;

use askama::Template;
use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use shared::accounts::is_token;
use shared::config::{Config, MailTransport};

use crate::App;

/// The routes of the pages that the configuration has.
pub(crate) fn routes(config: &Config) -> Router<App> {
    let router = Router::new()
        .route("/activate/{token}", get(activation::show).post(activation::activate))
        .route("/activate/{token}/new", post(new_link::send))
        .route("/reset/{token}", get(password_reset::show).post(password_reset::reset))
        .route("/reset/{token}/new", post(new_link::send))
        .route("/unsubscribe/{token}", get(unsubscribe::show).post(unsubscribe::unsubscribe))
        .merge(base::routes())
        .merge(console::routes(config))
        .merge(jobs::routes());
    if has_mailbox(config) { router.merge(mailbox::routes()) } else { router }
}

/// Whether mails are files that a page shows.
fn has_mailbox(config: &Config) -> bool {
    config.embedded() && config.mail.transport() == MailTransport::Files
}

/// Where the button of a link that no longer works goes, from the link's own page: relative, so that it holds
/// under any public address. What can't be a token is not repeated, for it could lead elsewhere.
fn again_beside(token: &str) -> String {
    format!("{}/new", if is_token(token) { token } else { "unknown" })
}

/// A rendered page that loads nothing, is kept by nobody and tells no other site its address.
fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => {
            let mut response = (status, Html(html)).into_response();
            let headers = response.headers_mut();
            let policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
            response
        }
        Err(error) => {
            tracing::error!(%error, "a page did not render");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
