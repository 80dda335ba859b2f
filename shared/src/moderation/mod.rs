//! What people report, what staff do about it, and what staff keep in order.

mod curation;
mod error;
mod model;
mod reports;
mod resolve;
mod subjects;

pub use curation::{Curation, CurationError, Entry, List, SubcategoryChange};
pub use error::ReportError;
pub use model::{Filed, NewReport, Outcome, Report, ReportState, Resolution, Subject};
pub use reports::Reports;
