//! Notifications as they are stored and shown.

use sea_orm::{DbErr, QueryResult};
use serde::{Deserialize, Serialize};

use crate::events::{NotificationView, PersonView, Unread};

/// What a notification tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Somebody asks to connect.
    Requested,
    /// A request was accepted.
    Accepted,
    /// A request was rejected.
    Rejected,
    /// Something that a newer version tells.
    #[serde(other)]
    Other,
}

impl Kind {
    /// The word in the database and on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Other => "other",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        [Self::Requested, Self::Accepted, Self::Rejected]
            .into_iter()
            .find(|k| k.as_str() == word)
            .unwrap_or(Self::Other)
    }
}

/// A part of an inbox.
#[derive(Debug, Clone)]
pub struct NotificationPage {
    /// At most as many as were asked for, newest first.
    pub items: Vec<NotificationView>,
    /// The id to go on below, when there is more.
    pub next: Option<i64>,
    /// What is unread in the whole inbox.
    pub unread: Unread,
    /// The inbox's version.
    pub version: i64,
}

/// The columns that [`view`] reads, of the notification `n` and its actor `a`.
pub(super) const VIEW_COLUMNS: &str = "n.id, n.version, n.kind, n.request_id, n.body, n.created_at, n.read_at,
    a.id AS actor_id, a.username AS actor_username, a.full_name AS actor_full_name";

/// Reads a notification from [`VIEW_COLUMNS`].
pub(super) fn view(row: &QueryResult) -> Result<NotificationView, DbErr> {
    let kind: String = row.try_get("", "kind")?;
    let actor: Option<i64> = row.try_get("", "actor_id")?;
    let actor = match actor {
        Some(id) => Some(PersonView {
            id,
            username: row.try_get("", "actor_username")?,
            full_name: row.try_get("", "actor_full_name")?,
        }),
        None => None,
    };
    Ok(NotificationView {
        id: row.try_get("", "id")?,
        version: row.try_get("", "version")?,
        kind: Kind::parse(&kind),
        actor,
        request_id: row.try_get("", "request_id")?,
        body: row.try_get("", "body")?,
        created_at: row.try_get("", "created_at")?,
        read_at: row.try_get("", "read_at")?,
    })
}
