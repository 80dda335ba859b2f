//! Kith's schema as ordered steps. A landed step is never edited; a new one adds or transforms.
//!
//! Each step is SQL written once and rendered for PostgreSQL or SQLite by [`dialect`], so that a
//! reader sees the tables, not a builder.

pub mod dialect;
mod m20261121_000001_accounts;
mod m20261121_000002_connections;
mod m20261121_000003_inboxes;
mod m20261121_000004_jobs;
mod m20261121_000005_search;
mod m20261121_000006_places;
mod m20261121_000007_mail;
mod m20261121_000008_chats;
mod m20261121_000009_silicornya;
mod m20261121_000010_suggestions;
mod m20261121_000011_contact;
mod m20261121_000012_listings;
mod m20261121_000013_support;
mod m20261121_000014_moderation;
mod m20261121_000015_traces;
mod m20261121_000016_job_minutes;
pub mod places;

use sea_orm_migration::prelude::*;
pub use sea_orm_migration::{MigratorTrait, sea_orm};

/// A digest of the steps' sources, in hexadecimal.
pub const DIGEST: &str = env!("SCHEMA_DIGEST");

/// Every step, oldest first.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_accounts::Migration),
            Box::new(m20261121_000002_connections::Migration),
            Box::new(m20261121_000003_inboxes::Migration),
            Box::new(m20261121_000004_jobs::Migration),
            Box::new(m20261121_000005_search::Migration),
            Box::new(m20261121_000006_places::Migration),
            Box::new(m20261121_000007_mail::Migration),
            Box::new(m20261121_000008_chats::Migration),
            Box::new(m20261121_000009_silicornya::Migration),
            Box::new(m20261121_000010_suggestions::Migration),
            Box::new(m20261121_000011_contact::Migration),
            Box::new(m20261121_000012_listings::Migration),
            Box::new(m20261121_000013_support::Migration),
            Box::new(m20261121_000014_moderation::Migration),
            Box::new(m20261121_000015_traces::Migration),
            Box::new(m20261121_000016_job_minutes::Migration),
        ]
    }
}

/// Applies every step that is missing, all in one transaction. Two processes that start at once do
/// not collide: on PostgreSQL the transaction takes an advisory lock, on SQLite the file's write lock.
///
/// # Errors
/// Whatever the database answers; nothing is changed then.
pub async fn migrate(db: &sea_orm::DatabaseConnection) -> Result<(), DbErr> {
    use sea_orm::{ConnectionTrait, DbBackend, SqliteTransactionMode, TransactionOptions, TransactionTrait};

    let postgres = db.get_database_backend() == DbBackend::Postgres;
    let sqlite_transaction_mode = (!postgres).then_some(SqliteTransactionMode::Immediate);
    let options = TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() };
    let tx = db.begin_with_options(options).await?;
    if postgres {
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")).await?;
    }
    Migrator::up(&tx, None).await?;
    tx.commit().await
}

/// The name of every step, oldest first.
#[must_use]
pub fn steps() -> Vec<String> {
    Migrator::migrations().iter().map(|step| step.name().to_owned()).collect()
}

/// Key of the advisory lock that migrating processes take ("kith" in ASCII).
pub const MIGRATION_LOCK: i64 = 0x6b69_7468;
