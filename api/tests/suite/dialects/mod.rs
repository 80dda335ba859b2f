//! The documented legacy contracts, each with the requests that its frontends send.

mod connectin;
mod connections_notifications;
mod crossing;
mod drf;
mod races;
mod support;
