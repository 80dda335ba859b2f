//! The listener for metrics of a real `api`.

use std::net::TcpListener;
use std::time::Duration;

use crate::children::STOPPING;
use crate::world::{Api, on_sqlite, run};

/// The address in the words with which the API greets.
fn shown(api: &Api) -> String {
    let greeting = api.process.stdout();
    let line = greeting.lines().find(|line| line.trim_start().starts_with("metrics ")).expect("the greeting names it");
    line.split_whitespace().nth(1).expect("an address").to_owned()
}

async fn get(url: &str) -> reqwest::Result<String> {
    shared::tls::choose_provider();
    let client = reqwest::Client::builder().timeout(Duration::from_secs(10)).build().expect("a client");
    client.get(url).send().await?.error_for_status()?.text().await
}

#[tokio::test]
async fn the_embedded_mode_shows_the_workers_metrics_too_and_stops_with_somebody_looking() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let api = Api::start(folder.path(), &on_sqlite(folder.path())).await;
    let text = get(&shown(&api)).await.expect("metrics");
    for series in [
        "kith_build_info{version=",
        "kith_jobs_total{queue=\"email\",job=\"password_reset\",outcome=\"dead\"} 0\n",
        "kith_mails_total{mail=\"unread_messages\",outcome=\"given_up\"} 0\n",
        "kith_outbox_jobs{queue=\"media\"} 0\n",
        "kith_sockets{wire=\"v1\"} 0\n",
        "kith_database_up 1\n",
    ] {
        assert!(text.contains(series), "{series}: {text}");
    }
    let health = shown(&api).replace("/metrics", "/readyz");
    assert_eq!(get(&health).await.expect("health"), r#"{"database":"ok","redis":"none"}"#);
    // A scraper keeps its connection open.
    let address = shown(&api).trim_start_matches("http://").trim_end_matches("/metrics").to_owned();
    let _looking = tokio::net::TcpStream::connect(address).await.expect("a connection");
    api.process.stop().await;
}

#[tokio::test]
async fn a_place_that_was_named_and_is_taken_is_an_error_and_begins_nothing() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let taken = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let place = taken.local_addr().expect("an address").to_string();
    let mut environment = on_sqlite(folder.path());
    environment.retain(|(name, _)| *name != "KITH_METRICS_BIND");
    environment.push(("KITH_METRICS_BIND", place.clone()));
    let ended = run(&[], folder.path(), &environment).ended(STOPPING).await;
    assert_eq!(ended.status.code(), Some(1), "{ended:#?}");
    assert!(ended.stderr.contains(&format!("api: KITH_METRICS_BIND {place}: ")), "{ended:#?}");
    assert!(!folder.path().join("data/kith.db").exists(), "{ended:#?}");
}

#[tokio::test]
async fn the_configuration_shows_where_metrics_are() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let mut environment = on_sqlite(folder.path());
    environment.retain(|(name, _)| *name != "KITH_METRICS_BIND");
    let default = run(&["check-config"], folder.path(), &environment).ended(STOPPING).await;
    assert!(default.stdout.contains("metrics_bind = \"127.0.0.1:8002\"\n"), "{default:#?}");
    environment.push(("KITH_METRICS_BIND", "127.0.0.1:9".to_owned()));
    let named = run(&["check-config"], folder.path(), &environment).ended(STOPPING).await;
    assert!(named.stdout.contains("metrics_bind = \"127.0.0.1:9\"\n"), "{named:#?}");
}
