//! What Prometheus would read, read strictly.
#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use shared::Core;
use tokio::net::TcpListener;
use tokio::time::Instant;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::world::PATIENCE;

/// Where a core shows its metrics, as its process would.
pub(super) struct Window {
    address: SocketAddr,
    client: reqwest::Client,
    _stop: DropGuard,
}

impl Window {
    /// The API's.
    pub(super) async fn of_api(core: &Core) -> Self {
        let (listener, address, stop) = listen().await;
        tokio::spawn(api::metrics::serve(Arc::new(core.clone()), listener, stop.clone()));
        Self::at(address, stop)
    }

    /// The worker's.
    pub(super) async fn of_worker(core: &Core) -> Self {
        let (listener, address, stop) = listen().await;
        tokio::spawn(worker::health::serve(core.clone(), listener, stop.clone()));
        Self::at(address, stop)
    }

    fn at(address: SocketAddr, stop: CancellationToken) -> Self {
        let client = reqwest::Client::builder().timeout(PATIENCE).build().expect("a client");
        Self { address, client, _stop: stop.drop_guard() }
    }

    /// What a path answers.
    pub(super) async fn get(&self, path: &str) -> reqwest::Response {
        self.client.get(format!("http://{}{path}", self.address)).send().await.expect("an answer")
    }

    /// What is shown now.
    pub(super) async fn scrape(&self) -> Scrape {
        let answer = self.get("/metrics").await;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], "text/plain; version=0.0.4; charset=utf-8");
        Scrape::read(&answer.text().await.expect("a text"))
    }
}

/// Scrapes until series, summed over `windows`, are what they should be, since work is counted a moment after it is
/// seen to be done; answers what was shown last.
#[track_caller]
pub(super) fn come_to(windows: &[&Window], sums: &[(&str, u32)]) -> impl Future<Output = Vec<Scrape>> {
    let caller = std::panic::Location::caller();
    async move {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mut shown = Vec::new();
            for window in windows {
                shown.push(window.scrape().await);
            }
            let is = |&(series, value): &(&str, u32)| {
                let found: Vec<f64> = shown.iter().filter_map(|scrape| scrape.get(series)).collect();
                !found.is_empty() && (found.iter().sum::<f64>() - f64::from(value)).abs() < f64::EPSILON
            };
            let wrong: Vec<_> = sums.iter().filter(|sum| !is(sum)).collect();
            if wrong.is_empty() {
                return shown;
            }
            assert!(Instant::now() < deadline, "at {caller} these never came to be: {wrong:#?} in {shown:#?}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

async fn listen() -> (TcpListener, SocketAddr, CancellationToken) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    (listener, address, CancellationToken::new())
}

/// The samples of one scrape, by name and labels as they were written.
#[derive(Debug)]
pub(super) struct Scrape(BTreeMap<String, f64>);

impl Scrape {
    /// Reads the text format 0.0.4: a help and a type before the samples of each metric, all of them together, none twice.
    fn read(text: &str) -> Self {
        let (mut samples, mut described) = (BTreeMap::new(), BTreeSet::new());
        let (mut name, mut kind) = (String::new(), String::new());
        let mut lines = text.lines().peekable();
        assert!(text.ends_with('\n'), "the last line ends");
        while let Some(line) = lines.next() {
            if let Some(help) = line.strip_prefix("# HELP ") {
                help.split_once(' ').expect("a name and a help").0.clone_into(&mut name);
                assert!(described.insert(name.clone()), "{name} is described twice");
                let of = lines.next().and_then(|line| line.strip_prefix("# TYPE ")).expect("a type behind the help");
                let (of, known) = of.split_once(' ').expect("a name and a type");
                assert_eq!(of, name);
                assert!(["counter", "gauge", "histogram"].contains(&known), "{line}");
                known.clone_into(&mut kind);
                assert_eq!(name.ends_with("_total"), kind == "counter", "{name} is a {kind}");
                continue;
            }
            assert!(!line.starts_with('#'), "{line}");
            let (series, value) = line.rsplit_once(' ').expect("a series and a value");
            let value: f64 = value.parse().expect("a number");
            assert!(value.is_finite() && value >= 0.0, "{line}");
            let base = series.split_once('{').map_or(series, |(base, _)| base);
            let part = base.strip_prefix(name.as_str()).expect("a sample of what was described");
            let parts: &[&str] = if kind == "histogram" { &["_bucket", "_sum", "_count"] } else { &[""] };
            assert!(parts.contains(&part), "{line} in {name}, a {kind}");
            assert!(samples.insert(series.to_owned(), value).is_none(), "{series} twice");
        }
        let read = Self(samples);
        read.check_histograms();
        read
    }

    /// Buckets hold what is in those before them, and the last holds everything.
    fn check_histograms(&self) {
        let mut last = BTreeMap::new();
        for (series, value) in &self.0 {
            // The bound comes first among the labels.
            let Some((base, labels)) = series.split_once("_bucket{le=\"") else { continue };
            let (le, labels) = labels.split_once('"').expect("a bound");
            let bound = if le == "+Inf" { f64::INFINITY } else { le.parse().expect("a number") };
            let labels = labels.trim_start_matches(',').trim_end_matches('}');
            last.entry((base, labels)).or_insert_with(Vec::new).push((bound, *value));
        }
        assert!(!last.is_empty(), "there are histograms");
        for ((base, labels), mut buckets) in last {
            buckets.sort_by(|one, other| one.0.total_cmp(&other.0));
            assert!(buckets.is_sorted_by(|one, other| one.1 <= other.1), "{base} {labels} {buckets:?}");
            let count = if labels.is_empty() { format!("{base}_count") } else { format!("{base}_count{{{labels}}}") };
            assert_eq!(buckets.last().map(|(_, count)| *count), self.0.get(&count).copied(), "{count}");
        }
    }

    /// The value of a series; nothing where it is not shown.
    pub(super) fn get(&self, series: &str) -> Option<f64> {
        self.0.get(series).copied()
    }

    /// The value of a series that must be there.
    #[track_caller]
    pub(super) fn of(&self, series: &str) -> f64 {
        let name = series.split_once('{').map_or(series, |(name, _)| name);
        let like: Vec<_> = self.0.iter().filter(|(known, _)| known.starts_with(name)).collect();
        self.get(series).unwrap_or_else(|| panic!("no {series} among {like:#?}"))
    }

    /// The series.
    pub(super) fn series(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    /// That a value is what it should be: they are whole numbers.
    #[track_caller]
    pub(super) fn is(&self, series: &str, value: u32) {
        let found = self.of(series);
        assert!((found - f64::from(value)).abs() < f64::EPSILON, "{series} is {found}, not {value}");
    }
}
