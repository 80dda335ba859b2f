//! Rate limits: how often something may happen in a minute, over all API processes while Redis
//! answers, in each by itself while it does not.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use fred::interfaces::LuaInterface;

use super::RedisClients;
use super::clock::Clock;

/// It happened too often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many; try again in {retry_after} s")]
pub struct TooMany {
    /// Seconds until it may happen again.
    pub retry_after: u64,
}

/// Counts what happens, in windows of a minute.
#[async_trait]
pub trait RateLimiter: std::fmt::Debug + Send + Sync {
    /// Counts one more of `key`, which may happen `limit` times a minute.
    ///
    /// # Errors
    /// It happened more often.
    async fn count(&self, key: &str, limit: u32) -> Result<(), TooMany>;
}

/// Never refuses: `KITH_RATE_LIMITS=off`.
#[derive(Debug, Clone, Copy)]
pub struct Unlimited;

#[async_trait]
impl RateLimiter for Unlimited {
    async fn count(&self, _key: &str, _limit: u32) -> Result<(), TooMany> {
        Ok(())
    }
}

const WINDOW: i64 = 60;
/// How long Redis may take to count before this process counts for itself.
const PATIENCE: Duration = Duration::from_millis(250);
/// How many keys are kept before those of past windows are thrown away.
const TIDY_AT: usize = 10_000;

/// In memory, by the clock port.
#[derive(Debug)]
pub struct EmbeddedRateLimiter {
    clock: Arc<dyn Clock>,
    counts: Mutex<HashMap<String, (i64, u32)>>,
}

impl EmbeddedRateLimiter {
    /// With times from `clock`.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, counts: Mutex::default() }
    }
}

#[async_trait]
impl RateLimiter for EmbeddedRateLimiter {
    async fn count(&self, key: &str, limit: u32) -> Result<(), TooMany> {
        let now = self.clock.now().timestamp();
        let window = now.div_euclid(WINDOW);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= TIDY_AT {
            counts.retain(|_, (of, _)| *of == window);
        }
        let (of, count) = counts.entry(key.to_owned()).or_insert((window, 0));
        if *of != window {
            (*of, *count) = (window, 0);
        }
        *count = count.saturating_add(1);
        if *count > limit {
            Err(TooMany { retry_after: (WINDOW - now.rem_euclid(WINDOW)).unsigned_abs() })
        } else {
            Ok(())
        }
    }
}

/// Counts, and answers the count and the seconds left.
const COUNT: &str = r#"
    local count = redis.call("incr", KEYS[1])
    if count == 1 then redis.call("expire", KEYS[1], ARGV[1]) end
    return {count, redis.call("ttl", KEYS[1])}
"#;

/// In Redis; in memory while it is away.
#[derive(Debug)]
pub struct RedisRateLimiter {
    clients: RedisClients,
    local: EmbeddedRateLimiter,
}

impl RedisRateLimiter {
    /// Over `clients`; the local counts take their times from `clock`.
    pub fn new(clients: RedisClients, clock: Arc<dyn Clock>) -> Self {
        Self { clients, local: EmbeddedRateLimiter::new(clock) }
    }
}

#[async_trait]
impl RateLimiter for RedisRateLimiter {
    async fn count(&self, key: &str, limit: u32) -> Result<(), TooMany> {
        if self.clients.connected().is_err() {
            return self.local.count(key, limit).await;
        }
        let full = format!("{}:rate:{key}", self.clients.prefix);
        let counting = self.clients.commands.eval::<(u32, i64), _, _, _>(COUNT, vec![full], vec![WINDOW]);
        let counted = tokio::time::timeout(PATIENCE, counting).await;
        match counted.unwrap_or_else(|_| Err(super::RedisError::new_canceled())) {
            Ok((count, _)) if count <= limit => Ok(()),
            Ok((_, seconds)) => Err(TooMany { retry_after: seconds.clamp(1, WINDOW).unsigned_abs() }),
            Err(_) => self.local.count(key, limit).await,
        }
    }
}
