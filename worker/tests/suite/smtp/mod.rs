//! Mails through a real server (see `mail_server`): who is trusted, and how connections are kept.

mod certificates;
mod kinds;
mod pool;
mod trust;

use shared::accounts::Registration;
use shared::ports::mail::Mail;
use shared::tls::Authority;
use worker::mail::{Server, SmtpMailer};

use crate::world::World;
use std::ops::RangeInclusive;
use std::path::Path;
use std::time::Duration;

/// A mailer to the server of an address, which `authority` may vouch for.
fn mailer(address: &str, authority: Option<&Path>) -> SmtpMailer {
    let authority = authority.map(|path| Authority::read(path).expect("an authority"));
    let server = Server::new(address, authority.as_ref()).expect("an address");
    SmtpMailer::new(server, "Kith <kith@localhost>".parse().expect("a sender"), Duration::from_secs(10))
}

/// A mail, whatever it says.
fn mail(number: u32) -> Mail {
    Mail {
        to: "parisa@example.org".to_owned(),
        message_id: format!("<0f3a.{number}@kith>"),
        subject: "Activate your account".to_owned(),
        text: "http://localhost/activate/0f3a\n".to_owned(),
        html: "<p>Hello</p>".to_owned(),
        unsubscribe: None,
    }
}

/// People who wait for their activation mails.
pub(crate) async fn register(world: &World, numbers: RangeInclusive<u32>) {
    for number in numbers {
        let registration = Registration {
            username: Some(format!("person{number}")),
            email: Some(format!("person{number}@example.org")),
            password: "correct horse battery".to_owned(),
            ..Registration::default()
        };
        Box::pin(world.core.registrations.register(registration, "the test")).await.expect("an account");
    }
    // As when the process that wrote them died; what is in hand stays there.
    world.run("UPDATE outbox SET lease_until = created_at WHERE holder IS NULL", []).await;
}
