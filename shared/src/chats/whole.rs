//! All that is kept of an account's chats, for its owner to take away.

use std::collections::HashMap;

use sea_orm::ConnectionTrait;

use super::error::ChatError;
use super::model::{Chat, JOINED, WholeChat, columns_between, message_between};
use super::service::Chats;
use crate::accounts::no_block;
use crate::events::MessageView;
use crate::page;

/// Messages that are read at once.
const PART: u32 = 1_000;

impl Chats {
    /// The account's chats in which something was said, the newest message first, each with its messages. One
    /// with somebody in a block with the account is as if it were not there.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn whole(&self, account_id: i64) -> Result<Vec<WholeChat>, ChatError> {
        let chats = page::whole(|span| self.list(account_id, span)).await?;
        let mut said: HashMap<i64, Vec<MessageView>> = HashMap::new();
        let mut after = (0, 0);
        loop {
            let part = self.said(account_id, after).await?;
            let all = part.len() < PART as usize;
            for message in part {
                after = (message.chat_id, message.id);
                said.entry(message.chat_id).or_default().push(message);
            }
            if all {
                break;
            }
        }
        // What was said meanwhile in a chat that began meanwhile is left to the next export.
        let whole = |chat: Chat| WholeChat { messages: said.remove(&chat.id).unwrap_or_default(), chat };
        Ok(chats.into_iter().map(whole).collect())
    }

    /// Messages of all chats of an account, chat by chat and each oldest first, behind a message of a chat:
    /// at most [`PART`].
    async fn said(&self, account_id: i64, (chat_id, id): (i64, i64)) -> Result<Vec<MessageView>, ChatError> {
        let sql = format!(
            "SELECT {} FROM chat_members k JOIN messages m ON m.chat_id = k.chat_id {JOINED}
             WHERE k.account_id = $1 AND k.chat_id >= $2 AND (m.chat_id, m.id) > ($2, $3) AND m.removed_at IS NULL
                 AND {}
             ORDER BY m.chat_id, m.id LIMIT $4",
            columns_between(),
            no_block("k.other_id", "$1")
        );
        let values = [account_id.into(), chat_id.into(), id.into(), PART.into()];
        let statement = self.writer.engine().statement(sql, values);
        let rows = self.writer.database().reader().query_all_raw(statement).await?;
        let told = |row| Ok(message_between(row)?.told_to(account_id));
        Ok(rows.iter().map(told).collect::<Result<_, sea_orm::DbErr>>()?)
    }
}
