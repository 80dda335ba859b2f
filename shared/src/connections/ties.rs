//! Connections: listing and removing them.

use sea_orm::ConnectionTrait;
use sea_orm::EntityTrait;

use super::error::ConnectionError;
use super::model::{Connection, Page, person, person_columns};
use crate::entities::connection;
use crate::jobs::Writer;

/// Lists and removes connections.
#[derive(Debug, Clone)]
pub struct Ties {
    writer: Writer,
}

impl Ties {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer) -> Self {
        Self { writer }
    }

    /// The account's connections, newest first, below the id `below`.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn list(
        &self,
        account_id: i64,
        below: Option<i64>,
        limit: u32,
    ) -> Result<Page<Connection>, ConnectionError> {
        // Each half reads its own index from the newest down.
        let half = |mine: &str, theirs: &str| {
            format!(
                "SELECT * FROM (SELECT id, {theirs} AS other_id, created_at FROM connections
                 WHERE {mine} = $1 AND id < $2 ORDER BY id DESC LIMIT $3) AS {mine}_half"
            )
        };
        let sql = format!(
            "SELECT c.id, c.created_at, {} FROM ({} UNION ALL {}) AS c JOIN accounts a ON a.id = c.other_id
             ORDER BY c.id DESC LIMIT $3",
            person_columns("a", "person_"),
            half("low_id", "high_id"),
            half("high_id", "low_id"),
        );
        let values = [account_id.into(), below.unwrap_or(i64::MAX).into(), (i64::from(limit) + 1).into()];
        let statement = self.writer.engine().statement(sql, values);
        let rows = self.writer.database().reader().query_all_raw(statement).await?;
        let items = rows
            .iter()
            .map(|row| {
                Ok(Connection {
                    id: row.try_get("", "id")?,
                    person: person(row, "person_")?,
                    created_at: row.try_get("", "created_at")?,
                })
            })
            .collect::<Result<_, sea_orm::DbErr>>()?;
        Ok(Page::of(items, limit, |connection: &Connection| connection.id))
    }

    /// Ends a connection; nobody is told.
    ///
    /// # Errors
    /// The account has no such connection.
    pub async fn remove(&self, account_id: i64, id: i64) -> Result<(), ConnectionError> {
        let work = self.writer.begin().await?;
        let row = connection::Entity::find_by_id(id).one(work.tx()).await?;
        let row = row.filter(|row| [row.low_id, row.high_id].contains(&account_id)).ok_or(ConnectionError::NotFound)?;
        work.lock_pair(row.low_id, row.high_id).await?;
        let removed = connection::Entity::delete_by_id(id).exec(work.tx()).await?;
        if removed.rows_affected == 0 {
            return Err(ConnectionError::NotFound);
        }
        work.commit().await?;
        Ok(())
    }
}
