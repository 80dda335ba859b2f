//! Suggesting people, and no longer suggesting them.

use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use super::error::SuggestionError;
use super::model::{Dismissed, Suggestion};
use super::query::suggestions;
use crate::accounts::{Caller, may_see, person, person_columns};
use crate::jobs::Writer;
use crate::page::{Page, Span};

/// Suggests people, and hears who is not to be suggested again.
#[derive(Debug, Clone)]
pub struct Suggestions {
    writer: Writer,
}

impl Suggestions {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer) -> Self {
        Self { writer }
    }

    /// Whom an account may want to connect with, at most `limit`, best first: by how many connections they
    /// have in common, then the same company, industry and city, then the older account. Never itself,
    /// whom it is connected with, whoever is part of a pending request or of a block with it, whom it has
    /// dismissed, who refuses to be suggested, or who is not there for anybody. An empty text is nothing
    /// that is shared, and a suspended connection connects nobody.
    ///
    /// It is bounded. Of more than 1,000 connections, those with the newest accounts lead on to others. Of all
    /// who are met through them, the 200 with the most mutual connections are compared (of as many, first those
    /// who share something); where fewer are met, people who share something make up the number. Of those
    /// there are found at most 500 of one's company and 200 of one's industry, the oldest accounts first, and 200
    /// of one's cities, whichever are read first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn list(&self, account_id: i64, limit: u32) -> Result<Vec<Suggestion>, SuggestionError> {
        let statement = suggestions(self.writer.engine(), account_id, limit);
        let rows = self.writer.database().reader().query_all_raw(statement).await?;
        Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
    }

    /// The same for somebody who calls: of their own account, or for staff of anybody's.
    ///
    /// # Errors
    /// It is another's, and the caller is not staff; there is no such account.
    pub async fn list_for(
        &self,
        caller: &Caller,
        account_id: i64,
        limit: u32,
    ) -> Result<Vec<Suggestion>, SuggestionError> {
        if account_id != caller.account_id {
            if !caller.staff {
                return Err(SuggestionError::NotYours);
            }
            let sql = "SELECT 1 AS there FROM accounts WHERE id = $1 AND deleted_at IS NULL";
            let statement = self.writer.engine().statement(sql, [account_id.into()]);
            let there = self.writer.database().reader().query_one_raw(statement).await?;
            there.ok_or(SuggestionError::NotFound)?;
        }
        self.list(account_id, limit).await
    }

    /// Suggests somebody no longer; again changes nothing.
    ///
    /// # Errors
    /// Nobody is there for the account, or it is itself.
    pub async fn dismiss(&self, account_id: i64, other_id: i64) -> Result<(), SuggestionError> {
        let sql = format!(
            "INSERT INTO suggestion_dismissals (account_id, dismissed_id, created_at)
             SELECT $1, a.id, $3 FROM accounts a WHERE a.id = $2 AND a.id <> $1 AND {}
             ON CONFLICT (account_id, dismissed_id) DO UPDATE SET created_at = suggestion_dismissals.created_at",
            may_see("$1", "a")
        );
        let values = [account_id.into(), other_id.into(), self.writer.now().into()];
        let statement = self.writer.engine().statement(sql, values);
        let kept = self.writer.database().writer().execute_raw(statement).await?.rows_affected();
        if kept == 0 { Err(SuggestionError::NotFound) } else { Ok(()) }
    }

    /// Whom the account has dismissed, by account id from the highest down; whoever is not there for it left out.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn dismissed(&self, account_id: i64, span: Span) -> Result<Page<Dismissed>, SuggestionError> {
        let sql = format!(
            "SELECT d.created_at, {} FROM suggestion_dismissals d JOIN accounts a ON a.id = d.dismissed_id
             WHERE d.account_id = $1 AND d.dismissed_id < $2 AND {} ORDER BY d.dismissed_id DESC LIMIT $3 OFFSET $4",
            person_columns("a", "person_"),
            may_see("$1", "a")
        );
        let values = [account_id.into()].into_iter().chain(span.values());
        let rows = self.writer.database().reader().query_all_raw(self.writer.engine().statement(sql, values)).await?;
        let items = rows
            .iter()
            .map(|row| Ok(Dismissed { person: person(row, "person_")?, created_at: row.try_get("", "created_at")? }))
            .collect::<Result<_, DbErr>>()?;
        Ok(Page::of(items, span, |dismissed: &Dismissed| dismissed.person.id))
    }
}

fn read(row: &QueryResult) -> Result<Suggestion, DbErr> {
    Ok(Suggestion {
        person: person(row, "person_")?,
        mutual_connections: row.try_get("", "mutual")?,
        same_company: row.try_get("", "same_company")?,
        same_industry: row.try_get("", "same_industry")?,
        same_city: row.try_get("", "same_city")?,
    })
}
