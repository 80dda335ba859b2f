//! The avatar: taken in with the rest, served at once, gone when it is replaced.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use reqwest::multipart::{Form, Part};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use shared::config::RateLimits;

use super::INFO;
use crate::dialects::support::{by_karoo, form, put};
use crate::world::{Answer, Person, World};

const PUBLIC: &str = "https://kith.example/under";
const NO_FILE: &str = "The submitted data was not a file. Check the encoding type on the form.";
const NO_PICTURE: &str = "Upload a valid image. The file you uploaded was either not an image or a corrupted image.";

async fn world() -> World {
    World::with(|config| {
        config.server.public_url = Some(PUBLIC.parse().expect("an address"));
        config.limits.rate_limits = RateLimits::Off;
    })
    .await
}

/// A picture of one colour, as a file.
fn picture(format: ImageFormat, side: u32) -> Vec<u8> {
    let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(side, side, Rgb([180, 30, 60])));
    let mut file = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut file, format).expect("a picture is written");
    file.into_inner()
}

fn part(bytes: Vec<u8>) -> Part {
    Part::bytes(bytes).file_name("avatar.bin").mime_str("application/octet-stream").expect("a type")
}

async fn upload(person: &Person, form: Form) -> Answer {
    person.send(person.request(Method::PUT, INFO).multipart(form)).await
}

async fn set(person: &Person, bytes: Vec<u8>) -> String {
    let body = upload(person, Form::new().part("avatar", part(bytes))).await.expect(200);
    body["avatar"].as_str().expect("an address").to_owned()
}

/// What the public address serves: nothing but its beginning differs here.
async fn fetch(world: &World, address: &str) -> reqwest::Response {
    let path = address.strip_prefix(PUBLIC).expect("a whole address under PUBLIC_URL");
    assert!(path.starts_with("/media/"), "{path}");
    super::stranger(world).request(Method::GET, path).send().await.expect("an answer")
}

#[tokio::test]
async fn the_answer_s_address_serves_the_picture_made_anew_at_once() {
    let world = world().await;
    let ann = by_karoo(&world, "ann").await;
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let mut sent = picture(format, 600);
        let form = Form::new().text("full_name", format!("آن {format:?}")).part("avatar", part(sent.clone()));
        let changed = upload(&ann, form).await.expect(200);
        let address = changed["avatar"].as_str().expect("an address").to_owned();
        let expected = json!({"avatar": address, "full_name": format!("آن {format:?}"), "phone_number": null,
                              "email": "ann@example.org"});
        assert_eq!(changed, expected);
        assert_eq!(ann.get(INFO).await.expect(200), expected);
        let served = fetch(&world, &address).await;
        assert_eq!(served.status(), StatusCode::OK);
        let headers = served.headers().clone();
        assert_eq!(headers["content-type"], "image/jpeg", "an opaque one, by its content");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        let cache = headers["cache-control"].to_str().expect("text");
        assert!(
            cache.contains("public") && cache.contains("max-age=31536000") && cache.contains("immutable"),
            "{cache}"
        );
        let bytes = served.bytes().await.expect("a picture");
        let kept = image::load_from_memory(&bytes).expect("a picture");
        assert_eq!((kept.width(), kept.height()), (512, 512), "small");
        // What else was in the file is not kept.
        sent.extend(b"<script>alert(1)</script>");
        let address = set(&ann, sent).await;
        let bytes = fetch(&world, &address).await.bytes().await.expect("a picture");
        assert!(!bytes.windows(7).any(|window| window == b"<script"), "{format:?}");
    }
    world.finish().await;
}

#[tokio::test]
async fn what_is_no_picture_is_told_under_avatar_and_nothing_changes() {
    let world = world().await;
    let ann = by_karoo(&world, "ann").await;
    let address = set(&ann, picture(ImageFormat::Png, 8)).await;
    let before = ann.get(INFO).await.expect(200);
    assert_eq!(before["avatar"], address);
    let mut large = picture(ImageFormat::Png, 8);
    large.resize(5 * 1024 * 1024 + 1, 0);
    let whole = picture(ImageFormat::Png, 64);
    let other = "Upload a JPEG, PNG or WebP picture.";
    for (about, bytes, said) in [
        ("5 MiB and a byte", large, "The picture must have at most 5 MiB."),
        ("over 8 MiB", vec![0; 9 * 1024 * 1024], "The picture must have at most 5 MiB."),
        ("text", b"<html>no picture</html>".to_vec(), NO_PICTURE),
        ("half a picture", whole[..whole.len() / 2].to_vec(), NO_PICTURE),
        (
            "a GIF",
            b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;".to_vec(),
            other,
        ),
        ("nothing", Vec::new(), "The submitted file is empty."),
    ] {
        for first in [true, false] {
            let file = part(bytes.clone());
            let form = if first {
                Form::new().part("avatar", file).text("full_name", "Other").text("email", "other@example.org")
            } else {
                Form::new().text("full_name", "Other").text("email", "other@example.org").part("avatar", file)
            };
            assert_eq!(upload(&ann, form).await.expect(400), json!({"avatar": [said]}), "{about}");
        }
    }
    for given in [json!("data:image/png;base64,AAAA"), json!(address), json!(5), json!([]), json!({}), json!(true)] {
        let body = json!({"avatar": given, "full_name": "Other"});
        assert_eq!(put(&ann, INFO, body).await.expect(400), json!({"avatar": [NO_FILE]}), "{given}");
    }
    let text = form(&ann, Method::PUT, INFO, &[("avatar", "text"), ("full_name", "Other")]).await;
    assert_eq!(text.expect(400), json!({"avatar": [NO_FILE]}));
    // Another field that does not fit keeps a picture that does from being taken.
    let form = Form::new().part("avatar", part(picture(ImageFormat::Png, 16))).text("phone_number", "x");
    let refused = upload(&ann, form).await.expect(400);
    assert_eq!(refused.as_object().expect("fields").keys().collect::<Vec<_>>(), ["phone_number"]);
    assert_eq!(ann.get(INFO).await.expect(200), before);
    assert_eq!(fetch(&world, &address).await.status(), StatusCode::OK);
    world.settle().await;
    assert_eq!(crate::world::mails(&world).len(), 1, "nor is the email sent with it");
    world.finish().await;
}

#[tokio::test]
async fn a_picture_of_5_mib_is_taken() {
    let world = world().await;
    let ann = by_karoo(&world, "ann").await;
    let mut bytes = picture(ImageFormat::Jpeg, 64);
    bytes.resize(5 * 1024 * 1024, 0);
    set(&ann, bytes).await;
    world.finish().await;
}

#[tokio::test]
async fn null_and_blank_remove_it_and_what_was_is_dropped() {
    let world = world().await;
    let ann = by_karoo(&world, "ann").await;
    let none = ann.get(INFO).await.expect(200);
    let blank = Form::new().text("avatar", "");
    let mut gone = Vec::new();
    for (about, by_json) in [("null", true), ("blank", false)] {
        gone.push(set(&ann, picture(ImageFormat::Png, 8)).await);
        let answer = if by_json {
            put(&ann, INFO, json!({"avatar": null})).await
        } else {
            form(&ann, Method::PUT, INFO, &[("avatar", "")]).await
        };
        assert_eq!(answer.expect(200), none, "{about}");
        assert_eq!(ann.get(INFO).await.expect(200), none, "{about}");
    }
    assert_eq!(upload(&ann, blank).await.expect(200)["avatar"], Value::Null, "none there is fine");
    gone.push(set(&ann, picture(ImageFormat::Png, 8)).await);
    let kept = set(&ann, picture(ImageFormat::Png, 9)).await;
    assert_ne!(gone[2], kept);
    // A change of something else leaves it.
    assert_eq!(put(&ann, INFO, json!({"full_name": "Ann"})).await.expect(200)["avatar"], kept);
    world.bed.clock.turn(chrono::TimeDelta::hours(2));
    world.core().janitor.sweep().await.expect("a sweep");
    for address in &gone {
        assert_eq!(fetch(&world, address).await.status(), StatusCode::NOT_FOUND, "{address}");
    }
    assert_eq!(fetch(&world, &kept).await.status(), StatusCode::OK);
    world.finish().await;
}
