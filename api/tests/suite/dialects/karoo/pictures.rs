//! The pictures of jobs.

use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage};
use reqwest::multipart::{Form, Part};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use shared::config::RateLimits;
use shared::testing::TestBed;

use super::stranger;
use crate::dialects::support::{by_karoo, form};
use crate::world::{Answer, Person, World};

pub(super) const PICTURES: &str = "/jobs/user/pictures/";
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

fn picture(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let picture = DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb([180, 30, 60])));
    let mut file = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut file, format).expect("a picture is written");
    file.into_inner()
}

fn part(bytes: Vec<u8>) -> Part {
    Part::bytes(bytes).file_name("سقف.html").mime_str("text/html").expect("a type")
}

fn small() -> Part {
    part(picture(ImageFormat::Png, 6, 4))
}

async fn upload(person: &Person, form: Form) -> Answer {
    person.send(person.request(Method::POST, PICTURES).multipart(form)).await
}

async fn add(person: &Person, job: i64, image: Part) -> Answer {
    upload(person, Form::new().part("image", image).text("job", job.to_string())).await
}

async fn job_of(world: &World, person: &Person) -> i64 {
    TestBed::listing(world.core(), person.id).await
}

async fn pictures_of(person: &Person, job: i64) -> Value {
    person.get(&format!("/jobs/user/info/{job}/")).await.expect(200)["pictures"].clone()
}

#[tokio::test]
async fn the_answer_s_address_serves_the_picture_made_anew_at_once() {
    let world = world().await;
    let ann = by_karoo(&world, "ann").await;
    let job = job_of(&world, &ann).await;
    let mut all = Vec::new();
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
        let mut sent = picture(format, 2_000, 1_000);
        sent.extend(b"<script>alert(1)</script>");
        let body = add(&ann, job, part(sent)).await.expect(201);
        let address = body["image"].as_str().expect("an address").to_owned();
        assert_eq!(body, json!({"id": body["id"], "image": address, "job": job}));
        let path = address.strip_prefix(PUBLIC).expect("a whole address under PUBLIC_URL");
        assert!(path.starts_with("/media/listings/"), "{path}");
        let served = stranger(&world).request(Method::GET, path).send().await.expect("an answer");
        assert_eq!(served.status(), StatusCode::OK);
        assert_eq!(served.headers()["content-type"], "image/jpeg");
        let bytes = served.bytes().await.expect("a picture");
        assert!(!bytes.windows(7).any(|window| window == b"<script"), "{format:?}");
        assert_eq!(image::load_from_memory(&bytes).expect("a picture").dimensions(), (1_600, 800));
        all.push(body);
    }
    assert_eq!(pictures_of(&ann, job).await, json!(all));
    let shown = ann.get(&format!("/jobs/user/info/{job}/")).await.expect(200);
    assert_eq!((&shown["main_picture"], &shown["main_picture_url"]), (&all[0]["id"], &all[0]["image"]));
    world.settle().await;
    assert_eq!(pictures_of(&ann, job).await, json!(all));
    world.finish().await;
}

#[tokio::test]
async fn what_is_missing_or_no_picture_is_told_under_its_field() {
    let world = world().await;
    let ann = by_karoo(&world, "ann").await;
    let job = job_of(&world, &ann).await;
    let number = job.to_string();
    let missing = json!({"image": ["No file was submitted."], "job": ["This field is required."]});
    assert_eq!(ann.act(PICTURES).await.expect(400), missing);
    assert_eq!(ann.post(PICTURES, json!({})).await.expect(400), missing);
    let (no_image, no_job) = (json!({"image": missing["image"]}), json!({"job": missing["job"]}));
    assert_eq!(ann.post(PICTURES, json!({"job": job})).await.expect(400), no_image);
    assert_eq!(upload(&ann, Form::new().text("job", number.clone())).await.expect(400), no_image);
    assert_eq!(upload(&ann, Form::new().part("image", small())).await.expect(400), no_job);
    let null = json!({"image": ["This field may not be null."]});
    assert_eq!(ann.post(PICTURES, json!({"image": null, "job": job})).await.expect(400), null);
    let no_file = json!({"image": [NO_FILE]});
    for given in [json!("data:image/png;base64,AAAA"), json!(5), json!([]), json!({}), json!(true), json!("")] {
        let body = json!({"image": given, "job": job});
        assert_eq!(ann.post(PICTURES, body).await.expect(400), no_file, "{given}");
    }
    for text in ["", "text"] {
        let answer = form(&ann, Method::POST, PICTURES, &[("image", text), ("job", &number)]).await;
        assert_eq!(answer.expect(400), no_file, "{text:?}");
    }
    for wrong in ["x", "1.5", "99999999999999999999"] {
        let form = Form::new().part("image", small()).text("job", wrong);
        assert_eq!(upload(&ann, form).await.expect(400), json!({"job": ["A valid integer is required."]}), "{wrong}");
    }
    let mut large = picture(ImageFormat::Png, 8, 8);
    large.resize(5 * 1024 * 1024 + 1, 0);
    let whole = picture(ImageFormat::Png, 64, 64);
    for (about, bytes, said) in [
        ("5 MiB and a byte", large, "The picture must have at most 5 MiB."),
        ("over 8 MiB", vec![0; 9 * 1024 * 1024], "The picture must have at most 5 MiB."),
        ("text", b"<html>no picture</html>".to_vec(), NO_PICTURE),
        ("half a picture", whole[..whole.len() / 2].to_vec(), NO_PICTURE),
        ("an icon", b"\0\0\x01\0\x01\0\x10\x10".to_vec(), "Upload a JPEG, PNG or WebP picture."),
        ("nothing", Vec::new(), "The submitted file is empty."),
    ] {
        for first in [true, false] {
            let (form, file) = (Form::new(), part(bytes.clone()));
            let form = if first {
                form.part("image", file).text("job", number.clone())
            } else {
                form.text("job", number.clone()).part("image", file)
            };
            assert_eq!(upload(&ann, form).await.expect(400), json!({"image": [said]}), "{about}");
        }
    }
    assert_eq!(pictures_of(&ann, job).await, json!([]));
    assert!(world.bed.pictures().is_empty());
    world.finish().await;
}

#[tokio::test]
async fn another_s_job_is_forbidden_and_a_missing_one_not_found() {
    let world = world().await;
    let (ann, bob) = (by_karoo(&world, "ann").await, by_karoo(&world, "bob").await);
    let job = job_of(&world, &ann).await;
    let forbidden = json!({"detail": "You do not have permission to perform this action."});
    assert_eq!(add(&bob, job, small()).await.expect(403), forbidden);
    assert_eq!(add(&bob, job, part(b"no picture".to_vec())).await.expect(403), forbidden);
    for missing in [999, 0, -1, i64::MAX] {
        assert_eq!(add(&ann, missing, small()).await.expect(404), json!({"detail": "Not found."}));
    }
    assert_eq!(pictures_of(&ann, job).await, json!([]));
    assert!(world.bed.pictures().is_empty());
    world.finish().await;
}

#[tokio::test]
async fn the_21st_is_refused() {
    let world = world().await;
    let ann = by_karoo(&world, "ann").await;
    let (job, other) = (job_of(&world, &ann).await, job_of(&world, &ann).await);
    for _ in 0..20 {
        add(&ann, job, small()).await.expect(201);
    }
    let full = json!({"image": ["A listing has at most 20 pictures."]});
    assert_eq!(add(&ann, job, small()).await.expect(400), full);
    add(&ann, other, small()).await.expect(201);
    assert_eq!(pictures_of(&ann, job).await.as_array().map(Vec::len), Some(20));
    world.finish().await;
}
