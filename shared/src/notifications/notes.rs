//! Notifications that people write themselves, and what they change of others: the text, and whether
//! one counts as read.

use sea_orm::ConnectionTrait;

use super::error::NotificationError;
use super::model::NewNote;
use super::service::{Notifications, find};
use crate::accounts::{Caller, is_present};
use crate::events::{Change, Event, InboxEvent, NotificationView};
use crate::fields::{FieldErrors, required_text};
use crate::inboxes;

/// The longest text of a notification, in characters.
const LONGEST_BODY: usize = 1_000;

impl Notifications {
    /// Puts a note into an inbox.
    ///
    /// # Errors
    /// The text does not fit; another's inbox, and the caller is not staff; nobody is there.
    pub async fn write(&self, caller: &Caller, note: NewNote) -> Result<NotificationView, NotificationError> {
        let NewNote { recipient_id, kind, body, faults } = note;
        let mut errors = FieldErrors::default();
        let body = errors.take("body", checked_body(&body)).unwrap_or_default();
        faults.beside(errors).check()?;
        if recipient_id != caller.account_id && !caller.staff {
            return Err(NotificationError::NotYours);
        }
        let mut work = self.writer().begin().await?;
        let engine = work.engine();
        let sql = format!("SELECT 1 AS there FROM accounts a WHERE a.id = $1 AND {}", is_present("a"));
        if work.tx().query_one_raw(engine.statement(sql, [recipient_id.into()])).await?.is_none() {
            return Err(NotificationError::NoRecipient);
        }
        let mut inboxes = inboxes::lock(&work, &[recipient_id]).await?;
        let inbox = inboxes.get_mut(&recipient_id).ok_or(NotificationError::NoRecipient)?;
        inbox.unread.notifications += 1;
        let (after, version) = inbox.advance(1);
        let unread = inbox.unread;
        let insert = engine.statement(
            "INSERT INTO notifications (account_id, version, created_version, kind, actor_id, body, created_at)
             VALUES ($1, $2, $2, $3, $4, $5, $6) RETURNING id",
            [
                recipient_id.into(),
                version.into(),
                kind.as_str().into(),
                caller.account_id.into(),
                body.into(),
                work.now().into(),
            ],
        );
        let row = work.tx().query_one_raw(insert).await?.ok_or(sea_orm::DbErr::RecordNotInserted)?;
        let view = find(work.tx(), engine, recipient_id, row.try_get("", "id")?).await?;
        inboxes::write_back(&work, &inboxes).await?;
        let change = Change::Notification(Box::new(view.clone()));
        work.tell(Event::Inbox(InboxEvent { account_id: recipient_id, after, version, unread, change, origin: None }));
        work.commit().await?;
        Ok(view)
    }

    /// Gives a notification a text of its own.
    ///
    /// # Errors
    /// The text does not fit; it is not in the account's inbox.
    pub async fn edit(&self, account_id: i64, id: i64, body: &str) -> Result<NotificationView, NotificationError> {
        let body = checked_body(body).map_err(|reason| FieldErrors::one("body", reason))?;
        self.alter(account_id, id, "body = $4", "body IS DISTINCT FROM $4", body.into(), 0).await
    }

    /// Makes a notification count as unread again; again changes nothing.
    ///
    /// # Errors
    /// It is not in the account's inbox.
    pub async fn unread_one(&self, account_id: i64, id: i64) -> Result<NotificationView, NotificationError> {
        let never: Option<crate::ports::clock::Timestamp> = None;
        self.alter(account_id, id, "read_at = $4", "read_at IS NOT NULL", never.into(), 1).await
    }

    /// Sets a column of a notification of which `condition` holds, and tells the sockets; of another
    /// changes nothing. `more` is what that adds to the unread.
    async fn alter(
        &self,
        account_id: i64,
        id: i64,
        assignment: &str,
        condition: &str,
        value: sea_orm::Value,
        more: i64,
    ) -> Result<NotificationView, NotificationError> {
        let mut work = self.writer().begin().await?;
        let engine = work.engine();
        let mut inboxes = inboxes::lock(&work, &[account_id]).await?;
        let inbox = inboxes.get_mut(&account_id).ok_or(NotificationError::NotFound)?;
        let (after, version) = inbox.advance(1);
        inbox.unread.notifications += more;
        let unread = inbox.unread;
        let sql = format!(
            "UPDATE notifications SET {assignment}, version = $3
             WHERE id = $1 AND account_id = $2 AND removed_at IS NULL AND {condition}"
        );
        let values = [id.into(), account_id.into(), version.into(), value];
        let altered = work.tx().execute_raw(engine.statement(sql, values)).await?.rows_affected();
        let view = find(work.tx(), engine, account_id, id).await?;
        if altered == 0 {
            return Ok(view);
        }
        inboxes::write_back(&work, &inboxes).await?;
        let change = Change::Edited(Box::new(view.clone()));
        work.tell(Event::Inbox(InboxEvent { account_id, after, version, unread, change, origin: None }));
        work.commit().await?;
        Ok(view)
    }
}

fn checked_body(body: &str) -> Result<String, String> {
    required_text(body, LONGEST_BODY)
}
