//! Mail as files, for a machine without a mail server: one `.eml` a mail, as any mail client opens it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use chrono::Utc;
use shared::ports::mail::{Mail, MailError, Mailer};
use shared::private_folder;

use super::message::Sender;

/// Puts mails into a folder.
#[derive(Debug)]
pub struct FileMailer {
    folder: PathBuf,
    sender: Sender,
}

impl FileMailer {
    /// Into `folder`, which is made with the first mail.
    #[must_use]
    pub fn new(folder: PathBuf, sender: Sender) -> Self {
        Self { folder, sender }
    }
}

#[async_trait]
impl Mailer for FileMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let message = self.sender.file(mail)?.formatted();
        let folder = self.folder.clone();
        let put = tokio::task::spawn_blocking(move || put(&folder, &message));
        let result = put.await.unwrap_or_else(|error| Err(error.into()));
        // A full disk or a wrong owner is for the operator to mend; the mail waits.
        result.map_err(|error| MailError::Temporary(format!("{}: {error}", self.folder.display())))
    }
}

/// Puts a file of its own into `folder`, whole or not at all: whoever lists it never sees half a mail.
fn put(folder: &Path, message: &[u8]) -> io::Result<()> {
    private_folder::create(folder)?;
    let name = format!("{}-{:016x}.eml", Utc::now().format("%Y%m%dT%H%M%S%.6fZ"), rand::random::<u64>());
    let unfinished = folder.join(format!(".{name}.unfinished"));
    let result = write(&unfinished, message).and_then(|()| fs::rename(&unfinished, folder.join(name)));
    if result.is_err() {
        // What went wrong is told; what is left over harms nobody.
        let _ = fs::remove_file(&unfinished);
    }
    result?;
    keep(folder)
}

fn write(path: &Path, message: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(message)?;
    file.sync_all()
}

/// Makes the renaming outlive a power cut: the job that asked for the mail is done with after this.
fn keep(folder: &Path) -> io::Result<()> {
    // Elsewhere a folder can't be opened, nor need it be.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::reading;

    /// A folder that goes with the test.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new() -> Self {
            Self(std::env::temp_dir().join(format!("kith-mail-{:016x}", rand::random::<u64>())))
        }

        fn mailer(&self) -> FileMailer {
            FileMailer::new(self.0.join("data/mail"), "Kith <kith@localhost>".parse().unwrap())
        }

        /// Names, in their order, of all that is in the mail folder.
        fn names(&self) -> Vec<String> {
            let entries = fs::read_dir(self.0.join("data/mail")).unwrap();
            let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            names
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn mail(number: u32) -> Mail {
        Mail {
            to: "parisa@example.org".to_owned(),
            message_id: format!("<0f3a.{number}@kith>"),
            subject: "Activate your account".to_owned(),
            text: "http://localhost/activate/1\n\nHello پریسا حسینی, welcome to a mail that is mostly English."
                .to_owned(),
            html: "<p>Hello <bdi>پریسا حسینی</bdi>, welcome to a mail that is mostly English.</p>".to_owned(),
            unsubscribe: None,
        }
    }

    #[tokio::test]
    async fn a_mail_is_a_file_that_can_be_read() {
        let scratch = Scratch::new();
        scratch.mailer().send(&mail(1)).await.unwrap();

        let names = scratch.names();
        assert_eq!(names.len(), 1, "and nothing unfinished beside it: {names:?}");
        let read = reading::message(&fs::read(scratch.0.join("data/mail").join(&names[0])).unwrap());
        assert_eq!(read.header("To"), "parisa@example.org");
        assert_eq!(read.header("Message-ID"), "<0f3a.1@kith>");
        assert_eq!(read.parts[0].body, mail(1).text);
        assert_eq!(read.parts[1].body, mail(1).html);
    }

    #[tokio::test]
    async fn names_sort_as_mails_were_sent() {
        let scratch = Scratch::new();
        let mailer = scratch.mailer();
        for number in 0..5 {
            mailer.send(&mail(number)).await.unwrap();
        }

        let names = scratch.names();
        let ids = names.iter().map(|name| {
            let read = reading::message(&fs::read(scratch.0.join("data/mail").join(name)).unwrap());
            read.header("Message-ID").to_owned()
        });
        assert_eq!(ids.collect::<Vec<_>>(), (0..5).map(|number| mail(number).message_id).collect::<Vec<_>>());
        let shape = |name: &str| name.chars().map(|c| if c.is_ascii_hexdigit() { '0' } else { c }).collect::<String>();
        assert!(names.iter().all(|name| shape(name) == "00000000T000000.000000Z-0000000000000000.0ml"), "{names:?}");
    }

    #[tokio::test]
    async fn a_folder_that_can_not_be_made_is_worth_another_try() {
        let scratch = Scratch::new();
        fs::write(&scratch.0, "a file in its place").unwrap();
        let error = scratch.mailer().send(&mail(1)).await.unwrap_err();
        fs::remove_file(&scratch.0).unwrap();
        assert!(matches!(error, MailError::Temporary(_)), "{error}");
    }
}
