//! `/dev/mailbox`: the mails that the embedded mode wrote as files, newest first.

use std::path::Path as FilePath;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use mail_parser::MessageParser;
use shared::ports::mail::mail_folder;

use super::page;
use crate::App;
use crate::http::Problem;

/// Mails listed at most.
const MOST: usize = 100;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/dev/mailbox", get(list)).route("/dev/mailbox/{name}", get(show))
}

/// A mail in the list.
struct Line {
    name: String,
    to: String,
    subject: String,
    date: String,
}

#[derive(Template)]
#[template(path = "mailbox.html")]
struct Mailbox {
    mails: Vec<Line>,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Mail {
    to: String,
    from: String,
    subject: String,
    date: String,
    /// The text part, cut where links begin and end.
    parts: Vec<Part>,
}

enum Part {
    Text(String),
    Link(String),
}

async fn list(State(app): State<App>) -> Response {
    let folder = mail_folder(&app.core.config.server.data);
    match tokio::task::spawn_blocking(move || newest(&folder)).await {
        Ok(mails) => page(StatusCode::OK, &Mailbox { mails }),
        Err(error) => {
            tracing::error!(%error, "the mailbox was not read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The newest mails of a folder; files that are no mails are passed over.
fn newest(folder: &FilePath) -> Vec<Line> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| is_mail(name)).collect();
    names.sort_unstable_by(|a, b| b.cmp(a)); // a name begins with its time
    names.truncate(MOST);
    names.into_iter().filter_map(|name| line(folder, name)).collect()
}

fn line(folder: &FilePath, name: String) -> Option<Line> {
    let bytes = std::fs::read(folder.join(&name)).ok()?;
    let message = MessageParser::default().parse_headers(&bytes)?;
    Some(Line {
        to: address(message.to()),
        subject: message.subject().unwrap_or_default().to_owned(),
        date: message.date().map(ToString::to_string).unwrap_or_default(),
        name,
    })
}

/// Whether a name is one that the file mailer gives: nothing that leads out of the folder.
fn is_mail(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    FilePath::new(name).extension().is_some_and(|extension| extension == "eml") && name.chars().all(plain)
}

async fn show(State(app): State<App>, Path(name): Path<String>) -> Response {
    if !is_mail(&name) {
        return Problem::not_found().into_response();
    }
    let path = mail_folder(&app.core.config.server.data).join(name);
    let Ok(Ok(bytes)) = tokio::task::spawn_blocking(move || std::fs::read(path)).await else {
        return Problem::not_found().into_response();
    };
    let Some(message) = MessageParser::default().parse(&bytes) else { return Problem::not_found().into_response() };
    let mail = Mail {
        to: address(message.to()),
        from: address(message.from()),
        subject: message.subject().unwrap_or_default().to_owned(),
        date: message.date().map(ToString::to_string).unwrap_or_default(),
        parts: parts(&message.body_text(0).unwrap_or_default()),
    };
    page(StatusCode::OK, &mail)
}

fn address(address: Option<&mail_parser::Address<'_>>) -> String {
    address.and_then(|list| list.first()).and_then(|one| one.address()).unwrap_or_default().to_owned()
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for line in text.lines() {
        let link = line.starts_with("http://") || line.starts_with("https://");
        parts.push(if link { Part::Link(line.trim().to_owned()) } else { Part::Text(line.to_owned()) });
    }
    parts
}
