//! Which implementation of TLS a process uses.

/// Names ring, once a process: the object store's client asks for a choice, and makes none itself. Called
/// again, the first choice stays.
pub fn choose_provider() {
    // An error says that the choice is made.
    let _ = rustls::crypto::ring::default_provider().install_default();
}
