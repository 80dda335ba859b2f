//! Where the API listens, what it is called from outside, and how it logs.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use tracing::level_filters::LevelFilter;
use url::Url;

use super::{ConfigError, Environment, ProxyRange};

/// `[server]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerConfig {
    /// Where the API listens (`KITH_BIND`); port 0 picks one.
    pub bind: SocketAddr,
    /// Where the API shows metrics and its health (`KITH_METRICS_BIND`), by default
    /// [`Self::METRICS_BIND`]; port 0 picks one.
    pub metrics_bind: Option<SocketAddr>,
    /// Folder of the embedded mode (`KITH_DATA`).
    pub data: PathBuf,
    /// What links in mails begin with (`PUBLIC_URL`); by default the address it listens on.
    pub public_url: Option<Url>,
    /// Origins of frontends hosted elsewhere (`KITH_ALLOWED_ORIGINS`, separated by commas).
    pub allowed_origins: Vec<String>,
    /// Proxies that may set `X-Forwarded-For`: addresses and ranges (`KITH_TRUSTED_PROXIES`, separated by commas).
    pub trusted_proxies: Vec<ProxyRange>,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from(([127, 0, 0, 1], 8000)),
            metrics_bind: None,
            data: PathBuf::from("data"),
            public_url: None,
            allowed_origins: Vec::new(),
            trusted_proxies: Vec::new(),
        }
    }
}

impl ServerConfig {
    pub(super) fn apply(&mut self, environment: &Environment) -> Result<(), ConfigError> {
        self.bind = environment.address("KITH_BIND")?.unwrap_or(self.bind);
        self.metrics_bind = environment.address("KITH_METRICS_BIND")?.or(self.metrics_bind);
        if self.metrics_bind.is_some_and(|metrics| overlap(metrics, self.bind)) {
            let reason = format!("people are served at {} (KITH_BIND), and metrics are not for them", self.bind);
            return Err(ConfigError::invalid("KITH_METRICS_BIND", reason));
        }
        environment.set("KITH_DATA", &mut self.data)?;
        if let Some(url) = environment.get("PUBLIC_URL") {
            let reason = |error| format!("{error}; it is a whole address, such as https://kith.example.org");
            let url = Url::parse(url).map_err(|error| ConfigError::invalid("PUBLIC_URL", reason(error)))?;
            self.public_url = Some(url);
        }
        if let Some(url) = &self.public_url
            && !matches!(url.scheme(), "http" | "https")
        {
            return Err(ConfigError::invalid("PUBLIC_URL", "must begin with http:// or https://"));
        }
        if let Some(origins) = environment.get("KITH_ALLOWED_ORIGINS") {
            self.allowed_origins = origins.split(',').map(|origin| origin.trim().to_owned()).collect();
        }
        for origin in &self.allowed_origins {
            let valid = Url::parse(origin).is_ok_and(|url| url.origin().ascii_serialization() == *origin);
            if !valid {
                let reason = format!("{origin:?} is not an origin such as https://app.example.org");
                return Err(ConfigError::invalid("KITH_ALLOWED_ORIGINS", reason));
            }
        }
        if let Some(proxies) = environment.get("KITH_TRUSTED_PROXIES") {
            self.trusted_proxies = proxies
                .split(',')
                .map(|proxy| proxy.trim().parse())
                .collect::<Result<_, _>>()
                .map_err(|error: String| ConfigError::invalid("KITH_TRUSTED_PROXIES", error))?;
        }
        Ok(())
    }
}

impl ServerConfig {
    /// Where metrics are shown when nobody names a place.
    pub const METRICS_BIND: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8002);

    /// What links begin with.
    #[must_use]
    pub fn public_url(&self) -> Url {
        self.public_url.clone().unwrap_or_else(|| local_url(self.bind))
    }
}

/// Whether two listeners would be in each other's way.
fn overlap(one: SocketAddr, other: SocketAddr) -> bool {
    let (ip, other_ip) = (one.ip(), other.ip());
    one.port() != 0
        && one.port() == other.port()
        && (ip == other_ip || ip.is_unspecified() || other_ip.is_unspecified())
}

/// The address of `path`, which begins with a slash, under a public address, which may have a path itself.
#[must_use]
pub fn link_under(public_url: &Url, path: &str) -> String {
    let mut base = public_url.clone();
    base.set_query(None);
    base.set_fragment(None);
    format!("{}{path}", base.as_str().trim_end_matches('/'))
}

/// The address of a listener as a browser on the same machine reaches it.
fn local_url(bind: SocketAddr) -> Url {
    let host = if bind.ip().is_unspecified() { IpAddr::from([127, 0, 0, 1]) } else { bind.ip() };
    let address = SocketAddr::new(host, bind.port());
    // An address and a port always form a URL.
    Url::parse(&format!("http://{address}/")).unwrap_or_else(|_| unreachable!("{address} forms a URL"))
}

/// How log lines look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For machines, one object a line.
    Json,
}

/// `[log]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogConfig {
    /// A `tracing` filter (`RUST_LOG`).
    pub level: String,
    /// `text` or `json` (`KITH_LOG`).
    pub format: LogFormat,
}

impl Default for LogConfig {
    fn default() -> Self {
        Self { level: "info,sea_orm_migration=warn,sqlx=warn".to_owned(), format: LogFormat::Text }
    }
}

impl LogConfig {
    pub(super) fn apply(&mut self, environment: &Environment) -> Result<(), ConfigError> {
        environment.set("RUST_LOG", &mut self.level)?;
        // `tracing` takes a word alone that is no level for a target of which all is shown, and nothing else.
        let words = self.level.split(',').map(str::trim).filter(|word| !word.is_empty() && !word.contains(['=', '[']));
        for word in words {
            if word.parse::<LevelFilter>().is_err() {
                let reason = format!(
                    "{word:?} is not a level (error, warn, info, debug, trace, off); of a target it is {word}=trace"
                );
                return Err(ConfigError::invalid("RUST_LOG", reason));
            }
        }
        match environment.get("KITH_LOG") {
            None => {}
            Some("text") => self.format = LogFormat::Text,
            Some("json") => self.format = LogFormat::Json,
            Some(other) => {
                return Err(ConfigError::invalid("KITH_LOG", format!("{other:?} is neither text nor json")));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_begin_with_the_public_address() {
        for (public_url, link) in [
            ("http://127.0.0.1:8000", "http://127.0.0.1:8000/activate/0f3a"),
            ("https://kith.example/", "https://kith.example/activate/0f3a"),
            ("https://example.org/kith", "https://example.org/kith/activate/0f3a"),
            ("https://example.org/kith/?from=mail#top", "https://example.org/kith/activate/0f3a"),
        ] {
            assert_eq!(public_url.parse().map(|url| link_under(&url, "/activate/0f3a")), Ok(link.to_owned()));
        }
    }
}
