//! Whatever comes in a field of a job, a comment or a timetable, it is told by that field or taken, and nothing is a 5xx.

use reqwest::Method;
use serde_json::{Value, json};
use shared::config::RateLimits;

use super::jobs::{JOBS, make, offer, own};
use crate::dialects::support::{by_karoo, load_places, send};
use crate::world::{Answer, World};

/// Values of JSON, some of which no field takes.
fn odd() -> Vec<String> {
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(5_000), close.repeat(5_000));
    let mut values: Vec<String> = [
        r#""a\u0000b""#,
        r#""\u0000""#,
        r#""\ud800""#,
        r#""a\udc00b""#,
        r#""\udc00\ud800""#,
        r#""\ud83d\ude00""#,
        "true",
        "null",
        "0",
        "-0",
        "1.5",
        "1e400",
        "1E-400",
        "-9223372036854775809",
        "9223372036854775807",
        "99999999999999999999999999",
        r#""99999999999999999999""#,
        r#""""#,
        r#""  ""#,
        r#"" 1 ""#,
        r#""NaN""#,
        r#""\u202e\u200f""#,
        "[]",
        "[null]",
        "[[]]",
        "[1, true, 2.5]",
        r#"["\u0000"]"#,
        r#"["\ud800"]"#,
        r#"[{"title": "\udc00"}]"#,
        r#"[{"title": "\u0000"}]"#,
        r#"[{"title": {"title": "x"}}]"#,
        r#"[{"day_of_week": "\u0000"}]"#,
        r#"[{"day_of_week": "friday", "time_slots": [{"start_time": "\u0000", "end_time": "\ud83d\ude00"}]}]"#,
        r#"[{"day_of_week": "friday", "time_slots": [{"start_time": "-1:00", "end_time": "+9:00"}]}]"#,
        r#"[{"day_of_week": "friday", "time_slots": [{"start_time": 1e99, "end_time": []}]}]"#,
        "{}",
        r#"{"title": "x"}"#,
        r#"{"": {"\u0000": []}}"#,
    ]
    .map(str::to_owned)
    .to_vec();
    values.extend([deep("[", "]"), deep(r#"{"a":"#, "}"), "9".repeat(10_000), format!("\"{}\"", "ب".repeat(50_000))]);
    values.push(format!("[{}]", vec![r#""x""#; 50_000].join(",")));
    values.push(format!("[{}]", vec![r#"{"day_of_week":"x"}"#; 10_000].join(",")));
    values
}

/// That the answer is a success or names the one field that is odd.
#[track_caller]
fn assert_told(answer: &Answer, field: &str, about: &str) {
    let status = answer.status.as_u16();
    if status < 300 {
        return;
    }
    let about = format!("{about}: {status} {:.300}", answer.body.to_string());
    let fields = answer.body.as_object().unwrap_or_else(|| panic!("{about}"));
    if status == 404 {
        assert!(["province", "city"].contains(&field) && fields["message"].is_string(), "{about}");
        return;
    }
    assert_eq!(status, 400, "{about}");
    // Of a province that is another one the city does not lie there any more.
    assert!(fields.keys().eq([field]) || (field == "province" && fields.keys().eq(["city"])), "{about}");
    assert!(
        fields.values().all(|said| said.as_array().is_some_and(|said| said.iter().all(Value::is_string))),
        "{about}"
    );
}

#[tokio::test]
async fn each_field_takes_what_fits_and_names_itself_otherwise() {
    let world = World::with(|config| config.limits.rate_limits = RateLimits::Off).await;
    load_places(&world).await;
    let (ann, bob) = (by_karoo(&world, "ann").await, by_karoo(&world, "bob").await);
    let (job, of_bob) = (make(&ann, json!({})).await, make(&bob, json!({})).await);
    let said = json!({"title": "Good", "comment": "Very", "rating": 5, "job": of_bob});
    let comment = ann.post("/jobs/comment/create/", said.clone()).await.expect(201)["id"].clone();
    let slots = json!([{"day_of_week": "friday", "time_slots": [{"start_time": "10:00", "end_time": "11:00"}]}]);
    let whole = offer(json!({"description": "x", "experiences": "x", "approximation_cph": "x", "initial_cost": "x",
                             "skills": [{"title": "Plumbing"}]}));
    for (method, path, fits) in [
        (Method::POST, JOBS.to_owned(), whole.clone()),
        (Method::PUT, own(&job), whole),
        (Method::POST, "/jobs/comment/create/".to_owned(), said.clone()),
        (Method::PUT, format!("/jobs/comment/edit/{comment}"), said),
        (Method::POST, format!("/jobs/timetable/{job}"), json!({"timetable": slots})),
    ] {
        let mut fields: Vec<String> = fits.as_object().expect("fields").keys().cloned().collect();
        fields.push("main_picture".to_owned());
        for field in &fields {
            for value in odd() {
                let mut body = fits.clone();
                body[field] = json!("@@@");
                let body = body.to_string().replace("\"@@@\"", &value);
                let answer = send(&ann, method.clone(), &path, Some("application/json"), body).await;
                let about = format!("{method} {path} {field} {value:.60}");
                if path == "/jobs/comment/create/" && answer.body["error"].is_string() {
                    continue; // it fits, and there is one already
                }
                assert_told(&answer, field, &about);
            }
        }
    }
    world.finish().await;
}

/// Paths and queries of whatever bytes.
#[tokio::test]
async fn no_address_is_the_server_s_fault() {
    let world = World::with(|config| config.limits.rate_limits = RateLimits::Off).await;
    let ann = by_karoo(&world, "ann").await;
    let odd = [
        "%00",
        "%ff",
        "%ed%a0%80",
        "-9223372036854775808",
        "9223372036854775807",
        "9223372036854775808",
        "1e9",
        "%2e%2e",
        "%2F",
        "null",
        "١",
        "0x1",
        "%F0%9F%98%80",
    ];
    for path in [
        "/jobs/{}/",
        "/jobs/user/info/{}/",
        "/categories/{}/subcategories/",
        "/jobs/list/?limit={}",
        "/jobs/list/?search={}&{}={}",
        "/jobs/list/?category={}&skill={}",
        "/jobs/list/?city={}&province={}",
        "/jobs/list/?subcategory={}&min_rating={}",
        "/jobs/skills/?offset={}",
        "/categories/?limit={}&offset={}",
    ] {
        for value in odd {
            let path = path.replace("{}", value);
            let status = ann.get(&path).await.status.as_u16();
            assert!(status == 200 || (400..500).contains(&status), "{path}: {status}");
        }
    }
    world.finish().await;
}
