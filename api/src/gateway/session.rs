//! What a socket sends when: a state machine with no socket in it.
//!
//! The client gets every change of its inbox once, in version order. A socket begins by holding live
//! events back until the client says what it has (`resume`), or some time passes. A change whose
//! predecessor is missing is held for a moment, and then what is missing is asked for. Whatever a
//! catch-up answers is complete up to the version it names, so held changes at or below it are
//! dropped.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::inboxes::CatchUp;

use super::registry::Delivery;

/// Changes held at most while something is missing; what is beyond is asked for again.
const HELD: usize = 256;

/// What the socket is to do.
#[derive(Debug)]
pub enum Action {
    /// Send a live change.
    Send(Arc<Delivery>),
    /// Send what was missed; for a `resume`, say that this was it.
    SendMissed {
        /// What was missed.
        answer: Box<CatchUp>,
        /// The client asked for it, perhaps with a `ref`.
        resumed: Option<Resume>,
        /// The version after which it was asked for.
        after: i64,
    },
    /// Ask what was missed after the version; answer with [`Session::caught_up`] and the number.
    Ask {
        /// The version.
        after: i64,
        /// The number.
        ask: u32,
    },
    /// Call [`Session::gap_expired`] in a moment.
    ArmGap,
}

/// A client's wish to resume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resume {
    /// Repeated by the answer.
    pub reference: Option<String>,
}

#[derive(Debug)]
enum Phase {
    /// Nothing is sent before the client resumes, or has had its time to.
    Holding,
    /// A question is open.
    Asking { ask: u32, resume: Option<Resume>, again: bool },
    /// Changes are sent as they come.
    Live,
}

/// One socket's state.
#[derive(Debug)]
pub struct Session {
    /// The client has everything up to here.
    sent: i64,
    phase: Phase,
    asks: u32,
    /// Changes whose predecessor is missing, by the version that they follow.
    held: BTreeMap<i64, Arc<Delivery>>,
}

impl Session {
    /// A socket that has told its client of the inbox's `version`.
    #[must_use]
    pub fn new(version: i64) -> Self {
        Self { sent: version, phase: Phase::Holding, asks: 0, held: BTreeMap::new() }
    }

    /// A socket whose client never resumes: it is to hear of what comes after the inbox's `version`.
    #[must_use]
    pub fn live(version: i64) -> Self {
        Self { phase: Phase::Live, ..Self::new(version) }
    }

    /// The version up to which the client has everything.
    #[must_use]
    pub fn sent(&self) -> i64 {
        self.sent
    }

    /// Whether the client may still resume before anything is sent.
    #[must_use]
    pub fn holding(&self) -> bool {
        matches!(self.phase, Phase::Holding)
    }

    /// The client says what it has. It is believed, also when it had more before.
    pub fn resume(&mut self, after: i64, resume: Resume) -> Action {
        self.sent = after;
        self.ask(Some(resume))
    }

    /// The client has had its time to resume: it has what `hello` told.
    pub fn hold_expired(&mut self) -> Option<Action> {
        self.holding().then(|| self.ask(None))
    }

    /// An event came.
    pub fn delivery(&mut self, delivery: Arc<Delivery>) -> Vec<Action> {
        match &mut self.phase {
            // The question that ends the holding is answered from the database, which has it.
            Phase::Holding => Vec::new(),
            Phase::Asking { again, .. } => {
                if self.held.len() < HELD {
                    self.held.insert(delivery.event.after, delivery);
                } else {
                    *again = true;
                }
                Vec::new()
            }
            Phase::Live => {
                if delivery.event.version <= self.sent {
                    return Vec::new();
                }
                if self.held.len() >= HELD {
                    return vec![self.ask(None)];
                }
                let armed = !self.held.is_empty();
                self.held.insert(delivery.event.after, delivery);
                self.drain(armed)
            }
        }
    }

    /// Something may have been missed.
    pub fn gap(&mut self) -> Option<Action> {
        match &mut self.phase {
            Phase::Holding => None,
            Phase::Asking { again, .. } => {
                *again = true;
                None
            }
            Phase::Live => Some(self.ask(None)),
        }
    }

    /// A gap had its moment to close by itself.
    pub fn gap_expired(&mut self) -> Option<Action> {
        (matches!(self.phase, Phase::Live) && !self.held.is_empty()).then(|| self.ask(None))
    }

    /// The answer to the question `ask`; one that is no longer open is ignored.
    pub fn caught_up(&mut self, ask: u32, answer: Box<CatchUp>) -> Vec<Action> {
        let Phase::Asking { ask: open, resume, again } = &mut self.phase else { return Vec::new() };
        if *open != ask {
            return Vec::new();
        }
        let (resumed, again) = (resume.take(), *again);
        let after = self.sent;
        self.sent = if answer.reset { answer.state.version } else { answer.through };
        let more = answer.more;
        let by_client = resumed.is_some();
        let mut actions = vec![Action::SendMissed { answer, resumed, after }];
        if more && by_client {
            // The client goes on when it has digested this part.
            self.phase = Phase::Holding;
            self.held.clear();
        } else if more || again {
            actions.push(self.ask(None));
        } else {
            self.phase = Phase::Live;
            actions.extend(self.drain(false));
        }
        actions
    }

    /// The open question was not answered in time: asks again.
    pub fn ask_expired(&mut self) -> Option<Action> {
        let Phase::Asking { resume, .. } = &mut self.phase else { return None };
        let resume = resume.take();
        Some(self.ask(resume))
    }

    fn ask(&mut self, resume: Option<Resume>) -> Action {
        self.asks = self.asks.wrapping_add(1);
        self.phase = Phase::Asking { ask: self.asks, resume, again: false };
        Action::Ask { after: self.sent, ask: self.asks }
    }

    /// Sends what is held and follows; arms the gap's timer when something is left, unless it runs.
    fn drain(&mut self, armed: bool) -> Vec<Action> {
        let mut actions = Vec::new();
        let stale = |delivery: &Delivery, sent: i64| delivery.event.version <= sent;
        while let Some(first) = self.held.first_entry() {
            if stale(first.get(), self.sent) {
                first.remove();
            } else if *first.key() == self.sent {
                let delivery = first.remove();
                self.sent = delivery.event.version;
                actions.push(Action::Send(delivery));
            } else {
                break;
            }
        }
        if !self.held.is_empty() && !armed {
            actions.push(Action::ArmGap);
        }
        actions
    }
}

#[cfg(test)]
mod tests {
    use shared::events::{Change, InboxEvent, Unread};
    use shared::inboxes::InboxState;

    use super::*;

    fn event(after: i64, version: i64) -> Arc<Delivery> {
        let change = Change::Removed { notifications: vec![version] };
        Arc::new(Delivery::new(InboxEvent {
            account_id: 1,
            after,
            version,
            unread: Unread::default(),
            change,
            origin: None,
        }))
    }

    #[expect(clippy::unnecessary_box_returns, reason = "it is what the session takes")]
    fn answer(through: i64, more: bool) -> Box<CatchUp> {
        let state = InboxState { version: through, unread: Unread::default() };
        Box::new(CatchUp { state, through, missed: Vec::new(), more, reset: false })
    }

    fn sent(actions: &[Action]) -> Vec<i64> {
        let versions = actions.iter().filter_map(|action| match action {
            Action::Send(delivery) => Some(delivery.event.version),
            _ => None,
        });
        versions.collect()
    }

    /// A session that is live at `version`.
    fn live(version: i64) -> Session {
        let mut session = Session::new(version);
        let Some(Action::Ask { ask, .. }) = session.hold_expired() else { panic!("asks") };
        session.caught_up(ask, answer(version, false));
        session
    }

    #[test]
    fn nothing_is_sent_before_the_client_resumes() {
        let mut session = Session::new(5);
        assert!(session.delivery(event(5, 6)).is_empty());
        let Action::Ask { after: 2, ask } = session.resume(2, Resume { reference: None }) else {
            panic!("asks after 2")
        };
        assert!(session.delivery(event(6, 7)).is_empty());
        let actions = session.caught_up(ask, answer(6, false));
        assert!(matches!(actions[0], Action::SendMissed { resumed: Some(_), .. }));
        assert_eq!(sent(&actions), [7]);
    }

    #[test]
    fn events_are_sent_once_and_in_order() {
        let mut session = live(0);
        assert_eq!(sent(&session.delivery(event(0, 1))), [1]);
        assert_eq!(sent(&session.delivery(event(0, 1))), [] as [i64; 0]);
        let held = session.delivery(event(2, 3));
        assert!(matches!(held[..], [Action::ArmGap]));
        assert!(session.delivery(event(3, 4)).is_empty());
        assert_eq!(sent(&session.delivery(event(1, 2))), [2, 3, 4]);
        assert!(session.gap_expired().is_none());
    }

    #[test]
    fn a_gap_that_stays_is_filled_from_the_database() {
        let mut session = live(0);
        session.delivery(event(1, 2));
        let Some(Action::Ask { after: 0, ask }) = session.gap_expired() else { panic!("asks after 0") };
        assert!(session.delivery(event(2, 3)).is_empty());
        assert_eq!(sent(&session.caught_up(ask, answer(2, false))), [3]);
        assert_eq!(session.sent(), 3);
    }

    #[test]
    fn a_range_that_overlaps_what_was_caught_up_is_asked_for() {
        let mut session = live(2);
        let actions = session.delivery(event(1, 4));
        assert!(matches!(actions[..], [Action::ArmGap]));
        assert!(matches!(session.gap_expired(), Some(Action::Ask { after: 2, .. })));
    }

    #[test]
    fn a_stale_answer_is_ignored() {
        let mut session = live(0);
        let Some(Action::Ask { ask: old, .. }) = session.gap() else { panic!("asks") };
        let Action::Ask { ask: new, .. } = session.resume(0, Resume { reference: None }) else { panic!("asks") };
        assert!(session.caught_up(old, answer(9, false)).is_empty());
        assert_eq!(session.caught_up(new, answer(9, false)).len(), 1);
    }

    #[test]
    fn a_part_leaves_the_rest_to_the_client() {
        let mut session = Session::new(9);
        let Action::Ask { ask, .. } = session.resume(0, Resume { reference: None }) else { panic!("asks") };
        session.caught_up(ask, answer(5, true));
        assert!(session.holding());
        assert!(matches!(session.resume(5, Resume { reference: None }), Action::Ask { after: 5, .. }));
    }

    #[test]
    fn what_was_missed_while_asking_is_asked_for_again() {
        let mut session = live(0);
        let Some(Action::Ask { ask, .. }) = session.gap() else { panic!("asks") };
        assert!(session.gap().is_none());
        let actions = session.caught_up(ask, answer(3, false));
        assert!(matches!(actions[..], [Action::SendMissed { .. }, Action::Ask { after: 3, .. }]));
    }
}
