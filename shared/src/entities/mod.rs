//! SeaORM models, one file a table, nothing else.

pub mod account;
pub mod account_token;
pub mod address;
pub mod block;
pub mod city;
pub mod connection;
pub mod connection_request;
pub mod email_change;
pub mod inbox;
pub mod listing;
pub mod media;
pub mod notification;
pub mod province;
pub mod session;
