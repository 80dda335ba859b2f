//! Reports as they are stored and shown.

use sea_orm::{DbErr, QueryResult};

use crate::accounts::{Person, is_present, person, person_columns};
use crate::fields::FieldErrors;
use crate::ports::clock::Timestamp;

/// What can be reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A listing.
    Listing,
    /// A review of one.
    Review,
    /// A message that the reporter got.
    Message,
    /// An account.
    Account,
}

impl Subject {
    const ALL: [Self; 4] = [Self::Listing, Self::Review, Self::Message, Self::Account];

    /// The word in the database and on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Listing => "listing",
            Self::Review => "review",
            Self::Message => "message",
            Self::Account => "account",
        }
    }

    fn parse(word: &str) -> Result<Self, DbErr> {
        let found = Self::ALL.into_iter().find(|subject| subject.as_str() == word);
        found.ok_or_else(|| DbErr::Type(format!("{word:?} can't be reported")))
    }
}

/// What became of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was done.
    Dismissed,
    /// What was reported was taken out.
    Removed,
    /// The account behind it was suspended.
    Suspended,
}

impl Outcome {
    const ALL: [Self; 3] = [Self::Dismissed, Self::Removed, Self::Suspended];

    /// The word in the database and on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dismissed => "dismissed",
            Self::Removed => "removed",
            Self::Suspended => "suspended",
        }
    }
}

/// Where a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportState {
    /// Nobody has claimed it.
    Waiting,
    /// Somebody of the staff has.
    Claimed,
    /// Something became of it, or nothing.
    Resolved,
}

impl ReportState {
    /// The word on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Claimed => "claimed",
            Self::Resolved => "resolved",
        }
    }

    /// The condition on the report `r` and who claims it, `c`, of [`selected`].
    pub(super) const fn condition(self) -> &'static str {
        match self {
            Self::Waiting => "r.resolved_at IS NULL AND c.id IS NULL",
            Self::Claimed => "r.resolved_at IS NULL AND c.id IS NOT NULL",
            Self::Resolved => "r.resolved_at IS NOT NULL",
        }
    }
}

/// What somebody reports.
#[derive(Debug, Clone)]
pub struct NewReport {
    /// What kind of thing.
    pub subject: Subject,
    /// Which.
    pub subject_id: i64,
    /// What is wrong with it, at most 1,000 characters.
    pub message: String,
    /// What the surface found wrong already; answered with the rest.
    pub faults: FieldErrors,
}

/// What reporting came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The report: the new one, or the one that waits.
    pub report: Report,
    /// Whether it is new.
    pub new: bool,
}

/// What staff make of a report.
#[derive(Debug, Clone)]
pub struct Resolution {
    /// What becomes of it.
    pub outcome: Outcome,
    /// What the reporter is told of it, at most 1,000 characters.
    pub note: Option<String>,
}

/// A report. Who of the staff has it is for staff alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its number.
    pub id: i64,
    /// Who made it.
    pub reporter: Person,
    /// What kind of thing is reported.
    pub subject: Subject,
    /// Which. It may be gone since.
    pub subject_id: i64,
    /// Whose it is; nobody when the account is gone.
    pub person: Option<Person>,
    /// What it said when it was first reported.
    pub quoted: Option<String>,
    /// What is wrong with it.
    pub message: String,
    /// When it was first reported.
    pub created_at: Timestamp,
    /// Who of the staff has claimed it.
    pub claimed_by: Option<Person>,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// What the reporter is told of that.
    pub note: Option<String>,
    /// Who of the staff resolved it.
    pub resolved_by: Option<Person>,
    /// When.
    pub resolved_at: Option<Timestamp>,
}

impl Report {
    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> ReportState {
        match (self.resolved_at, &self.claimed_by) {
            (Some(_), _) => ReportState::Resolved,
            (None, Some(_)) => ReportState::Claimed,
            (None, None) => ReportState::Waiting,
        }
    }
}

/// That the account `a` is one of the staff, who is there: a claim of anybody else is none.
pub(super) fn is_staff(a: &str) -> String {
    format!("{a}.staff AND {}", is_present(a))
}

/// What [`report`] reads; a condition on the report `r` follows.
pub(super) fn selected() -> String {
    format!(
        "SELECT r.id, r.subject, r.subject_id, r.quoted, r.message, r.created_at, r.outcome, r.note, r.resolved_at,
             {}, {}, {}, {}
         FROM reports r JOIN accounts p ON p.id = r.reporter_id LEFT JOIN accounts a ON a.id = r.account_id
         LEFT JOIN accounts c ON c.id = r.claimed_by AND {} LEFT JOIN accounts s ON s.id = r.resolved_by",
        person_columns("p", "reporter_"),
        person_columns("a", "person_"),
        person_columns("c", "claimed_"),
        person_columns("s", "resolved_"),
        is_staff("c"),
    )
}

/// Reads a report of [`selected`].
pub(super) fn report(row: &QueryResult) -> Result<Report, DbErr> {
    let somebody = |prefix: &str| {
        let id: Option<i64> = row.try_get(prefix, "id")?;
        id.map(|_| person(row, prefix)).transpose()
    };
    let outcome: Option<String> = row.try_get("", "outcome")?;
    Ok(Report {
        id: row.try_get("", "id")?,
        reporter: person(row, "reporter_")?,
        subject: Subject::parse(&row.try_get::<String>("", "subject")?)?,
        subject_id: row.try_get("", "subject_id")?,
        person: somebody("person_")?,
        quoted: row.try_get("", "quoted")?,
        message: row.try_get("", "message")?,
        created_at: row.try_get("", "created_at")?,
        claimed_by: somebody("claimed_")?,
        outcome: outcome.and_then(|word| Outcome::ALL.into_iter().find(|outcome| outcome.as_str() == word)),
        note: row.try_get("", "note")?,
        resolved_by: somebody("resolved_")?,
        resolved_at: row.try_get("", "resolved_at")?,
    })
}
