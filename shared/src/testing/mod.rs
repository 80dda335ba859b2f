//! For tests alone: a database a test, a clock to turn, fixtures.
