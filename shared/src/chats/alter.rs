//! What a sender changes of a message that is said: its text, or that it is there.

use sea_orm::ConnectionTrait;

use super::error::ChatError;
use super::model::{JOINED, columns_between, message_between};
use super::send::{checked_text, heads};
use super::service::Chats;
use crate::accounts::no_block;
use crate::database::DatabaseError;
use crate::events::{Change, Event, InboxEvent, MessageView};
use crate::fields::FieldErrors;
use crate::inboxes;
use crate::jobs::UnitOfWork;

impl Chats {
    /// Gives one's own message another text; the same again changes nothing.
    ///
    /// # Errors
    /// The text does not fit; the message is not there, or the other's.
    pub async fn edit(&self, account_id: i64, chat_id: i64, id: i64, text: &str) -> Result<MessageView, ChatError> {
        let text = checked_text(text).map_err(|reason| FieldErrors::one("text", reason))?;
        let mut message = self.own(account_id, chat_id, id).await?;
        let mut work = self.writer.begin().await?;
        let mut inboxes = inboxes::lock(&work, &[message.sender.id, message.receiver.id]).await?;
        let [sent, received] = heads(&mut inboxes, &message)?;
        let sql = format!(
            "UPDATE messages SET body = $2, edited_at = $3, sender_version = $4, receiver_version = $5
             WHERE id = $1 AND removed_at IS NULL AND body <> $2 AND {}",
            no_block("messages.sender_id", "messages.receiver_id")
        );
        let values = [id.into(), text.clone().into(), work.now().into(), sent.version.into(), received.version.into()];
        if work.tx().execute_raw(work.engine().statement(sql, values)).await?.rows_affected() == 0 {
            // It says so already, or is gone since.
            return self.message(work.tx(), account_id, id).await;
        }
        inboxes::write_back(&work, &inboxes).await?;
        (message.text, message.edited_at) = (text, Some(work.now()));
        for event in [sent, received] {
            let change = Change::MessageEdited(Box::new(message.told_to(event.account_id)));
            work.tell(Event::Inbox(InboxEvent { change, ..event }));
        }
        work.commit().await?;
        Ok(message)
    }

    /// Removes one's own message, for both. A trace stays for a while, so that clients that are away hear of
    /// it.
    ///
    /// # Errors
    /// The message is not there, or the other's.
    pub async fn remove(&self, account_id: i64, chat_id: i64, id: i64) -> Result<(), ChatError> {
        let message = self.own(account_id, chat_id, id).await?;
        let mut work = self.writer.begin().await?;
        let unblocked = no_block("messages.sender_id", "messages.receiver_id");
        if !remove_in(&mut work, &message, &unblocked).await? {
            return Err(ChatError::NotFound);
        }
        work.commit().await?;
        Ok(())
    }

    /// Removes anybody's message for both, whatever stands between them, within the caller's work, which holds
    /// nothing yet that comes behind inboxes. One that is gone is no trouble.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn take_out(&self, work: &mut UnitOfWork, id: i64) -> Result<(), DatabaseError> {
        let sql = format!("SELECT {} FROM messages m {JOINED} WHERE m.id = $1", columns_between());
        let row = work.tx().query_one_raw(work.engine().statement(sql, [id.into()])).await?;
        let Some(row) = row else { return Ok(()) };
        match remove_in(work, &message_between(&row)?, "TRUE").await {
            Err(ChatError::Database(error)) => Err(error),
            // Whoever is gone has taken it along.
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// A message of the account's own, in a chat.
    async fn own(&self, account_id: i64, chat_id: i64, id: i64) -> Result<MessageView, ChatError> {
        let message = self.message(self.writer.database().reader(), account_id, id).await?;
        if message.chat_id != chat_id {
            return Err(ChatError::NotFound);
        }
        if message.sender.id == account_id { Ok(message) } else { Err(ChatError::NotYours) }
    }
}

/// Removes a message, if `condition` on it holds; answers whether it was there.
async fn remove_in(work: &mut UnitOfWork, message: &MessageView, condition: &str) -> Result<bool, ChatError> {
    let mut inboxes = inboxes::lock(work, &[message.sender.id, message.receiver.id]).await?;
    if uncount(work, message).await?
        && let Some(inbox) = inboxes.get_mut(&message.receiver.id)
    {
        inbox.unread.messages -= 1;
    }
    let events = heads(&mut inboxes, message)?;
    let [sent, received] = &events;
    // Nobody keeps what was said.
    let sql = format!(
        "UPDATE messages SET body = '', removed_at = $2, sender_version = $3, receiver_version = $4
         WHERE id = $1 AND removed_at IS NULL AND {condition}"
    );
    let values = [message.id.into(), work.now().into(), sent.version.into(), received.version.into()];
    if work.tx().execute_raw(work.engine().statement(sql, values)).await?.rows_affected() == 0 {
        return Ok(false);
    }
    inboxes::write_back(work, &inboxes).await?;
    for event in events {
        let change = Change::MessagesRemoved { chat_id: message.chat_id, messages: vec![message.id] };
        work.tell(Event::Inbox(InboxEvent { change, ..event }));
    }
    Ok(true)
}

/// Counts a message that goes no longer as unread; answers whether it was.
async fn uncount(work: &UnitOfWork, message: &MessageView) -> Result<bool, ChatError> {
    let statement = work.engine().statement(
        "UPDATE chat_members SET unread = unread - 1 WHERE chat_id = $1 AND account_id = $2
             AND read_through < $3 AND hidden_through < $3 AND EXISTS (SELECT 1 FROM messages m WHERE m.id = $3 AND m.removed_at IS NULL)",
        [message.chat_id.into(), message.receiver.id.into(), message.id.into()],
    );
    Ok(work.tx().execute_raw(statement).await?.rows_affected() == 1)
}
