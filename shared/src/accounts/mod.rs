//! Accounts: who people are, how they sign in, and what others see of them.

mod activation;
mod error;
mod model;
mod names;
mod password;
mod profile;
mod queries;
mod registration;
mod session_cache;
mod sessions;
mod tokens;

pub use activation::{Activations, MailOrder};
pub use error::{AccountError, SessionError};
pub use hex::encode as hex;
pub use model::{Account, Person, PersonPage, ProfileChange, Registration};
pub use names::{Email, Username, folded};
pub use password::{PasswordError, Passwords};
pub use profile::Profiles;
pub use registration::Registrations;
pub use session_cache::SessionCache;
pub use sessions::{Caller, NewSession, SessionView, Sessions, SignIn, Tokens};
pub use tokens::{Claims, TokenError, TokenKind, TokenSigner};
