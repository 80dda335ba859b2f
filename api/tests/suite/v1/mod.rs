//! The canonical API.

mod walk;
