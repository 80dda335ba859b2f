//! Signs of writing, which are kept nowhere.

use super::error::ChatError;
use super::service::Chats;
use crate::events::Event;

impl Chats {
    /// Tells the other one in a chat that the account is writing. It is not kept.
    ///
    /// # Errors
    /// The account is not in it, or a block stands between the two.
    pub async fn typing(&self, account_id: i64, chat_id: i64) -> Result<(), ChatError> {
        let to_id = self.other(account_id, chat_id).await?;
        self.writer.publish([Event::Typing { to_id, from_id: account_id, chat_id }]);
        Ok(())
    }
}
