//! What staff keep in order: categories and subcategories of listings, skills, and kinds of cases.

use sea_orm::{ConnectionTrait, DbErr, SqlErr};
use serde_json::json;

use crate::accounts::{Caller, NotStaff, folded};
use crate::audit::{self, Action};
use crate::database::DatabaseError;
use crate::fields::{FieldErrors, text};
use crate::jobs::{UnitOfWork, Writer};
use crate::listings::Subcategory;

/// The longest title, in characters.
const LONGEST_TITLE: usize = 100;

/// A list of titles, each of which is there once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// What listings are sorted by.
    Categories,
    /// What listings ask for.
    Skills,
    /// What cases are sorted by.
    CaseKinds,
}

impl List {
    const fn table(self) -> Table {
        match self {
            Self::Categories => Table {
                name: "categories",
                subject: "category",
                create: "category.create",
                change: "category.rename",
                delete: "category.delete",
            },
            Self::Skills => Table {
                name: "skills",
                subject: "skill",
                create: "skill.create",
                change: "skill.rename",
                delete: "skill.delete",
            },
            Self::CaseKinds => Table {
                name: "case_kinds",
                subject: "case_kind",
                create: "case_kind.create",
                change: "case_kind.rename",
                delete: "case_kind.delete",
            },
        }
    }
}

const SUBCATEGORIES: Table = Table {
    name: "subcategories",
    subject: "subcategory",
    create: "subcategory.create",
    change: "subcategory.change",
    delete: "subcategory.delete",
};

/// A table of titles, and what is written down of what is done to it.
#[derive(Debug, Clone, Copy)]
struct Table {
    name: &'static str,
    subject: &'static str,
    create: &'static str,
    change: &'static str,
    delete: &'static str,
}

/// Something in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub id: i64,
    /// What it is called.
    pub title: String,
}

/// What is to change of a subcategory; what is not given stays.
#[derive(Debug, Clone, Default)]
pub struct SubcategoryChange {
    /// Its category.
    pub category_id: Option<i64>,
    /// What it is called.
    pub title: Option<String>,
}

/// What can go wrong with these lists.
#[derive(Debug, thiserror::Error)]
pub enum CurationError {
    /// Only staff may.
    #[error(transparent)]
    NotStaff(#[from] NotStaff),
    /// Input that does not fit.
    #[error(transparent)]
    Invalid(#[from] FieldErrors),
    /// No such entry.
    #[error("there is no such entry")]
    NotFound,
    /// Another entry is called so.
    #[error("the title is taken")]
    TitleTaken,
    /// Something refers to the entry.
    #[error("something refers to it")]
    InUse,
    /// The database refuses.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<DbErr> for CurationError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            // Titles alone are unique here, and what is deleted alone is referred to.
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::TitleTaken,
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => Self::InUse,
            _ => Self::Database(error.into()),
        }
    }
}

/// Changes these lists. Titles that fold to the same are the same.
#[derive(Debug, Clone)]
pub struct Curation {
    writer: Writer,
}

impl Curation {
    /// Over the given part.
    #[must_use]
    pub fn new(writer: Writer) -> Self {
        Self { writer }
    }

    /// Puts something into a list.
    ///
    /// # Errors
    /// The caller is not staff; the title does not fit, or is taken.
    pub async fn create(&self, caller: &Caller, list: List, title: &str) -> Result<Entry, CurationError> {
        caller.require_staff()?;
        let Title { title, key } = checked(title)?;
        let table = list.table();
        let work = self.writer.begin().await?;
        let sql = format!("INSERT INTO {} (title, title_key) VALUES ($1, $2) RETURNING id", table.name);
        let insert = work.engine().statement(sql, [title.clone().into(), key.into()]);
        let row = work.tx().query_one_raw(insert).await?.ok_or(DbErr::RecordNotInserted)?;
        let entry = Entry { id: row.try_get("", "id")?, title };
        record(&work, caller, table, table.create, entry.id, json!({"title": entry.title})).await?;
        work.commit().await?;
        Ok(entry)
    }

    /// Calls something in a list otherwise; the same again changes nothing.
    ///
    /// # Errors
    /// The caller is not staff; there is no such entry; the title does not fit, or is taken.
    pub async fn rename(&self, caller: &Caller, list: List, id: i64, title: &str) -> Result<Entry, CurationError> {
        caller.require_staff()?;
        let Title { title, key } = checked(title)?;
        let table = list.table();
        let work = self.writer.begin().await?;
        let before = held(&work, table, id).await?;
        if before != title {
            let sql = format!("UPDATE {} SET title = $2, title_key = $3 WHERE id = $1", table.name);
            let values = [id.into(), title.clone().into(), key.into()];
            work.tx().execute_raw(work.engine().statement(sql, values)).await?;
            record(&work, caller, table, table.change, id, json!({"title": title, "before": before})).await?;
            work.commit().await?;
        }
        Ok(Entry { id, title })
    }

    /// Takes something out of a list; a skill off the listings too.
    ///
    /// # Errors
    /// The caller is not staff; there is no such entry; subcategories, listings or cases refer to it.
    pub async fn delete(&self, caller: &Caller, list: List, id: i64) -> Result<(), CurationError> {
        self.delete_from(caller, list.table(), id).await
    }

    /// Makes a subcategory.
    ///
    /// # Errors
    /// The caller is not staff; there is no such category; the title does not fit, or is taken there.
    pub async fn create_subcategory(
        &self,
        caller: &Caller,
        category_id: i64,
        title: &str,
    ) -> Result<Subcategory, CurationError> {
        caller.require_staff()?;
        let Title { title, key } = checked(title)?;
        let work = self.writer.begin().await?;
        hold_category(&work, category_id).await?;
        let insert = work.engine().statement(
            "INSERT INTO subcategories (category_id, title, title_key) VALUES ($1, $2, $3) RETURNING id",
            [category_id.into(), title.clone().into(), key.into()],
        );
        let row = work.tx().query_one_raw(insert).await?.ok_or(DbErr::RecordNotInserted)?;
        let id = row.try_get("", "id")?;
        let detail = json!({"category_id": category_id, "title": title});
        record(&work, caller, SUBCATEGORIES, SUBCATEGORIES.create, id, detail).await?;
        work.commit().await?;
        Ok(Subcategory { id, category_id, title })
    }

    /// Changes what is given of a subcategory. Its listings move with it to another category.
    ///
    /// # Errors
    /// The caller is not staff; there is no such subcategory or category; the title does not fit, or is taken there.
    pub async fn change_subcategory(
        &self,
        caller: &Caller,
        id: i64,
        change: SubcategoryChange,
    ) -> Result<Subcategory, CurationError> {
        caller.require_staff()?;
        let title = change.title.as_deref().map(checked).transpose()?;
        let work = self.writer.begin().await?;
        let engine = work.engine();
        // Categories before subcategories, as whoever makes one takes them.
        if let Some(category_id) = change.category_id {
            hold_category(&work, category_id).await?;
        }
        let sql = format!(
            "SELECT category_id, title FROM subcategories WHERE id = $1 {}",
            engine.postgres_only("FOR UPDATE")
        );
        let row = work.tx().query_one_raw(engine.statement(sql, [id.into()])).await?;
        let row = row.ok_or(CurationError::NotFound)?;
        let before = Subcategory { id, category_id: row.try_get("", "category_id")?, title: row.try_get("", "title")? };
        let after = Subcategory {
            id,
            category_id: change.category_id.unwrap_or(before.category_id),
            title: title.map_or_else(|| before.title.clone(), |title| title.title),
        };
        if after == before {
            return Ok(after);
        }
        let update = engine.statement(
            "UPDATE subcategories SET category_id = $2, title = $3, title_key = $4 WHERE id = $1",
            [id.into(), after.category_id.into(), after.title.clone().into(), folded(&after.title).into()],
        );
        work.tx().execute_raw(update).await?;
        let of = |one: &Subcategory| json!({"category_id": one.category_id, "title": one.title});
        let mut detail = of(&after);
        detail["before"] = of(&before);
        record(&work, caller, SUBCATEGORIES, SUBCATEGORIES.change, id, detail).await?;
        work.commit().await?;
        Ok(after)
    }

    /// Takes a subcategory out.
    ///
    /// # Errors
    /// The caller is not staff; there is no such subcategory; listings refer to it.
    pub async fn delete_subcategory(&self, caller: &Caller, id: i64) -> Result<(), CurationError> {
        self.delete_from(caller, SUBCATEGORIES, id).await
    }

    async fn delete_from(&self, caller: &Caller, table: Table, id: i64) -> Result<(), CurationError> {
        caller.require_staff()?;
        let work = self.writer.begin().await?;
        let title = held(&work, table, id).await?;
        let sql = format!("DELETE FROM {} WHERE id = $1", table.name);
        work.tx().execute_raw(work.engine().statement(sql, [id.into()])).await?;
        record(&work, caller, table, table.delete, id, json!({"title": title})).await?;
        work.commit().await?;
        Ok(())
    }
}

/// A title, and what it is compared by.
struct Title {
    title: String,
    key: String,
}

fn checked(title: &str) -> Result<Title, FieldErrors> {
    let title = text(title, LONGEST_TITLE).map_err(|reason| FieldErrors::one("title", reason))?;
    // What folds to nothing shows as nothing.
    let made = title.map(|title| Title { key: folded(&title), title }).filter(|made| !made.key.is_empty());
    made.ok_or_else(|| FieldErrors::one("title", "This field may not be blank."))
}

/// The title of an entry, which is held until the transaction ends.
async fn held(work: &UnitOfWork, table: Table, id: i64) -> Result<String, CurationError> {
    let sql = format!("SELECT title FROM {} WHERE id = $1 {}", table.name, work.engine().postgres_only("FOR UPDATE"));
    let row = work.tx().query_one_raw(work.engine().statement(sql, [id.into()])).await?;
    Ok(row.ok_or(CurationError::NotFound)?.try_get("", "title")?)
}

/// Keeps a category from going until the transaction ends.
async fn hold_category(work: &UnitOfWork, id: i64) -> Result<(), CurationError> {
    let sql = format!("SELECT id FROM categories WHERE id = $1 {}", work.engine().postgres_only("FOR KEY SHARE"));
    let row = work.tx().query_one_raw(work.engine().statement(sql, [id.into()])).await?;
    row.map(drop).ok_or_else(|| FieldErrors::one("category_id", "There is no such category.").into())
}

async fn record(
    work: &UnitOfWork,
    caller: &Caller,
    table: Table,
    name: &'static str,
    subject_id: i64,
    detail: serde_json::Value,
) -> Result<(), CurationError> {
    audit::record(work, caller, Action { name, subject: table.subject, subject_id, detail }).await
}
