//! Reports: made by anybody, read by who made them and by staff, claimed by one of the staff.

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DbErr};
use serde_json::{Value, json};

use super::error::ReportError;
use super::model::{Filed, NewReport, Report, ReportState, is_staff, report, selected};
use super::subjects::{self, Found};
use crate::accounts::{Caller, Suspensions, hold_account};
use crate::audit::{self, Action};
use crate::chats::Chats;
use crate::database::Engine;
use crate::fields::{FieldErrors, required_text};
use crate::jobs::{UnitOfWork, Writer};
use crate::page::{Page, Span};

/// The longest text about what is wrong, in characters.
const LONGEST_MESSAGE: usize = 1_000;
/// Reports of one account that wait at most.
const MOST_WAITING: i64 = 100;

/// Takes reports, and has staff see to them.
#[derive(Debug, Clone)]
pub struct Reports(pub(super) Arc<Parts>);

/// What reports take.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) writer: Writer,
    pub(super) chats: Chats,
    pub(super) suspensions: Suspensions,
}

impl Reports {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer, chats: Chats, suspensions: Suspensions) -> Self {
        Self(Arc::new(Parts { writer, chats, suspensions }))
    }

    /// Reports something. While a report of the same thing by the same account waits, there is no other: that one
    /// takes the new text, unless staff have claimed it.
    ///
    /// # Errors
    /// The text does not fit; what is reported is not there; it is one's own; too many reports wait.
    pub async fn report(&self, reporter_id: i64, new: NewReport) -> Result<Filed, ReportError> {
        let NewReport { subject, subject_id, message, faults } = new;
        let mut errors = FieldErrors::default();
        let message = errors.take("message", required_text(&message, LONGEST_MESSAGE)).unwrap_or_default();
        faults.beside(errors).check()?;
        let work = self.0.writer.begin().await?;
        // Held, so that of two at once the second finds the first.
        hold_account(work.tx(), reporter_id).await?.ok_or(ReportError::NoSubject)?;
        let Found { account_id, quoted } = subjects::find(&work, reporter_id, subject, subject_id).await?;
        let engine = work.engine();
        let again = engine.statement(
            "UPDATE reports SET message = CASE WHEN claimed_by IS NULL THEN $4 ELSE message END
             WHERE reporter_id = $1 AND subject = $2 AND subject_id = $3 AND resolved_at IS NULL RETURNING id",
            [reporter_id.into(), subject.as_str().into(), subject_id.into(), message.clone().into()],
        );
        let waiting = work.tx().query_one_raw(again).await?;
        let new = waiting.is_none();
        let row = if let Some(row) = waiting {
            row
        } else {
            allow_one_more(&work, reporter_id).await?;
            let insert = engine.statement(
                "INSERT INTO reports (reporter_id, subject, subject_id, account_id, quoted, message, created_at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
                [
                    reporter_id.into(),
                    subject.as_str().into(),
                    subject_id.into(),
                    account_id.into(),
                    quoted.into(),
                    message.into(),
                    work.now().into(),
                ],
            );
            work.tx().query_one_raw(insert).await?.ok_or(DbErr::RecordNotInserted)?
        };
        let report = read(work.tx(), engine, row.try_get("", "id")?).await?;
        work.commit().await?;
        Ok(Filed { report, new })
    }

    /// The account's own reports, newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn list(&self, reporter_id: i64, span: Span) -> Result<Page<Report>, ReportError> {
        let sql =
            format!("{} WHERE r.reporter_id = $1 AND r.id < $2 ORDER BY r.id DESC LIMIT $3 OFFSET $4", selected());
        let values = [reporter_id.into()].into_iter().chain(span.values());
        let rows =
            self.0.writer.database().reader().query_all_raw(self.0.writer.engine().statement(sql, values)).await?;
        page(&rows, span)
    }

    /// One of the account's own reports.
    ///
    /// # Errors
    /// It made no such report.
    pub async fn find(&self, reporter_id: i64, id: i64) -> Result<Report, ReportError> {
        let report = read(self.0.writer.database().reader(), self.0.writer.engine(), id).await?;
        if report.reporter.id == reporter_id { Ok(report) } else { Err(ReportError::NotFound) }
    }

    /// Everybody's reports of a state, newest first.
    ///
    /// # Errors
    /// The caller is not staff.
    pub async fn list_all(&self, caller: &Caller, state: ReportState, span: Span) -> Result<Page<Report>, ReportError> {
        caller.require_staff()?;
        let sql =
            format!("{} WHERE {} AND r.id < $1 ORDER BY r.id DESC LIMIT $2 OFFSET $3", selected(), state.condition());
        let statement = self.0.writer.engine().statement(sql, span.values());
        let rows = self.0.writer.database().reader().query_all_raw(statement).await?;
        page(&rows, span)
    }

    /// Anybody's report.
    ///
    /// # Errors
    /// The caller is not staff; there is none.
    pub async fn find_any(&self, caller: &Caller, id: i64) -> Result<Report, ReportError> {
        caller.require_staff()?;
        read(self.0.writer.database().reader(), self.0.writer.engine(), id).await
    }

    /// Takes a report on, so that nobody else of the staff does; again changes nothing.
    ///
    /// # Errors
    /// The caller is not staff; there is none; somebody else has claimed it; it is resolved.
    pub async fn claim(&self, caller: &Caller, id: i64) -> Result<Report, ReportError> {
        caller.require_staff()?;
        let work = self.0.writer.begin().await?;
        let engine = work.engine();
        let sql = format!(
            "UPDATE reports SET claimed_by = $2, claimed_at = $3
             WHERE id = $1 AND resolved_at IS NULL AND (claimed_by IS NULL OR claimed_by <> $2) AND {}",
            free_for("$2")
        );
        let values = [id.into(), caller.account_id.into(), work.now().into()];
        if work.tx().execute_raw(engine.statement(sql, values)).await?.rows_affected() == 0 {
            let report = read(work.tx(), engine, id).await?;
            return match refusal(&report, caller) {
                Some(error) => Err(error),
                None => Ok(report),
            };
        }
        record(&work, caller, "report.claim", id, json!({})).await?;
        let report = read(work.tx(), engine, id).await?;
        work.commit().await?;
        Ok(report)
    }
}

/// That a report is claimed by nobody who is staff still, or by the account of a placeholder.
pub(super) fn free_for(staff: &str) -> String {
    format!(
        "(reports.claimed_by IS NULL OR reports.claimed_by = {staff} OR NOT EXISTS
          (SELECT 1 FROM accounts a WHERE a.id = reports.claimed_by AND {}))",
        is_staff("a")
    )
}

/// Why somebody can't have a report.
pub(super) fn refusal(report: &Report, caller: &Caller) -> Option<ReportError> {
    match report.state() {
        ReportState::Resolved => Some(ReportError::AlreadyResolved),
        ReportState::Claimed if report.claimed_by.as_ref().is_some_and(|by| by.id != caller.account_id) => {
            Some(ReportError::AlreadyClaimed)
        }
        ReportState::Claimed | ReportState::Waiting => None,
    }
}

pub(super) async fn read(db: &impl ConnectionTrait, engine: Engine, id: i64) -> Result<Report, ReportError> {
    let sql = format!("{} WHERE r.id = $1", selected());
    let row = db.query_one_raw(engine.statement(sql, [id.into()])).await?;
    Ok(report(&row.ok_or(ReportError::NotFound)?)?)
}

fn page(rows: &[sea_orm::QueryResult], span: Span) -> Result<Page<Report>, ReportError> {
    let reports = rows.iter().map(report).collect::<Result<_, _>>()?;
    Ok(Page::of(reports, span, |report: &Report| report.id))
}

/// That the account, which is held, may have one more report waiting.
async fn allow_one_more(work: &UnitOfWork, reporter_id: i64) -> Result<(), ReportError> {
    let count = work.engine().statement(
        "SELECT count(*) AS waiting FROM reports WHERE reporter_id = $1 AND resolved_at IS NULL",
        [reporter_id.into()],
    );
    let row = work.tx().query_one_raw(count).await?.ok_or(DbErr::RecordNotFound(String::new()))?;
    let waiting: i64 = row.try_get("", "waiting")?;
    if waiting >= MOST_WAITING { Err(ReportError::TooManyReports(MOST_WAITING)) } else { Ok(()) }
}

pub(super) async fn record(
    work: &UnitOfWork,
    caller: &Caller,
    name: &'static str,
    subject_id: i64,
    detail: Value,
) -> Result<(), ReportError> {
    audit::record(work, caller, Action { name, subject: "report", subject_id, detail }).await
}
