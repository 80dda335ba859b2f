//! Whatever comes as a body, the answer is a client's error in the dialects' form, never the server's.

use serde_json::{Value, json};

use super::multipart;
use super::texts::{Operation, world};
use crate::world::{Answer, Person};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// That the answer is a success, or says what is wrong: a detail, or messages by field.
#[track_caller]
fn assert_mannered(answer: &Answer, about: &str) {
    let about = format!("{about}: {} {:#}", answer.status, answer.body);
    assert!(answer.status.as_u16() < 500, "{about}");
    if answer.status.is_success() {
        return;
    }
    let fields = answer.body.as_object().unwrap_or_else(|| panic!("an object: {about}"));
    let texts = |messages: &Value| messages.as_array().is_some_and(|texts| texts.iter().all(Value::is_string));
    let by_field = answer.status == 400 && !fields.is_empty() && fields.values().all(texts);
    assert!(by_field || fields["detail"].is_string(), "{about}");
}

async fn try_each(person: &Person, operations: &[Operation], kind: &str, bodies: &[Vec<u8>]) {
    for operation in operations {
        for body in bodies {
            let answer = operation.send(person, kind, body.clone()).await;
            let about =
                format!("{} {} {kind} {:.120?}", operation.method, operation.path, String::from_utf8_lossy(body));
            assert_mannered(&answer, &about);
        }
    }
}

fn deep(open: &str, close: &str) -> String {
    format!("{}1{}", open.repeat(20_000), close.repeat(20_000))
}

#[tokio::test]
async fn json_of_every_kind() {
    let (world, ann, operations) = world().await;
    let (list, object) = (deep("[", "]"), deep(r#"{"a":"#, "}"));
    let inside = format!(r#"{{"username": {list}, "body": {list}, "to_user_id": {list}, "other": {object}}}"#);
    let many: serde_json::Map<String, Value> = (0..20_000).map(|n| (format!("field{n}"), json!(n))).collect();
    let texts = [
        list,
        object,
        inside,
        Value::Object(many).to_string(),
        "[".repeat(100_000),
        r#"{"a":"#.repeat(20_000),
        format!(r#"{{"username": {}}}"#, "9".repeat(100_000)),
        format!(r#"{{"to_user_id": "{}", "recipient_id": -{}}}"#, "9".repeat(5_000), "9".repeat(5_000)),
        format!(r#"{{"username": "{}"}}"#, r"\ud83d".repeat(10_000)),
        r#"{"": 1, " ": 2, "\u0000": 3, "__proto__": {"staff": true}, "staff": true, "id": 1}"#.to_owned(),
        r#"{"username": 1e400, "password": -0, "limit": 1E-400}"#.to_owned(),
        "\u{feff}{}".to_owned(),
        r#"{"\ud800": 1, "a\udc00": 2}"#.to_owned(),
        "{}\0".to_owned(),
    ];
    let mut bodies: Vec<Vec<u8>> = texts.map(String::into_bytes).to_vec();
    bodies.push((0..=255).collect());
    bodies.push(b"{\"username\": \"\xf0\x28\x8c\x28\", \"password\": \"\xff\"}".to_vec());
    try_each(&ann, &operations, JSON, &bodies).await;
    world.finish().await;
}

/// Every beginning of a body that would fit.
#[tokio::test]
async fn json_that_breaks_off() {
    let (world, ann, operations) = world().await;
    for operation in &operations {
        let body = operation.fits.to_string();
        for end in 1..body.len() {
            let answer = operation.send(&ann, JSON, &body.as_bytes()[..end]).await;
            assert_eq!(answer.status, 400, "{} {}", operation.path, &body[..end]);
            let detail = answer.body["detail"].as_str().unwrap_or_default();
            assert!(detail.starts_with("JSON parse error - "), "{} {} {:#}", operation.path, &body[..end], answer.body);
        }
    }
    world.finish().await;
}

#[tokio::test]
async fn forms_of_every_kind() {
    let (world, ann, operations) = world().await;
    let texts = [
        "%",
        "%zz",
        "=",
        "&&&",
        "=&=&=",
        "username",
        "username=%00&password=%00",
        "body=%ff%fe",
        "a=%u0041",
        "to_user_id=1&to_user_id=x",
        "username=ann&password=",
        "read=perhaps",
        "+=+",
        "do=%EF%BF%BF&connection_id=%2B1",
        "username[]=ann&username[0]=bob",
        ";;;",
        "{\"username\": \"ann\"}",
    ];
    let mut bodies: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    bodies.push((0..=255).collect());
    bodies.push("a=b&".repeat(100_000).into_bytes());
    try_each(&ann, &operations, FORM, &bodies).await;
    world.finish().await;
}

#[tokio::test]
async fn multipart_forms_of_every_kind() {
    let (world, ann, operations) = world().await;
    let (kind, whole) = multipart(&[("username", "new"), ("password", "x"), ("body", "text"), ("to_user_id", "1")]);
    let part = |headers: &str, value: &str| format!("--kith\r\n{headers}\r\n\r\n{value}\r\n--kith--\r\n");
    let disposition = "Content-Disposition: form-data";
    let mut bodies: Vec<Vec<u8>> = vec![
        b"nonsense".to_vec(),
        b"--kith".to_vec(),
        b"--kith--\r\n".to_vec(),
        b"--other\r\n\r\n--other--\r\n".to_vec(),
        part("", "no headers").into_bytes(),
        part(disposition, "no name").into_bytes(),
        part(&format!("{disposition}; name=\"\""), "an empty name").into_bytes(),
        part(&format!("{disposition}; name=\"username"), "an open quote").into_bytes(),
        part(&format!("{disposition}; name=\"username\"; filename=\"a.txt\""), "a file").into_bytes(),
        part(&format!("{disposition}; name=\"body\"\r\nContent-Type: text/plain; charset=nonsense"), "x").into_bytes(),
        part("Content-Disposition: attachment; name=\"body\"", "another disposition").into_bytes(),
        part(&"X-Long: header\r\n".repeat(200), "many headers").into_bytes(),
        part(disposition, "x").replace("\r\n", "\n").into_bytes(),
        (0..=255).collect(),
    ];
    let mut not_utf8 = format!("--kith\r\n{disposition}; name=\"username\"\r\n\r\n").into_bytes();
    not_utf8.extend(b"\xff\xfe\0\r\n--kith--\r\n");
    bodies.push(not_utf8);
    bodies.extend((0..whole.len()).step_by(7).map(|end| whole.as_bytes()[..end].to_vec()));
    try_each(&ann, &operations, kind, &bodies).await;
    let odd_kinds = [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"",
        "multipart/form-data; boundary=ki th",
        "multipart/mixed; boundary=kith",
        "multipart/form-data; Boundary=kith",
    ];
    for kind in odd_kinds {
        try_each(&ann, &operations, kind, &[whole.clone().into_bytes()]).await;
    }
    world.finish().await;
}

#[tokio::test]
async fn a_file_is_no_text() {
    let (world, ann, operations) = world().await;
    let profile = operations.iter().find(|operation| operation.path == super::PROFILE).expect("it is there");
    let (kind, whole) = multipart(&[("full_name", "an image")]);
    let file = whole.replace("name=\"full_name\"", "name=\"full_name\"; filename=\"ann.png\"");
    let answer = profile.send(&ann, kind, file).await;
    assert_eq!(answer.expect(400), json!({"full_name": ["Not a valid string."]}));
    world.finish().await;
}
