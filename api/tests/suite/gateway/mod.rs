//! The gateway.

mod live;
