//! Jobs that a request names, by queue and name, and how many of them were changed.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize};
use shared::fields::FieldErrors;
use shared::jobs::{Changed, JobFilter, Queue, Rest};
use utoipa::ToSchema;

use super::queues::QueueName;

/// The jobs that a request names.
pub(super) fn filter(queue: Option<QueueName>, name: Option<&str>) -> Result<JobFilter, FieldErrors> {
    JobFilter::new(queue.map(Queue::from), name)
}

/// Where a change of many goes on, in a form that invites nobody to count.
#[derive(Debug, Clone, Copy)]
struct RestCursor(Rest);

impl RestCursor {
    fn encode(self) -> String {
        let Rest { after, until } = self.0;
        URL_SAFE_NO_PAD.encode([after.to_be_bytes(), until.to_be_bytes()].concat())
    }

    fn decode(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (after, until) = bytes.split_first_chunk()?;
        let (after, until) = (i64::from_be_bytes(*after), i64::from_be_bytes(until.try_into().ok()?));
        Some(Self(Rest { after, until }))
    }
}

impl<'de> Deserialize<'de> for RestCursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::decode(&text).ok_or_else(|| serde::de::Error::custom("not a cursor of this API"))
    }
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
    cursor: Option<RestCursor>,
}

impl JobFilterBody {
    pub(super) fn read(&self) -> Result<JobFilter, FieldErrors> {
        filter(self.queue, self.name.as_deref())
    }

    /// What an earlier part has left.
    pub(super) fn rest(&self) -> Option<Rest> {
        self.cursor.map(|RestCursor(rest)| rest)
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
        Self { count, next: rest.map(|rest| RestCursor(rest).encode()) }
    }
}
