//! Conversations with a scripted server on loopback.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::*;

const TOKEN: &str = "0f3a5b7c0f3a5b7c0f3a5b7c0f3a5b7c0f3a5b7c0f3a5b7c0f3a5b7c0f3a5b7c";

/// What the server heard: the lines of one connection after the other.
type Heard = Arc<Mutex<Vec<Vec<String>>>>;

/// A server that answers `250 ok` wherever it can, but to lines that begin with `line` says `answer`;
/// an empty one leaves the client waiting, on the first connection alone.
struct Script {
    line: &'static str,
    answer: &'static str,
}

impl Script {
    async fn start(self) -> (SocketAddr, Heard) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, heard) = (listener.local_addr().unwrap(), Heard::default());
        let script = Arc::new(self);
        let lines = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = lines.lock().unwrap().len();
                lines.lock().unwrap().push(Vec::new());
                tokio::spawn(Arc::clone(&script).converse(stream, number, Arc::clone(&lines)));
            }
        });
        (address, heard)
    }

    async fn converse(self: Arc<Self>, stream: TcpStream, number: usize, heard: Heard) {
        let (reader, mut writer) = stream.into_split();
        let mut lines = BufReader::new(reader).lines();
        let mut in_message = false;
        let _ = writer.write_all(b"220 ready\r\n").await;
        while let Ok(Some(line)) = lines.next_line().await {
            heard.lock().unwrap()[number].push(line.clone());
            if in_message && line != "." {
                continue;
            }
            in_message = line == "DATA";
            let answer = match line.as_str() {
                line if line.starts_with(self.line) && (number == 0 || !self.answer.is_empty()) => self.answer,
                line if line.starts_with("EHLO") => "250-here\r\n250 AUTH PLAIN",
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                _ => "250 ok",
            };
            if !answer.is_empty() {
                let _ = writer.write_all(format!("{answer}\r\n").as_bytes()).await;
            }
        }
    }
}

fn mail() -> Mail {
    Mail {
        to: "parisa@example.org".to_owned(),
        message_id: "<0f3a.17@kith>".to_owned(),
        subject: "Activate your account".to_owned(),
        text: format!("http://localhost/activate/{TOKEN}\n"),
        html: "<p>سلام</p>".to_owned(),
        unsubscribe: None,
    }
}

fn mailer(server: Server) -> SmtpMailer {
    SmtpMailer::new(server, "Kith <kith@localhost>".parse().unwrap(), Duration::from_secs(10))
}

/// Sends one mail to a server that says `answer` to `line`.
async fn sent(credentials: &str, line: &'static str, answer: &'static str) -> (Result<(), MailError>, Vec<String>) {
    let (address, heard) = Script { line, answer }.start().await;
    let result = mailer(format!("smtp://{credentials}{address}").parse().unwrap()).send(&mail()).await;
    let lines = heard.lock().unwrap()[0].clone();
    (result, lines)
}

#[tokio::test]
async fn an_accepted_mail_has_left_as_it_was_written() {
    let (result, lines) = sent("", "NOTHING", "").await;
    result.unwrap();
    for line in ["MAIL FROM:<kith@localhost>", "RCPT TO:<parisa@example.org>", "Message-ID: <0f3a.17@kith>", "."] {
        assert!(lines.iter().any(|heard| heard == line), "{line} in {lines:#?}");
    }
}

#[tokio::test]
async fn credentials_are_given_first() {
    let (result, lines) = sent("ann:s3cret@", "NOTHING", "").await;
    result.unwrap();
    assert_eq!(lines[1], "AUTH PLAIN AGFubgBzM2NyZXQ=");
}

#[tokio::test]
async fn a_refused_receiver_is_permanent() {
    let (result, _) = sent("", "RCPT", "550 5.1.1 no such user").await;
    let error = result.unwrap_err();
    assert!(matches!(error, MailError::Permanent(_)), "{error}");
    assert!(error.to_string().ends_with("550 5.1.1 no such user"), "{error}");
}

#[tokio::test]
async fn a_server_that_refuses_the_sender_or_wants_credentials_first_refuses_no_mail() {
    for (line, answer) in [
        ("MAIL", "530 5.7.0 Authentication required"),
        ("MAIL", "553 5.7.1 Sender address rejected: not owned by you"),
        ("RCPT", "530 5.7.0 Authentication required"),
    ] {
        let (result, _) = sent("", line, answer).await;
        let error = result.unwrap_err();
        assert!(matches!(error, MailError::Temporary(_)), "{line}: {error}");
    }
}

#[tokio::test]
async fn a_deferred_receiver_is_temporary() {
    let (result, _) = sent("", "RCPT", "451 4.7.1 greylisted").await;
    let error = result.unwrap_err();
    assert!(matches!(error, MailError::Temporary(_)), "{error}");
    assert!(error.to_string().ends_with("451 4.7.1 greylisted"), "{error}");
}

#[tokio::test]
async fn a_refusal_tells_no_token() {
    let answer = "554-5.7.1 bad link: <http://localhost/activate/0f3a5b7c0f3a5b7c0f3a5b7c0f3a5b7c\
                  0f3a5b7c0f3a5b7c0f3a5b7c0f3a5b7c>,\r\n554 5.7.1 see our policy";
    let (result, _) = sent("", ".", answer).await;
    let error = result.unwrap_err();
    assert!(matches!(error, MailError::Permanent(_)), "{error}");
    let error = error.to_string();
    assert!(error.contains("bad link") && error.ends_with("see our policy"), "{error}");
    assert!(!error.contains("0f3a5b7c"), "{error}");
}

#[tokio::test]
async fn refused_credentials_are_no_refusal_of_the_mail_and_are_not_told() {
    let (result, _) = sent("ann:s3cret@", "AUTH", "535 5.7.8 wrong: s3cret AGFubgBzM2NyZXQ=").await;
    let error = result.unwrap_err();
    assert!(matches!(error, MailError::Temporary(_)), "{error}");
    let error = error.to_string();
    assert!(error.contains("535"), "{error}");
    assert!(!error.contains("s3cret") && !error.contains("AGFu"), "{error}");
}

#[tokio::test]
async fn without_starttls_a_server_elsewhere_hears_no_password() {
    let (address, heard) = Script { line: "NOTHING", answer: "" }.start().await;
    let mut server: Server = format!("smtp://ann:s3cret@{address}").parse().unwrap();
    server.tls = "smtp://ann:s3cret@mail.example".parse::<Server>().unwrap().tls;

    let error = mailer(server).send(&mail()).await.unwrap_err();
    assert!(matches!(error, MailError::Temporary(_)), "{error}");
    assert!(heard.lock().unwrap()[0].iter().all(|line| line.starts_with("EHLO")));
}

#[tokio::test]
async fn an_address_beyond_ascii_needs_a_server_that_takes_it() {
    let (address, _) = Script { line: "NOTHING", answer: "" }.start().await;
    let mail = Mail { to: "پریسا@example.org".to_owned(), ..mail() };
    let error = mailer(format!("smtp://{address}").parse().unwrap()).send(&mail).await.unwrap_err();
    assert!(matches!(error, MailError::Permanent(_)), "{error}");
}

#[tokio::test]
async fn a_server_that_is_away_is_temporary() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = mailer(format!("smtp://{address}").parse().unwrap()).send(&mail()).await.unwrap_err();
    assert!(matches!(error, MailError::Temporary(_)), "{error}");
}

#[tokio::test]
async fn mails_share_a_connection() {
    let (address, heard) = Script { line: "NOTHING", answer: "" }.start().await;
    let mailer = mailer(format!("smtp://{address}").parse().unwrap());
    for _ in 0..3 {
        mailer.send(&mail()).await.unwrap();
    }
    assert_eq!(heard.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_connection_that_ended_early_is_not_used_again() {
    let (address, heard) = Script { line: ".", answer: "" }.start().await;
    let mut mailer = mailer(format!("smtp://{address}").parse().unwrap());
    mailer.patience = Duration::from_millis(300);

    let error = mailer.send(&mail()).await.unwrap_err();
    assert!(matches!(error, MailError::Temporary(_)), "{error}");

    mailer.patience = Duration::from_secs(10);
    mailer.send(&mail()).await.unwrap();
    let heard = heard.lock().unwrap();
    assert_eq!(heard.len(), 2);
    assert_eq!(heard[0].last().map(String::as_str), Some("."), "not even a QUIT: its answer is not to be trusted");
}
