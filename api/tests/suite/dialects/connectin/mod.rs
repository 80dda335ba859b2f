//! Tests of `connectin`.
