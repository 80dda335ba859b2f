//! Bodies and query parameters of the canonical API: what does not fit is answered with the field's
//! name.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use super::Problem;

/// A JSON body, at most 1 MiB.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !is_json(&request) {
            let detail = "The body must be JSON, with Content-Type: application/json.";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_json", detail));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| unreadable(&rejection))?;
        // A struct would be read from an array too, by position, which is nobody's contract.
        if bytes.trim_ascii_start().first() == Some(&b'[') {
            let detail = "The body must be a JSON object.";
            return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail));
        }
        let mut deserializer = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            let path = error.path().to_string();
            unfit(&path, error.inner())
        })?;
        deserializer.end().map_err(|error| malformed(&error))?;
        Ok(Self(value))
    }
}

/// For a field that may be left out or emptied: tells `null` (`Some(None)`) from what is left out.
///
/// # Errors
/// It is no text.
pub fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

fn is_json(request: &Request) -> bool {
    let Some(Ok(kind)) = request.headers().get(header::CONTENT_TYPE).map(|value| value.to_str()) else { return false };
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

fn unreadable(rejection: &BytesRejection) -> Problem {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "The body must have at most 1 MiB.");
    }
    Problem::new(StatusCode::BAD_REQUEST, "unreadable", "The body could not be read.")
}

fn malformed(error: &serde_json::Error) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "malformed", format!("The body is not JSON: {error}."))
}

fn unfit(path: &str, error: &serde_json::Error) -> Problem {
    // An error with a place in the document belongs to the field there.
    let named = !path.is_empty() && path != "." && path != "?";
    match error.classify() {
        serde_json::error::Category::Data => {
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            match named_in(message) {
                Some(field) => Problem::field(field, plain(message)),
                None if named => Problem::field(path, plain(message)),
                None => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", format!("{}.", plain(message))),
            }
        }
        serde_json::error::Category::Syntax if named => Problem::field(path, format!("Not valid JSON here: {error}.")),
        _ => malformed(error),
    }
}

/// The field of serde's "missing field `x`" and its like, which belong to no path.
fn named_in(message: &str) -> Option<&str> {
    let prefixes = ["missing field `", "unknown field `", "duplicate field `"];
    let rest = prefixes.into_iter().find_map(|prefix| message.strip_prefix(prefix))?;
    rest.split('`').next()
}

fn plain(message: &str) -> String {
    if message.starts_with("missing field") {
        "This field is required.".to_owned()
    } else if message.starts_with("unknown field") {
        "There is no such field.".to_owned()
    } else if message.starts_with("duplicate field") {
        "This field is there twice.".to_owned()
    } else {
        let mut chars = message.chars();
        chars.next().map(|first| format!("{}{}", first.to_uppercase(), chars.as_str())).unwrap_or_default()
    }
}

/// Query parameters.
#[derive(Debug)]
pub struct Parameters<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Parameters<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let deserializer = serde_urlencoded::Deserializer::new(url::form_urlencoded::parse(query.as_bytes()));
        serde_path_to_error::deserialize(deserializer).map(Self).map_err(|error| {
            let path = error.path().to_string();
            let message = error.inner().to_string();
            let field = named_in(&message).map_or(path.as_str(), |field| field);
            Problem::field(field, plain(&message))
        })
    }
}
