//! Links of a changed email that are late: their page's button sends a new one.

use reqwest::Method;
use serde_json::json;

use super::{INFO, later, mails_to, newest_mail, press, visit};
use crate::dialects::support::{by_karoo, put};
use crate::world::World;

#[tokio::test]
async fn a_link_lives_for_120_seconds_and_its_page_sends_another() {
    let world = World::start().await;
    let ann = by_karoo(&world, "ann").await;
    put(&ann, INFO, json!({"email": "new@example.org"})).await.expect(200);
    let late = newest_mail(&world, "new@example.org").await;
    later(&world, 20);
    let path = format!("{}/new", late.path);
    assert_eq!(visit(&world, Method::POST, &path).await.heading(), "A link was sent a moment ago");
    later(&world, 101);
    let spent = visit(&world, Method::POST, &late.path).await;
    assert_eq!((spent.status, spent.heading()), (410, "This link no longer works"));
    let sent = press(&world, &late.path, &spent).await;
    assert_eq!((sent.status, sent.heading()), (200, "A new link is on its way"));
    assert_eq!(press(&world, &late.path, &spent).await.heading(), "A link was sent a moment ago");
    let mails = mails_to(&world, "new@example.org").await;
    assert_eq!(mails.len(), 2, "to the new address");
    assert_eq!(mails_to(&world, "ann@example.org").await.len(), 1, "and not to the old one");
    assert_eq!(visit(&world, Method::POST, &mails[1].path).await.status, 200);
    assert_eq!(ann.get(INFO).await.expect(200)["email"], "new@example.org");
    world.finish().await;
}

#[tokio::test]
async fn once_it_is_confirmed_nothing_waits() {
    let world = World::start().await;
    let ann = by_karoo(&world, "ann").await;
    put(&ann, INFO, json!({"email": "new@example.org"})).await.expect(200);
    let mail = newest_mail(&world, "new@example.org").await;
    visit(&world, Method::POST, &mail.path).await;
    later(&world, 60);
    let answer = visit(&world, Method::POST, &format!("{}/new", mail.path)).await;
    assert_eq!((answer.status, answer.heading()), (200, "There is nothing to send"));
    assert_eq!(mails_to(&world, "new@example.org").await.len(), 1);
    world.finish().await;
}
