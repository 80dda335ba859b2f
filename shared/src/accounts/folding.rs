//! What search and suggestions compare of an account: copies of its fields, folded in Rust on both databases.

use sea_orm::prelude::*;
use sea_orm::{ConnectionTrait, QueryOrder, QuerySelect};
use serde_json::json;

use super::names::folded;
use super::profile::Profiles;
use crate::database::DatabaseError;
use crate::entities::account;

/// The version of [`folded`] and of what is folded. One more when either changes, with a migration that renews the index
/// `accounts_unfolded`: workers then fold anew what bears an older one.
const FOLDING: i32 = 2;
/// Accounts folded anew in one transaction.
const BATCH: u64 = 500;

/// Renews the folded copies of an account's fields. Whoever changes one of them calls this.
pub(super) fn fold(account: &mut account::Model) {
    let account::Model { username, full_name, company_name, industry, email, .. } = &*account;
    let lines = |parts: &[Option<&str>]| {
        // A line break can't come out of folding, so no match spans two fields.
        parts.iter().copied().flatten().map(folded).collect::<Vec<_>>().join("\n")
    };
    let (name, full, company) = (Some(username.as_str()), full_name.as_deref(), company_name.as_deref());
    let name_folded = lines(&[name, full]);
    // For processes of the version before, which search in this alone.
    let search = lines(&[name, full, company]);
    let (email_folded, company_folded) = (email.as_deref().map(folded), company.map(folded));
    let industry_folded = industry.as_deref().map(folded);
    account.name_folded = name_folded;
    account.search = search;
    account.email_folded = email_folded;
    account.company_folded = company_folded;
    account.industry_folded = industry_folded;
    account.folding = FOLDING;
}

impl Profiles {
    /// Folds some accounts anew that an older version of Kith has written; answers whether there may
    /// be more.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn fold_anew(&self) -> Result<bool, DatabaseError> {
        let work = self.writer().begin().await?;
        let old = account::Entity::find()
            .filter(account::Column::Folding.lt(FOLDING))
            .order_by_asc(account::Column::Id)
            .limit(BATCH)
            .lock_exclusive()
            .all(work.tx())
            .await?;
        let more = old.len() as u64 == BATCH;
        let rows: Vec<_> = old
            .into_iter()
            .map(|mut row| {
                fold(&mut row);
                json!({"id": row.id, "name": row.name_folded, "email": row.email_folded,
                       "company": row.company_folded, "industry": row.industry_folded, "search": row.search})
            })
            .collect();
        let engine = work.engine();
        let columns = [
            ("id", "bigint"),
            ("name", "text"),
            ("email", "text"),
            ("company", "text"),
            ("industry", "text"),
            ("search", "text"),
        ];
        let sql = format!(
            "UPDATE accounts SET name_folded = r.name, email_folded = r.email, company_folded = r.company,
                 industry_folded = r.industry, search = r.search, folding = $2
             FROM {} WHERE accounts.id = r.id",
            engine.rows("$1", &columns)
        );
        let rows = serde_json::Value::Array(rows).to_string();
        work.tx().execute_raw(engine.statement(sql, [rows.into(), FOLDING.into()])).await?;
        work.commit().await?;
        Ok(more)
    }
}
