//! Chats of two people, and the messages in them.

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
CREATE TABLE chats (
    id {id},
    low_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    high_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at {time} NOT NULL,
    CHECK (low_id < high_id)
);
CREATE UNIQUE INDEX chats_pair ON chats (low_id, high_id);
CREATE INDEX chats_high ON chats (high_id);
-- where each of the two stands in it
CREATE TABLE chat_members (
    chat_id BIGINT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    other_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- the newest message, which orders a person's chats; 0 before the first
    last_message_id BIGINT NOT NULL DEFAULT 0,
    unread BIGINT NOT NULL DEFAULT 0,
    -- the newest message that was read, and when
    read_through BIGINT NOT NULL DEFAULT 0,
    read_at {time},
    -- what a block has hidden counts as unread no more, also once it is lifted
    hidden_through BIGINT NOT NULL DEFAULT 0,
    -- of the last read mark: in the account's own inbox, and in that of the other, who hears of it too
    version BIGINT NOT NULL DEFAULT 0,
    other_version BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (chat_id, account_id)
);
CREATE INDEX chat_members_list ON chat_members (account_id, last_message_id);
CREATE INDEX chat_members_version ON chat_members (account_id, version);
CREATE INDEX chat_members_heard ON chat_members (other_id, other_version);
-- postgres
ALTER TABLE chat_members SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
CREATE TABLE messages (
    id {id},
    chat_id BIGINT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    sender_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    receiver_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    -- the sender's own name for it: a repeat makes no second one
    client_id TEXT,
    created_at {time} NOT NULL,
    edited_at {time},
    removed_at {time},
    -- of its last change, and of its birth, in each of the two inboxes
    sender_version BIGINT NOT NULL,
    sender_created_version BIGINT NOT NULL,
    receiver_version BIGINT NOT NULL,
    receiver_created_version BIGINT NOT NULL
);
CREATE INDEX messages_chat ON messages (chat_id, id);
CREATE UNIQUE INDEX messages_client ON messages (sender_id, client_id) WHERE client_id IS NOT NULL;
CREATE UNIQUE INDEX messages_sent ON messages (sender_id, sender_version);
CREATE UNIQUE INDEX messages_received ON messages (receiver_id, receiver_version);
CREATE UNIQUE INDEX messages_arrived ON messages (receiver_id, receiver_created_version);
CREATE INDEX messages_swept ON messages (removed_at) WHERE removed_at IS NOT NULL;
-- up to which version of the inbox a surface, whose clients never say what they have, has delivered messages;
-- written for many at once, so that an account which goes meanwhile must not fail the others
CREATE TABLE delivery_marks (
    account_id BIGINT NOT NULL,
    surface TEXT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (account_id, surface)
);
";
