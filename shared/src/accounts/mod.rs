//! Accounts: who people are, how they sign in, and what others see of them.

mod credentials;
mod deletion;
mod details;
mod email_change;
mod error;
mod folding;
mod links;
mod model;
mod name_parts;
mod names;
mod password;
mod person;
mod preferences;
mod profile;
mod queries;
mod refusals;
mod registration;
mod search;
mod session_cache;
mod sessions;
mod staff;
mod suspensions;
mod tokens;
mod visibility;

pub use credentials::Credentials;
pub use deletion::Deletions;
pub use error::{AccountError, NotStaff, SessionError, SuspensionError, Unique};
pub use hex::encode as hex;
pub use links::{Asked, LinkJob, Links, MailOrder, Purpose, is_token};
pub use model::{
    Account, Confirmation, Criterion, Details, NameChange, NewStaff, PendingEmail, PeopleQuery, Person, ProfileChange,
    Registration, SearchedField,
};
pub use names::{Email, Username, folded};
pub use password::{PasswordError, Passwords};
pub(crate) use person::{person, person_columns};
pub use preferences::{ChoiceChange, Choices, Preferences};
pub use profile::Profiles;
pub(crate) use queries::{email_bearer, hold as hold_account};
pub(crate) use refusals::{Kept, mark_refused};
pub use registration::Registrations;
pub(crate) use search::searched;
pub use session_cache::SessionCache;
pub use sessions::{Caller, DialectSession, NewSession, SessionKey, SessionView, Sessions, SignIn, Tokens};
pub use suspensions::{Suspension, Suspensions};
pub use tokens::{Claims, Grant, TokenError, TokenKind, TokenSigner};
pub(crate) use visibility::{can_meet, is_present, may_be_suggested, may_see, no_block};
