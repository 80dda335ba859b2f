//! A mail server that does as it is told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use shared::ports::mail::{Mail, MailError, Mailer};
use tokio::sync::Notify;

/// What it does with a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Accept,
    /// Asks to come back.
    Later,
    Refuse,
    /// Accepts once it is let go.
    Hang,
    /// Refuses once it is let go.
    HangAndRefuse,
}

/// Records every mail that is handed to it and answers as scripted, then accepts.
#[derive(Debug, Default)]
pub(crate) struct TestMailer {
    script: Mutex<VecDeque<Answer>>,
    seen: Mutex<Vec<Mail>>,
    go: Notify,
}

impl TestMailer {
    pub(crate) fn new(script: impl IntoIterator<Item = Answer>) -> Arc<Self> {
        Arc::new(Self { script: Mutex::new(script.into_iter().collect()), ..Self::default() })
    }

    /// Every mail that it has been handed so far.
    pub(crate) fn seen(&self) -> Vec<Mail> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Lets the mail that hangs go.
    pub(crate) fn let_go(&self) {
        self.go.notify_one();
    }
}

#[async_trait]
impl Mailer for TestMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).push(mail.clone());
        let answer = self.script.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        match answer.unwrap_or(Answer::Accept) {
            Answer::Accept => Ok(()),
            Answer::Later => Err(MailError::Temporary("451 come back".to_owned())),
            Answer::Refuse => Err(MailError::Permanent("550 never".to_owned())),
            Answer::HangAndRefuse => {
                self.go.notified().await;
                Err(MailError::Permanent("550 never".to_owned()))
            }
            Answer::Hang => {
                self.go.notified().await;
                Ok(())
            }
        }
    }
}
