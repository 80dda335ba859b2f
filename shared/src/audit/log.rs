//! Reading what staff did.

use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use crate::accounts::{Caller, NotStaff};
use crate::database::DatabaseError;
use crate::jobs::Writer;
use crate::page::{Page, Span};
use crate::ports::clock::Timestamp;

/// Something that somebody of the staff did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its number.
    pub id: i64,
    /// Who did it. The account may be gone since.
    pub staff_id: i64,
    /// The username that they had.
    pub staff_name: String,
    /// What was done, as in `report.resolve`.
    pub action: String,
    /// The kind of thing that it was done to.
    pub subject: String,
    /// Which. It may be gone since.
    pub subject_id: i64,
    /// What was set.
    pub detail: serde_json::Value,
    /// When.
    pub created_at: Timestamp,
}

/// Which entries; each condition narrows.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Of a kind of thing.
    pub subject: Option<String>,
    /// Of the thing of this number.
    pub subject_id: Option<i64>,
    /// By an account.
    pub staff_id: Option<i64>,
}

/// The audit log was not read.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// It is for staff alone.
    #[error(transparent)]
    NotStaff(#[from] NotStaff),
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<DbErr> for AuditError {
    fn from(error: DbErr) -> Self {
        Self::Database(error.into())
    }
}

/// Reads the audit log. Nothing changes what is in it.
#[derive(Debug, Clone)]
pub struct AuditLog {
    writer: Writer,
}

impl AuditLog {
    /// Over the given part.
    #[must_use]
    pub fn new(writer: Writer) -> Self {
        Self { writer }
    }

    /// What staff did, newest first.
    ///
    /// # Errors
    /// The caller is not staff.
    pub async fn list(&self, caller: &Caller, filter: AuditFilter, span: Span) -> Result<Page<AuditEntry>, AuditError> {
        caller.require_staff()?;
        let AuditFilter { subject, subject_id, staff_id } = filter;
        let mut values: Vec<sea_orm::Value> = span.values().into();
        let conditions = [
            ("subject", subject.map(sea_orm::Value::from)),
            ("subject_id", subject_id.map(sea_orm::Value::from)),
            ("staff_id", staff_id.map(sea_orm::Value::from)),
        ];
        let mut narrowed = String::new();
        for (column, value) in conditions {
            let Some(value) = value else { continue };
            values.push(value);
            narrowed = format!("{narrowed} AND {column} = ${}", values.len());
        }
        let sql = format!(
            "SELECT id, staff_id, staff_name, action, subject, subject_id, detail, created_at FROM audit_log
             WHERE id < $1{narrowed} ORDER BY id DESC LIMIT $2 OFFSET $3"
        );
        let statement = self.writer.engine().statement(sql, values);
        let rows = self.writer.database().reader().query_all_raw(statement).await?;
        let entries = rows.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Page::of(entries, span, |entry: &AuditEntry| entry.id))
    }
}

fn read(row: &QueryResult) -> Result<AuditEntry, DbErr> {
    let detail: String = row.try_get("", "detail")?;
    Ok(AuditEntry {
        id: row.try_get("", "id")?,
        staff_id: row.try_get("", "staff_id")?,
        staff_name: row.try_get("", "staff_name")?,
        action: row.try_get("", "action")?,
        subject: row.try_get("", "subject")?,
        subject_id: row.try_get("", "subject_id")?,
        // Written by `record` alone.
        detail: serde_json::from_str(&detail).unwrap_or_default(),
        created_at: row.try_get("", "created_at")?,
    })
}
