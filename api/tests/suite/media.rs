//! Pictures, as browsers and proxies get them.
#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

use std::io::{Read, Write};
use std::net::TcpStream;

use image::{DynamicImage, Rgba, RgbaImage};
use reqwest::{Method, StatusCode};
use shared::media::public_path;

use crate::world::{Person, World};

fn encoded(picture: &DynamicImage, format: image::ImageFormat) -> bytes::Bytes {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).expect("encoded");
    bytes.into_inner().into()
}

/// Half of it transparent, so that it is kept as a PNG.
fn transparent() -> bytes::Bytes {
    let picture = RgbaImage::from_fn(600, 400, |x, y| Rgba([x.to_le_bytes()[0], y.to_le_bytes()[0], 9, 128]));
    encoded(&picture.into(), image::ImageFormat::Png)
}

fn opaque() -> bytes::Bytes {
    encoded(&DynamicImage::new_rgb8(64, 48), image::ImageFormat::WebP)
}

/// Sets an avatar and answers its path and what the store has under its key.
async fn avatar(world: &World, person: &Person, upload: bytes::Bytes) -> (String, Vec<u8>) {
    let account = world.core().avatars.set(person.id, upload).await.expect("an avatar");
    let key = account.avatar.expect("a key");
    let kept = std::fs::read(world.bed.folder().join("media").join(&key)).expect("a file");
    (public_path(&key), kept)
}

/// An answer's headers as lines, in their order, without the date and the request's name.
fn lines(headers: &reqwest::header::HeaderMap) -> Vec<String> {
    let mut lines: Vec<_> = headers
        .iter()
        .filter(|(name, _)| *name != "date" && *name != "x-request-id")
        .map(|(name, value)| format!("{name}: {}", value.to_str().expect("text")))
        .collect();
    lines.sort();
    lines
}

/// The headers of every answer of a picture that bears `tag`.
fn expected(tag: &str, more: &[String]) -> Vec<String> {
    let mut lines = vec![
        "access-control-allow-credentials: true".to_owned(),
        "access-control-expose-headers: retry-after,x-request-id".to_owned(),
        "cache-control: public, max-age=31536000, immutable".to_owned(),
        "content-security-policy: default-src 'none'; sandbox".to_owned(),
        "cross-origin-resource-policy: cross-origin".to_owned(),
        format!("etag: \"{tag}\""),
        "vary: origin".to_owned(),
        "x-content-type-options: nosniff".to_owned(),
    ];
    lines.extend_from_slice(more);
    lines.sort();
    lines
}

#[tokio::test]
async fn a_picture_is_given_out_as_it_is_kept() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let stranger = Person::stranger(ann.address);
    for (upload, kind, extension) in [(opaque(), "image/jpeg", ".jpg"), (transparent(), "image/png", ".png")] {
        let (path, kept) = avatar(&world, &ann, upload).await;
        let tag = path.strip_prefix("/media/avatars/").and_then(|name| name.strip_suffix(extension));
        let tag = tag.unwrap_or_else(|| panic!("{path} does not end in {extension}"));
        assert_eq!(tag.len(), 32);
        let of_body = [
            "content-disposition: inline".to_owned(),
            format!("content-length: {}", kept.len()),
            format!("content-type: {kind}"),
        ];
        let got = stranger.request(Method::GET, &path).send().await.expect("an answer");
        assert_eq!((got.status(), lines(got.headers())), (StatusCode::OK, expected(tag, &of_body)));
        assert!(got.bytes().await.expect("a body") == kept, "what is kept, byte by byte");
        let head = stranger.request(Method::HEAD, &path).send().await.expect("an answer");
        assert_eq!((head.status(), lines(head.headers())), (StatusCode::OK, expected(tag, &of_body)));
        assert!(head.bytes().await.expect("no body").is_empty());

        for known in [format!("\"{tag}\""), format!("W/\"{tag}\""), format!("\"other\", \"{tag}\""), "*".to_owned()] {
            for method in [Method::GET, Method::HEAD] {
                let request = stranger.request(method, &path).header("if-none-match", &known);
                let answer = request.send().await.expect("an answer");
                let mut headers = lines(answer.headers());
                // It may be there, and is then that of the whole picture (RFC 9110, section 8.6).
                headers.retain(|line| *line != format!("content-length: {}", kept.len()));
                assert_eq!((answer.status(), headers), (StatusCode::NOT_MODIFIED, expected(tag, &[])));
                assert!(answer.bytes().await.expect("no body").is_empty());
            }
        }
        for unknown in ["\"other\"", tag, "", "\"\u{e9}\""] {
            let request = stranger.request(Method::GET, &path).header("if-none-match", unknown);
            assert_eq!(request.send().await.expect("an answer").status(), StatusCode::OK, "{unknown}");
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn a_picture_that_is_replaced_goes_and_removed_ones_are_not_found() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let (first, _) = avatar(&world, &ann, opaque()).await;
    let (second, _) = avatar(&world, &ann, opaque()).await;
    assert_ne!(first, second, "what is under a key never changes");
    world.core().janitor.sweep().await.expect("a sweep");
    ann.get(&first).await.expect_problem(404, "not_found");
    let known = ann.request(Method::GET, &first).header("if-none-match", "*");
    ann.send(known).await.expect_problem(404, "not_found");
    ann.get(&second).await.expect(200);
    world.core().avatars.remove(ann.id).await.expect("removed");
    world.core().janitor.sweep().await.expect("a sweep");
    ann.get(&second).await.expect_problem(404, "not_found");
    world.finish().await;
}

/// The status with which the server answers a path as it is written here: no client has made it tidy.
fn status_of(person: &Person, path: &str) -> String {
    let mut stream = TcpStream::connect(person.address).expect("a connection");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: kith\r\nConnection: close\r\n\r\n").expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    let answer = String::from_utf8_lossy(&answer).to_lowercase();
    assert!(answer.contains("content-type: application/problem+json"), "{path}: {answer}");
    answer.split(' ').nth(1).expect("a status").to_owned()
}

#[tokio::test]
async fn nothing_but_keys_of_this_server_is_looked_for() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let (path, _) = avatar(&world, &ann, opaque()).await;
    let name = path.strip_prefix("/media/avatars/").expect("an avatar").to_owned();
    let hex = name.strip_suffix(".jpg").expect("a JPEG").to_owned();
    // Were any of these to reach the store, there would be something.
    let media = world.bed.folder().join("media");
    for other in ["secret.txt", "avatars/index.html", "avatars/0123456789abcdef0123456789abcdef.gif"] {
        std::fs::write(media.join(other), "<script>").expect("written");
    }
    let odd = [
        format!("/media/{name}"),
        "/media/secret.txt".to_owned(),
        "/media/avatars".to_owned(),
        "/media/avatars/".to_owned(),
        "/media/avatars/index.html".to_owned(),
        "/media/avatars/0123456789abcdef0123456789abcdef.gif".to_owned(),
        "/media/avatars/0123456789abcdef0123456789abcdef.jpg".to_owned(), // nothing is there
        format!("/media/avatars/{hex}"),
        format!("/media/avatars/{hex}.png"),
        format!("/media/avatars/{hex}.JPG"),
        format!("/media/avatars/{}.jpg", hex.to_uppercase()),
        format!("/media/avatars/{hex}.jpg/"),
        format!("/media/avatars/{hex}.jpg.jpg"),
        format!("/media/avatars/{hex}.jpg%23"),
        format!("/media/avatars/{hex}.jpg%00"),
        format!("/media/avatars/{hex}%2ejpg"),
        format!("/media/avatars%2f{name}"),
        format!("/media/%61vatars/{name}"),
        format!("/media//avatars/{name}"),
        format!("/media/avatars//{name}"),
        format!("/media/./avatars/{name}"),
        format!("/media/avatars/../avatars/{name}"),
        "/media/../kith.db".to_owned(),
        "/media/%2e%2e/kith.db".to_owned(),
        "/media/..%2fkith.db".to_owned(),
        "/media/..%5ckith.db".to_owned(),
        "/media/avatars/..%2f..%2fkith.db".to_owned(),
        "/media/%2fetc%2fpasswd".to_owned(),
        "/media//etc/passwd".to_owned(),
        "/media/%ff%fe".to_owned(),
        "/media/%".to_owned(),
        "/media/".to_owned(),
        "/media".to_owned(),
    ];
    let statuses = tokio::task::spawn_blocking({
        let ann = ann.clone();
        move || odd.map(|path| (status_of(&ann, &path), path))
    });
    for (status, path) in statuses.await.expect("answers") {
        assert_eq!(status, "404", "{path}");
    }
    ann.get(&format!("{path}?v=2")).await.expect(200);
    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
        ann.send(ann.request(method, &path)).await.expect_problem(405, "method_not_allowed");
    }
    world.finish().await;
}

#[tokio::test]
async fn a_store_that_is_away_is_worth_another_try() {
    let world = World::start().await;
    let ann = world.person("ann").await;
    let (path, kept) = avatar(&world, &ann, opaque()).await;
    let (media, aside) = (world.bed.folder().join("media"), world.bed.folder().join("aside"));
    std::fs::rename(&media, &aside).expect("taken away");
    std::fs::write(&media, "not a folder").expect("written");
    for request in [ann.request(Method::GET, &path), ann.request(Method::GET, &path).header("if-none-match", "*")] {
        let answer = ann.send(request).await;
        assert_eq!(answer.headers["retry-after"], "1");
        assert!(!answer.headers.contains_key("etag") && !answer.headers.contains_key("cache-control"));
        answer.expect_problem(503, "busy");
    }
    let head = ann.request(Method::HEAD, &path).send().await.expect("an answer");
    assert_eq!(head.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(world.core().avatars.set(ann.id, opaque()).await.is_err());
    std::fs::remove_file(&media).expect("taken away");
    std::fs::rename(&aside, &media).expect("back again");
    let got = ann.request(Method::GET, &path).send().await.expect("an answer");
    assert!(got.bytes().await.expect("a body") == kept);
    world.finish().await;
}
