//! Bodies and query parameters: read by field, so that everything that is wrong is answered at once.

use std::collections::HashMap;

use axum::body::{Body, Bytes};
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use serde_json::Value;
use serde_json::value::RawValue;
use shared::fields::FieldErrors;

use super::DrfError;

/// What a client gave for a field.
#[derive(Debug)]
enum Given {
    /// As a JSON string, or in a query.
    Text(String),
    /// In a form, where blank is the one word for nothing.
    Form(String),
    /// As a JSON number, as it is written.
    Number(String),
    /// In JSON, something else.
    Json(Value),
    /// What can't be read, and why.
    Unreadable(String),
}

/// The fields of a body: a JSON object, a form, or a multipart form. A request without a body has none.
///
/// A reader of a field that does not fit notes that and answers a stand-in, which is never used:
/// [`Self::check`] comes before, or a service that is given [`Self::faults`] refuses.
#[derive(Debug, Default)]
pub struct Fields {
    given: HashMap<String, Given>,
    errors: FieldErrors,
}

impl Fields {
    /// Whether something is given for a field.
    #[must_use]
    pub fn given(&self, name: &str) -> bool {
        self.given.contains_key(name)
    }

    /// A text that must be there and not blank, without the space around it.
    pub fn text(&mut self, name: &'static str) -> String {
        match self.optional_text(name) {
            Some(Some(text)) => text,
            Some(None) => self.refused(name, self.blank_or_null(name)),
            None => self.refused(name, "This field is required."),
        }
    }

    /// A text that may be left out (`None`), or be blank or null (`Some(None)`).
    pub fn optional_text(&mut self, name: &'static str) -> Option<Option<String>> {
        let text = match self.given.get(name)? {
            Given::Text(text) | Given::Form(text) => text.trim().to_owned(),
            Given::Number(digits) => digits.clone(),
            Given::Json(Value::Null) => return Some(None),
            Given::Json(_) => return Some(Some(self.refused(name, "Not a valid string."))),
            Given::Unreadable(reason) => {
                let reason = reason.clone();
                return Some(Some(self.refused(name, reason)));
            }
        };
        if text.contains('\0') {
            return Some(Some(self.refused(name, "Null characters are not allowed.")));
        }
        Some(Some(text).filter(|text| !text.is_empty()))
    }

    /// A text that must be there, with whatever space is around it: a password.
    pub fn secret(&mut self, name: &'static str) -> String {
        let text = self.text(name);
        match self.given.get(name) {
            Some(Given::Text(whole) | Given::Form(whole)) if !text.is_empty() => whole.clone(),
            _ => text,
        }
    }

    /// An id that must be there: an integer, or a text that holds one.
    pub fn id(&mut self, name: &'static str) -> i64 {
        self.optional_id(name).unwrap_or_else(|| {
            self.errors.add(name, "This field is required.");
            0
        })
    }

    /// An id that may be left out.
    pub fn optional_id(&mut self, name: &'static str) -> Option<i64> {
        let id = match self.given.get(name)? {
            Given::Form(text) if text.trim().is_empty() => return None,
            Given::Text(text) | Given::Form(text) | Given::Number(text) => integer(text),
            Given::Json(Value::Null) => Err("This field may not be null."),
            Given::Json(_) | Given::Unreadable(_) => integer(""),
        };
        Some(id.unwrap_or_else(|reason| {
            self.errors.add(name, reason);
            0
        }))
    }

    /// Yes or no, if it is given.
    pub fn optional_bool(&mut self, name: &'static str) -> Option<bool> {
        let word = match self.given.get(name)? {
            Given::Form(text) if text.trim().is_empty() => return None,
            Given::Text(text) | Given::Form(text) | Given::Number(text) => text.trim().to_ascii_lowercase(),
            Given::Json(Value::Bool(value)) => return Some(*value),
            Given::Json(Value::Null) => {
                self.errors.add(name, "This field may not be null.");
                return Some(false);
            }
            Given::Json(_) | Given::Unreadable(_) => String::new(),
        };
        match word.as_str() {
            "true" | "t" | "yes" | "y" | "on" | "1" => Some(true),
            "false" | "f" | "no" | "n" | "off" | "0" => Some(false),
            _ => {
                self.errors.add(name, "Must be a valid boolean.");
                Some(false)
            }
        }
    }

    /// One of some words that must be there.
    pub fn choice<T>(&mut self, name: &'static str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        match self.optional_text(name) {
            Some(Some(word)) => self.chosen(name, &word, parse),
            Some(None) if self.is_null(name) => self.chosen_not(name, "This field may not be null."),
            Some(None) => self.chosen(name, "", parse),
            None => self.chosen_not(name, "This field is required."),
        }
    }

    /// One of some words, if one is given.
    pub fn optional_choice<T>(&mut self, name: &'static str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let word = self.optional_text(name)??;
        self.chosen(name, &word, parse)
    }

    fn chosen<T>(&mut self, name: &'static str, word: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        if self.errors.names(name) {
            return None; // it could not be read
        }
        parse(word).or_else(|| self.chosen_not(name, format!("\"{word}\" is not a valid choice.")))
    }

    fn chosen_not<T>(&mut self, name: &'static str, reason: impl Into<String>) -> Option<T> {
        self.errors.add(name, reason);
        None
    }

    /// A whole number of at least `least`, if one is given.
    pub fn optional_number(&mut self, name: &'static str, least: u32) -> Option<u32> {
        let number = self.optional_id(name).filter(|_| !self.errors.names(name))?;
        match u32::try_from(number) {
            Ok(number) if number >= least => Some(number),
            Err(_) if number > 0 => self.out_of_bounds(name, &format!("less than or equal to {}", u32::MAX)),
            Ok(_) | Err(_) => self.out_of_bounds(name, &format!("greater than or equal to {least}")),
        }
    }

    fn out_of_bounds(&mut self, name: &'static str, bound: &str) -> Option<u32> {
        self.errors.add(name, format!("Ensure this value is {bound}."));
        None
    }

    /// Goes on when every field that was read fits.
    ///
    /// # Errors
    /// What does not.
    pub fn check(&mut self) -> Result<(), DrfError> {
        Ok(self.faults().check()?)
    }

    /// What does not fit, for a service that answers it with what it finds itself.
    pub fn faults(&mut self) -> FieldErrors {
        std::mem::take(&mut self.errors)
    }

    fn blank_or_null(&self, name: &str) -> &'static str {
        if self.is_null(name) { "This field may not be null." } else { "This field may not be blank." }
    }

    fn is_null(&self, name: &str) -> bool {
        matches!(self.given.get(name), Some(Given::Json(Value::Null)))
    }

    fn refused(&mut self, name: &'static str, reason: impl Into<String>) -> String {
        self.errors.add(name, reason);
        String::new()
    }

    fn of_pairs(encoded: &[u8], given: impl Fn(String) -> Given) -> Self {
        let pairs = url::form_urlencoded::parse(encoded);
        let given = pairs.map(|(name, value)| (name.into_owned(), given(value.into_owned()))).collect();
        Self { given, ..Self::default() }
    }

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

    async fn of_multipart(mut form: Multipart) -> Result<Self, DrfError> {
        let mut given = HashMap::new();
        while let Some(field) = form.next_field().await.map_err(|error| unreadable_form(&error))? {
            let Some(name) = field.name().map(str::to_owned) else { continue };
            let value = if field.file_name().is_some() {
                Given::Unreadable("Not a valid string.".to_owned())
            } else {
                Given::Form(field.text().await.map_err(|error| unreadable_form(&error))?)
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

/// An integer, which may be written with zeros behind the point.
fn integer(text: &str) -> Result<i64, &'static str> {
    let text = text.trim();
    let whole = text.split_once('.').filter(|(_, rest)| rest.bytes().all(|digit| digit == b'0'));
    whole.map_or(text, |(whole, _)| whole).parse().map_err(|_| "A valid integer is required.")
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = DrfError;

    async fn from_request(request: Request, state: &S) -> Result<Self, DrfError> {
        let (parts, body) = request.into_parts();
        let kind = media_type(&parts.headers);
        let request = Request::from_parts(parts.clone(), body);
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| unreadable(&rejection))?;
        if bytes.trim_ascii().is_empty() {
            return Ok(Self::default());
        }
        match kind.as_str() {
            "application/json" => Self::of_json(&bytes),
            "multipart/form-data" => {
                let request = Request::from_parts(parts, Body::from(bytes));
                let form = Multipart::from_request(request, state).await.map_err(|rejection| {
                    malformed(&format!("Multipart form parse error - {}", rejection.body_text()))
                })?;
                Self::of_multipart(form).await
            }
            "application/x-www-form-urlencoded" => Ok(Self::of_pairs(&bytes, Given::Form)),
            _ => {
                let detail = format!("Unsupported media type \"{kind}\" in request.");
                Err(DrfError::detail(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail))
            }
        }
    }
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

/// The fields of a query.
#[derive(Debug)]
pub struct QueryFields(pub Fields);

impl<S: Send + Sync> FromRequestParts<S> for QueryFields {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(Fields::of_pairs(query.as_bytes(), Given::Text)))
    }
}
