//! Sockets, and how soon they are told.

use std::sync::{Arc, PoisonError, RwLock};

use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::{delays, since};
use crate::ports::clock::Timestamp;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Wire {
    wire: &'static str,
}

/// The code with which this side closed; none where the peer closed or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Code(Option<u16>);

impl EncodeLabelValue for Code {
    fn encode(&self, encoder: &mut LabelValueEncoder) -> Result<(), std::fmt::Error> {
        match self.0 {
            Some(code) => code.encode(encoder),
            None => "gone".encode(encoder),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Close {
    wire: &'static str,
    code: Code,
}

/// The sockets of a process.
#[derive(Debug)]
pub struct SocketMetrics {
    open: Family<Wire, Gauge>,
    opened: Family<Wire, Counter>,
    closes: Family<Close, Counter>,
    catch_ups: Counter,
    notification_delay: Histogram,
    message_delay: Histogram,
    /// The few languages that were spoken.
    wires: RwLock<Vec<Arc<WireMetrics>>>,
}

#[derive(Debug)]
struct WireMetrics {
    wire: &'static str,
    open: Gauge,
    opened: Counter,
    closes: Family<Close, Counter>,
}

impl SocketMetrics {
    pub(super) fn new(registry: &mut Registry) -> Self {
        let metrics = Self {
            open: Family::default(),
            opened: Family::default(),
            closes: Family::default(),
            catch_ups: Counter::default(),
            notification_delay: delays(),
            message_delay: delays(),
            wires: RwLock::default(),
        };
        registry.register("sockets", "Sockets that are open", metrics.open.clone());
        registry.register("sockets_opened", "Sockets opened", metrics.opened.clone());
        registry.register(
            "socket_closes",
            "Sockets that ended, by the close code that Kith sent; gone where the peer closed or went",
            metrics.closes.clone(),
        );
        registry.register(
            "catch_ups",
            "Questions of sockets for what they missed, answered from the database",
            metrics.catch_ups.clone(),
        );
        registry.register(
            "notification_delay_seconds",
            "From a decision to the live frame that tells of it, handed to a socket",
            metrics.notification_delay.clone(),
        );
        registry.register(
            "message_delay_seconds",
            "From a message to the live frame that tells of it, handed to a socket",
            metrics.message_delay.clone(),
        );
        metrics
    }

    fn of(&self, wire: &'static str) -> Arc<WireMetrics> {
        let known = |wires: &[Arc<WireMetrics>]| wires.iter().find(|known| known.wire == wire).cloned();
        if let Some(found) = known(&self.wires.read().unwrap_or_else(PoisonError::into_inner)) {
            return found;
        }
        let mut wires = self.wires.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known(&wires) {
            return found;
        }
        let one = Arc::new(WireMetrics {
            wire,
            open: self.open.get_or_create_owned(&Wire { wire }),
            opened: self.opened.get_or_create_owned(&Wire { wire }),
            closes: self.closes.clone(),
        });
        wires.push(Arc::clone(&one));
        one
    }

    /// Shows a language from now on, though nobody speaks it yet.
    pub fn expect(&self, wire: &'static str) {
        self.of(wire);
    }

    /// A socket opened; what is answered stands for it until it ends.
    pub fn open(&self, wire: &'static str) -> OpenSocket {
        let wire = self.of(wire);
        wire.open.inc();
        wire.opened.inc();
        OpenSocket { wire, code: None }
    }

    /// A socket was answered what it had missed.
    pub fn caught_up(&self) {
        self.catch_ups.inc();
    }

    /// A frame that tells of a notification was handed to a socket; what it tells was decided at `asked_at`.
    pub fn notified(&self, asked_at: Timestamp, now: Timestamp) {
        self.notification_delay.observe(since(asked_at, now));
    }

    /// A frame with a message of `sent_at` was handed to a socket.
    pub fn messaged(&self, sent_at: Timestamp, now: Timestamp) {
        self.message_delay.observe(since(sent_at, now));
    }
}

/// An open socket: counted as one until it is dropped.
#[derive(Debug)]
pub struct OpenSocket {
    wire: Arc<WireMetrics>,
    code: Option<u16>,
}

impl OpenSocket {
    /// This side closes it.
    pub fn close(&mut self, code: u16) {
        self.code = Some(code);
    }
}

impl Drop for OpenSocket {
    fn drop(&mut self) {
        self.wire.open.dec();
        self.wire.closes.get_or_create(&Close { wire: self.wire.wire, code: Code(self.code) }).inc();
    }
}
