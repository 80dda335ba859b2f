//! The picture of an account's owner.

use bytes::Bytes;
use sea_orm::prelude::*;
use sea_orm::{IntoActiveModel, Set};

use super::bookkeeping::{Media, MediaError, refer};
use super::key::{MediaKey, Purpose};
use crate::accounts::{Account, hold_account};
use crate::database::DatabaseError;

/// An avatar was not changed.
#[derive(Debug, thiserror::Error)]
pub enum AvatarError {
    /// The account has ended.
    #[error("the account has ended")]
    Ended,
    /// The picture was not taken in.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<sea_orm::DbErr> for AvatarError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}

/// Sets and removes avatars.
#[derive(Debug, Clone)]
pub struct Avatars {
    media: Media,
}

impl Avatars {
    /// Over the given part.
    #[must_use]
    pub fn new(media: Media) -> Self {
        Self { media }
    }

    /// Makes of an upload what is kept of an avatar, and stores it; no account has it yet. For services that
    /// change an avatar together with other things: before their transaction they call this, in it
    /// [`refer`], within 55 minutes, with the account's row held. What is not referred to is dropped.
    ///
    /// # Errors
    /// The upload does not fit; too many are being taken in; the store or the database is away.
    pub async fn take_in(&self, account_id: i64, upload: Bytes) -> Result<MediaKey, MediaError> {
        self.media.take_in(account_id, upload, Purpose::Avatar).await
    }

    /// Sets an account's avatar to an upload.
    ///
    /// # Errors
    /// The upload does not fit; no such account; too many are being taken in; the store or the database is
    /// away. The avatar is then what it was.
    pub async fn set(&self, account_id: i64, upload: Bytes) -> Result<Account, AvatarError> {
        let key = self.take_in(account_id, upload).await?;
        self.replace(account_id, Some(&key)).await
    }

    /// Removes an account's avatar; none there is fine.
    ///
    /// # Errors
    /// The account has ended; the database refuses.
    pub async fn remove(&self, account_id: i64) -> Result<Account, AvatarError> {
        self.replace(account_id, None).await
    }

    async fn replace(&self, account_id: i64, new: Option<&MediaKey>) -> Result<Account, AvatarError> {
        let work = self.media.writer().begin().await?;
        let account = hold_account(work.tx(), account_id).await?.ok_or(AvatarError::Ended)?;
        refer(&work, new, account.avatar.as_deref()).await?;
        let mut row = account.into_active_model();
        row.avatar = Set(new.map(|key| key.as_str().to_owned()));
        row.updated_at = Set(work.now());
        let account = row.update(work.tx()).await?;
        work.commit().await?;
        Ok(account.into())
    }
}
