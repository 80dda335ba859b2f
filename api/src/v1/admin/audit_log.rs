//! What staff did.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use shared::audit::{AuditEntry, AuditFilter};
use utoipa::{IntoParams, ToSchema};

use crate::App;
use crate::http::{Authenticated, Cursor, Id, PageBody, PageParameters, Parameters, Problem, ProblemBody};

/// The kinds of things that staff do something to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum AuditSubjectParameter {
    /// An account.
    Account,
    /// A case.
    Case,
    /// A kind of case.
    CaseKind,
    /// A category.
    Category,
    /// A subcategory.
    Subcategory,
    /// A skill.
    Skill,
    /// A report.
    Report,
    /// A job.
    Job,
    /// A job that failed for good.
    DeadJob,
}

impl AuditSubjectParameter {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Case => "case",
            Self::CaseKind => "case_kind",
            Self::Category => "category",
            Self::Subcategory => "subcategory",
            Self::Skill => "skill",
            Self::Report => "report",
            Self::Job => "job",
            Self::DeadJob => "dead_job",
        }
    }
}

/// Something that somebody of the staff did.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AuditEntryBody {
    /// Its number.
    id: i64,
    /// Who did it. The account may be gone since.
    staff_id: i64,
    /// The username that they had.
    staff_name: String,
    /// What was done.
    #[schema(example = "report.resolve")]
    action: String,
    /// The kind of thing that it was done to.
    #[schema(example = "report")]
    subject: String,
    /// Which. It may be gone since.
    subject_id: i64,
    /// What was set.
    #[schema(value_type = HashMap<String, serde_json::Value>, additional_properties = true)]
    detail: serde_json::Value,
    /// When.
    created_at: DateTime<Utc>,
}

impl From<AuditEntry> for AuditEntryBody {
    fn from(entry: AuditEntry) -> Self {
        let AuditEntry { id, staff_id, staff_name, action, subject, subject_id, detail, created_at } = entry;
        Self { id, staff_id, staff_name, action, subject, subject_id, detail, created_at }
    }
}

/// Which entries.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct AuditParameters {
    /// Of a kind of thing.
    #[param(inline)]
    subject: Option<AuditSubjectParameter>,
    /// Of the thing of this number.
    #[param(value_type = Option<i64>)]
    subject_id: Option<Id>,
    /// By an account.
    #[param(value_type = Option<i64>)]
    staff_id: Option<Id>,
    /// The `next` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many, 1 to 100; by default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// List what staff did. Nothing of it is ever changed.
#[utoipa::path(
    get, path = "/api/v1/admin/audit-log", tag = "staff", operation_id = "staffListAuditLog",
    security(("access_token" = [])), params(AuditParameters),
    responses(
        (status = 200, description = "Entries, newest first", body = PageBody<AuditEntryBody>),
        (status = 403, description = "`not_staff`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(super) async fn list(
    State(app): State<App>,
    Authenticated(caller): Authenticated,
    Parameters(parameters): Parameters<AuditParameters>,
) -> Result<Json<PageBody<AuditEntryBody>>, Problem> {
    let AuditParameters { subject, subject_id, staff_id, cursor, limit } = parameters;
    let filter = AuditFilter {
        subject: subject.map(|subject| subject.as_str().to_owned()),
        subject_id: subject_id.map(|id| id.0),
        staff_id: staff_id.map(|id| id.0),
    };
    let span = PageParameters::new(cursor, limit).span()?;
    let page = app.core.audit.list(&caller, filter, span).await?;
    Ok(Json(PageBody::of(page)))
}
