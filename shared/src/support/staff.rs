//! What staff do with cases.

use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::cases::Cases;
use super::error::SupportError;
use super::messages::{LONGEST_MESSAGE, say};
use super::model::{Case, CaseFilter, CaseMessage, case, selected_cases};
use crate::accounts::Caller;
use crate::audit::{self, Action};
use crate::database::Engine;
use crate::fields::{FieldErrors, required_text};
use crate::jobs::UnitOfWork;
use crate::jobs::payloads::Notice;
use crate::notifications::Kind;
use crate::page::{Page, Span};

impl Cases {
    /// Everybody's cases, newest first.
    ///
    /// # Errors
    /// The caller is not staff.
    pub async fn list_all(&self, caller: &Caller, filter: CaseFilter, span: Span) -> Result<Page<Case>, SupportError> {
        caller.require_staff()?;
        let open = match filter {
            CaseFilter::Open => "AND c.closed_at IS NULL",
            CaseFilter::All => "",
        };
        let sql = format!("{} WHERE c.id < $1 {open} ORDER BY c.id DESC LIMIT $2 OFFSET $3", selected_cases());
        let statement = self.writer.engine().statement(sql, span.values());
        let rows = self.writer.database().reader().query_all_raw(statement).await?;
        let cases = rows.iter().map(case).collect::<Result<_, _>>()?;
        Ok(Page::of(cases, span, |case: &Case| case.id))
    }

    /// Anybody's case.
    ///
    /// # Errors
    /// The caller is not staff; there is none.
    pub async fn find_any(&self, caller: &Caller, id: i64) -> Result<Case, SupportError> {
        caller.require_staff()?;
        any(self.writer.database().reader(), self.writer.engine(), id).await
    }

    /// The messages of anybody's case, newest first.
    ///
    /// # Errors
    /// The caller is not staff; there is none.
    pub async fn messages_of_any(
        &self,
        caller: &Caller,
        case_id: i64,
        span: Span,
    ) -> Result<Page<CaseMessage>, SupportError> {
        self.find_any(caller, case_id).await?;
        self.said(case_id, span).await
    }

    /// Answers in anybody's case, which tells its owner. A closed one stays so.
    ///
    /// # Errors
    /// The caller is not staff; the text does not fit; there is no such case.
    pub async fn answer(&self, caller: &Caller, case_id: i64, text: &str) -> Result<CaseMessage, SupportError> {
        caller.require_staff()?;
        let text = required_text(text, LONGEST_MESSAGE).map_err(|reason| FieldErrors::one("text", reason))?;
        let mut work = self.writer.begin().await?;
        let touch = work.engine().statement(
            "UPDATE cases SET updated_at = $2 WHERE id = $1 RETURNING account_id",
            [case_id.into(), work.now().into()],
        );
        let row = work.tx().query_one_raw(touch).await?.ok_or(SupportError::NotFound)?;
        let recipient_id = row.try_get("", "account_id")?;
        let message = say(&work, case_id, caller.account_id, true, text).await?;
        record(&work, caller, "case.answer", case_id, json!({"message_id": message.id})).await?;
        let notice = Notice { recipient_id, kind: Kind::CaseAnswered, actor_id: None, subject_id: case_id };
        work.ask(&notice).await?;
        work.commit().await?;
        Ok(message)
    }

    /// Closes a case; again changes nothing. What its owner writes opens it again.
    ///
    /// # Errors
    /// The caller is not staff; there is no such case.
    pub async fn close(&self, caller: &Caller, id: i64) -> Result<Case, SupportError> {
        caller.require_staff()?;
        let work = self.writer.begin().await?;
        let close = work.engine().statement(
            "UPDATE cases SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL",
            [id.into(), work.now().into()],
        );
        let closed = work.tx().execute_raw(close).await?.rows_affected() == 1;
        let case = any(work.tx(), work.engine(), id).await?;
        if closed {
            record(&work, caller, "case.close", id, json!({})).await?;
            work.commit().await?;
        }
        Ok(case)
    }
}

async fn any(db: &impl ConnectionTrait, engine: Engine, id: i64) -> Result<Case, SupportError> {
    let sql = format!("{} WHERE c.id = $1", selected_cases());
    let row = db.query_one_raw(engine.statement(sql, [id.into()])).await?;
    Ok(case(&row.ok_or(SupportError::NotFound)?)?)
}

async fn record(
    work: &UnitOfWork,
    caller: &Caller,
    name: &'static str,
    subject_id: i64,
    detail: Value,
) -> Result<(), SupportError> {
    audit::record(work, caller, Action { name, subject: "case", subject_id, detail }).await
}
