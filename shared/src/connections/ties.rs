//! Connections: listing and removing them.

use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryResult};

use super::error::ConnectionError;
use super::model::{Connection, Request};
use crate::accounts::{person, person_columns};
use crate::entities::connection;
use crate::jobs::Writer;
use crate::page::{Page, Span};

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

    /// The account's connections, newest first.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn list(&self, account_id: i64, span: Span) -> Result<Page<Connection>, ConnectionError> {
        // Each half reads its own index from the newest down.
        let half = |mine: &str| {
            format!(
                "SELECT * FROM (SELECT * FROM connections WHERE {mine} = $1 AND id < $2
                 ORDER BY id DESC LIMIT $3 + $4) AS {mine}_half"
            )
        };
        let sql = format!(
            "{} FROM ({} UNION ALL {}) AS c {JOINED} ORDER BY c.id DESC LIMIT $3 OFFSET $4",
            selected(),
            half("low_id"),
            half("high_id"),
        );
        let values = [account_id.into()].into_iter().chain(span.values());
        let statement = self.writer.engine().statement(sql, values);
        let rows = self.writer.database().reader().query_all_raw(statement).await?;
        let items = rows.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Page::of(items, span, |connection: &Connection| connection.id))
    }

    /// The connection that a request has made, if it still stands.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn of_request(&self, request: &Request) -> Result<Option<Connection>, ConnectionError> {
        let sql = format!(
            "{} FROM connections c {JOINED} WHERE c.low_id = $1 AND c.high_id = $2 AND c.request_id = $3",
            selected()
        );
        let (one, other) = (request.from.id, request.to.id);
        let values = [one.min(other).into(), one.max(other).into(), request.id.into()];
        // From the writer: a reader may be a moment behind the acceptance.
        let db = self.writer.database().writer();
        let row = db.query_one_raw(self.writer.engine().statement(sql, values)).await?;
        Ok(row.as_ref().map(read).transpose()?)
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

/// What [`read`] reads, of the connection `c` joined by [`JOINED`].
fn selected() -> String {
    format!("SELECT c.id, c.created_at, {}, {}", person_columns("l", "low_"), person_columns("h", "high_"))
}

const JOINED: &str = "JOIN accounts l ON l.id = c.low_id JOIN accounts h ON h.id = c.high_id";

fn read(row: &QueryResult) -> Result<Connection, DbErr> {
    Ok(Connection {
        id: row.try_get("", "id")?,
        low: person(row, "low_")?,
        high: person(row, "high_")?,
        created_at: row.try_get("", "created_at")?,
    })
}
