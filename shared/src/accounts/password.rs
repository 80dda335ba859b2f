//! Passwords: argon2id, off the async threads, a bounded number at once.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;
use tokio::sync::oneshot;

/// The fewest characters.
const SHORTEST: usize = 8;
/// The most characters: hashing cost must not be the client's to choose.
const LONGEST: usize = 256;
/// How long a hash may wait for its turn before the answer is "try again".
const PATIENCE: Duration = Duration::from_secs(2);

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

/// Hashes and compares.
#[derive(Debug, Clone)]
pub struct Passwords {
    permits: Arc<Semaphore>,
}

/// What a password of an account that does not exist is compared with, so that an unknown name
/// costs what a known one does.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody has this password").unwrap_or_default());

impl Passwords {
    /// At most `at_once` run at once.
    #[must_use]
    pub fn new(at_once: usize) -> Self {
        Self { permits: Arc::new(Semaphore::new(at_once)) }
    }

    /// Whether `password` may be one for an account with these names.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check_rules(password: &str, names: &[&str]) -> Result<(), String> {
        let length = password.chars().count();
        if length < SHORTEST {
            return Err(format!("This password is too short. It must contain at least {SHORTEST} characters."));
        }
        if length > LONGEST {
            return Err(format!("This password is too long. It must contain at most {LONGEST} characters."));
        }
        if password.chars().all(|c| c.is_ascii_digit()) {
            return Err("This password is entirely numeric.".to_owned());
        }
        let lower = password.to_lowercase();
        if names.iter().any(|name| !name.is_empty() && name.to_lowercase() == lower) {
            return Err("The password is too similar to the username.".to_owned());
        }
        Ok(())
    }

    /// Hashes (argon2id, m=19456 KiB, t=2, p=1) into a PHC string.
    ///
    /// # Errors
    /// Too many are running.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        self.run(move || hash(&password)).await?
    }

    /// Whether `password` is the one of `hash`; without a hash it costs the same and is not.
    ///
    /// # Errors
    /// Too many are running.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, PasswordError> {
        self.run(move || {
            let (stored, known) = hash.as_deref().map_or((NOBODY.as_str(), false), |hash| (hash, true));
            let parsed = PasswordHash::new(stored).map_err(|error| PasswordError::Failed(error.to_string()))?;
            let matches = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
            Ok(matches && known)
        })
        .await?
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, PasswordError> {
        let permit = tokio::time::timeout(PATIENCE, Arc::clone(&self.permits).acquire_owned())
            .await
            .map_err(|_| PasswordError::Busy)?
            .map_err(|_| PasswordError::Busy)?;
        let (sender, receiver) = oneshot::channel();
        // The permit goes with the work: a caller that leaves does not let another begin.
        tokio::task::spawn_blocking(move || {
            let result = work();
            drop(permit);
            let _ = sender.send(result);
        });
        receiver.await.map_err(|_| PasswordError::Failed("the hashing thread ended".to_owned()))
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
    fn the_parameters_are_at_least_the_promised_ones() {
        let hash = hash("correct horse").expect("hashes");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    }
}
