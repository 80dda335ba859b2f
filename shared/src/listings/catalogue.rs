//! What listings are sorted by, and what they take: categories, subcategories and skills, which staff edit.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use super::error::ListingError;
use super::model::{Category, Skill, Subcategory};
use crate::accounts::searched;
use crate::database::like_pattern;
use crate::jobs::Writer;
use crate::page::Slice;

/// Reads categories and skills.
#[derive(Debug, Clone)]
pub struct Catalogue {
    writer: Writer,
}

impl Catalogue {
    /// Over the given parts.
    #[must_use]
    pub fn new(writer: Writer) -> Self {
        Self { writer }
    }

    /// Categories, by number.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn categories(&self, slice: Slice) -> Result<Vec<Category>, ListingError> {
        let sql = "SELECT id, title FROM categories ORDER BY id LIMIT $1 OFFSET $2";
        let read = |row: &QueryResult| Ok(Category { id: row.try_get("", "id")?, title: row.try_get("", "title")? });
        self.read(sql, slice.values(), read).await
    }

    /// Categories, by number, each with its subcategories.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn tree(&self, slice: Slice) -> Result<Vec<(Category, Vec<Subcategory>)>, ListingError> {
        let categories = self.categories(slice).await?;
        let mut below: HashMap<i64, Vec<Subcategory>> = HashMap::new();
        for subcategory in self.subcategories(None, Slice::WHOLE).await? {
            below.entry(subcategory.category_id).or_default().push(subcategory);
        }
        let with_theirs = |category: Category| {
            let theirs = below.remove(&category.id).unwrap_or_default();
            (category, theirs)
        };
        Ok(categories.into_iter().map(with_theirs).collect())
    }

    /// Subcategories, by number: of one category, or all of them.
    ///
    /// # Errors
    /// There is no such category.
    pub async fn subcategories(
        &self,
        category_id: Option<i64>,
        slice: Slice,
    ) -> Result<Vec<Subcategory>, ListingError> {
        let read = |row: &QueryResult| {
            let (id, category_id) = (row.try_get("", "id")?, row.try_get("", "category_id")?);
            Ok(Subcategory { id, category_id, title: row.try_get("", "title")? })
        };
        let Some(category_id) = category_id else {
            let sql = "SELECT id, category_id, title FROM subcategories ORDER BY id LIMIT $1 OFFSET $2";
            return self.read(sql, slice.values(), read).await;
        };
        let there =
            self.writer.engine().statement("SELECT 1 AS one FROM categories WHERE id = $1", [category_id.into()]);
        if self.writer.database().reader().query_one_raw(there).await?.is_none() {
            return Err(ListingError::NotFound);
        }
        let sql =
            "SELECT id, category_id, title FROM subcategories WHERE category_id = $3 ORDER BY id LIMIT $1 OFFSET $2";
        let [limit, offset] = slice.values();
        self.read(sql, [limit, offset, category_id.into()], read).await
    }

    /// Skills, by number: those whose title contains `text`.
    ///
    /// # Errors
    /// The text is too long.
    pub async fn skills(&self, text: Option<&str>, slice: Slice) -> Result<Vec<Skill>, ListingError> {
        let sql = r"SELECT id, title FROM skills WHERE title_key LIKE $3 ESCAPE '\' ORDER BY id LIMIT $1 OFFSET $2";
        let read = |row: &QueryResult| Ok(Skill { id: row.try_get("", "id")?, title: row.try_get("", "title")? });
        let [limit, offset] = slice.values();
        let Some(compared) = searched("search", text.unwrap_or_default())? else { return Ok(Vec::new()) };
        let pattern = like_pattern(&compared);
        self.read(sql, [limit, offset, pattern.into()], read).await
    }

    async fn read<T, const N: usize>(
        &self,
        sql: &str,
        values: [sea_orm::Value; N],
        read: impl Fn(&QueryResult) -> Result<T, DbErr>,
    ) -> Result<Vec<T>, ListingError> {
        let statement = self.writer.engine().statement(sql, values);
        let rows = self.writer.database().reader().query_all_raw(statement).await?;
        Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
    }
}
