//! Bodies and query parameters: read by field, so that everything that is wrong is answered at once.

use std::collections::HashMap;

use axum::body::Bytes;
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
    /// In a form, in a query, or as a JSON string.
    Text(String),
    /// In JSON, something else.
    Json(Value),
    /// What can't be read, and why.
    Unreadable(&'static str),
}

/// The fields of a body: a JSON object, a form, or a multipart form. A request without a body has none.
///
/// A reader of a field that does not fit notes that and answers a stand-in, which is never used:
/// [`Self::check`] comes before.
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
            Given::Text(text) => text.trim().to_owned(),
            Given::Json(Value::Null) => return Some(None),
            Given::Json(Value::Number(number)) => number.to_string(),
            Given::Json(_) => return Some(Some(self.refused(name, "Not a valid string."))),
            Given::Unreadable(reason) => {
                let reason = *reason;
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
            Some(Given::Text(whole)) if !text.is_empty() => whole.clone(),
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
            Given::Json(Value::Null) => Err("This field may not be null."),
            Given::Json(Value::Number(number)) => number.as_i64().ok_or("A valid integer is required."),
            Given::Text(text) => text.trim().parse().map_err(|_| "A valid integer is required."),
            Given::Json(_) => Err("A valid integer is required."),
            Given::Unreadable(reason) => Err(*reason),
        };
        Some(id.unwrap_or_else(|reason| {
            self.errors.add(name, reason);
            0
        }))
    }

    /// Yes or no, if it is given.
    pub fn optional_bool(&mut self, name: &'static str) -> Option<bool> {
        let word = match self.given.get(name)? {
            Given::Json(Value::Bool(value)) => return Some(*value),
            Given::Json(Value::Null) => {
                self.errors.add(name, "This field may not be null.");
                return Some(false);
            }
            Given::Json(value) => value.to_string(),
            Given::Text(text) => text.trim().to_ascii_lowercase(),
            Given::Unreadable(_) => String::new(),
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
        let word = self.text(name);
        self.chosen(name, &word, parse)
    }

    /// One of some words, if one is given.
    pub fn optional_choice<T>(&mut self, name: &'static str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let word = self.optional_text(name)??;
        self.chosen(name, &word, parse)
    }

    fn chosen<T>(&mut self, name: &'static str, word: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let chosen = parse(word);
        if chosen.is_none() && !word.is_empty() {
            self.errors.add(name, format!("\"{word}\" is not a valid choice."));
        }
        chosen
    }

    /// A whole number of at least `least`, if one is given.
    pub fn optional_number(&mut self, name: &'static str, least: u32) -> Option<u32> {
        let number = self.optional_id(name)?;
        match u32::try_from(number) {
            Ok(number) if number >= least => Some(number),
            Ok(_) => self.out_of_bounds(name, &format!("greater than or equal to {least}")),
            Err(_) if number < 0 => self.out_of_bounds(name, &format!("greater than or equal to {least}")),
            Err(_) => self.out_of_bounds(name, &format!("less than or equal to {}", u32::MAX)),
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
        Ok(std::mem::take(&mut self.errors).check()?)
    }

    /// The same; when something does not fit, what `others` says of other fields is answered too.
    ///
    /// # Errors
    /// What does not fit.
    pub fn check_beside(&mut self, others: impl FnOnce() -> FieldErrors) -> Result<(), DrfError> {
        std::mem::take(&mut self.errors).check().map_err(|errors| errors.beside(others()).into())
    }

    fn blank_or_null(&self, name: &str) -> &'static str {
        match self.given.get(name) {
            Some(Given::Json(Value::Null)) => "This field may not be null.",
            _ => "This field may not be blank.",
        }
    }

    fn refused(&mut self, name: &'static str, reason: &str) -> String {
        self.errors.add(name, reason);
        String::new()
    }

    fn of_pairs(pairs: url::form_urlencoded::Parse<'_>) -> Self {
        let given = pairs.map(|(name, value)| (name.into_owned(), Given::Text(value.into_owned()))).collect();
        Self { given, ..Self::default() }
    }

    fn of_json(bytes: &[u8]) -> Result<Self, DrfError> {
        // Each value is read by itself, so that a text that is none (a lone surrogate) names its field.
        let values: HashMap<String, Box<RawValue>> = match serde_json::from_slice(bytes) {
            Ok(values) => values,
            Err(error) if error.is_data() => {
                let message = format!("Invalid data. Expected a dictionary, but got {}.", kind(bytes));
                return Err(DrfError::non_field(message));
            }
            Err(error) => {
                return Err(DrfError::detail(StatusCode::BAD_REQUEST, format!("JSON parse error - {error}")));
            }
        };
        let given = values.into_iter().map(|(name, value)| {
            let given = match serde_json::from_str(value.get()) {
                Ok(Value::String(text)) => Given::Text(text),
                Ok(value) => Given::Json(value),
                Err(_) if value.get().starts_with('"') => Given::Unreadable("Surrogate characters are not allowed."),
                Err(_) => Given::Unreadable("Not a valid value."),
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
                Given::Unreadable("Not a valid string.")
            } else {
                Given::Text(field.text().await.map_err(|error| unreadable_form(&error))?)
            };
            given.insert(name, value);
        }
        Ok(Self { given, ..Self::default() })
    }
}

/// What Python calls the kind of a JSON value.
fn kind(bytes: &[u8]) -> &'static str {
    match bytes.trim_ascii_start().first() {
        Some(b'[') => "list",
        Some(b'"') => "str",
        Some(b't' | b'f') => "bool",
        Some(b'n') => "NoneType",
        _ => "number",
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = DrfError;

    async fn from_request(request: Request, state: &S) -> Result<Self, DrfError> {
        let kind = media_type(request.headers());
        if kind == "multipart/form-data" {
            let form = Multipart::from_request(request, state).await.map_err(|rejection| {
                let detail = format!("Multipart form parse error - {}", rejection.body_text());
                DrfError::detail(StatusCode::BAD_REQUEST, detail)
            })?;
            return Self::of_multipart(form).await;
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| unreadable(&rejection))?;
        if bytes.trim_ascii().is_empty() {
            return Ok(Self::default());
        }
        match kind.as_str() {
            "application/json" => Self::of_json(&bytes),
            "application/x-www-form-urlencoded" => Ok(Self::of_pairs(url::form_urlencoded::parse(&bytes))),
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
        Ok(Self(Fields::of_pairs(url::form_urlencoded::parse(query.as_bytes()))))
    }
}
