//! What whoever looks after jobs sees: when each row is due, and what became of jobs minute by minute.

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
-- from when on the job may be done: when it is scheduled for, or its backoff ends; NULL: since it was asked for.
-- A lease until later is that of whoever pushes it or works on it
ALTER TABLE outbox ADD COLUMN due_at {time};
-- of the kinds of job that there were, that is so for what has failed and for mails about unread messages
UPDATE outbox SET due_at = lease_until WHERE holder IS NULL AND (attempts > 0 OR name = 'unread_messages');
CREATE INDEX outbox_failed ON outbox (id) WHERE last_error IS NOT NULL;
CREATE INDEX dead_jobs_queue ON dead_jobs (queue, id);
CREATE INDEX dead_jobs_name ON dead_jobs (name, id);
-- what became of jobs, for a chart; times in microseconds
CREATE TABLE job_minutes (
    -- since 1970
    minute BIGINT NOT NULL,
    queue TEXT NOT NULL,
    name TEXT NOT NULL,
    done BIGINT NOT NULL,
    retried BIGINT NOT NULL,
    dead BIGINT NOT NULL,
    -- those done of which it is known how long after they were asked for, and that
    timed BIGINT NOT NULL,
    delay_sum BIGINT NOT NULL,
    delay_max BIGINT NOT NULL,
    -- in a worker's hand, of all
    duration_sum BIGINT NOT NULL,
    duration_max BIGINT NOT NULL,
    PRIMARY KEY (minute, queue, name)
);
";
