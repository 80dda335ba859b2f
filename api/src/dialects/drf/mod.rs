//! The manners of Django REST Framework, which the dialects' frontends were written for: error bodies,
//! JSON, form and multipart bodies, `Token` and `Bearer`, paths with and without the trailing slash,
//! `limit` and `offset`, times.

mod caller;
mod error;
mod fields;
mod lists;
mod openapi;
mod paths;
mod sockets;
mod time;

pub use caller::{DIALECT_TOKENS, Signed, Viewer, socket_token};
pub use error::{AccountWords, BadRequestBody, DetailBody, DrfError, FieldErrorsBody};
pub use fields::{Fields, QueryFields};
pub use lists::{Listed, ListedUp, Whole};
pub(super) use openapi::complete;
pub use paths::{DrfId, Paths};
pub use sockets::{Upgrade, handshake, open_socket};
pub use time::Moment;
