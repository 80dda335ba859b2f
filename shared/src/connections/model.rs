//! What the connection services take and give.

use sea_orm::{DbErr, QueryResult};

use crate::accounts::{Person, person, person_columns};
use crate::fields::FieldErrors;
use crate::ports::clock::Timestamp;

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It waits.
    Pending,
    /// The two are connected by it.
    Accepted,
    /// The receiver did not want to.
    Rejected,
    /// The sender took it back, or a block ended it.
    Cancelled,
}

impl Status {
    /// The word in the database and on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Cancelled => "cancelled",
        }
    }

    /// Every status.
    pub const ALL: [Self; 4] = [Self::Pending, Self::Accepted, Self::Rejected, Self::Cancelled];

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What may be decided about a pending request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// By the receiver: connect.
    Accept,
    /// By the receiver: do not.
    Reject,
    /// By the sender: never mind.
    Cancel,
}

impl Decision {
    /// Where a request stands after it.
    #[must_use]
    pub const fn status(self) -> Status {
        match self {
            Self::Accept => Status::Accepted,
            Self::Reject => Status::Rejected,
            Self::Cancel => Status::Cancelled,
        }
    }
}

/// Whose requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Those that came.
    Incoming,
    /// Those that were sent.
    Outgoing,
}

/// A connection request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its number.
    pub id: i64,
    /// Who asks.
    pub from: Person,
    /// Who is asked.
    pub to: Person,
    /// What the sender wrote.
    pub message: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// When it was sent.
    pub created_at: Timestamp,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
}

/// Which requests of an account: those of a direction, of a status, or of every.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RequestFilter {
    /// Those that came, or those that were sent.
    pub direction: Option<Direction>,
    /// Where they stand.
    pub status: Option<Status>,
    /// Only those whose connection still stands.
    pub connected: bool,
}

/// A request to connect.
#[derive(Debug, Clone, Default)]
pub struct SendRequest {
    /// Whom to ask.
    pub to_id: i64,
    /// Some words, at most 500 characters.
    pub message: Option<String>,
    /// The client's key for this request.
    pub idempotency_key: Option<String>,
    /// What the surface found wrong already; answered with the rest.
    pub faults: FieldErrors,
}

/// What became of a request to connect.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The request: the new one, or the other side's that this one met and accepted.
    pub request: Request,
}

/// A connection of two people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// Its number.
    pub id: i64,
    /// The one with the lower account id.
    pub low: Person,
    /// The one with the higher.
    pub high: Person,
    /// Since when.
    pub created_at: Timestamp,
}

impl Connection {
    /// Whom an account that is part of it is connected with.
    #[must_use]
    pub fn other_than(self, account_id: i64) -> Person {
        if self.low.id == account_id { self.high } else { self.low }
    }
}

/// Somebody whom one has blocked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// Who.
    pub person: Person,
    /// Since when.
    pub created_at: Timestamp,
}

/// Reads a request from the columns of [`request_columns`].
pub(crate) fn request(row: &QueryResult) -> Result<Request, DbErr> {
    let status: String = row.try_get("", "status")?;
    Ok(Request {
        id: row.try_get("", "id")?,
        from: person(row, "from_")?,
        to: person(row, "to_")?,
        message: row.try_get("", "message")?,
        status: Status::parse(&status).ok_or_else(|| DbErr::Type(format!("status {status:?}")))?,
        created_at: row.try_get("", "created_at")?,
        decided_at: row.try_get("", "decided_at")?,
    })
}

/// The columns that [`request`] reads, of the request `r` and the accounts `f` and `t`.
pub(crate) fn request_columns(r: &str) -> String {
    format!(
        "{r}.id, {r}.message, {r}.status, {r}.created_at, {r}.decided_at, {}, {}",
        person_columns("f", "from_"),
        person_columns("t", "to_")
    )
}
