//! Writing down what somebody of the staff did.

use sea_orm::ConnectionTrait;
use serde_json::Value;

use crate::accounts::{Caller, NotStaff, is_present};
use crate::database::DatabaseError;
use crate::jobs::UnitOfWork;

/// What was done to a thing.
#[derive(Debug)]
pub(crate) struct Action {
    /// The kind of thing and what was done, as in `report.resolve`.
    pub(crate) name: &'static str,
    /// The kind of thing.
    pub(crate) subject: &'static str,
    /// Which.
    pub(crate) subject_id: i64,
    /// What was set.
    pub(crate) detail: Value,
}

/// Writes an action down, within the caller's work: without the one there is not the other. The last word on whether
/// the caller is staff, since a session may be told so for another 30 s.
pub(crate) async fn record<E>(work: &UnitOfWork, staff: &Caller, action: Action) -> Result<(), E>
where
    E: From<NotStaff> + From<DatabaseError>,
{
    let Action { name, subject, subject_id, detail } = action;
    let sql = format!(
        "INSERT INTO audit_log (staff_id, staff_name, action, subject, subject_id, detail, created_at)
         SELECT a.id, a.username, $2, $3, $4, $5, $6 FROM accounts a WHERE a.id = $1 AND a.staff AND {}",
        is_present("a")
    );
    let values = [
        staff.account_id.into(),
        name.into(),
        subject.into(),
        subject_id.into(),
        detail.to_string().into(),
        work.now().into(),
    ];
    let written = work.tx().execute_raw(work.engine().statement(sql, values)).await.map_err(DatabaseError::from)?;
    if written.rows_affected() == 1 { Ok(()) } else { Err(NotStaff.into()) }
}
