//! Inboxes and the notifications in them.

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
CREATE TABLE inboxes (
    account_id BIGINT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    version BIGINT NOT NULL DEFAULT 0,
    -- below it tombstones have been swept: a resume from there is answered with a reset
    floor BIGINT NOT NULL DEFAULT 0,
    unread_notifications BIGINT NOT NULL DEFAULT 0,
    unread_messages BIGINT NOT NULL DEFAULT 0
);
-- postgres
ALTER TABLE inboxes SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
CREATE TABLE notifications (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- of its last change, and of its birth: what a resume compares
    version BIGINT NOT NULL,
    created_version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    actor_id BIGINT REFERENCES accounts (id) ON DELETE CASCADE,
    request_id BIGINT,
    body TEXT,
    created_at {time} NOT NULL,
    read_at {time},
    removed_at {time}
);
CREATE UNIQUE INDEX notifications_version ON notifications (account_id, version);
CREATE INDEX notifications_list ON notifications (account_id, id) WHERE removed_at IS NULL;
CREATE INDEX notifications_unread ON notifications (account_id, id) WHERE read_at IS NULL AND removed_at IS NULL;
-- one event makes one notification, whatever runs twice
CREATE UNIQUE INDEX notifications_event ON notifications (account_id, request_id, kind) WHERE request_id IS NOT NULL;
CREATE INDEX notifications_actor ON notifications (actor_id, account_id);
CREATE INDEX notifications_swept ON notifications (removed_at) WHERE removed_at IS NOT NULL;
CREATE INDEX notifications_read ON notifications (read_at) WHERE read_at IS NOT NULL;
-- postgres
ALTER TABLE notifications SET (fillfactor = 80);
";
