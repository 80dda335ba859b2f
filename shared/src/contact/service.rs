//! Conversations: who writes in them, how much, and who reads what was written.

use std::sync::Arc;

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, DbErr};

use super::error::ContactError;
use super::model::{Author, ContactMessage, Conversation, Opening};
use super::seats::Seats;
use crate::accounts::{Caller, Email, Username};
use crate::config::{Limits, RateLimits};
use crate::fields::{FieldErrors, text};
use crate::jobs::Writer;
use crate::page::{Page, Slice, Span};
use crate::ports::clock::Timestamp;
use crate::ports::rate_limits::{RateLimiter, TooMany};

/// The longest name of a room, in characters.
const LONGEST_ROOM: usize = 150;
/// The longest claimed name: that of a username.
const LONGEST_NAME: usize = 150;
/// The longest claimed email: that of an account's.
const LONGEST_EMAIL: usize = 254;
/// The longest message, in bytes.
const LONGEST_MESSAGE: usize = 4 * 1024;
/// Messages that are kept of one conversation a minute.
const A_MINUTE: u32 = 20;

/// Keeps messages, and tells people theirs.
#[derive(Debug, Clone)]
pub struct ContactMessages {
    writer: Writer,
    limiter: Arc<dyn RateLimiter>,
    limited: bool,
    seats: Seats,
    anonymous_sockets_a_minute: u32,
    anonymous_messages_a_minute: u32,
    changes_a_minute: u32,
}

impl ContactMessages {
    /// Over the given parts.
    pub fn new(writer: Writer, limiter: Arc<dyn RateLimiter>, limits: &Limits) -> Self {
        Self {
            writer,
            limiter,
            limited: limits.rate_limits == RateLimits::On,
            seats: Seats::new(limits.anonymous_sockets),
            anonymous_sockets_a_minute: limits.anonymous_sockets_a_minute,
            anonymous_messages_a_minute: limits.anonymous_messages_a_minute,
            changes_a_minute: limits.changes_a_minute,
        }
    }

    /// Begins a conversation of whoever calls, or of somebody who claims a name and an email. `address` is
    /// where the call came from.
    ///
    /// # Errors
    /// A word of the opening is blank, too long, or has NUL or other control characters in it; too often
    /// or too many at once from one address, by people who are not signed in.
    pub async fn open(
        &self,
        opening: Opening,
        caller: Option<&Caller>,
        address: &str,
    ) -> Result<Conversation, ContactError> {
        let mut errors = FieldErrors::default();
        let mut take = |field, value: &str, longest| {
            let word = errors.take(field, text(value, longest))?;
            if word.is_none() {
                errors.add(field, "This field may not be blank.");
            }
            word
        };
        let room = take("room", &opening.room, LONGEST_ROOM);
        let name = take("name", &opening.name, LONGEST_NAME);
        let email = take("email", &opening.email, LONGEST_EMAIL);
        let (Some(room), Some(name), Some(email)) = (room, name, email) else { return Err(errors.into()) };
        let author = if let Some(caller) = caller {
            Author::Account(caller.account_id)
        } else {
            let seat = self.seats.take(address)?;
            self.limiter.count(&format!("anonymous-socket:{address}"), self.anonymous_sockets_a_minute).await?;
            Author::Claimed { name, email, seat }
        };
        Ok(Conversation { room, author, minute: (self.writer.now(), 0) })
    }

    /// Keeps a message as it was sent.
    ///
    /// # Errors
    /// It is blank, has more than 4,096 bytes, or has NUL in it; the conversation's 21st in a minute; too
    /// many changes by the account, or messages from the address of somebody who has none; the account is gone.
    pub async fn keep(&self, conversation: &mut Conversation, message: String) -> Result<ContactMessage, ContactError> {
        fits(&message).map_err(|reason| FieldErrors::one("message", reason))?;
        let now = self.writer.now();
        self.count(&mut conversation.minute, now)?;
        let Conversation { room, author, .. } = &*conversation;
        let (sql, values) = match author {
            Author::Account(id) => {
                // One of its changes, so that it gets no further by opening conversation after conversation.
                self.limiter.count(&format!("changes:{id}"), self.changes_a_minute).await?;
                (OF_ACCOUNT, vec![(*id).into(), room.into(), message.into(), now.into()])
            }
            Author::Claimed { name, email, seat } => {
                let key = format!("anonymous-message:{}", seat.address());
                self.limiter.count(&key, self.anonymous_messages_a_minute).await?;
                let keys = [Username::key(name).into(), Email::key(email).into()];
                let claim = [room.into(), message.into(), now.into(), name.into(), email.into()];
                (OF_CLAIM, claim.into_iter().chain(keys).collect())
            }
        };
        let statement = self.writer.engine().statement(sql, values);
        let row = self.writer.database().writer().query_one_raw(statement).await?;
        Ok(ContactMessage::read(&row.ok_or(ContactError::NotFound)?)?)
    }

    /// Counts one more message in its minute.
    fn count(&self, (began_at, kept): &mut (Timestamp, u32), now: Timestamp) -> Result<(), TooMany> {
        let passed = now - *began_at;
        if passed >= TimeDelta::minutes(1) {
            (*began_at, *kept) = (now, 0);
        } else if self.limited && *kept >= A_MINUTE {
            return Err(TooMany { retry_after: (60 - passed.num_seconds()).clamp(1, 60).unsigned_abs() });
        }
        *kept = kept.saturating_add(1);
        Ok(())
    }

    /// An account's messages, and those that somebody sent under its name and email since it was made,
    /// oldest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn list(&self, account_id: i64, slice: Slice) -> Result<Vec<ContactMessage>, ContactError> {
        // Each part by itself is read no further than needed: anybody can send much under somebody's name.
        let through = slice.limit.map_or(i64::MAX, |limit| i64::from(limit) + i64::from(slice.offset));
        let own = |column| format!("(SELECT {column} FROM accounts WHERE id = $1)");
        let sql = format!(
            "SELECT * FROM (
                 SELECT * FROM (
                     SELECT {COLUMNS}, a.username AS name, a.email AS email
                     FROM contact_messages m JOIN accounts a ON a.id = m.account_id
                     WHERE m.account_id = $1 ORDER BY m.id LIMIT $4
                 ) AS written
                 UNION ALL
                 SELECT * FROM (
                     SELECT {COLUMNS}, m.name AS name, m.email AS email
                     FROM contact_messages m
                     WHERE m.account_id IS NULL AND m.email_key = {} AND m.name_key = {} AND m.created_at > {}
                     ORDER BY m.id LIMIT $4
                 ) AS claimed
             ) AS heard ORDER BY id LIMIT $2 OFFSET $3",
            own("email_key"),
            own("username_key"),
            own("created_at")
        );
        let [limit, offset] = slice.values();
        let values = [account_id.into(), limit, offset, through.into()];
        let statement = self.writer.engine().statement(sql, values);
        let rows = self.writer.database().reader().query_all_raw(statement).await?;
        Ok(rows.iter().map(ContactMessage::read).collect::<Result<_, _>>()?)
    }

    /// Everybody's messages, newest first.
    ///
    /// # Errors
    /// The caller is not staff.
    pub async fn list_all(&self, caller: &Caller, span: Span) -> Result<Page<ContactMessage>, ContactError> {
        caller.require_staff()?;
        let sql = format!(
            "SELECT {COLUMNS}, CASE WHEN m.account_id IS NULL THEN m.name ELSE a.username END AS name,
                 CASE WHEN m.account_id IS NULL THEN m.email ELSE a.email END AS email
             FROM contact_messages m LEFT JOIN accounts a ON a.id = m.account_id
             WHERE m.id < $1 ORDER BY m.id DESC LIMIT $2 OFFSET $3"
        );
        let statement = self.writer.engine().statement(sql, span.values());
        let rows = self.writer.database().reader().query_all_raw(statement).await?;
        let messages = rows.iter().map(ContactMessage::read).collect::<Result<_, DbErr>>()?;
        Ok(Page::of(messages, span, |message: &ContactMessage| message.id))
    }

    /// What an account wrote itself, newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn own(&self, account_id: i64, span: Span) -> Result<Page<ContactMessage>, ContactError> {
        let sql = format!(
            "SELECT {COLUMNS}, a.username AS name, a.email AS email
             FROM contact_messages m JOIN accounts a ON a.id = m.account_id
             WHERE m.account_id = $1 AND m.id < $2 ORDER BY m.id DESC LIMIT $3 OFFSET $4"
        );
        let values = [account_id.into()].into_iter().chain(span.values());
        let statement = self.writer.engine().statement(sql, values);
        let rows = self.writer.database().reader().query_all_raw(statement).await?;
        let messages = rows.iter().map(ContactMessage::read).collect::<Result<_, DbErr>>()?;
        Ok(Page::of(messages, span, |message: &ContactMessage| message.id))
    }
}

/// The columns of a message that every reader needs.
const COLUMNS: &str = "m.id, m.account_id, m.room, m.message, m.created_at";

/// Keeps a message of an account that is there.
const OF_ACCOUNT: &str = "INSERT INTO contact_messages (account_id, room, message, created_at)
    SELECT a.id, $2, $3, $4 FROM accounts a WHERE a.id = $1 AND a.deleted_at IS NULL
    RETURNING id, account_id, room, message, created_at,
        (SELECT a.username FROM accounts a WHERE a.id = contact_messages.account_id) AS name,
        (SELECT a.email FROM accounts a WHERE a.id = contact_messages.account_id) AS email";

/// Keeps a message of somebody who claims a name and an email.
const OF_CLAIM: &str = "INSERT INTO contact_messages (room, message, created_at, name, email, name_key, email_key)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    RETURNING id, account_id, room, message, created_at, name, email";

/// Whether a message can be kept, else why not.
fn fits(message: &str) -> Result<(), String> {
    if message.len() > LONGEST_MESSAGE {
        return Err(format!("Ensure this field has no more than {LONGEST_MESSAGE} bytes."));
    }
    if message.contains('\0') {
        return Err("Null characters are not allowed.".to_owned());
    }
    if message.trim().is_empty() {
        return Err("This field may not be blank.".to_owned());
    }
    Ok(())
}
