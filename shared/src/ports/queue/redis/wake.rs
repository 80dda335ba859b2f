//! When a worker asks Redis for tasks: at once when something was pushed, and every half second in
//! case a signal was lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use apalis_core::backend::ext::poll_strategy::{PollSnapshot, PollStrategy};
use fred::interfaces::{EventInterface, PubsubInterface};
use futures::task::AtomicWaker;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

use crate::jobs::Queue;
use crate::ports::RedisClients;

/// The longest that a pushed task can wait unseen.
const FLOOR: Duration = Duration::from_millis(500);

/// The channel that says that tasks were pushed.
pub(super) fn channel(prefix: &str, queue: Queue) -> String {
    format!("{prefix}:wake:{queue}")
}

/// Set by a signal, cleared by the poll that follows it.
#[derive(Debug, Default)]
pub(super) struct Wake {
    signalled: AtomicBool,
    waker: AtomicWaker,
}

impl Wake {
    fn signal(&self) {
        self.signalled.store(true, Ordering::Release);
        self.waker.wake();
    }
}

/// Listens for wake signals until `stop`, and signals by itself at every [`FLOOR`].
pub(super) fn listen(clients: &RedisClients, prefix: &str, queue: Queue, stop: CancellationToken) -> Arc<Wake> {
    let wake = Arc::new(Wake::default());
    let signals = Arc::clone(&wake);
    let clients = clients.clone();
    let channel = channel(prefix, queue);
    tokio::spawn(async move {
        let mut messages = clients.subscriber.message_rx();
        // Resolves when the command is written, or when the server is back: `manage_subscriptions`
        // repeats it after every reconnection.
        let subscribe = clients.subscriber.subscribe(channel.clone());
        tokio::pin!(subscribe);
        let mut subscribed = false;
        let mut floor = tokio::time::interval(FLOOR);
        floor.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                result = &mut subscribe, if !subscribed => {
                    subscribed = true;
                    if let Err(error) = result {
                        tracing::warn!(%error, "wake signals: not subscribed yet");
                    }
                }
                message = messages.recv() => match message {
                    Ok(message) if *message.channel == *channel => signals.signal(),
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => signals.signal(),
                    Err(RecvError::Closed) => return,
                },
                _ = floor.tick() => signals.signal(),
            }
        }
    });
    wake
}

/// The strategy that apalis drives before each fetch.
#[derive(Debug, Clone)]
pub(super) struct WakeStrategy(pub(super) Arc<Wake>);

impl PollStrategy for WakeStrategy {
    fn poll_drive(&mut self, cx: &mut Context<'_>, _snapshot: &PollSnapshot) -> Poll<Option<()>> {
        self.0.waker.register(cx.waker());
        if self.0.signalled.swap(false, Ordering::AcqRel) {
            // The signal may have come while a fetch was under way that no longer saw the task:
            // poll once more.
            cx.waker().wake_by_ref();
            return Poll::Ready(Some(()));
        }
        Poll::Pending
    }
}
