//! Certificates of one test.

use std::path::{Path, PathBuf};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};

/// An authority that signs certificates of servers, in a folder.
pub(super) struct Signer<'a> {
    folder: &'a Path,
    name: &'static str,
    issuer: Issuer<'static, KeyPair>,
}

impl<'a> Signer<'a> {
    pub(super) fn new(folder: &'a Path, name: &'static str) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.self_signed(&key).expect("a certificate");
        std::fs::write(folder.join(name), certificate.pem()).expect("a file");
        Self { folder, name, issuer: Issuer::new(params, key) }
    }

    /// The file with its own certificate.
    pub(super) fn path(&self) -> PathBuf {
        self.folder.join(self.name)
    }

    /// A certificate for a server of a name, and its key.
    pub(super) fn sign(&self, name: &str) -> (PathBuf, PathBuf) {
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new([name.to_owned()]).expect("a name");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        let paths = (self.folder.join(format!("{name}.pem")), self.folder.join(format!("{name}.key")));
        std::fs::write(&paths.0, certificate.pem()).expect("a file");
        std::fs::write(&paths.1, key.serialize_pem()).expect("a file");
        paths
    }
}
