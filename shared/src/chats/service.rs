//! Chats as people see them: opened, listed, read back.

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use super::error::ChatError;
use super::model::{Chat, JOINED, columns_between, message_between};
use super::unread_mails::UnreadMails;
use crate::accounts::{Username, can_meet, email_bearer, may_see, no_block, person, person_columns};
use crate::config::Config;
use crate::database::{DatabaseError, Engine};
use crate::events::{MessageView, ReadMark};
use crate::inboxes;
use crate::jobs::{UnitOfWork, Writer};
use crate::page::{Page, Slice, Span};
use crate::ports::rate_limits::RateLimiter;

/// The chats of everybody.
#[derive(Debug, Clone)]
pub struct Chats {
    pub(super) writer: Writer,
    pub(super) limiter: Arc<dyn RateLimiter>,
    pub(super) messages_a_minute: u32,
    pub(super) unread_mails: UnreadMails,
}

impl Chats {
    /// Over the given parts; `config` says how many messages an account sends in a minute, and when mails tell
    /// of those that stay unread.
    pub fn new(writer: Writer, limiter: Arc<dyn RateLimiter>, config: &Config) -> Self {
        let unread_mails = UnreadMails::new(writer.clone(), config.mail.unread_after);
        Self { writer, limiter, messages_a_minute: config.limits.messages_a_minute, unread_mails }
    }

    /// Mails about messages that stay unread.
    #[must_use]
    pub fn unread_mails(&self) -> &UnreadMails {
        &self.unread_mails
    }

    /// The chat with somebody, the same from both sides; it is opened where there is none.
    ///
    /// # Errors
    /// Oneself; nobody there, which is also what somebody in a block with the account looks like.
    pub async fn open(&self, account_id: i64, other_id: i64) -> Result<Chat, ChatError> {
        if account_id == other_id {
            return Err(ChatError::Oneself);
        }
        let engine = self.writer.engine();
        if let Some(chat) = between(self.writer.database().reader(), engine, account_id, other_id).await? {
            return Ok(chat);
        }
        let work = self.writer.begin().await?;
        // As whoever sends does, which opens a chat too.
        inboxes::lock(&work, &[account_id, other_id]).await?;
        if let Some(chat) = between(work.tx(), engine, account_id, other_id).await? {
            return Ok(chat); // somebody was faster
        }
        if !can_meet(work.tx(), engine, account_id, other_id).await? {
            return Err(ChatError::NotFound);
        }
        let id = open(&work, account_id, other_id).await?;
        let chat = find(work.tx(), engine, account_id, id).await?;
        work.commit().await?;
        Ok(chat)
    }

    /// The same with whoever bears a username; if nobody does, with whoever has the id.
    ///
    /// # Errors
    /// As for [`Self::open`].
    pub async fn open_named(&self, account_id: i64, name: &str) -> Result<Chat, ChatError> {
        let bearer = bearer(self.writer.database().reader(), self.writer.engine(), name).await?;
        let other_id = bearer.or_else(|| name.trim().parse().ok()).ok_or(ChatError::NotFound)?;
        self.open(account_id, other_id).await
    }

    /// One chat of an account.
    ///
    /// # Errors
    /// The account is not in it, or a block stands between the two.
    pub async fn find(&self, account_id: i64, id: i64) -> Result<Chat, ChatError> {
        find(self.writer.database().reader(), self.writer.engine(), account_id, id).await
    }

    /// The account's chats in which something was said, the newest message first. A span's ids are those of
    /// each chat's newest message.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn list(&self, account_id: i64, span: Span) -> Result<Page<Chat>, ChatError> {
        let sql = format!(
            "{} AND k.last_message_id > 0 AND k.last_message_id < $2
             ORDER BY k.last_message_id DESC LIMIT $3 OFFSET $4",
            selected()
        );
        let values = [account_id.into()].into_iter().chain(span.values());
        let rows = self.writer.database().reader().query_all_raw(self.writer.engine().statement(sql, values)).await?;
        let chats = rows.iter().map(|row| chat(row, account_id)).collect::<Result<_, _>>()?;
        Ok(Page::of(chats, span, |chat: &Chat| chat.last_message_id))
    }

    /// The messages of a chat, newest first.
    ///
    /// # Errors
    /// The account is not in it, or a block stands between the two.
    pub async fn messages(&self, account_id: i64, chat_id: i64, span: Span) -> Result<Page<MessageView>, ChatError> {
        self.other(account_id, chat_id).await?;
        let sql = format!(
            "SELECT {} FROM messages m {JOINED} WHERE m.chat_id = $1 AND m.id < $2 AND m.removed_at IS NULL
             ORDER BY m.id DESC LIMIT $3 OFFSET $4",
            columns_between()
        );
        let values = [chat_id.into()].into_iter().chain(span.values());
        let rows = self.writer.database().reader().query_all_raw(self.writer.engine().statement(sql, values)).await?;
        let told = |row| Ok(message_between(row)?.told_to(account_id));
        let messages = rows.iter().map(told).collect::<Result<_, DbErr>>()?;
        Ok(Page::of(messages, span, |message: &MessageView| message.id))
    }

    /// The messages with whoever bears an email, oldest first; none where nothing was said.
    ///
    /// # Errors
    /// Nobody there bears it, which is also what somebody in a block with the account looks like.
    pub async fn messages_with(
        &self,
        account_id: i64,
        email: &str,
        slice: Slice,
    ) -> Result<Vec<MessageView>, ChatError> {
        let (db, engine) = (self.writer.database().reader(), self.writer.engine());
        let other_id = by_email(db, engine, account_id, email).await?;
        let sql = format!(
            "SELECT {} FROM chats c JOIN messages m ON m.chat_id = c.id {JOINED}
             WHERE c.low_id = $1 AND c.high_id = $2 AND m.removed_at IS NULL ORDER BY m.id LIMIT $3 OFFSET $4",
            columns_between()
        );
        let values = [account_id.min(other_id).into(), account_id.max(other_id).into()];
        let statement = engine.statement(sql, values.into_iter().chain(slice.values()));
        let rows = db.query_all_raw(statement).await?;
        let told = |row| Ok(message_between(row)?.told_to(account_id));
        Ok(rows.iter().map(told).collect::<Result<_, DbErr>>()?)
    }

    /// The other one in a chat of an account, where no block stands between the two.
    ///
    /// # Errors
    /// The account is not in it.
    pub async fn other(&self, account_id: i64, chat_id: i64) -> Result<i64, ChatError> {
        let sql = format!(
            "SELECT k.other_id FROM chat_members k WHERE k.chat_id = $1 AND k.account_id = $2 AND {}",
            no_block("k.other_id", "k.account_id")
        );
        let statement = self.writer.engine().statement(sql, [chat_id.into(), account_id.into()]);
        let row = self.writer.database().reader().query_one_raw(statement).await?;
        Ok(row.ok_or(ChatError::NotFound)?.try_get("", "other_id")?)
    }

    /// One message that an account sent or got.
    pub(super) async fn message(
        &self,
        db: &impl ConnectionTrait,
        account_id: i64,
        id: i64,
    ) -> Result<MessageView, ChatError> {
        let sql = format!(
            "SELECT {} FROM messages m {JOINED} WHERE m.id = $1 AND (m.sender_id = $2 OR m.receiver_id = $2)
                 AND m.removed_at IS NULL AND {}",
            columns_between(),
            no_block("m.sender_id", "m.receiver_id")
        );
        let row = db.query_one_raw(self.writer.engine().statement(sql, [id.into(), account_id.into()])).await?;
        Ok(message_between(&row.ok_or(ChatError::NotFound)?)?)
    }
}

/// The account that bears a username, whether or not it may be seen.
pub(super) async fn bearer(db: &impl ConnectionTrait, engine: Engine, name: &str) -> Result<Option<i64>, ChatError> {
    let Some(key) = Username::key(name) else { return Ok(None) };
    let statement = engine.statement("SELECT id FROM accounts WHERE username_key = $1", [key.into()]);
    let row = db.query_one_raw(statement).await?;
    Ok(row.map(|row| row.try_get("", "id")).transpose()?)
}

/// The account that bears an email, and is there for `account_id`.
pub(super) async fn by_email(
    db: &impl ConnectionTrait,
    engine: Engine,
    account_id: i64,
    email: &str,
) -> Result<i64, ChatError> {
    let bearer = email_bearer(db, engine, account_id, email).await?;
    Ok(bearer.ok_or(ChatError::NotFound)?.id)
}

/// Opens the chat of two accounts, whose inboxes are locked.
pub(super) async fn open(work: &UnitOfWork, one: i64, other: i64) -> Result<i64, DatabaseError> {
    let engine = work.engine();
    let statement = engine.statement(
        "INSERT INTO chats (low_id, high_id, created_at) VALUES ($1, $2, $3) RETURNING id",
        [one.min(other).into(), one.max(other).into(), work.now().into()],
    );
    let row = work.tx().query_one_raw(statement).await?.ok_or(DbErr::RecordNotInserted)?;
    let id: i64 = row.try_get("", "id")?;
    let members = engine.statement(
        "INSERT INTO chat_members (chat_id, account_id, other_id) VALUES ($1, $2, $3), ($1, $3, $2)",
        [id.into(), one.into(), other.into()],
    );
    work.tx().execute_raw(members).await?;
    Ok(id)
}

async fn find(db: &impl ConnectionTrait, engine: Engine, account_id: i64, id: i64) -> Result<Chat, ChatError> {
    let sql = format!("{} AND c.id = $2", selected());
    let row = db.query_one_raw(engine.statement(sql, [account_id.into(), id.into()])).await?;
    Ok(chat(&row.ok_or(ChatError::NotFound)?, account_id)?)
}

/// The chat of two accounts, where the other is there to be written to.
async fn between(
    db: &impl ConnectionTrait,
    engine: Engine,
    account_id: i64,
    other_id: i64,
) -> Result<Option<Chat>, ChatError> {
    // One may look back at a chat with somebody who is gone, but not begin with them.
    let sql = format!("{} AND c.low_id = $2 AND c.high_id = $3 AND {}", selected(), may_see("$1", "a"));
    let values = [account_id.into(), account_id.min(other_id).into(), account_id.max(other_id).into()];
    let row = db.query_one_raw(engine.statement(sql, values)).await?;
    Ok(row.map(|row| chat(&row, account_id)).transpose()?)
}

/// Reads what [`chat`] reads, of chats of the account `$1` with people whom no block keeps from them; a
/// condition follows.
fn selected() -> String {
    format!(
        "SELECT c.id, c.created_at, k.unread, k.last_message_id, k.read_through, k.read_at,
             t.read_through AS their_through, t.read_at AS their_read_at, {}, m.id AS last_id, {}
         FROM chat_members k JOIN chats c ON c.id = k.chat_id
         JOIN chat_members t ON t.chat_id = k.chat_id AND t.account_id = k.other_id
         JOIN accounts a ON a.id = k.other_id
         LEFT JOIN messages m ON m.id = (SELECT max(x.id) FROM messages x
             WHERE x.chat_id = k.chat_id AND x.removed_at IS NULL)
         LEFT JOIN accounts s ON s.id = m.sender_id LEFT JOIN accounts r ON r.id = m.receiver_id
         WHERE k.account_id = $1 AND {}",
        person_columns("a", "person_"),
        columns_between(),
        no_block("k.other_id", "$1")
    )
}

fn chat(row: &QueryResult, account_id: i64) -> Result<Chat, DbErr> {
    let person = person(row, "person_")?;
    let chat_id = row.try_get("", "id")?;
    let last: Option<i64> = row.try_get("", "last_id")?;
    Ok(Chat {
        id: chat_id,
        last_message: last.map(|_| Ok::<_, DbErr>(message_between(row)?.told_to(account_id))).transpose()?,
        unread: row.try_get("", "unread")?,
        own_mark: ReadMark {
            chat_id,
            account_id,
            through: row.try_get("", "read_through")?,
            read_at: row.try_get("", "read_at")?,
        },
        their_mark: ReadMark {
            chat_id,
            account_id: person.id,
            through: row.try_get("", "their_through")?,
            read_at: row.try_get("", "their_read_at")?,
        },
        person,
        created_at: row.try_get("", "created_at")?,
        last_message_id: row.try_get("", "last_message_id")?,
    })
}
