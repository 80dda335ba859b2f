//! What the service of suggestions gives.

use crate::accounts::Person;
use crate::ports::clock::Timestamp;

/// Somebody whom one may want to connect with, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Who.
    pub person: Person,
    /// With how many of one's connections they are connected.
    pub mutual_connections: i64,
    /// Whether both work for a company of the same name.
    pub same_company: bool,
    /// Whether both work in the same line.
    pub same_industry: bool,
    /// Whether each keeps an address in the same city.
    pub same_city: bool,
}

/// Somebody who is not to be suggested again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dismissed {
    /// Who.
    pub person: Person,
    /// Since when.
    pub created_at: Timestamp,
}
