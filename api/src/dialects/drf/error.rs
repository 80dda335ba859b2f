//! Errors as Django REST Framework shows them: `{"detail": "…"}`, or messages by field.

use std::collections::BTreeMap;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};
use shared::accounts::{AccountError, PasswordError, SessionError, Unique};
use shared::chats::ChatError;
use shared::connections::ConnectionError;
use shared::database::DatabaseError;
use shared::fields::FieldErrors;
use shared::media::MediaError;
use shared::moderation::ReportError;
use shared::notifications::NotificationError;
use shared::ports::rate_limits::TooMany;
use shared::suggestions::SuggestionError;
use shared::support::SupportError;
use utoipa::ToSchema;

use crate::http::sentence;

/// Where messages go that belong to no field.
const NON_FIELD: &str = "non_field_errors";
/// Seconds after which a client may ask a busy server again.
const BUSY_FOR: u64 = 1;

/// What went wrong.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = drf::Detail)]
pub struct DetailBody {
    /// In words.
    detail: String,
    /// What clients compare, where a document has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
}

/// What does not fit, by field; `non_field_errors` belong to none.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = drf::FieldErrors)]
pub struct FieldErrorsBody(BTreeMap<&'static str, Vec<String>>);

/// One of the two.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = drf::BadRequest)]
#[serde(untagged)]
pub enum BadRequestBody {
    /// By field.
    Fields(FieldErrorsBody),
    /// In words.
    Detail(DetailBody),
}

/// An answer that says what went wrong.
#[derive(Debug)]
pub struct DrfError {
    status: StatusCode,
    body: Value,
    retry_after: Option<u64>,
}

impl DrfError {
    /// `{"detail": "…"}`.
    pub fn detail(status: StatusCode, detail: impl Into<String>) -> Self {
        Self::shaped(status, json!(DetailBody { detail: detail.into(), code: None }))
    }

    /// The same with a code that clients compare.
    #[must_use]
    pub fn coded(status: StatusCode, detail: &str, code: &str) -> Self {
        Self::shaped(status, json!(DetailBody { detail: detail.to_owned(), code: Some(code.to_owned()) }))
    }

    /// A body of a document's own shape.
    #[must_use]
    pub fn shaped(status: StatusCode, body: Value) -> Self {
        Self { status, body, retry_after: None }
    }

    /// 400, one message about one field.
    pub fn field(field: &'static str, message: impl Into<String>) -> Self {
        FieldErrors::one(field, message).into()
    }

    /// 400, a message that belongs to no field.
    pub fn non_field(message: impl Into<String>) -> Self {
        Self::field(NON_FIELD, message)
    }

    /// 400 for an id under which nothing is.
    #[must_use]
    pub fn no_object(field: &'static str, id: i64) -> Self {
        Self::field(field, format!("Invalid pk \"{id}\" - object does not exist."))
    }

    /// 401 without a token.
    #[must_use]
    pub fn not_authenticated() -> Self {
        Self::detail(StatusCode::UNAUTHORIZED, "Authentication credentials were not provided.")
    }

    /// 403.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::detail(StatusCode::FORBIDDEN, "You do not have permission to perform this action.")
    }

    /// 404.
    #[must_use]
    pub fn not_found() -> Self {
        Self::detail(StatusCode::NOT_FOUND, "Not found.")
    }

    /// What refreshing refuses.
    #[must_use]
    pub fn of_refresh(error: SessionError) -> Self {
        match error {
            SessionError::InvalidToken => {
                Self::coded(StatusCode::UNAUTHORIZED, "Token is invalid or expired", "token_not_valid")
            }
            error => error.into(),
        }
    }

    /// What an account service refuses, in a document's words.
    #[must_use]
    pub fn of_account(error: AccountError, words: AccountWords) -> Self {
        match error {
            AccountError::Invalid(errors) => errors.renamed("phone", words.phone).into(),
            AccountError::Taken { taken, errors } => words.with_taken(&taken, errors).into(),
            AccountError::NotFound => Self::not_found(),
            AccountError::Ended => Self::not_authenticated(),
            AccountError::Media(error) => Self::of_media(error, "avatar"),
            AccountError::SpentLink => Self::detail(StatusCode::BAD_REQUEST, sentence(&error)),
            AccountError::Password(error) => error.into(),
            AccountError::TooMany(error) => error.into(),
            AccountError::Database(error) => error.into(),
        }
    }

    /// A picture was not taken in, which a document calls `field`.
    #[must_use]
    pub fn of_media(error: MediaError, field: &'static str) -> Self {
        match error {
            MediaError::Refused(error) => Self::field(field, error.to_string()),
            MediaError::Busy | MediaError::TooLate => Self::busy(),
            MediaError::Store(error) => {
                tracing::warn!(%error, "the media store is away");
                Self::busy()
            }
            MediaError::TooMany(error) => error.into(),
            MediaError::Database(error) => error.into(),
        }
    }

    fn busy() -> Self {
        let detail = "Service temporarily unavailable, try again later.";
        Self { retry_after: Some(BUSY_FOR), ..Self::detail(StatusCode::SERVICE_UNAVAILABLE, detail) }
    }

    fn failed(error: &dyn std::fmt::Display) -> Self {
        tracing::error!(%error, "a request failed");
        Self::detail(StatusCode::INTERNAL_SERVER_ERROR, "A server error occurred.")
    }
}

impl IntoResponse for DrfError {
    fn into_response(self) -> Response {
        let mut response = (self.status, axum::Json(self.body)).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"api\""));
        }
        response
    }
}

impl From<FieldErrors> for DrfError {
    fn from(errors: FieldErrors) -> Self {
        Self::shaped(StatusCode::BAD_REQUEST, json!(FieldErrorsBody(errors.into_map())))
    }
}

impl From<TooMany> for DrfError {
    fn from(TooMany { retry_after }: TooMany) -> Self {
        let seconds = if retry_after == 1 { "second" } else { "seconds" };
        let detail = format!("Request was throttled. Expected available in {retry_after} {seconds}.");
        Self { retry_after: Some(retry_after), ..Self::detail(StatusCode::TOO_MANY_REQUESTS, detail) }
    }
}

impl From<DatabaseError> for DrfError {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::Busy(error) => {
                tracing::warn!(%error, "the database is busy");
                Self::busy()
            }
            DatabaseError::Failed(_) | DatabaseError::NotMigrated | DatabaseError::ClockSkew(_) => Self::failed(&error),
        }
    }
}

impl From<PasswordError> for DrfError {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Busy => Self::busy(),
            PasswordError::Failed(_) => Self::failed(&error),
        }
    }
}

impl From<AccountError> for DrfError {
    fn from(error: AccountError) -> Self {
        Self::of_account(error, AccountWords::default())
    }
}

/// What a document calls the parts of an account, where it differs.
#[derive(Debug, Clone, Copy)]
pub struct AccountWords {
    /// The field of the phone number.
    pub phone: &'static str,
    /// What it says of an email that somebody bears.
    pub email_taken: &'static str,
}

impl Default for AccountWords {
    fn default() -> Self {
        Self { phone: "phone", email_taken: "user with this email already exists." }
    }
}

impl AccountWords {
    /// With the field of the phone number.
    #[must_use]
    pub fn with_phone(phone: &'static str) -> Self {
        Self { phone, ..Self::default() }
    }

    /// What is taken, beside what else does not fit: validators of uniqueness are a field's too.
    fn with_taken(self, taken: &[Unique], errors: FieldErrors) -> FieldErrors {
        let mut found = FieldErrors::default();
        for one in taken {
            match one {
                Unique::Username => found.add("username", "A user with that username already exists."),
                Unique::Email => found.add("email", self.email_taken),
                Unique::Phone => found.add(self.phone, format!("user with this {} already exists.", self.phone)),
            }
        }
        errors.renamed("phone", self.phone).beside(found)
    }
}

impl From<SessionError> for DrfError {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Invalid(errors) => errors.into(),
            SessionError::InvalidToken | SessionError::Reused => {
                Self::detail(StatusCode::UNAUTHORIZED, "Given token not valid for any token type")
            }
            // An account that is not active is answered as if the password were wrong, unless a dialect
            // says otherwise.
            SessionError::WrongCredentials | SessionError::NotActive { .. } => {
                Self::detail(StatusCode::UNAUTHORIZED, "No active account found with the given credentials")
            }
            SessionError::NotFound => Self::not_found(),
            SessionError::Password(error) => error.into(),
            SessionError::TooMany(error) => error.into(),
            SessionError::Database(error) => error.into(),
        }
    }
}

impl From<ConnectionError> for DrfError {
    fn from(error: ConnectionError) -> Self {
        match error {
            ConnectionError::Invalid(errors) => errors.into(),
            ConnectionError::NotFound => Self::not_found(),
            ConnectionError::NotYours => Self::forbidden(),
            ConnectionError::Oneself
            | ConnectionError::AlreadyConnected
            | ConnectionError::AlreadyPending
            | ConnectionError::AlreadyDecided(_)
            | ConnectionError::TooManySent
            | ConnectionError::TooManyReceived
            | ConnectionError::KeyMismatch => Self::detail(StatusCode::BAD_REQUEST, sentence(&error)),
            ConnectionError::TooMany(error) => error.into(),
            ConnectionError::Database(error) => error.into(),
        }
    }
}

impl From<ChatError> for DrfError {
    fn from(error: ChatError) -> Self {
        match error {
            ChatError::Invalid(errors) => errors.into(),
            ChatError::NotFound => Self::not_found(),
            ChatError::NotYours => Self::forbidden(),
            ChatError::Oneself | ChatError::KeyMismatch | ChatError::ClientIdMismatch => {
                Self::detail(StatusCode::BAD_REQUEST, sentence(&error))
            }
            ChatError::TooMany(error) => error.into(),
            ChatError::Database(error) => error.into(),
        }
    }
}

impl From<SupportError> for DrfError {
    fn from(error: SupportError) -> Self {
        match error {
            SupportError::Invalid(errors) => errors.into(),
            SupportError::NotFound | SupportError::NoKind => Self::not_found(),
            SupportError::NotStaff(_) => Self::forbidden(),
            SupportError::TooManyCases(_) | SupportError::KeyMismatch => {
                Self::detail(StatusCode::BAD_REQUEST, sentence(&error))
            }
            SupportError::Database(error) => error.into(),
        }
    }
}

impl From<ReportError> for DrfError {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Invalid(errors) => errors.into(),
            ReportError::NotFound | ReportError::NoSubject => Self::not_found(),
            ReportError::NotStaff(_) => Self::forbidden(),
            ReportError::Oneself
            | ReportError::TooManyReports(_)
            | ReportError::AlreadyClaimed
            | ReportError::AlreadyResolved
            | ReportError::OfStaff
            | ReportError::AccountGone => Self::detail(StatusCode::BAD_REQUEST, sentence(&error)),
            ReportError::Database(error) => error.into(),
        }
    }
}

impl From<SuggestionError> for DrfError {
    fn from(error: SuggestionError) -> Self {
        match error {
            SuggestionError::NotFound => Self::not_found(),
            SuggestionError::NotYours => Self::forbidden(),
            SuggestionError::Database(error) => error.into(),
        }
    }
}

impl From<NotificationError> for DrfError {
    fn from(error: NotificationError) -> Self {
        match error {
            NotificationError::Invalid(errors) => errors.into(),
            NotificationError::NotFound | NotificationError::NoRecipient => Self::not_found(),
            NotificationError::NotYours => Self::forbidden(),
            NotificationError::Database(error) => error.into(),
        }
    }
}
