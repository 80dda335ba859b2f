//! Input that does not fit: every message names its field.

use std::collections::BTreeMap;

/// What is wrong, by field.
#[derive(Debug, Clone, Default, PartialEq, Eq, thiserror::Error)]
#[error("input does not fit: {}", self.0.keys().copied().collect::<Vec<_>>().join(", "))]
pub struct FieldErrors(BTreeMap<&'static str, Vec<String>>);

impl FieldErrors {
    /// One message about one field.
    pub fn one(field: &'static str, message: impl Into<String>) -> Self {
        let mut errors = Self::default();
        errors.add(field, message);
        errors
    }

    /// Adds a message about a field.
    pub fn add(&mut self, field: &'static str, message: impl Into<String>) {
        self.0.entry(field).or_default().push(message.into());
    }

    /// Takes a parsed value, or keeps its message.
    pub fn take<T>(&mut self, field: &'static str, parsed: Result<T, String>) -> Option<T> {
        parsed.map_err(|message| self.add(field, message)).ok()
    }

    /// The same, with what a surface calls a field; what it says of that already, stands.
    #[must_use]
    pub fn renamed(mut self, field: &str, name: &'static str) -> Self {
        if let Some(messages) = self.0.remove(field) {
            self.0.entry(name).or_insert(messages);
        }
        self
    }

    /// Whether something is wrong with a field.
    #[must_use]
    pub fn names(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// With what is wrong with other fields. So a service adds what it finds to the faults that a
    /// surface has found, and everything is answered at once.
    #[must_use]
    pub fn beside(mut self, others: Self) -> Self {
        for (field, messages) in others.0 {
            self.0.entry(field).or_insert(messages);
        }
        self
    }

    /// `Ok` when nothing is wrong.
    ///
    /// # Errors
    /// Itself, when something is.
    pub fn check(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    /// The messages by field.
    #[must_use]
    pub fn into_map(self) -> BTreeMap<&'static str, Vec<String>> {
        self.0
    }
}

/// A line or a paragraph of text: trimmed, at most `longest` characters, no NUL and no control
/// characters but line breaks and tabs. Empty text is `None`. The messages are those of Django REST
/// Framework, which the dialects' frontends know.
///
/// # Errors
/// What is wrong with it.
pub fn text(value: &str, longest: usize) -> Result<Option<String>, String> {
    let value = value.trim();
    if value.contains('\0') {
        return Err("Null characters are not allowed.".to_owned());
    }
    if value.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err("Must not contain control characters.".to_owned());
    }
    if value.chars().count() > longest {
        return Err(format!("Ensure this field has no more than {longest} characters."));
    }
    Ok((!value.is_empty()).then(|| value.to_owned()))
}

/// Said of a text that has to be there and is not.
pub const BLANK: &str = "This field may not be blank.";

/// A [`text`] that has to be there.
///
/// # Errors
/// What is wrong with it.
pub fn required_text(value: &str, longest: usize) -> Result<String, String> {
    text(value, longest)?.ok_or_else(|| BLANK.to_owned())
}

/// The same as [`text`] for a setting that is left (`None`), emptied (`Some(None)`) or set.
///
/// # Errors
/// What is wrong with it.
pub fn optional_text(value: Option<Option<&str>>, longest: usize) -> Result<Option<Option<String>>, String> {
    match value {
        None => Ok(None),
        Some(None) => Ok(Some(None)),
        Some(Some(value)) => text(value, longest).map(Some),
    }
}
