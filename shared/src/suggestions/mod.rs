//! Suggestions: whom somebody may want to connect with, and whom they do not want to hear of again.

mod error;
mod model;
mod query;
mod service;

pub use error::SuggestionError;
pub use model::{Dismissed, Suggestion};
pub use service::Suggestions;
