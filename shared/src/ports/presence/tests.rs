//! Both adapters keep the same promises.

#![expect(clippy::expect_used, reason = "a store that does not answer has nothing to test")]

use std::sync::Arc;

use chrono::{SubsecRound, TimeDelta, Utc};

use super::{CHUNK, EmbeddedPresence, Horizon, PresenceStore, RedisPresence, Seen};
use crate::config::RedisConfig;
use crate::ports::RedisClients;
use crate::ports::clock::Timestamp;

/// Each adapter, empty: the embedded one, and that of Redis where the tests have one.
async fn stores() -> Vec<Arc<dyn PresenceStore>> {
    let mut stores: Vec<Arc<dyn PresenceStore>> = vec![Arc::new(EmbeddedPresence::default())];
    if let Some(url) = crate::testing::redis_url() {
        let config = RedisConfig { url: None, prefix: format!("test-{:016x}", rand::random::<u64>()) };
        let clients = RedisClients::start(&config, &url).expect("an address");
        clients.first_connections().await;
        stores.push(Arc::new(RedisPresence::new(clients)));
    }
    stores
}

/// `seconds` after the beginning, with leases of 40 s.
fn at(begin: Timestamp, seconds: i64) -> Horizon {
    let now = begin + TimeDelta::seconds(seconds);
    Horizon { now, sockets_since: now - TimeDelta::seconds(40), requests_since: now - TimeDelta::seconds(60) }
}

fn begin() -> Timestamp {
    Utc::now().trunc_subsecs(6)
}

/// Everybody who is listed, and whether they have a socket.
async fn listed(store: &dyn PresenceStore, horizon: Horizon) -> Vec<(i64, bool)> {
    let page = store.page(&[], 0, 1_000, horizon).await.expect("a page");
    page.into_iter().map(|seen| (seen.account_id, seen.connected)).collect()
}

/// Accounts come to a node and are listed; answers who was not there before.
async fn come(store: &dyn PresenceStore, node: &str, accounts: &[i64], horizon: Horizon) -> Vec<i64> {
    let came = store.enter(node, accounts, horizon).await.expect("entered");
    store.show(&came, horizon).await.expect("shown");
    came
}

#[tokio::test]
async fn an_account_comes_with_its_first_socket_and_goes_with_its_last() {
    for store in stores().await {
        let (store, begin) = (store.as_ref(), begin());
        assert_eq!(come(store, "one", &[7, 8], at(begin, 0)).await, [7, 8]);
        assert_eq!(come(store, "two", &[7], at(begin, 1)).await, [0; 0]);
        assert_eq!(listed(store, at(begin, 1)).await, [(8, true), (7, true)]);
        let seen = store.seen(&[6, 7, 8], at(begin, 2)).await.expect("seen");
        let there = |account_id, seconds| Seen { account_id, at: at(begin, seconds).now, connected: true };
        assert_eq!(seen, [there(7, 1), there(8, 0)]);
        assert_eq!(store.leave("one", &[7, 8, 9], at(begin, 2)).await.expect("left"), [8]);
        assert_eq!(store.leave("one", &[7, 8], at(begin, 2)).await.expect("left"), [0; 0]);
        assert_eq!(listed(store, at(begin, 2)).await, [(7, true)]);
        assert_eq!(store.leave("two", &[7], at(begin, 3)).await.expect("left"), [7]);
        assert_eq!(listed(store, at(begin, 3)).await, []);
    }
}

#[tokio::test]
async fn what_lapses_is_swept_and_told_once() {
    for store in stores().await {
        let (store, begin) = (store.as_ref(), begin());
        come(store, "dead", &[1, 2, 3], at(begin, 0)).await;
        come(store, "alive", &[3, 4], at(begin, 5)).await;
        store.enter("alive", &[3, 4], at(begin, 35)).await.expect("entered again");
        assert_eq!(store.sweep(at(begin, 39)).await.expect("swept").gone, []);
        // Lapsed, they are not there, swept or not.
        let seen = store.seen(&[1, 2, 3, 4], at(begin, 40)).await.expect("seen");
        assert_eq!(seen.iter().map(|seen| seen.account_id).collect::<Vec<_>>(), [3, 4]);
        assert_eq!(listed(store, at(begin, 40)).await, [(4, true), (3, true)]);
        let both = tokio::join!(store.sweep(at(begin, 40)), store.sweep(at(begin, 40)));
        let mut gone = [both.0.expect("swept").gone, both.1.expect("swept").gone].concat();
        gone.sort_unstable();
        assert_eq!(gone, [(1, begin), (2, begin)]);
        assert_eq!(store.sweep(at(begin, 41)).await.expect("swept").gone, []);
    }
}

#[tokio::test]
async fn whoever_comes_back_before_the_sweep_never_went() {
    for store in stores().await {
        let (store, begin) = (store.as_ref(), begin());
        come(store, "dead", &[1, 2], at(begin, 0)).await;
        // The leases have lapsed, and nobody has told that they went.
        assert_eq!(store.enter("alive", &[1, 2], at(begin, 41)).await.expect("entered"), [0; 0]);
        assert_eq!(store.leave("alive", &[1], at(begin, 42)).await.expect("left"), [1]);
        assert_eq!(store.sweep(at(begin, 43)).await.expect("swept").gone, []);
        assert_eq!(listed(store, at(begin, 43)).await, [(2, true)]);
    }
}

#[tokio::test]
async fn a_sweep_is_bounded_and_says_that_there_is_more() {
    for store in stores().await {
        let (store, begin) = (store.as_ref(), begin());
        let accounts: Vec<i64> = (1..=1_200).collect();
        assert_eq!(come(store, "dead", &accounts, at(begin, 0)).await, accounts);
        let mut gone = Vec::new();
        for (swept, more) in [(CHUNK, true), (CHUNK, true), (200, false)] {
            let part = store.sweep(at(begin, 60)).await.expect("swept");
            assert_eq!((part.gone.len(), part.more), (swept, more));
            gone.extend(part.gone.into_iter().map(|(account, _)| account));
        }
        gone.sort_unstable();
        assert_eq!(gone, accounts);
        assert_eq!(listed(store, at(begin, 60)).await, []);
    }
}

#[tokio::test]
async fn a_request_counts_for_a_minute_and_a_socket_for_as_long_as_it_lives() {
    for store in stores().await {
        let (store, begin) = (store.as_ref(), begin());
        for account in [1, 2, 3] {
            store.saw(account, begin).await.expect("noted");
        }
        come(store, "one", &[2], at(begin, 5)).await;
        store.saw(3, at(begin, 10).now).await.expect("noted");
        assert_eq!(listed(store, at(begin, 10)).await, [(3, false), (2, true), (1, false)]);
        store.enter("one", &[2], at(begin, 35)).await.expect("entered again");
        assert_eq!(store.leave("one", &[2], at(begin, 36)).await.expect("left"), [2]);
        assert_eq!(listed(store, at(begin, 59)).await, [(3, false), (2, false), (1, false)]);
        assert_eq!(listed(store, at(begin, 60)).await, [(3, false)]);
        assert_eq!(listed(store, at(begin, 70)).await, []);
    }
}

#[tokio::test]
async fn whoever_is_hidden_is_off_the_list_until_shown() {
    for store in stores().await {
        let (store, begin) = (store.as_ref(), begin());
        come(store, "one", &[1, 2], at(begin, 0)).await;
        store.hide(&[1, 5]).await.expect("hidden");
        assert_eq!(come(store, "two", &[1], at(begin, 1)).await, [0; 0]);
        assert_eq!(listed(store, at(begin, 1)).await, [(2, true)]);
        assert_eq!(store.seen(&[1], at(begin, 1)).await.expect("seen").len(), 1);
        store.show(&[1, 5], at(begin, 2)).await.expect("shown");
        assert_eq!(listed(store, at(begin, 2)).await, [(2, true), (1, true)]);
    }
}

#[tokio::test]
async fn pages_are_exact_as_if_the_excluded_were_not_there() {
    for store in stores().await {
        let (store, begin) = (store.as_ref(), begin());
        let accounts: Vec<i64> = (1..=1_700).collect();
        come(store, "one", &accounts, at(begin, 0)).await;
        let excluded = [1_700, 1_699, 1_650, 1_600, 1_599, 900, 2, 1, 5_000];
        let shown: Vec<i64> = accounts.iter().rev().copied().filter(|account| !excluded.contains(account)).collect();
        for (offset, limit) in
            [(0, 1), (0, 10), (47, 3), (48, 3), (49, 100), (97, 1), (700, 1_000), (1_690, 5), (1_692, 5)]
        {
            let page = store.page(&excluded, offset, limit, at(begin, 0)).await.expect("a page");
            let ids: Vec<i64> = page.iter().map(|seen| seen.account_id).collect();
            let wanted: Vec<i64> = shown.iter().copied().skip(offset as usize).take(limit as usize).collect();
            assert_eq!(ids, wanted, "{limit} after {offset}");
        }
    }
}
