//! The outside, put together: adapters in this process, or in Redis.

use std::sync::Arc;

use super::StartError;
use crate::config::{Config, RateLimits};
use crate::ports::RedisClients;
use crate::ports::clock::Clock;
use crate::ports::events::{EmbeddedEvents, EventBus, RedisEvents};
use crate::ports::presence::{EmbeddedPresence, PresenceStore, RedisPresence};
use crate::ports::queue::redis::RedisQueue;
use crate::ports::queue::{EmbeddedQueue, JobQueue};
use crate::ports::rate_limits::{EmbeddedRateLimiter, RateLimiter, RedisRateLimiter, Unlimited};
use crate::ports::tickets::{EmbeddedTickets, RedisTickets, Tickets};

/// The outside, as the core asks for it.
#[derive(Debug, Clone)]
pub struct Ports {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// The job queue.
    pub queue: Arc<dyn JobQueue>,
    /// The event bus.
    pub bus: Arc<dyn EventBus>,
    /// Socket tickets.
    pub tickets: Arc<dyn Tickets>,
    /// Rate limits.
    pub limiter: Arc<dyn RateLimiter>,
    /// Who is there.
    pub presence: Arc<dyn PresenceStore>,
    pub(super) redis: Option<(RedisClients, Arc<RedisEvents>)>,
}

impl Ports {
    /// Everything in this process.
    pub fn embedded(clock: Arc<dyn Clock>) -> Self {
        Self {
            queue: Arc::new(EmbeddedQueue::default()),
            bus: Arc::new(EmbeddedEvents::default()),
            tickets: Arc::new(EmbeddedTickets::new(Arc::clone(&clock))),
            limiter: Arc::new(EmbeddedRateLimiter::new(Arc::clone(&clock))),
            presence: Arc::new(EmbeddedPresence::default()),
            clock,
            redis: None,
        }
    }

    /// As `config` says: in Redis when it names one, else in this process.
    ///
    /// # Errors
    /// The address is not one. A server that is away is no error: it is waited for.
    pub fn connect(config: &Config, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let mut ports = match &config.redis.url {
            None => Self::embedded(clock),
            Some(url) => {
                let clients = RedisClients::start(&config.redis, url)?;
                let bus = Arc::new(RedisEvents::new(clients.clone()));
                Self {
                    queue: Arc::new(RedisQueue::new(url, clients.clone(), config.worker.host.clone())?),
                    bus: Arc::clone(&bus) as Arc<dyn EventBus>,
                    tickets: Arc::new(RedisTickets::new(clients.clone())),
                    limiter: Arc::new(RedisRateLimiter::new(clients.clone(), Arc::clone(&clock))),
                    presence: Arc::new(RedisPresence::new(clients.clone())),
                    clock,
                    redis: Some((clients, bus)),
                }
            }
        };
        if config.limits.rate_limits == RateLimits::Off {
            ports.limiter = Arc::new(Unlimited);
        }
        Ok(ports)
    }

    /// Whether Redis answers; `None` when there is none to ask.
    pub async fn redis_answers(&self) -> Option<bool> {
        let (clients, _) = self.redis.as_ref()?;
        Some(clients.ping().await.is_ok())
    }
}
