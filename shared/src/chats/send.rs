//! Sending: the message, the counts of both inboxes and the chat's place in both lists, in one transaction.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use super::error::ChatError;
use super::model::{MESSAGE_COLUMNS, NewMessage, Recipient, Said, message};
use super::service::{Chats, bearer, by_email, open};
use super::unread_mails::may_be_mailed;
use crate::accounts::{Person, is_present, may_see, person, person_columns};
use crate::database::{DatabaseError, Engine};
use crate::events::{Change, Event, InboxEvent, MessageView};
use crate::fields::{FieldErrors, required_text};
use crate::idempotency::{Claim, IdempotencyKey};
use crate::inboxes::{self, LockedInbox};
use crate::jobs::UnitOfWork;

/// The longest text of a message, in characters.
const LONGEST_TEXT: usize = 4_000;
/// The longest client id, in characters.
const LONGEST_CLIENT_ID: usize = 64;

impl Chats {
    /// Sends a message. Who sends it again, under the same client id, gets the message that the first made.
    ///
    /// # Errors
    /// Input that does not fit; oneself; nobody there, which is also what somebody in a block with the sender
    /// looks like; a client id that names another message; too often.
    pub async fn send(&self, sender_id: i64, to: Recipient, new: NewMessage) -> Result<Said, ChatError> {
        let NewMessage { text, client_id, idempotency_key, faults } = new;
        let mut errors = FieldErrors::default();
        let text = errors.take("text", checked_text(&text)).unwrap_or_default();
        let client_id = client_id.and_then(|id| errors.take("client_id", checked_client_id(id)));
        faults.beside(errors).check()?;
        let asked = format!("{to:?}\n{}\n{text}", client_id.as_deref().unwrap_or_default());
        let key = idempotency_key.map(|key| IdempotencyKey::new(&key, "messages", &asked)).transpose()?;
        self.limiter.count(&format!("messages:{sender_id}"), self.messages_a_minute).await?;

        let mut work = self.writer.begin().await?;
        let receiver_id = match &to {
            Recipient::Account(id) => *id,
            Recipient::Chat(id) => other_in(&work, *id, sender_id).await?,
            Recipient::Username(name) => bearer(work.tx(), work.engine(), name).await?.ok_or(ChatError::NotFound)?,
            Recipient::Email(email) => by_email(work.tx(), work.engine(), sender_id, email).await?,
        };
        if receiver_id == sender_id {
            return Err(ChatError::Oneself);
        }
        if let Some(key) = &key
            && let Claim::Replay(id) = key.claim(&work, sender_id).await?
        {
            let message = self.message(work.tx(), sender_id, id).await?;
            return Ok(Said { message, new: false });
        }
        // Under these locks nobody else says anything in the sender's name, or opens the chat.
        let mut inboxes = inboxes::lock(&work, &[sender_id, receiver_id]).await?;
        let parties = Parties::find(&work, sender_id, receiver_id, client_id.as_deref()).await?;
        let Parties { sender, receiver, receiver_mailed, chat_id, said } = parties.ok_or(ChatError::NotFound)?;
        if let Some(said) = said {
            let message = said.repeated(sender, receiver, &text)?;
            if let Some(key) = &key {
                key.complete(&work, sender_id, message.id).await?;
                work.commit().await?;
            }
            return Ok(Said { message, new: false });
        }
        let chat_id = match chat_id {
            Some(id) => id,
            None => open(&work, sender_id, receiver_id).await?,
        };
        let (now, id) = (work.now(), 0);
        let mut view = MessageView { id, chat_id, sender, receiver, text, client_id, created_at: now, edited_at: None };
        if let Some(inbox) = inboxes.get_mut(&receiver_id) {
            inbox.unread.messages += 1;
        }
        let events = heads(&mut inboxes, &view)?;
        view.id = insert(&work, &view, &events, &inboxes).await?;
        if let Some(key) = &key {
            key.complete(&work, sender_id, view.id).await?;
        }
        if receiver_mailed {
            let first = events[1].unread.messages == 1;
            self.unread_mails.ask(&work, &view, first).await?;
        }
        for event in events {
            let change = Change::Message(Box::new(view.told_to(event.account_id)));
            work.tell(Event::Inbox(InboxEvent { change, ..event }));
        }
        work.commit().await?;
        Ok(Said { message: view, new: true })
    }
}

/// The text of a message.
pub(super) fn checked_text(value: &str) -> Result<String, String> {
    required_text(value, LONGEST_TEXT)
}

fn checked_client_id(id: String) -> Result<String, String> {
    if id.is_empty() || id.len() > LONGEST_CLIENT_ID || !id.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(format!("Must be 1 to {LONGEST_CLIENT_ID} printable ASCII characters."));
    }
    Ok(id)
}

/// The other one in a chat of the account; whether they may be written to is asked later.
async fn other_in(work: &UnitOfWork, chat_id: i64, account_id: i64) -> Result<i64, ChatError> {
    let statement = work.engine().statement(
        "SELECT other_id FROM chat_members WHERE chat_id = $1 AND account_id = $2",
        [chat_id.into(), account_id.into()],
    );
    let row = work.tx().query_one_raw(statement).await?;
    Ok(row.ok_or(ChatError::NotFound)?.try_get("", "other_id")?)
}

/// What was said under the client id before.
struct Before {
    row: QueryResult,
    receiver_id: i64,
}

impl Before {
    /// The message again, if it is the same.
    fn repeated(self, sender: Person, receiver: Person, text: &str) -> Result<MessageView, ChatError> {
        let removed: bool = self.row.try_get("", "removed")?;
        if removed {
            return Err(ChatError::NotFound);
        }
        let same = self.receiver_id == receiver.id;
        let message = message(&self.row, sender, receiver)?;
        // Its sender may have changed its text since.
        if same && (message.text == text || message.edited_at.is_some()) {
            Ok(message)
        } else {
            Err(ChatError::ClientIdMismatch)
        }
    }
}

/// The two of a message, as far as they may meet.
struct Parties {
    sender: Person,
    receiver: Person,
    /// Whether the receiver is mailed about messages that stay unread.
    receiver_mailed: bool,
    chat_id: Option<i64>,
    said: Option<Before>,
}

impl Parties {
    async fn find(
        work: &UnitOfWork,
        sender_id: i64,
        receiver_id: i64,
        client_id: Option<&str>,
    ) -> Result<Option<Self>, ChatError> {
        let sql = format!(
            "SELECT {}, {}, c.id AS open_chat, m.receiver_id AS said_to, m.removed_at IS NOT NULL AS removed,
                 {} AS receiver_mailed, {MESSAGE_COLUMNS}
             FROM accounts s JOIN accounts r ON r.id = $2
             LEFT JOIN chats c ON c.low_id = $3 AND c.high_id = $4
             LEFT JOIN messages m ON m.sender_id = s.id AND m.client_id = $5
             WHERE s.id = $1 AND {} AND {}",
            person_columns("s", "sender_"),
            person_columns("r", "receiver_"),
            may_be_mailed("r"),
            is_present("s"),
            may_see("s.id", "r"),
        );
        let values = [
            sender_id.into(),
            receiver_id.into(),
            sender_id.min(receiver_id).into(),
            sender_id.max(receiver_id).into(),
            client_id.map(str::to_owned).into(),
        ];
        let Some(row) = work.tx().query_one_raw(work.engine().statement(sql, values)).await? else { return Ok(None) };
        let said_to: Option<i64> = row.try_get("", "said_to")?;
        Ok(Some(Self {
            sender: person(&row, "sender_")?,
            receiver: person(&row, "receiver_")?,
            receiver_mailed: row.try_get("", "receiver_mailed")?,
            chat_id: row.try_get("", "open_chat")?,
            said: said_to.map(|receiver_id| Before { row, receiver_id }),
        }))
    }
}

/// Takes the next version of the inboxes of both; answers what each is told, but for the change: the
/// sender's first.
pub(super) fn heads(
    inboxes: &mut BTreeMap<i64, LockedInbox>,
    message: &MessageView,
) -> Result<[InboxEvent; 2], ChatError> {
    let mut head = |account_id: i64| {
        let inbox = inboxes.get_mut(&account_id).ok_or(ChatError::NotFound)?;
        let (after, version) = inbox.advance(1);
        Ok::<_, ChatError>(InboxEvent {
            account_id,
            after,
            version,
            unread: inbox.unread,
            change: Change::Unknown,
            origin: None,
        })
    };
    Ok([head(message.sender.id)?, head(message.receiver.id)?])
}

/// Writes the message, both inboxes and both places in the lists; answers the message's id. On PostgreSQL
/// one statement.
async fn insert(
    work: &UnitOfWork,
    view: &MessageView,
    [sent, received]: &[InboxEvent; 2],
    inboxes: &BTreeMap<i64, LockedInbox>,
) -> Result<i64, DatabaseError> {
    const SAY: &str = "INSERT INTO messages (chat_id, sender_id, receiver_id, body, client_id, created_at,
            sender_version, sender_created_version, receiver_version, receiver_created_version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $8) RETURNING id";
    const LIST: &str = "UPDATE chat_members SET last_message_id = {id},
            unread = unread + CASE WHEN account_id = {receiver} THEN 1 ELSE 0 END";
    let engine = work.engine();
    let values = [
        view.chat_id.into(),
        view.sender.id.into(),
        view.receiver.id.into(),
        view.text.clone().into(),
        view.client_id.clone().into(),
        view.created_at.into(),
        sent.version.into(),
        received.version.into(),
    ];
    let not_written = || DbErr::RecordNotInserted;
    match engine {
        Engine::Postgres => {
            let sql = format!(
                "WITH said AS ({SAY}), moved AS ({}), listed AS ({} FROM said WHERE chat_id = $1) SELECT id FROM said",
                inboxes::update_sql(engine).replace("$1", "$9"),
                LIST.replace("{id}", "said.id").replace("{receiver}", "$3"),
            );
            let statement = engine.statement(sql, values.into_iter().chain([inboxes::rows(inboxes)]));
            let row = work.tx().query_one_raw(statement).await?.ok_or_else(not_written)?;
            Ok(row.try_get("", "id")?)
        }
        Engine::Sqlite => {
            let row = work.tx().query_one_raw(engine.statement(SAY, values)).await?.ok_or_else(not_written)?;
            let id: i64 = row.try_get("", "id")?;
            let list = format!("{} WHERE chat_id = $1", LIST.replace("{id}", "$2").replace("{receiver}", "$3"));
            let values = [view.chat_id.into(), id.into(), view.receiver.id.into()];
            work.tx().execute_raw(engine.statement(list, values)).await?;
            inboxes::write_back(work, inboxes).await?;
            Ok(id)
        }
    }
}
