//! Resolving a report: what becomes of what was reported, in one transaction with all that follows.

use sea_orm::ConnectionTrait;
use serde_json::json;

use super::error::ReportError;
use super::model::{Outcome, Report, Resolution, Subject};
use super::reports::{Reports, free_for, read, record, refusal};
use crate::accounts::Caller;
use crate::fields::{FieldErrors, text};
use crate::jobs::UnitOfWork;
use crate::jobs::payloads::Notice;
use crate::listings::{take_out_listing, take_out_review};
use crate::notifications::Kind;

/// The longest note, in characters.
const LONGEST_NOTE: usize = 1_000;

impl Reports {
    /// Resolves a report, and tells who made it. Other reports of the same thing stay.
    ///
    /// # Errors
    /// The caller is not staff; input that does not fit; there is no such report; somebody else has claimed it; it
    /// is resolved; the account that is to be suspended is gone, or one of the staff.
    pub async fn resolve(&self, caller: &Caller, id: i64, resolution: Resolution) -> Result<Report, ReportError> {
        caller.require_staff()?;
        let Resolution { outcome, note } = resolution;
        let note = text(note.as_deref().unwrap_or_default(), LONGEST_NOTE)
            .map_err(|reason| FieldErrors::one("note", reason))?;
        // What it is about never changes.
        let Report { subject, subject_id, person, .. } =
            read(self.0.writer.database().reader(), self.0.writer.engine(), id).await?;
        if (outcome, subject) == (Outcome::Removed, Subject::Account) {
            return Err(FieldErrors::one("outcome", "An account can be suspended, not removed.").into());
        }
        let mut work = self.0.writer.begin().await?;
        if (outcome, subject) == (Outcome::Removed, Subject::Message) {
            // Inboxes come before every other lock.
            self.0.chats.take_out(&mut work, subject_id).await?;
        }
        let reporter_id = settle(&work, caller, id, outcome, note.as_deref()).await?;
        let mut suspended = None;
        match (outcome, subject) {
            (Outcome::Removed, Subject::Listing) => take_out_listing(&work, subject_id).await?,
            (Outcome::Removed, Subject::Review) => take_out_review(&work, subject_id).await?,
            (Outcome::Suspended, _) => {
                let account = person.ok_or(ReportError::AccountGone)?;
                let detail = json!({"report_id": id});
                suspended = Some(self.0.suspensions.suspend_in(&mut work, caller, account.id, detail).await?);
            }
            (Outcome::Removed, Subject::Message | Subject::Account) | (Outcome::Dismissed, _) => {}
        }
        let detail = json!({
            "outcome": outcome.as_str(), "note": note, "subject": subject.as_str(), "subject_id": subject_id,
        });
        record(&work, caller, "report.resolve", id, detail).await?;
        let notice = Notice { recipient_id: reporter_id, kind: Kind::ReportResolved, actor_id: None, subject_id: id };
        work.ask(&notice).await?;
        let report = read(work.tx(), work.engine(), id).await?;
        work.commit().await?;
        if let Some(suspended) = suspended {
            self.0.suspensions.suspended(suspended).await;
        }
        Ok(report)
    }
}

/// Writes the outcome down, if the report is the caller's to resolve; answers who made it.
async fn settle(
    work: &UnitOfWork,
    caller: &Caller,
    id: i64,
    outcome: Outcome,
    note: Option<&str>,
) -> Result<i64, ReportError> {
    let sql = format!(
        "UPDATE reports SET outcome = $3, note = $4, resolved_by = $2, resolved_at = $5
         WHERE id = $1 AND resolved_at IS NULL AND {} RETURNING reporter_id",
        free_for("$2")
    );
    let values = [
        id.into(),
        caller.account_id.into(),
        outcome.as_str().into(),
        note.map(str::to_owned).into(),
        work.now().into(),
    ];
    if let Some(row) = work.tx().query_one_raw(work.engine().statement(sql, values)).await? {
        return Ok(row.try_get("", "reporter_id")?);
    }
    let report = read(work.tx(), work.engine(), id).await?;
    Err(refusal(&report, caller).unwrap_or(ReportError::AlreadyClaimed))
}
