//! Jobs of the `notifications` queue, and what they ask for.

use super::model::Kind;
use crate::jobs::Origin;
use crate::jobs::payloads::{Notice, PairBlocked, RequestDecided, RequestSent, RequestWithdrawn};

/// A job of the `notifications` queue, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InboxJob {
    /// Tell the receiver of a request.
    Sent(RequestSent),
    /// Tell its sender of the decision.
    Decided(RequestDecided),
    /// Tell somebody of something else.
    Told(Notice),
    /// Take a request's notification back.
    Withdrawn(RequestWithdrawn),
    /// Take what two people told each other away.
    Blocked(PairBlocked),
}

impl InboxJob {
    /// Whose inboxes it changes.
    pub(super) fn accounts(&self) -> Vec<i64> {
        match self {
            Self::Sent(job) => vec![job.to_id],
            Self::Decided(job) => vec![job.recipient_id],
            Self::Told(job) => vec![job.recipient_id],
            Self::Withdrawn(job) => vec![job.to_id],
            Self::Blocked(job) => vec![job.blocker_id, job.blocked_id],
        }
    }

    /// The notification that it asks for; `None` for what takes some away.
    pub(super) fn draft(&self) -> Option<Draft> {
        match *self {
            Self::Sent(RequestSent { request_id, from_id, to_id }) => {
                Some(Draft::of_request(to_id, from_id, Kind::Requested, request_id))
            }
            Self::Decided(RequestDecided { request_id, actor_id, recipient_id, accepted }) => {
                let kind = if accepted { Kind::Accepted } else { Kind::Rejected };
                Some(Draft::of_request(recipient_id, actor_id, kind, request_id))
            }
            Self::Told(Notice { recipient_id, kind, actor_id, subject_id }) => {
                let (account_id, subject_id) = (recipient_id, Some(subject_id));
                Some(Draft { account_id, actor_id, kind, request_id: None, subject_id })
            }
            Self::Withdrawn(_) | Self::Blocked(_) => None,
        }
    }
}

/// A job of the `notifications` queue as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedJob {
    /// Its outbox row.
    pub id: i64,
    /// What it asks for.
    pub job: InboxJob,
    /// What it comes from, where that is known.
    pub origin: Option<Origin>,
}

/// Of which nothing more is known.
impl From<(i64, InboxJob)> for AskedJob {
    fn from((id, job): (i64, InboxJob)) -> Self {
        Self { id, job, origin: None }
    }
}

/// A notification that a job asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Draft {
    pub(super) account_id: i64,
    pub(super) actor_id: Option<i64>,
    pub(super) kind: Kind,
    /// The request; of a notice none.
    pub(super) request_id: Option<i64>,
    /// What a notice is about.
    pub(super) subject_id: Option<i64>,
}

impl Draft {
    const fn of_request(account_id: i64, actor_id: i64, kind: Kind, request_id: i64) -> Self {
        Self { account_id, actor_id: Some(actor_id), kind, request_id: Some(request_id), subject_id: None }
    }
}
