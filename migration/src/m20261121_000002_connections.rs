//! Blocks, connection requests and connections.

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
CREATE TABLE blocks (
    blocker_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    blocked_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at {time} NOT NULL,
    PRIMARY KEY (blocker_id, blocked_id)
);
CREATE INDEX blocks_blocked ON blocks (blocked_id);
CREATE TABLE connection_requests (
    id {id},
    from_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    to_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    message TEXT,
    status TEXT NOT NULL CHECK (status IN ('pending', 'accepted', 'rejected', 'cancelled')),
    created_at {time} NOT NULL,
    decided_at {time},
    -- a block came after it: nothing is told of it any more, not even when the block is lifted
    silenced BOOLEAN NOT NULL DEFAULT FALSE,
    CHECK (from_id <> to_id)
);
CREATE UNIQUE INDEX connection_requests_pending_pair
    ON connection_requests ({least}(from_id, to_id), {greatest}(from_id, to_id)) WHERE status = 'pending';
CREATE INDEX connection_requests_pair ON connection_requests ({least}(from_id, to_id), {greatest}(from_id, to_id));
CREATE INDEX connection_requests_to ON connection_requests (to_id, status, id);
CREATE INDEX connection_requests_from ON connection_requests (from_id, status, id);
CREATE TABLE connections (
    id {id},
    low_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    high_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    request_id BIGINT,
    created_at {time} NOT NULL,
    CHECK (low_id < high_id)
);
CREATE UNIQUE INDEX connections_pair ON connections (low_id, high_id);
CREATE INDEX connections_low ON connections (low_id, id);
CREATE INDEX connections_high ON connections (high_id, id);
";
