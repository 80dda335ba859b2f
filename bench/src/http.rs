//! A thin HTTP/1.1 client: one connection that is kept, one request at a time, and of a response's head
//! no more than its status and its length.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::Failure;

/// What ends the head of a message.
const END_OF_HEAD: &[u8] = b"\r\n\r\n";

/// What a person's requests have in common, ready to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Headers(Vec<u8>);

impl Headers {
    /// Of a request without a body, by whoever shows `token`.
    pub(crate) fn new(token: &str) -> Self {
        let text = format!(" HTTP/1.1\r\nHost: kith\r\nAuthorization: Bearer {token}\r\nContent-Length: 0\r\n\r\n");
        Self(text.into_bytes())
    }
}

/// A connection that is kept.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    request: Vec<u8>,
    response: Vec<u8>,
}

impl Connection {
    /// Opens it.
    pub(crate) async fn open(address: SocketAddr) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, request: Vec::with_capacity(1_024), response: Vec::with_capacity(4_096) })
    }

    /// Posts to `path`, and fails with what was answered unless that is 200.
    pub(crate) async fn post(&mut self, path: &str, headers: &Headers) -> Result<(), Failure> {
        self.exchange("POST ", path, headers).await?;
        Ok(())
    }

    /// Gets `path`; answers the body, and fails with what was answered unless that is 200.
    pub(crate) async fn get(&mut self, path: &str, headers: &Headers) -> Result<&[u8], Failure> {
        let body = self.exchange("GET ", path, headers).await?;
        Ok(&self.response[body..])
    }

    /// Answers where the body begins in the response.
    async fn exchange(&mut self, method: &str, path: &str, headers: &Headers) -> Result<usize, Failure> {
        self.request.clear();
        self.request.extend_from_slice(method.as_bytes());
        self.request.extend_from_slice(path.as_bytes());
        self.request.extend_from_slice(&headers.0);
        self.stream.write_all(&self.request).await?;
        self.response.clear();
        loop {
            if self.stream.read_buf(&mut self.response).await? == 0 {
                return Err(format!("the API closed a connection at {path}").into());
            }
            let Some(head) = Head::parse(&self.response)? else { continue };
            if self.response.len() < head.length {
                continue;
            }
            if head.status == 200 {
                return Ok(head.body);
            }
            return Err(format!("{path}: {}", String::from_utf8_lossy(&self.response)).into());
        }
    }
}

/// What is read of a response's head.
#[derive(Debug, PartialEq, Eq)]
struct Head {
    status: u16,
    /// Where the body begins.
    body: usize,
    /// Of the whole message, in bytes.
    length: usize,
}

impl Head {
    /// Reads it, once it is complete.
    fn parse(message: &[u8]) -> Result<Option<Self>, Failure> {
        let Some(end) = message.windows(END_OF_HEAD.len()).position(|bytes| bytes == END_OF_HEAD) else {
            return Ok(None);
        };
        let head = std::str::from_utf8(&message[..end])?;
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let length = lines.find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
        });
        let body = end + END_OF_HEAD.len();
        match (status, length) {
            (Some(status), Some(length)) => Ok(Some(Self { status, body, length: body + length })),
            _ => Err(format!("a response that this client does not read:\n{head}").into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_once_it_is_complete() {
        let message = b"HTTP/1.1 200 OK\r\nContent-Type: x\r\ncontent-length: 5\r\n\r\nhello";
        assert_eq!(Head::parse(&message[..40]).expect("reads"), None);
        let head = Head::parse(message).expect("reads").expect("is complete");
        assert_eq!(head, Head { status: 200, body: message.len() - 5, length: message.len() });
    }

    #[test]
    fn a_message_of_unknown_length_is_refused() {
        assert!(Head::parse(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").is_err());
    }
}
