//! The outbox, which is the queue of record, and the jobs that failed for good.

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
CREATE TABLE outbox (
    id {id},
    queue TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    payload TEXT NOT NULL,
    created_at {time} NOT NULL,
    -- nobody claims the row before this: a lease while it is pushed, a backoff after a failure
    lease_until {time} NOT NULL,
    pushes BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0,
    -- who works on it, where the work must not run twice (mail)
    holder TEXT,
    last_error TEXT
);
CREATE INDEX outbox_due ON outbox (queue, lease_until);
-- postgres
ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0, fillfactor = 80);
CREATE TABLE dead_jobs (
    id {id},
    job_id BIGINT NOT NULL,
    queue TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    payload TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    error TEXT NOT NULL,
    created_at {time} NOT NULL,
    died_at {time} NOT NULL
);
CREATE INDEX dead_jobs_died ON dead_jobs (died_at);
-- postgres
-- a restore gives the database a new epoch, so that its job ids never meet the old ones in Redis
INSERT INTO settings (key, value) VALUES ('epoch', md5(random()::text || clock_timestamp()::text));
-- sqlite
INSERT INTO settings (key, value) VALUES ('epoch', lower(hex(randomblob(16))));
";
