//! The pictures of listings, and their small forms.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use futures::future::join_all;
use image::{DynamicImage, GenericImageView, ImageFormat, RgbImage, RgbaImage};
use reqwest::Method;
use sea_orm::{ConnectionTrait, TransactionTrait};
use serde_json::{Value, json};
use shared::config::RateLimits;
use shared::listings::Picture;
use shared::testing::TestBed;

use super::avatar::{picture, served};
use super::support::{execute, number};
use crate::world::{Answer, Person, World, eventually};

const RED: [u8; 3] = [200, 30, 30];

fn path(listing: i64) -> String {
    format!("/api/v1/listings/{listing}/pictures")
}

/// Uploads, whatever the bytes are.
pub(super) async fn upload(person: &Person, listing: i64, bytes: impl Into<reqwest::Body>) -> Answer {
    person.send(person.request(Method::POST, &path(listing)).body(bytes)).await
}

pub(super) fn small() -> Vec<u8> {
    picture(RED, 60, 40, ImageFormat::Png)
}

/// Adds a picture; answers its id.
pub(super) async fn add(person: &Person, listing: i64) -> i64 {
    upload(person, listing, small()).await.expect(201)["id"].as_i64().expect("an id")
}

pub(super) async fn remove(person: &Person, listing: i64, id: i64) -> Answer {
    person.delete(&format!("{}/{id}", path(listing))).await
}

pub(super) async fn listing_of(world: &World, person: &Person) -> i64 {
    TestBed::listing(world.core(), person.id).await
}

/// The main picture of a listing and all of them, oldest first.
async fn shown(world: &World, listing: i64) -> (Option<i64>, Vec<Picture>) {
    let listing = world.core().listings.find(None, listing).await.expect("a listing");
    (listing.card.main_picture.map(|picture| picture.id), listing.pictures)
}

pub(super) async fn numbers(world: &World, listing: i64) -> (Option<i64>, Vec<i64>) {
    let (main, pictures) = shown(world, listing).await;
    (main, pictures.iter().map(|picture| picture.id).collect())
}

pub(super) async fn sweep_after(world: &World, minutes: i64) {
    world.bed.clock.turn(TimeDelta::minutes(minutes));
    world.core().janitor.sweep().await.expect("a sweep");
}

/// That the store holds nothing but what the rows of listings' pictures name, and `media` knows no more.
pub(super) async fn assert_no_orphans(world: &World, listings: &[i64]) {
    let mut kept = BTreeSet::new();
    for listing in listings {
        let (_, pictures) = shown(world, *listing).await;
        kept.extend(pictures.into_iter().flat_map(|picture| [Some(picture.key), picture.thumbnail]).flatten());
    }
    assert_eq!(world.bed.pictures(), kept);
    let rows = number(world, "SELECT count(*) FROM media").await;
    assert_eq!(rows, i64::try_from(kept.len()).expect("a count"));
}

#[tokio::test]
async fn a_picture_is_served_at_once_and_its_small_form_when_a_worker_has_made_it() {
    let mut world = World::without_worker(|_| {}).await;
    let ann = world.person("ann").await;
    let listing = listing_of(&world, &ann).await;
    let mut urls = Vec::new();
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let body = upload(&ann, listing, picture(RED, 2_400, 1_200, format)).await.expect(201);
        let url = body["url"].as_str().expect("a path").to_owned();
        assert!(url.starts_with("/media/listings/"), "{url}");
        let created_at = body["created_at"].as_str().expect("a time").to_owned();
        let expected = json!({"id": body["id"], "url": url, "thumbnail_url": null, "created_at": created_at});
        assert_eq!(body, expected);
        let (kind, bytes) = served(&world, &url).await.expect("a picture");
        assert_eq!(kind, "image/jpeg");
        let kept = image::load_from_memory(&bytes).expect("a picture");
        assert_eq!(kept.dimensions(), (1_600, 800));
        let [red, green, blue, _] = kept.get_pixel(800, 400).0;
        assert!(red > 180 && green < 60 && blue < 60, "{red} {green} {blue}");
        urls.push(url);
    }
    let transparent = RgbaImage::from_pixel(400, 900, image::Rgba([9, 9, 200, 100]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::from(transparent).write_to(&mut bytes, ImageFormat::Png).expect("it is written");
    let tall = upload(&ann, listing, bytes.into_inner()).await.expect(201);
    urls.push(tall["url"].as_str().expect("a path").to_owned());
    assert_eq!(served(&world, &urls[3]).await.expect("a picture").0, "image/png");

    assert!(shown(&world, listing).await.1.iter().all(|picture| picture.thumbnail.is_none()));
    world.add_worker().await;
    world.settle().await;
    let (_, pictures) = shown(&world, listing).await;
    for (picture, expected) in pictures.iter().zip([(320, 160), (320, 160), (320, 160), (142, 320)]) {
        let thumbnail = picture.thumbnail.as_ref().expect("a thumbnail");
        assert!(thumbnail.starts_with("thumbnails/"), "{thumbnail}");
        let (kind, bytes) = served(&world, &format!("/media/{thumbnail}")).await.expect("a picture");
        assert_eq!(kind, if expected.0 == 142 { "image/png" } else { "image/jpeg" });
        assert_eq!(image::load_from_memory(&bytes).expect("a picture").dimensions(), expected);
    }
    let kept: Vec<String> = pictures.iter().map(|picture| format!("/media/{}", picture.key)).collect();
    assert_eq!(kept, urls);
    sweep_after(&world, 100 * 24 * 60).await;
    assert_no_orphans(&world, &[listing]).await;
    world.finish().await;
}

#[tokio::test]
async fn the_first_is_the_main_one_and_the_oldest_of_those_left_takes_its_place() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let (listing, other) = (listing_of(&world, &ann).await, listing_of(&world, &ann).await);
    assert_eq!(numbers(&world, listing).await, (None, vec![]));
    let (first, second, third) = (add(&ann, listing).await, add(&ann, listing).await, add(&ann, listing).await);
    assert_eq!(numbers(&world, listing).await, (Some(first), vec![first, second, third]));
    remove(&ann, other, first).await.expect_problem(404, "not_found");
    remove(&ann, listing, second).await.expect(204);
    remove(&ann, listing, second).await.expect_problem(404, "not_found");
    assert_eq!(numbers(&world, listing).await, (Some(first), vec![first, third]));
    let fourth = add(&ann, listing).await;
    remove(&ann, listing, first).await.expect(204);
    assert_eq!(numbers(&world, listing).await, (Some(third), vec![third, fourth]));
    world.settle().await;
    sweep_after(&world, 0).await;
    assert_no_orphans(&world, &[listing]).await;
    remove(&ann, listing, third).await.expect(204);
    remove(&ann, listing, fourth).await.expect(204);
    assert_eq!(numbers(&world, listing).await, (None, vec![]));
    let fifth = add(&ann, listing).await;
    assert_eq!(numbers(&world, listing).await, (Some(fifth), vec![fifth]));
    assert_eq!(numbers(&world, other).await, (None, vec![]));
    world.finish().await;
}

#[tokio::test]
async fn what_is_no_picture_that_fits_is_refused_by_name() {
    let world = World::with(|config| config.limits.rate_limits = RateLimits::Off).await;
    let ann = world.person("ann").await;
    let listing = listing_of(&world, &ann).await;
    let whole = small();
    let padded = |length: usize| {
        let mut bytes = whole.clone();
        bytes.resize(length, 0);
        bytes
    };
    // A PNG whose header claims more than 40 megapixels.
    let mut bomb = whole.clone();
    bomb[16..24].copy_from_slice(&[0, 0, 0x40, 0, 0, 0, 0x40, 0]);
    let mib = 1024 * 1024;
    for (what, bytes) in [
        ("empty", Vec::new()),
        ("a drawing", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()),
        ("a page", b"<!doctype html><script>alert(1)</script>".to_vec()),
        ("a GIF", b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;".to_vec()),
        ("cut short", whole[..whole.len() / 2].to_vec()),
        ("a bomb", bomb),
        ("zeros", vec![0; 1_000]),
        ("over 5 MiB", padded(5 * mib + 1)),
        ("8 MiB", padded(8 * mib)),
        ("over 8 MiB", padded(8 * mib + 1)),
    ] {
        let problem = upload(&ann, listing, bytes).await.expect_problem(422, "invalid");
        let fields: Vec<&String> = problem["errors"].as_object().expect("fields").keys().collect();
        assert_eq!(fields, ["picture"], "{what}: {problem:#}");
    }
    assert_eq!(numbers(&world, listing).await, (None, vec![]));
    assert_eq!(world.bed.pictures(), BTreeSet::new());
    // The bytes tell what it is, and not what the client calls them; what comes behind it is not kept.
    let page = [whole.as_slice(), b"<script>alert(1)</script>"].concat();
    let request = ann.request(Method::POST, &path(listing)).header("content-type", "text/html").body(page);
    let url = ann.send(request).await.expect(201)["url"].as_str().expect("a path").to_owned();
    let (kind, bytes) = served(&world, &url).await.expect("a picture");
    assert_eq!(kind, "image/jpeg");
    assert!(!bytes.windows(7).any(|window| window == b"<script"));
    upload(&ann, listing, padded(5 * mib)).await.expect(201);
    world.finish().await;
}

/// A JPEG, red on the left and blue on the right, with what a camera writes: that it held it on its side, and a text.
fn of_a_camera() -> Vec<u8> {
    let halves = RgbImage::from_fn(60, 40, |x, _| image::Rgb(if x < 30 { RED } else { [30, 30, 200] }));
    let mut jpeg = std::io::Cursor::new(Vec::new());
    halves.write_to(&mut jpeg, ImageFormat::Jpeg).expect("it is written");
    let jpeg = jpeg.into_inner();
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    exif.extend(b"\x01\x0e\0\x02\0\0\0\x0a\0\0\0\x26"); // a description of ten characters, behind the directory
    exif.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"); // its right side is up
    exif.extend(b"\0\0\0\0SECRETHOME");
    let length = u16::try_from(exif.len() + 2).expect("a short block").to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

#[tokio::test]
async fn a_photo_stands_upright_and_tells_nothing_but_itself() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let listing = listing_of(&world, &ann).await;
    assert!(of_a_camera().windows(10).any(|window| window == b"SECRETHOME"));
    upload(&ann, listing, of_a_camera()).await.expect(201);
    world.settle().await;
    let (_, pictures) = shown(&world, listing).await;
    let thumbnail = pictures[0].thumbnail.clone().expect("a thumbnail");
    for key in [&pictures[0].key, &thumbnail] {
        let (_, bytes) = served(&world, &format!("/media/{key}")).await.expect("a picture");
        for secret in [&b"SECRETHOME"[..], b"Exif"] {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret), "{key}");
        }
        let upright = image::load_from_memory(&bytes).expect("a picture");
        assert_eq!(upright.dimensions(), (40, 60));
        assert!(upright.get_pixel(20, 5).0[0] > 150 && upright.get_pixel(20, 55).0[2] > 150, "{key}");
    }
    world.finish().await;
}

#[tokio::test]
async fn another_s_listing_is_not_one_s_own_and_what_is_refused_costs_nothing() {
    let world = World::with(|config| config.limits.pictures_a_minute = 1).await;
    let (ann, bob, eve) = (world.person("ann").await, world.person("bob").await, world.person("eve").await);
    let (listing, bobs) = (listing_of(&world, &ann).await, listing_of(&world, &bob).await);
    let id = add(&ann, listing).await;
    for _ in 0..3 {
        upload(&bob, listing, small()).await.expect_problem(403, "not_yours");
        upload(&bob, 999, small()).await.expect_problem(404, "not_found");
        remove(&bob, listing, id).await.expect_problem(403, "not_yours");
        remove(&bob, 999, id).await.expect_problem(404, "not_found");
        remove(&bob, bobs, id).await.expect_problem(404, "not_found");
    }
    // Whoever is in a block with the owner finds nothing there, and nobody finds a suspended owner's.
    ann.put(&format!("/api/v1/blocks/{}", eve.id)).await.expect(204);
    upload(&eve, listing, small()).await.expect_problem(404, "not_found");
    remove(&eve, listing, id).await.expect_problem(404, "not_found");
    let suspend = format!("UPDATE accounts SET suspended_at = created_at WHERE id = {}", bob.id);
    execute(&world, &suspend).await;
    upload(&eve, bobs, small()).await.expect_problem(404, "not_found");
    execute(&world, &format!("UPDATE accounts SET suspended_at = NULL WHERE id = {}", bob.id)).await;
    assert_eq!(numbers(&world, listing).await, (Some(id), vec![id]));
    // The one picture a minute was not used up. It is one for avatars and listings together.
    add(&bob, bobs).await;
    upload(&bob, bobs, small()).await.expect_problem(429, "too_many");
    let avatar = bob.request(Method::PUT, "/api/v1/me/avatar").body(small());
    bob.send(avatar).await.expect_problem(429, "too_many");
    world.settle().await;
    sweep_after(&world, 0).await;
    assert_no_orphans(&world, &[listing, bobs]).await;
    world.finish().await;
}

#[tokio::test]
async fn a_listing_has_20_at_most_however_many_come_at_once() {
    let world = World::with(|config| {
        config.limits.rate_limits = RateLimits::Off;
        config.limits.pictures = 6;
    })
    .await;
    let ann = world.person("ann").await;
    let listing = listing_of(&world, &ann).await;
    for _ in 0..18 {
        add(&ann, listing).await;
    }
    let uploads = join_all((0..6).map(|_| upload(&ann, listing, small())));
    let answers = if shared::testing::production() {
        // All come as far as the listing's row, and are then let go together.
        let taken = world.core().database.writer().begin().await.expect("a transaction");
        taken.execute_unprepared("SELECT 1 FROM listings FOR UPDATE").await.expect("the listing");
        let blocked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                       AND wait_event_type = 'Lock' AND query LIKE '%listing%'";
        let letting_go = async {
            eventually("all wait", async || number(&world, blocked).await == 6).await;
            taken.commit().await.expect("the listing is free");
        };
        futures::join!(uploads, letting_go).0
    } else {
        uploads.await
    };
    let (taken, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 201);
    assert_eq!((taken.len(), refused.len()), (2, 4));
    for answer in refused {
        let problem = answer.expect_problem(409, "too_many_pictures");
        assert!(problem["detail"].as_str().expect("text").contains("at most 20"), "{problem:#}");
    }
    let (_, ids) = numbers(&world, listing).await;
    assert_eq!(ids.len(), 20);
    // One that is refused is not taken in first.
    let taken_in = async || number(&world, "SELECT count(*) FROM media WHERE key LIKE 'listings/%'").await;
    let before = taken_in().await;
    upload(&ann, listing, small()).await.expect_problem(409, "too_many_pictures");
    upload(&ann, listing, "no picture").await.expect_problem(409, "too_many_pictures");
    assert_eq!(taken_in().await, before);
    remove(&ann, listing, ids[7]).await.expect(204);
    add(&ann, listing).await;
    world.settle().await;
    sweep_after(&world, 61).await;
    assert_no_orphans(&world, &[listing]).await;
    world.finish().await;
}

/// The largest photos are drawn on few threads: whoever asks for something else is answered meanwhile.
#[tokio::test]
async fn large_photos_hold_up_nobody_else() {
    let world = World::with(|config| {
        config.limits.rate_limits = RateLimits::Off;
        config.limits.pictures = 1;
    })
    .await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let listing = listing_of(&world, &ann).await;
    let photo: bytes::Bytes = picture(RED, 8_000, 5_000, ImageFormat::Jpeg).into();
    assert!(photo.len() < 5 * 1024 * 1024, "{}", photo.len());
    let uploads: Vec<_> = (0..3)
        .map(|_| {
            let (ann, photo) = (ann.clone(), photo.clone());
            tokio::spawn(async move { upload(&ann, listing, photo).await })
        })
        .collect();
    let stored = async || number(&world, "SELECT count(*) FROM media").await > 0;
    let mut meanwhile = 0;
    while !uploads.iter().all(tokio::task::JoinHandle::is_finished) {
        bob.get("/api/v1/me").await.expect(200);
        meanwhile += usize::from(!uploads.iter().all(tokio::task::JoinHandle::is_finished));
    }
    assert!(meanwhile > 0, "nobody was answered before the last was drawn");
    for upload in uploads {
        let answer = upload.await.expect("an answer");
        // Those that would wait for long are told so.
        assert!(answer.status == 201 || answer.headers.contains_key("retry-after"), "{}", answer.status);
    }
    eventually("one at least is kept", stored).await;
    assert_ne!(shown(&world, listing).await.1.len(), 0);
    world.finish().await;
}

#[tokio::test]
async fn a_store_that_is_away_is_worth_another_try() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let listing = listing_of(&world, &ann).await;
    std::fs::write(world.bed.folder().join("media"), "not a folder").expect("written");
    let answer = upload(&ann, listing, small()).await;
    assert_eq!(answer.headers["retry-after"], "1");
    answer.expect_problem(503, "busy");
    assert_eq!(numbers(&world, listing).await, (None, Vec::<i64>::new()));
    std::fs::remove_file(world.bed.folder().join("media")).expect("taken away");
    let answer: Value = upload(&ann, listing, small()).await.expect(201);
    assert!(served(&world, answer["url"].as_str().expect("a path")).await.is_some());
    world.settle().await;
    sweep_after(&world, 61).await;
    assert_no_orphans(&world, &[listing]).await;
    world.finish().await;
}
