//! The kinds of mail: what each job asks for, when it is due, what it says, and what is noted once a server
//! has answered.

use shared::Core;
use shared::accounts::{AccountError, LinkJob, MailOrder, TokenError};
use shared::chats::{UnreadMail, UnreadOrder};
use shared::database::DatabaseError;
use shared::jobs::payloads::{AccountActivation, EmailConfirmation, PasswordReset, UnreadMessages};
use shared::jobs::{DecodeError, Envelope, Payload, UnitOfWork};
use shared::ports::clock::Timestamp;
use shared::ports::mail::Mail;

use crate::mail::templates::{self, TemplateError};

/// A job of the `email` queue, read.
#[derive(Debug)]
pub(super) enum MailJob {
    /// A link.
    Link(LinkJob),
    /// How many messages are unread.
    Unread(UnreadMessages),
}

/// A mail to be written.
#[derive(Debug)]
pub(super) enum Order {
    /// With a link.
    Link(MailOrder),
    /// About unread messages.
    Unread(UnreadOrder),
}

/// When a mail is to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// There is nothing to send any more.
    Never,
    /// Not before.
    At(Timestamp),
    /// Now.
    Now,
}

/// Why a mail was not ordered.
pub(super) enum Unordered {
    /// Another try may help.
    Failed(String),
    /// It is to be sent later.
    Early(Timestamp),
}

impl From<AccountError> for Unordered {
    fn from(error: AccountError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<DatabaseError> for Unordered {
    fn from(error: DatabaseError) -> Self {
        Self::Failed(error.to_string())
    }
}

/// Why a mail can't be written.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unwritten {
    /// A template can't be filled.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// Its token can't be signed.
    #[error(transparent)]
    Token(#[from] TokenError),
}

impl MailJob {
    /// The mail that a job asks for.
    ///
    /// # Errors
    /// It can't be read here.
    pub(super) fn read(envelope: &Envelope) -> Result<Self, DecodeError> {
        match envelope.name.as_str() {
            AccountActivation::NAME => envelope.decode().map(LinkJob::Activation).map(Self::Link),
            EmailConfirmation::NAME => envelope.decode().map(LinkJob::EmailChange).map(Self::Link),
            PasswordReset::NAME => envelope.decode().map(LinkJob::PasswordReset).map(Self::Link),
            UnreadMessages::NAME => envelope.decode().map(Self::Unread),
            other => Err(DecodeError::Unknown(other.to_owned())),
        }
    }

    /// When it is to be sent. Links are at once: whether there is one to send is seen when it is made.
    ///
    /// # Errors
    /// The database refuses.
    pub(super) async fn due(&self, core: &Core) -> Result<Due, DatabaseError> {
        match self {
            Self::Link(_) => Ok(Due::Now),
            Self::Unread(job) => Ok(match core.chats.unread_mails().look(job).await? {
                UnreadMail::Nothing => Due::Never,
                UnreadMail::Early(at) => Due::At(at),
                UnreadMail::Due(_) => Due::Now,
            }),
        }
    }

    /// What is to be sent; `None` when there is nothing any more.
    ///
    /// # Errors
    /// The database refuses; it is to be sent later.
    pub(super) async fn order(&self, core: &Core) -> Result<Option<Order>, Unordered> {
        match self {
            Self::Link(job) => Ok(core.links.order(job).await?.map(Order::Link)),
            Self::Unread(job) => match core.chats.unread_mails().look(job).await? {
                UnreadMail::Nothing => Ok(None),
                UnreadMail::Early(at) => Err(Unordered::Early(at)),
                UnreadMail::Due(order) => Ok(Some(Order::Unread(order))),
            },
        }
    }
}

impl Order {
    /// The mail.
    ///
    /// # Errors
    /// It can't be written.
    pub(super) fn write(&self, core: &Core, message_id: String) -> Result<Mail, Unwritten> {
        let public_url = core.config.public_url();
        match self {
            Self::Link(order) => {
                Ok(templates::link(order, &public_url, core.links.lifetime(order.purpose), message_id)?)
            }
            Self::Unread(order) => {
                let token = core.preferences.unsubscribing(order.account_id)?;
                Ok(templates::unread(order, &public_url, &token, message_id)?)
            }
        }
    }

    /// The server has it. Part of the caller's work.
    ///
    /// # Errors
    /// The database refuses.
    pub(super) async fn sent(&self, core: &Core, work: &UnitOfWork) -> Result<(), DatabaseError> {
        match self {
            Self::Link(order) => core.links.sent(work.tx(), order).await,
            Self::Unread(order) => core.chats.unread_mails().answered(work, order, false).await,
        }
    }

    /// The server refuses it for good. Part of the caller's work.
    ///
    /// # Errors
    /// The database refuses.
    pub(super) async fn refused(&self, core: &Core, work: &UnitOfWork) -> Result<(), DatabaseError> {
        match self {
            Self::Link(order) => core.links.refused(work.tx(), order).await,
            Self::Unread(order) => core.chats.unread_mails().answered(work, order, true).await,
        }
    }
}
