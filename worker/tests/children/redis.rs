//! A Redis of one test, to be hurt.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{PATIENCE, end};

/// A server on a port of its own; it keeps nothing on disk.
pub(crate) struct Redis {
    port: u16,
    folder: TempDir,
    server: Option<Child>,
}

impl Redis {
    /// A place for a server that does not run yet.
    pub(crate) fn away() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        Self { port, folder: tempfile::tempdir().expect("a scratch folder"), server: None }
    }

    /// A running server.
    pub(crate) fn start() -> Self {
        let mut redis = Self::away();
        redis.come();
        redis
    }

    /// Starts the server, empty, and waits until it answers.
    pub(crate) fn come(&mut self) {
        let port = self.port.to_string();
        let mut command = Command::new("redis-server");
        command.args(["--port", &port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir"]);
        command.arg(self.folder.path()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.server = Some(command.spawn().expect("redis-server starts"));
        let deadline = Instant::now() + PATIENCE;
        while self.try_command("PING").as_deref() != Some("+PONG") {
            assert!(Instant::now() < deadline, "redis-server never answered");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// SIGKILL: everything in it is gone.
    pub(crate) fn die(&mut self) {
        end(self.server.as_mut().expect("a running server"));
        self.server = None;
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// The first line of the answer to a command, its kind in front.
    pub(crate) fn command(&self, line: &str) -> String {
        let answer = self.try_command(line).expect("Redis answers");
        assert!(!answer.starts_with('-'), "{line}: {answer}");
        answer
    }

    /// A command that answers a number.
    pub(crate) fn number(&self, line: &str) -> u64 {
        let answer = self.command(line);
        answer.trim_start_matches(':').parse().expect("a number")
    }

    fn try_command(&self, line: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        stream.write_all(format!("{line}\r\n").as_bytes()).ok()?;
        let mut answer = String::new();
        BufReader::new(stream).read_line(&mut answer).ok()?;
        Some(answer.trim_end().to_owned())
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            end(server);
        }
    }
}
