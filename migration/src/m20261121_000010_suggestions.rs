//! What people choose of how they are met, and whom they are suggested to connect with.

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

// What folding has not reached yet is like nobody's: suggestions by industry begin when a worker's sweep
// has folded it. A process of the version before writes its own, lower number in `folding`, so what it
// changes is folded anew too.
const SQL: &str = r"
-- others are not told whether its owner is there
ALTER TABLE accounts ADD COLUMN presence_hidden BOOLEAN NOT NULL DEFAULT FALSE;
-- suggested to nobody
ALTER TABLE accounts ADD COLUMN suggestions_refused BOOLEAN NOT NULL DEFAULT FALSE;
-- mails tell of messages that stay unread
ALTER TABLE accounts ADD COLUMN unread_mails BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE accounts ADD COLUMN industry_folded TEXT;
DROP INDEX accounts_unfolded;
CREATE INDEX accounts_unfolded ON accounts (id) WHERE folding < 2;
-- hundreds of accounts are looked at by one call, and nothing else of them is read
CREATE INDEX accounts_present ON accounts (id) WHERE active AND suspended_at IS NULL;
CREATE INDEX accounts_company ON accounts (company_folded, id)
    WHERE company_folded <> '' AND active AND suspended_at IS NULL AND NOT suggestions_refused;
CREATE INDEX accounts_industry ON accounts (industry_folded, id)
    WHERE industry_folded <> '' AND active AND suspended_at IS NULL AND NOT suggestions_refused;
CREATE INDEX addresses_city ON addresses (city_id, account_id);
-- the pairs from the other side: both are read without the table
CREATE INDEX connections_mirrored ON connections (high_id, low_id);
CREATE TABLE suggestion_dismissals (
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    dismissed_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at {time} NOT NULL,
    PRIMARY KEY (account_id, dismissed_id)
);
CREATE INDEX suggestion_dismissals_dismissed ON suggestion_dismissals (dismissed_id);
";
