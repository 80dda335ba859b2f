//! What every surface of the API needs of HTTP: who calls, bodies, pages, problems.

mod body;
mod caller;
mod client_address;
mod counted;
mod described;
mod file;
mod health;
mod id;
mod idempotency_key;
mod listing_problems;
mod origin;
mod page;
mod problem;
mod request_log;
mod route;
mod staff_problems;
mod upload;
mod user_agent;

pub use body::{Body, Parameters, given};
pub use caller::{Authenticated, V1_TOKENS, Viewer, authorization_token, identify};
pub use client_address::ClientAddress;
pub use counted::counted;
pub use described::{Kind, add_answer, each_operation};
pub use file::{File, serve_files};
pub use health::routes as health_routes;
pub use id::{Id, PathId, PathIds};
pub use idempotency_key::idempotency_key;
pub use origin::is_allowed_origin;
pub use page::{Cursor, PageBody, PageParameters};
pub(crate) use problem::sentence;
pub use problem::{Problem, ProblemBody};
pub use request_log::{REQUEST_ID, logged};
pub use upload::{LARGEST_UPLOAD, Upload};
pub use user_agent::user_agent;
