//! One's own account: username, email and a name in two parts.

use reqwest::Method;
use serde_json::{Value, json};

use super::{USER, by_token, join};
use crate::dialects::support::{form, put, whole, with_token};
use crate::world::{Person, World};

/// The first and the last name, and the whole as v1 knows it.
async fn names(person: &Person) -> Value {
    let user = person.get(USER).await.expect(200);
    let whole = person.get("/api/profile/").await.expect(200);
    json!([user["first_name"], user["last_name"], whole["full_name"]])
}

#[tokio::test]
async fn a_username_and_two_names_can_be_set_and_the_rest_is_left_as_it_is() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    let user = |username: &str, first: Value, last: Value| {
        let body = json!({"pk": ann.id, "username": username, "email": "ann@example.org",
                          "first_name": first, "last_name": last});
        json!({"status": 200, "body": body})
    };
    assert_eq!(whole(by_token(&ann, Method::GET, USER).await), user("ann", Value::Null, Value::Null));
    let named = user("ann", json!("Salek"), json!("Ahmed"));
    assert_eq!(whole(ann.patch(USER, json!({"first_name": "Salek", "last_name": "Ahmed"})).await), named);
    assert_eq!(whole(ann.get("/auth/user").await), named);
    let whole_form = json!({"pk": 9, "username": "ann", "email": "other@example.org", "first_name": "Salek",
        "last_name": "Ahmed", "full_name": "Somebody Else", "company_name": "Kith", "is_staff": true, "password": "x"});
    for method in [Method::PATCH, Method::PUT] {
        assert_eq!(whole(ann.call(method, USER, whole_form.clone()).await), named);
    }
    let profile = ann.get("/api/profile/").await.expect(200);
    assert_eq!([&profile["full_name"], &profile["company_name"]], [&json!("Salek Ahmed"), &Value::Null]);
    assert_eq!(
        whole(put(&ann, USER, json!({"last_name": " Khan "})).await),
        user("ann", json!("Salek"), json!("Khan"))
    );
    let renamed = form(&ann, Method::PATCH, "/auth/user", &[("username", "Anna"), ("first_name", "")]).await;
    assert_eq!(whole(renamed), user("Anna", Value::Null, json!("Khan")));
    assert_eq!(whole(ann.patch(USER, json!({})).await), user("Anna", Value::Null, json!("Khan")));
    let emptied = json!({"username": "ANNA", "first_name": null, "last_name": null});
    assert_eq!(whole(ann.patch(USER, emptied).await), user("ANNA", Value::Null, Value::Null));
    assert_eq!(names(&ann).await, json!([null, null, null]));
    world.finish().await;
}

#[tokio::test]
async fn a_name_is_split_as_it_was_set_here_and_else_at_its_last_space() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    let set = async |name: Value| put(&ann, "/api/profile/", json!({"full_name": name})).await.expect(200);
    for (name, first, last) in [
        (json!("Ann"), json!("Ann"), Value::Null),
        (json!("Ann Lee"), json!("Ann"), json!("Lee")),
        (json!("Ann van der Lee"), json!("Ann van der"), json!("Lee")),
        (json!("زهرا کیانی"), json!("زهرا"), json!("کیانی")),
        (Value::Null, Value::Null, Value::Null),
    ] {
        set(name.clone()).await;
        assert_eq!(names(&ann).await, json!([first, last, name]));
    }
    // Set here, the split stays as long as the name does.
    ann.patch(USER, json!({"first_name": "Ann", "last_name": "van der Lee"})).await.expect(200);
    let split = json!(["Ann", "van der Lee", "Ann van der Lee"]);
    assert_eq!(names(&ann).await, split);
    set(json!("Ann van der Lee")).await;
    put(&ann, "/api/profile/", json!({"company_name": "Kith"})).await.expect(200);
    assert_eq!(names(&ann).await, split);
    // Another name is split anew, and the old one too when it comes back.
    set(json!("Ann van der Moor")).await;
    assert_eq!(names(&ann).await, json!(["Ann van der", "Moor", "Ann van der Moor"]));
    set(json!("Ann van der Lee")).await;
    assert_eq!(names(&ann).await, json!(["Ann van der", "Lee", "Ann van der Lee"]));
    // One part alone leaves the other, set or split.
    ann.patch(USER, json!({"first_name": "Anna"})).await.expect(200);
    assert_eq!(names(&ann).await, json!(["Anna", "Lee", "Anna Lee"]));
    ann.patch(USER, json!({"first_name": ""})).await.expect(200);
    assert_eq!(names(&ann).await, json!([null, "Lee", "Lee"]));
    world.finish().await;
}

#[tokio::test]
async fn what_does_not_fit_is_said_by_field_and_changes_nothing() {
    let world = World::start().await;
    let ann = join(&world, "ann").await;
    join(&world, "bob").await;
    ann.patch(USER, json!({"first_name": "Ann", "last_name": "Lee"})).await.expect(200);
    let before = ann.get(USER).await.expect(200);
    let long = ["Ensure this field has no more than 150 characters."];
    let taken = ["A user with that username already exists."];
    for (body, said) in [
        (json!({"username": "bob"}), json!({"username": taken})),
        (json!({"username": "BOB", "first_name": "Al"}), json!({"username": taken})),
        (
            json!({"username": "bob", "first_name": "x".repeat(151), "last_name": []}),
            json!({"username": taken, "first_name": long, "last_name": ["Not a valid string."]}),
        ),
        (json!({"username": ""}), json!({"username": ["This field may not be blank."]})),
        (json!({"username": null}), json!({"username": ["This field may not be null."]})),
        (json!({"username": "a b"}), json!({"username": ["Only letters, digits and .+-_ are allowed."]})),
        (json!({"first_name": "a\u{0}b"}), json!({"first_name": ["Null characters are not allowed."]})),
        (json!({"last_name": "a\u{7}b"}), json!({"last_name": ["Must not contain control characters."]})),
        // Together they make a name that other surfaces would refuse: the last, or the one that is set, is too long.
        (json!({"first_name": "x".repeat(75), "last_name": "y".repeat(75)}), json!({"last_name": long})),
        (json!({"first_name": "x".repeat(150), "last_name": "y".repeat(150)}), json!({"last_name": long})),
        (json!({"last_name": "y".repeat(147)}), json!({"last_name": long})),
        (json!({"first_name": "x".repeat(147)}), json!({"first_name": long})),
        (json!({"username": "bob", "first_name": "x".repeat(147)}), json!({"username": taken, "first_name": long})),
    ] {
        for method in [Method::PATCH, Method::PUT] {
            let answer = ann.call(method, USER, body.clone()).await;
            assert_eq!(whole(answer), json!({"status": 400, "body": said}), "{body}");
        }
    }
    assert_eq!(ann.get(USER).await.expect(200), before);
    for (first, last) in [
        (json!("x".repeat(146)), json!("Lee")),
        (json!("x".repeat(75)), json!("ز".repeat(74))),
        (json!("x".repeat(150)), Value::Null),
        (Value::Null, json!("y".repeat(150))),
    ] {
        let body = ann.patch(USER, json!({"first_name": first, "last_name": last})).await.expect(200);
        assert_eq!([&body["first_name"], &body["last_name"]], [&first, &last]);
        // As every surface shows it, so every surface takes it.
        let profile = ann.get("/api/profile/").await.expect(200);
        put(&ann, "/api/profile/", json!({"full_name": profile["full_name"]})).await.expect(200);
    }
    for method in [Method::GET, Method::PATCH, Method::PUT] {
        let answer = with_token(&ann, None).call(method, USER, json!({})).await;
        let said = json!({"detail": "Authentication credentials were not provided."});
        assert_eq!(whole(answer), json!({"status": 401, "body": said}));
    }
    world.finish().await;
}
