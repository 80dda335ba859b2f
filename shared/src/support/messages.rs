//! What is said in one's own cases.

use sea_orm::{ConnectionTrait, DbErr, Value};

use super::cases::{Cases, allow_open, own};
use super::error::SupportError;
use super::model::{CaseMessage, NewCaseMessage, WholeCase, message, selected_messages};
use crate::accounts::hold_account;
use crate::fields::{FieldErrors, required_text};
use crate::idempotency::{Claim, IdempotencyKey};
use crate::jobs::UnitOfWork;
use crate::page::{Page, Slice, Span, whole};
use crate::ports::clock::Timestamp;

/// The longest message, in characters.
pub(super) const LONGEST_MESSAGE: usize = 4_000;

impl Cases {
    /// The messages of one of the account's cases, newest first.
    ///
    /// # Errors
    /// It has no such case.
    pub async fn messages(&self, account_id: i64, case_id: i64, span: Span) -> Result<Page<CaseMessage>, SupportError> {
        self.find(account_id, case_id).await?;
        self.said(case_id, span).await
    }

    /// The same, oldest first.
    ///
    /// # Errors
    /// It has no such case.
    pub async fn messages_up(
        &self,
        account_id: i64,
        case_id: i64,
        slice: Slice,
    ) -> Result<Vec<CaseMessage>, SupportError> {
        self.find(account_id, case_id).await?;
        let sql = format!("{} WHERE m.case_id = $1 ORDER BY m.id LIMIT $2 OFFSET $3", selected_messages());
        self.read(sql, [case_id.into()].into_iter().chain(slice.values())).await
    }

    /// The messages of a case, newest first.
    pub(super) async fn said(&self, case_id: i64, span: Span) -> Result<Page<CaseMessage>, SupportError> {
        let sql =
            format!("{} WHERE m.case_id = $1 AND m.id < $2 ORDER BY m.id DESC LIMIT $3 OFFSET $4", selected_messages());
        let messages = self.read(sql, [case_id.into()].into_iter().chain(span.values())).await?;
        Ok(Page::of(messages, span, |message: &CaseMessage| message.id))
    }

    async fn read(
        &self,
        sql: String,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<Vec<CaseMessage>, SupportError> {
        let statement = self.writer.engine().statement(sql, values);
        let rows = self.writer.database().reader().query_all_raw(statement).await?;
        Ok(rows.iter().map(message).collect::<Result<_, _>>()?)
    }

    /// Writes into one of the account's cases; a closed one is open again.
    ///
    /// # Errors
    /// The text does not fit; it has no such case; the case is closed, and the account has too many open.
    pub async fn write(&self, account_id: i64, case_id: i64, new: NewCaseMessage) -> Result<CaseMessage, SupportError> {
        let NewCaseMessage { text, idempotency_key, faults } = new;
        let mut errors = FieldErrors::default();
        let text = errors.take("text", required_text(&text, LONGEST_MESSAGE)).unwrap_or_default();
        faults.beside(errors).check()?;
        let asked = format!("{case_id}\n{text}");
        let key = idempotency_key.map(|key| IdempotencyKey::new(&key, "case-messages", &asked)).transpose()?;
        let work = self.writer.begin().await?;
        if let Some(key) = &key
            && let Claim::Replay(id) = key.claim(&work, account_id).await?
        {
            return find_message(&work, id).await;
        }
        // Before the case, as whoever opens one takes it.
        hold_account(work.tx(), account_id).await?.ok_or(SupportError::NotFound)?;
        if own(work.tx(), work.engine(), account_id, case_id).await?.closed_at.is_some() {
            allow_open(&work, account_id).await?;
        }
        let reopen = work.engine().statement(
            "UPDATE cases SET updated_at = $3, closed_at = NULL WHERE id = $1 AND account_id = $2",
            [case_id.into(), account_id.into(), work.now().into()],
        );
        if work.tx().execute_raw(reopen).await?.rows_affected() == 0 {
            return Err(SupportError::NotFound);
        }
        let message = say(&work, case_id, account_id, false, text).await?;
        if let Some(key) = &key {
            key.complete(&work, account_id, message.id).await?;
        }
        work.commit().await?;
        Ok(message)
    }

    /// All cases of an account with all that was said in them, newest case first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn whole(&self, account_id: i64) -> Result<Vec<WholeCase>, SupportError> {
        let cases = whole(|span| self.list(account_id, span)).await?;
        let mut all: Vec<WholeCase> = cases.into_iter().map(|case| WholeCase { case, messages: Vec::new() }).collect();
        let sql = format!(
            "{} JOIN cases c ON c.id = m.case_id WHERE c.account_id = $1 AND m.id > $2 ORDER BY m.id LIMIT $3",
            selected_messages()
        );
        let mut after = 0;
        loop {
            let part = self.read(sql.clone(), [account_id.into(), after.into(), PART.into()]).await?;
            let Some(last) = part.last() else { return Ok(all) };
            after = last.id;
            for message in part {
                // What was said meanwhile in a case that was opened meanwhile is left to the next export.
                // Newest first, so by falling number.
                let place = all.binary_search_by(|one| message.case_id.cmp(&one.case.id));
                if let Ok(place) = place {
                    all[place].messages.push(message);
                }
            }
        }
    }
}

/// Messages that an export reads at once.
const PART: i64 = 1_000;

/// Writes down what somebody says in a case.
pub(super) async fn say(
    work: &UnitOfWork,
    case_id: i64,
    author_id: i64,
    from_staff: bool,
    text: String,
) -> Result<CaseMessage, SupportError> {
    let now: Timestamp = work.now();
    let insert = work.engine().statement(
        "INSERT INTO case_messages (case_id, author_id, from_staff, body, created_at) VALUES ($1, $2, $3, $4, $5)
         RETURNING id",
        [case_id.into(), author_id.into(), from_staff.into(), text.into(), now.into()],
    );
    let row = work.tx().query_one_raw(insert).await?.ok_or(DbErr::RecordNotInserted)?;
    find_message(work, row.try_get("", "id")?).await
}

async fn find_message(work: &UnitOfWork, id: i64) -> Result<CaseMessage, SupportError> {
    let sql = format!("{} WHERE m.id = $1", selected_messages());
    let row = work.tx().query_one_raw(work.engine().statement(sql, [id.into()])).await?;
    Ok(message(&row.ok_or(SupportError::NotFound)?)?)
}
