//! Where traces go.

use serde::{Deserialize, Serialize};

use super::{ConfigError, Environment, server_address};

/// `[traces]`
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TracesConfig {
    /// A collector that takes OTLP over HTTP (`OTEL_EXPORTER_OTLP_ENDPOINT`), such as `http://127.0.0.1:4318`; without it
    /// nothing is traced. The other standard variables `OTEL_…` hold too (sampler, headers, protocol, service name).
    pub endpoint: Option<String>,
    /// What traces call the processes (`OTEL_SERVICE_NAME`); by default `kith-api` and `kith-worker`.
    pub service: Option<String>,
}

impl TracesConfig {
    pub(super) fn apply(&mut self, environment: &Environment) -> Result<(), ConfigError> {
        const NAME: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
        if let Some(url) = environment.get(NAME) {
            self.endpoint = Some(url.to_owned());
        }
        if let Some(name) = environment.get("OTEL_SERVICE_NAME") {
            self.service = Some(name.to_owned());
        }
        match self.endpoint.as_deref().map(|url| server_address(NAME, url)).transpose()? {
            Some(url) if !matches!(url.scheme(), "http" | "https") => {
                Err(ConfigError::invalid(NAME, "must begin with http:// or https://"))
            }
            _ => Ok(()),
        }
    }

    /// Where spans are posted to.
    pub(crate) fn traces_url(&self) -> Option<String> {
        // The standard: the path of the signal under the base.
        let base = url::Url::parse(self.endpoint.as_deref()?).ok()?;
        Some(super::link_under(&base, "/v1/traces"))
    }
}
