//! Connection requests, decisions, connections and blocks.

mod blocks;
mod decide;
mod error;
mod model;
mod queries;
mod requests;
mod ties;

pub use blocks::Blocks;
pub use decide::Decisions;
pub use error::ConnectionError;
pub use model::{Blocked, Connection, Decision, Direction, Request, RequestFilter, SendRequest, Sent, Status};
pub use requests::Requests;
pub use ties::Ties;
