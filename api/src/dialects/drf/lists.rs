//! Lists: whole arrays, or the part of them that `limit` and `offset` name.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use shared::page::Span;

use super::{DrfError, QueryFields};

/// Rows answered at most, and without a `limit`.
const MOST: u32 = 1_000;

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Listed(pub Span);

impl<S: Send + Sync> FromRequestParts<S> for Listed {
    type Rejection = DrfError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, DrfError> {
        let Ok(QueryFields(mut query)) = QueryFields::from_request_parts(parts, state).await;
        let limit = query.optional_number("limit", 1).map_or(MOST, |limit| limit.min(MOST));
        let offset = query.optional_number("offset", 0).unwrap_or_default();
        query.check()?;
        Ok(Self(Span::after(offset, limit)))
    }
}
