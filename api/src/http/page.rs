//! Lists: `{items, next}`, newest first, with an opaque cursor.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize};
use shared::fields::FieldErrors;
use shared::page::{Page, Slice, Span};
use utoipa::{IntoParams, ToSchema};

/// Items answered when the client names no number.
const DEFAULT_LIMIT: u32 = 20;
/// The most items that are answered at once.
const MOST: u32 = 100;

/// Where something goes on: an id, or several, in a form that invites nobody to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor<const N: usize = 1>(pub [i64; N]);

impl<const N: usize> Cursor<N> {
    /// As it travels.
    #[must_use]
    pub fn encode(self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.map(i64::to_be_bytes).as_flattened())
    }

    fn decode(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (numbers, rest) = bytes.as_chunks();
        let numbers: [[u8; 8]; N] = numbers.try_into().ok()?;
        rest.is_empty().then(|| Self(numbers.map(i64::from_be_bytes)))
    }
}

impl<'de, const N: usize> Deserialize<'de> for Cursor<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::decode(&text).ok_or_else(|| serde::de::Error::custom("not a cursor of this API"))
    }
}

/// Which part of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PageParameters {
    /// The `next` of the part before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
    /// How many items, 1 to 100; by default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

impl PageParameters {
    /// As a list takes them among parameters of its own.
    #[must_use]
    pub fn new(cursor: Option<Cursor>, limit: Option<u32>) -> Self {
        Self { cursor, limit }
    }

    /// The number of items, in bounds.
    ///
    /// # Errors
    /// It is out of bounds.
    pub fn limit(limit: Option<u32>) -> Result<u32, FieldErrors> {
        match limit {
            None => Ok(DEFAULT_LIMIT),
            Some(limit) if (1..=MOST).contains(&limit) => Ok(limit),
            Some(_) => Err(FieldErrors::one("limit", format!("Must be from 1 to {MOST}."))),
        }
    }
}

impl PageParameters {
    /// What they name of a list that runs up from the first: its cursor is how many come before. One more is
    /// asked for, to know whether there is more.
    ///
    /// # Errors
    /// The limit is out of bounds, or the cursor is not one of such a list.
    pub fn slice(&self) -> Result<Slice, FieldErrors> {
        let limit = Self::limit(self.limit)?;
        let offset = self.cursor.map_or(Ok(0), |Cursor([before])| u32::try_from(before));
        let offset = offset.map_err(|_| FieldErrors::one("cursor", "Not a cursor of this list."))?;
        Ok(Slice { offset, limit: Some(limit + 1) })
    }

    /// What they name of a list that runs from the newest down.
    ///
    /// # Errors
    /// The limit is out of bounds.
    pub fn span(&self) -> Result<Span, FieldErrors> {
        Ok(Span::below(self.cursor.map(|Cursor([below])| below), Self::limit(self.limit)?))
    }
}

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PageBody<T> {
    /// The items, newest first.
    pub items: Vec<T>,
    /// What to pass as `cursor` for the next part; `null` at the end.
    pub next: Option<String>,
}

impl<T> PageBody<T> {
    /// Of items and the id to go on below.
    #[must_use]
    pub fn new(items: Vec<T>, next: Option<i64>) -> Self {
        Self { items, next: next.map(|id| Cursor([id]).encode()) }
    }

    /// Of a page.
    #[must_use]
    pub fn of<M>(page: Page<M>) -> Self
    where
        T: From<M>,
    {
        Self::new(page.items.into_iter().map(T::from).collect(), page.next)
    }

    /// Of what [`PageParameters::slice`] asks for.
    #[must_use]
    pub fn of_slice<M>(mut items: Vec<M>, slice: Slice) -> Self
    where
        T: From<M>,
    {
        let limit = slice.limit.map_or(usize::MAX, |limit| limit.saturating_sub(1) as usize);
        let more = items.len() > limit;
        items.truncate(limit);
        let next = more.then(|| i64::from(slice.offset) + i64::try_from(limit).unwrap_or(i64::MAX));
        Self::new(items.into_iter().map(T::from).collect(), next)
    }
}
