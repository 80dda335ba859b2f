//! Decisions that meet.
