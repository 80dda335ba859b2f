//! A socket client.

use std::net::SocketAddr;

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::Request;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::PATIENCE;

/// An open socket of the v1 gateway.
pub(crate) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
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
        match connect_async(request).await {
            Ok((stream, _)) => Ok(Self { stream }),
            Err(tokio_tungstenite::tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("no handshake: {error}"),
        }
    }

    pub(crate) async fn send(&mut self, frame: Value) {
        self.send_raw(Message::text(frame.to_string())).await;
    }

    pub(crate) async fn send_raw(&mut self, message: Message) {
        self.stream.send(message).await.expect("the frame leaves");
    }

    async fn message(&mut self) -> Option<Message> {
        let next = tokio::time::timeout(PATIENCE, self.stream.next()).await.expect("a frame in time");
        next.and_then(Result::ok)
    }

    /// The next frame, whatever it is.
    pub(crate) async fn next(&mut self) -> Value {
        loop {
            match self.message().await {
                Some(Message::Text(text)) => return serde_json::from_str(&text).expect("JSON"),
                Some(Message::Ping(_) | Message::Pong(_)) => {}
                other => panic!("a frame, not {other:?}"),
            }
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
        self.send(json!({"type": "resume", "after": version})).await;
        let mut frames = Vec::new();
        loop {
            let frame = self.next().await;
            if frame["type"] == "resumed" {
                assert_eq!(frame["count"], frames.len(), "{frames:#?}");
                return frames;
            }
            frames.push(frame);
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
