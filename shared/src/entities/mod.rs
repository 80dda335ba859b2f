//! SeaORM models, one file a table, nothing else.

pub mod account;
pub mod account_token;
pub mod block;
pub mod connection;
pub mod connection_request;
pub mod inbox;
pub mod notification;
pub mod session;
