//! Lists: newest first, whole up to a thousand rows, paged by `limit` and `offset`.

use serde_json::Value;

use super::execute;
use crate::dialects::support::by_connectin;
use crate::world::{Person, World};

/// Every list, with whatever it must be asked.
const LISTS: [&str; 8] = [
    "/api/user/search/?name=extra",
    "/api/connection/accepted/?",
    "/api/connection/requests/?",
    "/api/connection/sent-requests/?",
    "/api/notification/?",
    "/api/connection_requests/?direction=incoming",
    "/api/connections/?",
    "/api/notifications/?",
];

const NUMBERS: &str = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $2)";

/// Somebody whose every list has `count` rows.
async fn person_with(world: &World, count: i64) -> Person {
    let ann = by_connectin(world, "ann").await;
    let id: sea_orm::Value = ann.id.into();
    let both = [id.clone(), count.into()];
    // Three times as many others: some ask, some are asked, some are connected.
    let others = format!(
        "{NUMBERS} INSERT INTO accounts (username, username_key, password_hash, search, name_folded, folding, active,
                                         staff, created_at, updated_at)
         SELECT kind || n, kind || n, '', '', kind || n, 1, TRUE, FALSE, a.created_at, a.created_at
         FROM numbers, accounts a, (SELECT 'gives' AS kind UNION SELECT 'takes' UNION SELECT 'extra') AS kinds
         WHERE a.id = $1"
    );
    execute(world, &others, both.clone()).await;
    for (kind, from, to, status) in
        [("gives", "o.id", "$1", "pending"), ("takes", "$1", "o.id", "pending"), ("extra", "$1", "o.id", "accepted")]
    {
        let requests = format!(
            "INSERT INTO connection_requests (from_id, to_id, status, created_at)
             SELECT {from}, {to}, '{status}', o.created_at FROM accounts o
             WHERE o.username_key LIKE '{kind}%' AND o.id <> $1 ORDER BY o.id"
        );
        execute(world, &requests, [id.clone()]).await;
    }
    let connections = "INSERT INTO connections (low_id, high_id, request_id, created_at)
         SELECT from_id, to_id, id, created_at FROM connection_requests
         WHERE status = 'accepted' AND from_id = $1 ORDER BY id";
    execute(world, connections, [id]).await;
    let notifications = format!(
        "{NUMBERS} INSERT INTO notifications (account_id, version, created_version, kind, body, created_at)
         SELECT a.id, n, n, 'note', 'text', a.created_at FROM numbers, accounts a WHERE a.id = $1"
    );
    execute(world, &notifications, both).await;
    ann
}

async fn ids(person: &Person, path: &str) -> Vec<i64> {
    let list = person.get(path).await.expect(200);
    list.as_array().expect("an array").iter().map(|row| row["id"].as_i64().expect("an id")).collect()
}

#[tokio::test]
async fn a_list_is_whole_newest_first_and_paged_on_request() {
    let world = World::start().await;
    let ann = person_with(&world, 12).await;
    for list in LISTS {
        let whole = ids(&ann, list).await;
        assert_eq!(whole.len(), 12, "{list}");
        assert!(whole.is_sorted_by(|one, next| one > next), "{list} {whole:?}");
        for (page, part) in [
            ("limit=5", &whole[..5]),
            ("limit=5&offset=5", &whole[5..10]),
            ("limit=5&offset=10", &whole[10..]),
            ("offset=7", &whole[7..]),
            ("limit=1", &whole[..1]),
            ("limit=12&offset=0", &whole),
            ("limit=%2012%20", &whole),
            ("limit=99999", &whole),
            ("limit=4294967295&offset=4294967295", &[]),
            ("offset=12", &[]),
            ("offset=1000000", &[]),
            ("page=2&cursor=x", &whole),
        ] {
            assert_eq!(ids(&ann, &format!("{list}&{page}")).await, part, "{list}&{page}");
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn a_bad_limit_or_offset_is_named() {
    let world = World::start().await;
    let ann = by_connectin(&world, "ann").await;
    for list in LISTS {
        for (parameter, values) in [
            ("limit", &["0", "-1", "x", "", "1.5", "99999999999", "99999999999999999999", "%00", "1e3"][..]),
            ("offset", &["-1", "x", "", "1.5", "99999999999", "99999999999999999999", "null"]),
        ] {
            for value in values {
                let answer = ann.get(&format!("{list}&{parameter}={value}")).await.expect(400);
                let fields: Vec<&String> = answer.as_object().expect("fields").keys().collect();
                assert_eq!(fields, [parameter], "{list}&{parameter}={value}");
            }
        }
        let both: Value = ann.get(&format!("{list}&limit=x&offset=y")).await.expect(400);
        assert!(both["limit"][0].is_string() && both["offset"][0].is_string(), "{both:#}");
    }
    world.finish().await;
}

#[tokio::test]
async fn at_most_a_thousand_rows_are_answered_at_once() {
    let world = World::start().await;
    let ann = person_with(&world, 1_003).await;
    for list in LISTS {
        let first = ids(&ann, list).await;
        assert_eq!(first.len(), 1_000, "{list}");
        assert!(first.is_sorted_by(|one, next| one > next), "{list}");
        assert_eq!(ids(&ann, &format!("{list}&limit=1003")).await, first, "{list}");
        assert_eq!(ids(&ann, &format!("{list}&limit=100000")).await, first, "{list}");
        let rest = ids(&ann, &format!("{list}&offset=1000")).await;
        assert_eq!(rest.len(), 3, "{list}");
        assert!(rest[0] < first[999], "{list} goes on where it ended");
        let across = ids(&ann, &format!("{list}&limit=4&offset=998")).await;
        assert_eq!(across, [first[998], first[999], rest[0], rest[1]], "{list}");
    }
    world.finish().await;
}
