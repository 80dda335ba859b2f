//! The documented legacy wire contracts, a folder each. A dialect translates to and from core
//! services; it never calls `v1` or another dialect.
