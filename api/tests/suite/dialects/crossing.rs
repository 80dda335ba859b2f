//! Across the dialects and v1.
