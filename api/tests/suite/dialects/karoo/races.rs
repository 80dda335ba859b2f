//! Many at once: of those who follow one link one does, and of those who claim one email one has it.

use futures::future::join_all;
use reqwest::Method;
use serde_json::json;
use shared::config::RateLimits;

use super::{
    AWAITING, INFO, REGISTER, login, mails_to, newest_mail, register, registration, stranger, visit, wrong_credentials,
};
use crate::dialects::support::{by_connectin, by_karoo, put, whole};
use crate::world::{PASSWORD, Person, World, mails};

#[tokio::test]
async fn of_twenty_presses_of_one_button_one_activates() {
    let mut world = World::start().await;
    world.add_api().await;
    let mail = register(&world, "ann").await;
    let presses = (0..20).map(|n| {
        let (client, address) = (stranger(&world), world.apis[n % 2].address);
        let person = client.at(address);
        let path = mail.path.clone();
        async move { person.act(&path).await.status.as_u16() }
    });
    let mut statuses = join_all(presses).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [&[200][..], &[410; 19]].concat());
    login(&stranger(&world), "ann@example.org", PASSWORD).await.expect(200);
    world.finish().await;
}

#[tokio::test]
async fn of_two_accounts_that_confirm_one_email_at_once_one_has_it_and_the_other_is_told() {
    let mut world = World::start().await;
    world.add_api().await;
    for round in 0..5 {
        let name = format!("ann{round}");
        let email = format!("{name}@example.org");
        let passwords = [PASSWORD, "another horse battery"];
        for password in passwords {
            let body = registration(&name, json!({"password": password}));
            stranger(&world).post(REGISTER, body).await.expect(201);
        }
        let mails = mails_to(&world, &email).await;
        assert_eq!(mails.len(), 2);
        let presses = mails.iter().zip(&world.apis).map(|(mail, api)| {
            let request = stranger(&world).at(api.address).request(Method::POST, &mail.path);
            async move {
                let response = request.send().await.expect("a page");
                (response.status().as_u16(), response.text().await.expect("a text"))
            }
        });
        let mut pages = join_all(presses).await;
        pages.sort_by_key(|(status, _)| *status);
        let statuses: Vec<u16> = pages.iter().map(|(status, _)| *status).collect();
        assert_eq!(statuses, [200, 409], "round {round}");
        assert!(pages[0].1.contains("Your account is active") && pages[1].1.contains("This email is taken"));
        let mut signed = Vec::new();
        for password in passwords {
            signed.push(whole(login(&stranger(&world), &email, password).await));
        }
        signed.sort_by_key(|answer| answer["status"].as_u64());
        assert_eq!((&signed[0]["status"], &signed[1]), (&json!(200), &wrong_credentials()), "round {round}");
    }
    world.finish().await;
}

/// Somebody's change to an email, and somebody's registration with it.
#[tokio::test]
async fn of_a_change_and_a_registration_that_confirm_at_once_one_has_the_email() {
    let mut world = World::start().await;
    world.add_api().await;
    for round in 0..5 {
        let ann = by_karoo(&world, &format!("ann{round}")).await;
        let name = format!("new{round}");
        let email = format!("{name}@example.org");
        let changed = put(&ann, INFO, json!({"email": email})).await.expect(200);
        assert_eq!(changed["message"], AWAITING);
        register(&world, &name).await;
        let mails = mails_to(&world, &email).await;
        assert_eq!(mails.len(), 2);
        let presses = mails.iter().zip(&world.apis).map(|(mail, api)| {
            let (person, path) = (stranger(&world).at(api.address), mail.path.clone());
            async move { person.act(&path).await.status.as_u16() }
        });
        let mut statuses = join_all(presses).await;
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "round {round}");
        let info = ann.get(INFO).await.expect(200)["email"].clone();
        let session = login(&stranger(&world), &email, PASSWORD).await.expect(200);
        let owner = crate::dialects::support::with_token(&ann, session["access"].as_str());
        let owner = owner.get("/api/v1/me").await.expect(200)["id"].clone();
        assert_eq!(info == email.as_str(), owner == ann.id, "round {round}: {info} {owner}");
    }
    world.finish().await;
}

/// Whoever asks at once is sent one mail.
#[tokio::test]
async fn of_many_who_ask_at_once_one_is_answered_with_a_mail() {
    let mut world = World::start().await;
    world.add_api().await;
    let first = register(&world, "ann").await;
    super::later(&world, 121);
    let asks = (0..8).map(|n| {
        let (person, path) = (stranger(&world).at(world.apis[n % 2].address), format!("{}/new", first.path));
        async move {
            if n < 4 {
                person.act(&path).await.expect(200);
            } else {
                login(&person, "ann@example.org", PASSWORD).await.expect(401);
            }
        }
    });
    join_all(asks).await;
    assert_eq!(mails_to(&world, "ann@example.org").await.len(), 2);
    let mail = newest_mail(&world, "ann@example.org").await;
    assert_eq!(visit(&world, Method::POST, &mail.path).await.status, 200);
    world.finish().await;
}

/// A link confirms the email that it was mailed to, and never one that is set while it is followed.
#[tokio::test]
async fn an_email_set_while_a_link_is_followed_is_not_confirmed_by_it() {
    let mut world = World::with(|config| config.limits.rate_limits = RateLimits::Off).await;
    world.add_api().await;
    let mut people = Vec::new();
    for n in 0..20 {
        let ann = by_connectin(&world, &format!("ann{n}")).await;
        login(&ann, &format!("ann{n}@example.org"), PASSWORD).await.expect(401); // asks for the mail
        people.push(ann);
    }
    world.settle().await;
    let mails = mails(&world);
    let race = async |ann: &Person| {
        let mail = mails.iter().find(|mail| mail.to == format!("{}@example.org", ann.name)).expect("a mail");
        let (here, there) = (ann.clone(), ann.at(world.apis[1].address));
        let other = json!({"email": format!("other-{}@example.org", ann.name)});
        tokio::join!(here.act(&mail.path), there.patch("/api/profile/", other));
        ann.get("/api/v1/me").await.expect(200)
    };
    for me in join_all(people.iter().map(race)).await {
        let of_the_link = !me["email"].as_str().expect("an email").starts_with("other-");
        assert!(of_the_link || me["email_confirmed"] == false, "{me:#}");
    }
    world.finish().await;
}
