//! Passwords: argon2id, off the async threads, a bounded number at once.

mod similarity;

use std::collections::HashSet;
use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};

use crate::bounded::{BoundedWork, NotDone};

/// The fewest characters.
const SHORTEST: usize = 8;
/// The most characters of a password, and of what is looked at of one or of a name to sign in with: hashing
/// cost must not be the client's to choose.
pub(super) const LONGEST_CREDENTIAL: usize = 256;
/// Passwords that everybody tries first (see shared/data/README.md).
static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("../../data/common-passwords.txt").lines().collect());

/// A password can't be hashed or compared now.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too many are running.
    #[error("too many sign-ins at once; try again in a moment")]
    Busy,
    /// The library refused, which no input should bring about.
    #[error("the password could not be hashed: {0}")]
    Failed(String),
}

impl From<NotDone> for PasswordError {
    fn from(error: NotDone) -> Self {
        match error {
            NotDone::Busy => Self::Busy,
            NotDone::Ended => Self::Failed(error.to_string()),
        }
    }
}

/// Hashes and compares.
#[derive(Debug, Clone)]
pub struct Passwords {
    work: BoundedWork,
}

/// What a password of an account that does not exist is compared with, so that an unknown name
/// costs what a known one does.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody has this password").unwrap_or_default());

impl Passwords {
    /// At most `at_once` run at once.
    #[must_use]
    pub fn new(at_once: usize) -> Self {
        Self { work: BoundedWork::new(at_once) }
    }

    /// What is wrong with `password` for an account that has these values, each with what it is called;
    /// nothing, when it may be used. The rules and texts are those of Django's four validators
    /// (`django.contrib.auth.password_validation`), and one of our own: at most 256 characters.
    #[must_use]
    pub fn check_rules(password: &str, attributes: &[(&str, Option<&str>)]) -> Vec<String> {
        let length = password.chars().count();
        if length > LONGEST_CREDENTIAL {
            return vec![format!("Ensure this field has no more than {LONGEST_CREDENTIAL} characters.")];
        }
        let mut wrong = Vec::new();
        if let Some(attribute) = similarity::resembled(password, attributes) {
            wrong.push(format!("The password is too similar to the {attribute}."));
        }
        if length < SHORTEST {
            wrong.push(format!("This password is too short. It must contain at least {SHORTEST} characters."));
        }
        if COMMON.contains(password.to_lowercase().trim()) {
            wrong.push("This password is too common.".to_owned());
        }
        if length > 0 && password.chars().all(char::is_numeric) {
            wrong.push("This password is entirely numeric.".to_owned());
        }
        wrong
    }

    /// Hashes (argon2id, m=19456 KiB, t=2, p=1) into a PHC string.
    ///
    /// # Errors
    /// Too many are running.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        self.work.run(move || hash(&password)).await?
    }

    /// Whether `password` is the one of `hash`; without a hash it costs the same and is not.
    ///
    /// # Errors
    /// Too many are running.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, PasswordError> {
        let compare = move || {
            let (stored, known) = hash.as_deref().map_or((NOBODY.as_str(), false), |hash| (hash, true));
            let parsed = PasswordHash::new(stored).map_err(|error| PasswordError::Failed(error.to_string()))?;
            let matches = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
            Ok(matches && known)
        };
        self.work.run(compare).await?
    }
}

fn hash(password: &str) -> Result<String, PasswordError> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| PasswordError::Failed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_are_those_of_django() {
        let attributes = [("username", Some("margaret")), ("email address", Some("peggy.o@example.org"))];
        let check = |password| Passwords::check_rules(password, &attributes);
        assert_eq!(check("correct horse battery"), [] as [&str; 0]);
        assert_eq!(check("margarets7"), ["The password is too similar to the username."]);
        assert_eq!(check("peggy.o@example"), ["The password is too similar to the email address."]);
        assert_eq!(check("Password1"), ["This password is too common."]);
        assert_eq!(
            check("1234"),
            [
                "This password is too short. It must contain at least 8 characters.",
                "This password is too common.",
                "This password is entirely numeric.",
            ]
        );
        assert_eq!(check("82736450918273"), ["This password is entirely numeric."]);
        assert_eq!(check(&"é".repeat(257)), ["Ensure this field has no more than 256 characters."]);
    }

    #[test]
    fn the_parameters_are_at_least_the_promised_ones() {
        let hash = hash("correct horse").expect("hashes");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    }
}
