//! Finding listings.

use chrono::Timelike;
use sea_orm::Value;

use super::error::ListingError;
use super::model::{By, Card, ListingFilter};
use super::reading::{card, cards_of};
use super::service::Listings;
use super::timetable::Opening;
use crate::accounts::{folded, may_see, searched};
use crate::database::like_pattern;
use crate::page::{Page, Slice, Span};
use crate::places::{cities_named, province_named};

/// Words of it that are looked for, at most.
const MOST_WORDS: usize = 8;

/// Conditions on the listings `l`, and what they bind.
struct Conditions {
    sql: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    /// Of what somebody, or nobody, may see: `$1` is the viewer.
    fn seen_by(viewer: Option<i64>) -> Self {
        Self { sql: vec![may_see("$1", "a")], values: vec![viewer.into()] }
    }

    /// Binds a value, and answers its placeholder.
    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    fn all(&self) -> String {
        self.sql.join(" AND ")
    }
}

impl Listings {
    /// Listings that a viewer (or nobody in particular) may see and for which all of the filter holds, newest first.
    /// Of people in a block with the viewer there are none.
    ///
    /// # Errors
    /// The text is too long.
    pub async fn search(
        &self,
        viewer: Option<i64>,
        filter: ListingFilter,
        span: Span,
    ) -> Result<Page<Card>, ListingError> {
        let Some(mut conditions) = self.conditions(viewer, filter).await? else {
            return Ok(Page { items: Vec::new(), next: None });
        };
        let [below, limit, offset] = span.values().map(|value| conditions.bind(value));
        let chosen = format!(
            "SELECT l.* FROM listings l JOIN accounts a ON a.id = l.account_id
             WHERE {} AND l.id < {below} ORDER BY l.id DESC LIMIT {limit} OFFSET {offset}",
            conditions.all()
        );
        let items = self.cards(&cards_of(&chosen, "l.id DESC", "$1"), conditions.values).await?;
        Ok(Page::of(items, span, |card: &Card| card.id))
    }

    /// The same, oldest first.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub async fn list(
        &self,
        viewer: Option<i64>,
        filter: ListingFilter,
        slice: Slice,
    ) -> Result<Vec<Card>, ListingError> {
        let Some(mut conditions) = self.conditions(viewer, filter).await? else { return Ok(Vec::new()) };
        let [limit, offset] = slice.values().map(|value| conditions.bind(value));
        let chosen = format!(
            "SELECT l.* FROM listings l JOIN accounts a ON a.id = l.account_id
             WHERE {} ORDER BY l.id LIMIT {limit} OFFSET {offset}",
            conditions.all()
        );
        self.cards(&cards_of(&chosen, "l.id", "$1"), conditions.values).await
    }

    async fn cards(&self, sql: &str, values: Vec<Value>) -> Result<Vec<Card>, ListingError> {
        let rows = self.writer().database().query_by_value(self.writer().engine().statement(sql, values)).await?;
        Ok(rows.iter().map(card).collect::<Result<_, _>>()?)
    }

    /// What a filter asks for; `None` when nothing can be so.
    async fn conditions(&self, viewer: Option<i64>, filter: ListingFilter) -> Result<Option<Conditions>, ListingError> {
        let mut all = Conditions::seen_by(viewer);
        let ListingFilter { text, category, subcategory, province, city, skill, min_rating, open, owner } = filter;
        if let Some(text) = text
            && !add_words(&mut all, &text)?
        {
            return Ok(None);
        }
        if let Some(by) = category {
            let category = match by {
                By::Id(id) => format!("category_id = {}", all.bind(id)),
                By::Title(title) => {
                    let title = all.bind(folded(&title));
                    format!("category_id = (SELECT id FROM categories WHERE title_key = {title})")
                }
            };
            all.sql.push(format!("l.subcategory_id IN (SELECT id FROM subcategories WHERE {category})"));
        }
        match subcategory {
            None => {}
            Some(By::Id(id)) => {
                let id = all.bind(id);
                all.sql.push(format!("l.subcategory_id = {id}"));
            }
            Some(By::Title(title)) => {
                let title = all.bind(folded(&title));
                all.sql.push(format!("l.subcategory_id IN (SELECT id FROM subcategories WHERE title_key = {title})"));
            }
        }
        if let Some(by) = skill {
            let skill = match by {
                By::Id(id) => all.bind(id),
                By::Title(title) => format!("(SELECT id FROM skills WHERE title_key = {})", all.bind(folded(&title))),
            };
            all.sql.push(format!(
                "EXISTS (SELECT 1 FROM listing_skills k WHERE k.listing_id = l.id AND k.skill_id = {skill})"
            ));
        }
        if !self.add_places(&mut all, province, city).await? {
            return Ok(None);
        }
        // Every listing is rated at least 0.
        if let Some(hundredths) = min_rating.filter(|least| *least > 0) {
            let least = all.bind(i64::from(hundredths));
            all.sql.push(format!("l.rating_count > 0 AND l.rating_sum * 100 >= l.rating_count * {least}"));
        }
        if let Some(Opening { day, at }) = open {
            let day = all.bind(day.number());
            let at = all.bind(i64::from(at.num_seconds_from_midnight()));
            all.sql.push(format!(
                "EXISTS (SELECT 1 FROM listing_slots o
                     WHERE o.listing_id = l.id AND o.day = {day} AND o.starts <= {at} AND o.ends > {at})"
            ));
        }
        if let Some(owner) = owner {
            let owner = all.bind(owner);
            all.sql.push(format!("l.account_id = {owner}"));
        }
        Ok(Some(all))
    }

    /// Adds where listings are; answers whether anything can be there.
    async fn add_places(
        &self,
        all: &mut Conditions,
        province: Option<By>,
        city: Option<By>,
    ) -> Result<bool, ListingError> {
        let db = self.writer().database().reader();
        match province {
            None => {}
            Some(By::Id(id)) => {
                let id = all.bind(id);
                all.sql.push(format!("l.province_id = {id}"));
            }
            Some(By::Title(name)) => {
                let Some((province, _)) = province_named(db, &name).await? else { return Ok(false) };
                let id = all.bind(province.id);
                all.sql.push(format!("l.province_id = {id}"));
            }
        }
        match city {
            None => {}
            Some(By::Id(id)) => {
                let id = all.bind(id);
                all.sql.push(format!("l.city_id = {id}"));
            }
            Some(By::Title(name)) => {
                let cities: Vec<i64> = cities_named(db, &name).await?.into_iter().map(|(city, _)| city.id).collect();
                if cities.is_empty() {
                    return Ok(false);
                }
                let engine = self.writer().engine();
                let ids = all.bind(engine.ids(&cities));
                all.sql.push(format!("l.city_id {}", engine.any(&ids)));
            }
        }
        Ok(true)
    }
}

/// Adds that each word is contained; answers whether anything can be so.
fn add_words(all: &mut Conditions, text: &str) -> Result<bool, ListingError> {
    let Some(compared) = searched("search", text)? else { return Ok(false) };
    for word in compared.split_whitespace().take(MOST_WORDS) {
        let pattern = all.bind(like_pattern(word));
        all.sql.push(format!(r"l.search LIKE {pattern} ESCAPE '\'"));
    }
    Ok(true)
}
