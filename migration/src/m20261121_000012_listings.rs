//! Listings: what people offer, with pictures, skills, opening hours and reviews; and what they are sorted by.

use sea_orm_migration::prelude::*;

use crate::dialect;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager, SQL).await
    }
}

// A title's key is the title folded by the core; of the starter set, which staff edit, that is its lower case.
const SQL: &str = r"
CREATE TABLE categories (
    id {id},
    title TEXT NOT NULL,
    title_key TEXT NOT NULL
);
CREATE UNIQUE INDEX categories_title ON categories (title_key);
CREATE TABLE subcategories (
    id {id},
    category_id BIGINT NOT NULL REFERENCES categories (id),
    title TEXT NOT NULL,
    title_key TEXT NOT NULL
);
CREATE UNIQUE INDEX subcategories_title ON subcategories (category_id, title_key);
CREATE TABLE skills (
    id {id},
    title TEXT NOT NULL,
    title_key TEXT NOT NULL
);
CREATE UNIQUE INDEX skills_title ON skills (title_key);
CREATE TABLE listings (
    id {id},
    -- not by cascade: pictures would stay in the store for ever
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    subcategory_id BIGINT NOT NULL REFERENCES subcategories (id),
    title TEXT NOT NULL,
    description TEXT,
    experiences TEXT,
    hourly_price TEXT,
    initial_cost TEXT,
    province_id BIGINT NOT NULL REFERENCES provinces (id),
    city_id BIGINT NOT NULL REFERENCES cities (id),
    -- in which language each name was set, and is shown
    province_language TEXT NOT NULL CHECK (province_language IN ('fa', 'en')),
    city_language TEXT NOT NULL CHECK (city_language IN ('fa', 'en')),
    -- one of its pictures, while it has any
    main_picture_id BIGINT,
    -- of its reviews, written with each of them
    rating_sum BIGINT NOT NULL DEFAULT 0,
    rating_count BIGINT NOT NULL DEFAULT 0,
    -- what search reads: its texts, folded in Rust on both databases
    search TEXT NOT NULL,
    created_at {time} NOT NULL,
    updated_at {time} NOT NULL
);
CREATE INDEX listings_account ON listings (account_id, id);
CREATE INDEX listings_subcategory ON listings (subcategory_id, id);
CREATE INDEX listings_province ON listings (province_id, id);
CREATE INDEX listings_city ON listings (city_id, id);
-- postgres
CREATE INDEX listings_search ON listings USING gin (search gin_trgm_ops) WITH (fastupdate = off);
-- postgres
-- with the usual 100 samples one accidental hit reads as one row in a hundred
ALTER TABLE listings ALTER COLUMN search SET STATISTICS 1000;
-- postgres
-- room for stars, which are written with each review
ALTER TABLE listings SET (fillfactor = 80);
CREATE TABLE listing_skills (
    listing_id BIGINT NOT NULL REFERENCES listings (id) ON DELETE CASCADE,
    skill_id BIGINT NOT NULL REFERENCES skills (id) ON DELETE CASCADE,
    PRIMARY KEY (listing_id, skill_id)
);
CREATE INDEX listing_skills_skill ON listing_skills (skill_id, listing_id);
CREATE TABLE listing_pictures (
    id {id},
    listing_id BIGINT NOT NULL REFERENCES listings (id) ON DELETE CASCADE,
    -- keys in the media store: the picture, and its small form once a worker has made it
    key TEXT NOT NULL,
    thumbnail TEXT,
    created_at {time} NOT NULL
);
CREATE INDEX listing_pictures_listing ON listing_pictures (listing_id, id);
-- when it is open, by days of the week: 1 is Monday (ISO 8601)
CREATE TABLE listing_days (
    id {id},
    listing_id BIGINT NOT NULL REFERENCES listings (id) ON DELETE CASCADE,
    day INTEGER NOT NULL CHECK (day BETWEEN 1 AND 7)
);
CREATE UNIQUE INDEX listing_days_day ON listing_days (listing_id, day);
-- seconds from midnight: from its start until before its end
CREATE TABLE listing_slots (
    id {id},
    day_id BIGINT NOT NULL REFERENCES listing_days (id) ON DELETE CASCADE,
    listing_id BIGINT NOT NULL REFERENCES listings (id) ON DELETE CASCADE,
    day INTEGER NOT NULL,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    CHECK (starts < ends)
);
CREATE INDEX listing_slots_listing ON listing_slots (listing_id, day, starts, ends);
CREATE INDEX listing_slots_day ON listing_slots (day_id);
CREATE TABLE reviews (
    id {id},
    listing_id BIGINT NOT NULL REFERENCES listings (id) ON DELETE CASCADE,
    -- not by cascade: its stars would stay with the listing
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5),
    created_at {time} NOT NULL,
    edited_at {time},
    -- what the listing's owner answers
    reply TEXT,
    replied_at {time}
);
CREATE UNIQUE INDEX reviews_person ON reviews (listing_id, account_id);
CREATE INDEX reviews_list ON reviews (listing_id, id);
CREATE INDEX reviews_account ON reviews (account_id, id);
CREATE TABLE saved_listings (
    id {id},
    account_id BIGINT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    listing_id BIGINT NOT NULL REFERENCES listings (id) ON DELETE CASCADE,
    created_at {time} NOT NULL
);
CREATE UNIQUE INDEX saved_listings_listing ON saved_listings (account_id, listing_id);
CREATE INDEX saved_listings_list ON saved_listings (account_id, id);
CREATE INDEX saved_listings_of ON saved_listings (listing_id);
INSERT INTO categories (title, title_key)
    SELECT title, lower(title) FROM (
        SELECT 1 AS place, 'Home services' AS title
        UNION ALL SELECT 2, 'Repairs'
        UNION ALL SELECT 3, 'Lessons'
        UNION ALL SELECT 4, 'Health and beauty'
        UNION ALL SELECT 5, 'Computers and design'
        UNION ALL SELECT 6, 'Business'
        UNION ALL SELECT 7, 'Transport'
        UNION ALL SELECT 8, 'Events') AS starters
    ORDER BY place;
INSERT INTO subcategories (category_id, title, title_key)
    SELECT c.id, s.title, lower(s.title) FROM (
        SELECT 1 AS place, 'home services' AS category, 'Cleaning' AS title
        UNION ALL SELECT 2, 'home services', 'Gardening'
        UNION ALL SELECT 3, 'home services', 'Painting'
        UNION ALL SELECT 4, 'home services', 'Child care'
        UNION ALL SELECT 5, 'home services', 'Cooking'
        UNION ALL SELECT 6, 'repairs', 'Plumbing'
        UNION ALL SELECT 7, 'repairs', 'Electrical work'
        UNION ALL SELECT 8, 'repairs', 'Appliances'
        UNION ALL SELECT 9, 'repairs', 'Cars'
        UNION ALL SELECT 10, 'repairs', 'Carpentry'
        UNION ALL SELECT 11, 'lessons', 'Languages'
        UNION ALL SELECT 12, 'lessons', 'Mathematics'
        UNION ALL SELECT 13, 'lessons', 'Music'
        UNION ALL SELECT 14, 'lessons', 'Sport'
        UNION ALL SELECT 15, 'health and beauty', 'Hair'
        UNION ALL SELECT 16, 'health and beauty', 'Massage'
        UNION ALL SELECT 17, 'health and beauty', 'Nursing'
        UNION ALL SELECT 18, 'computers and design', 'Websites'
        UNION ALL SELECT 19, 'computers and design', 'Programming'
        UNION ALL SELECT 20, 'computers and design', 'Graphic design'
        UNION ALL SELECT 21, 'computers and design', 'Computer support'
        UNION ALL SELECT 22, 'business', 'Accounting'
        UNION ALL SELECT 23, 'business', 'Translation'
        UNION ALL SELECT 24, 'business', 'Law'
        UNION ALL SELECT 25, 'transport', 'Moving'
        UNION ALL SELECT 26, 'transport', 'Deliveries'
        UNION ALL SELECT 27, 'events', 'Photography'
        UNION ALL SELECT 28, 'events', 'Catering') AS s
    JOIN categories c ON c.title_key = s.category ORDER BY s.place;
INSERT INTO skills (title, title_key)
    SELECT title, lower(title) FROM (
        SELECT 1 AS place, 'Cleaning' AS title
        UNION ALL SELECT 2, 'Gardening'
        UNION ALL SELECT 3, 'Painting'
        UNION ALL SELECT 4, 'Plumbing'
        UNION ALL SELECT 5, 'Electrical work'
        UNION ALL SELECT 6, 'Carpentry'
        UNION ALL SELECT 7, 'Cooking'
        UNION ALL SELECT 8, 'Driving'
        UNION ALL SELECT 9, 'Teaching'
        UNION ALL SELECT 10, 'English'
        UNION ALL SELECT 11, 'Mathematics'
        UNION ALL SELECT 12, 'Photography'
        UNION ALL SELECT 13, 'Graphic design'
        UNION ALL SELECT 14, 'Programming'
        UNION ALL SELECT 15, 'Accounting'
        UNION ALL SELECT 16, 'Translation') AS starters
    ORDER BY place;
";
