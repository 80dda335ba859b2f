//! One's own cases. Another's looks as if it were not there.

use sea_orm::{ConnectionTrait, DbErr};

use super::error::SupportError;
use super::model::{Case, CaseKind, NewCase, case, selected_cases};
use crate::accounts::hold_account;
use crate::database::Engine;
use crate::fields::{FieldErrors, required_text};
use crate::idempotency::{Claim, IdempotencyKey};
use crate::jobs::{UnitOfWork, Writer};
use crate::page::{Page, Slice, Span};

/// The longest title of a case, in characters.
const LONGEST_TITLE: usize = 200;
/// Cases that an account has open at most.
const MOST_OPEN: i64 = 50;

/// Opens cases, and what is said in them.
#[derive(Debug, Clone)]
pub struct Cases {
    pub(super) writer: Writer,
}

impl Cases {
    /// Over the given part.
    #[must_use]
    pub fn new(writer: Writer) -> Self {
        Self { writer }
    }

    /// The kinds that cases are sorted by, oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn kinds(&self, slice: Slice) -> Result<Vec<CaseKind>, SupportError> {
        let sql = "SELECT id, title FROM case_kinds ORDER BY id LIMIT $1 OFFSET $2";
        let statement = self.writer.engine().statement(sql, slice.values());
        let rows = self.writer.database().reader().query_all_raw(statement).await?;
        let read =
            |row: &sea_orm::QueryResult| Ok(CaseKind { id: row.try_get("", "id")?, title: row.try_get("", "title")? });
        Ok(rows.iter().map(read).collect::<Result<_, DbErr>>()?)
    }

    /// Opens a case.
    ///
    /// # Errors
    /// The title does not fit; there is no such kind; the account has too many open.
    pub async fn open(&self, account_id: i64, new: NewCase) -> Result<Case, SupportError> {
        let NewCase { kind_id, title, idempotency_key, faults } = new;
        let mut errors = FieldErrors::default();
        let title = errors.take("title", required_text(&title, LONGEST_TITLE)).unwrap_or_default();
        faults.beside(errors).check()?;
        let asked = format!("{kind_id}\n{title}");
        let key = idempotency_key.map(|key| IdempotencyKey::new(&key, "cases", &asked)).transpose()?;
        let work = self.writer.begin().await?;
        if let Some(key) = &key
            && let Claim::Replay(id) = key.claim(&work, account_id).await?
        {
            return own(work.tx(), work.engine(), account_id, id).await;
        }
        hold_account(work.tx(), account_id).await?.ok_or(SupportError::NotFound)?;
        allow_open(&work, account_id).await?;
        // The kind is held, or it might go before this commits.
        let kind = format!("SELECT id FROM case_kinds WHERE id = $1 {}", work.engine().postgres_only("FOR KEY SHARE"));
        let found = work.tx().query_one_raw(work.engine().statement(kind, [kind_id.into()])).await?;
        found.ok_or(SupportError::NoKind)?;
        let insert = work.engine().statement(
            "INSERT INTO cases (kind_id, account_id, title, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)
             RETURNING id",
            [kind_id.into(), account_id.into(), title.into(), work.now().into()],
        );
        let row = work.tx().query_one_raw(insert).await?.ok_or(DbErr::RecordNotInserted)?;
        let id = row.try_get("", "id")?;
        if let Some(key) = &key {
            key.complete(&work, account_id, id).await?;
        }
        let case = own(work.tx(), work.engine(), account_id, id).await?;
        work.commit().await?;
        Ok(case)
    }

    /// The account's cases, newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn list(&self, account_id: i64, span: Span) -> Result<Page<Case>, SupportError> {
        let sql =
            format!("{} WHERE c.account_id = $1 AND c.id < $2 ORDER BY c.id DESC LIMIT $3 OFFSET $4", selected_cases());
        let values = [account_id.into()].into_iter().chain(span.values());
        let rows = self.writer.database().reader().query_all_raw(self.writer.engine().statement(sql, values)).await?;
        let cases = rows.iter().map(case).collect::<Result<_, _>>()?;
        Ok(Page::of(cases, span, |case: &Case| case.id))
    }

    /// Those of one kind, oldest first.
    ///
    /// # Errors
    /// There is no such kind.
    pub async fn of_kind(&self, account_id: i64, kind_id: i64, slice: Slice) -> Result<Vec<Case>, SupportError> {
        let (engine, db) = (self.writer.engine(), self.writer.database().reader());
        let kind = engine.statement("SELECT id FROM case_kinds WHERE id = $1", [kind_id.into()]);
        db.query_one_raw(kind).await?.ok_or(SupportError::NoKind)?;
        let sql =
            format!("{} WHERE c.account_id = $1 AND c.kind_id = $2 ORDER BY c.id LIMIT $3 OFFSET $4", selected_cases());
        let values = [account_id.into(), kind_id.into()].into_iter().chain(slice.values());
        let rows = db.query_all_raw(engine.statement(sql, values)).await?;
        Ok(rows.iter().map(case).collect::<Result<_, _>>()?)
    }

    /// One of the account's cases.
    ///
    /// # Errors
    /// It has no such case.
    pub async fn find(&self, account_id: i64, id: i64) -> Result<Case, SupportError> {
        own(self.writer.database().reader(), self.writer.engine(), account_id, id).await
    }
}

/// A case of an account.
pub(super) async fn own(
    db: &impl ConnectionTrait,
    engine: Engine,
    account_id: i64,
    id: i64,
) -> Result<Case, SupportError> {
    let sql = format!("{} WHERE c.id = $1 AND c.account_id = $2", selected_cases());
    let row = db.query_one_raw(engine.statement(sql, [id.into(), account_id.into()])).await?;
    Ok(case(&row.ok_or(SupportError::NotFound)?)?)
}

/// That the account, which is held, may have one more open case: of two at once each counts the other's.
pub(super) async fn allow_open(work: &UnitOfWork, account_id: i64) -> Result<(), SupportError> {
    let count = work.engine().statement(
        "SELECT count(*) AS open FROM cases WHERE account_id = $1 AND closed_at IS NULL",
        [account_id.into()],
    );
    let row = work.tx().query_one_raw(count).await?.ok_or(DbErr::RecordNotFound(String::new()))?;
    if row.try_get::<i64>("", "open")? >= MOST_OPEN { Err(SupportError::TooManyCases(MOST_OPEN)) } else { Ok(()) }
}
