//! What people choose of how others meet them, and of what is mailed to them.

use std::sync::Arc;

use sea_orm::ActiveValue::Set;
use sea_orm::prelude::*;

use super::error::AccountError;
use super::queries;
use super::tokens::{Grant, TokenError, TokenKind, TokenSigner};
use crate::entities::account;
use crate::jobs::Writer;
use crate::presence::Presence;

/// How long the link of a mail ends mails of its kind, in seconds: a year.
const UNSUBSCRIBING: i64 = 365 * 24 * 3_600;
/// The session of a token that belongs to none.
const NO_SESSION: i64 = 0;

/// What somebody has chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choices {
    /// Whether others are told when they are there.
    pub show_presence: bool,
    /// Whether they are suggested to others.
    pub suggestable: bool,
    /// Whether mails tell of messages that stay unread.
    pub unread_mails: bool,
}

impl From<&account::Model> for Choices {
    fn from(row: &account::Model) -> Self {
        Self {
            show_presence: !row.presence_hidden,
            suggestable: !row.suggestions_refused,
            unread_mails: row.unread_mails,
        }
    }
}

/// What of it is to change: `None` leaves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ChoiceChange {
    /// Whether others are told when they are there.
    pub show_presence: Option<bool>,
    /// Whether they are suggested to others.
    pub suggestable: Option<bool>,
    /// Whether mails tell of messages that stay unread.
    pub unread_mails: Option<bool>,
}

/// Reads and changes preferences.
#[derive(Debug, Clone)]
pub struct Preferences {
    writer: Writer,
    presence: Presence,
    signer: Arc<TokenSigner>,
}

impl Preferences {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer, presence: Presence, signer: Arc<TokenSigner>) -> Self {
        Self { writer, presence, signer }
    }

    /// What the account has chosen.
    ///
    /// # Errors
    /// It is gone.
    pub async fn of(&self, account_id: i64) -> Result<Choices, AccountError> {
        let account = queries::living(self.writer.database().reader(), account_id).await?;
        Ok(Choices::from(&account.ok_or(AccountError::Ended)?))
    }

    /// Changes what is given; answers all of it.
    ///
    /// # Errors
    /// The account is gone.
    pub async fn change(&self, account_id: i64, change: ChoiceChange) -> Result<Choices, AccountError> {
        let work = self.writer.begin().await?;
        let account = queries::hold(work.tx(), account_id).await?.ok_or(AccountError::Ended)?;
        let now = Choices::from(&account);
        let chosen = Choices {
            show_presence: change.show_presence.unwrap_or(now.show_presence),
            suggestable: change.suggestable.unwrap_or(now.suggestable),
            unread_mails: change.unread_mails.unwrap_or(now.unread_mails),
        };
        if chosen != now {
            let mut row: account::ActiveModel = account.into();
            row.presence_hidden = Set(!chosen.show_presence);
            row.suggestions_refused = Set(!chosen.suggestable);
            row.unread_mails = Set(chosen.unread_mails);
            row.updated_at = Set(work.now());
            row.update(work.tx()).await?;
        }
        work.commit().await?;
        match (now.show_presence, chosen.show_presence) {
            (true, false) => self.presence.hide(account_id).await,
            (false, true) => self.presence.show(account_id).await,
            _ => {}
        }
        Ok(chosen)
    }

    /// Signs the token of a mail about unread messages, with which whoever has the mail ends such mails.
    ///
    /// # Errors
    /// There is no key.
    pub fn unsubscribing(&self, account_id: i64) -> Result<String, TokenError> {
        let grant = Grant::new(TokenKind::Unsubscribe, account_id, NO_SESSION);
        self.signer.sign(grant, self.writer.now(), UNSUBSCRIBING)
    }

    /// Whether a token is one of [`Self::unsubscribing`] that is still good. Changes nothing.
    #[must_use]
    pub fn may_unsubscribe(&self, token: &str) -> bool {
        self.signer.read(token, &[TokenKind::Unsubscribe], self.writer.now()).is_ok()
    }

    /// Ends mails about unread messages for the account of a token of [`Self::unsubscribing`]; once more
    /// changes nothing.
    ///
    /// # Errors
    /// The token is not one, or too old; its account is gone.
    pub async fn unsubscribe(&self, token: &str) -> Result<(), AccountError> {
        let read = self.signer.read(token, &[TokenKind::Unsubscribe], self.writer.now());
        let (account_id, _) = read.map_err(|_| AccountError::SpentLink)?;
        let change = ChoiceChange { unread_mails: Some(false), ..ChoiceChange::default() };
        match self.change(account_id, change).await {
            Ok(_) => Ok(()),
            Err(AccountError::Ended) => Err(AccountError::SpentLink),
            Err(error) => Err(error),
        }
    }
}
