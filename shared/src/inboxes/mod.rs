//! Inboxes: the row whose lock orders every change that an account hears of, and what a client that was
//! away has missed of them.

mod catch_up;
mod parts;
mod row;

pub use catch_up::{CatchUp, CatchUps, InboxState, Missed};
pub(crate) use row::{LockedInbox, Versioned, lock, number, raise_floors, rows, state, update_sql, write_back};
