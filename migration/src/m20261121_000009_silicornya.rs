//! Sessions that are held by a key, names in two parts, and messages to whoever runs this Kith.

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
-- SHA-256 in hexadecimal of the key that speaks for the session; the key itself is kept nowhere
ALTER TABLE sessions ADD COLUMN key_hash TEXT;
CREATE UNIQUE INDEX sessions_key ON sessions (key_hash) WHERE key_hash IS NOT NULL;
-- how a person split their name; they count while `full_name` is the two
ALTER TABLE accounts ADD COLUMN first_name TEXT;
ALTER TABLE accounts ADD COLUMN last_name TEXT;
CREATE TABLE contact_messages (
    id {id},
    -- who sent it; without one, somebody who claimed a name and an email
    account_id BIGINT REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT,
    email TEXT,
    -- the claims as those of accounts are compared; nobody bears a name that has no such form
    name_key TEXT,
    email_key TEXT,
    room TEXT NOT NULL,
    message TEXT NOT NULL,
    created_at {time} NOT NULL,
    CHECK ((account_id IS NULL) = (name IS NOT NULL AND email IS NOT NULL))
);
CREATE INDEX contact_messages_account ON contact_messages (account_id, id) WHERE account_id IS NOT NULL;
CREATE INDEX contact_messages_claim ON contact_messages (email_key, name_key, id) WHERE account_id IS NULL;
";
