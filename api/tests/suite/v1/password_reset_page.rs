//! The page behind the link of a mail that sets a new password: a plain form that works without a script.

use chrono::TimeDelta;
use reqwest::Method;
use reqwest::header::HeaderMap;

use super::password_reset::{NEW, asked, sign_in};
use super::support::{mails, sent};
use crate::world::{PASSWORD, Person, World};

/// A page: its status, headers and text.
struct Page(u16, HeaderMap, String);

async fn page(nobody: &Person, method: Method, path: &str, form: Option<&str>) -> Page {
    let request = nobody.request(method, path);
    let request = match form {
        Some(form) => request.header("content-type", "application/x-www-form-urlencoded").body(form.to_owned()),
        None => request,
    };
    let response = request.send().await.expect("an answer");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Page(status, headers, response.text().await.expect("a page"))
}

async fn send(nobody: &Person, path: &str, form: &str) -> Page {
    page(nobody, Method::POST, path, Some(form)).await
}

#[tokio::test]
async fn its_form_sets_the_password_and_looking_at_it_does_not() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    let path = format!("/reset/{}", asked(&world, "ann").await);
    for _ in 0..3 {
        let Page(status, headers, text) = page(&nobody, Method::GET, &path, None).await;
        assert_eq!(status, 200);
        assert_eq!(headers["content-type"], "text/html; charset=utf-8");
        assert_eq!(
            (&headers["cache-control"], &headers["referrer-policy"]),
            (&"no-store".parse().expect("a header"), &"no-referrer".parse().expect("a header"))
        );
        assert!(headers["content-security-policy"].to_str().expect("text").starts_with("default-src 'none'"));
        assert!(text.contains(r#"<form method="post">"#) && !text.contains("<script"), "{text}");
        for field in [r#"name="password""#, r#"name="repeated""#] {
            assert!(text.contains(field), "{text}");
        }
        assert_eq!(page(&nobody, Method::HEAD, &path, None).await.0, 200);
    }
    sign_in(&nobody, "ann", PASSWORD).await.expect(201);

    let Page(status, _, text) = send(&nobody, &path, "password=another+good+horse&repeated=another+good+horse").await;
    assert_eq!(status, 200, "{text}");
    assert!(text.contains("Your password is set"), "{text}");
    sign_in(&nobody, "ann", PASSWORD).await.expect_problem(401, "wrong_credentials");
    sign_in(&nobody, "ann", NEW).await.expect(201);
    world.finish().await;
}

#[tokio::test]
async fn what_does_not_fit_is_said_and_the_link_still_works() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    let path = format!("/reset/{}", asked(&world, "ann").await);
    for (form, fault) in [
        ("password=another+good+horse&repeated=another+good+house", "The two passwords differ."),
        ("password=short&repeated=short", "at least 8 characters"),
        ("password=password&repeated=password", "too common"),
        ("password=ann%40example.org&repeated=ann%40example.org", "too similar"),
        ("password=&repeated=", "too short"),
        ("password=another+good+horse", "Write the password twice."),
        ("", "Write the password twice."),
        ("%FF=%FF", "Write the password twice."),
    ] {
        let Page(status, _, text) = send(&nobody, &path, form).await;
        assert_eq!(status, 422, "{form}: {text}");
        assert!(text.contains(fault) && text.contains(r#"<form method="post">"#), "{form}: {text}");
        assert!(!text.contains("another good"), "a password is not shown again: {text}");
    }
    // No form at all.
    assert_eq!(page(&nobody, Method::POST, &path, None).await.0, 422);
    sign_in(&nobody, "ann", PASSWORD).await.expect(201);
    assert_eq!(send(&nobody, &path, "password=another+good+horse&repeated=another+good+horse").await.0, 200);
    sign_in(&nobody, "ann", NEW).await.expect(201);
    world.finish().await;
}

#[tokio::test]
async fn the_button_of_a_spent_link_sends_a_new_one() {
    let world = World::start().await;
    let nobody = Person::stranger(world.apis[0].address);
    nobody.register("ann", "ann@example.org").await.expect(201);
    let token = asked(&world, "ann").await;
    let path = format!("/reset/{token}");
    let form = "password=another+good+horse&repeated=another+good+horse";
    assert_eq!(send(&nobody, &path, form).await.0, 200);
    for Page(status, _, text) in [send(&nobody, &path, form).await, page(&nobody, Method::GET, &path, None).await] {
        assert_eq!(status, 410);
        // As a browser reads it, beside the page.
        assert!(text.contains(&format!(r#"<form method="post" action="{token}/new">"#)), "{text}");
    }
    let again = format!("{path}/new");
    let Page(status, _, text) = send(&nobody, &again, "").await;
    assert!(status == 200 && text.contains("A link was sent a moment ago"), "{status} {text}");
    assert_eq!(sent(&world).await, 1);
    world.bed.clock.turn(TimeDelta::seconds(30));
    let Page(status, _, text) = send(&nobody, &again, "").await;
    assert!(status == 200 && text.contains("A new link is on its way"), "{status} {text}");
    assert_eq!(sent(&world).await, 2);
    let new = mails(&world).pop().expect("a mail");
    assert_eq!((new.to.as_str(), new.path == path), ("ann@example.org", false));
    assert_eq!(send(&nobody, &new.path, "password=a+third+good+horse&repeated=a+third+good+horse").await.0, 200);
    sign_in(&nobody, "ann", "a third good horse").await.expect(201);

    // Whoever makes a token up sends nobody a mail.
    world.bed.clock.turn(TimeDelta::seconds(30));
    let Page(status, _, text) = send(&nobody, &format!("/reset/{}/new", "0".repeat(64)), "").await;
    assert!(status == 200 && text.contains("There is nothing to send"), "{status} {text}");
    assert_eq!(sent(&world).await, 2);
    world.finish().await;
}
