//! Jobs that a request names, by queue and name, and how many of them were changed.

use serde::{Deserialize, Serialize};
use shared::fields::FieldErrors;
use shared::jobs::{Changed, JobFilter, Queue, Rest};
use utoipa::ToSchema;

use super::queues::QueueName;
use crate::http::Cursor;

/// The jobs that a request names.
pub(super) fn filter(queue: Option<QueueName>, name: Option<&str>) -> Result<JobFilter, FieldErrors> {
    JobFilter::new(queue.map(Queue::from), name)
}

/// Which jobs; all, when neither a queue nor a name is given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JobFilterBody {
    /// Those of a queue.
    queue: Option<QueueName>,
    /// Those of a name.
    name: Option<String>,
    /// The `next` of the part before, to go on with the same jobs.
    #[schema(value_type = Option<String>)]
    cursor: Option<Cursor<2>>,
}

impl JobFilterBody {
    pub(super) fn read(&self) -> Result<JobFilter, FieldErrors> {
        filter(self.queue, self.name.as_deref())
    }

    /// What an earlier part has left.
    pub(super) fn rest(&self) -> Option<Rest> {
        self.cursor.map(|Cursor([after, until])| Rest { after, until })
    }
}

/// How many jobs were changed.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ChangedJobsBody {
    /// So many, at most 1,000 at once.
    count: u64,
    /// What to pass as `cursor` for the next part; `null` when none is left of those that were there at first, but for
    /// those that somebody else was changing.
    next: Option<String>,
}

impl From<Changed> for ChangedJobsBody {
    fn from(Changed { count, rest }: Changed) -> Self {
        Self { count, next: rest.map(|Rest { after, until }| Cursor([after, until]).encode()) }
    }
}
