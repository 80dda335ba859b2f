//! What a job takes to be read does not grow with what belongs to it, nor a list with its jobs.

use serde_json::{Value, json};
use shared::testing::Statements;

use super::jobs::{JOBS, LIST, make, own};
use super::jobs_seen::public;
use crate::dialects::support::{execute, load_places};
use crate::world::{Person, World};

/// Pictures, comments, skills and days.
type Many = [i64; 4];

const NUMBERS: &str = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 200)";

/// 200 people who comment, and 20 skills.
async fn crowd(world: &World) {
    let people = format!(
        "{NUMBERS} INSERT INTO accounts (username, username_key, password_hash, search, active, created_at, updated_at)
         SELECT 'crowd' || n, 'crowd' || n, '-', '', TRUE, a.created_at, a.created_at FROM numbers,
             (SELECT MIN(created_at) AS created_at FROM accounts) AS a"
    );
    execute(world, &people, []).await;
    let skills = "INSERT INTO skills (title, title_key) VALUES ('a', 'a'), ('b', 'b'), ('c', 'c'), ('d', 'd')";
    execute(world, skills, []).await;
}

/// Gives a job so many of each.
async fn fill(world: &World, job: &Value, [pictures, comments, skills, days]: Many) {
    for (count, sql) in [
        (
            pictures,
            format!(
                "{NUMBERS} INSERT INTO listing_pictures (listing_id, key, created_at)
                 SELECT l.id, 'p' || n, l.created_at FROM numbers, listings l WHERE l.id = $1 AND n <= $2"
            ),
        ),
        (
            comments,
            "INSERT INTO reviews (listing_id, account_id, title, body, rating, created_at)
             SELECT $1, a.id, 'x', 'x', 3, a.created_at FROM accounts a WHERE a.username LIKE 'crowd%' LIMIT $2"
                .to_owned(),
        ),
        (
            skills,
            "INSERT INTO listing_skills (listing_id, skill_id) SELECT $1, id FROM skills ORDER BY id LIMIT $2"
                .to_owned(),
        ),
        (
            days,
            format!(
                "{NUMBERS} INSERT INTO listing_days (listing_id, day)
                 SELECT l.id, n FROM numbers, listings l WHERE l.id = $1 AND n <= $2"
            ),
        ),
    ] {
        execute(world, &sql, [job.as_i64().into(), count.into()]).await;
    }
    let slots = "INSERT INTO listing_slots (day_id, listing_id, day, starts, ends)
        SELECT id, listing_id, day, 0, 60 FROM listing_days WHERE listing_id = $1";
    execute(world, slots, [job.as_i64().into()]).await;
}

/// What a request asks of the database once the process knows whose it is, and its answer.
async fn asked(statements: &Statements, person: &Person, path: &str) -> (Vec<String>, Value) {
    person.get(path).await.expect(200);
    let _ = statements.take();
    let answer = person.get(path).await.expect(200);
    (statements.take(), answer)
}

#[track_caller]
fn assert_same(many: &[String], few: &[String]) {
    assert_eq!(many.len(), few.len(), "{few:#?}");
    assert_eq!(many, few);
    assert!((1..=6).contains(&few.len()), "{few:#?}");
}

#[track_caller]
fn assert_has(job: &Value, many: Many) {
    for (part, count) in ["pictures", "comments", "skills", "timetable"].into_iter().zip(many) {
        assert_eq!(job[part].as_array().map(Vec::len), usize::try_from(count).ok(), "{part}");
    }
}

#[tokio::test]
async fn a_job_with_much_takes_the_statements_of_one_with_little() {
    let (world, statements) = World::heard().await;
    load_places(&world).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    crowd(&world).await;
    let (little, much) = (make(&ann, json!({})).await, make(&ann, json!({})).await);
    fill(&world, &little, [1, 1, 1, 1]).await;
    fill(&world, &much, [20, 200, 20, 7]).await;
    let nobody = super::stranger(&world);
    for (person, path) in [(&nobody, public as fn(&Value) -> String), (&bob, public), (&ann, public), (&ann, own)] {
        let (few, body) = asked(&statements, person, &path(&little)).await;
        assert_has(&body, [1, 1, 1, 1]);
        let (many, body) = asked(&statements, person, &path(&much)).await;
        assert_has(&body, [20, 200, 20, 7]);
        assert_same(&many, &few);
    }
    world.finish().await;
}

#[tokio::test]
async fn a_list_of_many_jobs_takes_the_statements_of_one_of_one() {
    let (world, statements) = World::heard().await;
    load_places(&world).await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    crowd(&world).await;
    fill(&world, &make(&ann, json!({})).await, [1, 1, 1, 1]).await;
    let mut few = Vec::new();
    let lists = [(&ann, JOBS), (&ann, LIST), (&bob, LIST), (&bob, "/jobs/list/?search=leaks&skill=4&city=تهران")];
    for (person, path) in lists {
        few.push(asked(&statements, person, path).await.0);
    }
    for _ in 1..30 {
        fill(&world, &make(&ann, json!({})).await, [20, 200, 20, 7]).await;
    }
    for ((person, path), few) in lists.into_iter().zip(few) {
        let (many, body) = asked(&statements, person, path).await;
        let rows = body.as_array().expect("rows");
        assert!(rows.len() >= 29, "{path}: {}", rows.len());
        if path == JOBS {
            assert_has(&rows[29], [20, 200, 20, 7]);
        }
        assert_same(&many, &few);
    }
    world.finish().await;
}
