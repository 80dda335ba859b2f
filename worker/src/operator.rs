//! `worker jobs`: what whoever runs Kith sees of jobs, and does with them.

use std::io::Write;

use serde_json::{Value, json};
use shared::Core;
use shared::config::Config;
use shared::jobs::{Asker, Changed, DeadJob, Job, JobBoardError, JobFilter, JobState, QueueState, Rest};
use shared::page::Span;
use shared::ports::clock::Timestamp;
use worker::cli::{FilterOptions, JobAction, StateFlags, Target};

use crate::Failure;

/// Whoever can run this command on this machine may do everything.
const ASKER: Asker<'_> = Asker::Operator;
/// Dead jobs that are listed without being asked for.
const FEW: u32 = 100;

/// Does it, straight in the database: beside everything else that runs.
pub(crate) async fn run(config: Config, action: Option<JobAction>, json: bool) -> Result<(), Failure> {
    let core = Core::start_migrated(config).await?;
    let mut operator = Operator { core, json, out: Vec::new() };
    let done = operator.act(action).await;
    // What was found or done is told, also where the rest failed.
    std::io::stdout().write_all(&operator.out)?;
    operator.core.close().await;
    done
}

struct Operator {
    core: Core,
    json: bool,
    out: Vec<u8>,
}

impl Operator {
    async fn act(&mut self, action: Option<JobAction>) -> Result<(), Failure> {
        match action {
            None => {
                self.queues().await?;
                self.blank()?;
                self.dead(&JobFilter::default(), Span::newest(FEW)).await
            }
            Some(JobAction::Queues) => self.queues().await,
            Some(JobAction::List { state, filter, limit, below }) => {
                let span = Span::below(below, limit);
                match wanted(state) {
                    Some(state) => self.jobs(state, &read(&filter)?, span).await,
                    None => self.dead(&read(&filter)?, span).await,
                }
            }
            Some(JobAction::Retry(target)) => self.retry(&target).await,
            Some(JobAction::Drop(target)) => self.drop_dead(&target).await,
            Some(JobAction::Try(target)) => self.try_now(&target).await,
        }
    }

    async fn queues(&mut self) -> Result<(), Failure> {
        let now = self.core.writer.now();
        let states = self.core.job_board.queues(ASKER).await?;
        // What waits in the memory of another process can't be seen from here.
        let embedded = self.core.config.embedded();
        let rows: Vec<_> = states.iter().map(|state| queue_row(state, now, embedded)).collect();
        let objects: Vec<_> = states.iter().map(|state| queue_object(state, embedded)).collect();
        let head = ["QUEUE", "WAITING", "DUE", "RUNNING", "FAILED", "DEAD", "OLDEST", "WINDOW"];
        self.table(&head, &rows, &objects)
    }

    async fn dead(&mut self, filter: &JobFilter, span: Span) -> Result<(), Failure> {
        let page = self.core.job_board.dead(ASKER, filter, span).await?;
        let rows: Vec<_> = page.items.iter().map(dead_row).collect();
        let objects: Vec<_> = page.items.iter().map(dead_object).collect();
        self.table(&["DEAD", "QUEUE", "NAME", "TRIED", "DIED", "PAYLOAD", "ERROR"], &rows, &objects)?;
        self.rest(page.next)
    }

    async fn jobs(&mut self, state: JobState, filter: &JobFilter, span: Span) -> Result<(), Failure> {
        let page = self.core.job_board.list(ASKER, state, filter, span).await?;
        let rows: Vec<_> = page.items.iter().map(job_row).collect();
        let objects: Vec<_> = page.items.iter().map(job_object).collect();
        let until = if state == JobState::Running { "HELD UNTIL" } else { "NEXT TRY" };
        self.table(&["JOB", "QUEUE", "NAME", "TRIED", "ASKED", until, "PAYLOAD", "ERROR"], &rows, &objects)?;
        self.rest(page.next)
    }

    async fn retry(&mut self, target: &Target) -> Result<(), Failure> {
        let Some(id) = target.id else {
            let filter = read(&target.filter)?;
            let board = self.core.job_board.clone();
            let count = all(async |rest| board.retry_all(ASKER, &filter, rest).await).await?;
            return self.told(&json!({"retried": count}), &format!("{} back", jobs_are(count)));
        };
        let job = self.core.job_board.retry(ASKER, id).await.map_err(|error| dead_missing(error, id))?;
        self.told(
            &json!({"retried": 1, "id": id, "job": job.id}),
            &format!("{id} is back in its queue, as job {}", job.id),
        )
    }

    async fn drop_dead(&mut self, target: &Target) -> Result<(), Failure> {
        let Some(id) = target.id else {
            let filter = read(&target.filter)?;
            let board = self.core.job_board.clone();
            let count = all(async |rest| board.drop_all(ASKER, &filter, rest).await).await?;
            return self.told(&json!({"dropped": count}), &format!("{} gone", jobs_are(count)));
        };
        self.core.job_board.drop_one(ASKER, id).await.map_err(|error| dead_missing(error, id))?;
        self.told(&json!({"dropped": 1, "id": id}), &format!("{id} is gone"))
    }

    async fn try_now(&mut self, target: &Target) -> Result<(), Failure> {
        let Some(id) = target.id else {
            let filter = read(&target.filter)?;
            let board = self.core.job_board.clone();
            let count = all(async |rest| board.try_all_now(ASKER, &filter, rest).await).await?;
            return self.told(&json!({"tried": count}), &format!("{} tried now", jobs_are(count)));
        };
        let job = self.core.job_board.try_now(ASKER, id).await.map_err(|error| match error {
            JobBoardError::NotFound => Failure::from(format!("there is no job {id}")),
            error => error.into(),
        })?;
        let state = if job.state == JobState::Running { "is in a worker's hand" } else { "is tried now" };
        self.told(&json!({"tried": 1, "id": id}), &format!("{id} {state}"))
    }

    /// Aligned columns, or the objects.
    fn table(&mut self, head: &[&str], rows: &[Vec<String>], objects: &[Value]) -> Result<(), Failure> {
        if self.json {
            for object in objects {
                writeln!(self.out, "{object}")?;
            }
            return Ok(());
        }
        let head: Vec<String> = head.iter().map(|&name| name.to_owned()).collect();
        let lines: Vec<&Vec<String>> = std::iter::once(&head).chain(rows).collect();
        let widths: Vec<usize> = (0..head.len())
            .map(|column| lines.iter().map(|line| line.get(column).map_or(0, |cell| cell.chars().count())).max())
            .map(Option::unwrap_or_default)
            .collect();
        for line in lines {
            let cells: Vec<_> = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
            writeln!(self.out, "{}", cells.join("  ").trim_end())?;
        }
        Ok(())
    }

    fn rest(&mut self, next: Option<i64>) -> Result<(), Failure> {
        let Some(below) = next else { return Ok(()) };
        self.told(&json!({"kind": "more", "below": below}), &format!("and more: go on with --below {below}"))
    }

    fn blank(&mut self) -> Result<(), Failure> {
        if !self.json {
            writeln!(self.out)?;
        }
        Ok(())
    }

    fn told(&mut self, object: &Value, text: &str) -> Result<(), Failure> {
        if self.json {
            writeln!(self.out, "{object}")?;
        } else {
            writeln!(self.out, "{text}")?;
        }
        Ok(())
    }
}

/// Where the jobs stand that are to be listed; `None` for the dead.
fn wanted(flags: StateFlags) -> Option<JobState> {
    match flags {
        StateFlags { failed: true, .. } => Some(JobState::Failed),
        StateFlags { running: true, .. } => Some(JobState::Running),
        StateFlags { waiting: true, .. } => Some(JobState::Waiting),
        StateFlags { .. } => None,
    }
}

fn read(options: &FilterOptions) -> Result<JobFilter, Failure> {
    JobFilter::new(options.queue, options.name.as_deref()).map_err(|wrong| {
        let faults = wrong.into_map().into_iter();
        let faults: Vec<_> = faults.map(|(option, faults)| format!("--{option}: {}", faults.join(" "))).collect();
        faults.join("; ").into()
    })
}

/// Changes a part after another until there is nothing left; answers how many.
async fn all(part: impl AsyncFn(Option<Rest>) -> Result<Changed, JobBoardError>) -> Result<u64, JobBoardError> {
    let (mut count, mut rest) = (0, None);
    loop {
        let changed = part(rest).await?;
        count += changed.count;
        rest = changed.rest;
        if rest.is_none() {
            return Ok(count);
        }
    }
}

fn jobs_are(count: u64) -> String {
    if count == 1 { "1 job is".to_owned() } else { format!("{count} jobs are") }
}

fn dead_missing(error: JobBoardError, id: i64) -> Failure {
    match error {
        JobBoardError::NotFound => format!("there is no dead job {id}").into(),
        error => error.into(),
    }
}

fn queue_row(state: &QueueState, now: Timestamp, embedded: bool) -> Vec<String> {
    let oldest = state.oldest_at.map_or_else(|| "-".to_owned(), |at| age((now - at).num_seconds()));
    let window = state.window.filter(|_| !embedded).map_or_else(|| "-".to_owned(), |jobs| jobs.to_string());
    let counts = [state.waiting, state.due, state.running, state.failed, state.dead].map(|count| count.to_string());
    [vec![state.queue.to_string()], counts.to_vec(), vec![oldest, window]].concat()
}

fn queue_object(state: &QueueState, embedded: bool) -> Value {
    json!({"kind": "queue", "queue": state.queue.as_str(), "waiting": state.waiting, "due": state.due,
           "running": state.running, "failed": state.failed, "dead": state.dead, "oldest_at": state.oldest_at,
           "window": state.window.filter(|_| !embedded)})
}

fn dead_row(job: &DeadJob) -> Vec<String> {
    let cells = [&job.queue, &job.name].map(|text| plain(text));
    let tried = job.attempts.to_string();
    [vec![job.id.to_string()], cells.to_vec(), vec![tried, time(job.died_at), plain(&job.payload), plain(&job.error)]]
        .concat()
}

fn dead_object(job: &DeadJob) -> Value {
    json!({"kind": "dead_job", "id": job.id, "queue": job.queue, "name": job.name, "attempts": job.attempts,
           "asked_at": job.asked_at, "died_at": job.died_at, "payload": payload(&job.payload), "error": job.error})
}

fn job_row(job: &Job) -> Vec<String> {
    let error = job.error.as_deref().map_or_else(|| "-".to_owned(), plain);
    let cells = [&job.queue, &job.name].map(|text| plain(text));
    let (tried, times) = (job.attempts.to_string(), [job.asked_at, job.until].map(time));
    [vec![job.id.to_string()], cells.to_vec(), vec![tried], times.to_vec(), vec![plain(&job.payload), error]].concat()
}

fn job_object(job: &Job) -> Value {
    let running = job.state == JobState::Running;
    json!({"kind": "job", "id": job.id, "state": job.state.as_str(), "queue": job.queue, "name": job.name,
           "attempts": job.attempts, "asked_at": job.asked_at, "next_try_at": (!running).then_some(job.until),
           "held_until": running.then_some(job.until), "holder": job.holder, "payload": payload(&job.payload),
           "error": job.error})
}

/// A payload as it is; what is no JSON, as text.
fn payload(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}

/// Text from elsewhere on one line, and with nothing in it that a terminal obeys.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn time(at: Timestamp) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Seconds as people say them.
fn age(seconds: i64) -> String {
    match seconds.max(0) {
        seconds @ 0..120 => format!("{seconds} s"),
        seconds @ 120..7_200 => format!("{} min", seconds / 60),
        seconds @ 7_200..172_800 => format!("{} h", seconds / 3_600),
        seconds => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_said_in_the_largest_unit_that_fits_twice() {
        let said = [-5, 0, 119, 120, 7_199, 7_200, 172_799, 172_800].map(age);
        assert_eq!(said, ["0 s", "0 s", "119 s", "2 min", "119 min", "2 h", "47 h", "2 days"]);
    }

    #[test]
    fn what_a_terminal_obeys_is_left_out() {
        assert_eq!(plain("a\u{1b}[31mb\nc\u{9b}1m"), "a [31mb c 1m");
    }
}
