//! What mails say: a folder of `templates/` a mail, with its subject, its text and its HTML.

use askama::Template;
use shared::accounts::MailOrder;
use shared::ports::mail::Mail;
use url::Url;

/// Why a mail can't be written.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// The public address can't bear a path.
    #[error("{0} is not an address that links can begin with")]
    PublicUrl(Url),
    /// A template can't be filled.
    #[error(transparent)]
    Render(#[from] askama::Error),
}

/// Bears nothing of the account: a name could add lines to it.
#[derive(Template)]
#[template(path = "account_activation/subject.txt")]
struct ActivationSubject;

/// Its first line is the link, alone.
#[derive(Template)]
#[template(path = "account_activation/body.txt")]
struct ActivationText<'a> {
    name: &'a str,
    link: &'a Url,
    lifetime: &'a str,
}

/// Colours but the button's are the client's own, so that it reads in light and in dark.
#[derive(Template)]
#[template(path = "account_activation/body.html")]
struct ActivationHtml<'a> {
    name: &'a str,
    link: &'a Url,
    lifetime: &'a str,
}

/// The mail that asks to activate an account by `{public_url}/activate/{token}`, a link that lives
/// for `lifetime_seconds`.
///
/// # Errors
/// `public_url` can't bear a path.
pub fn account_activation(
    order: &MailOrder,
    public_url: &Url,
    lifetime_seconds: i64,
    message_id: String,
) -> Result<Mail, TemplateError> {
    let link = activation_link(public_url, &order.token)?;
    let lifetime = spoken(lifetime_seconds);
    // On one line: a line of its own could be taken for the link.
    let name = order.name.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Mail {
        to: order.email.clone(),
        message_id,
        subject: ActivationSubject.render()?,
        text: ActivationText { name: &name, link: &link, lifetime: &lifetime }.render()?,
        html: ActivationHtml { name: &name, link: &link, lifetime: &lifetime }.render()?,
    })
}

fn activation_link(public_url: &Url, token: &str) -> Result<Url, TemplateError> {
    let mut link = public_url.clone();
    link.set_query(None);
    link.set_fragment(None);
    link.path_segments_mut()
        .map_err(|()| TemplateError::PublicUrl(public_url.clone()))?
        .pop_if_empty() // what a trailing slash leaves
        .extend(["activate", token]);
    Ok(link)
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
    use shared::accounts::Purpose;

    use super::*;

    fn written(name: &str, public_url: &str) -> Mail {
        let email = "ann@example.org".to_owned();
        let (email_key, purpose) = (Some(email.clone()), Purpose::Activation);
        let (name, token) = (name.to_owned(), "0f3a".to_owned());
        let order = MailOrder { purpose, account_id: 1, email, name, token, email_key };
        account_activation(&order, &public_url.parse().unwrap(), 120, "<0f3a.17@kith>".to_owned()).unwrap()
    }

    #[test]
    fn a_name_is_text_and_no_markup() {
        let mail = written(r#"<b>"Ann" & Co"#, "https://kith.example");
        assert!(mail.html.contains("<bdi>&#60;b&#62;&#34;Ann&#34; &#38; Co</bdi>"), "{}", mail.html);
        assert!(!mail.html.contains("<b>"), "{}", mail.html);
        assert!(mail.text.contains(r#"<b>"Ann" & Co"#), "{}", mail.text);
    }

    #[test]
    fn the_link_is_the_first_line_of_the_text_alone() {
        let mail = written("Ann", "https://kith.example");
        let mut lines = mail.text.lines();
        assert_eq!(lines.next(), Some("https://kith.example/activate/0f3a"));
        assert_eq!(lines.next(), Some(""));
        assert!(mail.text.contains("2 minutes"), "{}", mail.text);
    }

    #[test]
    fn the_html_has_the_link_to_follow_and_to_copy() {
        let mail = written("Ann", "https://kith.example");
        assert!(mail.html.contains(r#"href="https://kith.example/activate/0f3a""#), "{}", mail.html);
        assert!(mail.html.contains(">https://kith.example/activate/0f3a<"), "{}", mail.html);
        assert!(mail.html.contains("2 minutes"), "{}", mail.html);
    }

    #[test]
    fn a_name_can_not_add_lines() {
        let mail = written("Ann\r\nhttps://evil.example\n", "https://kith.example");
        assert_eq!(mail.subject.lines().count(), 1);
        assert!(!mail.subject.contains("Ann"));
        assert!(mail.text.lines().all(|line| line != "https://evil.example"), "{}", mail.text);
    }

    #[test]
    fn the_rest_is_as_ordered() {
        let mail = written("Ann", "https://kith.example");
        assert_eq!((mail.to.as_str(), mail.message_id.as_str()), ("ann@example.org", "<0f3a.17@kith>"));
    }

    #[test]
    fn links_begin_with_the_public_address() {
        for (public_url, link) in [
            ("http://127.0.0.1:8000", "http://127.0.0.1:8000/activate/0f3a"),
            ("https://kith.example/", "https://kith.example/activate/0f3a"),
            ("https://example.org/kith", "https://example.org/kith/activate/0f3a"),
            ("https://example.org/kith/?from=mail#top", "https://example.org/kith/activate/0f3a"),
        ] {
            assert_eq!(activation_link(&public_url.parse().unwrap(), "0f3a").unwrap().as_str(), link);
        }
        activation_link(&"mailto:ann@example.org".parse().unwrap(), "0f3a").unwrap_err();
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
