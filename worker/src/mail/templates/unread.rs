//! The mail about messages that stay unread: how many there are, and nothing of what they say.

use askama::Template;
use shared::chats::UnreadOrder;
use shared::config::link_under;
use shared::ports::mail::Mail;
use url::Url;

use super::{TemplateError, on_one_line};

/// What the mail says.
struct Words<'a> {
    /// On one line: a line of its own could be taken for the link.
    name: &'a str,
    link: &'a str,
    messages: &'a str,
    people: &'a str,
    unsubscribe: &'a str,
}

/// Bears nothing of the account.
#[derive(Template)]
#[template(path = "unread_messages/subject.txt")]
struct Subject;

/// Its first line is the link, alone.
#[derive(Template)]
#[template(path = "unread_messages/body.txt")]
struct Text<'a> {
    mail: &'a Words<'a>,
}

#[derive(Template)]
#[template(path = "unread_messages/body.html")]
struct Html<'a> {
    mail: &'a Words<'a>,
}

/// The mail about unread messages; `{public_url}/unsubscribe/{token}` ends mails of its kind.
///
/// # Errors
/// A template can't be filled.
pub fn unread(order: &UnreadOrder, public_url: &Url, token: &str, message_id: String) -> Result<Mail, TemplateError> {
    let unsubscribe = link_under(public_url, &format!("/unsubscribe/{token}"));
    let words = Words {
        name: &on_one_line(&order.name),
        link: public_url.as_str(),
        messages: &counted(order.messages, "unread message", "unread messages"),
        people: &counted(order.people, "person", "people"),
        unsubscribe: &unsubscribe,
    };
    Ok(Mail {
        to: order.email.clone(),
        message_id,
        subject: Subject.render()?,
        text: Text { mail: &words }.render()?,
        html: Html { mail: &words }.render()?,
        // What is under an address is one.
        unsubscribe: unsubscribe.parse().ok(),
    })
}

fn counted(number: i64, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(name: &str, messages: i64, people: i64) -> Mail {
        let (account_id, email, email_key) = (7, "ann@example.org".to_owned(), None);
        let order = UnreadOrder { account_id, email, email_key, name: name.to_owned(), messages, people };
        let address = "https://kith.example/network/".parse().unwrap();
        unread(&order, &address, "a.signed.token", "<0f3a.1@kith>".to_owned()).unwrap()
    }

    #[test]
    fn it_counts_and_has_a_way_out_in_its_words_and_its_headers() {
        let way_out = "https://kith.example/network/unsubscribe/a.signed.token";
        let mail = mail("Ann", 3, 2);
        assert_eq!((mail.to.as_str(), mail.message_id.as_str()), ("ann@example.org", "<0f3a.1@kith>"));
        assert_eq!(mail.subject, "You have unread messages on Kith");
        assert_eq!(mail.unsubscribe.as_ref().map(Url::as_str), Some(way_out));
        let mut lines = mail.text.lines();
        assert_eq!((lines.next(), lines.next()), (Some("https://kith.example/network/"), Some("")));
        assert!(mail.text.contains("you have 3 unread messages from 2 people."), "{}", mail.text);
        assert!(mail.text.lines().any(|line| line == way_out), "{}", mail.text);
        assert!(mail.html.contains("you have 3 unread messages from 2 people."), "{}", mail.html);
        assert!(mail.html.contains(&format!(r#"href="{way_out}""#)), "{}", mail.html);
        assert!(mail.html.contains(&format!("<title>{}</title>", mail.subject)), "{}", mail.html);
        assert!(!mail.html.contains("works once"), "its link is none that is used up: {}", mail.html);
    }

    #[test]
    fn one_is_no_plural() {
        assert!(mail("Ann", 1, 1).text.contains("you have 1 unread message from 1 person."));
    }

    #[test]
    fn a_name_is_text_on_one_line() {
        let mail = mail("<b>Ann\r\nhttps://evil.example\n", 1, 1);
        assert!(mail.html.contains("<bdi>&#60;b&#62;Ann https://evil.example</bdi>"), "{}", mail.html);
        assert!(mail.text.lines().all(|line| line != "https://evil.example"), "{}", mail.text);
    }
}
