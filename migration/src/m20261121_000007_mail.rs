//! Emails that wait for their confirmation, when mails were asked for and refused, pictures, and accounts
//! that their owners delete.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, SQL).await
    }
}

const SQL: &str = r"
-- the key of a picture in the media store
ALTER TABLE accounts ADD COLUMN avatar TEXT;
-- when a mail server last refused its email for good
ALTER TABLE accounts ADD COLUMN email_refused_at {time};
-- its owner deleted it: a worker takes out what it left with others, then the row
ALTER TABLE accounts ADD COLUMN deleted_at {time};
-- ended ones too: what is deleted with its account
CREATE INDEX sessions_owner ON sessions (account_id);
CREATE TABLE email_changes (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    refused_at {time},
    created_at {time} NOT NULL
);
CREATE UNIQUE INDEX email_changes_account ON email_changes (account_id);
-- when each kind of mail was last asked for, since that must not happen often
CREATE TABLE mail_requests (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    asked_at {time} NOT NULL,
    PRIMARY KEY (account_id, purpose)
);
CREATE TABLE media (
    key TEXT PRIMARY KEY,
    created_at {time} NOT NULL,
    -- when the object may be deleted: unless something refers to it by then, or once nothing does any more
    drop_at {time}
);
CREATE INDEX media_drop ON media (drop_at) WHERE drop_at IS NOT NULL;
";
