//! A real mail server of one test (aiosmtpd), on a port of its own: it takes mails, refuses them, holds
//! its answers, dies and comes back. The tests of the API share this module.

#![expect(clippy::expect_used, reason = "a test without its mail server has nothing to test")]
#![allow(dead_code, reason = "each suite uses a part of it")]

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpSocket;

/// Debian's own, which has Debian's packages, whatever else is called `python3` here.
const PYTHON: &str = "/usr/bin/python3";
const SCRIPT: &str = include_str!("server.py");

/// How connections are encrypted.
#[derive(Debug, Clone)]
pub(crate) struct Encryption {
    /// As in `smtps`; else STARTTLS, without which it takes no mail.
    pub(crate) from_the_first_byte: bool,
    /// PEM.
    pub(crate) certificate: PathBuf,
    /// PEM.
    pub(crate) key: PathBuf,
}

/// What a server asks of those who write to it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Demands {
    /// A name and a password, without which it takes no mail.
    pub(crate) credentials: Option<(&'static str, &'static str)>,
    pub(crate) encryption: Option<Encryption>,
}

/// When a server does something else than to take a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    /// At `MAIL FROM`.
    Mail,
    /// At `RCPT TO`.
    Recipient,
    /// In the middle of what follows `DATA`.
    Middle,
    /// When it has the whole of a mail.
    Content,
}

impl At {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Recipient => "recipient",
            Self::Middle => "middle",
            Self::Content => "content",
        }
    }
}

/// How many connections there have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Connections {
    pub(crate) all: u64,
    /// Open now.
    pub(crate) open: u64,
    /// Open at once at most.
    pub(crate) most: u64,
}

/// A mail that the server took.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    /// The number of its connection, from 1 with each start of the server.
    pub(crate) connection: u64,
    pub(crate) encrypted: bool,
    /// Who gave a password for it.
    pub(crate) user: Option<String>,
    pub(crate) from: String,
    pub(crate) to: Vec<String>,
    /// As it came.
    pub(crate) message: Vec<u8>,
}

impl Received {
    /// A header's value, as it stands there.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let text = String::from_utf8_lossy(&self.message);
        let (head, _) = text.split_once("\r\n\r\n")?;
        let head = head.replace("\r\n ", " ");
        let mut headers = head.lines().filter_map(|line| line.split_once(": "));
        headers.find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
    }

    pub(crate) fn message_id(&self) -> String {
        self.header("Message-ID").expect("a Message-ID")
    }

    /// The address that stands alone on a line, of a mail to somebody whose name is plain ASCII.
    pub(crate) fn link(&self) -> String {
        let text = String::from_utf8_lossy(&self.message);
        text.lines().find(|line| line.starts_with("http")).expect("a link").to_owned()
    }

    /// The token in its link.
    pub(crate) fn token(&self) -> String {
        self.link().rsplit_once('/').expect("a path").1.to_owned()
    }
}

/// A server; it ends with this value.
pub(crate) struct MailServer {
    address: SocketAddr,
    /// Bound and never listening: the port is this test's while its server is away.
    _port: TcpSocket,
    folder: TempDir,
    demands: Demands,
    running: Option<Running>,
}

struct Running {
    child: Child,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl MailServer {
    /// One that takes whatever comes.
    pub(crate) fn start() -> Self {
        Self::demanding(Demands::default())
    }

    /// One that makes demands.
    pub(crate) fn demanding(demands: Demands) -> Self {
        let mut server = Self::away(demands);
        server.come();
        server
    }

    /// A place for one that does not run yet.
    pub(crate) fn away(demands: Demands) -> Self {
        let port = TcpSocket::new_v4().expect("a socket");
        port.set_reuseaddr(true).expect("a port to share");
        port.bind(([127, 0, 0, 1], 0).into()).expect("a free port");
        let address = port.local_addr().expect("an address");
        let folder = tempfile::tempdir().expect("a scratch folder");
        Self { address, _port: port, folder, demands, running: None }
    }

    /// Starts it, and waits until it listens.
    pub(crate) fn come(&mut self) {
        let script = self.folder.path().join("server.py");
        std::fs::write(&script, SCRIPT).expect("the script is written");
        let mut settings = json!({"port": self.address.port(), "folder": self.folder.path()});
        if let Some((user, password)) = self.demands.credentials {
            settings["user"] = user.into();
            settings["password"] = password.into();
        }
        if let Some(encryption) = &self.demands.encryption {
            settings["certificate"] = json!(encryption.certificate);
            settings["key"] = json!(encryption.key);
            settings["from_the_first_byte"] = encryption.from_the_first_byte.into();
        }
        let python = if Path::new(PYTHON).exists() { PYTHON } else { "python3" };
        let mut command = Command::new(python);
        command.arg("-I").arg(script).arg(settings.to_string()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("python3 runs: the mail server of the tests is written in it");
        let commands = child.stdin.take().expect("piped");
        let answers = BufReader::new(child.stdout.take().expect("piped"));
        let running = self.running.insert(Running { child, commands, answers });
        assert_eq!(running.answer(), json!({"ready": true}), "the mail server of the tests does not start");
    }

    /// SIGKILL: whatever it was about to say is never said.
    pub(crate) fn die(&mut self) {
        let mut running = self.running.take().expect("a running server");
        running.end();
    }

    /// `smtp://` and where it listens.
    pub(crate) fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// Where it listens, or will.
    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// From now on it says `answer` at a stage, to recipients whose address begins so, `times` times or
    /// for good.
    pub(crate) fn say(&mut self, at: At, to: &str, answer: &str, times: Option<u32>) {
        self.rule(&json!({"at": at.as_str(), "to": to, "say": answer, "times": times}));
    }

    /// It hangs up at a stage, `times` times. At [`At::Content`] it has kept the mail by then.
    pub(crate) fn hang_up(&mut self, at: At, times: u32) {
        self.rule(&json!({"at": at.as_str(), "to": "", "cut": true, "times": times}));
    }

    /// It keeps the next mails and does not say so before [`Self::let_go`].
    pub(crate) fn hold(&mut self, times: u32) {
        self.rule(&json!({"at": At::Content.as_str(), "to": "", "hold": true, "times": times}));
    }

    /// It says what it has held back.
    pub(crate) fn let_go(&mut self) {
        self.command(&json!({"release": true}));
    }

    /// It takes whatever comes again.
    pub(crate) fn obey(&mut self) {
        self.command(&json!({"obey": true}));
    }

    /// Counted from its last start.
    pub(crate) fn connections(&mut self) -> Connections {
        let counts = self.command(&json!({}));
        let number = |name: &str| counts[name].as_u64().expect("a number");
        Connections { all: number("connections"), open: number("open"), most: number("most") }
    }

    /// Every mail that it has kept, since it first started, oldest first.
    pub(crate) fn mails(&self) -> Vec<Received> {
        let entries = std::fs::read_dir(self.folder.path()).expect("the folder");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        paths.sort();
        paths.iter().map(|path| read(path)).collect()
    }

    fn rule(&mut self, rule: &Value) {
        self.command(&json!({"rule": rule}));
    }

    fn command(&mut self, command: &Value) -> Value {
        let running = self.running.as_mut().expect("a running server");
        writeln!(running.commands, "{command}").expect("the server hears");
        running.answer()
    }
}

impl Running {
    fn answer(&mut self) -> Value {
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("the server's words");
        serde_json::from_str(&line).expect("the server answers")
    }

    fn end(&mut self) {
        // Refused when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

fn read(envelope: &Path) -> Received {
    let text = std::fs::read_to_string(envelope).expect("an envelope");
    let about: Value = serde_json::from_str(&text).expect("an envelope");
    let to = about["to"].as_array().expect("recipients").iter();
    Received {
        connection: about["connection"].as_u64().expect("a number"),
        encrypted: about["encrypted"].as_bool().expect("yes or no"),
        user: about["user"].as_str().map(str::to_owned),
        from: about["from"].as_str().expect("a sender").to_owned(),
        to: to.map(|to| to.as_str().expect("an address").to_owned()).collect(),
        message: std::fs::read(envelope.with_extension("eml")).expect("a mail"),
    }
}
