//! A running `api`, people at it, and what they decide until it is gone.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::StreamExt;
use reqwest::{Client, Method, StatusCode};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use shared::Core;
use shared::jobs::Queue;
use shared::testing::TestBed;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use tokio_util::sync::CancellationToken;
use worker::Plan;

use crate::children::{PATIENCE, Process, SECRET, eventually};

const API: &str = env!("CARGO_BIN_EXE_api");
const PASSWORD: &str = "correct horse battery";

/// Starts `api` with `arguments`.
pub(crate) fn run(arguments: &[&str], folder: &Path, environment: &[(&str, String)]) -> Process {
    Process::start(API, arguments, folder, environment)
}

/// The environment of an `api` on SQLite in `folder`.
pub(crate) fn on_sqlite(folder: &Path) -> Vec<(&'static str, String)> {
    vec![
        ("KITH_DATA", folder.join("data").display().to_string()),
        ("KITH_BIND", "127.0.0.1:0".to_owned()),
        ("KITH_METRICS_BIND", "127.0.0.1:0".to_owned()),
        ("KITH_RATE_LIMITS", "off".to_owned()),
    ]
}

/// The environment of an `api` beside the cores of `bed`.
pub(crate) fn beside(bed: &TestBed) -> Vec<(&'static str, String)> {
    vec![
        ("DATABASE_URL", bed.database_url().to_owned()),
        ("REDIS_URL", bed.config.redis.url.clone().expect("production's size")),
        ("REDIS_PREFIX", bed.config.redis.prefix.clone()),
        ("KITH_SECRET", SECRET.to_owned()),
        ("KITH_OUTBOX_LEASE", bed.config.outbox.lease.to_string()),
        ("KITH_BIND", "127.0.0.1:0".to_owned()),
        ("KITH_METRICS_BIND", "127.0.0.1:0".to_owned()),
        ("KITH_RATE_LIMITS", "off".to_owned()),
    ]
}

/// A running `api serve`.
pub(crate) struct Api {
    pub(crate) process: Process,
    pub(crate) address: String,
}

impl Api {
    /// Starts it and waits until it says where it is.
    pub(crate) async fn start(folder: &Path, environment: &[(&str, String)]) -> Self {
        let mut process = run(&[], folder, environment);
        let running = Mutex::new(&mut process);
        let ready = async || {
            let mut process = running.lock().unwrap_or_else(PoisonError::into_inner);
            assert!(process.runs(), "the API ended: {}{}", process.stdout(), process.stderr());
            page(&process.stdout()).is_some()
        };
        eventually("the API is ready", ready).await;
        let address = page(&process.stdout()).expect("it is ready");
        Self { process, address }
    }

    /// Registers and signs in.
    pub(crate) async fn join(&self, name: &str) -> Person {
        let stranger = Person { client: client(), address: self.address.clone(), id: 0, token: String::new() };
        let body = json!({"username": name, "password": PASSWORD});
        let (status, account) = stranger.call(Method::POST, "accounts", Some(body)).await.expect("an answer");
        assert_eq!(status, 201, "{account:#}");
        let id = account["id"].as_i64().expect("an id");
        Person { id, ..self.sign_in(name).await }
    }

    pub(crate) async fn sign_in(&self, name: &str) -> Person {
        let stranger = Person { client: client(), address: self.address.clone(), id: 0, token: String::new() };
        let body = json!({"login": name, "password": PASSWORD});
        let (status, session) = stranger.call(Method::POST, "sessions", Some(body)).await.expect("an answer");
        assert_eq!(status, 201, "{session:#}");
        Person { token: session["access_token"].as_str().expect("a token").to_owned(), ..stranger }
    }
}

/// The address in the words with which the API greets.
fn page(stdout: &str) -> Option<String> {
    let (_, greeting) = stdout.split_once("Kith is ready\n")?;
    let line = greeting.lines().find(|line| line.trim_start().starts_with("page "))?;
    Some(line.split_whitespace().nth(1)?.trim_end_matches('/').to_owned())
}

fn client() -> Client {
    shared::tls::choose_provider();
    Client::builder().timeout(PATIENCE).build().expect("a client")
}

/// Somebody who is signed in.
#[derive(Clone)]
pub(crate) struct Person {
    client: Client,
    pub(crate) address: String,
    pub(crate) id: i64,
    token: String,
}

impl Person {
    /// What a path of the API answers; an error when the API is gone.
    pub(crate) async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Result<(StatusCode, Value), reqwest::Error> {
        let mut request = self.client.request(method, format!("{}/api/v1/{path}", self.address));
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await?;
        let status = response.status();
        // The status line is the promise; the body may be cut off by a death.
        Ok((status, response.json().await.unwrap_or(Value::Null)))
    }

    /// Asks `other` to connect; answers the request's id.
    pub(crate) async fn ask(&self, other: &Self) -> i64 {
        let body = json!({"to_user_id": other.id});
        let (status, body) = self.call(Method::POST, "connection-requests", Some(body)).await.expect("an answer");
        assert_eq!(status, 201, "{body:#}");
        body["id"].as_i64().expect("an id")
    }

    pub(crate) async fn accept(&self, request: i64) -> Result<StatusCode, reqwest::Error> {
        let path = format!("connection-requests/{request}/accept");
        Ok(self.call(Method::POST, &path, None).await?.0)
    }

    /// Opens a socket of the v1 gateway.
    pub(crate) async fn socket(&self) -> Socket {
        let url = format!("{}/api/v1/ws", self.address.replacen("http", "ws", 1));
        let mut request = url.into_client_request().expect("an address");
        request.headers_mut().insert("authorization", format!("Bearer {}", self.token).parse().expect("a header"));
        Socket(connect_async(request).await.expect("the socket opens").0)
    }

    /// The kinds of one's notifications, newest first.
    pub(crate) async fn inbox(&self) -> Vec<String> {
        let (status, body) = self.call(Method::GET, "notifications?limit=100", None).await.expect("an answer");
        assert_eq!(status, 200, "{body:#}");
        let items = body["items"].as_array().expect("items");
        items.iter().map(|item| item["kind"].as_str().expect("a kind").to_owned()).collect()
    }
}

/// An open socket.
pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// The next frame.
    pub(crate) async fn next(&mut self) -> Value {
        let next = async {
            loop {
                match self.0.next().await {
                    Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).expect("JSON"),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    other => panic!("a frame, not {other:?}"),
                }
            }
        };
        tokio::time::timeout(PATIENCE, next).await.expect("a frame in time")
    }
}

/// What became of decisions while a process went away.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Those that were answered with 2xx.
    pub(crate) kept: Vec<i64>,
    /// Those that may have been decided or not.
    pub(crate) in_doubt: Vec<i64>,
}

/// Decisions that go on until the API is gone.
pub(crate) struct Decisions {
    outcome: Arc<Mutex<Outcome>>,
    callers: Vec<tokio::task::JoinHandle<()>>,
}

impl Decisions {
    /// `person` accepts the requests, eight at once, until an answer fails.
    pub(crate) fn start(person: &Person, requests: Vec<i64>) -> Self {
        let outcome = Arc::new(Mutex::new(Outcome::default()));
        let (requests, next) = (Arc::new(requests), Arc::new(AtomicUsize::new(0)));
        let call = || {
            let (person, outcome) = (Person { client: client(), ..person.clone() }, Arc::clone(&outcome));
            let (requests, next) = (Arc::clone(&requests), Arc::clone(&next));
            tokio::spawn(async move {
                while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)).copied() {
                    let answer = person.accept(request).await;
                    let mut outcome = outcome.lock().unwrap_or_else(PoisonError::into_inner);
                    match answer {
                        Ok(status) if status.is_success() => outcome.kept.push(request),
                        Ok(status) => panic!("request {request}: {status}"),
                        Err(_) => {
                            outcome.in_doubt.push(request);
                            return;
                        }
                    }
                }
            })
        };
        let callers = (0..8).map(|_| call()).collect();
        Self { outcome, callers }
    }

    /// Waits until `count` decisions were answered.
    pub(crate) async fn answered(&self, count: usize) {
        let outcome = || self.outcome.lock().unwrap_or_else(PoisonError::into_inner).kept.len();
        eventually("decisions are answered", async || outcome() >= count).await;
    }

    /// Waits until nobody calls any more.
    pub(crate) async fn end(self) -> Outcome {
        for caller in self.callers {
            caller.await.expect("a caller");
        }
        std::mem::take(&mut *self.outcome.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A worker in the test's own process.
pub(crate) struct Worker(CancellationToken, Vec<tokio::task::JoinHandle<()>>);

impl Worker {
    pub(crate) fn start(core: Core) -> Self {
        let mailer = worker::mail::mailer(&core.config).expect("a mailer");
        let plan = Plan { queues: Queue::ALL.to_vec(), concurrency: 256, mail_concurrency: 4 };
        let stop = CancellationToken::new();
        let carrier = tokio::spawn({
            let (core, stop) = (core.clone(), stop.clone());
            async move { core.run(stop).await }
        });
        let work = tokio::spawn({
            let stop = stop.clone();
            async move { worker::run(&core, mailer, &plan, stop).await }
        });
        Self(stop, vec![work, carrier])
    }

    pub(crate) async fn stop(self) {
        self.0.cancel();
        for task in self.1 {
            task.await.expect("the worker ends");
        }
    }
}

/// Writes `count` people who ask `person` to connect; answers the requests.
pub(crate) async fn requests_for(core: &Core, person: i64, count: i64) -> Vec<i64> {
    let (engine, now) = (core.database.engine(), core.writer.now());
    let tx = core.database.begin().await.expect("a transaction");
    let sql = "INSERT INTO accounts (username, username_key, password_hash, search, active, created_at, updated_at)
               WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < CAST($1 AS bigint))
               SELECT 'asker' || n, 'asker' || n, '', '', TRUE, $2, $2 FROM s";
    tx.execute_raw(engine.statement(sql, [count.into(), now.into()])).await.expect("the database obeys");
    let sql = "INSERT INTO inboxes (account_id) SELECT id FROM accounts WHERE username LIKE 'asker%'";
    tx.execute_raw(engine.statement(sql, [])).await.expect("the database obeys");
    let sql = "INSERT INTO connection_requests (from_id, to_id, status, created_at)
               SELECT id, $1, 'pending', $2 FROM accounts WHERE username LIKE 'asker%' RETURNING id";
    let rows = tx.query_all_raw(engine.statement(sql, [person.into(), now.into()])).await.expect("the database obeys");
    tx.commit().await.expect("the commit");
    rows.iter().map(|row| row.try_get("", "id").expect("an id")).collect()
}

/// Checks that what was kept has exactly one notification, and what is in doubt one if it was decided.
pub(crate) async fn check(core: &Core, requests: &[i64], outcome: &Outcome) {
    let sql = "SELECT r.id, r.status, (SELECT count(*) FROM notifications n
                   WHERE n.request_id = r.id AND n.account_id = r.from_id AND n.kind = 'accepted') AS told,
                   (SELECT count(*) FROM notifications n WHERE n.request_id = r.id) AS in_all
               FROM connection_requests r ORDER BY r.id";
    let rows = core.database.reader().query_all_raw(core.database.engine().statement(sql, [])).await;
    let rows = rows.expect("the database answers");
    assert_eq!(rows.len(), requests.len());
    for row in rows {
        let column = "a column";
        let (request, status): (i64, String) =
            (row.try_get("", "id").expect(column), row.try_get("", "status").expect(column));
        let (told, in_all): (i64, i64) =
            (row.try_get("", "told").expect(column), row.try_get("", "in_all").expect(column));
        let decided = i64::from(status == "accepted");
        assert_eq!((told, in_all), (decided, decided), "request {request}: one notification a decision");
        if outcome.kept.contains(&request) {
            assert_eq!(decided, 1, "request {request} was answered with 2xx");
        } else if !outcome.in_doubt.contains(&request) {
            assert_eq!(decided, 0, "request {request} was never decided");
        }
    }
}

/// Somewhere within the next tenth of a second: not a wait for anything, but the moment of death.
pub(crate) async fn at_a_random_moment() {
    tokio::time::sleep(Duration::from_millis(rand::random_range(0..100))).await;
}
