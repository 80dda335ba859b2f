//! Listings that people keep for themselves.

use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use super::error::ListingError;
use super::model::Saved;
use super::reading::{card, cards_with};
use super::service::Listings;
use crate::accounts::may_see;
use crate::page::{Page, Span};

impl Listings {
    /// Saves a listing for an account. Again changes nothing.
    ///
    /// # Errors
    /// There is no such listing for the account.
    pub async fn save(&self, account_id: i64, id: i64) -> Result<(), ListingError> {
        let engine = self.writer().engine();
        let sql = format!(
            "INSERT INTO saved_listings (account_id, listing_id, created_at)
             SELECT $1, l.id, $3 FROM listings l JOIN accounts a ON a.id = l.account_id
             WHERE l.id = $2 AND {} ON CONFLICT (account_id, listing_id) DO NOTHING",
            may_see("$1", "a")
        );
        let values = [account_id.into(), id.into(), self.writer().now().into()];
        let saved = self.writer().database().writer().execute_raw(engine.statement(sql, values)).await?;
        if saved.rows_affected() == 0 {
            self.find(Some(account_id), id).await?; // saved already, or not there
        }
        Ok(())
    }

    /// Forgets a saved listing.
    ///
    /// # Errors
    /// The account has not saved it.
    pub async fn forget(&self, account_id: i64, id: i64) -> Result<(), ListingError> {
        let statement = self.writer().engine().statement(
            "DELETE FROM saved_listings WHERE account_id = $1 AND listing_id = $2",
            [account_id.into(), id.into()],
        );
        let forgotten = self.writer().database().writer().execute_raw(statement).await?.rows_affected();
        if forgotten == 0 { Err(ListingError::NotFound) } else { Ok(()) }
    }

    /// What an account has saved, the newest first; not what is no longer there for it. A span's ids are those of
    /// the savings.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn saved(&self, account_id: i64, span: Span) -> Result<Page<Saved>, ListingError> {
        let chosen = format!(
            "SELECT l.*, w.id AS saving_id, w.created_at AS saved_at FROM saved_listings w
                 JOIN listings l ON l.id = w.listing_id JOIN accounts a ON a.id = l.account_id
             WHERE w.account_id = $1 AND w.id < $2 AND {} ORDER BY w.id DESC LIMIT $3 OFFSET $4",
            may_see("$1", "a")
        );
        let sql = cards_with("l.saving_id, l.saved_at,", &chosen, "l.saving_id DESC", "$1");
        let values = [account_id.into()].into_iter().chain(span.values());
        let rows =
            self.writer().database().reader().query_all_raw(self.writer().engine().statement(sql, values)).await?;
        let read = |row: &QueryResult| {
            Ok(Saved { id: row.try_get("", "saving_id")?, card: card(row)?, saved_at: row.try_get("", "saved_at")? })
        };
        let items = rows.iter().map(read).collect::<Result<_, DbErr>>()?;
        Ok(Page::of(items, span, |saved: &Saved| saved.id))
    }
}
