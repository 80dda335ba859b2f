//! What became of jobs, for a chart.

use super::{Asker, History, JobBoard, JobBoardError, Minute};
use crate::fields::FieldErrors;
use crate::jobs::Queue;
use crate::jobs::seen::minute_of;
use crate::ports::clock::Timestamp;

/// The most minutes that are answered: a day.
const MOST: u32 = 1_440;

impl JobBoard {
    /// What became of the jobs of each queue in the last `minutes`, the one that runs counted. Each process writes down
    /// what it knows every ten seconds.
    ///
    /// # Errors
    /// The caller is not staff; that is no number from 1 to 1,440; the database refuses.
    pub async fn history(&self, asker: Asker<'_>, minutes: u32) -> Result<History, JobBoardError> {
        asker.check()?;
        if !(1..=MOST).contains(&minutes) {
            return Err(FieldErrors::one("minutes", format!("Must be from 1 to {MOST}.")).into());
        }
        let first = minute_of(self.writer.now()) + 1 - i64::from(minutes);
        let mut queues: Vec<_> = Queue::ALL.map(|queue| (queue, vec![Minute::default(); minutes as usize])).into();
        let sum = |column: &str| format!("CAST(SUM({column}) AS BIGINT) AS {column}");
        let sums: Vec<_> = ["done", "retried", "dead", "timed", "delay_sum", "duration_sum"].map(sum).into();
        let sql = format!(
            "SELECT queue, minute, {}, MAX(delay_max) AS delay_max, MAX(duration_max) AS duration_max
             FROM job_minutes WHERE minute >= $1 GROUP BY queue, minute",
            sums.join(", ")
        );
        for row in self.rows(&sql, [first.into()]).await? {
            let queue: String = row.try_get("", "queue")?;
            let minute: i64 = row.try_get("", "minute")?;
            let series = queues.iter_mut().find(|(known, _)| known.as_str() == queue).map(|(_, series)| series);
            // Another process's clock may be ahead by a minute.
            let cell = usize::try_from(minute - first).ok().and_then(|index| series?.get_mut(index));
            let Some(cell) = cell else { continue };
            let (done, retried, dead) =
                (row.try_get("", "done")?, row.try_get("", "retried")?, row.try_get("", "dead")?);
            let mean = |sum: i64, count: i64| sum.checked_div(count).unwrap_or(0);
            *cell = Minute {
                done,
                retried,
                dead,
                delay_mean: mean(row.try_get("", "delay_sum")?, row.try_get("", "timed")?),
                delay_max: row.try_get("", "delay_max")?,
                duration_mean: mean(row.try_get("", "duration_sum")?, done + retried + dead),
                duration_max: row.try_get("", "duration_max")?,
            };
        }
        let begins_at = Timestamp::from_timestamp(first * 60, 0).unwrap_or_default();
        Ok(History { begins_at, queues })
    }
}
