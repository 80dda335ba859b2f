//! What is shown of jobs, and which of them.

use sea_orm::Value;

use crate::accounts::{Caller, NotStaff};
use crate::database::DatabaseError;
use crate::fields::{FieldErrors, required_text};
use crate::jobs::Queue;
use crate::ports::clock::Timestamp;

/// The longest name of a job, in characters.
const LONGEST_NAME: usize = 100;

/// Who looks after jobs.
#[derive(Debug, Clone, Copy)]
pub enum Asker<'a> {
    /// Whoever runs commands on the machine.
    Operator,
    /// Somebody with a session, who has to be staff. What they change is written into the audit log.
    Staff(&'a Caller),
}

impl Asker<'_> {
    pub(super) fn check(self) -> Result<(), NotStaff> {
        match self {
            Self::Operator => Ok(()),
            Self::Staff(caller) => caller.require_staff(),
        }
    }
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// It waits for its first try.
    Waiting,
    /// It is handed to a worker: in the queue's window, or being done; or was put back for a moment by one.
    Running,
    /// It failed, and waits for its next try.
    Failed,
}

impl JobState {
    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Failed => "failed",
        }
    }
}

/// Jobs of a queue, of a name, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobFilter {
    queue: Option<Queue>,
    name: Option<String>,
}

impl JobFilter {
    /// Those of `queue` and of `name`, where they are given.
    ///
    /// # Errors
    /// The name can't be one, or is blank.
    pub fn new(queue: Option<Queue>, name: Option<&str>) -> Result<Self, FieldErrors> {
        // A blank one is a mistake: it must not mean all.
        let name = name.map(|name| required_text(name, LONGEST_NAME)).transpose();
        let name = name.map_err(|wrong| FieldErrors::one("name", wrong))?;
        Ok(Self { queue, name })
    }

    /// The queue.
    #[must_use]
    pub fn queue(&self) -> Option<Queue> {
        self.queue
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The conditions on `queue` and `name`, each behind an `AND`; their values come behind those that are there.
    pub(in crate::jobs) fn narrow(&self, values: &mut Vec<Value>) -> String {
        let mut narrowed = String::new();
        for (column, value) in [("queue", self.queue.map(Queue::as_str)), ("name", self.name())] {
            let Some(value) = value else { continue };
            values.push(value.into());
            narrowed = format!("{narrowed} AND {column} = ${}", values.len());
        }
        narrowed
    }
}

/// How many jobs change at once.
pub(in crate::jobs) const MOST: i64 = 1_000;

/// What is left of many jobs that change a part after another: those behind the last part, and none that came after
/// the first began. So each changes once, and it ends, whatever becomes of them meanwhile. What another holds at the
/// moment is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// The last number that has changed.
    pub after: i64,
    /// The highest that is meant.
    pub until: i64,
}

/// How many jobs were changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed {
    /// So many.
    pub count: u64,
    /// Where to go on; `None` when none is left.
    pub rest: Option<Rest>,
}

impl Changed {
    /// That jobs of a part were changed, by number.
    pub(super) fn of(ids: &[i64], part: Rest) -> Self {
        let full = ids.len() as u64 == MOST.unsigned_abs();
        let rest = ids.last().filter(|_| full).map(|last| Rest { after: *last, ..part });
        Self { count: ids.len() as u64, rest }
    }
}

/// A queue, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueState {
    /// Which.
    pub queue: Queue,
    /// Jobs that wait for their first try.
    pub waiting: i64,
    /// Jobs that failed and wait for their next try.
    pub failed: i64,
    /// How many of those two a worker may take now.
    pub due: i64,
    /// Jobs that are handed to a worker.
    pub running: i64,
    /// Jobs that failed for good.
    pub dead: i64,
    /// Since when the oldest is due of those that are.
    pub oldest_at: Option<Timestamp>,
    /// How many jobs are in the queue's window and not begun; `None` when it can't be asked.
    pub window: Option<u64>,
}

impl QueueState {
    pub(super) fn empty(queue: Queue) -> Self {
        Self { queue, waiting: 0, failed: 0, due: 0, running: 0, dead: 0, oldest_at: None, window: None }
    }
}

/// A job that is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its number.
    pub id: i64,
    /// Where it stands.
    pub state: JobState,
    /// The queue that it waits in.
    pub queue: String,
    /// What it asks for.
    pub name: String,
    /// What it carries, as JSON: ids.
    pub payload: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// Of one that runs, when it counts as lost and is handed out again; else when it may be tried.
    pub until: Timestamp,
    /// Who works on it, where that is known.
    pub holder: Option<String>,
    /// What went wrong at last.
    pub error: Option<String>,
}

/// What became of the jobs of each queue, minute by minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// When the first minute begins.
    pub begins_at: Timestamp,
    /// Each queue's minutes, the last of which has not ended.
    pub queues: Vec<(Queue, Vec<Minute>)>,
}

/// What became of the jobs of a queue in a minute. Times are in microseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Minute {
    /// Jobs done.
    pub done: i64,
    /// Tries that failed and were not the last.
    pub retried: i64,
    /// Jobs that failed for good.
    pub dead: i64,
    /// From asked for to done, on average.
    pub delay_mean: i64,
    /// The same of the slowest.
    pub delay_max: i64,
    /// In a worker's hand, on average.
    pub duration_mean: i64,
    /// The same of the slowest.
    pub duration_max: i64,
}

/// What can go wrong with looking after jobs.
#[derive(Debug, thiserror::Error)]
pub enum JobBoardError {
    /// Only staff may.
    #[error(transparent)]
    NotStaff(#[from] NotStaff),
    /// Input that does not fit.
    #[error(transparent)]
    Invalid(#[from] FieldErrors),
    /// No such job.
    #[error("there is no such job")]
    NotFound,
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<sea_orm::DbErr> for JobBoardError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}
