//! Accounts, their sessions, their one-time tokens, and the settings of the database itself.

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
CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
CREATE TABLE accounts (
    id {id},
    username TEXT NOT NULL,
    -- the PRECIS-prepared form: two names that look the same are one
    username_key TEXT NOT NULL,
    email TEXT,
    email_key TEXT,
    email_confirmed_at {time},
    password_hash TEXT NOT NULL,
    full_name TEXT,
    phone TEXT,
    company_name TEXT,
    industry TEXT,
    address TEXT,
    -- what search reads: names and company, folded in Rust on both databases
    search TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    staff BOOLEAN NOT NULL DEFAULT FALSE,
    suspended_at {time},
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL
);
CREATE UNIQUE INDEX accounts_username_key ON accounts (username_key);
CREATE UNIQUE INDEX accounts_confirmed_email ON accounts (email_key) WHERE email_confirmed_at IS NOT NULL;
CREATE INDEX accounts_email_key ON accounts (email_key) WHERE email_key IS NOT NULL;
-- postgres
CREATE EXTENSION IF NOT EXISTS pg_trgm;
-- postgres
CREATE INDEX accounts_search ON accounts USING gin (search gin_trgm_ops);
CREATE TABLE sessions (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    surface TEXT NOT NULL,
    -- the refresh token's: the newest is the one that counts
    generation BIGINT NOT NULL DEFAULT 1,
    rotated_at {time} NOT NULL,
    created_at {time} NOT NULL,
    expires_at {time} NOT NULL,
    ended_at {time},
    user_agent TEXT
);
CREATE INDEX sessions_account ON sessions (account_id) WHERE ended_at IS NULL;
CREATE INDEX sessions_expiry ON sessions (expires_at);
CREATE TABLE account_tokens (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    -- SHA-256 in hexadecimal; the token itself is kept nowhere
    hash TEXT NOT NULL,
    email TEXT,
    created_at {time} NOT NULL,
    -- set when the mail server accepts the mail; until then the token lives
    expires_at {time},
    used_at {time}
);
CREATE UNIQUE INDEX account_tokens_hash ON account_tokens (hash);
CREATE INDEX account_tokens_account ON account_tokens (account_id, purpose);
CREATE TABLE idempotency_keys (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    route TEXT NOT NULL,
    key TEXT NOT NULL,
    -- SHA-256 of what was asked: another body under the same key is refused
    fingerprint TEXT NOT NULL,
    -- the id of what was made; the answer is rendered from it again
    result_id BIGINT,
    created_at {time} NOT NULL,
    PRIMARY KEY (account_id, route, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
";
