//! Errors as RFC 9457 problem details, with a stable `code` and messages by field.

use std::collections::BTreeMap;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use shared::accounts::{AccountError, PasswordError, SessionError, Unique};
use shared::chats::ChatError;
use shared::connections::ConnectionError;
use shared::contact::ContactError;
use shared::database::DatabaseError;
use shared::exports::ExportError;
use shared::fields::FieldErrors;
use shared::media::{AvatarError, MediaError};
use shared::notifications::NotificationError;
use shared::places::PlaceError;
use shared::ports::rate_limits::TooMany;
use shared::suggestions::SuggestionError;
use utoipa::ToSchema;

/// Seconds after which a client may ask a busy server again.
const BUSY_FOR: u64 = 1;

/// A problem (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemBody {
    /// Always `about:blank`: the `code` tells problems apart.
    #[schema(example = "about:blank")]
    r#type: &'static str,
    /// The status in words.
    #[schema(example = "Not Found")]
    title: String,
    /// The status.
    #[schema(example = 404)]
    status: u16,
    /// Which problem it is. Stable.
    #[schema(example = "not_found")]
    code: &'static str,
    /// What it means here, for people.
    detail: String,
    /// What is wrong, by field.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    errors: BTreeMap<String, Vec<String>>,
}

/// An answer that says what went wrong.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    errors: BTreeMap<String, Vec<String>>,
    retry_after: Option<u64>,
}

impl Problem {
    /// A problem with a stable code.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), errors: BTreeMap::new(), retry_after: None }
    }

    /// Input of which one field does not fit.
    pub fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::invalid(BTreeMap::from([(field.into(), vec![message.into()])]))
    }

    fn invalid(errors: BTreeMap<String, Vec<String>>) -> Self {
        let names: Vec<_> = errors.keys().map(String::as_str).collect();
        let detail = format!("Some input does not fit: {}.", names.join(", "));
        Self { errors, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail) }
    }

    /// What somebody else bears. Beside input that does not fit it is one more thing that does not; alone
    /// it has a code of its own, that of the first.
    fn taken(taken: &[Unique], errors: FieldErrors) -> Self {
        let alone = errors.is_empty();
        let mut errors: BTreeMap<String, Vec<String>> = by_field(errors);
        for one in taken {
            let word = if *one == Unique::Phone { "phone number" } else { one.field() };
            errors.insert(one.field().to_owned(), vec![format!("This {word} is taken.")]);
        }
        let (code, detail) = match taken.first() {
            Some(Unique::Username) | None => ("username_taken", "The username is taken."),
            Some(Unique::Email) => ("email_taken", "The email is taken."),
            Some(Unique::Phone) => ("phone_taken", "The phone number is taken."),
        };
        if alone { Self { errors, ..Self::new(StatusCode::CONFLICT, code, detail) } } else { Self::invalid(errors) }
    }

    /// Nothing is there, or nothing that the caller may see.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "There is no such thing.")
    }

    /// No valid token.
    #[must_use]
    pub fn unauthenticated() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "not_authenticated", "A valid access token is needed.")
    }

    /// The same error, where a body names the city.
    pub(crate) fn of_city(error: PlaceError) -> Self {
        match error {
            PlaceError::Unknown(_) => Self::field("city_id", "There is no such city."),
            error => error.into(),
        }
    }

    /// A picture was not taken in, which the operation calls `field`.
    pub(super) fn of_media(error: MediaError, field: &'static str) -> Self {
        match error {
            MediaError::Refused(error) => Self::field(field, error.to_string()),
            MediaError::Busy | MediaError::TooLate => Self::busy(error),
            MediaError::Store(error) => {
                tracing::warn!(%error, "the media store is away");
                Self::busy("the media store is away")
            }
            MediaError::TooMany(error) => error.into(),
            MediaError::Database(error) => error.into(),
        }
    }

    /// A key that was used for something else.
    pub(super) fn key_mismatch(field: &str, error: &dyn std::fmt::Display) -> Self {
        Self {
            errors: BTreeMap::from([(field.to_owned(), vec![sentence(error)])]),
            ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "key_mismatch", sentence(error))
        }
    }

    pub(super) fn conflict(code: &'static str, detail: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::CONFLICT, code, sentence(&detail))
    }

    /// The server has too much to do, for a moment.
    pub fn busy(detail: impl std::fmt::Display) -> Self {
        Self { retry_after: Some(BUSY_FOR), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", sentence(&detail)) }
    }

    fn failed(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "a request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "failed", "Something failed here. It has been noted.")
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Which problem it is.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Seconds after which it may be tried again.
    #[must_use]
    pub fn retry_after(&self) -> Option<u64> {
        self.retry_after
    }

    /// What is wrong, by field.
    #[must_use]
    pub fn into_errors(self) -> BTreeMap<String, Vec<String>> {
        self.errors
    }
}

fn by_field(errors: FieldErrors) -> BTreeMap<String, Vec<String>> {
    errors.into_map().into_iter().map(|(field, messages)| (field.to_owned(), messages)).collect()
}

/// An error's text as a sentence.
pub(crate) fn sentence(text: &dyn std::fmt::Display) -> String {
    let text = text.to_string();
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = ProblemBody {
            r#type: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Problem").to_owned(),
            status: self.status.as_u16(),
            code: self.code,
            detail: self.detail,
            errors: self.errors,
        };
        let mut response = (self.status, axum::Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<FieldErrors> for Problem {
    fn from(errors: FieldErrors) -> Self {
        Self::invalid(by_field(errors))
    }
}

impl From<TooMany> for Problem {
    fn from(TooMany { retry_after }: TooMany) -> Self {
        let detail = format!("Too many requests; try again in {retry_after} s.");
        Self { retry_after: Some(retry_after), ..Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many", detail) }
    }
}

impl From<DatabaseError> for Problem {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::Busy(error) => {
                tracing::warn!(%error, "the database is busy");
                Self::busy("the database is busy")
            }
            DatabaseError::Failed(_) | DatabaseError::NotMigrated | DatabaseError::ClockSkew(_) => Self::failed(&error),
        }
    }
}

impl From<PasswordError> for Problem {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Busy => Self::busy(error),
            PasswordError::Failed(_) => Self::failed(&error),
        }
    }
}

impl From<AvatarError> for Problem {
    fn from(error: AvatarError) -> Self {
        match error {
            AvatarError::Ended => Self::unauthenticated(),
            AvatarError::Media(error) => Self::of_media(error, "avatar"),
            AvatarError::Database(error) => error.into(),
        }
    }
}

impl From<AccountError> for Problem {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Invalid(errors) => errors.into(),
            AccountError::Taken { taken, errors } => Self::taken(&taken, errors),
            AccountError::NotFound => Self::not_found(),
            AccountError::Ended => Self::unauthenticated(),
            AccountError::Media(error) => Self::of_media(error, "avatar"),
            AccountError::SpentLink => Self::new(StatusCode::GONE, "spent_link", sentence(&error)),
            AccountError::Password(error) => error.into(),
            AccountError::TooMany(error) => error.into(),
            AccountError::Database(error) => error.into(),
        }
    }
}

impl From<PlaceError> for Problem {
    fn from(error: PlaceError) -> Self {
        match error {
            PlaceError::Invalid(errors) => errors.into(),
            PlaceError::Unknown(_) | PlaceError::NotFound => Self::not_found(),
            PlaceError::Ended => Self::unauthenticated(),
            PlaceError::Apart => Self::field("city", sentence(&error)),
            PlaceError::TooMany(_) => Self::conflict("too_many_addresses", error),
            PlaceError::Database(error) => error.into(),
        }
    }
}

impl From<ExportError> for Problem {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::TooMany(error) => error.into(),
            ExportError::Account(error) => error.into(),
            ExportError::Session(error) => error.into(),
            ExportError::Place(error) => error.into(),
            ExportError::Connection(error) => error.into(),
            ExportError::Suggestion(error) => error.into(),
            ExportError::Notification(error) => error.into(),
            ExportError::Chat(error) => error.into(),
            ExportError::Contact(error) => error.into(),
            ExportError::Listing(error) => error.into(),
            ExportError::Support(error) => error.into(),
            ExportError::Report(error) => error.into(),
        }
    }
}

impl From<ContactError> for Problem {
    fn from(error: ContactError) -> Self {
        match error {
            ContactError::Invalid(errors) => errors.into(),
            ContactError::NotFound => Self::not_found(),
            ContactError::NotStaff(error) => error.into(),
            ContactError::TooMany(error) => error.into(),
            ContactError::Database(error) => error.into(),
        }
    }
}

impl From<SessionError> for Problem {
    fn from(error: SessionError) -> Self {
        let unauthorized = |code| Self::new(StatusCode::UNAUTHORIZED, code, sentence(&error));
        match error {
            SessionError::Invalid(errors) => errors.into(),
            SessionError::WrongCredentials => unauthorized("wrong_credentials"),
            SessionError::InvalidToken => unauthorized("invalid_token"),
            SessionError::Reused => unauthorized("token_reused"),
            SessionError::NotActive { .. } => Self::new(StatusCode::FORBIDDEN, "not_active", sentence(&error)),
            SessionError::NotFound => Self::not_found(),
            SessionError::Password(error) => error.into(),
            SessionError::TooMany(error) => error.into(),
            SessionError::Database(error) => error.into(),
        }
    }
}

impl From<ConnectionError> for Problem {
    fn from(error: ConnectionError) -> Self {
        match error {
            ConnectionError::Invalid(errors) => errors.into(),
            ConnectionError::NotFound => Self::not_found(),
            ConnectionError::Oneself => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "oneself", sentence(&error)),
            ConnectionError::AlreadyConnected => Self::conflict("already_connected", error),
            ConnectionError::AlreadyPending => Self::conflict("already_pending", error),
            ConnectionError::AlreadyDecided(_) => Self::conflict("already_decided", error),
            ConnectionError::NotYours => Self::new(StatusCode::FORBIDDEN, "not_yours", sentence(&error)),
            ConnectionError::TooManySent => Self::conflict("too_many_sent", error),
            ConnectionError::TooManyReceived => Self::conflict("too_many_received", error),
            ConnectionError::KeyMismatch => Self::key_mismatch("Idempotency-Key", &error),
            ConnectionError::TooMany(error) => error.into(),
            ConnectionError::Database(error) => error.into(),
        }
    }
}

impl From<ChatError> for Problem {
    fn from(error: ChatError) -> Self {
        match error {
            ChatError::Invalid(errors) => errors.into(),
            ChatError::NotFound => Self::not_found(),
            ChatError::Oneself => Self::new(StatusCode::UNPROCESSABLE_ENTITY, "oneself", sentence(&error)),
            ChatError::NotYours => Self::new(StatusCode::FORBIDDEN, "not_yours", sentence(&error)),
            ChatError::KeyMismatch => Self::key_mismatch("Idempotency-Key", &error),
            ChatError::ClientIdMismatch => Self::key_mismatch("client_id", &error),
            ChatError::TooMany(error) => error.into(),
            ChatError::Database(error) => error.into(),
        }
    }
}

impl From<SuggestionError> for Problem {
    fn from(error: SuggestionError) -> Self {
        match error {
            SuggestionError::NotFound => Self::not_found(),
            SuggestionError::NotYours => Self::new(StatusCode::FORBIDDEN, "not_yours", sentence(&error)),
            SuggestionError::Database(error) => error.into(),
        }
    }
}

impl From<NotificationError> for Problem {
    fn from(error: NotificationError) -> Self {
        match error {
            NotificationError::Invalid(errors) => errors.into(),
            NotificationError::NotFound | NotificationError::NoRecipient => Self::not_found(),
            NotificationError::NotYours => Self::new(StatusCode::FORBIDDEN, "not_yours", sentence(&error)),
            NotificationError::Database(error) => error.into(),
        }
    }
}
