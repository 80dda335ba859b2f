//! Parts of lists that run from the newest down.

use sea_orm::Value;

/// Which part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    below: i64,
    offset: i64,
    limit: u32,
}

impl Span {
    /// The newest `limit` items.
    #[must_use]
    pub fn newest(limit: u32) -> Self {
        Self { below: i64::MAX, offset: 0, limit }
    }

    /// At most `limit` items below the id `below`; without one, the newest.
    #[must_use]
    pub fn below(below: Option<i64>, limit: u32) -> Self {
        Self { below: below.unwrap_or(i64::MAX), ..Self::newest(limit) }
    }

    /// At most `limit` items after the newest `offset`. What lies before them is read too.
    #[must_use]
    pub fn after(offset: u32, limit: u32) -> Self {
        Self { offset: offset.into(), ..Self::newest(limit) }
    }

    /// What a statement binds: the id to stay below, how many to read (one more than asked, to know
    /// whether there is more), how many to pass over.
    pub(crate) fn values(self) -> [Value; 3] {
        [self.below.into(), (i64::from(self.limit) + 1).into(), self.offset.into()]
    }

    /// The id to stay below.
    pub(crate) fn below_id(self) -> i64 {
        self.below
    }

    /// How many to pass over.
    pub(crate) fn offset(self) -> u32 {
        u32::try_from(self.offset).unwrap_or(u32::MAX)
    }

    /// How many were asked for.
    pub(crate) fn limit(self) -> u32 {
        self.limit
    }
}

/// Which part of a list that runs from the oldest up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// Items passed over.
    pub offset: u32,
    /// Items answered at most; all of them without.
    pub limit: Option<u32>,
}

impl Slice {
    /// All of it.
    pub const WHOLE: Self = Self { offset: 0, limit: None };

    /// What a statement binds: how many to read, how many to pass over.
    pub(crate) fn values(self) -> [Value; 2] {
        [self.limit.map_or(i64::MAX, i64::from).into(), i64::from(self.offset).into()]
    }
}

/// A part of a list, and where to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// At most as many as were asked for, newest first.
    pub items: Vec<T>,
    /// The id to go on below, when there is more.
    pub next: Option<i64>,
}

impl<T> Page<T> {
    /// Of what a statement bound to [`Span::values`] answers.
    pub(crate) fn of(mut items: Vec<T>, span: Span, id: impl Fn(&T) -> i64) -> Self {
        let more = items.len() > span.limit as usize;
        items.truncate(span.limit as usize);
        let next = if more { items.last().map(id) } else { None };
        Self { items, next }
    }
}

/// Items of a whole list that are read at once.
const PART: u32 = 1_000;

/// A whole list, part by part.
pub(crate) async fn whole<T, E, F>(part: impl Fn(Span) -> F) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<Page<T>, E>>,
{
    let mut items = Vec::new();
    let mut below = None;
    loop {
        let page = part(Span::below(below, PART)).await?;
        items.extend(page.items);
        below = page.next;
        if below.is_none() {
            return Ok(items);
        }
    }
}
