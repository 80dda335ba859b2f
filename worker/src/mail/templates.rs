//! What mails say: a folder of `templates/` a mail, with its subject, its text and its HTML.

mod unread;

use askama::Template;
use shared::accounts::{MailOrder, Purpose};
use shared::config::link_under;
use shared::ports::mail::Mail;
use url::Url;

pub use unread::unread;

/// A template can't be filled.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct TemplateError(#[from] askama::Error);

/// What a mail with a link says.
struct Words<'a> {
    /// On one line: a line of its own could be taken for the link.
    name: &'a str,
    link: &'a str,
    lifetime: &'a str,
}

/// Bears nothing of the account: a name could add lines to it.
#[derive(Template)]
enum Subject {
    #[template(path = "account_activation/subject.txt")]
    Activation,
    #[template(path = "email_confirmation/subject.txt")]
    EmailChange,
    #[template(path = "password_reset/subject.txt")]
    PasswordReset,
}

/// Its first line is the link, alone.
#[derive(Template)]
enum Text<'a> {
    #[template(path = "account_activation/body.txt")]
    Activation { mail: Words<'a> },
    #[template(path = "email_confirmation/body.txt")]
    EmailChange { mail: Words<'a> },
    #[template(path = "password_reset/body.txt")]
    PasswordReset { mail: Words<'a> },
}

/// Colours but the button's are the client's own, so that it reads in light and in dark.
#[derive(Template)]
enum Html<'a> {
    #[template(path = "account_activation/body.html")]
    Activation { mail: Words<'a> },
    #[template(path = "email_confirmation/body.html")]
    EmailChange { mail: Words<'a> },
    #[template(path = "password_reset/body.html")]
    PasswordReset { mail: Words<'a> },
}

/// The mail that bears a link: `{public_url}/activate/{token}` to activate an account or to confirm a new
/// email, `{public_url}/reset/{token}` to set a new password. The link lives for `lifetime` seconds.
///
/// # Errors
/// A template can't be filled.
pub fn link(order: &MailOrder, public_url: &Url, lifetime: i64, message_id: String) -> Result<Mail, TemplateError> {
    let written = written(order.purpose, &order.name, &order.token, public_url, lifetime)?;
    Ok(Mail { to: order.email.clone(), message_id, ..written })
}

/// The same for nobody yet.
fn written(purpose: Purpose, name: &str, token: &str, public_url: &Url, lifetime: i64) -> Result<Mail, TemplateError> {
    let link = address(public_url, purpose, token);
    let lifetime = spoken(lifetime);
    let name = on_one_line(name);
    let mail = || Words { name: &name, link: &link, lifetime: &lifetime };
    let (subject, text, html) = match purpose {
        Purpose::Activation => {
            (Subject::Activation, Text::Activation { mail: mail() }, Html::Activation { mail: mail() })
        }
        Purpose::EmailChange => {
            (Subject::EmailChange, Text::EmailChange { mail: mail() }, Html::EmailChange { mail: mail() })
        }
        Purpose::PasswordReset => {
            (Subject::PasswordReset, Text::PasswordReset { mail: mail() }, Html::PasswordReset { mail: mail() })
        }
    };
    Ok(Mail {
        to: String::new(),
        message_id: String::new(),
        subject: subject.render()?,
        text: text.render()?,
        html: html.render()?,
        unsubscribe: None, // whoever gets it has asked for it
    })
}

/// A name without the lines that it might add.
fn on_one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn address(public_url: &Url, purpose: Purpose, token: &str) -> String {
    let page = match purpose {
        Purpose::Activation | Purpose::EmailChange => "activate",
        Purpose::PasswordReset => "reset",
    };
    link_under(public_url, &format!("/{page}/{token}"))
}

/// Seconds as people say them, in the largest unit that fits: `2 minutes`.
fn spoken(seconds: i64) -> String {
    let (number, unit) = match seconds {
        s if s % 3_600 == 0 => (s / 3_600, "hour"),
        s if s % 60 == 0 => (s / 60, "minute"),
        s => (s, "second"),
    };
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {unit}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const EACH: [(Purpose, &str); 3] = [
        (Purpose::Activation, "https://kith.example/activate/0f3a"),
        (Purpose::EmailChange, "https://kith.example/activate/0f3a"),
        (Purpose::PasswordReset, "https://kith.example/reset/0f3a"),
    ];

    fn mail(purpose: Purpose, name: &str) -> Mail {
        written(purpose, name, "0f3a", &"https://kith.example".parse().unwrap(), 120).unwrap()
    }

    #[test]
    fn a_name_is_text_and_no_markup() {
        for (purpose, _) in EACH {
            let mail = mail(purpose, r#"<b>"Ann" & Co"#);
            assert!(mail.html.contains("<bdi>&#60;b&#62;&#34;Ann&#34; &#38; Co</bdi>"), "{}", mail.html);
            assert!(!mail.html.contains("<b>"), "{}", mail.html);
            assert!(mail.text.contains(r#"<b>"Ann" & Co"#), "{}", mail.text);
        }
    }

    #[test]
    fn the_link_is_the_first_line_of_the_text_alone() {
        for (purpose, link) in EACH {
            let mail = mail(purpose, "Ann");
            let mut lines = mail.text.lines();
            assert_eq!((lines.next(), lines.next()), (Some(link), Some("")));
            assert!(mail.text.contains("2 minutes"), "{}", mail.text);
        }
    }

    #[test]
    fn the_html_has_the_link_to_follow_and_to_copy() {
        for (purpose, link) in EACH {
            let mail = mail(purpose, "Ann");
            assert!(mail.html.contains(&format!(r#"href="{link}""#)), "{}", mail.html);
            assert!(mail.html.contains(&format!(">{link}<")), "{}", mail.html);
            assert!(mail.html.contains("2 minutes"), "{}", mail.html);
        }
    }

    #[test]
    fn a_name_can_not_add_lines() {
        for (purpose, _) in EACH {
            let mail = mail(purpose, "Ann\r\nhttps://evil.example\n");
            assert_eq!(mail.subject.lines().count(), 1);
            assert!(!mail.subject.contains("Ann"));
            assert!(mail.text.lines().all(|line| line != "https://evil.example"), "{}", mail.text);
        }
    }

    #[test]
    fn each_says_what_it_is_for_and_offers_no_way_out_of_what_was_asked_for() {
        let mails = EACH.map(|(purpose, _)| mail(purpose, "Ann"));
        let subjects = mails.each_ref().map(|mail| mail.subject.as_str());
        let said = ["Activate your Kith account", "Confirm your new email for Kith", "Set a new password for Kith"];
        assert_eq!(subjects, said);
        for mail in mails {
            assert!(mail.html.contains(&format!("<title>{}</title>", mail.subject)), "{}", mail.html);
            assert_eq!(mail.unsubscribe, None);
        }
    }

    #[test]
    fn lifetimes_are_spoken() {
        for (seconds, words) in
            [(1, "1 second"), (60, "1 minute"), (90, "90 seconds"), (120, "2 minutes"), (3_600, "1 hour")]
        {
            assert_eq!(spoken(seconds), words);
        }
    }
}
