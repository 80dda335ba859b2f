//! Presence: lists of who is there, with very many online, over HTTP and one at a time.

use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, DbBackend, JsonValue, Statement};
use shared::config::RedisConfig;
use shared::ports::RedisClients;
use shared::ports::clock::{Clock as _, SystemClock};
use shared::ports::presence::{Horizon, PresenceStore as _, RedisPresence};

use crate::Failure;
use crate::http::{Connection, Headers};
use crate::kith::Kith;
use crate::options::Options;
use crate::people;
use crate::report::{Report, histogram, milliseconds, note};
use crate::servers::Servers;

/// What half of the lists of each kind may take at most, in microseconds.
const TARGET: u64 = 20_000;
/// People in a list.
const LIMIT: u32 = 100;
/// Blocks of whoever asks.
const BLOCKS: u32 = 100;
/// Connections of whoever asks.
const CONNECTIONS: u32 = 1_000;
/// How long Redis may take to answer first.
const PATIENCE: Duration = Duration::from_secs(5);
/// What the people's node is called.
const NODE: &str = "bench";

/// Measures.
pub(crate) async fn measure(kith: &Kith, servers: &Servers, options: &Options) -> Result<Report, Failure> {
    let Options { online, lists, .. } = *options;
    println!("\nPresence: {online} online; {lists} lists of each kind, {LIMIT} people each, one at a time");
    // One more, who asks: the oldest account, at the end of the list.
    people::load(&kith.database, online + 1).await?;
    tie(kith, online).await?;
    people::settle(&kith.database).await?;
    let accounts: Vec<i64> = (2..=i64::from(online) + 1).collect();
    let store = store(kith, servers).await?;
    let horizon = || {
        let now = SystemClock.now();
        Horizon { now, sockets_since: now - Duration::from_secs(40), requests_since: now - Duration::from_mins(1) }
    };
    store.enter(NODE, &accounts, horizon()).await?;
    store.show(&accounts, horizon()).await?;

    let headers = Headers::new(&kith.token(1)?);
    let mut connection = Connection::open(kith.address).await?;
    let listed: Vec<i64> = accounts.iter().rev().copied().filter(|account| !is_blocked(*account, online)).collect();
    let half = online / 2;
    let kinds = [
        ("the first of all", format!("/api/online-users/?limit={LIMIT}"), part(&listed, 0), "/id"),
        ("behind half of all", format!("/api/online-users/?limit={LIMIT}&offset={half}"), part(&listed, half), "/id"),
        ("connections", format!("/api/v1/presence?limit={LIMIT}"), connections(online), "/user/id"),
    ];
    let (mut slowest, mut wrong) = (0, 0);
    for (name, path, wanted, id) in &kinds {
        let mut delays = histogram()?;
        for index in 0..=lists {
            let sent = Instant::now();
            let answer = connection.get(path, &headers).await?;
            if index > 0 {
                delays.saturating_record(u64::try_from(sent.elapsed().as_micros())?);
            }
            wrong += u32::from(ids(std::str::from_utf8(answer)?, id)? != *wanted);
        }
        let [p50, p90, p99] = [0.50, 0.90, 0.99].map(|quantile| milliseconds(delays.value_at_quantile(quantile)));
        println!("  {name:25}p50 {p50}, p90 {p90}, p99 {p99}, at most {}", milliseconds(delays.max()));
        slowest = slowest.max(delays.value_at_quantile(0.50));
    }
    let began = Instant::now();
    store.enter(NODE, &accounts, horizon()).await?;
    println!("  {:25}{}", "all entered again in", milliseconds(u64::try_from(began.elapsed().as_micros())?));

    let mut report = Report::default();
    let target = format!("< {}", milliseconds(TARGET));
    report.note("list of who is online, p50", milliseconds(slowest), target, slowest < TARGET);
    report.note("lists answered right", note(wrong == 0), "yes".to_owned(), wrong == 0);
    Ok(report)
}

/// Blocks and connections of account 1: blocks with every other one of the newest, connections with the oldest.
async fn tie(kith: &Kith, online: u32) -> Result<(), Failure> {
    let statements = [
        (
            "INSERT INTO blocks (blocker_id, blocked_id, created_at)
             SELECT 1, $1 + 1 - 2 * n, now() FROM generate_series(0, $2 - 1) AS n",
            vec![i64::from(online).into(), i64::from(BLOCKS).into()],
        ),
        (
            "INSERT INTO connection_requests (id, from_id, to_id, status, created_at, decided_at)
             SELECT n, 1, n + 1, 'accepted', now(), now() FROM generate_series(1, $1) AS n",
            vec![i64::from(CONNECTIONS).into()],
        ),
        (
            "INSERT INTO connections (low_id, high_id, request_id, created_at)
             SELECT 1, n + 1, n, now() FROM generate_series(1, $1) AS n",
            vec![i64::from(CONNECTIONS).into()],
        ),
    ];
    for (sql, values) in statements {
        kith.database.execute_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
    }
    Ok(())
}

/// Whether account 1 has blocked it.
fn is_blocked(account: i64, online: u32) -> bool {
    let from_newest = i64::from(online) + 1 - account;
    from_newest % 2 == 0 && from_newest < 2 * i64::from(BLOCKS)
}

/// The connections of account 1, as many as are asked for, from the highest id down.
fn connections(online: u32) -> Vec<i64> {
    let newest = i64::from(CONNECTIONS.min(online)) + 1;
    (newest - i64::from(LIMIT) + 1..=newest).rev().collect()
}

/// The part of a list that an offset names.
fn part(listed: &[i64], offset: u32) -> Vec<i64> {
    listed.iter().copied().skip(offset as usize).take(LIMIT as usize).collect()
}

/// The store that the API has.
async fn store(kith: &Kith, servers: &Servers) -> Result<RedisPresence, Failure> {
    let config = RedisConfig { url: None, prefix: kith.prefix.clone() };
    let clients = RedisClients::start(&config, servers.redis_url.as_str())?;
    let answers = async {
        while clients.ping().await.is_err() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, answers).await?;
    Ok(RedisPresence::new(clients))
}

/// The ids in an answer: of a list, or of the items of a page.
fn ids(answer: &str, id: &str) -> Result<Vec<i64>, Failure> {
    let answer: JsonValue = answer.parse()?;
    let rows = answer.as_array().or_else(|| answer["items"].as_array()).ok_or("an answer of another form")?;
    let ids: Option<Vec<i64>> = rows.iter().map(|row| row.pointer(id)?.as_i64()).collect();
    Ok(ids.ok_or("a row of another form")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_both_forms_are_read() {
        assert_eq!(ids(r#"[{"id": 3, "username": "x"}, {"id": 1}]"#, "/id").expect("reads"), [3, 1]);
        assert_eq!(ids(r#"{"items": [{"user": {"id": 7}}], "next": null}"#, "/user/id").expect("reads"), [7]);
        assert!(ids(r#"{"detail": "no"}"#, "/id").is_err());
        assert!(ids(r#"[{"name": 1}]"#, "/id").is_err());
    }

    #[test]
    fn every_other_one_of_the_newest_is_blocked() {
        let blocked = (2..=1_001).filter(|account| is_blocked(*account, 1_000)).count();
        assert_eq!(blocked, BLOCKS as usize);
        assert!(is_blocked(1_001, 1_000) && !is_blocked(1_000, 1_000));
    }
}
