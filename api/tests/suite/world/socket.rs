//! A socket client.
#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

use std::net::SocketAddr;

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderMap, Request};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, client_async, connect_async};

use super::{PATIENCE, frames};

/// Where v1's gateway is.
const V1: &str = "/api/v1/ws";

/// An open socket of the v1 gateway.
pub(crate) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Whether it is v1's, whose frames are documented.
    v1: bool,
}

impl Socket {
    /// A handshake for `path`, to add headers to.
    pub(crate) fn handshake(address: SocketAddr, path: &str) -> Request<()> {
        format!("ws://{address}{path}").into_client_request().expect("a request")
    }

    /// Opens with a token in the header.
    pub(crate) async fn open(address: SocketAddr, token: &str) -> Self {
        let mut request = Self::handshake(address, "/api/v1/ws");
        request.headers_mut().insert("authorization", format!("Bearer {token}").parse().expect("a header"));
        Self::connect(request).await.expect("the socket opens")
    }

    /// Opens as `request` says; the status when the server refuses.
    pub(crate) async fn connect(request: Request<()>) -> Result<Self, u16> {
        Ok(Self::connect_answered(request).await?.0)
    }

    /// The same, with the headers of the server's answer.
    pub(crate) async fn connect_answered(request: Request<()>) -> Result<(Self, HeaderMap), u16> {
        let v1 = request.uri().path() == V1;
        match connect_async(request).await {
            Ok((stream, answer)) => Ok((Self { stream, v1 }, answer.headers().clone())),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("no handshake: {error}"),
        }
    }

    /// Opens with a token, on a connection that takes about `bytes` before its owner reads.
    pub(crate) async fn open_narrow(address: SocketAddr, token: &str, bytes: u32) -> Self {
        let mut request = Self::handshake(address, "/api/v1/ws");
        request.headers_mut().insert("authorization", format!("Bearer {token}").parse().expect("a header"));
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(bytes).expect("a small buffer");
        let stream = socket.connect(address).await.expect("the server listens");
        let (stream, _) = client_async(request, MaybeTlsStream::Plain(stream)).await.expect("the socket opens");
        Self { stream, v1: true }
    }

    pub(crate) async fn send(&mut self, frame: Value) {
        self.send_raw(Message::text(frame.to_string())).await;
    }

    /// Sends frames in one go, so that the server finds them together.
    pub(crate) async fn send_together(&mut self, frames: impl IntoIterator<Item = Value>) {
        for frame in frames {
            self.stream.feed(Message::text(frame.to_string())).await.expect("the frame fits");
        }
        self.stream.flush().await.expect("the frames leave");
    }

    /// Sends, to a server that may be closing already.
    pub(crate) async fn try_send_raw(&mut self, message: Message) {
        // Refused by a connection that the server has ended: what it said before is still read.
        let _ = self.stream.send(message).await;
    }

    pub(crate) async fn send_raw(&mut self, message: Message) {
        self.stream.send(message).await.expect("the frame leaves");
    }

    async fn message(&mut self) -> Option<Message> {
        let next = tokio::time::timeout(PATIENCE, self.stream.next()).await.expect("a frame in time");
        next.and_then(Result::ok)
    }

    fn frame(&self, text: &str) -> Value {
        let frame = serde_json::from_str(text).expect("JSON");
        if self.v1 {
            frames::assert_frame("server", &frame);
        }
        frame
    }

    /// The next frame, whatever it is.
    pub(crate) async fn next(&mut self) -> Value {
        loop {
            match self.message().await {
                Some(Message::Text(text)) => return self.frame(&text),
                Some(Message::Ping(_) | Message::Pong(_)) => {}
                other => panic!("a frame, not {other:?}"),
            }
        }
    }

    /// The next frame; the close code (if there is one) when the connection has ended.
    pub(crate) async fn next_or_close(&mut self) -> Result<Value, Option<u16>> {
        loop {
            match self.message().await {
                Some(Message::Text(text)) => return Ok(self.frame(&text)),
                Some(Message::Close(frame)) => return Err(frame.map(|frame| frame.code.into())),
                Some(_) => {}
                None => return Err(None),
            }
        }
    }

    /// The next frame; `None` when the connection has ended, in whichever way.
    pub(crate) async fn next_or_end(&mut self) -> Option<Value> {
        self.next_or_close().await.ok()
    }

    /// The next frames, up to the one that bears `version`.
    pub(crate) async fn frames_through(&mut self, version: i64) -> Vec<Value> {
        let mut frames = Vec::new();
        loop {
            let frame = self.next().await;
            let at = frame["version"].as_i64().unwrap_or_else(|| panic!("no version: {frame:#}"));
            assert!(at <= version, "went past {version}: {frame:#}");
            frames.push(frame);
            if at == version {
                return frames;
            }
        }
    }

    /// That the server has sent nothing that was not read: what it answers to a `ping` comes next.
    #[track_caller]
    pub(crate) fn expect_nothing(&mut self) -> impl Future<Output = ()> {
        let caller = std::panic::Location::caller();
        async move {
            self.send(json!({"type": "ping", "ref": "nothing before"})).await;
            let frame = self.next().await;
            assert_eq!(frame, json!({"type": "pong", "ref": "nothing before"}), "at {caller}: {frame:#}");
        }
    }

    /// The next frame, which is of `kind`.
    #[track_caller]
    pub(crate) fn expect(&mut self, kind: &str) -> impl Future<Output = Value> {
        let caller = std::panic::Location::caller();
        async move {
            let frame = self.next().await;
            assert_eq!(frame["type"], kind, "at {caller}: {frame:#}");
            frame
        }
    }

    /// Reads `hello`, resumes after `version`, and answers the frames up to `resumed`.
    pub(crate) async fn resume(&mut self, version: i64) -> Vec<Value> {
        self.expect("hello").await;
        self.resume_part(version).await.0
    }

    /// Resumes after `version`; answers the frames before `resumed`, and that one.
    pub(crate) async fn resume_part(&mut self, version: i64) -> (Vec<Value>, Value) {
        self.send(json!({"type": "resume", "after": version})).await;
        let mut frames = Vec::new();
        loop {
            let frame = self.next().await;
            if frame["type"] == "resumed" {
                assert_eq!(frame["count"], frames.len(), "{frames:#?}");
                return (frames, frame);
            }
            // Somebody's coming belongs to no inbox: it may come in between.
            if frame["type"] != "presence" {
                frames.push(frame);
            }
        }
    }

    /// The code with which the server closes, after whatever frames come before.
    pub(crate) async fn close_code(&mut self) -> Option<u16> {
        while let Some(message) = self.message().await {
            if let Message::Close(frame) = message {
                return frame.map(|frame| frame.code.into());
            }
        }
        None
    }
}
