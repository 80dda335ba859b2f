//! Links that are mailed to people and work once: they activate an account, confirm a new email, or set
//! a forgotten password. Of a token, nothing but its hash is kept.

mod ask;
mod follow;
mod mail;
mod tokens;

use std::sync::Arc;

use chrono::TimeDelta;

use crate::config::{Lifetimes, Limits, RateLimits};
use crate::jobs::Writer;
use crate::jobs::payloads::{AccountActivation, EmailConfirmation, PasswordReset};
use crate::ports::rate_limits::RateLimiter;

pub use ask::Asked;
pub use mail::MailOrder;
pub(super) use tokens::hashed;
pub use tokens::is_token;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Activates an account and confirms its email.
    Activation,
    /// Confirms a new email, which takes the place of the old one.
    EmailChange,
    /// Sets a new password.
    PasswordReset,
}

impl Purpose {
    const ALL: [Self; 3] = [Self::Activation, Self::EmailChange, Self::PasswordReset];

    /// The word in the database.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Activation => "activation",
            Self::EmailChange => "email_change",
            Self::PasswordReset => "password_reset",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == word)
    }

    /// How long a link lives from when its mail was accepted, in seconds.
    #[must_use]
    pub const fn lifetime(self, lifetimes: &Lifetimes) -> i64 {
        match self {
            Self::Activation => lifetimes.activation,
            Self::EmailChange => lifetimes.email_change,
            Self::PasswordReset => lifetimes.password_reset,
        }
    }
}

/// A job of the `email` queue that asks for a link, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkJob {
    /// Activate an account.
    Activation(AccountActivation),
    /// Confirm a new email.
    EmailChange(EmailConfirmation),
    /// Set a new password.
    PasswordReset(PasswordReset),
}

/// Makes links, and does what following them does.
#[derive(Debug, Clone)]
pub struct Links {
    writer: Writer,
    lifetimes: Lifetimes,
    limiter: Arc<dyn RateLimiter>,
    asks_a_minute: u32,
    mails_to_one_a_minute: u32,
    /// How long an account waits between two mails of one purpose.
    pause: TimeDelta,
}

impl Links {
    /// Over the given parts.
    pub fn new(writer: Writer, lifetimes: Lifetimes, limiter: Arc<dyn RateLimiter>, limits: &Limits) -> Self {
        let seconds = if limits.rate_limits == RateLimits::Off { 0 } else { limits.mail_pause };
        let pause = TimeDelta::seconds(seconds);
        let (asks_a_minute, mails_to_one_a_minute) = (limits.registrations_a_minute, limits.mails_to_one_a_minute);
        Self { writer, lifetimes, limiter, asks_a_minute, mails_to_one_a_minute, pause }
    }

    /// How long links of a purpose live, in seconds.
    #[must_use]
    pub fn lifetime(&self, purpose: Purpose) -> i64 {
        purpose.lifetime(&self.lifetimes)
    }
}
