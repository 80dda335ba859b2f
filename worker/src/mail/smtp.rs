//! Mail through an SMTP server.
//!
//! Connections are lettre's and are kept here. Its own pool takes a connection back from an exchange
//! that was dropped half-way, and the next mail then reads the answers of the one before: it can
//! count as accepted and never have been. Nor does it bound how long an answer may take.

mod server;
#[cfg(test)]
mod tests;

use std::error::Error as _;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{self, Noop};
use lettre::transport::smtp::extension::{Extension, MailBodyParameter, MailParameter};
use lettre::{Address, Message};
use shared::ports::mail::{Mail, MailError, Mailer};

use super::message::Sender;
pub use server::{Server, ServerError};

/// How long a connection may wait for another mail; servers hang up after some minutes.
const LONGEST_IDLE: Duration = Duration::from_secs(30);
/// How many connections may wait for another mail.
const MOST_IDLE: usize = 8;
/// From this length on, a run of letters and digits in an answer may be a token.
const LONGEST_WORD: usize = 32;
/// Answers that ask for credentials or for encryption (RFC 4954), whatever mail they are given to: for the
/// operator to mend, while mails wait.
const ABOUT_AUTHENTICATION: [u16; 4] = [530, 534, 535, 538];
/// How many characters of an answer are told.
const LONGEST_ANSWER: usize = 300;

/// Hands mails to one server.
pub struct SmtpMailer {
    server: Server,
    sender: Sender,
    patience: Duration,
    /// Connections whose last exchange ended well, oldest first.
    idle: Mutex<Vec<(Instant, AsyncSmtpConnection)>>,
}

impl fmt::Debug for SmtpMailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpMailer").field("server", &self.server).finish_non_exhaustive()
    }
}

impl SmtpMailer {
    /// To `server`, from `sender`; an exchange that takes longer than `patience` has failed.
    /// Connects with the first mail.
    #[must_use]
    pub fn new(server: Server, sender: Sender, patience: Duration) -> Self {
        Self { server, sender, patience, idle: Mutex::default() }
    }

    /// Owns its connection until the server has accepted, so that whatever ends it early, a time-out
    /// too, closes the connection.
    async fn exchange(&self, mail: &Mail, message: &Message) -> Result<(), MailError> {
        let mut connection = self.connection().await?;
        let (envelope, message) = (message.envelope(), message.formatted());
        let mut parameters = Vec::new();
        let mut addresses = envelope.to().iter().chain(envelope.from());
        if addresses.any(|address: &Address| !AsRef::<str>::as_ref(address).is_ascii()) {
            if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
                let reason = if mail.to.is_ascii() { MailError::Temporary } else { MailError::Permanent };
                return Err(reason("the server takes no address with letters beyond ASCII".to_owned()));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !message.is_ascii() {
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        // Until here the server has heard nothing of this mail in particular: whatever it says is for the
        // operator to mend, while mails wait.
        let opened = connection.command(commands::Mail::new(envelope.from().cloned(), parameters)).await;
        opened.map_err(|error| MailError::Temporary(told(&error)))?;
        for receiver in envelope.to() {
            let told = connection.command(commands::Rcpt::new(receiver.clone(), Vec::new())).await;
            told.map_err(|error| refusal(&error))?;
        }
        connection.command(commands::Data).await.map_err(|error| refusal(&error))?;
        connection.message(&message).await.map_err(|error| refusal(&error))?;
        self.put_back(connection);
        Ok(())
    }

    async fn connection(&self) -> Result<AsyncSmtpConnection, MailError> {
        while let Some(mut connection) = self.take_idle() {
            // A server that hangs up may say so in answer to this, and politely: 221.
            if connection.command(Noop).await.is_ok_and(|answer| answer.has_code(250)) {
                return Ok(connection);
            }
        }
        self.server.connect().await
    }

    fn take_idle(&self) -> Option<AsyncSmtpConnection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|(since, _)| since.elapsed() < LONGEST_IDLE);
        idle.pop().map(|(_, connection)| connection)
    }

    fn put_back(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MOST_IDLE {
            idle.push((Instant::now(), connection));
        }
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let message = self.sender.message(mail)?;
        let result = tokio::time::timeout(self.patience, self.exchange(mail, &message)).await;
        result.unwrap_or_else(|_| {
            let seconds = self.patience.as_secs();
            Err(MailError::Temporary(format!("the mail server did not answer within {seconds} s")))
        })
    }
}

/// What a failure of a mail's own exchange means for the mail.
fn refusal(error: &Error) -> MailError {
    let told = told(error);
    let ours = error.status().is_some_and(|code| ABOUT_AUTHENTICATION.contains(&u16::from(code)));
    if error.is_permanent() && !ours { MailError::Permanent(told) } else { MailError::Temporary(told) }
}

/// What an operator may read of an error. A server may quote the mail, as a filter does that names
/// the link it dislikes, so long words are left out: one may be a token.
fn told(error: &Error) -> String {
    let text = match (error.status(), error.source()) {
        (Some(code), Some(answer)) => format!("{code} {answer}"),
        _ => error.to_string(),
    };
    let short = |piece: &&str| piece.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()).len() < LONGEST_WORD;
    text.split_inclusive(|c: char| !c.is_ascii_alphanumeric())
        .map(|piece| Some(piece).filter(short).unwrap_or("… "))
        .flat_map(str::chars)
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST_ANSWER)
        .collect()
}
