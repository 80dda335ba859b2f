//! Garbage in ids, queries, headers and bodies: a clear 4xx, never a 5xx (P9).

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use reqwest::Method;
use serde_json::{Value, json};

use super::support::operations;
use super::sweep::{Complaints, body_of, taking, world};

#[tokio::test]
async fn an_id_that_is_none_names_nothing() {
    let (world, ann) = world().await;
    let mut complaints = Complaints::default();
    let ids = "0 -1 999 9223372036854775807 -9223372036854775808 9223372036854775808 abc 1.5 1e3 0x1 %00 1%00 %FF \
               %F0%9F%92%A9 null %2B 1,2 %20 %2F ..%2F1 {id} 99999999999999999999999999999999999999999";
    for operation in operations().iter().filter(|operation| operation.path.contains("{id}")) {
        let method = Method::from_bytes(operation.method.as_bytes()).expect("a method");
        for id in ids.split(' ') {
            let path = operation.path.replace("{id}", id);
            let request = ann.request(method.clone(), &path);
            let body = body_of(&method, &operation.path);
            let answer = ann.send(body.into_iter().fold(request, |request, body| request.json(&body))).await;
            complaints.problem(&answer, &[404], &path);
        }
    }
    complaints.assert_none();
    world.finish().await;
}

#[tokio::test]
async fn a_query_parameter_that_does_not_fit_is_named() {
    let (world, ann) = world().await;
    let mut complaints = Complaints::default();
    let mut tried = 0;
    for operation in operations() {
        let parameters = operation.about["parameters"].as_array().cloned().unwrap_or_default();
        let query = parameters.iter().filter(|parameter| parameter["in"] == "query");
        let names: Vec<&str> = query.map(|parameter| parameter["name"].as_str().expect("a name")).collect();
        if names.is_empty() || operation.path.ends_with("/ws") {
            continue;
        }
        tried += 1;
        let path = operation.path.replace("{id}", "1");
        let mut queries = vec![("nope", "nope=1".to_owned()), ("Limit", "Limit=5".to_owned())];
        for name in &names {
            let values: &[&str] = match *name {
                "limit" => &["0", "101", "-1", "abc", "", "1.5", "4294967296", "%00", "99999999999999999999"],
                "cursor" => &["", "x", "%00", "AAAA", "AAAAAAAAAAAAAAAA", "!!!!!!!!!!!", "AAAAAAAAAAB", "%FF", "1"],
                "q" => &["%00", "a%00b", LONG],
                "name" => &["", "%20", "%00", "a%00b", LONG],
                "direction" | "status" => &["", "sideways", "Pending", "%00", "pending,accepted"],
                "unread" => &["", "yes", "2", "%00"],
                "province_id" | "city_id" | "category_id" | "subcategory_id" | "skill_id" | "user_id"
                | "subject_id" | "staff_id" => &["", "abc", "1.5", "%00", "1%00", "99999999999999999999"],
                "min_rating" => &["", "abc", "-0.1", "5.1", "NaN", "inf", "1e999", "%00"],
                "open_on" => &["", "Friday", "fri", "5", "%00"],
                "open_at" => &["", "noon", "24:00", "9", "09:00:60", "%00"],
                "minutes" => &["0", "1441", "-1", "abc", "", "1.5", "%00"],
                "queue" => &["", "Email", "%00", "email,media"],
                "state" | "subject" => &["", "sideways", "Open", "Report", "%00", "open,all"],
                other => panic!("{other} is not tried"),
            };
            queries.extend(values.iter().map(|value| (*name, format!("{name}={value}"))));
            let fits = match *name {
                "limit" | "minutes" => "5",
                "province_id" | "city_id" | "category_id" | "subcategory_id" | "skill_id" | "user_id"
                | "subject_id" | "staff_id" => "1",
                "min_rating" => "4.5",
                "open_on" => "friday&open_at=09:00",
                "open_at" => "09:00&open_on=friday",
                "state" if operation.path.ends_with("/cases") => "open",
                "state" => "waiting",
                "queue" => "email",
                "subject" => "report",
                "cursor" => "AAAAAAAAAAA",
                "direction" => "incoming",
                "status" => "pending",
                "unread" => "true",
                _ => "a",
            };
            queries.push((name, format!("{name}={fits}&{name}={fits}")));
            ann.get(&format!("{path}?{name}={fits}")).await.expect(200);
        }
        for (name, query) in queries {
            let answer = ann.get(&format!("{path}?{query}")).await;
            complaints.names(&answer, name, &format!("{path}?{query:.60}"));
        }
    }
    assert_eq!(tried, 30);
    complaints.assert_none();
    world.finish().await;
}

const LONG: &str =
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

#[tokio::test]
async fn a_cursor_of_any_number_is_no_trouble() {
    let (world, ann) = world().await;
    // i64::MIN, -1, 0, 1, i64::MAX
    for cursor in ["gAAAAAAAAAA", "__________8", "AAAAAAAAAAA", "AAAAAAAAAAE", "f_________8"] {
        let paths =
            "users connection-requests connections blocks notifications presence chats chats/1/messages me/saved-listings \
             listings/1/reviews"
                .split(' ');
        for path in paths {
            let list = ann.get(&format!("/api/v1/{path}?cursor={cursor}")).await.expect(200);
            let below_the_last = usize::from(path == "users" && cursor.starts_with('f'));
            let items = list["items"].as_array().expect("items").len();
            assert_eq!((items, &list["next"]), (below_the_last, &Value::Null), "{path}");
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn headers_of_garbage_are_refused() {
    let (world, ann) = world().await;
    for value in
        [&b"\xff\xfe"[..], b"Bearer", b"Bearer ", b"Bearer \xff", b"Bearer a b", b"Token x", b"", b"Bearer ...."]
    {
        let request = ann.request(Method::GET, "/api/v1/me");
        let mut request = request.build().expect("a request");
        let value = reqwest::header::HeaderValue::from_bytes(value).expect("a header");
        request.headers_mut().insert("authorization", value);
        let response = reqwest::Client::new().execute(request).await.expect("an answer");
        assert_eq!(response.status(), 401);
    }
    let request = ann.request(Method::POST, "/api/v1/connection-requests").header("idempotency-key", &b"\xff"[..]);
    let answer = ann.send(request.json(&json!({"to_user_id": 1}))).await;
    assert!(answer.expect_problem(422, "invalid")["errors"]["Idempotency-Key"][0].is_string());
    world.finish().await;
}

/// Anything at all, built of what has broken servers before.
fn anything(random: &mut StdRng, depth: u32) -> Value {
    let strings = [
        "",
        " ",
        "\0",
        "a\0",
        "\u{feff}",
        "\u{202e}",
        "ﷺ",
        "💩",
        "\u{1f468}\u{200d}\u{1f469}",
        "İ",
        "ß",
        "' OR 1=1 --",
        "%",
        "\\",
        "$1",
        "{}",
        "../..",
        "null",
        "NaN",
        "-0",
        "1e309",
        "0x10",
        "999",
        "1",
        "a@b.c",
        "a@example.org",
        "ann",
        "\u{d7ff}\u{e000}\u{10ffff}",
        "e\u{301}\u{301}\u{301}",
        "correct horse",
        "\r\nX: y",
        "2026-01-01T00:00:00Z",
    ];
    match random.random_range(0..if depth == 0 { 6 } else { 9 }) {
        0 => Value::Null,
        1 => json!(random.random::<bool>()),
        2 => json!(random.random::<i64>()),
        3 => json!([0, -1, 1, i64::MAX, i64::MIN].choose(random).expect("one")),
        4 => json!(random.random::<f64>() * 1e300),
        5..=6 => json!(strings.choose(random).expect("one").repeat(random.random_range(1..4))),
        7 => (0..random.random_range(0..4)).map(|_| anything(random, depth - 1)).collect(),
        _ => (0..random.random_range(0..3)).map(|n| (format!("k{n}"), anything(random, depth - 1))).collect(),
    }
}

#[tokio::test]
async fn no_combination_of_garbage_breaks_anything() {
    let (world, mut ann) = world().await;
    let mut complaints = Complaints::default();
    let clients: Vec<u16> = (400..500).collect();
    let mut random = StdRng::seed_from_u64(20_261_121);
    for operation in taking() {
        for _ in 0..80 {
            let mut body = serde_json::Map::new();
            for (field, _, fits) in &operation.fields {
                match random.random_range(0..10) {
                    0..=5 => drop(body.insert((*field).to_owned(), anything(&mut random, 2))),
                    6..=8 => drop(body.insert((*field).to_owned(), fits.clone())),
                    _ => {}
                }
            }
            if random.random_range(0..10) == 0 {
                body.insert("other".to_owned(), anything(&mut random, 2));
            }
            let body = Value::Object(body);
            let answer = ann.send(ann.request(operation.method.clone(), &operation.address()).json(&body)).await;
            // Who changes the password goes on in a new session.
            if let Some(token) = answer.body["access_token"].as_str() {
                ann.token = Some(token.to_owned());
            }
            if !answer.status.is_success() {
                complaints.problem(&answer, &clients, &format!("{} {body}", operation.path));
            }
        }
    }
    ann.get("/api/v1/me").await.expect(200);
    complaints.assert_none();
    world.finish().await;
}
