//! The one query behind suggestions: connections of connections, and people who share something.
//!
//! On PostgreSQL it reads indexes alone until some hundred accounts are left, and never more of a company,
//! an industry or a city than its bound: 500 connections among ten million are some milliseconds.

use sea_orm::Statement;

use crate::accounts::{is_present, may_be_suggested, person_columns};
use crate::database::Engine;

/// Connections through whom others are met, at most: of more, those with the newest accounts.
const THROUGH: u32 = 1_000;
/// People of whom all is compared: those with the most mutual connections first, then those who were found
/// by what they share.
const COMPARED: u32 = 200;
/// People of the same company who are found by that, at most: of more, those with the oldest accounts.
const OF_COMPANY: u32 = 500;
/// The same of an industry.
const OF_INDUSTRY: u32 = 200;
/// The same of a city.
const OF_CITY: u32 = 200;

/// What one finding counts for: nothing that is shared makes up for a mutual connection, and so on down.
const MUTUAL: u32 = 8;
const COMPANY: u32 = 4;
const INDUSTRY: u32 = 2;
const CITY: u32 = 1;

/// People for `account_id`, best first, at most `limit`.
pub(super) fn suggestions(engine: Engine, account_id: i64, limit: u32) -> Statement {
    let (present, suggestible) = (is_present("a"), may_be_suggested("a"));
    // People who share something, whoever is left out passed over before the bound: else one's own colleagues
    // would use it up.
    let sharing = |column: &str, weight: u32, most: u32| {
        format!(
            "SELECT id, {weight} FROM (SELECT a.id FROM accounts a
                 WHERE a.{column} = (SELECT {column} FROM me) AND a.{column} <> '' AND {suggestible}
                     AND a.id NOT IN (SELECT id FROM left_out)
                 ORDER BY a.id LIMIT {most}) AS of_{column}"
        )
    };
    let (colleagues, peers) =
        (sharing("company_folded", COMPANY, OF_COMPANY), sharing("industry_folded", INDUSTRY, OF_INDUSTRY));
    let same = |column: &str| format!("COALESCE(a.{column} <> '' AND a.{column} = me.{column}, FALSE)");
    let (same_company, same_industry) = (same("company_folded"), same("industry_folded"));
    // PostgreSQL thinks that these are few, and would hash them; sorted, they are counted in half the time.
    let as_it_stands = engine.postgres_only("OFFSET 0");
    let columns = person_columns("a", "person_");
    let sql = format!(
        "WITH friends AS (
            SELECT high_id AS id FROM connections WHERE low_id = $1
            UNION ALL SELECT low_id FROM connections WHERE high_id = $1
        ), left_out AS (
            SELECT CAST($1 AS BIGINT) AS id
            UNION ALL SELECT id FROM friends
            UNION ALL SELECT to_id FROM connection_requests WHERE from_id = $1 AND status = 'pending'
            UNION ALL SELECT from_id FROM connection_requests WHERE to_id = $1 AND status = 'pending'
            UNION ALL SELECT blocked_id FROM blocks WHERE blocker_id = $1
            UNION ALL SELECT blocker_id FROM blocks WHERE blocked_id = $1
            UNION ALL SELECT dismissed_id FROM suggestion_dismissals WHERE account_id = $1
        ), through AS (
            SELECT f.id FROM friends f JOIN accounts a ON a.id = f.id WHERE {present} ORDER BY f.id DESC LIMIT {THROUGH}
        ), me AS (
            SELECT company_folded, industry_folded FROM accounts WHERE id = $1
        ), home AS (
            SELECT DISTINCT city_id FROM addresses WHERE account_id = $1
        ), found AS (
            SELECT c.high_id AS id, {MUTUAL} AS weight FROM through t JOIN connections c ON c.low_id = t.id
            UNION ALL SELECT c.low_id, {MUTUAL} FROM through t JOIN connections c ON c.high_id = t.id
            UNION ALL {colleagues}
            UNION ALL {peers}
            UNION ALL SELECT DISTINCT id, {CITY} FROM (SELECT a.id FROM home h
                JOIN addresses d ON d.city_id = h.city_id JOIN accounts a ON a.id = d.account_id
                WHERE {suggestible} AND d.account_id NOT IN (SELECT id FROM left_out) LIMIT {OF_CITY}) AS of_city
        ), best AS (
            SELECT id, SUM(weight) AS weight FROM (SELECT id, weight FROM found ORDER BY id {as_it_stands}) AS sorted
            GROUP BY id ORDER BY 2 DESC, 1 LIMIT {COMPARED} + (SELECT COUNT(*) FROM left_out)
        ), compared AS (
            SELECT id, weight / {MUTUAL} AS mutual FROM best WHERE id NOT IN (SELECT id FROM left_out)
            ORDER BY weight DESC, id LIMIT {COMPARED}
        )
        SELECT n.mutual, {same_company} AS same_company, {same_industry} AS same_industry,
            (SELECT COUNT(*) FROM home h JOIN addresses d ON d.city_id = h.city_id AND d.account_id = n.id) > 0
                AS same_city, {columns}
        FROM compared n JOIN accounts a ON a.id = n.id CROSS JOIN me WHERE {suggestible}
        ORDER BY mutual DESC, same_company DESC, same_industry DESC, same_city DESC, n.id LIMIT $2"
    );
    engine.statement(sql, [account_id.into(), i64::from(limit).into()])
}
