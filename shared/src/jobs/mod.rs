//! Background work: its payloads, the outbox that records it, and the relay that carries it.

mod board;
mod dead;
mod origin;
mod outbox;
pub mod payloads;
mod relay;
mod seen;
mod sweeper;
mod work;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

pub use board::{Asker, Changed, History, Job, JobBoard, JobBoardError, JobFilter, JobState, Minute, QueueState, Rest};
pub use dead::DeadJob;
pub use origin::Origin;
pub use outbox::{Backlog, BornJob, Failure, Held, NewJob, Outbox};
pub use relay::Relay;
pub use seen::{InHand, JobsSeen, Outcome};
pub use sweeper::Sweeper;
pub use work::{UnitOfWork, Writer};

/// The queues that workers serve; an operator may give each its own workers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Queue {
    /// Rows in inboxes.
    Notifications,
    /// Mails.
    Email,
    /// What is made of pictures.
    Media,
}

impl Queue {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::Notifications, Self::Email, Self::Media];

    /// Its place in [`Self::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        match self {
            Self::Notifications => 0,
            Self::Email => 1,
            Self::Media => 2,
        }
    }

    /// The name in the database, in Redis and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Notifications => "notifications",
            Self::Email => "email",
            Self::Media => "media",
        }
    }
}

impl std::fmt::Display for Queue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Queue {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|queue| queue.as_str() == name)
            .ok_or_else(|| format!("{name:?} is not a queue; there are notifications, email and media"))
    }
}

/// What a job carries: ids, never a secret.
///
/// A change that older workers could misread raises `VERSION`, and `decode` goes on reading the one
/// before: in a rolling restart both are in the queue.
pub trait Payload: Serialize + DeserializeOwned + Send + Sync {
    /// The queue it waits in.
    const QUEUE: Queue;
    /// What it asks for.
    const NAME: &'static str;
    /// The version written now.
    const VERSION: i32;

    /// Reads a payload of `version`, which is at most [`Self::VERSION`].
    ///
    /// # Errors
    /// It is not of that version's form.
    fn decode(version: i32, payload: &str) -> Result<Self, serde_json::Error> {
        let _ = version;
        serde_json::from_str(payload)
    }
}

/// A job as it travels through the queue.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Envelope {
    /// The outbox row.
    pub id: i64,
    /// What it asks for.
    pub name: String,
    /// Version of the payload.
    pub version: i32,
    /// The payload as it was written.
    pub payload: Box<RawValue>,
    /// What it comes from; older versions do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// Why a job can't be read.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// Written by a newer version of Kith: it waits for a worker of that version.
    #[error("{name} has version {version}, newer than this worker's {known}")]
    Newer {
        /// The job's name.
        name: String,
        /// Its version.
        version: i32,
        /// The newest that is known here.
        known: i32,
    },
    /// A name that this worker does not know: perhaps a newer version's.
    #[error("no job is named {0:?}")]
    Unknown(String),
    /// Not of its version's form.
    #[error("the payload does not read: {0}")]
    Malformed(#[from] serde_json::Error),
}

impl Envelope {
    /// Reads the payload as `P`.
    ///
    /// # Errors
    /// It is newer than this process, or malformed.
    pub fn decode<P: Payload>(&self) -> Result<P, DecodeError> {
        if self.version > P::VERSION {
            return Err(DecodeError::Newer { name: self.name.clone(), version: self.version, known: P::VERSION });
        }
        Ok(P::decode(self.version, self.payload.get())?)
    }
}
