//! Tests of `connections_notifications`.
