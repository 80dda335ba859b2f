//! Who signs the certificates of an operator's own mail servers.

use std::fmt;
use std::io;
use std::path::Path;

use lettre::transport::smtp::client::{Certificate, TlsParameters};

/// Certificates that a server's may be signed by, beside those that everybody trusts.
#[derive(Clone)]
pub struct Authority(pub(super) Certificate);

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority").finish_non_exhaustive()
    }
}

/// Why a file names nobody.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// It can't be read.
    #[error(transparent)]
    Unreadable(#[from] io::Error),
    /// There is nothing in it to trust.
    #[error("holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)")]
    Empty,
    /// What is in it is no certificate.
    #[error("holds a certificate that can't be read")]
    Malformed,
}

impl Authority {
    /// Reads every certificate of a PEM file.
    ///
    /// # Errors
    /// The file can't be read, or holds no certificate.
    pub fn read(path: &Path) -> Result<Self, AuthorityError> {
        Self::from_pem(&std::fs::read(path)?)
    }

    fn from_pem(pem: &[u8]) -> Result<Self, AuthorityError> {
        // Of a file without any, lettre would make an authority that trusts nobody, and say nothing.
        if !String::from_utf8_lossy(pem).contains("-----BEGIN CERTIFICATE-----") {
            return Err(AuthorityError::Empty);
        }
        let certificate = Certificate::from_pem(pem).map_err(|_| AuthorityError::Malformed)?;
        // What is between the lines is looked at only here.
        let trusted = TlsParameters::builder("localhost".to_owned()).add_root_certificate(certificate.clone());
        trusted.build().map_err(|_| AuthorityError::Malformed)?;
        Ok(Self(certificate))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_are_read_one_or_many() {
        let pem = || rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap().cert.pem();
        Authority::from_pem(pem().as_bytes()).unwrap();
        Authority::from_pem(format!("Subject: two of them\n{}\n{}", pem(), pem()).as_bytes()).unwrap();
    }

    #[test]
    fn what_is_no_certificate_is_told() {
        let key = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap().signing_key.serialize_pem();
        for none in ["", "nonsense", &key] {
            assert!(matches!(Authority::from_pem(none.as_bytes()), Err(AuthorityError::Empty)), "{none}");
        }
        let begun = "-----BEGIN CERTIFICATE-----\n";
        for broken in [begun.to_owned(), format!("{begun}AAAA\n-----END CERTIFICATE-----\n")] {
            assert!(matches!(Authority::from_pem(broken.as_bytes()), Err(AuthorityError::Malformed)), "{broken}");
        }
        assert!(matches!(Authority::read(Path::new("/nowhere/ca.pem")), Err(AuthorityError::Unreadable(_))));
    }
}
