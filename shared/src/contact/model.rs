//! What the service of messages takes and gives.

use sea_orm::{DbErr, QueryResult};

use super::seats::Seat;
use crate::ports::clock::Timestamp;

/// What somebody opens a conversation with.
#[derive(Debug, Clone)]
pub struct Opening {
    /// Which conversation it is, in the client's words.
    pub room: String,
    /// A name, which counts only where nobody is signed in.
    pub name: String,
    /// An email, likewise.
    pub email: String,
}

/// A conversation that goes on.
#[derive(Debug)]
pub struct Conversation {
    pub(super) room: String,
    pub(super) author: Author,
    /// When its minute began, and how many messages were kept in it.
    pub(super) minute: (Timestamp, u32),
}

/// Who writes.
#[derive(Debug)]
pub(super) enum Author {
    /// An account, under the name and email that it has at the time of reading.
    Account(i64),
    /// Somebody who claims a name and an email.
    Claimed {
        /// The name.
        name: String,
        /// The email.
        email: String,
        /// Where they call from, among those who do.
        seat: Seat,
    },
}

/// A message that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactMessage {
    /// Its number.
    pub id: i64,
    /// The username of the account that wrote it, else the claimed name.
    pub name: String,
    /// The account's email, if it has one, else the claimed email.
    pub email: Option<String>,
    /// Whether name and email are those of the account that wrote it.
    pub verified: bool,
    /// Which conversation it belongs to.
    pub room: String,
    /// What it says, as it was sent.
    pub message: String,
    /// When it came.
    pub created_at: Timestamp,
}

impl ContactMessage {
    /// Reads a row with the columns of a message, and a `name` and an `email`.
    pub(super) fn read(row: &QueryResult) -> Result<Self, DbErr> {
        Ok(Self {
            id: row.try_get("", "id")?,
            name: row.try_get("", "name")?,
            email: row.try_get("", "email")?,
            verified: row.try_get::<Option<i64>>("", "account_id")?.is_some(),
            room: row.try_get("", "room")?,
            message: row.try_get("", "message")?,
            created_at: row.try_get("", "created_at")?,
        })
    }
}
