//! The way of a change to a socket: outbox, worker, gateway.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use super::{ConfigError, Environment};

/// `[outbox]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OutboxConfig {
    /// Seconds for which the process that wrote a job alone may push it.
    pub lease: i64,
    /// Jobs that the Redis queue holds at most, for `notifications`.
    pub watermark: u64,
    /// The same for `email`, where each takes longer.
    pub mail_watermark: u64,
    /// The same for `media`.
    pub media_watermark: u64,
}

impl Default for OutboxConfig {
    fn default() -> Self {
        Self { lease: 30, watermark: 2_000, mail_watermark: 50, media_watermark: 50 }
    }
}

impl OutboxConfig {
    pub(super) fn apply(&mut self, environment: &Environment) -> Result<(), ConfigError> {
        environment.set("KITH_OUTBOX_LEASE", &mut self.lease)?;
        if self.lease < 1 {
            return Err(ConfigError::invalid("KITH_OUTBOX_LEASE", "must be at least 1 second"));
        }
        // From 8,000 waiting ids apalis-redis can no longer unpack them in one call.
        let watermarks = [self.watermark, self.mail_watermark, self.media_watermark];
        if !watermarks.iter().all(|watermark| (2..=4_000).contains(watermark)) {
            return Err(ConfigError::invalid("outbox.watermark", "must be from 2 to 4000"));
        }
        Ok(())
    }
}

/// `[worker]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WorkerConfig {
    /// Where the worker shows metrics and its health (`KITH_WORKER_BIND`).
    pub bind: SocketAddr,
    /// Jobs in hand at once, a queue (`--concurrency`).
    pub concurrency: usize,
    /// Mails in hand at once.
    pub mail_concurrency: usize,
    /// How often a job is tried before it goes to `dead_jobs`; a mail is for as long as `[mail]` says.
    pub attempts: i64,
    /// What this machine is called (`HOSTNAME`), in the names under which Redis knows workers.
    pub host: String,
}

impl Default for WorkerConfig {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from(([127, 0, 0, 1], 8001)),
            concurrency: 512,
            mail_concurrency: 8,
            attempts: 10,
            host: "host".to_owned(),
        }
    }
}

impl WorkerConfig {
    pub(super) fn apply(&mut self, environment: &Environment) -> Result<(), ConfigError> {
        self.bind = environment.address("KITH_WORKER_BIND")?.unwrap_or(self.bind);
        environment.set("HOSTNAME", &mut self.host)?;
        if self.concurrency == 0 || self.mail_concurrency == 0 {
            return Err(ConfigError::invalid("worker.concurrency", "must be at least 1"));
        }
        if self.attempts < 1 {
            return Err(ConfigError::invalid("worker.attempts", "must be at least 1"));
        }
        Ok(())
    }
}

/// Seconds within which a killed process's people are gone: a minute, less what clocks may differ.
const GONE_WITHIN: i64 = 55;

/// `[gateway]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GatewayConfig {
    /// Seconds between two pings; a client silent for twice as long is closed with 4408.
    pub heartbeat: u64,
    /// Milliseconds for which a new socket waits for its first `resume`.
    pub hold: u64,
    /// Milliseconds for which a gap in the versions may close by itself.
    pub gap: u64,
    /// Seconds between two sweeps over every connected account.
    pub sweep_every: u64,
    /// Sockets that one account may hold.
    pub sockets_an_account: usize,
    /// Frames a minute that one socket may send.
    pub frames_a_minute: u32,
    /// Seconds after which whoever has a socket here counts as gone, unless this process says otherwise
    /// before: what others wait when it is killed.
    pub presence_lease: i64,
    /// Seconds between two times that this process says so, and looks for what others left behind.
    pub presence_refresh: i64,
}

impl Default for GatewayConfig {
    fn default() -> Self {
        Self {
            heartbeat: 25,
            hold: 2_000,
            gap: 30,
            sweep_every: 30,
            sockets_an_account: 20,
            frames_a_minute: 600,
            presence_lease: 40,
            presence_refresh: 10,
        }
    }
}

impl GatewayConfig {
    pub(super) fn apply(&mut self, environment: &Environment) -> Result<(), ConfigError> {
        environment.set("KITH_GATEWAY_HEARTBEAT", &mut self.heartbeat)?;
        if self.heartbeat == 0 {
            return Err(ConfigError::invalid("KITH_GATEWAY_HEARTBEAT", "must be at least 1 second"));
        }
        if self.sweep_every == 0 || self.sockets_an_account == 0 || self.frames_a_minute == 0 {
            return Err(ConfigError::invalid("gateway", "every setting must be at least 1"));
        }
        if self.presence_refresh < 1 || self.presence_lease < 2 * self.presence_refresh {
            let reason = "must be at least twice gateway.presence_refresh, which must be at least 1 second";
            return Err(ConfigError::invalid("gateway.presence_lease", reason));
        }
        if self.presence_lease + self.presence_refresh > GONE_WITHIN {
            let reason = format!("must with gateway.presence_refresh be at most {GONE_WITHIN} seconds");
            return Err(ConfigError::invalid("gateway.presence_lease", reason));
        }
        Ok(())
    }
}
