//! Presence of more than one process: in Redis.

use async_trait::async_trait;
use fred::interfaces::{KeysInterface, LuaInterface, SortedSetsInterface};
use fred::types::Value;

use super::script::PRESENCE;
use super::{CHUNK, Horizon, PresenceStore, PresenceStoreError, Seen, Swept};
use crate::ports::clock::Timestamp;
use crate::ports::{RedisClients, RedisError};

/// Seconds for which the keys are kept when nobody writes them any more.
const KEEP: i64 = 600;

/// In sorted sets under one hash tag, so that a Cluster may carry them too.
#[derive(Debug)]
pub struct RedisPresence {
    clients: RedisClients,
    base: String,
}

impl From<RedisError> for PresenceStoreError {
    fn from(error: RedisError) -> Self {
        Self(error.to_string())
    }
}

impl RedisPresence {
    /// Over `clients`.
    #[must_use]
    pub fn new(clients: RedisClients) -> Self {
        let base = format!("{{{}:presence}}", clients.prefix);
        Self { clients, base }
    }

    fn key(&self, name: &str) -> String {
        format!("{}:{name}", self.base)
    }

    async fn run(
        &self,
        command: &str,
        horizon: Horizon,
        arguments: impl IntoIterator<Item = Value>,
    ) -> Result<Vec<i64>, PresenceStoreError> {
        self.clients.connected()?;
        let keys: Vec<String> = ["nodes", "requests", "present", "node:"].map(|name| self.key(name)).into();
        let Horizon { now, sockets_since, requests_since } = horizon;
        let times = [now, sockets_since, requests_since].map(|time| Value::from(time.timestamp_micros()));
        let arguments: Vec<Value> = [Value::from(command)].into_iter().chain(times).chain(arguments).collect();
        Ok(self.clients.commands.eval(PRESENCE, keys, arguments).await?)
    }

    /// Runs a command for some accounts at a time; what `before` them it takes.
    async fn run_for(
        &self,
        command: &str,
        horizon: Horizon,
        before: Option<&str>,
        accounts: &[i64],
    ) -> Result<Vec<i64>, PresenceStoreError> {
        let mut answers = Vec::new();
        for accounts in accounts.chunks(CHUNK) {
            let accounts = accounts.iter().copied().map(Value::from);
            answers.extend(self.run(command, horizon, before.map(Value::from).into_iter().chain(accounts)).await?);
        }
        Ok(answers)
    }
}

fn time(micros: i64) -> Timestamp {
    // Every score is a time that this store has written.
    Timestamp::from_timestamp_micros(micros).unwrap_or_default()
}

fn seen(answer: &[i64]) -> Vec<Seen> {
    let one = |one: &[i64]| Seen { account_id: one[0], at: time(one[1]), connected: one[2] == 1 };
    answer.chunks_exact(3).map(one).collect()
}

#[async_trait]
impl PresenceStore for RedisPresence {
    async fn enter(&self, node: &str, accounts: &[i64], horizon: Horizon) -> Result<Vec<i64>, PresenceStoreError> {
        self.run_for("enter", horizon, Some(node), accounts).await
    }

    async fn leave(&self, node: &str, accounts: &[i64], horizon: Horizon) -> Result<Vec<i64>, PresenceStoreError> {
        self.run_for("leave", horizon, Some(node), accounts).await
    }

    async fn sweep(&self, horizon: Horizon) -> Result<Swept, PresenceStoreError> {
        let most = i64::try_from(CHUNK).unwrap_or(i64::MAX);
        let answer = self.run("sweep", horizon, [Value::from(most)]).await?;
        let Some((more, gone)) = answer.split_first() else { return Ok(Swept::default()) };
        Ok(Swept { gone: gone.chunks_exact(2).map(|one| (one[0], time(one[1]))).collect(), more: *more == 1 })
    }

    async fn saw(&self, account_id: i64, now: Timestamp) -> Result<(), PresenceStoreError> {
        self.clients.connected()?;
        let (requests, present) = (self.key("requests"), self.key("present"));
        let id = account_id.to_string();
        #[expect(clippy::cast_precision_loss, reason = "a score holds microseconds and ids exactly, up to 2^53")]
        let (at, rank) = (now.timestamp_micros() as f64, account_id as f64);
        let commands = self.clients.commands.pipeline();
        // In this order: whoever finds the account listed finds the request too.
        let () = commands.zadd(&requests, None, None, false, false, (at, id.as_str())).await?;
        let () = commands.zadd(&present, None, None, false, false, (rank, id.as_str())).await?;
        let () = commands.expire(&requests, KEEP, None).await?;
        let () = commands.expire(&present, KEEP, None).await?;
        let _: Vec<i64> = commands.all().await?;
        Ok(())
    }

    async fn seen(&self, accounts: &[i64], horizon: Horizon) -> Result<Vec<Seen>, PresenceStoreError> {
        Ok(seen(&self.run_for("seen", horizon, None, accounts).await?))
    }

    async fn show(&self, accounts: &[i64], horizon: Horizon) -> Result<(), PresenceStoreError> {
        self.run_for("show", horizon, None, accounts).await?;
        Ok(())
    }

    async fn hide(&self, accounts: &[i64]) -> Result<(), PresenceStoreError> {
        self.clients.connected()?;
        for accounts in accounts.chunks(CHUNK) {
            let accounts: Vec<Value> = accounts.iter().copied().map(Value::from).collect();
            let () = self.clients.commands.zrem(self.key("present"), accounts).await?;
        }
        Ok(())
    }

    async fn page(
        &self,
        excluded: &[i64],
        offset: u32,
        limit: u32,
        horizon: Horizon,
    ) -> Result<Vec<Seen>, PresenceStoreError> {
        let span = [offset, limit].map(|number| Value::from(i64::from(number)));
        let arguments = span.into_iter().chain(excluded.iter().copied().map(Value::from));
        Ok(seen(&self.run("page", horizon, arguments).await?))
    }
}
