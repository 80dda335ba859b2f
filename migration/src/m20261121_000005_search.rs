//! Search by single fields: folded copies of them, trigram indexes, and phone numbers by value.

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

// Folding is the core's; what is written here is close to it, until a worker's sweep has folded anew
// whatever bears an older number in `folding`. So does what processes of the version before write while
// both run: their new accounts bear 0, and the trigger notes the changes that they make.
const SQL: &str = r"
ALTER TABLE accounts ADD COLUMN name_folded TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN email_folded TEXT;
ALTER TABLE accounts ADD COLUMN company_folded TEXT;
-- by which version of the core's folding the copies were made
ALTER TABLE accounts ADD COLUMN folding INTEGER NOT NULL DEFAULT 0;
UPDATE accounts SET
    name_folded = CASE WHEN full_name IS NULL THEN lower(username) ELSE lower(username) || '
' || lower(full_name) END,
    email_folded = lower(email),
    company_folded = lower(company_name);
CREATE INDEX accounts_unfolded ON accounts (id) WHERE folding < 1;
CREATE INDEX accounts_phone ON accounts (phone) WHERE phone IS NOT NULL;
-- postgres
CREATE FUNCTION accounts_unfold() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.folding := 0; RETURN NEW; END';
-- postgres
CREATE TRIGGER accounts_unfold BEFORE UPDATE OF username, full_name, company_name ON accounts FOR EACH ROW
    WHEN ((NEW.username, NEW.full_name, NEW.company_name) IS DISTINCT FROM (OLD.username, OLD.full_name, OLD.company_name)
        AND (NEW.name_folded, NEW.company_folded) IS NOT DISTINCT FROM (OLD.name_folded, OLD.company_folded))
    EXECUTE FUNCTION accounts_unfold();
-- postgres
-- a list of pending entries would be read by every search
ALTER INDEX accounts_search SET (fastupdate = off);
-- postgres
-- with the usual 100 samples one accidental hit reads as one row in a hundred
ALTER TABLE accounts ALTER COLUMN name_folded SET STATISTICS 1000, ALTER COLUMN email_folded SET STATISTICS 1000,
    ALTER COLUMN company_folded SET STATISTICS 1000, ALTER COLUMN phone SET STATISTICS 1000;
-- postgres
CREATE INDEX accounts_name_folded ON accounts USING gin (name_folded gin_trgm_ops) WITH (fastupdate = off);
-- postgres
CREATE INDEX accounts_email_folded ON accounts USING gin (email_folded gin_trgm_ops) WITH (fastupdate = off);
-- postgres
CREATE INDEX accounts_company_folded ON accounts USING gin (company_folded gin_trgm_ops) WITH (fastupdate = off);
-- postgres
CREATE INDEX accounts_phone_search ON accounts USING gin (phone gin_trgm_ops) WITH (fastupdate = off);
";
