//! Reading the fields of a body: JSON, a form, or a multipart form.

use std::collections::HashMap;

use axum::body::{Body, Bytes};
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use futures::StreamExt;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Fields, Given};
use crate::dialects::drf::DrfError;
use crate::server::LARGEST_BODY;

impl Fields {
    fn of_json(bytes: &[u8]) -> Result<Self, DrfError> {
        // Each value is read by itself, so that a text that is none (a lone surrogate) names its field.
        let values: HashMap<String, Box<RawValue>> = match serde_json::from_slice(bytes) {
            Ok(values) => values,
            Err(error) => {
                return Err(match serde_json::from_slice::<&RawValue>(bytes) {
                    Ok(value) if !value.get().starts_with('{') => DrfError::non_field(no_dictionary(value.get())),
                    _ => malformed(&format!("JSON parse error - {error}")),
                });
            }
        };
        let given = values.into_iter().map(|(name, value)| {
            let given = match serde_json::from_str(value.get()) {
                Ok(Value::String(text)) => Given::Text(text),
                Ok(Value::Number(_)) => Given::Number(value.get().to_owned()),
                Ok(value) => Given::Json(value),
                Err(_) => Given::Unreadable(unreadable_value(value.get())),
            };
            (name, given)
        });
        Ok(Self { given: given.collect(), ..Self::default() })
    }

    /// Of a socket's frame, if that is a JSON object.
    #[must_use]
    pub fn of_frame(text: &str) -> Option<Self> {
        Self::of_json(text.as_bytes()).ok()
    }

    /// Of a form whose body is read as it comes, so that a file that is too large names its field.
    async fn of_multipart(mut form: Multipart) -> Result<Self, DrfError> {
        let mut given = HashMap::new();
        while let Some(field) = form.next_field().await.map_err(|error| unreadable_form(&error))? {
            let Some(name) = field.name().map(str::to_owned) else { continue };
            let value = if field.file_name().is_none() {
                Given::Form(field.text().await.map_err(|error| unreadable_form(&error))?)
            } else {
                match field.bytes().await {
                    Ok(bytes) => Given::File(bytes),
                    Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                        given.insert(name, Given::LargeFile);
                        break; // what comes behind it is not read
                    }
                    Err(error) => return Err(unreadable_form(&error)),
                }
            };
            given.insert(name, value);
        }
        Ok(Self { given, ..Self::default() })
    }
}

/// Why a JSON value can't be read: a text with half of a surrogate pair in it, or a number or depth
/// beyond bounds.
fn unreadable_value(json: &str) -> String {
    if !json.starts_with('"') {
        return "Not a valid value.".to_owned();
    }
    let escapes = json.match_indices("\\u").filter(|(at, _)| {
        let backslashes = json[..*at].bytes().rev().take_while(|byte| *byte == b'\\').count();
        backslashes % 2 == 0
    });
    let mut units = escapes.filter_map(|(at, _)| Some((at, u16::from_str_radix(json.get(at + 2..at + 6)?, 16).ok()?)));
    let mut leading: Option<(usize, u16)> = None;
    let lone = loop {
        match (leading.take(), units.next()) {
            (Some((at, _)), Some((next, 0xdc00..=0xdfff))) if next == at + 6 => {}
            (Some((_, unit)), _) | (None, Some((_, unit @ 0xdc00..=0xdfff))) => break Some(unit),
            (None, Some((at, unit @ 0xd800..=0xdbff))) => leading = Some((at, unit)),
            (None, Some(_)) => {}
            (None, None) => break None,
        }
    };
    lone.map_or_else(
        || "Not a valid string.".to_owned(),
        |unit| format!("Surrogate characters are not allowed: U+{unit:X}."),
    )
}

/// What is said of a JSON value that is no object; kinds are called as Python calls them.
fn no_dictionary(json: &str) -> String {
    let kind = match json.bytes().next() {
        Some(b'n') => return "No data provided".to_owned(),
        Some(b'[') => "list",
        Some(b'"') => "str",
        Some(b't' | b'f') => "bool",
        _ if json.contains(['.', 'e', 'E']) => "float",
        _ => "int",
    };
    format!("Invalid data. Expected a dictionary, but got {kind}.")
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = DrfError;

    async fn from_request(request: Request, state: &S) -> Result<Self, DrfError> {
        let kind = media_type(request.headers());
        if kind == "multipart/form-data" {
            let Some(request) = not_empty(request).await else { return Ok(Self::default()) };
            let form = Multipart::from_request(request, state)
                .await
                .map_err(|rejection| malformed(&format!("Multipart form parse error - {}", rejection.body_text())))?;
            return Self::of_multipart(form).await;
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| unreadable(&rejection))?;
        if bytes.len() > LARGEST_BODY {
            return Err(too_large()); // an operation that takes files takes longer bodies for them alone
        }
        if bytes.trim_ascii().is_empty() {
            return Ok(Self::default());
        }
        match kind.as_str() {
            "application/json" => Self::of_json(&bytes),
            "application/x-www-form-urlencoded" => Ok(Self::of_pairs(&bytes, Given::Form)),
            _ => {
                let detail = format!("Unsupported media type \"{kind}\" in request.");
                Err(DrfError::detail(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail))
            }
        }
    }
}

/// The request, unless its body holds nothing.
async fn not_empty(request: Request) -> Option<Request> {
    let (parts, body) = request.into_parts();
    let mut chunks = body.into_data_stream();
    let first = loop {
        match chunks.next().await? {
            Ok(chunk) if chunk.trim_ascii().is_empty() => {}
            first => break first,
        }
    };
    let chunks = futures::stream::once(std::future::ready(first)).chain(chunks);
    Some(Request::from_parts(parts, Body::from_stream(chunks)))
}

fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn unreadable(rejection: &BytesRejection) -> DrfError {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE { too_large() } else { malformed(&rejection.body_text()) }
}

fn unreadable_form(error: &MultipartError) -> DrfError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_large();
    }
    malformed(&format!("Multipart form parse error - {}", error.body_text()))
}

fn too_large() -> DrfError {
    DrfError::detail(StatusCode::PAYLOAD_TOO_LARGE, "The body must have at most 1 MiB.")
}

fn malformed(detail: &str) -> DrfError {
    DrfError::detail(StatusCode::BAD_REQUEST, detail)
}
