//! Activation: the link in the mail, and what following it does.

use chrono::TimeDelta;
use sea_orm::prelude::*;
use sea_orm::{ActiveValue::Set, ConnectionTrait};
use sha2::{Digest, Sha256};

use super::error::{AccountError, Unique};
use super::model::Account;
use super::queries;
use crate::config::Lifetimes;
use crate::database::DatabaseError;
use crate::entities::{account, account_token};
use crate::jobs::Writer;

const PURPOSE: &str = "activation";
/// How long a mail may be on its way before its link counts as sent all the same, in seconds.
const LONGEST_WAY: i64 = 120;

/// What a mail runner needs to write the mail.
#[derive(Clone)]
pub struct MailOrder {
    /// Where to.
    pub email: String,
    /// To whom.
    pub name: String,
    /// The token of the link; its hash alone is kept.
    pub token: String,
}

impl std::fmt::Debug for MailOrder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailOrder").finish_non_exhaustive()
    }
}

/// Activates accounts.
#[derive(Debug, Clone)]
pub struct Activations {
    writer: Writer,
    lifetimes: Lifetimes,
}

impl Activations {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer, lifetimes: Lifetimes) -> Self {
        Self { writer, lifetimes }
    }

    /// Makes a token for an account that waits for activation, and commits its hash; `None` when
    /// there is nothing to activate any more. Its life begins with [`Self::sent`].
    ///
    /// # Errors
    /// The database refuses.
    pub async fn order(&self, account_id: i64) -> Result<Option<MailOrder>, AccountError> {
        let Some(account) = queries::find(self.writer.database().writer(), account_id).await? else { return Ok(None) };
        let Some(email) = account.email.filter(|_| !account.active) else { return Ok(None) };
        let bytes: [u8; 32] = rand::random();
        let token = hex::encode(bytes);
        let row = account_token::ActiveModel {
            account_id: Set(account_id),
            purpose: Set(PURPOSE.to_owned()),
            hash: Set(hashed(&token)),
            email: Set(account.email_key),
            created_at: Set(self.writer.now()),
            ..Default::default()
        };
        account_token::Entity::insert(row).exec_without_returning(self.writer.database().writer()).await?;
        Ok(Some(MailOrder { email, name: account.full_name.unwrap_or(account.username), token }))
    }

    /// The mail with `token` was accepted by the server: its link lives from now. Part of the
    /// caller's transaction.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn sent(&self, tx: &impl ConnectionTrait, token: &str) -> Result<(), DatabaseError> {
        let expires_at = self.writer.now() + TimeDelta::seconds(self.lifetimes.activation);
        account_token::Entity::update_many()
            .col_expr(account_token::Column::ExpiresAt, Expr::value(expires_at))
            .filter(account_token::Column::Hash.eq(hashed(token)))
            .exec(tx)
            .await?;
        Ok(())
    }

    /// Activates the account of a link, once, and confirms its email: an unconfirmed bearer of the
    /// same one loses it.
    ///
    /// # Errors
    /// The link was used, is too old, or never was; somebody else confirmed the email first.
    pub async fn activate(&self, token: &str) -> Result<Account, AccountError> {
        let work = self.writer.begin().await?;
        let now = work.now();
        let late = now - TimeDelta::seconds(self.lifetimes.activation + LONGEST_WAY);
        // One statement decides who of two clicks is first.
        let statement = work.engine().statement(
            "UPDATE account_tokens SET used_at = $1
             WHERE hash = $2 AND purpose = $3 AND used_at IS NULL
               AND (expires_at > $1 OR (expires_at IS NULL AND created_at > $4))
             RETURNING account_id, email",
            [now.into(), hashed(token).into(), PURPOSE.into(), late.into()],
        );
        let row = work.tx().query_one_raw(statement).await?.ok_or(AccountError::SpentLink)?;
        let account_id: i64 = row.try_get("", "account_id")?;
        let email_key: Option<String> = row.try_get("", "email")?;
        // Of two bearers who confirm at once, the second finds that it has lost the email.
        work.lock_word(email_key.as_deref().unwrap_or_default()).await?;
        let account = queries::find(work.tx(), account_id).await?.ok_or(AccountError::SpentLink)?;
        if account.email_key != email_key {
            return Err(AccountError::SpentLink); // the account has another email by now
        }
        account::Entity::update_many()
            .col_expr(account::Column::Email, Expr::value(None::<String>))
            .col_expr(account::Column::EmailKey, Expr::value(None::<String>))
            .col_expr(account::Column::EmailFolded, Expr::value(None::<String>))
            .filter(account::Column::EmailKey.eq(email_key))
            .filter(account::Column::EmailConfirmedAt.is_null())
            .filter(account::Column::Id.ne(account_id))
            .exec(work.tx())
            .await?;
        let mut change: account::ActiveModel = account.into();
        change.active = Set(true);
        change.email_confirmed_at = Set(Some(now));
        change.updated_at = Set(now);
        let account = change.update(work.tx()).await.map_err(|error| match error.sql_err() {
            Some(sea_orm::SqlErr::UniqueConstraintViolation(_)) => AccountError::taken(Unique::Email),
            _ => error.into(),
        })?;
        work.commit().await?;
        Ok(account.into())
    }
}

/// SHA-256 in hexadecimal: what is kept of a token.
pub(super) fn hashed(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
