//! Mails that were given to a server.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

use crate::jobs::{Queue, payloads};

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailOutcome {
    /// The server has it.
    Accepted,
    /// The server will never take it.
    Refused,
    /// It did not leave, and is tried again.
    Failed,
    /// It did not leave, and was tried for the last time.
    GivenUp,
}

impl MailOutcome {
    const ALL: [Self; 4] = [Self::Accepted, Self::Refused, Self::Failed, Self::GivenUp];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::GivenUp => "given_up",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    mail: &'static str,
    outcome: &'static str,
}

/// The mails of a process.
#[derive(Debug)]
pub struct MailMetrics(Family<Labels, Counter>);

impl MailMetrics {
    pub(super) fn new(registry: &mut Registry) -> Self {
        let mails = Family::default();
        registry.register("mails", "Mails that were given to the server, by what became of them", mails.clone());
        Self(mails)
    }

    /// Shows every mail and outcome from now on: for a process that sends mails.
    pub fn expect(&self) {
        for mail in payloads::names(Queue::Email) {
            for outcome in MailOutcome::ALL.map(MailOutcome::as_str) {
                self.0.get_or_create_owned(&Labels { mail, outcome });
            }
        }
    }

    /// The server answered, or did not, about a mail: the name of its job.
    pub fn count(&self, mail: &'static str, outcome: MailOutcome) {
        self.0.get_or_create(&Labels { mail, outcome: outcome.as_str() }).inc();
    }
}
