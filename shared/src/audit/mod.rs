//! What staff do, written down for good in the transaction that does it.

mod log;
mod record;

pub use log::{AuditEntry, AuditError, AuditFilter, AuditLog};
pub(crate) use record::{Action, record};
