//! Notifications as they are stored and shown.

use sea_orm::{DbErr, QueryResult};
use serde::{Deserialize, Serialize};

use crate::accounts::{person, person_columns};
use crate::events::{NotificationView, Unread};
use crate::fields::FieldErrors;
use crate::page::Page;

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
    /// A note: it says what its text says.
    Note,
    /// Somebody reviewed one's listing.
    ListingReviewed,
    /// A listing's owner answered one's review of it.
    ReviewAnswered,
    /// The staff answered one's case.
    CaseAnswered,
    /// A report that one made was resolved.
    ReportResolved,
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
            Self::Note => "note",
            Self::ListingReviewed => "listing_reviewed",
            Self::ReviewAnswered => "review_answered",
            Self::CaseAnswered => "case_answered",
            Self::ReportResolved => "report_resolved",
            Self::Other => "other",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        const KNOWN: [Kind; 8] = [
            Kind::Requested,
            Kind::Accepted,
            Kind::Rejected,
            Kind::Note,
            Kind::ListingReviewed,
            Kind::ReviewAnswered,
            Kind::CaseAnswered,
            Kind::ReportResolved,
        ];
        KNOWN.into_iter().find(|kind| kind.as_str() == word).unwrap_or(Self::Other)
    }
}

/// A part of an inbox, and where the inbox stands.
#[derive(Debug, Clone)]
pub struct InboxPage {
    /// The notifications.
    pub page: Page<NotificationView>,
    /// What is unread in the whole inbox.
    pub unread: Unread,
    /// The inbox's version.
    pub version: i64,
}

/// A notification that somebody writes.
#[derive(Debug, Clone)]
pub struct NewNote {
    /// Whose inbox it goes to: the writer's own, or for staff anybody's.
    pub recipient_id: i64,
    /// What it tells.
    pub kind: Kind,
    /// Its text, at most 1,000 characters.
    pub body: String,
    /// What the surface found wrong already; answered with the rest.
    pub faults: FieldErrors,
}

/// What [`view`] reads, up to the joins: of the notification `n`, its owner `o` and its actor `a`.
pub(crate) fn view_columns() -> String {
    format!(
        "n.id, n.version, n.kind, n.request_id, n.subject_id, n.body, n.created_at, n.read_at, {}, {}",
        person_columns("o", "recipient_"),
        person_columns("a", "actor_")
    )
}

/// The joins that [`view_columns`] needs; `owner` is the column that holds the inbox's account.
pub(super) fn view_joins(owner: &str) -> String {
    format!("JOIN accounts o ON o.id = {owner} LEFT JOIN accounts a ON a.id = n.actor_id")
}

/// Reads a notification from [`view_columns`].
pub(crate) fn view(row: &QueryResult) -> Result<NotificationView, DbErr> {
    let kind: String = row.try_get("", "kind")?;
    let actor: Option<i64> = row.try_get("actor_", "id")?;
    Ok(NotificationView {
        id: row.try_get("", "id")?,
        recipient: Some(person(row, "recipient_")?),
        version: row.try_get("", "version")?,
        kind: Kind::parse(&kind),
        actor: actor.map(|_| person(row, "actor_")).transpose()?,
        request_id: row.try_get("", "request_id")?,
        subject_id: row.try_get("", "subject_id")?,
        body: row.try_get("", "body")?,
        created_at: row.try_get("", "created_at")?,
        read_at: row.try_get("", "read_at")?,
    })
}
