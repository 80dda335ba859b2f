//! Whom mails are handed to: a server of the right name, vouched for by somebody who is trusted, and
//! nobody else. Both ways to encrypt: from the first byte, and STARTTLS.

use std::path::Path;

use shared::ports::mail::{MailError, Mailer};
use shared::tls::{Authority, AuthorityError};

use super::certificates::Signer;
use super::{mail, mailer};
use crate::mail_server::{Demands, Encryption, MailServer};

const CREDENTIALS: (&str, &str) = ("ann", "s3cret");

/// A server that demands encryption, and credentials; and its address with them.
fn server(certificate: (std::path::PathBuf, std::path::PathBuf), from_the_first_byte: bool) -> (MailServer, String) {
    let (certificate, key) = certificate;
    let encryption = Encryption { from_the_first_byte, certificate, key };
    let server = MailServer::demanding(Demands { credentials: Some(CREDENTIALS), encryption: Some(encryption) });
    let scheme = if from_the_first_byte { "smtps" } else { "smtp" };
    let address = format!("{scheme}://ann:s3cret@127.0.0.1:{}", server.port());
    (server, address)
}

async fn refused(server: &MailServer, address: &str, authority: Option<&Path>) -> String {
    let error = mailer(address, authority).send(&mail(1)).await.expect_err("it is not trusted");
    assert!(matches!(error, MailError::Temporary(_)), "the operator may mend it: {error}");
    assert_eq!(server.mails().len(), 0);
    let error = error.to_string();
    assert!(!error.contains("s3cret"), "{error}");
    error
}

#[tokio::test]
async fn a_server_that_the_named_authority_vouches_for_gets_mails_encrypted_and_credentials() {
    for from_the_first_byte in [true, false] {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let signer = Signer::new(folder.path(), "ca.pem");
        let (server, address) = server(signer.sign("127.0.0.1"), from_the_first_byte);
        mailer(&address, Some(&signer.path())).send(&mail(1)).await.expect("it is trusted");
        let received = server.mails().remove(0);
        assert_eq!((received.encrypted, received.user.as_deref()), (true, Some("ann")));
        assert_eq!(
            (received.from.as_str(), received.to.as_slice()),
            ("kith@localhost", &["parisa@example.org".to_owned()][..])
        );
    }
}

#[tokio::test]
async fn another_authority_does_not_vouch_for_it() {
    for from_the_first_byte in [true, false] {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let (signer, other) = (Signer::new(folder.path(), "ca.pem"), Signer::new(folder.path(), "other.pem"));
        let (server, address) = server(signer.sign("127.0.0.1"), from_the_first_byte);
        let error = refused(&server, &address, Some(&other.path())).await;
        assert!(error.contains("certificate"), "{error}");
    }
}

#[tokio::test]
async fn a_certificate_for_another_name_is_none() {
    for from_the_first_byte in [true, false] {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let signer = Signer::new(folder.path(), "ca.pem");
        let (server, address) = server(signer.sign("mail.example"), from_the_first_byte);
        let error = refused(&server, &address, Some(&signer.path())).await;
        assert!(error.contains("certificate"), "{error}");
    }
}

#[tokio::test]
async fn without_its_authority_it_is_not_trusted_either() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let signer = Signer::new(folder.path(), "ca.pem");
    let (server, address) = server(signer.sign("127.0.0.1"), true);
    let error = refused(&server, &address, None).await;
    assert!(error.contains("certificate"), "{error}");
}

#[tokio::test]
async fn where_an_authority_is_named_nothing_is_said_in_clear() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let signer = Signer::new(folder.path(), "ca.pem");
    // As when somebody on the way has taken STARTTLS out.
    let server = MailServer::demanding(Demands { credentials: Some(CREDENTIALS), encryption: None });
    let address = format!("smtp://ann:s3cret@127.0.0.1:{}", server.port());
    let error = refused(&server, &address, Some(&signer.path())).await;
    assert!(error.contains("STARTTLS"), "{error}");
}

#[tokio::test]
async fn a_wrong_password_and_none_are_no_refusals_of_a_mail() {
    let server = MailServer::demanding(Demands { credentials: Some(CREDENTIALS), encryption: None });
    for credentials in ["ann:another@", ""] {
        let address = format!("smtp://{credentials}127.0.0.1:{}", server.port());
        let error = refused(&server, &address, None).await;
        assert!(!error.contains("another"), "{error}");
    }
}

#[test]
fn an_authority_is_one_certificate_or_many_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let read = |text: &str| {
        let path = folder.path().join("file.pem");
        std::fs::write(&path, text).expect("a file");
        Authority::read(&path)
    };
    let (one, other) = (Signer::new(folder.path(), "ca.pem"), Signer::new(folder.path(), "other.pem"));
    let pem = |signer: &Signer| std::fs::read_to_string(signer.path()).expect("a file");
    let certificates = |text: &str| read(text).expect("an authority").certificates().count();
    assert_eq!(certificates(&pem(&one)), 1);
    assert_eq!(certificates(&format!("Two of them:\n{}\n{}", pem(&one), pem(&other))), 2);

    let key = std::fs::read_to_string(one.sign("localhost").1).expect("a file");
    for none in ["", "nonsense", &key] {
        assert!(matches!(read(none), Err(AuthorityError::Empty)), "{none}");
    }
    let begun = "-----BEGIN CERTIFICATE-----\n";
    for broken in [begun.to_owned(), format!("{begun}AAAA\n-----END CERTIFICATE-----\n")] {
        assert!(matches!(read(&broken), Err(AuthorityError::Malformed)), "{broken}");
    }
    assert!(matches!(Authority::read(Path::new("/nowhere/ca.pem")), Err(AuthorityError::Unreadable(_))));
}
