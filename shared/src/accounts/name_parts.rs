//! A person's name in two parts, for surfaces that know it so. The name itself is `full_name`; how its
//! owner split it is kept beside it, and counts only while the two still make it.

use super::model::NameChange;
use crate::entities::account;
use crate::fields::{FieldErrors, optional_text};

/// The longest part, and the longest name that the two make, in characters: that of a `full_name`.
const LONGEST_NAME: usize = 150;

impl NameChange {
    /// The same, cleaned of surrounding space, with empty text as nothing. What does not fit goes to
    /// `errors`.
    pub(super) fn check(&self, errors: &mut FieldErrors) -> Self {
        let mut take = |field, value: &Option<Option<String>>| {
            errors.take(field, optional_text(value.as_ref().map(Option::as_deref), LONGEST_NAME)).flatten()
        };
        Self { first: take("first_name", &self.first), last: take("last_name", &self.last) }
    }

    /// Whether the name that it makes of an account's is one that every surface takes; else `errors` says so of
    /// the last name, or of the first where it alone is given.
    pub(super) fn check_joined(&self, account: &account::Model, errors: &mut FieldErrors) {
        let field = match self {
            Self { last: Some(_), .. } => "last_name",
            Self { first: Some(_), .. } => "first_name",
            Self { .. } => return,
        };
        let (first, last) = self.clone().over(account);
        if joined(first.as_deref(), last.as_deref()).is_some_and(|name| name.chars().count() > LONGEST_NAME) {
            errors.add(field, format!("Ensure this field has no more than {LONGEST_NAME} characters."));
        }
    }

    /// The two parts with what is given, and else as the account has them.
    fn over(self, account: &account::Model) -> (Option<String>, Option<String>) {
        let (first, last) = parts(account);
        (self.first.unwrap_or(first), self.last.unwrap_or(last))
    }

    /// Writes what is given into an account, and the name that it makes.
    pub(super) fn apply(self, account: &mut account::Model) {
        if self.first.is_none() && self.last.is_none() {
            return;
        }
        let (first, last) = self.over(account);
        account.full_name = joined(first.as_deref(), last.as_deref());
        (account.first_name, account.last_name) = (first, last);
    }
}

/// The first and the last name of an account: as its owner split the name, else at its last space.
pub(super) fn parts(account: &account::Model) -> (Option<String>, Option<String>) {
    let account::Model { full_name, first_name, last_name, .. } = account;
    let Some(full_name) = full_name else { return (None, None) };
    if joined(first_name.as_deref(), last_name.as_deref()).as_ref() == Some(full_name) {
        return (first_name.clone(), last_name.clone());
    }
    match full_name.rsplit_once(char::is_whitespace) {
        Some((first, last)) => (Some(first.trim_end().to_owned()), Some(last.to_owned())),
        None => (Some(full_name.clone()), None),
    }
}

fn joined(first: Option<&str>, last: Option<&str>) -> Option<String> {
    let parts: Vec<&str> = [first, last].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
