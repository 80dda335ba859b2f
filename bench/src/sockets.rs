//! A thin WebSocket client: what the v1 gateway needs of RFC 6455, in one small buffer a socket.

use std::net::{Ipv4Addr, SocketAddr};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

use crate::Failure;

pub(crate) const TEXT: u8 = 0x1;
const CLOSE: u8 = 0x8;
const PING: u8 = 0x9;
const PONG: u8 = 0xa;
/// Bit of a frame that ends its message.
const FINAL: u8 = 0x80;
/// Bit of a frame that bears a mask, as all of a client do.
const MASKED: u8 = 0x80;
/// The longest payload that is sent, in bytes: one byte tells its length.
const LONGEST_SENT: usize = 125;

/// An open socket.
#[derive(Debug)]
pub(crate) struct Socket {
    stream: TcpStream,
    /// What was received; up to `read` it has been looked at.
    received: Vec<u8>,
    read: usize,
}

impl Socket {
    /// Opens a v1 socket of whoever shows `token`, from the address `from`, with room for `buffer`
    /// bytes at once.
    pub(crate) async fn open(api: SocketAddr, from: Ipv4Addr, token: &str, buffer: usize) -> Result<Self, Failure> {
        let socket = TcpSocket::new_v4()?;
        socket.bind((from, 0).into())?;
        let mut stream = socket.connect(api).await?;
        stream.set_nodelay(true)?;
        let request = format!(
            "GET /api/v1/ws HTTP/1.1\r\nHost: kith\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: a2l0aC1iZW5jaC1zb2NrZQ==\r\n\
             Authorization: Bearer {token}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await?;
        let mut socket = Self { stream, received: Vec::with_capacity(buffer), read: 0 };
        loop {
            socket.receive().await?;
            let end = socket.received.windows(4).position(|bytes| bytes == b"\r\n\r\n");
            if let Some(end) = end {
                socket.read = end + 4;
                break;
            }
        }
        if !socket.received.starts_with(b"HTTP/1.1 101 ") {
            return Err(format!("a socket was refused: {}", String::from_utf8_lossy(&socket.received)).into());
        }
        Ok(socket)
    }

    /// Reads `hello`, resumes from the version that it names, and returns when the socket is live.
    pub(crate) async fn go_live(&mut self) -> Result<(), Failure> {
        let hello = self.text().await?;
        let version = number_after(hello, b"\"version\":").ok_or("a hello without a version")?;
        self.send(TEXT, format!(r#"{{"type":"resume","after":{version}}}"#).as_bytes()).await?;
        let resumed = self.text().await?;
        if !resumed.starts_with(br#"{"type":"resumed""#) {
            return Err(format!("expected resumed: {}", String::from_utf8_lossy(resumed)).into());
        }
        Ok(())
    }

    /// The next text; pings are answered meanwhile.
    pub(crate) async fn text(&mut self) -> Result<&[u8], Failure> {
        loop {
            let Some(frame) = Frame::parse(&self.received[self.read..])? else {
                self.receive().await?;
                continue;
            };
            let payload = self.read + frame.payload.start..self.read + frame.payload.end;
            self.read = payload.end;
            match frame.code {
                TEXT => return Ok(&self.received[payload]),
                PING => {
                    let payload = self.received[payload].to_vec();
                    self.send(PONG, &payload).await?;
                }
                PONG => {}
                CLOSE => return Err(close_reason(&self.received[payload]).into()),
                code => return Err(format!("a frame of kind {code} that the gateway does not send").into()),
            }
        }
    }

    /// Gives back what its buffer holds beyond what is still to be read.
    pub(crate) fn shrink(&mut self) {
        self.received.drain(..self.read);
        self.read = 0;
        self.received.shrink_to_fit();
    }

    async fn receive(&mut self) -> Result<(), Failure> {
        if self.read > 0 {
            self.received.drain(..self.read);
            self.read = 0;
        }
        if self.stream.read_buf(&mut self.received).await? == 0 {
            return Err("the API dropped a socket".into());
        }
        Ok(())
    }

    pub(crate) async fn send(&mut self, code: u8, payload: &[u8]) -> Result<(), Failure> {
        let length = u8::try_from(payload.len()).ok().filter(|length| usize::from(*length) <= LONGEST_SENT);
        let length = length.ok_or("a frame longer than this client sends")?;
        // A mask of zeros is one: it guards proxies, of which there is none here.
        let mut frame = vec![FINAL | code, MASKED | length, 0, 0, 0, 0];
        frame.extend_from_slice(payload);
        Ok(self.stream.write_all(&frame).await?)
    }
}

fn close_reason(payload: &[u8]) -> String {
    match payload {
        [high, low, text @ ..] => {
            let code = u16::from_be_bytes([*high, *low]);
            format!("the API closed a socket: {code} {}", String::from_utf8_lossy(text))
        }
        _ => "the API closed a socket".to_owned(),
    }
}

/// A frame of a server, which bears no mask.
#[derive(Debug, PartialEq, Eq)]
struct Frame {
    code: u8,
    payload: std::ops::Range<usize>,
}

impl Frame {
    /// Reads it, once it is complete.
    fn parse(bytes: &[u8]) -> Result<Option<Self>, Failure> {
        let (start, length) = match bytes {
            [first, ..] if first & FINAL == 0 => {
                return Err("a message in parts, which the gateway does not send".into());
            }
            [_, 127, rest @ ..] => match rest.first_chunk() {
                Some(length) => (10, usize::try_from(u64::from_be_bytes(*length))?),
                None => return Ok(None),
            },
            [_, 126, high, low, ..] => (4, usize::from(u16::from_be_bytes([*high, *low]))),
            [_, length @ ..=125, ..] => (2, usize::from(*length)),
            _ => return Ok(None),
        };
        let end = start + length;
        Ok((bytes.len() >= end).then(|| Self { code: bytes[0] & 0x0f, payload: start..end }))
    }
}

/// The number that follows the first `key` in a JSON text.
pub(crate) fn number_after(text: &[u8], key: &[u8]) -> Option<i64> {
    let at = text.windows(key.len()).position(|bytes| bytes == key)? + key.len();
    let digits = text[at..].iter().take_while(|byte| byte.is_ascii_digit());
    let mut number = None;
    for digit in digits {
        number = Some(number.unwrap_or(0_i64).checked_mul(10)?.checked_add(i64::from(digit - b'0'))?);
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_each_length_are_read_once_they_are_complete() {
        for length in [0_usize, 125, 126, 65_535, 65_536] {
            let mut bytes = match length {
                0..=125 => vec![FINAL | TEXT, u8::try_from(length).expect("fits")],
                126..=65_535 => vec![FINAL | TEXT, 126],
                _ => vec![FINAL | TEXT, 127],
            };
            match length {
                0..=125 => {}
                126..=65_535 => bytes.extend(u16::try_from(length).expect("fits").to_be_bytes()),
                _ => bytes.extend((length as u64).to_be_bytes()),
            }
            let start = bytes.len();
            bytes.resize(start + length, b'x');
            let frame = Frame::parse(&bytes).expect("reads");
            assert_eq!(frame, Some(Frame { code: TEXT, payload: start..start + length }));
            assert_eq!(Frame::parse(&bytes[..bytes.len() - 1]).expect("reads"), None);
        }
    }

    #[test]
    fn numbers_are_found_behind_their_keys() {
        let text = br#"{"version":17,"notification":{"request_id":42}}"#;
        assert_eq!(number_after(text, b"\"version\":"), Some(17));
        assert_eq!(number_after(text, b"\"request_id\":"), Some(42));
        assert_eq!(number_after(text, b"\"actor\":"), None);
        assert_eq!(number_after(br#"{"request_id":null}"#, b"\"request_id\":"), None);
    }
}
