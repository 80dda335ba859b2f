//! Which implementation of TLS a process uses, and whom its connections may trust.

use std::path::Path;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{Error as PemError, PemObject};

/// Names ring, once a process: the object store's client asks for a choice, and makes none itself. Called
/// again, the first choice stays.
pub fn choose_provider() {
    // An error says that the choice is made.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Certificates that a server's may be signed by, beside those that everybody trusts.
#[derive(Clone)]
pub struct Authority(Vec<CertificateDer<'static>>);

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Authority").field(&self.0.len()).finish()
    }
}

/// Why a file names nobody to trust.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// It can't be read.
    #[error(transparent)]
    Unreadable(#[from] std::io::Error),
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
        let pem = std::fs::read(path)?;
        let certificates: Result<Vec<_>, PemError> = CertificateDer::pem_slice_iter(&pem).collect();
        let certificates = certificates.map_err(|_| AuthorityError::Malformed)?;
        if certificates.is_empty() {
            return Err(AuthorityError::Empty);
        }
        let mut roots = RootCertStore::empty();
        for certificate in &certificates {
            roots.add(certificate.clone()).map_err(|_| AuthorityError::Malformed)?;
        }
        Ok(Self(certificates))
    }

    /// Each certificate, in DER form.
    pub fn certificates(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(AsRef::as_ref)
    }
}
