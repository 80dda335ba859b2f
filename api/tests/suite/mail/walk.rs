//! From the registration to the first sign-in, by way of the mail.

use mail_parser::{Message, MessageParser, PartType};
use reqwest::Method;
use serde_json::json;

use super::through;
use crate::mail_server::{Demands, MailServer};
use crate::world::{PASSWORD, Person, World};

const NAME: &str = r#"<b>"O'Neil" & پریسا"#;

fn html<'a>(message: &'a Message<'_>) -> &'a str {
    let html = message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(html) => Some(html.as_ref()),
        _ => None,
    });
    html.expect("an HTML part")
}

#[tokio::test]
async fn somebody_registers_gets_a_mail_follows_its_link_and_signs_in() {
    let server = MailServer::demanding(Demands { credentials: Some(("kith", "s3cret")), encryption: None });
    let world = World::with(|config| {
        through(&server)(config);
        config.mail.smtp_url = Some(format!("smtp://kith:s3cret@127.0.0.1:{}", server.port()));
        config.mail.from = "Kith <noreply@kith.example>".to_owned();
        config.server.public_url = Some("https://kith.example/network/".parse().unwrap());
    })
    .await;
    let nobody = Person::stranger(world.apis[0].address);
    let account = json!({"username": "parisa", "email": "Parisa@example.org", "full_name": NAME, "password": PASSWORD});
    nobody.post("/api/v1/accounts", account).await.expect(201);
    world.settle().await;

    let mails = server.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].from.as_str(), mails[0].user.as_deref()), ("noreply@kith.example", Some("kith")));
    assert_eq!(mails[0].to, ["Parisa@example.org"]);
    let message = MessageParser::default().parse(&mails[0].message).expect("a message");
    assert_eq!(message.subject(), Some("Activate your Kith account"));
    let epoch = &world.core().epoch;
    let message_id = message.message_id().expect("a Message-ID");
    assert!(message_id.starts_with(epoch.as_str()) && message_id.ends_with("@kith"), "{message_id}");
    for absent in ["List-Unsubscribe", "List-Unsubscribe-Post", "Bcc"] {
        assert!(message.header(absent).is_none(), "{absent} of a mail that was asked for");
    }
    let text = message.body_text(0).expect("a text part");
    assert!(text.contains(&format!("Hello {NAME},")), "{text}");
    let html = html(&message);
    assert!(html.contains("&#60;b&#62;&#34;O&#39;Neil&#34; &#38; پریسا"), "{html}");
    assert!(!html.contains("<b>"), "{html}");

    let link = text.lines().next().expect("a first line").trim();
    let path = link.strip_prefix("https://kith.example/network").expect("the public address");
    assert!(path.starts_with("/activate/") && html.contains(&format!(r#"href="{link}""#)), "{link}");
    let sign_in = json!({"login": "parisa", "password": PASSWORD});
    for _ in 0..3 {
        nobody.get(path).await.expect(200);
        nobody.send(nobody.request(Method::HEAD, path)).await.expect(200);
        nobody.post("/api/v1/sessions", sign_in.clone()).await.expect_problem(403, "not_active");
    }
    nobody.act(path).await.expect(200);
    let parisa = nobody.sign_in("parisa").await;
    assert_eq!(parisa.get("/api/v1/me").await.expect(200)["full_name"], NAME);
    nobody.act(path).await.expect(410);
    assert_eq!(server.mails().len(), 1);
    world.finish().await;
}
