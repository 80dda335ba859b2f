//! What is reported: whether it is there for the reporter, whose it is, and what it says.

use sea_orm::ConnectionTrait;

use super::error::ReportError;
use super::model::Subject;
use crate::accounts::{is_present, may_see};
use crate::jobs::UnitOfWork;

/// A thing that is there.
pub(super) struct Found {
    /// Whose it is.
    pub(super) account_id: i64,
    /// What it says.
    pub(super) quoted: String,
}

/// Finds what `reporter_id` reports. A block keeps nobody from reporting whom it parts them from, nor what they were
/// sent.
pub(super) async fn find(work: &UnitOfWork, reporter_id: i64, subject: Subject, id: i64) -> Result<Found, ReportError> {
    let seen = |table: &str, body: &str| {
        format!(
            "SELECT x.account_id, x.title, x.{body} AS body FROM {table} x JOIN accounts a ON a.id = x.account_id
             WHERE x.id = $2 AND {}",
            may_see("$1", "a")
        )
    };
    let (sql, values) = match subject {
        Subject::Listing => (seen("listings", "description"), vec![reporter_id.into(), id.into()]),
        Subject::Review => (seen("reviews", "body"), vec![reporter_id.into(), id.into()]),
        Subject::Message => {
            let sql = "SELECT m.sender_id AS account_id, m.body AS title, CAST(NULL AS text) AS body FROM messages m
                       WHERE (m.receiver_id = $1 OR m.sender_id = $1) AND m.id = $2 AND m.removed_at IS NULL";
            (sql.to_owned(), vec![reporter_id.into(), id.into()])
        }
        Subject::Account => {
            let sql = format!(
                "SELECT a.id AS account_id, a.username AS title, a.full_name AS body FROM accounts a
                 WHERE a.id = $1 AND {}",
                is_present("a")
            );
            (sql, vec![id.into()])
        }
    };
    let row = work.tx().query_one_raw(work.engine().statement(sql, values)).await?.ok_or(ReportError::NoSubject)?;
    let account_id: i64 = row.try_get("", "account_id")?;
    if account_id == reporter_id {
        return Err(ReportError::Oneself);
    }
    let (title, body): (String, Option<String>) = (row.try_get("", "title")?, row.try_get("", "body")?);
    let quoted = body.map_or(title.clone(), |body| format!("{title}\n{body}"));
    Ok(Found { account_id, quoted })
}
