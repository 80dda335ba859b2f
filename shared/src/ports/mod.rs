//! What the core asks of the outside: a trait each, its adapters beside it.

pub mod clock;
pub mod events;
pub mod mail;
pub mod presence;
pub mod queue;
pub mod rate_limits;
pub mod tickets;

mod redis_client;

pub use redis_client::{RedisClients, RedisError};
