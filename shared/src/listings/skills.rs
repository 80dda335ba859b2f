//! What listings take: skills, which are made when somebody names a new one.

use sea_orm::{ConnectionTrait, DbErr};
use serde_json::json;

use super::draft::NamedSkill;
use crate::database::DatabaseError;
use crate::jobs::UnitOfWork;

/// Attempts to have all skills of a list held: staff may take one out while they are looked for.
const ATTEMPTS: u32 = 5;

/// Replaces the skills of a listing whose row is held.
pub(super) async fn replace(work: &UnitOfWork, listing_id: i64, skills: &[NamedSkill]) -> Result<(), DatabaseError> {
    let engine = work.engine();
    // Skills before rows that refer to them, as staff who delete one take them.
    let mut ids = Vec::new();
    for _ in 0..ATTEMPTS {
        ids = held(work, skills).await?;
        if ids.len() == skills.len() {
            break;
        }
    }
    let sql = format!("DELETE FROM listing_skills WHERE listing_id = $1 AND NOT (skill_id {})", engine.any("$2"));
    work.tx().execute_raw(engine.statement(sql, [listing_id.into(), engine.ids(&ids)])).await?;
    let sql = format!(
        "INSERT INTO listing_skills (listing_id, skill_id) SELECT $1, id FROM skills WHERE id {}
         ON CONFLICT (listing_id, skill_id) DO NOTHING",
        engine.any("$2")
    );
    work.tx().execute_raw(engine.statement(sql, [listing_id.into(), engine.ids(&ids)])).await?;
    Ok(())
}

/// The skills, of which those that nobody has named before are made; held, so that none goes until the transaction
/// ends.
async fn held(work: &UnitOfWork, skills: &[NamedSkill]) -> Result<Vec<i64>, DatabaseError> {
    if skills.is_empty() {
        return Ok(Vec::new());
    }
    let engine = work.engine();
    let rows: Vec<_> = skills.iter().map(|skill| json!({"title": skill.title, "key": skill.key})).collect();
    let rows = serde_json::Value::Array(rows).to_string();
    // By key: of two that make the same ones, neither waits for the other twice.
    let sql = format!(
        "INSERT INTO skills (title, title_key) SELECT r.title, r.key FROM {}
         WHERE NOT EXISTS (SELECT 1 FROM skills s WHERE s.title_key = r.key) ORDER BY r.key
         ON CONFLICT (title_key) DO NOTHING",
        engine.rows("$1", &[("title", "text"), ("key", "text")])
    );
    work.tx().execute_raw(engine.statement(sql, [rows.into()])).await?;
    let keys: Vec<String> = skills.iter().map(|skill| skill.key.clone()).collect();
    let sql = format!(
        "SELECT id FROM skills WHERE title_key {} ORDER BY id {}",
        engine.any("$1"),
        engine.postgres_only("FOR KEY SHARE")
    );
    let rows = work.tx().query_all_raw(engine.statement(sql, [engine.texts(&keys)])).await?;
    Ok(rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, DbErr>>()?)
}
