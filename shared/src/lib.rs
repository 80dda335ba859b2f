//! Kith's core: accounts, connections, notifications, background jobs and events.
//!
//! Rules live here, once. The API and the worker translate to and from it; it knows no HTTP and no
//! SMTP. Domains know entities, ports and each other's services, never an adapter. [`core::Core`]
//! puts everything together.

pub mod accounts;
pub mod audit;
pub mod backup;
pub mod bounded;
pub mod chats;
pub mod config;
pub mod connections;
pub mod contact;
pub mod core;
pub mod database;
pub mod entities;
pub mod events;
pub mod exports;
pub mod fields;
pub mod idempotency;
pub mod inboxes;
pub mod jobs;
pub mod listings;
pub mod media;
pub mod metrics;
pub mod moderation;
pub mod notifications;
pub mod page;
pub mod places;
pub mod ports;
pub mod presence;
pub mod private_folder;
pub mod retention;
pub mod shutdown;
pub mod suggestions;
pub mod support;
pub mod telemetry;
pub mod tls;

#[cfg(feature = "testing")]
pub mod testing;

pub use crate::core::{Core, Ports, StartError};
