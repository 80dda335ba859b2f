//! Tests of `drf`.
