//! A marketplace: listings of a crowd, the same at every run, with words, places, skills and stars as unevenly
//! spread as real ones; and their way into the database.

use std::fmt::Write as _;

use sea_orm::sqlx::postgres::PgPoolCopyExt as _;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use crate::crowd::Dice;
use crate::{Failure, people, words};

/// Cities, and the provinces that they lie in.
pub(crate) const CITIES: u32 = 1_353;
pub(crate) const PROVINCES: u32 = 31;
/// What listings are sorted by: those that a new database has.
const SUBCATEGORIES: u32 = 28;
const CATEGORIES: u32 = 8;
/// Skills there are.
pub(crate) const SKILLS: u32 = 400;
/// Listings of one account.
const EACH: u32 = 10;
/// Rows that are sent at once, in bytes.
const BATCH: usize = 1 << 18;

/// A listing.
#[derive(Debug)]
pub(crate) struct Offer {
    pub(crate) words: Vec<&'static str>,
    pub(crate) subcategory: u32,
    pub(crate) city: u32,
    /// By number, each once.
    pub(crate) skills: Vec<u32>,
    /// All stars, and how many reviews.
    pub(crate) stars: (u32, u32),
    /// Open on working days from this hour to that.
    pub(crate) hours: (u32, u32),
    pictured: bool,
}

impl Offer {
    /// The listing of a number, from 1 on.
    pub(crate) fn of(number: u32, vocabulary: &[&'static str]) -> Self {
        let mut dice = Dice::new(number.into(), 7);
        let count = 12 + dice.below(20);
        let word = |dice: &mut Dice| vocabulary[dice.low(length(vocabulary)) as usize];
        let words = (0..count).map(|_| word(&mut dice)).collect();
        let mut skills: Vec<u32> = (0..2 + dice.below(4)).map(|_| dice.low(SKILLS) + 1).collect();
        skills.sort_unstable();
        skills.dedup();
        let reviews = if dice.one_in(3) { 0 } else { dice.low(40) };
        let stars = (0..reviews).map(|_| 1 + dice.below(3) + dice.below(3)).sum();
        let from = 7 + dice.below(5);
        Self {
            words,
            subcategory: dice.low(SUBCATEGORIES) + 1,
            city: dice.low(CITIES) + 1,
            skills,
            stars: (stars, reviews),
            hours: (from, from + 4 + dice.below(6)),
            pictured: !dice.one_in(3),
        }
    }

    pub(crate) fn category(&self) -> u32 {
        category_of(self.subcategory)
    }

    pub(crate) fn province(&self) -> u32 {
        1 + self.city % PROVINCES
    }

    /// The title, and the description.
    fn texts(&self) -> (String, String) {
        (self.words[..4].join(" "), self.words[4..].join(" "))
    }
}

fn length(vocabulary: &[&str]) -> u32 {
    u32::try_from(vocabulary.len()).unwrap_or(u32::MAX)
}

/// As the measured database has it: subcategories are spread over the categories.
fn category_of(subcategory: u32) -> u32 {
    1 + subcategory % CATEGORIES
}

/// The words that listings are made of, the common ones first, in lower case.
pub(crate) fn vocabulary() -> Vec<&'static str> {
    let all = [words::STEMS, words::INDUSTRIES, words::COMPANY_KINDS, words::LAST];
    let mut words: Vec<&'static str> = all.into_iter().flat_map(str::split_whitespace).collect();
    words.retain(|word| word.is_ascii() && word.len() > 3);
    words
}

/// Puts in the accounts, places, skills and listings 1 to `count`.
pub(crate) async fn load(database: &DatabaseConnection, count: u32) -> Result<(), Failure> {
    people::load(database, count.div_ceil(EACH) + 1).await?;
    for sql in [
        format!(
            "INSERT INTO provinces (id, name_fa, name_en, key_fa) SELECT n, n, n, n FROM generate_series(1, {PROVINCES}) AS n"
        ),
        format!(
            "INSERT INTO cities (id, province_id, name_fa, name_en, key_fa)
             SELECT n, 1 + n % {PROVINCES}, n, n, n FROM generate_series(1, {CITIES}) AS n"
        ),
        format!(
            "UPDATE subcategories SET category_id = 1 + id % {CATEGORIES}, title = 'kind ' || id, title_key = 'kind ' || id"
        ),
        "DELETE FROM skills".to_owned(),
        format!(
            "INSERT INTO skills (id, title, title_key) SELECT n, 'skill ' || n, 'skill ' || n FROM generate_series(1, {SKILLS}) AS n"
        ),
    ] {
        database.execute_unprepared(&sql).await?;
    }
    let vocabulary = vocabulary();
    let mut tables = [
        Copying::into(
            "listings (id, account_id, subcategory_id, title, description, province_id, city_id,
                 province_language, city_language, main_picture_id, rating_sum, rating_count, search, created_at, updated_at)",
        ),
        Copying::into("listing_skills (listing_id, skill_id)"),
        Copying::into("listing_pictures (id, listing_id, key, created_at)"),
        Copying::into("listing_days (id, listing_id, day)"),
        Copying::into("listing_slots (day_id, listing_id, day, starts, ends)"),
    ];
    for number in 1..=count {
        write(&mut tables, number, &Offer::of(number, &vocabulary))?;
    }
    // The index of search is made at once after the rows, from its own definition.
    let definition =
        "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() AND indexname = 'listings_search'";
    let row = database.query_one_raw(Statement::from_string(DbBackend::Postgres, definition)).await?;
    let definition: String = row.ok_or("listings have no index of search")?.try_get("", "indexdef")?;
    database.execute_unprepared("DROP INDEX listings_search").await?;
    // In this order: the later ones refer to the earlier.
    for table in tables {
        table.send(database).await?;
    }
    database.execute_unprepared(&definition).await?;
    people::settle(database).await
}

/// Rows of a table on their way.
struct Copying {
    into: &'static str,
    lines: String,
}

impl Copying {
    fn into(into: &'static str) -> Self {
        Self { into, lines: String::new() }
    }

    async fn send(self, database: &DatabaseConnection) -> Result<(), Failure> {
        let sql = format!("COPY {} FROM STDIN", self.into);
        let mut copying = database.get_postgres_connection_pool().copy_in_raw(&sql).await?;
        for part in self.lines.as_bytes().chunks(BATCH) {
            copying.send(part).await?;
        }
        copying.finish().await?;
        Ok(())
    }
}

fn write(
    [listings, skills, pictures, days, slots]: &mut [Copying; 5],
    number: u32,
    offer: &Offer,
) -> Result<(), Failure> {
    let (title, description) = offer.texts();
    let search = format!(r"{title}\n{description}").to_lowercase();
    let picture = if offer.pictured { number.to_string() } else { "\\N".to_owned() };
    let (sum, reviews) = offer.stars;
    let province = offer.province();
    writeln!(
        listings.lines,
        "{number}\t{}\t{}\t{title}\t{description}\t{province}\t{}\tfa\tfa\t{picture}\t{sum}\t{reviews}\t{search}\tnow\tnow",
        1 + number / EACH,
        offer.subcategory,
        offer.city
    )?;
    for skill in &offer.skills {
        writeln!(skills.lines, "{number}\t{skill}")?;
    }
    if offer.pictured {
        writeln!(pictures.lines, "{number}\t{number}\tlistings/{number:032x}.jpg\tnow")?;
    }
    let (from, to) = offer.hours;
    for day in 1..=5 {
        let id = u64::from(number) * 5 + day;
        writeln!(days.lines, "{id}\t{number}\t{day}")?;
        writeln!(slots.lines, "{id}\t{number}\t{day}\t{}\t{}", from * 3_600, to * 3_600)?;
    }
    Ok(())
}
