//! Which trace a job belongs to.

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
-- a W3C traceparent, of the request that asked for the job; none where nothing is traced
ALTER TABLE outbox ADD COLUMN traceparent TEXT;
";
