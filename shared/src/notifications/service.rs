//! What people do with their inbox: read it, mark it read, clean it up.

use sea_orm::ConnectionTrait;

use super::error::NotificationError;
use super::model::{InboxPage, view, view_columns, view_joins};
use crate::database::Engine;
use crate::events::{Change, Event, InboxEvent, NotificationView, Unread};
use crate::inboxes::{self, LockedInbox};
use crate::jobs::{UnitOfWork, Writer};
use crate::page::{Page, Span};

/// What marking as read came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOutcome {
    /// How many were unread before.
    pub read: usize,
    /// What is unread now.
    pub unread: Unread,
    /// The inbox's version now.
    pub version: i64,
}

/// The inboxes of everybody.
#[derive(Debug, Clone)]
pub struct Notifications {
    writer: Writer,
}

impl Notifications {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer) -> Self {
        Self { writer }
    }

    pub(super) fn writer(&self) -> &Writer {
        &self.writer
    }

    /// The account's notifications, newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn list(
        &self,
        account_id: i64,
        unread_only: bool,
        span: Span,
    ) -> Result<Page<NotificationView>, NotificationError> {
        let sql = format!(
            "SELECT {} FROM notifications n {}
             WHERE n.account_id = $1 AND n.removed_at IS NULL AND n.id < $2 {}
             ORDER BY n.id DESC LIMIT $3 OFFSET $4",
            view_columns(),
            view_joins("n.account_id"),
            if unread_only { "AND n.read_at IS NULL" } else { "" }
        );
        let values = [account_id.into()].into_iter().chain(span.values());
        let statement = self.writer.engine().statement(sql, values);
        let rows = self.writer.database().reader().query_all_raw(statement).await?;
        let items = rows.iter().map(view).collect::<Result<Vec<_>, _>>()?;
        Ok(Page::of(items, span, |item| item.id))
    }

    /// The same, and where the inbox stands.
    ///
    /// # Errors
    /// The account is gone.
    pub async fn inbox(&self, account_id: i64, unread_only: bool, span: Span) -> Result<InboxPage, NotificationError> {
        // In this order: a client that resumes from the version misses nothing of what came since.
        let LockedInbox { version, unread } = self.state(account_id).await?;
        let page = self.list(account_id, unread_only, span).await?;
        Ok(InboxPage { page, unread, version })
    }

    /// One notification.
    ///
    /// # Errors
    /// It is not in the account's inbox.
    pub async fn find(&self, account_id: i64, id: i64) -> Result<NotificationView, NotificationError> {
        find(self.writer.database().reader(), self.writer.engine(), account_id, id).await
    }

    /// What is unread, and the inbox's version.
    ///
    /// # Errors
    /// The account is gone.
    pub async fn unread(&self, account_id: i64) -> Result<(Unread, i64), NotificationError> {
        let state = self.state(account_id).await?;
        Ok((state.unread, state.version))
    }

    async fn state(&self, account_id: i64) -> Result<LockedInbox, NotificationError> {
        let state = inboxes::state(self.writer.database().reader(), self.writer.engine(), account_id).await?;
        state.ok_or(NotificationError::NotFound)
    }

    /// Marks one notification as read; again changes nothing.
    ///
    /// # Errors
    /// It is not in the account's inbox.
    pub async fn read_one(&self, account_id: i64, id: i64) -> Result<NotificationView, NotificationError> {
        let work = self.writer.begin().await?;
        let outcome = mark_read(work, account_id, "n.id = $2", id).await?;
        // From the writer: a reader may be a moment behind the mark.
        let found = find(self.writer.database().writer(), self.writer.engine(), account_id, id).await?;
        debug_assert!(outcome.read <= 1, "an id names one row");
        Ok(found)
    }

    /// Marks as read what came with the inbox's version `through` or before.
    ///
    /// # Errors
    /// The account is gone.
    pub async fn read_through(&self, account_id: i64, through: i64) -> Result<ReadOutcome, NotificationError> {
        mark_read(self.writer.begin().await?, account_id, "n.created_version <= $2", through).await
    }

    /// Removes one notification. A trace stays for a while, so that clients that are away hear of it.
    ///
    /// # Errors
    /// It is not in the account's inbox.
    pub async fn remove(&self, account_id: i64, id: i64) -> Result<(), NotificationError> {
        let mut work = self.writer.begin().await?;
        let mut inboxes = inboxes::lock(&work, &[account_id]).await?;
        let inbox = inboxes.get_mut(&account_id).ok_or(NotificationError::NotFound)?;
        let (after, version) = inbox.advance(1);
        let remove = work.engine().statement(
            "UPDATE notifications SET removed_at = $1, version = $2
             WHERE id = $3 AND account_id = $4 AND removed_at IS NULL RETURNING read_at IS NULL AS unread",
            [work.now().into(), version.into(), id.into(), account_id.into()],
        );
        let row = work.tx().query_one_raw(remove).await?.ok_or(NotificationError::NotFound)?;
        if row.try_get::<bool>("", "unread")? {
            inbox.unread.notifications -= 1;
        }
        let unread = inbox.unread;
        inboxes::write_back(&work, &inboxes).await?;
        let change = Change::Removed { notifications: vec![id] };
        work.tell(Event::Inbox(InboxEvent { account_id, after, version, unread, change, origin: None }));
        work.commit().await?;
        Ok(())
    }
}

/// One notification of an account.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    engine: Engine,
    account_id: i64,
    id: i64,
) -> Result<NotificationView, NotificationError> {
    let sql = format!(
        "SELECT {} FROM notifications n {} WHERE n.id = $1 AND n.account_id = $2 AND n.removed_at IS NULL",
        view_columns(),
        view_joins("n.account_id")
    );
    let row = db.query_one_raw(engine.statement(sql, [id.into(), account_id.into()])).await?;
    Ok(view(&row.ok_or(NotificationError::NotFound)?)?)
}

/// Marks the unread notifications `n` of which `condition` on `$2` holds. Each takes a version of
/// its own, so that a client that resumes between two of them misses none.
async fn mark_read(
    mut work: UnitOfWork,
    account_id: i64,
    condition: &str,
    value: i64,
) -> Result<ReadOutcome, NotificationError> {
    let mut inboxes = inboxes::lock(&work, &[account_id]).await?;
    let inbox = inboxes.get_mut(&account_id).ok_or(NotificationError::NotFound)?;
    let sql = format!(
        "UPDATE notifications SET read_at = $3, version = $4 + m.place
         FROM (SELECT n.id, row_number() OVER (ORDER BY n.id) AS place FROM notifications n
               WHERE n.account_id = $1 AND n.read_at IS NULL AND n.removed_at IS NULL AND {condition}) AS m
         WHERE notifications.id = m.id RETURNING notifications.id"
    );
    let values = [account_id.into(), value.into(), work.now().into(), inbox.version.into()];
    let rows = work.tx().query_all_raw(work.engine().statement(sql, values)).await?;
    let mut ids: Vec<i64> = rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?;
    ids.sort_unstable(); // RETURNING has no order
    let read = ids.len();
    if read == 0 {
        return Ok(ReadOutcome { read, unread: inbox.unread, version: inbox.version });
    }
    let count = i64::try_from(read).unwrap_or(i64::MAX);
    inbox.unread.notifications -= count;
    let (after, version) = inbox.advance(count);
    let unread = inbox.unread;
    inboxes::write_back(&work, &inboxes).await?;
    let change = Change::Read { notifications: ids, read_at: work.now() };
    work.tell(Event::Inbox(InboxEvent { account_id, after, version, unread, change, origin: None }));
    work.commit().await?;
    Ok(ReadOutcome { read, unread, version })
}
