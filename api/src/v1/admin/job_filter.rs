//! Jobs that a request names, by queue and name, and how many of them were changed.

use serde::{Deserialize, Serialize};
use shared::fields::FieldErrors;
use shared::jobs::{Changed, JobFilter, Queue};
use utoipa::ToSchema;

use super::queues::QueueName;

/// The jobs that a request names.
pub(super) fn filter(queue: Option<QueueName>, name: Option<&str>) -> Result<JobFilter, FieldErrors> {
    JobFilter::new(queue.map(Queue::from), name)
}

/// Which jobs; all, when neither is given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JobFilterBody {
    /// Those of a queue.
    queue: Option<QueueName>,
    /// Those of a name.
    name: Option<String>,
}

impl JobFilterBody {
    pub(super) fn read(&self) -> Result<JobFilter, FieldErrors> {
        filter(self.queue, self.name.as_deref())
    }
}

/// How many jobs were changed.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ChangedJobsBody {
    /// So many, at most 1,000 at once.
    count: u64,
    /// Whether there may be more: the same again goes on.
    more: bool,
}

impl From<Changed> for ChangedJobsBody {
    fn from(Changed { count, more }: Changed) -> Self {
        Self { count, more }
    }
}
