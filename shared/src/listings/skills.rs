//! What listings take: skills, which are made when somebody names a new one.

use sea_orm::ConnectionTrait;
use serde_json::json;

use super::draft::NamedSkill;
use crate::database::DatabaseError;
use crate::jobs::UnitOfWork;

/// Replaces the skills of a listing whose row is held.
pub(super) async fn replace(work: &UnitOfWork, listing_id: i64, skills: &[NamedSkill]) -> Result<(), DatabaseError> {
    let engine = work.engine();
    let clear = engine.statement("DELETE FROM listing_skills WHERE listing_id = $1", [listing_id.into()]);
    work.tx().execute_raw(clear).await?;
    if skills.is_empty() {
        return Ok(());
    }
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
        "INSERT INTO listing_skills (listing_id, skill_id) SELECT $1, id FROM skills WHERE title_key {}",
        engine.any("$2")
    );
    work.tx().execute_raw(engine.statement(sql, [listing_id.into(), engine.texts(&keys)])).await?;
    Ok(())
}
