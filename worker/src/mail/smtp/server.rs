//! The server that `SMTP_URL` names, and how a connection to it begins: encryption, then credentials.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{Error, SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT};
use shared::ports::mail::MailError;
use shared::tls::Authority;
use url::{Host, Url};

use super::told;

/// How long one of the server's addresses may take to connect: a dead one leaves time for the next.
const CONNECT: Duration = Duration::from_secs(10);

/// An SMTP server and what it takes to use it.
#[derive(Clone)]
pub struct Server {
    host: String,
    port: u16,
    pub(super) tls: Tls,
    credentials: Option<Credentials>,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

/// What was given names no server. Says nothing of a password.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// No address at all.
    #[error(transparent)]
    Malformed(#[from] url::ParseError),
    /// Another scheme, or no host.
    #[error("must look like smtp://user:password@host:587 or smtps://host")]
    Shape,
    /// A user without a password, or the reverse.
    #[error("a user and a password come together")]
    HalfCredentials,
    /// The user or the password is not percent-encoded UTF-8.
    #[error("the user and the password are percent-encoded: write % as %25, @ as %40, : as %3A")]
    Encoding,
    /// A path, a query or a fragment; what it was meant to change would not change.
    #[error("nothing may follow the port")]
    Trailing,
    /// TLS can't be set up.
    #[error(transparent)]
    Tls(#[from] Error),
}

impl FromStr for Server {
    type Err = ServerError;

    /// Reads the address of a server whose certificate is signed by somebody whom everybody trusts.
    fn from_str(text: &str) -> Result<Self, ServerError> {
        Self::new(text, None)
    }
}

impl Server {
    /// Reads `smtp://` (STARTTLS) and `smtps://` (TLS from the first byte) addresses. Without a port:
    /// 465 for `smtps`, 587 to submit with credentials, 25 without. `authority` may have signed the
    /// server's certificate; where one is named, nothing is sent without a certificate that proves true.
    ///
    /// `lettre`'s own reader would not do: its `smtp://` never encrypts, and sends a password so.
    ///
    /// # Errors
    /// The address is none, or has more in it than is looked at.
    pub fn new(text: &str, authority: Option<&Authority>) -> Result<Self, ServerError> {
        let url = Url::parse(text)?;
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(ServerError::Trailing);
        }
        // The host of such a scheme is not looked into by `Url`: 127.0.0.1 would be a name.
        let host = match url.host().ok_or(ServerError::Shape)? {
            Host::Domain(name) => Host::parse(name)?,
            address => address.to_owned(),
        };
        let credentials = match (decoded(url.username())?, decoded(url.password().unwrap_or_default())?) {
            (user, password) if user.is_empty() && password.is_empty() => None,
            (user, password) if user.is_empty() || password.is_empty() => return Err(ServerError::HalfCredentials),
            (user, password) => Some(Credentials::new(user, password)),
        };
        let (loopback, host) = match host {
            Host::Domain(name) => (name == "localhost", name),
            Host::Ipv4(address) => (address.is_loopback(), address.to_string()),
            Host::Ipv6(address) => (address.is_loopback(), address.to_string()),
        };
        let (port, tls) = match url.scheme() {
            "smtps" => (SUBMISSIONS_PORT, Tls::Wrapper(verified(&host, authority)?)),
            "smtp" => {
                let port = if credentials.is_none() { SMTP_PORT } else { SUBMISSION_PORT };
                let clear = authority.is_none() && (credentials.is_none() || loopback);
                let tls = if clear {
                    Tls::Opportunistic(unverified(&host)?)
                } else {
                    Tls::Required(verified(&host, authority)?)
                };
                (port, tls)
            }
            _ => return Err(ServerError::Shape),
        };
        Ok(Self { port: url.port().unwrap_or(port), host, tls, credentials })
    }

    /// A connection that is ready for a mail.
    ///
    /// # Errors
    /// Always temporary: whatever the server says before it hears of a mail, a wrong password too, is
    /// no refusal of the mail.
    pub(super) async fn connect(&self) -> Result<AsyncSmtpConnection, MailError> {
        let not_now = |error: Error| MailError::Temporary(told(&error));
        let address = (self.host.as_str(), self.port);
        let hello = ClientId::default();
        let wrapper = if let Tls::Wrapper(tls) = &self.tls { Some(tls.clone()) } else { None };
        let mut connection = AsyncSmtpConnection::connect_tokio1(address, Some(CONNECT), &hello, wrapper, None)
            .await
            .map_err(not_now)?;
        match &self.tls {
            Tls::Required(tls) => connection.starttls(tls.clone(), &hello).await.map_err(not_now)?,
            Tls::Opportunistic(tls) if connection.can_starttls() => {
                connection.starttls(tls.clone(), &hello).await.map_err(not_now)?;
            }
            _ => {}
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await.map_err(|error| match error.status() {
                // The code alone: a server may quote what it was told.
                Some(code) => MailError::Temporary(format!("the server refuses the credentials: {code}")),
                None => not_now(error),
            })?;
        }
        Ok(connection)
    }
}

/// The name and the chain of the certificate are looked at.
fn verified(host: &str, authority: Option<&Authority>) -> Result<TlsParameters, Error> {
    let mut builder = TlsParameters::builder(host.to_owned());
    for certificate in authority.into_iter().flat_map(Authority::certificates) {
        builder = builder.add_root_certificate(Certificate::from_der(certificate.to_vec())?);
    }
    builder.build()
}

/// Where a server without STARTTLS would be written to in clear, a certificate that can't be checked,
/// such as a local relay makes for itself, is still better than none (RFC 7435).
fn unverified(host: &str) -> Result<TlsParameters, Error> {
    TlsParameters::builder(host.to_owned())
        .dangerous_accept_invalid_certs(true)
        .dangerous_accept_invalid_hostnames(true)
        .build()
}

/// Undoes percent-encoding.
fn decoded(text: &str) -> Result<String, ServerError> {
    let mut pieces = text.split('%');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let (digits, plain) = piece.split_at_checked(2).ok_or(ServerError::Encoding)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(ServerError::Encoding);
        }
        bytes.push(u8::from_str_radix(digits, 16).map_err(|_| ServerError::Encoding)?);
        bytes.extend(plain.bytes());
    }
    String::from_utf8(bytes).map_err(|_| ServerError::Encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(text: &str) -> Server {
        text.parse().unwrap()
    }

    #[test]
    fn ports_are_the_usual_ones_unless_given() {
        for (text, host, port) in [
            ("smtp://mail.example", "mail.example", 25),
            ("smtp://ann:secret@mail.example", "mail.example", 587),
            ("smtps://ann:secret@mail.example/", "mail.example", 465),
            ("smtp://ann:secret@127.0.0.1:2525", "127.0.0.1", 2525),
            ("smtp://[::1]:2525", "::1", 2525),
            ("smtp://پست.example", "xn--pgbr8t.example", 25),
        ] {
            let server = server(text);
            assert_eq!((server.host.as_str(), server.port), (host, port), "{text}");
        }
    }

    #[test]
    fn a_password_leaves_this_machine_encrypted_only() {
        for text in ["smtp://ann:secret@mail.example", "smtp://ann:secret@192.0.2.1:25", "smtp://a:b@localhost.evil"] {
            assert!(matches!(server(text).tls, Tls::Required(_)), "{text}");
        }
        for text in
            ["smtp://mail.example", "smtp://ann:secret@127.0.0.1", "smtp://ann:secret@[::1]", "smtp://a:b@LOCALHOST"]
        {
            assert!(matches!(server(text).tls, Tls::Opportunistic(_)), "{text}");
        }
        assert!(matches!(server("smtps://ann:secret@127.0.0.1").tls, Tls::Wrapper(_)));
    }

    #[test]
    fn credentials_are_percent_decoded() {
        let expected = Credentials::new("ann@example.org".to_owned(), "50%:گذر+/".to_owned());
        let server = server("smtp://ann%40example.org:50%25%3A%DA%AF%D8%B0%D8%B1+%2f@mail.example");
        assert_eq!(server.credentials, Some(expected));
    }

    #[test]
    fn what_can_not_be_used_is_refused_and_not_quoted() {
        for text in [
            "smtp://",
            "smtp://ann:s3cret@",
            "smtp:s3cret",
            "http://ann:s3cret@mail.example",
            "smtp://s3cret@mail.example",
            "smtp://:s3cret@mail.example",
            "smtp://ann:s3cret%@mail.example",
            "smtp://ann:s3cret%+f@mail.example",
            "smtp://ann:s3cret%ff@mail.example",
            "smtp://ann:s3cret@mail.example?tls=required",
            "smtp://ann:s3cret@mail.example/hello",
            "smtp://ann:s3cret@mail.example:port",
            "smtp://ann:s3cret@mail example",
        ] {
            let error = text.parse::<Server>().unwrap_err();
            assert!(!format!("{error} {error:?}").contains("s3cret"), "{text}: {error}");
        }
        assert!(!format!("{:?}", server("smtp://ann:s3cret@mail.example")).contains("s3cret"));
    }
}
