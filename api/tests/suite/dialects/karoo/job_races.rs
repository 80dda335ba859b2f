//! Many at once: what a job is rated stays what its comments say, skills and comments are there once.

use futures::future::join_all;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use shared::config::RateLimits;
use shared::testing::TestBed;

use super::jobs::{JOBS, make, offer, own};
use super::number;
use crate::dialects::support::{execute, load_places, put};
use crate::world::{PASSWORD, Person, World, eventually};

/// Two API processes over one database, without limits.
async fn world() -> World {
    let mut world = World::with(|config| config.limits.rate_limits = RateLimits::Off).await;
    world.add_api().await;
    load_places(&world).await;
    world
}

/// That each job's stars are those of its comments, and that nobody has two of one.
async fn assert_rated(world: &World, about: &str) {
    let wrong = "SELECT count(*) FROM listings l
        WHERE l.rating_count <> (SELECT count(*) FROM reviews r WHERE r.listing_id = l.id)
        OR l.rating_sum <> (SELECT COALESCE(SUM(r.rating), 0) FROM reviews r WHERE r.listing_id = l.id)";
    assert_eq!(number(world, wrong, []).await, 0, "{about}");
    let twice = "SELECT count(*) FROM (SELECT 1 AS one FROM reviews GROUP BY listing_id, account_id
        HAVING count(*) > 1) AS twice";
    assert_eq!(number(world, twice, []).await, 0, "{about}");
}

/// Comments on a job, changes the comment and takes it back; at each process at once, so that each may find it gone.
async fn waver(world: &World, person: &Person, job: &Value, round: i64) {
    let at = |n: usize| person.at(world.apis[n].address);
    let comment = |rating: i64| json!({"title": "So", "comment": "So so", "rating": rating, "job": job});
    let (one, other) = (at(0), at(1));
    let created = join_all([(&one, 1 + round % 5), (&other, 5 - round % 5)].map(|(person, rating)| {
        let comment = comment(rating);
        async move { person.post("/jobs/comment/create/", comment).await }
    }));
    let mut created: Vec<_> = created.await.into_iter().filter(|answer| answer.status == 201).collect();
    assert_eq!(created.len(), 1, "one of two");
    let id = created.pop().expect("one").body["id"].clone();
    let edit = format!("/jobs/comment/edit/{id}");
    let edits = join_all([(&one, 2), (&other, 5), (&one, 1), (&other, 4)].map(|(person, rating)| {
        let edit = &edit;
        async move { put(person, edit, json!({"rating": rating})).await.expect(200) }
    }));
    if round % 2 == 0 {
        edits.await;
        return;
    }
    let path = format!("/api/v1/reviews/{id}");
    let removals = join_all([&one, &other].map(|person| person.delete(&path)));
    let late = join_all([&one, &other].map(|person| put(person, &edit, json!({"rating": 3}))));
    edits.await;
    let (removals, late) = tokio::join!(removals, late);
    let mut gone: Vec<u16> = removals.iter().map(|answer| answer.status.as_u16()).collect();
    gone.sort_unstable();
    assert_eq!(gone, [204, 404]);
    assert!(late.iter().all(|answer| [200, 404].contains(&answer.status.as_u16())), "{late:#?}");
}

#[tokio::test]
async fn a_job_s_stars_are_those_of_its_comments_whatever_happens_at_once() {
    let world = world().await;
    let ann = world.person("ann").await;
    let mut jobs = Vec::new();
    for _ in 0..3 {
        jobs.push(make(&ann, json!({})).await);
    }
    let mut people = Vec::new();
    for n in 0..5 {
        people.push(world.person(&format!("rater{n}")).await);
    }
    for round in [1, 3, 2] {
        let each = people.iter().flat_map(|person| jobs.iter().map(move |job| (person, job)));
        join_all(each.map(|(person, job)| waver(&world, person, job, round))).await;
        assert_rated(&world, &format!("round {round}")).await;
    }
    assert_eq!(number(&world, "SELECT count(*) FROM reviews", []).await, 15);
    // Two of them go, while the others write, and the owner changes what the jobs say.
    let (gone, staying) = people.split_at(2);
    let ends = join_all(gone.iter().map(|person| async {
        let body = json!({"password": PASSWORD});
        person.call(reqwest::Method::DELETE, "/api/v1/me", body).await.expect(204);
    }));
    let edits = join_all(staying.iter().flat_map(|person| jobs.iter().map(move |job| (person, job))).map(
        async |(person, job)| {
            let id = super::number(
                &world,
                "SELECT id FROM reviews WHERE account_id = $1 AND listing_id = $2",
                [person.id.into(), job.as_i64().into()],
            );
            let edit = format!("/jobs/comment/edit/{}", id.await);
            for rating in [1, 5, 2] {
                put(person, &edit, json!({"rating": rating})).await.expect(200);
            }
        },
    ));
    let told = join_all(jobs.iter().map(async |job| put(&ann, &own(job), json!({"title": "Another"})).await));
    let (_, _, told) = tokio::join!(ends, edits, told);
    assert!(told.iter().all(|answer| answer.status == 200));
    world.settle().await;
    assert_rated(&world, "when two are gone").await;
    assert_eq!(number(&world, "SELECT count(*) FROM reviews", []).await, 9);
    assert_eq!(
        number(&world, "SELECT CAST(SUM(rating_count) AS BIGINT) FROM listings WHERE rating_sum = 6", []).await,
        9
    );
    assert_eq!(TestBed::dead_jobs(world.core()).await, []);
    world.finish().await;
}

/// More of them than are taken away at once.
#[tokio::test]
async fn an_account_that_goes_takes_all_its_stars_along() {
    let world = world().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let first = make(&ann, json!({})).await;
    let sql = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1100)
        INSERT INTO listings (account_id, subcategory_id, title, province_id, city_id, province_language,
            city_language, search, created_at, updated_at, rating_sum, rating_count)
        SELECT account_id, subcategory_id, title, province_id, city_id, province_language,
            city_language, search, created_at, updated_at, 4, 1 FROM listings, numbers WHERE id = $1";
    execute(&world, sql, [first.as_i64().into()]).await;
    let sql = "INSERT INTO reviews (listing_id, account_id, title, body, rating, created_at)
        SELECT id, $1, 'x', 'x', 4, created_at FROM listings WHERE rating_count = 1";
    execute(&world, sql, [bob.id.into()]).await;
    let saved =
        "INSERT INTO saved_listings (account_id, listing_id, created_at) SELECT $1, id, created_at FROM listings";
    execute(&world, saved, [bob.id.into()]).await;
    let cat = world.person("cat").await;
    let comment = json!({"title": "x", "comment": "x", "rating": 2, "job": first});
    cat.post("/jobs/comment/create/", comment).await.expect(201);
    let of_bob = make(&bob, json!({"skills": ["Plumbing"]})).await;
    let comment = json!({"title": "x", "comment": "x", "rating": 2, "job": of_bob});
    cat.post("/jobs/comment/create/", comment).await.expect(201);
    assert_rated(&world, "before").await;
    bob.call(reqwest::Method::DELETE, "/api/v1/me", json!({"password": PASSWORD})).await.expect(204);
    world.settle().await;
    assert_rated(&world, "after").await;
    for (table, left) in [("listings", 1_101), ("reviews", 1), ("saved_listings", 0), ("listing_skills", 0)] {
        assert_eq!(number(&world, &format!("SELECT count(*) FROM {table}"), []).await, left, "{table}");
    }
    assert_eq!(number(&world, "SELECT count(*) FROM accounts", []).await, 2);
    world.finish().await;
}

#[tokio::test]
async fn jobs_that_name_the_same_new_skills_at_once_make_each_once() {
    let world = world().await;
    let mut people = Vec::new();
    for n in 0..6 {
        people.push(world.person(&format!("maker{n}")).await);
    }
    for round in 0..5 {
        let makers = people.iter().enumerate().map(|(n, person)| {
            let mut skills: Vec<String> = (0..30).map(|skill| format!("skill {round} {skill}")).collect();
            if n % 2 == 1 {
                skills.reverse();
            }
            let (person, body) = (person.at(world.apis[n % 2].address), offer(json!({"skills": skills})));
            async move { person.post(JOBS, body).await.expect(201) }
        });
        let made = join_all(makers).await;
        assert_eq!(made[0]["skills"].as_array().map(Vec::len), Some(30));
        assert!(made.iter().all(|job| job["skills"] == made[0]["skills"]), "{made:#?}");
        assert_eq!(number(&world, "SELECT count(*) FROM skills", []).await, 16 + 30 * (round + 1));
    }
    world.finish().await;
}

/// Two that name them in opposite orders, each halfway through: neither waits for what the other has made. On SQLite,
/// where one writes at a time, nobody is ever halfway.
#[tokio::test]
async fn of_two_that_name_new_skills_in_opposite_orders_neither_fails() {
    if !shared::testing::production() {
        return;
    }
    let world = world().await;
    let people = [world.person("ann").await, world.person("bob").await];
    let database = &world.core().database;
    let held = database.begin().await.expect("a transaction");
    let sql = "INSERT INTO skills (title, title_key) VALUES ('skill 15', 'skill 15')";
    held.execute_raw(database.engine().statement(sql, [])).await.expect("it is made, for now");
    let makers = people.iter().enumerate().map(|(n, person)| {
        let mut skills: Vec<String> = (10..40).map(|skill| format!("skill {skill}")).collect();
        if n == 1 {
            skills.reverse();
        }
        let (person, body) = (person.at(world.apis[n].address), offer(json!({"skills": skills})));
        async move { person.post(JOBS, body).await.expect(201)["skills"].clone() }
    });
    let release = async {
        let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
            AND wait_event_type = 'Lock'";
        eventually("both wait", async || number(&world, waiting, []).await == 2).await;
        held.rollback().await.expect("it is not made");
    };
    let (made, ()) = tokio::join!(join_all(makers), release);
    assert_eq!((made[0].as_array().map(Vec::len), &made[0]), (Some(30), &made[1]));
    world.finish().await;
}

#[tokio::test]
async fn of_many_comments_of_one_person_at_once_one_is_made() {
    let world = world().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    for round in 1..=5 {
        let job = make(&ann, json!({})).await;
        let asks = (0..6).map(|n| {
            let person = bob.at(world.apis[n % 2].address);
            let comment = json!({"title": "x", "comment": "x", "rating": 3, "job": job});
            async move { person.post("/jobs/comment/create/", comment).await }
        });
        let mut answers = join_all(asks).await;
        answers.sort_by_key(|answer| answer.status);
        assert_eq!(answers.remove(0).status, 201);
        for answer in answers {
            assert_eq!(answer.expect(400), json!({"error": "You have already commented on this job."}));
        }
        assert_eq!(number(&world, "SELECT count(*) FROM reviews", []).await, round);
    }
    assert_rated(&world, "once each").await;
    world.settle().await;
    // And its owner is told once of each.
    assert_eq!(number(&world, "SELECT count(*) FROM notifications WHERE kind = 'listing_reviewed'", []).await, 5);
    world.finish().await;
}
