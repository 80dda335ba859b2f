//! Provinces and cities, and the addresses that people keep in them.

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
CREATE TABLE provinces (
    id BIGINT PRIMARY KEY,
    name_fa TEXT NOT NULL,
    name_en TEXT,
    -- the names as they are compared: folded in Rust, without spaces
    key_fa TEXT NOT NULL,
    key_en TEXT
);
CREATE TABLE cities (
    id BIGINT PRIMARY KEY,
    province_id BIGINT NOT NULL REFERENCES provinces (id),
    name_fa TEXT NOT NULL,
    name_en TEXT,
    key_fa TEXT NOT NULL,
    key_en TEXT
);
CREATE INDEX cities_province ON cities (province_id, id);
CREATE INDEX cities_key_fa ON cities (key_fa);
CREATE INDEX cities_key_en ON cities (key_en);
CREATE TABLE addresses (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    province_id BIGINT NOT NULL REFERENCES provinces (id),
    city_id BIGINT NOT NULL REFERENCES cities (id),
    -- in which language each name was set, and is shown
    province_language TEXT NOT NULL CHECK (province_language IN ('fa', 'en')),
    city_language TEXT NOT NULL CHECK (city_language IN ('fa', 'en')),
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL
);
CREATE INDEX addresses_account ON addresses (account_id, id);
";
