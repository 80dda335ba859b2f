//! Taking what a deleted account told others out of their inboxes.

use sea_orm::ConnectionTrait;

use super::delivery::Delivery;
use super::removal::{Removal, remove};
use crate::database::DatabaseError;
use crate::events::{Change, Event, InboxEvent};
use crate::inboxes;

/// Notifications removed in one transaction.
const BATCH: u32 = 500;

impl Delivery {
    /// Removes some of the notifications whose actor an account is from the inboxes of others, tells their
    /// sockets, and forgets whom the traces of removals were about; answers whether there may be more.
    ///
    /// # Errors
    /// The database refuses; nothing is done then.
    pub async fn retract(&self, actor_id: i64) -> Result<bool, DatabaseError> {
        let mut work = self.writer().begin().await?;
        let engine = work.engine();
        let told = "SELECT id, account_id, read_at IS NULL AS unread FROM notifications
            WHERE actor_id = $1 AND account_id <> $1 AND removed_at IS NULL";
        let some = format!("{told} ORDER BY account_id, id LIMIT $2");
        let found = work.tx().query_all_raw(engine.statement(some, [actor_id.into(), i64::from(BATCH).into()])).await?;
        let more = found.len() == BATCH as usize;
        let mut accounts: Vec<i64> = found.iter().map(|row| row.try_get("", "account_id")).collect::<Result<_, _>>()?;
        accounts.dedup();
        let mut inboxes = inboxes::lock(&work, &accounts).await?;
        // Asked again under the locks: somebody may have read or removed one meanwhile.
        let ids: Vec<i64> = found.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?;
        let held = format!("{told} AND id {} ORDER BY account_id, id", engine.any("$2"));
        let rows = work.tx().query_all_raw(engine.statement(held, [actor_id.into(), engine.ids(&ids)])).await?;
        let removals = rows.iter().map(Removal::read).collect::<Result<_, _>>()?;
        let removed = remove(&work, removals, &mut inboxes).await?;
        inboxes::write_back(&work, &inboxes).await?;
        // What tells of a removal outlives whom it was about; earlier traces too.
        let traces = format!(
            "UPDATE notifications SET actor_id = NULL WHERE id {}",
            engine.any_of(
                "SELECT id FROM notifications WHERE actor_id = $1 AND account_id <> $1 AND removed_at IS NOT NULL
                 ORDER BY id LIMIT $2"
            )
        );
        let values = [actor_id.into(), i64::from(2 * BATCH).into()];
        let forgotten = work.tx().execute_raw(engine.statement(traces, values)).await?.rows_affected();
        let more = more || forgotten == u64::from(2 * BATCH);
        for one in removed {
            let change = Change::Removed { notifications: vec![one.what.id] };
            let (account_id, after, version, unread) = (one.what.account_id, one.after, one.version, one.unread);
            work.tell(Event::Inbox(InboxEvent { account_id, after, version, unread, change, origin: None }));
        }
        work.commit().await?;
        Ok(more)
    }
}
