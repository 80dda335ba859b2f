//! The fred clients that events, tickets and rate limits share.

use fred::clients::SubscriberClient;
use fred::interfaces::{ClientLike, EventInterface};
use fred::prelude::{Builder, Client, Config as FredConfig, ReconnectPolicy, TcpConfig};
use std::time::Duration;

use crate::config::RedisConfig;

/// Redis could not be asked.
pub type RedisError = fred::error::Error;

/// How many received messages may wait before the reader counts as lagged.
const BROADCAST_CAPACITY: usize = 8_192;

/// How long a process that starts waits for Redis.
const FIRST_CONNECTIONS: Duration = Duration::from_secs(2);

/// One client for commands, one for the subscription.
#[derive(Clone)]
pub struct RedisClients {
    pub(crate) commands: Client,
    pub(crate) subscriber: SubscriberClient,
    pub(crate) prefix: String,
}

impl std::fmt::Debug for RedisClients {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RedisClients").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

impl RedisClients {
    /// Makes the clients and starts to connect; both go on trying for ever, so that a process
    /// starts and serves while Redis is away.
    ///
    /// # Errors
    /// The address is not one.
    pub fn start(config: &RedisConfig, url: &str) -> Result<Self, RedisError> {
        let mut fred_config = FredConfig::from_url(url)?;
        fred_config.version = fred::types::RespVersion::RESP3;
        fred_config.fail_fast = false;
        let mut builder = Builder::from_config(fred_config);
        builder
            .set_policy(ReconnectPolicy::new_exponential(0, 50, 2_000, 2))
            .with_connection_config(|connection| {
                connection.connection_timeout = Duration::from_secs(5);
                connection.max_command_attempts = 1;
                connection.reconnect_on_auth_error = true;
                connection.tcp = TcpConfig { nodelay: Some(true), ..TcpConfig::default() };
            })
            .with_performance_config(|performance| {
                performance.default_command_timeout = Duration::from_secs(2);
                performance.broadcast_channel_capacity = BROADCAST_CAPACITY;
            });
        let commands = builder.build()?;
        let subscriber = builder.build_subscriber_client()?;
        commands.connect();
        subscriber.connect();
        subscriber.manage_subscriptions();
        Ok(Self { commands, subscriber, prefix: config.prefix.clone() })
    }

    /// Waits a moment for the first connections; one that is not there then comes when it can.
    pub(crate) async fn first_connections(&self) {
        let both = async { tokio::join!(self.commands.wait_for_connect(), self.subscriber.wait_for_connect()) };
        // Late is no error: a process starts without Redis too.
        let _ = tokio::time::timeout(FIRST_CONNECTIONS, both).await;
    }

    /// Whether Redis answers now.
    ///
    /// # Errors
    /// It does not, within two seconds.
    pub async fn ping(&self) -> Result<(), RedisError> {
        self.connected()?;
        self.commands.ping::<()>(None).await
    }

    /// Fails at once while there is no connection, where a command would wait for its time-out.
    pub(crate) fn connected(&self) -> Result<(), RedisError> {
        if self.commands.is_connected() {
            return Ok(());
        }
        Err(RedisError::new(fred::error::ErrorKind::IO, "there is no connection to Redis"))
    }

    /// Called with nothing whenever the subscription has been set up anew.
    pub(crate) fn reconnections(&self) -> tokio::sync::broadcast::Receiver<fred::types::config::Server> {
        self.subscriber.reconnect_rx()
    }

    /// Says good-bye to the server.
    pub async fn close(&self) {
        // The process is stopping; a server that is away has nothing to be told.
        let _ = self.subscriber.quit().await;
        let _ = self.commands.quit().await;
    }
}
