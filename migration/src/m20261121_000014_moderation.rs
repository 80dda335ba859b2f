//! Reports, what staff do, and notifications that are about neither requests nor connections.

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
CREATE TABLE reports (
    id {id},
    reporter_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- what is reported, and whose it is; it may be gone since
    subject TEXT NOT NULL CHECK (subject IN ('listing', 'review', 'message', 'account')),
    subject_id BIGINT NOT NULL,
    account_id BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    -- what it said then, since its owner may change it
    quoted TEXT,
    message TEXT NOT NULL,
    created_at {time} NOT NULL,
    claimed_by BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    claimed_at {time},
    outcome TEXT CHECK (outcome IN ('dismissed', 'removed', 'suspended')),
    -- what the reporter is told of it
    note TEXT,
    resolved_by BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    resolved_at {time}
);
-- who reports a thing again while the first waits adds nothing
CREATE UNIQUE INDEX reports_waiting ON reports (reporter_id, subject, subject_id) WHERE resolved_at IS NULL;
CREATE INDEX reports_reporter ON reports (reporter_id, id);
CREATE INDEX reports_open ON reports (id) WHERE resolved_at IS NULL;
CREATE INDEX reports_account ON reports (account_id);
CREATE INDEX reports_claimed ON reports (claimed_by) WHERE claimed_by IS NOT NULL;
CREATE INDEX reports_resolved ON reports (resolved_by) WHERE resolved_by IS NOT NULL;
-- what staff did, for good: the names stay when accounts go
CREATE TABLE audit_log (
    id {id},
    staff_id BIGINT NOT NULL,
    staff_name TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    -- what was set, as JSON
    detail TEXT NOT NULL,
    created_at {time} NOT NULL
);
CREATE INDEX audit_log_subject ON audit_log (subject, subject_id, id);
CREATE INDEX audit_log_staff ON audit_log (staff_id, id);
-- the report, listing or case that a notification is about
ALTER TABLE notifications ADD COLUMN subject_id BIGINT;
";
