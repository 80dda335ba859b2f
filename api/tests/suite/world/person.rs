//! Somebody who uses the API.
#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

use std::net::SocketAddr;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{PATIENCE, Socket, documented};

/// The password of everybody.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// An answer: its status, headers and body (JSON, or null).
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    /// The body, when the status is `status`.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{:#}", self.body);
        self.body
    }

    /// That it is the problem `code` under `status`.
    #[track_caller]
    pub(crate) fn expect_problem(self, status: u16, code: &str) -> Value {
        let kind = self.headers.get("content-type").and_then(|kind| kind.to_str().ok());
        assert_eq!(kind, Some("application/problem+json"), "{} {:#}", self.status, self.body);
        let body = self.expect(status);
        assert_eq!(body["code"], code, "{body:#}");
        body
    }
}

/// A client of one API process, with or without a token.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) client: reqwest::Client,
    pub(crate) address: SocketAddr,
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) token: Option<String>,
    pub(crate) refresh_token: String,
    pub(crate) session_id: i64,
}

impl Person {
    /// Nobody yet.
    pub(crate) fn stranger(address: SocketAddr) -> Self {
        let client = reqwest::Client::builder().timeout(PATIENCE).build().expect("a client");
        Self { client, address, id: 0, name: String::new(), token: None, refresh_token: String::new(), session_id: 0 }
    }

    /// Registers and signs in.
    pub(crate) async fn join(address: SocketAddr, name: &str) -> Self {
        let stranger = Self::stranger(address);
        let account =
            stranger.post("/api/v1/accounts", json!({"username": name, "password": PASSWORD})).await.expect(201);
        let mut person = stranger.sign_in(name).await;
        person.id = account["id"].as_i64().expect("an id");
        person
    }

    /// Makes an account with an email, and does not sign in.
    pub(crate) async fn register(&self, name: &str, email: &str) -> Answer {
        self.post("/api/v1/accounts", json!({"username": name, "email": email, "password": PASSWORD})).await
    }

    /// Trades the refresh token for a new pair.
    pub(crate) async fn refresh(&self) -> Answer {
        let refresh = Self { token: None, ..self.clone() };
        refresh.post("/api/v1/sessions/refresh", json!({"refresh_token": self.refresh_token})).await
    }

    /// The same session with a new pair of tokens.
    pub(crate) async fn refreshed(&self) -> Self {
        let tokens = self.refresh().await.expect(200);
        let text = |field: &str| tokens[field].as_str().expect(field).to_owned();
        Self { token: Some(text("access_token")), refresh_token: text("refresh_token"), ..self.clone() }
    }

    /// Signs in once more, as another device does.
    pub(crate) async fn sign_in(&self, name: &str) -> Self {
        let body = json!({"login": name, "password": PASSWORD});
        let session = self.post("/api/v1/sessions", body).await.expect(201);
        Self { name: name.to_owned(), ..self.holding(&session) }
    }

    /// The same person with the session of an answer.
    pub(crate) fn holding(&self, session: &Value) -> Self {
        let text = |field: &str| session[field].as_str().expect(field).to_owned();
        Self {
            id: session["account"]["id"].as_i64().expect("an account"),
            token: Some(text("access_token")),
            refresh_token: text("refresh_token"),
            session_id: session["session_id"].as_i64().expect("a session"),
            ..self.clone()
        }
    }

    /// The same person at another API process.
    pub(crate) fn at(&self, address: SocketAddr) -> Self {
        Self { address, ..self.clone() }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.client.request(method, format!("http://{}{path}", self.address));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub(crate) async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let (client, request) = request.build_split();
        let request = request.expect("a request");
        let (method, path) = (request.method().clone(), request.url().path().to_owned());
        let json = request.headers().get("content-type").is_some_and(|kind| kind == "application/json");
        let sent = request.body().filter(|_| json).and_then(|body| body.as_bytes().map(<[u8]>::to_vec));
        let response = client.execute(request).await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        if let Some(sent) = sent.filter(|_| status.is_success()) {
            documented::check_taken(method.as_str(), &path, &sent);
        }
        let text = response.text().await.expect("a body");
        documented::check(method.as_str(), &path, status, &headers, &text);
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Answer { status, headers, body }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, body).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.call(Method::PATCH, path, body).await
    }

    /// A call with a body.
    pub(crate) async fn call(&self, method: Method, path: &str, body: Value) -> Answer {
        self.send(self.request(method, path).json(&body)).await
    }

    /// A POST with no body.
    pub(crate) async fn act(&self, path: &str) -> Answer {
        self.send(self.request(Method::POST, path)).await
    }

    pub(crate) async fn put(&self, path: &str) -> Answer {
        self.send(self.request(Method::PUT, path)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// Asks `other` to connect; answers the request's id.
    pub(crate) async fn ask(&self, other: &Person) -> i64 {
        let body = json!({"to_user_id": other.id});
        let request = self.post("/api/v1/connection-requests", body).await.expect(201);
        request["id"].as_i64().expect("an id")
    }

    /// Asks under an idempotency key.
    pub(crate) async fn ask_under(&self, key: &str, body: Value) -> Answer {
        let request = self.request(Method::POST, "/api/v1/connection-requests");
        self.send(request.header("idempotency-key", key).json(&body)).await
    }

    /// Accepts, rejects or cancels a request.
    pub(crate) async fn decide(&self, request: i64, decision: &str) -> Answer {
        self.act(&format!("/api/v1/connection-requests/{request}/{decision}")).await
    }

    /// Accepts a request.
    pub(crate) async fn accept(&self, request: i64) -> Answer {
        self.act(&format!("/api/v1/connection-requests/{request}/accept")).await
    }

    /// Keeps an address in a city.
    pub(crate) async fn lives_in(&self, city: i64) -> Answer {
        self.post("/api/v1/me/addresses", json!({"city_id": city})).await
    }

    /// Offers a garden in city 1, with `changes`; answers the listing's id.
    pub(crate) async fn offers(&self, changes: Value) -> i64 {
        let mut body = json!({"title": "A garden", "subcategory_id": 2, "city_id": 1});
        let Value::Object(changes) = changes else { panic!("fields, not {changes}") };
        body.as_object_mut().expect("fields").extend(changes);
        self.post("/api/v1/listings", body).await.expect(201)["id"].as_i64().expect("an id")
    }

    /// Reviews a listing; answers the review's id.
    pub(crate) async fn reviews(&self, listing: i64, rating: i64) -> i64 {
        let review = json!({"title": "So it is", "text": "As it says.", "rating": rating});
        let review = self.post(&format!("/api/v1/listings/{listing}/reviews"), review).await.expect(201);
        review["id"].as_i64().expect("an id")
    }

    /// The kinds of one's notifications, newest first.
    pub(crate) async fn inbox(&self) -> Vec<String> {
        let body = self.get("/api/v1/notifications?limit=100").await.expect(200);
        let items = body["items"].as_array().expect("items");
        items.iter().map(|item| item["kind"].as_str().expect("a kind").to_owned()).collect()
    }

    /// Opens a socket with one's token.
    pub(crate) async fn socket(&self) -> Socket {
        Socket::open(self.address, self.token.as_deref().expect("signed in")).await
    }
}
