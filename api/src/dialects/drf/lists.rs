//! Lists: whole arrays, or the part of them that `limit` and `offset` name.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use shared::page::{Slice, Span};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};

use super::openapi::of_lists;
use super::{DrfError, QueryFields};

/// Rows answered at most, and without a `limit`.
const MOST: u32 = 1_000;

/// What `limit` and `offset` name of a list.
fn asked(parts: &Parts) -> Result<(Option<u32>, u32), DrfError> {
    let QueryFields(mut query) = QueryFields::of(parts);
    let limit = query.optional_number("limit", 1);
    let offset = query.optional_number("offset", 0).unwrap_or_default();
    query.check()?;
    Ok((limit, offset))
}

/// Which part of a list that runs from the newest down is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Listed(pub Span);

/// Which part of a list that runs from the oldest up is asked for.
#[derive(Debug, Clone, Copy)]
pub struct ListedUp(pub Slice);

/// The same for a list that is whole without a `limit`.
#[derive(Debug, Clone, Copy)]
pub struct Whole(pub Slice);

impl<S: Send + Sync> FromRequestParts<S> for Listed {
    type Rejection = DrfError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, DrfError> {
        let (limit, offset) = asked(parts)?;
        Ok(Self(Span::after(offset, limit.map_or(MOST, |limit| limit.min(MOST)))))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ListedUp {
    type Rejection = DrfError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, DrfError> {
        let (limit, offset) = asked(parts)?;
        Ok(Self(Slice { offset, limit: Some(limit.map_or(MOST, |limit| limit.min(MOST))) }))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Whole {
    type Rejection = DrfError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, DrfError> {
        let (limit, offset) = asked(parts)?;
        Ok(Self(Slice { offset, limit }))
    }
}

/// Said of `limit` where there is a most.
const AT_MOST: &str = "Rows answered, 1,000 at most and without it.";

impl IntoParams for Listed {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        of_lists(AT_MOST)
    }
}

impl IntoParams for ListedUp {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        of_lists(AT_MOST)
    }
}

impl IntoParams for Whole {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        of_lists("Rows answered; all without it.")
    }
}
