//! Cases: what people ask whoever runs this Kith, by kind, and what staff answer.

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
CREATE TABLE case_kinds (
    id {id},
    title TEXT NOT NULL,
    title_key TEXT NOT NULL
);
CREATE UNIQUE INDEX case_kinds_title ON case_kinds (title_key);
CREATE TABLE cases (
    id {id},
    kind_id BIGINT NOT NULL REFERENCES case_kinds (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    created_at {time} NOT NULL,
    -- when something was last said in it
    updated_at {time} NOT NULL,
    closed_at {time}
);
CREATE INDEX cases_account ON cases (account_id, id);
CREATE INDEX cases_kind ON cases (kind_id, id);
CREATE INDEX cases_open ON cases (id) WHERE closed_at IS NULL;
CREATE TABLE case_messages (
    id {id},
    case_id BIGINT NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
    -- who wrote it; none when one of the staff has left since
    author_id BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    -- written by the staff, else by whose case it is
    from_staff BOOLEAN NOT NULL,
    body TEXT NOT NULL,
    created_at {time} NOT NULL
);
CREATE INDEX case_messages_case ON case_messages (case_id, id);
CREATE INDEX case_messages_author ON case_messages (author_id);
INSERT INTO case_kinds (title, title_key)
    SELECT title, lower(title) FROM (
        SELECT 1 AS place, 'Account' AS title
        UNION ALL SELECT 2, 'Listings'
        UNION ALL SELECT 3, 'Payments'
        UNION ALL SELECT 4, 'Somebody''s behaviour'
        UNION ALL SELECT 5, 'Something else') AS starters
    ORDER BY place;
";
