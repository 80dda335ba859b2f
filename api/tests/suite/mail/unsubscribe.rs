//! The link that ends mails about unread messages: by a button, by a mail client's one click, and not by being
//! looked at.

use chrono::TimeDelta;
use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::json;

use super::unread::{WAIT, after, read, told, world, write};
use crate::world::{Answer, PASSWORD, Person, World};

/// Has a mail sent to Ann; answers the path of the link in it that ends such mails.
async fn way_out(world: &World, ann: &Person, bob: &Person) -> String {
    write(bob, ann).await;
    assert_eq!(after(world, WAIT).await, 1);
    let (header, _) = told(world).remove(0).unsubscribe.expect("a way out");
    let link: url::Url = header.trim_matches(['<', '>']).parse().expect("an address");
    link.path().to_owned()
}

async fn mailed(person: &Person) -> bool {
    let preferences = person.get("/api/v1/me/preferences").await.expect(200);
    preferences["unread_mails"].as_bool().expect("yes or no")
}

/// A page: its status, headers and text.
async fn page(nobody: &Person, method: Method, path: &str, body: &str) -> (u16, HeaderMap, String) {
    let mut request = nobody.request(method, path);
    if !body.is_empty() {
        request = request.header("content-type", "application/x-www-form-urlencoded").body(body.to_owned());
    }
    let response = request.send().await.expect("an answer");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    (status, headers, response.text().await.expect("a page"))
}

#[tokio::test]
async fn looking_changes_nothing_and_its_button_ends_the_mails_and_nothing_else() {
    let (world, [ann, bob, _]) = world().await;
    let nobody = Person::stranger(world.apis[0].address);
    let path = way_out(&world, &ann, &bob).await;
    let choices = json!({"show_presence": false, "suggestable": false});
    ann.patch("/api/v1/me/preferences", choices).await.expect(200);
    for _ in 0..3 {
        let (status, headers, text) = page(&nobody, Method::GET, &path, "").await;
        assert_eq!(status, 200);
        assert_eq!(headers["content-type"], "text/html; charset=utf-8");
        assert_eq!(
            (&headers["cache-control"], &headers["referrer-policy"]),
            (&"no-store".parse().expect("a header"), &"no-referrer".parse().expect("a header"))
        );
        assert!(headers["content-security-policy"].to_str().expect("text").starts_with("default-src 'none'"));
        assert!(!headers.contains_key("set-cookie"));
        assert!(text.contains(r#"<form method="post">"#) && !text.contains("<script"), "{text}");
        assert_eq!(page(&nobody, Method::HEAD, &path, "").await.0, 200);
        assert!(mailed(&ann).await);
    }
    for _ in 0..2 {
        let (status, headers, text) = page(&nobody, Method::POST, &path, "").await;
        assert!(status == 200 && !headers.contains_key("set-cookie"), "{status} {headers:?}");
        assert!(text.contains("<h1>No more mails about unread messages</h1>"), "{text}");
        let left = json!({"show_presence": false, "suggestable": false, "unread_mails": false});
        assert_eq!(ann.get("/api/v1/me/preferences").await.expect(200), left);
    }
    let message = write(&bob, &ann).await;
    read(&ann, &message).await;
    write(&bob, &ann).await;
    assert_eq!(after(&world, WAIT).await, 1);
    world.finish().await;
}

#[tokio::test]
async fn one_click_of_a_mail_client_ends_them() {
    let (world, [ann, bob, _]) = world().await;
    let nobody = Person::stranger(world.apis[0].address);
    let path = way_out(&world, &ann, &bob).await;
    assert_eq!(page(&nobody, Method::POST, &path, "List-Unsubscribe=One-Click").await.0, 200);
    assert!(!mailed(&ann).await);
    world.finish().await;
}

#[tokio::test]
async fn it_works_for_a_year_as_long_as_the_account_is_there() {
    let (world, [ann, bob, _]) = world().await;
    let nobody = Person::stranger(world.apis[0].address);
    let path = way_out(&world, &ann, &bob).await;
    world.bed.clock.turn(TimeDelta::days(364));
    assert_eq!(page(&nobody, Method::GET, &path, "").await.0, 200);
    let ann = ann.sign_in("ann").await;
    ann.call(Method::DELETE, "/api/v1/me", json!({"password": PASSWORD})).await.expect(204);
    world.settle().await;
    assert_eq!(page(&nobody, Method::POST, &path, "").await.0, 410, "nobody is there any more");
    world.bed.clock.turn(TimeDelta::days(2));
    assert_eq!(page(&nobody, Method::GET, &path, "").await.0, 410);
    world.finish().await;
}

#[tokio::test]
async fn no_other_token_ends_them_and_the_token_does_nothing_else() {
    let (world, [ann, bob, _]) = world().await;
    let nobody = Person::stranger(world.apis[0].address);
    let path = way_out(&world, &ann, &bob).await;
    let token = path.rsplit_once('/').expect("a path").1.to_owned();
    let access = ann.token.clone().expect("signed in");
    let (head, signature) = token.rsplit_once('.').expect("a signature");
    let forged = format!("{head}.{}", signature.chars().rev().collect::<String>());
    let zeroes = "0".repeat(64);
    for wrong in [access.as_str(), &ann.refresh_token, &forged, head, &zeroes, "%00", "%3Cscript%3E"] {
        let path = format!("/unsubscribe/{wrong}");
        for (method, body) in [(Method::GET, ""), (Method::POST, ""), (Method::POST, "List-Unsubscribe=One-Click")] {
            let (status, _, text) = page(&nobody, method, &path, body).await;
            assert!(status == 410 && text.contains("This link no longer works"), "{wrong}: {status} {text}");
            assert!(!text.contains("<form"), "{text}");
        }
    }
    assert!(mailed(&ann).await);

    let bearer = Person { token: Some(token.clone()), ..ann.clone() };
    bearer.get("/api/v1/me").await.expect_problem(401, "invalid_token");
    bearer.get("/api/profile/").await.expect(401);
    let refused = async |path: &str, body| -> Answer { nobody.post(path, body).await };
    refused("/api/v1/sessions/refresh", json!({"refresh_token": token})).await.expect_problem(401, "invalid_token");
    refused("/api/token/refresh/", json!({"refresh": token})).await.expect(401);
    refused("/api/token/refresh/", json!({"token": token})).await.expect(401);
    assert_eq!(page(&nobody, Method::POST, &format!("/activate/{token}"), "").await.0, 410);
    world.finish().await;
}
