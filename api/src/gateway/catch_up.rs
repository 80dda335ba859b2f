//! Catching up: sockets that miss something ask here, and one query answers all that wait.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use shared::Core;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio_util::sync::CancellationToken;

use super::registry::Told;

/// Questions answered by one query.
const BATCH: usize = 500;
/// Before a query that failed is tried again.
const PAUSE: Duration = Duration::from_millis(500);

/// What one socket asks.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) account_id: i64,
    pub(super) after: i64,
    /// The socket's number for it.
    pub(super) ask: u32,
    pub(super) asker: mpsc::Sender<Told>,
}

/// The questions of this process's sockets.
#[derive(Debug, Clone)]
pub(super) struct CatchUpQueue {
    sender: UnboundedSender<Question>,
    receiver: Arc<Mutex<UnboundedReceiver<Question>>>,
}

impl Default for CatchUpQueue {
    fn default() -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        Self { sender, receiver: Arc::new(Mutex::new(receiver)) }
    }
}

impl CatchUpQueue {
    /// Asks. A socket has one question open at most, so the queue is bounded by the sockets.
    pub(super) fn ask(&self, question: Question) {
        // Never refused: the receiver lives here too. After the last run it lies unread, and every
        // socket is being closed.
        let _ = self.sender.send(question);
    }

    /// Answers until `stop`.
    pub(super) async fn run(&self, core: &Core, stop: CancellationToken) {
        let mut receiver = self.receiver.lock().await;
        let mut questions = Vec::new();
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = receiver.recv_many(&mut questions, BATCH) => {}
            }
            while !questions.is_empty() {
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = answer(core, &mut questions) => {}
                }
            }
        }
    }
}

/// Hands an answer to its socket, behind what is queued there already. A socket that is closed needs
/// none.
fn tell(asker: mpsc::Sender<Told>, told: Told) {
    if let Err(mpsc::error::TrySendError::Full(told)) = asker.try_send(told) {
        tokio::spawn(async move { asker.send(told).await });
    }
}

/// Answers all the questions with one query, or leaves them and waits a little.
async fn answer(core: &Core, questions: &mut Vec<Question>) {
    // What was published before the read is then here, or on its way behind it. While the bus is
    // away nothing is.
    let _ = core.ports.bus.settle().await;
    let asked: HashSet<(i64, i64)> = questions.iter().map(|question| (question.account_id, question.after)).collect();
    match core.catch_ups.missed(&asked).await {
        Ok(answers) => {
            for question in questions.drain(..) {
                // An account that is gone has no answer; its sessions are gone with it.
                if let Some(answer) = answers.get(&(question.account_id, question.after)) {
                    core.metrics.sockets().caught_up();
                    let told = Told::CaughtUp { ask: question.ask, answer: Box::new(answer.clone()) };
                    tell(question.asker, told);
                }
            }
        }
        Err(error) => {
            tracing::warn!(%error, sockets = questions.len(), "sockets wait to catch up");
            questions.retain(|question| !question.asker.is_closed());
            tokio::time::sleep(PAUSE).await;
        }
    }
}
