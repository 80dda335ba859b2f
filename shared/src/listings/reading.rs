//! Reading listings: cards, and with a fixed number of statements all that belongs to any number of them.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};

use super::model::{Card, Category, Listing, Picture, Rating, Review, ReviewedListing, Skill, Subcategory};
use super::timetable;
use crate::accounts::{is_present, no_block, person, person_columns};
use crate::database::{DatabaseError, Engine};
use crate::places::{place, place_columns, place_joins};

/// Reviews that are read with one listing at most.
const REVIEWS: i64 = 1_000;
/// The same of all listings of a list together; each has its part of them.
const REVIEWS_OF_ALL: i64 = 10_000;

/// Reads the cards of the listings `l` that `chosen` selects (all their columns), in the order that `order` names.
/// `viewer` is the placeholder of whose saved ones are marked.
pub(super) fn cards_of(chosen: &str, order: &str, viewer: &str) -> String {
    cards_with("", chosen, order, viewer)
}

/// The same with more columns, each followed by a comma.
pub(super) fn cards_with(more: &str, chosen: &str, order: &str, viewer: &str) -> String {
    format!(
        "SELECT {more} l.id, l.title, l.description, l.experiences, l.hourly_price, l.initial_cost, l.rating_sum, l.rating_count,
             l.created_at, l.updated_at, s.category_id, g.title AS category_title, l.subcategory_id,
             s.title AS subcategory_title, {}, {}, m.id AS picture_id, m.listing_id AS picture_listing_id,
             m.key AS picture_key, m.thumbnail AS picture_thumbnail, m.created_at AS picture_created_at,
             EXISTS (SELECT 1 FROM saved_listings v WHERE v.account_id = {viewer} AND v.listing_id = l.id) AS saved
         FROM ({chosen}) AS l {} JOIN subcategories s ON s.id = l.subcategory_id
             JOIN categories g ON g.id = s.category_id JOIN accounts a ON a.id = l.account_id
             LEFT JOIN listing_pictures m ON m.id = l.main_picture_id
         ORDER BY {order}",
        place_columns("l"),
        person_columns("a", "owner_"),
        place_joins("l"),
    )
}

/// Reads a card of [`cards_of`].
pub(super) fn card(row: &QueryResult) -> Result<Card, DbErr> {
    let category_id = row.try_get("", "category_id")?;
    let main: Option<i64> = row.try_get("picture_", "id")?;
    Ok(Card {
        id: row.try_get("", "id")?,
        owner: person(row, "owner_")?,
        title: row.try_get("", "title")?,
        category: Category { id: category_id, title: row.try_get("", "category_title")? },
        subcategory: Subcategory {
            id: row.try_get("", "subcategory_id")?,
            category_id,
            title: row.try_get("", "subcategory_title")?,
        },
        description: row.try_get("", "description")?,
        experiences: row.try_get("", "experiences")?,
        hourly_price: row.try_get("", "hourly_price")?,
        initial_cost: row.try_get("", "initial_cost")?,
        place: place(row)?,
        rating: Rating { sum: row.try_get("", "rating_sum")?, count: row.try_get("", "rating_count")? },
        main_picture: main.map(|_| picture(row, "picture_")).transpose()?,
        saved: row.try_get("", "saved")?,
        created_at: row.try_get("", "created_at")?,
        updated_at: row.try_get("", "updated_at")?,
    })
}

/// Reads a picture from the columns that begin with `prefix`.
pub(super) fn picture(row: &QueryResult, prefix: &str) -> Result<Picture, DbErr> {
    Ok(Picture {
        id: row.try_get(prefix, "id")?,
        listing_id: row.try_get(prefix, "listing_id")?,
        key: row.try_get(prefix, "key")?,
        thumbnail: row.try_get(prefix, "thumbnail")?,
        created_at: row.try_get(prefix, "created_at")?,
    })
}

/// What [`review`] reads: of the review `v` and its author `a`, who is there.
pub(super) fn reviews_of(condition: &str) -> String {
    format!(
        "SELECT v.id, v.listing_id, v.title, v.body, v.rating, v.created_at, v.edited_at, v.reply, v.replied_at, {}
         FROM reviews v JOIN accounts a ON a.id = v.account_id WHERE {} AND {condition}",
        person_columns("a", "author_"),
        is_present("a")
    )
}

/// Reads a review of [`reviews_of`].
pub(super) fn review(row: &QueryResult) -> Result<Review, DbErr> {
    Ok(Review {
        id: row.try_get("", "id")?,
        listing_id: row.try_get("", "listing_id")?,
        author: person(row, "author_")?,
        title: row.try_get("", "title")?,
        text: row.try_get("", "body")?,
        rating: row.try_get::<i32>("", "rating")?.into(),
        created_at: row.try_get("", "created_at")?,
        edited_at: row.try_get("", "edited_at")?,
        reply: row.try_get("", "reply")?,
        replied_at: row.try_get("", "replied_at")?,
    })
}

/// Listings with all that their owners tell of them: three statements for any number.
pub(super) async fn whole(
    db: &impl ConnectionTrait,
    engine: Engine,
    cards: Vec<Card>,
) -> Result<Vec<Listing>, DatabaseError> {
    if cards.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = cards.iter().map(|card| card.id).collect();
    let (any, bound) = (engine.any("$1"), || [engine.ids(&ids)]);
    let sql = format!(
        "SELECT id, listing_id, key, thumbnail, created_at FROM listing_pictures WHERE listing_id {any} ORDER BY id"
    );
    let mut pictures = grouped(db, engine, sql, bound(), |row| picture(row, "")).await?;
    let sql = format!(
        "SELECT k.listing_id, s.id, s.title FROM listing_skills k JOIN skills s ON s.id = k.skill_id
         WHERE k.listing_id {any} ORDER BY s.id"
    );
    let mut skills = grouped(db, engine, sql, bound(), skill).await?;
    let mut tables = timetable::of(db, engine, &ids).await?;
    let with_theirs = |card: Card| Listing {
        pictures: pictures.remove(&card.id).unwrap_or_default(),
        skills: skills.remove(&card.id).unwrap_or_default(),
        timetable: tables.remove(&card.id).unwrap_or_default(),
        card,
    };
    Ok(cards.into_iter().map(with_theirs).collect())
}

/// The same with reviews, but for those of people in a block with the viewer (nobody is, with nobody): one statement
/// more.
pub(super) async fn reviewed(
    db: &impl ConnectionTrait,
    engine: Engine,
    listings: Vec<Listing>,
    viewer: Option<i64>,
) -> Result<Vec<ReviewedListing>, DatabaseError> {
    let ids: Vec<i64> = listings.iter().map(|listing| listing.card.id).collect();
    let most = (REVIEWS_OF_ALL / i64::try_from(ids.len().max(1)).unwrap_or(REVIEWS_OF_ALL)).clamp(1, REVIEWS);
    let sql = format!(
        "SELECT * FROM (SELECT r.*, ROW_NUMBER() OVER (PARTITION BY r.listing_id ORDER BY r.id) AS place FROM ({}) AS r) AS n
         WHERE n.place <= $3 ORDER BY n.id",
        reviews_of(&format!("v.listing_id {} AND {}", engine.any("$1"), no_block("a.id", "$2")))
    );
    let mut reviews = grouped(db, engine, sql, [engine.ids(&ids), viewer.into(), most.into()], review).await?;
    let with_theirs =
        |listing: Listing| ReviewedListing { reviews: reviews.remove(&listing.card.id).unwrap_or_default(), listing };
    Ok(listings.into_iter().map(with_theirs).collect())
}

fn skill(row: &QueryResult) -> Result<Skill, DbErr> {
    Ok(Skill { id: row.try_get("", "id")?, title: row.try_get("", "title")? })
}

/// Rows that belong to listings, by listing, in their order.
async fn grouped<T, const N: usize>(
    db: &impl ConnectionTrait,
    engine: Engine,
    sql: String,
    values: [Value; N],
    read: impl Fn(&QueryResult) -> Result<T, DbErr>,
) -> Result<HashMap<i64, Vec<T>>, DatabaseError> {
    let mut groups: HashMap<i64, Vec<T>> = HashMap::new();
    for row in db.query_all_raw(engine.statement(sql, values)).await? {
        groups.entry(row.try_get("", "listing_id")?).or_default().push(read(&row)?);
    }
    Ok(groups)
}
