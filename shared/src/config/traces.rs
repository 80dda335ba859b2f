//! Where traces go.

use serde::{Deserialize, Serialize};

use super::{ConfigError, Environment, server_address};

/// `[traces]`
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TracesConfig {
    /// A collector that takes OTLP over HTTP (`OTEL_EXPORTER_OTLP_ENDPOINT`), such as `http://127.0.0.1:4318`; without it
    /// nothing is traced. Of the other standard variables these hold, and are in no file: `OTEL_TRACES_SAMPLER`,
    /// `OTEL_TRACES_SAMPLER_ARG`, `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_EXPORTER_OTLP_HEADERS` and `OTEL_BSP_…`.
    pub endpoint: Option<String>,
    /// How spans are written (`OTEL_EXPORTER_OTLP_PROTOCOL`).
    pub protocol: TracesProtocol,
    /// What traces call the processes (`OTEL_SERVICE_NAME`); by default `kith-api` and `kith-worker`.
    pub service: Option<String>,
}

/// How spans are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TracesProtocol {
    /// As protocol buffers.
    #[default]
    #[serde(rename = "http/protobuf")]
    Protobuf,
    /// As JSON.
    #[serde(rename = "http/json")]
    Json,
}

impl TracesConfig {
    pub(super) fn apply(&mut self, environment: &Environment) -> Result<(), ConfigError> {
        const NAME: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
        const PROTOCOL: &str = "OTEL_EXPORTER_OTLP_PROTOCOL";
        if let Some(url) = environment.get(NAME) {
            self.endpoint = Some(url.to_owned());
        }
        if let Some(name) = environment.get("OTEL_SERVICE_NAME") {
            self.service = Some(name.to_owned());
        }
        // What else may stand in it is another's to read, where nothing is traced.
        self.protocol = match environment.get(PROTOCOL).filter(|_| self.endpoint.is_some()) {
            None => self.protocol,
            Some("http/protobuf") => TracesProtocol::Protobuf,
            Some("http/json") => TracesProtocol::Json,
            Some(_) => return Err(ConfigError::invalid(PROTOCOL, "must be http/protobuf or http/json")),
        };
        match self.endpoint.as_deref().map(|url| server_address(NAME, url)).transpose()? {
            Some(url) if !matches!(url.scheme(), "http" | "https") => {
                Err(ConfigError::invalid(NAME, "must begin with http:// or https://"))
            }
            // It would be sent to nobody.
            Some(url) if !url.username().is_empty() || url.password().is_some() => {
                Err(ConfigError::invalid(NAME, "must hold no name or password: set OTEL_EXPORTER_OTLP_HEADERS"))
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
