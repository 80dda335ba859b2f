//! Personal information: reading it, and changing parts of it.

use reqwest::Method;
use serde_json::{Value, json};

use super::INFO;
use crate::dialects::support::{by_karoo, by_shared_paths, form, multipart, put, send};
use crate::world::{World, mails};

#[tokio::test]
async fn exactly_four_fields_are_shown() {
    let world = World::start().await;
    let ann = by_karoo(&world, "ann").await;
    let expected = json!({"avatar": null, "full_name": "ann", "phone_number": null, "email": "ann@example.org"});
    assert_eq!(ann.get(INFO).await.expect(200), expected);
    assert_eq!(ann.get("/users/settings/personal-info").await.expect(200), expected);
    let bob = by_shared_paths(&world, "bob").await;
    let nothing = json!({"avatar": null, "full_name": null, "phone_number": null, "email": null});
    assert_eq!(bob.get(INFO).await.expect(200), nothing, "an account without a name and an email");
    world.finish().await;
}

#[tokio::test]
async fn each_part_changes_alone_by_json_form_and_multipart() {
    let world = World::start().await;
    let ann = by_karoo(&world, "ann").await;
    let mut expected = ann.get(INFO).await.expect(200);
    let values = [
        ("full_name", ["علی رضایی", "زهرا كياني", "Ünï 🧶"]),
        ("phone_number", ["09100000000", "+989121234567", "1234567"]),
    ];
    for (field, [json, in_form, in_parts]) in values {
        let (kind, parts) = multipart(&[(field, in_parts)]);
        for (value, answer) in [
            (json, put(&ann, INFO, json!({field: json})).await),
            (in_form, form(&ann, Method::PUT, INFO, &[(field, in_form)]).await),
            (in_parts, send(&ann, Method::PUT, INFO, Some(kind), parts).await),
        ] {
            expected[field] = json!(value);
            assert_eq!(answer.expect(200), expected, "{field} {value}");
        }
        assert_eq!(ann.get(INFO).await.expect(200), expected);
    }
    for nothing in [json!({}), json!({"id": 9, "staff": true, "username": "x", "message": "x", "password": "x"})] {
        assert_eq!(put(&ann, INFO, nothing).await.expect(200), expected, "what is unknown is passed over");
    }
    assert_eq!(ann.put(INFO).await.expect(200), expected, "no body");
    assert_eq!(ann.get("/api/v1/me").await.expect(200)["username"], "ann");
    world.finish().await;
}

#[tokio::test]
async fn a_phone_number_has_7_to_15_digits_perhaps_after_a_plus() {
    let world = World::start().await;
    let (ann, bob) = (by_karoo(&world, "ann").await, by_karoo(&world, "bob").await);
    for number in ["1234567", "+1234567", "123456789012345", "+123456789012345", "0910000000"] {
        for person in [&ann, &bob] {
            // Two may share one here.
            let changed = put(person, INFO, json!({"phone_number": number})).await.expect(200);
            assert_eq!(changed["phone_number"], number);
        }
    }
    let changed = put(&ann, INFO, json!({"phone_number": 5_550_100})).await.expect(200);
    assert_eq!(changed["phone_number"], "5550100", "a number is a text");
    let before = ann.get(INFO).await.expect(200);
    let said = json!({"phone_number": ["Enter a valid phone number: 7 to 15 digits, perhaps after a plus."]});
    for number in [
        "123456",
        "1234567890123456",
        "+123456",
        "12345a7",
        "++1234567",
        "1234567+",
        "0912 123 4567",
        "-1234567",
        "۰۹۱۲۱۲۳۴۵۶۷",
    ] {
        let body = json!({"phone_number": number, "full_name": "Other"});
        assert_eq!(put(&ann, INFO, body).await.expect(400), said, "{number}");
    }
    assert_eq!(
        put(&ann, INFO, json!({"phone_number": true})).await.expect(400),
        json!({"phone_number": ["Not a valid string."]})
    );
    assert_eq!(ann.get(INFO).await.expect(200), before);
    for empty in [Value::Null, json!(""), json!("  ")] {
        put(&ann, INFO, json!({"phone_number": "1234567"})).await.expect(200);
        assert_eq!(put(&ann, INFO, json!({"phone_number": empty})).await.expect(200)["phone_number"], Value::Null);
        assert_eq!(ann.get(INFO).await.expect(200)["phone_number"], Value::Null);
    }
    world.finish().await;
}

#[tokio::test]
async fn a_name_and_an_email_can_t_be_emptied() {
    let world = World::start().await;
    let ann = by_karoo(&world, "ann").await;
    let before = ann.get(INFO).await.expect(200);
    for field in ["full_name", "email"] {
        for (given, said) in [
            (Value::Null, "This field may not be null."),
            (json!(""), "This field may not be blank."),
            (json!(" \n"), "This field may not be blank."),
            (json!([]), "Not a valid string."),
        ] {
            let body = json!({field: given, "phone_number": "1234567"});
            assert_eq!(put(&ann, INFO, body).await.expect(400), json!({field: [said]}), "{field} {given}");
        }
        let blank = form(&ann, Method::PUT, INFO, &[(field, ""), ("phone_number", "1234567")]).await;
        assert_eq!(blank.expect(400), json!({field: ["This field may not be blank."]}));
    }
    for (field, value, said) in [
        ("full_name", "x".repeat(151), "Ensure this field has no more than 150 characters."),
        ("email", "ann".to_owned(), "Enter a valid email address."),
    ] {
        assert_eq!(put(&ann, INFO, json!({field: value})).await.expect(400), json!({field: [said]}));
    }
    let both = put(&ann, INFO, json!({"full_name": "", "email": "x", "phone_number": "y"})).await.expect(400);
    let fields: Vec<_> = both.as_object().expect("fields").keys().collect();
    assert_eq!(fields, ["email", "full_name", "phone_number"], "all at once: {both:#}");
    assert_eq!(ann.get(INFO).await.expect(200), before);
    world.settle().await;
    assert_eq!(mails(&world).len(), 1, "the registration's");
    world.finish().await;
}
