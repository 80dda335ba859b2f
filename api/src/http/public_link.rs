//! Whole addresses of what this server answers with.

use shared::config::Config;

/// The address of `path`, which begins with a slash, as the outside calls it: under `PUBLIC_URL`.
#[must_use]
pub fn public_link(config: &Config, path: &str) -> String {
    let mut base = config.public_url();
    base.set_query(None);
    base.set_fragment(None);
    format!("{}{path}", base.as_str().trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_begin_with_the_public_address() {
        for (public_url, link) in [
            ("http://127.0.0.1:8000", "http://127.0.0.1:8000/media/x"),
            ("https://kith.example/", "https://kith.example/media/x"),
            ("https://example.org/kith/?from=mail#top", "https://example.org/kith/media/x"),
        ] {
            let mut config = Config::default();
            config.server.public_url = public_url.parse().ok();
            assert_eq!(public_link(&config, "/media/x"), link);
        }
    }
}
