//! Bodies and query parameters: read by field, so that everything that is wrong is answered at once.

mod bodies;

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde_json::Value;
use shared::fields::FieldErrors;

use super::DrfError;

/// Said of what is no file.
const NO_FILE: &str = "The submitted data was not a file. Check the encoding type on the form.";

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
    /// In a multipart form, a file.
    File(Bytes),
    /// A file that goes beyond what the operation takes.
    LargeFile,
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

    /// The same, where it may be left out.
    pub fn text_if_given(&mut self, name: &'static str) -> Option<String> {
        self.given(name).then(|| self.text(name))
    }

    /// A text that may be left out (`None`), or be blank or null (`Some(None)`).
    pub fn optional_text(&mut self, name: &'static str) -> Option<Option<String>> {
        let text = match self.given.get(name)? {
            Given::Text(text) | Given::Form(text) => text.trim().to_owned(),
            Given::Number(digits) => digits.clone(),
            Given::Json(Value::Null) => return Some(None),
            Given::Json(_) | Given::File(_) | Given::LargeFile => {
                return Some(Some(self.refused(name, "Not a valid string.")));
            }
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
            Given::Json(_) | Given::File(_) | Given::LargeFile | Given::Unreadable(_) => integer(""),
        };
        Some(id.unwrap_or_else(|reason| {
            self.errors.add(name, reason);
            0
        }))
    }

    /// The same where null is as if it were left out: a client gives back what it was shown.
    pub fn id_or_null(&mut self, name: &'static str) -> Option<i64> {
        if self.is_null(name) { None } else { self.optional_id(name) }
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
            Given::Json(_) | Given::File(_) | Given::LargeFile | Given::Unreadable(_) => String::new(),
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

    /// A file that must be there. `too_large` is said of one that goes beyond what the operation reads.
    pub fn file(&mut self, name: &'static str, too_large: &impl ToString) -> Bytes {
        let reason = match self.given.get(name) {
            None => "No file was submitted.",
            Some(Given::Json(Value::Null)) => "This field may not be null.",
            Some(Given::Form(text)) if text.trim().is_empty() => NO_FILE,
            Some(_) => return self.optional_file(name, too_large).flatten().unwrap_or_default(),
        };
        self.errors.add(name, reason);
        Bytes::new()
    }

    /// Whether a file was too large: what came behind it was not read.
    #[must_use]
    pub fn cut_short(&self) -> bool {
        self.given.values().any(|given| matches!(given, Given::LargeFile))
    }

    /// A file that may be left out (`None`), or be blank or null (`Some(None)`). `too_large` is said of one
    /// that goes beyond what the operation reads.
    pub fn optional_file(&mut self, name: &'static str, too_large: &impl ToString) -> Option<Option<Bytes>> {
        let reason = match self.given.get(name)? {
            Given::File(bytes) => return Some(Some(bytes.clone())),
            Given::Json(Value::Null) => return Some(None),
            Given::Form(text) if text.trim().is_empty() => return Some(None),
            Given::LargeFile => too_large.to_string(),
            Given::Text(_) | Given::Form(_) | Given::Number(_) | Given::Json(_) | Given::Unreadable(_) => {
                NO_FILE.to_owned()
            }
        };
        self.errors.add(name, reason);
        None
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

    /// A list, if one is given: a JSON array, or in a form a text that holds one. `read` says of an item that does
    /// not fit what is wrong with it.
    pub fn optional_list<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(&Value) -> Result<T, String>,
    ) -> Option<Vec<T>> {
        let parsed;
        let given = match self.given.get(name)? {
            Given::Form(text) if text.trim().is_empty() => return None,
            Given::Json(value) => value,
            Given::Text(text) | Given::Form(text) => {
                parsed = serde_json::from_str(text).unwrap_or(Value::String(String::new()));
                &parsed
            }
            Given::Number(_) | Given::File(_) | Given::LargeFile => &Value::Bool(false),
            Given::Unreadable(reason) => {
                let reason = reason.clone();
                return self.chosen_not(name, reason);
            }
        };
        let read = match given {
            Value::Array(items) => items.iter().map(read).collect::<Result<_, _>>(),
            Value::Null => Err("This field may not be null.".to_owned()),
            _ => Err("Expected a list of items.".to_owned()),
        };
        match read {
            Ok(items) => Some(items),
            Err(reason) => self.chosen_not(name, reason),
        }
    }

    /// A list that must be there, as [`Self::optional_list`] reads it; `None` when it does not fit.
    pub fn list<T>(&mut self, name: &'static str, read: impl Fn(&Value) -> Result<T, String>) -> Option<Vec<T>> {
        let list = self.optional_list(name, read);
        if list.is_none() && !self.errors.names(name) {
            return self.chosen_not(name, "This field is required.");
        }
        list
    }

    /// A number in hundredths of at least 0, if one is given; it is rounded.
    pub fn optional_hundredths(&mut self, name: &'static str) -> Option<u32> {
        let text = self.optional_text(name)??;
        if self.errors.names(name) {
            return None; // it could not be read
        }
        let hundredths = text.parse::<f64>().ok().filter(|number| (0.0..1e6).contains(number));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies between 0 and 10^8")]
        match hundredths {
            Some(number) => Some((number * 100.0).round() as u32),
            None => self.chosen_not(name, "A valid number is required."),
        }
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
}

/// An integer, which may be written with zeros behind the point.
fn integer(text: &str) -> Result<i64, &'static str> {
    let text = text.trim();
    let whole = text.split_once('.').filter(|(_, rest)| rest.bytes().all(|digit| digit == b'0'));
    whole.map_or(text, |(whole, _)| whole).parse().map_err(|_| "A valid integer is required.")
}

/// The fields of a query.
#[derive(Debug)]
pub struct QueryFields(pub Fields);

impl QueryFields {
    /// Those of a request.
    #[must_use]
    pub fn of(parts: &Parts) -> Self {
        Self(Fields::of_pairs(parts.uri.query().unwrap_or_default().as_bytes(), Given::Text))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for QueryFields {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::of(parts))
    }
}
