//! A mail as the wire and files bear it: headers, and the same words as text and as HTML.

use std::str::FromStr;

use lettre::Message;
use lettre::address::Address;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use shared::ports::mail::{Mail, MailError};
use url::Url;

/// Whom mails come from.
#[derive(Debug, Clone)]
pub struct Sender(Mailbox);

/// What was given is no sender.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not a sender such as Kith <kith@example.org>")]
pub struct SenderError(String);

impl FromStr for Sender {
    type Err = SenderError;

    /// Reads `address` or `Name <address>`.
    fn from_str(text: &str) -> Result<Self, SenderError> {
        text.parse().map(Self).map_err(|_| SenderError(text.to_owned()))
    }
}

impl Sender {
    /// `mail` as a message from this sender, dated now, as any server takes it.
    ///
    /// # Errors
    /// Permanent: the receiver's address, the `Message-ID` or the address to unsubscribe at is none.
    pub fn message(&self, mail: &Mail) -> Result<Message, MailError> {
        self.build(mail, ContentTransferEncoding::SevenBit)
    }

    /// The same for a file: letters beyond ASCII stay as they are, so that whoever opens it reads the words,
    /// and the link whole.
    ///
    /// # Errors
    /// As for [`Self::message`].
    pub fn file(&self, mail: &Mail) -> Result<Message, MailError> {
        self.build(mail, ContentTransferEncoding::EightBit)
    }

    fn build(&self, mail: &Mail, plain: ContentTransferEncoding) -> Result<Message, MailError> {
        let to: Address = mail.to.parse().map_err(|error| refused(&format!("the receiver's address: {error}")))?;
        // Anything else would be encoded, and then it would no longer be the id that the job fixed.
        if !mail.message_id.chars().all(|c| c.is_ascii_graphic()) {
            return Err(refused("the Message-ID has spaces or letters beyond ASCII"));
        }
        let mut builder = Message::builder()
            .from(self.0.clone())
            .to(to.into())
            .subject(&mail.subject)
            .message_id(Some(mail.message_id.clone()))
            .date_now()
            .raw_header(automatic());
        if let Some(address) = &mail.unsubscribe {
            for header in unsubscribing(address)? {
                builder = builder.raw_header(header);
            }
        }
        builder
            // The last part is the one that clients prefer.
            .multipart(
                MultiPart::alternative().singlepart(part(ContentType::TEXT_PLAIN, &mail.text, plain)).singlepart(part(
                    ContentType::TEXT_HTML,
                    &mail.html,
                    plain,
                )),
            )
            .map_err(|error| refused(&error.to_string()))
    }
}

/// One of the two forms of the words. What is `plain` (ASCII, or any letters) travels as it is, so that a
/// link stays whole for whoever reads the message raw; anything else is encoded as it needs.
fn part(kind: ContentType, words: &str, plain: ContentTransferEncoding) -> SinglePart {
    let builder = SinglePart::builder().header(kind);
    let short = |line: &str| line.len() <= LONGEST_LINE;
    let fits = words.is_ascii() || plain == ContentTransferEncoding::EightBit;
    if fits && !words.contains('\0') && words.lines().all(short) {
        let lines = words.lines().collect::<Vec<_>>().join("\r\n");
        // What 7bit and 8bit ask for is what was just looked at; lettre itself would wrap from 76 on.
        return builder.body(Body::dangerous_pre_encoded(lines.into_bytes(), plain));
    }
    builder.body(words.to_owned())
}

/// The longest line that a message may have, in bytes (RFC 5322, section 2.1.1).
const LONGEST_LINE: usize = 998;

fn refused(reason: &str) -> MailError {
    MailError::Permanent(format!("the mail can't be built: {reason}"))
}

/// Where one click ends mails of this kind (RFC 2369), and that a POST there is the click (RFC 8058).
fn unsubscribing(address: &Url) -> Result<[HeaderValue; 2], MailError> {
    let address = address.as_str();
    let bare = address.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>'));
    if !bare || !address.starts_with("http") || address.len() > LONGEST_LINE - "List-Unsubscribe: <>".len() {
        return Err(refused("the address to unsubscribe at is none that a header can bear"));
    }
    let whole = |name, value: String| {
        let name = HeaderName::new_from_ascii_str(name);
        // Just looked at: ASCII on one line. lettre's own encoder might fold it.
        HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value)
    };
    Ok([
        whole("List-Unsubscribe", format!("<{address}>")),
        whole("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
    ])
}

/// Asks holiday responders for silence (RFC 3834).
fn automatic() -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::reading;

    fn mail() -> Mail {
        Mail {
            to: "ann@example.org".to_owned(),
            message_id: "<0f3a.17@kith>".to_owned(),
            subject: "Activate your account".to_owned(),
            text: "http://localhost/activate/1\n\nHello علی‌رضا, welcome to a mail that is mostly English.".to_owned(),
            html: "<p>Hello <bdi>علی‌رضا</bdi>, welcome to a mail that is mostly English.</p>".to_owned(),
            unsubscribe: None,
        }
    }

    fn sender() -> Sender {
        "Kith <kith@localhost>".parse().unwrap()
    }

    #[test]
    fn headers_and_parts_are_what_the_mail_says() {
        let read = reading::message(&sender().message(&mail()).unwrap().formatted());

        assert_eq!(read.header("From"), "Kith <kith@localhost>");
        assert_eq!(read.header("To"), "ann@example.org");
        assert_eq!(read.header("Subject"), "Activate your account");
        assert_eq!(read.header("Message-ID"), "<0f3a.17@kith>");
        assert_eq!(read.header("Auto-Submitted"), "auto-generated");
        assert_eq!(read.header("MIME-Version"), "1.0");
        assert!(read.header("Date").ends_with(" +0000"));
        assert!(read.header("Content-Type").starts_with("multipart/alternative"));

        let mail = mail();
        let parts: Vec<_> = read.parts.iter().map(|part| (part.header("Content-Type"), part.body.as_str())).collect();
        assert_eq!(
            parts,
            [("text/plain; charset=utf-8", mail.text.as_str()), ("text/html; charset=utf-8", mail.html.as_str())]
        );
    }

    #[test]
    fn a_long_link_stays_whole_in_plain_words() {
        let link = format!("http://localhost/activate/{}", "0".repeat(64));
        let message = sender().message(&Mail { text: format!("{link}\n\nHello Ann"), ..mail() }).unwrap();
        assert!(String::from_utf8(message.formatted()).unwrap().contains(&link));
    }

    #[test]
    fn a_file_reads_as_it_stands() {
        let link = format!("http://localhost/activate/{}", "0".repeat(64));
        let mail = Mail { text: format!("{link}\n\nHello پریسا"), ..mail() };
        let file = sender().file(&mail).unwrap().formatted();
        let raw = String::from_utf8(file.clone()).unwrap();
        assert!(raw.lines().any(|line| line == link) && raw.contains("Hello پریسا"), "{raw}");
        assert_eq!(reading::message(&file).parts[0].body, mail.text);
        assert!(sender().message(&mail).unwrap().formatted().is_ascii(), "but a server need not take it so");
    }

    #[test]
    fn a_long_message_id_stays_whole() {
        let message_id = format!("<{}.17@kith>", "0123456789abcdef".repeat(8));
        let message = sender().message(&Mail { message_id: message_id.clone(), ..mail() }).unwrap();
        assert_eq!(reading::message(&message.formatted()).header("Message-ID"), message_id);
    }

    #[test]
    fn no_header_can_be_slipped_in() {
        let lines = "ann@example.org\r\nBcc: eve@example.org";
        for broken in [Mail { to: lines.to_owned(), ..mail() }, Mail { message_id: lines.to_owned(), ..mail() }] {
            assert!(matches!(sender().message(&broken), Err(MailError::Permanent(_))));
        }
        let message = sender().message(&Mail { subject: lines.to_owned(), ..mail() }).unwrap();
        assert!(!String::from_utf8(message.formatted()).unwrap().contains("\nBcc:"));
    }

    #[test]
    fn a_mail_that_nobody_asked_for_says_where_it_ends() {
        let address = format!("https://kith.example/unsubscribe/{}?kind=digest", "0".repeat(64));
        let wanted = Mail { unsubscribe: Some(address.parse().unwrap()), ..mail() };
        let read = reading::message(&sender().message(&wanted).unwrap().formatted());
        assert_eq!(read.header("List-Unsubscribe"), format!("<{address}>"));
        assert_eq!(read.header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");

        let formatted = String::from_utf8(sender().message(&mail()).unwrap().formatted()).unwrap();
        assert!(!formatted.contains("List-Unsubscribe"), "{formatted}");
    }

    #[test]
    fn an_address_to_unsubscribe_at_adds_no_header() {
        for odd in [
            "https://kith.example/>\r\nBcc: eve@example.org",
            "https://kith.example/?a=>\nBcc: eve@example.org#>\r\nBcc:",
            "https://kith.example/\u{85}\u{2028}Bcc: eve@example.org",
        ] {
            let mail = Mail { unsubscribe: Some(odd.parse().unwrap()), ..mail() };
            let read = reading::message(&sender().message(&mail).unwrap().formatted());
            assert_eq!(read.header("Bcc"), "", "{odd:?}");
            let value = read.header("List-Unsubscribe");
            assert_eq!((value.matches('>').count(), value.ends_with('>')), (1, true), "{value}");
        }
        let long = format!("https://kith.example/{}", "0".repeat(1_000));
        for none in ["mailto:a>b", "data:,<", "mailto:ann@example.org", &long] {
            let mail = Mail { unsubscribe: Some(none.parse().unwrap()), ..mail() };
            assert!(matches!(sender().message(&mail), Err(MailError::Permanent(_))), "{none}");
        }
    }

    #[test]
    fn a_sender_is_an_address_with_or_without_a_name() {
        for good in ["kith@localhost", "Kith <kith@example.org>", "دوستان <kith@example.org>"] {
            good.parse::<Sender>().unwrap();
        }
        for bad in ["", "Kith", "Kith <>", "a@example.org, b@example.org"] {
            bad.parse::<Sender>().unwrap_err();
        }
    }
}
