//! What people who are not signed in have sent to whoever runs this Kith is swept by its age.

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
CREATE INDEX contact_messages_unverified ON contact_messages (created_at) WHERE account_id IS NULL;
";
