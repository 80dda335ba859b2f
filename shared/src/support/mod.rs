//! Cases: what people ask whoever runs this Kith, by kind, and what staff answer.

mod cases;
mod error;
mod messages;
mod model;
mod staff;

pub use cases::Cases;
pub use error::SupportError;
pub use model::{Case, CaseFilter, CaseKind, CaseMessage, NewCase, NewCaseMessage, WholeCase};
