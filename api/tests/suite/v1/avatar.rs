//! One's own picture.

use chrono::TimeDelta;
use image::{GenericImageView, ImageFormat, RgbImage};
use reqwest::Method;
use serde_json::{Value, json};

use super::support::number;
use crate::world::{Answer, Person, World};

const PATH: &str = "/api/v1/me/avatar";

/// A picture of one colour, as a file.
pub(super) fn picture(colour: [u8; 3], width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    RgbImage::from_pixel(width, height, image::Rgb(colour)).write_to(&mut bytes, format).expect("it is written");
    bytes.into_inner()
}

/// Uploads, whatever the bytes are.
pub(super) async fn upload(person: &Person, bytes: Vec<u8>) -> Answer {
    person.send(person.request(Method::PUT, PATH).body(bytes)).await
}

/// Sets a picture; answers its path.
pub(super) async fn set(person: &Person, colour: [u8; 3]) -> String {
    let account = upload(person, picture(colour, 60, 40, ImageFormat::Png)).await.expect(200);
    account["avatar"].as_str().expect("a path").to_owned()
}

/// What is served under a path: its kind and its bytes.
pub(super) async fn served(world: &World, path: &str) -> Option<(String, Vec<u8>)> {
    let nobody = Person::stranger(world.apis[0].address);
    let response = nobody.request(Method::GET, path).send().await.expect("an answer");
    if response.status() == 404 {
        return None;
    }
    assert_eq!(response.status(), 200);
    let kind = response.headers()["content-type"].to_str().expect("text").to_owned();
    Some((kind, response.bytes().await.expect("a body").to_vec()))
}

#[tokio::test]
async fn what_is_set_is_served_to_anybody() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let account = upload(&ann, picture([200, 30, 30], 1_200, 600, format)).await.expect(200);
        assert_eq!(ann.get("/api/v1/me").await.expect(200), account);
        let path = account["avatar"].as_str().expect("a path");
        assert!(path.starts_with("/media/avatars/"), "{path}");
        let (kind, bytes) = served(&world, path).await.expect("a picture");
        assert!(kind.starts_with("image/"), "{kind}");
        let kept = image::load_from_memory(&bytes).expect("a picture");
        assert_eq!(kept.dimensions(), (512, 256));
        let [red, green, blue, _] = kept.get_pixel(256, 128).0;
        assert!(red > 180 && green < 60 && blue < 60, "{red} {green} {blue}");
    }
    world.finish().await;
}

#[tokio::test]
async fn everybody_who_sees_the_person_sees_it() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let mut socket = bob.socket().await;
    socket.expect("hello").await;
    socket.resume_part(0).await;
    let avatar = json!(set(&ann, [200, 30, 30]).await);
    let request = ann.ask(&bob).await;
    assert_eq!(socket.expect("notification").await["notification"]["actor"]["avatar"], avatar);
    let request = bob.get(&format!("/api/v1/connection-requests/{request}")).await.expect(200);
    assert_eq!((&request["from"]["avatar"], &request["to"]["avatar"]), (&avatar, &Value::Null));
    bob.accept(request["id"].as_i64().expect("an id")).await.expect(200);
    world.settle().await;
    let first = async |path: &str| bob.get(path).await.expect(200)["items"][0].clone();
    assert_eq!(bob.get(&format!("/api/v1/users/{}", ann.id)).await.expect(200)["avatar"], avatar);
    assert_eq!(first("/api/v1/users?q=ann").await["avatar"], avatar);
    assert_eq!(first("/api/v1/connections").await["user"]["avatar"], avatar);
    assert_eq!(first("/api/v1/notifications").await["actor"]["avatar"], avatar);
    assert_eq!(ann.get("/api/v1/notifications").await.expect(200)["items"][0]["actor"]["avatar"], Value::Null);
    bob.put(&format!("/api/v1/blocks/{}", ann.id)).await.expect(204);
    assert_eq!(first("/api/v1/blocks").await["user"]["avatar"], avatar);

    // All of it shows the one that is there, not the one that was.
    let next = json!(set(&ann, [30, 30, 200]).await);
    assert_ne!(next, avatar);
    assert_eq!(first("/api/v1/blocks").await["user"]["avatar"], next);
    drop(socket);
    world.finish().await;
}

#[tokio::test]
async fn what_is_no_picture_that_fits_is_refused_by_name() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let before = set(&ann, [200, 30, 30]).await;
    let small = picture([1, 2, 3], 60, 40, ImageFormat::Png);
    let padded = |length: usize| {
        let mut bytes = small.clone();
        bytes.resize(length, 0);
        bytes
    };
    let mib = 1024 * 1024;
    for (what, bytes) in [
        ("empty", Vec::new()),
        ("text", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()),
        ("cut short", small[..small.len() / 2].to_vec()),
        ("over 5 MiB", padded(5 * mib + 1)),
        ("8 MiB", padded(8 * mib)),
        ("over 8 MiB", padded(8 * mib + 1)),
    ] {
        let problem = upload(&ann, bytes).await.expect_problem(422, "invalid");
        assert!(problem["errors"]["avatar"][0].is_string(), "{what}: {problem:#}");
    }
    assert_eq!(ann.get("/api/v1/me").await.expect(200)["avatar"], json!(before));
    assert!(served(&world, &before).await.is_some());
    // The bytes tell what it is, and not what the client calls them.
    let request = ann.request(Method::PUT, PATH).header("content-type", "text/plain").body(small);
    ann.send(request).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn what_nobody_has_any_more_is_swept() {
    let world = World::start().await;
    let (ann, bob) = (world.person("ann").await, world.person("bob").await);
    let (first, second) = (set(&ann, [200, 30, 30]).await, set(&ann, [30, 200, 30]).await);
    let bobs = set(&bob, [200, 30, 30]).await;
    assert_ne!(first, bobs, "the same picture of two people is two");
    let sweep = async || world.core().janitor.sweep().await.expect("a sweep");
    let there = async |path: &str| served(&world, path).await.is_some();
    sweep().await;
    assert_eq!((there(&first).await, there(&second).await, there(&bobs).await), (false, true, true));

    ann.delete(PATH).await.expect(204);
    ann.delete(PATH).await.expect(204);
    assert_eq!(ann.get("/api/v1/me").await.expect(200)["avatar"], Value::Null);
    sweep().await;
    assert_eq!((there(&second).await, there(&bobs).await), (false, true));
    world.bed.clock.turn(TimeDelta::days(2));
    sweep().await;
    assert!(there(&bobs).await, "one that is had stays");
    assert_eq!(number(&world, "SELECT count(*) FROM media").await, 1);
    world.finish().await;
}

/// Of uploads at once one is had in the end, and the others are dropped.
#[tokio::test]
async fn of_many_at_once_one_is_left() {
    let world = World::with(|config| config.limits.pictures = 8).await;
    let ann = world.person("ann").await;
    let uploads = (0..6).map(|red| upload(&ann, picture([red * 40, 0, 0], 60, 40, ImageFormat::Png)));
    let answers = futures::future::join_all(uploads).await;
    let paths: Vec<Value> = answers.into_iter().map(|answer| answer.expect(200)["avatar"].clone()).collect();
    let left = ann.get("/api/v1/me").await.expect(200)["avatar"].clone();
    world.core().janitor.sweep().await.expect("a sweep");
    for path in paths {
        let there = served(&world, path.as_str().expect("a path")).await.is_some();
        assert_eq!(there, path == left);
    }
    assert_eq!(number(&world, "SELECT count(*) FROM media").await, 1);
    world.finish().await;
}
