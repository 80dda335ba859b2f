//! Kith's schema as ordered steps. A landed step is never edited; a new one adds or transforms.
//!
//! Each step is SQL written once and rendered for PostgreSQL or SQLite by [`dialect`], so that a
//! reader sees the tables, not a builder.

pub mod dialect;
mod m20261121_000001_accounts;
mod m20261121_000002_connections;
mod m20261121_000003_inboxes;
mod m20261121_000004_jobs;

use sea_orm_migration::prelude::*;
pub use sea_orm_migration::{MigratorTrait, sea_orm};

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
        ]
    }
}

/// Applies every step that is missing. Two processes that start at once do not collide: on
/// PostgreSQL the steps run under an advisory lock, on SQLite under the write lock of the file.
///
/// # Errors
/// Whatever the database answers; a step that fails leaves no half of itself on PostgreSQL.
pub async fn migrate(db: &sea_orm::DatabaseConnection) -> Result<(), DbErr> {
    use sea_orm::{ConnectionTrait, DbBackend, TransactionTrait};

    if db.get_database_backend() != DbBackend::Postgres {
        return Migrator::up(db, None).await;
    }
    let tx = db.begin().await?;
    tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")).await?;
    Migrator::up(&tx, None).await?;
    tx.commit().await
}

/// Key of the advisory lock that migrating processes take ("kith" in ASCII).
const MIGRATION_LOCK: i64 = 0x6b69_7468;
