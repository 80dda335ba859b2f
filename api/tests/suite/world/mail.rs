//! The mails that a world's workers have sent, as files.
#![expect(clippy::expect_used, reason = "a test's helper fails on the spot, as the test does")]

use mail_parser::MessageParser;

use super::World;

/// A mail that was sent.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) to: String,
    pub(crate) subject: String,
    /// Where one click ends mails of its kind, with what that click says.
    pub(crate) unsubscribe: Option<(String, String)>,
    /// Its text part.
    pub(crate) text: String,
    /// The link in it, whole.
    pub(crate) link: url::Url,
    /// The path of the link.
    pub(crate) path: String,
}

impl Sent {
    /// The token of the link.
    pub(crate) fn token(&self) -> &str {
        self.path.rsplit('/').next().expect("a path")
    }
}

/// The mails sent so far, oldest first.
pub(crate) fn mails(world: &World) -> Vec<Sent> {
    let folder = world.bed.folder().join("mail");
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    // Not those that are being written.
    files.retain(|file| file.extension().is_some_and(|extension| extension == "eml"));
    files.sort();
    files.iter().map(|file| read(&std::fs::read(file).expect("a mail"))).collect()
}

fn read(bytes: &[u8]) -> Sent {
    let message = MessageParser::default().parse(bytes).expect("a message");
    let to = message.to().and_then(|to| to.first()).and_then(|to| to.address()).expect("a recipient").to_owned();
    let header = |name: &str| message.header_raw(name).map(|value| value.trim().to_owned());
    let unsubscribe = header("List-Unsubscribe").zip(header("List-Unsubscribe-Post"));
    let subject = message.subject().expect("a subject").to_owned();
    let text = message.body_text(0).expect("a text part").into_owned();
    let link = text.lines().find(|line| line.starts_with("http")).expect("a link");
    let link: url::Url = link.trim().parse().expect("an address");
    Sent { to, subject, unsubscribe, path: link.path().to_owned(), link, text }
}
