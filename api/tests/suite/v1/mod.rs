//! The canonical API.
#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

/// Holds a body against its snapshot: the same on both sizes, but for times and tokens.
macro_rules! assert_shape {
    ($name:expr, $body:expr) => {{
        let body = $body;
        $crate::v1::support::snapshots().bind(|| insta::assert_json_snapshot!($name, body));
    }};
}

mod accounts;
mod activation;
mod activation_mail;
mod admin;
mod avatar;
mod bad_input;
mod blocks;
mod cases;
mod catalogue;
mod chat_ends;
mod chats;
mod connection_requests;
mod connections;
mod decisions;
mod deletion;
mod deletion_races;
mod email_change;
mod everywhere;
mod export;
mod garbage;
mod idempotency;
mod job_changes;
mod jobs;
mod limits;
mod listing_picture_ends;
mod listing_pictures;
mod listing_reviews;
mod listing_search;
mod listings;
mod notices;
mod notifications;
mod openapi;
mod password_change;
mod password_reset;
mod password_reset_page;
mod people;
mod places;
mod pool;
mod preferences;
mod presence;
mod privacy;
mod refresh;
mod report_effects;
mod reports;
mod retention;
mod saved_listings;
mod sessions;
mod suggestions;
mod support;
mod suspensions;
mod sweep;
mod takeover;
mod walk;
