//! `api create-admin`.

use reqwest::Method;
use serde_json::json;

use crate::house::House;
use crate::world::Api;

/// The one that [`Api::sign_in`] uses.
const PASSWORD: (&str, &str) = ("KITH_ADMIN_PASSWORD", "correct horse battery");

async fn staff(house: &House, name: &str) -> String {
    let sql = format!(
        "SELECT CAST(CASE WHEN staff THEN 'staff' ELSE 'nobody' END AS text) || ' ' || coalesce(email, 'none') || ' '
             || CASE WHEN email_confirmed_at IS NULL THEN 'unconfirmed' ELSE 'confirmed' END
         FROM accounts WHERE username_key = '{name}'"
    );
    house.text(&sql).await
}

#[tokio::test]
async fn the_first_of_the_staff_is_there_before_the_first_start() {
    for house in House::each().await {
        let ended = house
            .command_with(&["create-admin", "--username", "Root", "--email", "root@example.org"], &[PASSWORD])
            .await;
        House::done(&ended);
        assert_eq!(ended.stdout, "Root is staff\n");
        assert_eq!(staff(&house, "root").await, "staff root@example.org confirmed");

        let mut environment = house.environment();
        environment.push(("KITH_ACTIVATION", "required".to_owned()));
        let api = Api::start(house.folder(), &environment).await;
        let root = api.sign_in("root@example.org").await;
        let (status, me) = root.call(Method::GET, "me", None).await.expect("an answer");
        assert_eq!((status.as_u16(), &me["username"]), (200, &json!("Root")), "{me:#}");

        // And beside the running server.
        let ended = house.command_with(&["create-admin", "--username", "second"], &[PASSWORD]).await;
        House::done(&ended);
        api.sign_in("second").await;
        assert_eq!(staff(&house, "second").await, "staff none unconfirmed");
        api.process.stop().await;
    }
}

#[tokio::test]
async fn what_does_not_fit_is_said_by_field() {
    for house in House::each().await {
        let first =
            house.command_with(&["create-admin", "--username", "root", "--email", "a@example.org"], &[PASSWORD]).await;
        House::done(&first);
        let make = async |name: &str, email: &str, password: &'static str| {
            let arguments = ["create-admin", "--username", name, "--email", email];
            house.command_with(&arguments, &[("KITH_ADMIN_PASSWORD", password)]).await
        };
        let taken = make("ROOT", "A@example.org", PASSWORD.1).await;
        House::refused(
            &taken,
            "the account was not made\n  username: this username is taken\n  email: this email is taken\n",
        );
        let weak = make("other", "nobody", "other").await;
        House::refused(
            &weak,
            "\n  email: Enter a valid email address.\n  password: The password is too similar to the username.\n",
        );
        assert!(weak.stderr.contains("\n  password: This password is too short."), "{weak:#?}");
        House::refused(&make(" ", "b@example.org", PASSWORD.1).await, "\n  username: This field may not be blank.\n");
        assert_eq!(house.text("SELECT CAST(count(*) AS text) FROM accounts").await, "1");
    }
}

#[tokio::test]
async fn without_a_password_and_a_terminal_nothing_is_made() {
    let house = House::on_sqlite();
    let why = "KITH_ADMIN_PASSWORD is not set, and there is no terminal to ask for a password";
    House::refused(&house.command(&["create-admin", "--username", "root"]).await, why);
    let empty = house.command_with(&["create-admin", "--username", "root"], &[("KITH_ADMIN_PASSWORD", "")]).await;
    House::refused(&empty, why);
    assert!(!house.file().exists(), "nothing was begun");
}

#[tokio::test]
async fn somebody_is_promoted() {
    for house in House::each().await {
        let api = Api::start(house.folder(), &house.environment()).await;
        let ann = api.join("ann").await;
        assert_eq!(staff(&house, "ann").await, "nobody none unconfirmed");
        House::done(&house.command(&["create-admin", "--username", "Ann", "--promote"]).await);
        assert_eq!(staff(&house, "ann").await, "staff none unconfirmed");
        // A second time changes nothing, and the account is the same.
        House::done(&house.command(&["create-admin", "--username", "ann", "--promote"]).await);
        assert_eq!(api.sign_in("ann").await.call(Method::GET, "me", None).await.expect("an answer").1["id"], ann.id);
        let nobody = house.command(&["create-admin", "--username", "nobody", "--promote"]).await;
        House::refused(&nobody, "no account is called nobody");
        api.process.stop().await;
    }
}

/// An unconfirmed claim keeps the operator out of nothing.
#[tokio::test]
async fn an_email_that_somebody_claims_unconfirmed_goes_to_the_staff() {
    for house in House::each().await {
        let mut environment = house.environment();
        environment.push(("KITH_ACTIVATION", "required".to_owned()));
        let api = Api::start(house.folder(), &environment).await;
        House::done(&house.command_with(&["create-admin", "--username", "first"], &[PASSWORD]).await);
        let first = api.sign_in("first").await;
        let squatter = json!({"username": "squatter", "email": "root@example.org", "password": PASSWORD.1});
        assert_eq!(first.call(Method::POST, "accounts", Some(squatter)).await.expect("an answer").0, 201);
        let arguments = ["create-admin", "--username", "root", "--email", "root@example.org"];
        House::done(&house.command_with(&arguments, &[PASSWORD]).await);
        assert_eq!(staff(&house, "root").await, "staff root@example.org confirmed");
        assert_eq!(staff(&house, "squatter").await, "nobody none unconfirmed");
        api.process.stop().await;
    }
}
