//! Who came and went and was not told of yet, in this process.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::telling::{Kind, Turn};

/// Turns beyond which none are added that may be left out.
const ROOM: usize = 50_000;

/// The last turn of each account that is to be told.
#[derive(Debug, Default)]
pub(super) struct Untold {
    turns: Mutex<HashMap<i64, Turn>>,
    added: Notify,
}

impl Untold {
    /// Turns are to be told. A choice is told as what is true then, whatever came after it.
    pub(super) fn add(&self, turns: impl IntoIterator<Item = Turn>) {
        let mut waiting = self.turns();
        for turn in turns {
            let chose = waiting.get(&turn.account_id).is_some_and(|waiting| waiting.kind == Kind::Chose);
            let kind = if chose { Kind::Chose } else { turn.kind };
            waiting.insert(turn.account_id, Turn { kind, ..turn });
        }
        drop(waiting);
        self.added.notify_one();
    }

    /// Waits until there is something to tell. One may wait.
    pub(super) async fn some(&self) {
        while self.is_empty() {
            self.added.notified().await;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.turns().is_empty()
    }

    pub(super) fn has_room(&self) -> bool {
        self.turns().len() < ROOM
    }

    /// At most `most` turns. They stay until they are told: whoever is stopped meanwhile has lost none.
    pub(super) fn part(&self, most: usize) -> Vec<Turn> {
        self.turns().values().copied().take(most).collect()
    }

    /// Turns were told; one that came meanwhile was not.
    pub(super) fn told(&self, turns: &[Turn]) {
        let mut waiting = self.turns();
        for turn in turns {
            if waiting.get(&turn.account_id) == Some(turn) {
                waiting.remove(&turn.account_id);
            }
        }
    }

    fn turns(&self) -> MutexGuard<'_, HashMap<i64, Turn>> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, Utc};

    use super::*;

    #[test]
    fn a_choice_stays_until_it_was_told_after_what_came_last() {
        let (untold, at) = (Untold::default(), Utc::now());
        let turn = |kind, seconds| Turn { account_id: 7, kind, at: at + TimeDelta::seconds(seconds) };
        untold.add([turn(Kind::Came, 0), turn(Kind::Went, 1), turn(Kind::Chose, 2)]);
        let telling = untold.part(10);
        assert_eq!(telling, [turn(Kind::Chose, 2)]);
        untold.add([turn(Kind::Came, 3)]);
        untold.told(&telling);
        assert_eq!(untold.part(10), [turn(Kind::Chose, 3)]);
        untold.told(&[turn(Kind::Chose, 3)]);
        assert!(untold.is_empty());
    }
}
