//! What resolving a report does to what was reported, in one transaction with the rest.

use serde_json::json;

use super::chats::{chat, read, say, unread};
use super::everywhere::{Everywhere, no_sweep};
use super::reports::{ADMIN, report, resolve};
use super::support::{audited, entry, execute, load_places, number, staff};
use crate::world::{Person, World};

/// A listing of somebody's, in category and subcategory 1.
pub(super) async fn listing(world: &World, owner: &Person) -> i64 {
    execute(
        world,
        &format!(
            "INSERT INTO listings (account_id, subcategory_id, title, description, province_id, city_id,
                 province_language, city_language, search, created_at, updated_at)
             SELECT a.id, 1, 'Plumbing', 'I mend pipes', 1, 1, 'fa', 'fa', 'plumbing', a.created_at, a.created_at
             FROM accounts a WHERE a.id = {}",
            owner.id
        ),
    )
    .await;
    number(world, "SELECT max(id) FROM listings").await
}

/// Somebody's review of a listing.
pub(super) async fn review(world: &World, person: &Person, listing: i64, rating: i64) -> i64 {
    execute(
        world,
        &format!(
            "INSERT INTO reviews (listing_id, account_id, title, body, rating, created_at)
             SELECT {listing}, a.id, 'Good', 'Came at once', {rating}, a.created_at FROM accounts a WHERE a.id = {}",
            person.id
        ),
    )
    .await;
    execute(
        world,
        &format!(
            "UPDATE listings SET rating_sum = rating_sum + {rating}, rating_count = rating_count + 1 WHERE id = {listing}"
        ),
    )
    .await;
    number(world, "SELECT max(id) FROM reviews").await
}

#[tokio::test]
async fn a_listing_is_taken_out_and_its_pictures_are_dropped() {
    let world = World::start().await;
    let (ann, bob, sue) = (world.person("ann").await, world.person("bob").await, staff(&world, "sue").await);
    load_places(&world).await;
    let (taken, other) = (listing(&world, &bob).await, listing(&world, &bob).await);
    review(&world, &ann, taken, 4).await;
    for (listing, key) in [(taken, "a"), (taken, "b"), (other, "c")] {
        let thumbnail = if key == "b" { "NULL" } else { &format!("'{key}-small'") };
        execute(
            &world,
            &format!(
                "INSERT INTO listing_pictures (listing_id, key, thumbnail, created_at)
                 SELECT {listing}, '{key}', {thumbnail}, created_at FROM listings WHERE id = {listing}"
            ),
        )
        .await;
    }
    let media = "INSERT INTO media (key, created_at) SELECT k.key, a.created_at FROM accounts a,
        (SELECT 'a' AS key UNION ALL SELECT 'a-small' UNION ALL SELECT 'b' UNION ALL SELECT 'c' UNION ALL SELECT 'c-small') AS k
        WHERE a.username = 'ann'";
    execute(&world, media).await;
    report(&ann, "listing", taken, "Spam").await.expect(201);
    let resolved = resolve(&sue, 1, json!({"outcome": "removed", "note": "Thank you"})).await.expect(200);
    assert_eq!([&resolved["outcome"], &resolved["quoted"]], ["removed", "Plumbing\nI mend pipes"]);
    assert_eq!(number(&world, "SELECT count(*) * 100 + max(id) FROM listings").await, 100 + other);
    assert_eq!(number(&world, "SELECT count(*) FROM reviews").await, 0);
    let dropped = "SELECT count(*) FROM media WHERE drop_at IS NOT NULL AND key IN ('a', 'a-small', 'b')";
    assert_eq!(number(&world, dropped).await, 3);
    assert_eq!(number(&world, "SELECT count(*) FROM media WHERE drop_at IS NOT NULL").await, 3);
    let detail = json!({"outcome": "removed", "note": "Thank you", "subject": "listing", "subject_id": taken});
    assert_eq!(audited(&sue, "").await, [entry(&sue, "report.resolve", 1, detail)]);
    // Nothing of it is there to be taken out: another report of it is resolved all the same.
    execute(
        &world,
        &format!(
            "INSERT INTO reports (reporter_id, subject, subject_id, message, created_at)
             SELECT id, 'listing', {taken}, 'Spam', created_at FROM accounts WHERE username = 'bob'"
        ),
    )
    .await;
    resolve(&sue, 2, json!({"outcome": "removed"})).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn a_review_takes_its_stars_with_it() {
    let world = World::start().await;
    let (ann, bob, cat) = (world.person("ann").await, world.person("bob").await, world.person("cat").await);
    let sue = staff(&world, "sue").await;
    load_places(&world).await;
    let listing = listing(&world, &ann).await;
    let bad = review(&world, &bob, listing, 1).await;
    review(&world, &cat, listing, 5).await;
    report(&ann, "review", bad, "He was never here").await.expect(201);
    resolve(&sue, 1, json!({"outcome": "removed"})).await.expect(200);
    let left = "SELECT rating_sum * 10 + rating_count FROM listings";
    assert_eq!(number(&world, left).await, 51);
    assert_eq!(number(&world, "SELECT count(*) FROM reviews").await, 1);
    world.finish().await;
}

#[tokio::test]
async fn a_message_goes_for_both_and_counts_no_longer() {
    let world = World::start().await;
    let (ann, bob, sue) = (world.person("ann").await, world.person("bob").await, staff(&world, "sue").await);
    let id = chat(&ann, &bob).await;
    let (old, rude) = (say(&bob, id, "Hello").await, say(&bob, id, "Rude words").await);
    let mut sockets = [ann.socket().await, bob.socket().await];
    for socket in &mut sockets {
        assert_eq!(socket.resume(0).await.len(), 2);
    }
    assert_eq!(unread(&world, &ann).await, 2);
    for message in [&old, &rude] {
        report(&ann, "message", message["id"].as_i64().expect("an id"), "Rude").await.expect(201);
    }
    resolve(&sue, 2, json!({"outcome": "removed"})).await.expect(200);
    for socket in &mut sockets {
        let frame = socket.expect("removed").await;
        assert_eq!([&frame["chat_id"], &frame["messages"]], [&json!(id), &json!([rude["id"]])]);
    }
    assert_eq!(unread(&world, &ann).await, 1);
    for person in [&ann, &bob] {
        let messages = person.get(&format!("/api/v1/chats/{id}/messages")).await.expect(200);
        assert_eq!(messages["items"], json!([old]));
    }
    assert_eq!(number(&world, "SELECT count(*) FROM messages WHERE body = 'Rude words'").await, 0);
    // A block, or that it is read, is no hindrance; what it said is kept with the report.
    read(&ann, id, &old["id"]).await;
    ann.put(&format!("/api/v1/blocks/{}", bob.id)).await.expect(204);
    world.settle().await;
    let resolved = resolve(&sue, 1, json!({"outcome": "removed"})).await.expect(200);
    assert_eq!(resolved["quoted"], "Hello");
    assert_eq!(number(&world, "SELECT count(*) FROM messages WHERE removed_at IS NULL").await, 0);
    assert_eq!((unread(&world, &ann).await, unread(&world, &bob).await), (0, 0));
    drop(sockets);
    world.finish().await;
}

#[tokio::test]
async fn the_account_behind_it_is_suspended_everywhere() {
    let mut world = World::with(no_sweep).await;
    world.add_api().await;
    let (ann, bob, sue) = (world.person("ann").await, world.person("bob").await, staff(&world, "sue").await);
    let rude = say(&bob, chat(&ann, &bob).await, "Rude words").await["id"].as_i64().expect("an id");
    let everywhere = Everywhere::sign_in(&world, &bob).await;
    report(&ann, "message", rude, "Rude").await.expect(201);
    resolve(&sue, 1, json!({"outcome": "suspended", "note": "Gone"})).await.expect(200);
    everywhere.expect_ended().await;
    ann.get(&format!("/api/v1/users/{}", bob.id)).await.expect_problem(404, "not_found");
    let detail = json!({"outcome": "suspended", "note": "Gone", "subject": "message", "subject_id": rude});
    let entries =
        [entry(&sue, "report.resolve", 1, detail), entry(&sue, "account.suspend", bob.id, json!({"report_id": 1}))];
    assert_eq!(audited(&sue, "").await, entries);
    world.finish().await;
}

/// Nothing is written of what could not be done.
#[tokio::test]
async fn what_can_t_be_done_leaves_the_report_as_it_was() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let (sue, tom) = (staff(&world, "sue").await, staff(&world, "tom").await);
    report(&ann, "account", tom.id, "Rude").await.expect(201);
    report(&ann, "account", bob.id, "Rude").await.expect(201);
    resolve(&sue, 1, json!({"outcome": "suspended"})).await.expect_problem(409, "staff_account");
    execute(&world, "UPDATE accounts SET deleted_at = created_at, suspended_at = created_at WHERE username = 'bob'")
        .await;
    resolve(&sue, 2, json!({"outcome": "suspended"})).await.expect_problem(409, "account_gone");
    execute(&world, "UPDATE reports SET account_id = NULL WHERE id = 2").await;
    resolve(&sue, 2, json!({"outcome": "suspended"})).await.expect_problem(409, "account_gone");
    world.settle().await;
    let waiting = sue.get(ADMIN).await.expect(200);
    assert_eq!(waiting["items"].as_array().expect("items").len(), 2);
    assert_eq!((audited(&sue, "").await.len(), ann.inbox().await.len()), (0, 0));
    resolve(&sue, 2, json!({"outcome": "dismissed"})).await.expect(200);
    world.finish().await;
}
