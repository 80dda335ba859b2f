//! Blocks: they end connection and requests, take each other's notifications away, and tell nobody.

use sea_orm::ConnectionTrait;

use super::error::ConnectionError;
use super::model::Blocked;
use crate::accounts::{is_present, person, person_columns};
use crate::entities::block;
use crate::jobs::Writer;
use crate::jobs::payloads::PairBlocked;
use crate::page::{Page, Span};

/// Makes and lifts blocks.
#[derive(Debug, Clone)]
pub struct Blocks {
    writer: Writer,
}

impl Blocks {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer) -> Self {
        Self { writer }
    }

    /// Blocks somebody; again changes nothing.
    ///
    /// # Errors
    /// Oneself; nobody there.
    pub async fn block(&self, blocker_id: i64, blocked_id: i64) -> Result<(), ConnectionError> {
        use sea_orm::EntityTrait;

        if blocker_id == blocked_id {
            return Err(ConnectionError::Oneself);
        }
        let mut work = self.writer.begin().await?;
        work.lock_pair(blocker_id, blocked_id).await?;
        if block::Entity::find_by_id((blocker_id, blocked_id)).one(work.tx()).await?.is_some() {
            return Ok(());
        }
        let engine = work.engine();
        // Whoever has blocked the caller is not there for them to block.
        let sql = format!(
            "INSERT INTO blocks (blocker_id, blocked_id, created_at)
             SELECT $1, a.id, $3 FROM accounts a WHERE a.id = $2 AND {}
                 AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_id = a.id AND b.blocked_id = $1)",
            is_present("a")
        );
        let values = [blocker_id.into(), blocked_id.into(), work.now().into()];
        if work.tx().execute_raw(engine.statement(sql, values)).await?.rows_affected() == 0 {
            return Err(ConnectionError::NotFound);
        }
        let pair: [sea_orm::Value; 2] = [blocker_id.min(blocked_id).into(), blocker_id.max(blocked_id).into()];
        let silence = format!(
            "UPDATE connection_requests SET silenced = TRUE,
                 status = CASE status WHEN 'pending' THEN 'cancelled' ELSE status END,
                 decided_at = COALESCE(decided_at, $3)
             WHERE {} AND NOT silenced",
            engine.is_pair("from_id", "to_id")
        );
        let values = pair.clone().into_iter().chain([work.now().into()]);
        work.tx().execute_raw(engine.statement(silence, values)).await?;
        let untie = engine.statement("DELETE FROM connections WHERE low_id = $1 AND high_id = $2", pair);
        work.tx().execute_raw(untie).await?;
        work.ask(&PairBlocked { blocker_id, blocked_id }).await?;
        work.commit().await?;
        Ok(())
    }

    /// Lifts a block. What it ended stays ended.
    ///
    /// # Errors
    /// There is none.
    pub async fn unblock(&self, blocker_id: i64, blocked_id: i64) -> Result<(), ConnectionError> {
        let statement = self.writer.engine().statement(
            "DELETE FROM blocks WHERE blocker_id = $1 AND blocked_id = $2",
            [blocker_id.into(), blocked_id.into()],
        );
        let lifted = self.writer.database().writer().execute_raw(statement).await?.rows_affected();
        if lifted == 0 { Err(ConnectionError::NotFound) } else { Ok(()) }
    }

    /// Whom the account has blocked, by account id from the highest down.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn list(&self, blocker_id: i64, span: Span) -> Result<Page<Blocked>, ConnectionError> {
        let sql = format!(
            "SELECT b.created_at, {} FROM blocks b JOIN accounts a ON a.id = b.blocked_id
             WHERE b.blocker_id = $1 AND b.blocked_id < $2 ORDER BY b.blocked_id DESC LIMIT $3 OFFSET $4",
            person_columns("a", "person_")
        );
        let values = [blocker_id.into()].into_iter().chain(span.values());
        let rows = self.writer.database().reader().query_all_raw(self.writer.engine().statement(sql, values)).await?;
        let items = rows
            .iter()
            .map(|row| Ok(Blocked { person: person(row, "person_")?, created_at: row.try_get("", "created_at")? }))
            .collect::<Result<_, sea_orm::DbErr>>()?;
        Ok(Page::of(items, span, |blocked: &Blocked| blocked.person.id))
    }
}
