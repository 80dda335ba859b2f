//! What can go wrong with accounts and sessions.

use crate::database::DatabaseError;
use crate::fields::FieldErrors;
use crate::media::MediaError;
use crate::ports::rate_limits::TooMany;

use super::password::PasswordError;
use super::tokens::TokenError;

/// What one account alone may bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unique {
    /// Its name.
    Username,
    /// Its email.
    Email,
    /// Its phone number, where a surface says so.
    Phone,
}

impl Unique {
    /// The field.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Username => "username",
            Self::Email => "email",
            Self::Phone => "phone",
        }
    }
}

/// Registration, activation, profiles.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// Input that does not fit.
    #[error(transparent)]
    Invalid(#[from] FieldErrors),
    /// Somebody bears what can be borne once; and what else does not fit.
    #[error("taken: {}", .taken.iter().map(|one| one.field()).collect::<Vec<_>>().join(", "))]
    Taken {
        /// What is borne, at least one.
        taken: Vec<Unique>,
        /// What else does not fit.
        errors: FieldErrors,
    },
    /// No such account, or not for the caller to see.
    #[error("no such account")]
    NotFound,
    /// The caller's own account has ended since they showed who they are.
    #[error("the account has ended")]
    Ended,
    /// A picture was not taken in, through no fault of its own.
    #[error(transparent)]
    Media(MediaError),
    /// The link was used, is too old, or never was.
    #[error("the link was used already, or is too old")]
    SpentLink,
    /// Too many password hashes are running.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// It happened too often.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// The caller is not one of the staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("only staff may do this")]
pub struct NotStaff;

/// Suspending accounts.
#[derive(Debug, thiserror::Error)]
pub enum SuspensionError {
    /// Only staff may.
    #[error(transparent)]
    NotStaff(#[from] NotStaff),
    /// Input that does not fit.
    #[error(transparent)]
    Invalid(#[from] FieldErrors),
    /// No such account, or its owner has deleted it.
    #[error("there is no such account")]
    NotFound,
    /// The staff, oneself too, can't be suspended.
    #[error("this account is one of the staff")]
    OfStaff,
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<sea_orm::DbErr> for SuspensionError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}

/// Signing in, refreshing, and whatever needs a session.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// Input that does not fit.
    #[error(transparent)]
    Invalid(#[from] FieldErrors),
    /// No account has this name and password, or it is suspended.
    #[error("the name or the password is wrong")]
    WrongCredentials,
    /// The password is right, but the account waits for its activation. A new mail was sent, unless one was
    /// a moment ago.
    #[error("the account is not active yet{}", if *.refused { "; its email takes no mail" } else { "" })]
    NotActive {
        /// Whether a mail server has refused its email for good.
        refused: bool,
    },
    /// The token is malformed, expired, of another kind, or its session has ended.
    #[error("the token is not valid")]
    InvalidToken,
    /// An old refresh token came again: its session has been ended.
    #[error("the refresh token was used before; its session has been ended")]
    Reused,
    /// No such session among the caller's.
    #[error("no such session")]
    NotFound,
    /// Too many password hashes are running.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// It happened too often.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl AccountError {
    /// Somebody bears this.
    pub(super) fn taken(one: Unique) -> Self {
        Self::Taken { taken: vec![one], errors: FieldErrors::default() }
    }

    /// Refuses what is taken and what does not fit, together.
    pub(super) fn refuse(taken: Vec<Unique>, errors: FieldErrors) -> Result<(), Self> {
        if taken.is_empty() { Ok(errors.check()?) } else { Err(Self::Taken { taken, errors }) }
    }
}

impl From<AccountError> for SessionError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Invalid(errors) | AccountError::Taken { errors, .. } => Self::Invalid(errors),
            AccountError::NotFound | AccountError::Ended | AccountError::SpentLink | AccountError::Media(_) => {
                Self::InvalidToken
            }
            AccountError::Password(error) => Self::Password(error),
            AccountError::TooMany(error) => Self::TooMany(error),
            AccountError::Database(error) => Self::Database(error),
        }
    }
}

impl From<MediaError> for AccountError {
    fn from(error: MediaError) -> Self {
        match error {
            MediaError::Refused(error) => FieldErrors::one("avatar", error.to_string()).into(),
            MediaError::Database(error) => Self::Database(error),
            MediaError::TooMany(error) => Self::TooMany(error),
            error => Self::Media(error),
        }
    }
}

impl From<sea_orm::DbErr> for AccountError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}

impl From<sea_orm::DbErr> for SessionError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}

impl From<TokenError> for SessionError {
    fn from(_: TokenError) -> Self {
        Self::InvalidToken
    }
}
