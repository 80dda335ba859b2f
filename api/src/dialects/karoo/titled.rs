//! What has a number and a title.

use serde::Serialize;
use shared::listings::{Category, Skill, Subcategory};
use shared::support::CaseKind;
use utoipa::ToSchema;

/// A category, a subcategory, a skill or a kind of cases.
#[derive(Serialize, ToSchema)]
#[schema(as = karoo::Titled)]
pub(super) struct TitledBody {
    /// Its number.
    id: i64,
    /// What it is called.
    title: String,
}

impl From<Skill> for TitledBody {
    fn from(Skill { id, title }: Skill) -> Self {
        Self { id, title }
    }
}

impl From<Category> for TitledBody {
    fn from(Category { id, title }: Category) -> Self {
        Self { id, title }
    }
}

impl From<Subcategory> for TitledBody {
    fn from(Subcategory { id, title, .. }: Subcategory) -> Self {
        Self { id, title }
    }
}

impl From<CaseKind> for TitledBody {
    fn from(CaseKind { id, title }: CaseKind) -> Self {
        Self { id, title }
    }
}
