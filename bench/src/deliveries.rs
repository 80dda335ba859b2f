//! The people who are told: their open sockets, and a ledger of what arrived there.

use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

use crate::Failure;
use crate::kith::Kith;
use crate::people::Request;
use crate::sockets::{Socket, number_after};

/// Room for the frames of one socket that arrive together, in bytes.
const BUFFER: usize = 16 * 1024;
/// How long nothing may arrive while something is awaited.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long one waits at the end for what should not come.
const AFTERMATH: Duration = Duration::from_secs(1);
/// Faults that are told in words; the others are counted.
const TOLD: usize = 5;

/// A notification at a socket.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrival {
    /// Whose socket.
    person: i64,
    /// The inbox's version with it.
    version: i64,
    /// The request that it is about.
    request: i64,
    /// When its frame was read.
    pub(crate) at: Instant,
}

/// The open sockets of the accounts 1 to some number.
#[derive(Debug)]
pub(crate) struct Audience {
    arrivals: UnboundedReceiver<Result<Arrival, Failure>>,
    /// Ends with the audience.
    _sockets: JoinSet<()>,
}

impl Audience {
    /// Opens a socket of each, and waits until all are live.
    pub(crate) async fn open(kith: &Kith, people: u32) -> Result<Self, Failure> {
        let (sender, arrivals) = unbounded_channel();
        let mut sockets = JoinSet::new();
        for person in 1..=i64::from(people) {
            let mut socket = Socket::open(kith.address, Ipv4Addr::LOCALHOST, &kith.token(person)?, BUFFER).await?;
            socket.go_live().await?;
            sockets.spawn(listen(person, socket, sender.clone()));
        }
        Ok(Self { arrivals, _sockets: sockets })
    }

    /// What arrives next, at whichever socket.
    pub(crate) async fn next(&mut self) -> Result<Arrival, Failure> {
        match tokio::time::timeout(PATIENCE, self.arrivals.recv()).await {
            Ok(Some(arrival)) => arrival,
            Ok(None) => Err("every socket has ended".into()),
            Err(_) => Err(format!("nothing arrived for {} s", PATIENCE.as_secs()).into()),
        }
    }

    /// Enters what still comes although everything has arrived.
    pub(crate) async fn aftermath(&mut self, ledger: &mut Ledger<'_>) -> Result<(), Failure> {
        while let Ok(Some(arrival)) = tokio::time::timeout(AFTERMATH, self.arrivals.recv()).await {
            ledger.enter(&arrival?);
        }
        Ok(())
    }
}

async fn listen(person: i64, mut socket: Socket, sender: UnboundedSender<Result<Arrival, Failure>>) {
    loop {
        let arrival = match socket.text().await {
            Ok(frame) => arrival(person, frame),
            Err(failure) => Err(failure),
        };
        let last = arrival.is_err();
        if sender.send(arrival).is_err() || last {
            return;
        }
    }
}

/// Reads the two numbers that matter from a frame, and no more.
fn arrival(person: i64, frame: &[u8]) -> Result<Arrival, Failure> {
    let at = Instant::now();
    let version = number_after(frame, b"\"version\":");
    let request = number_after(frame, b"\"request_id\":");
    match (version, request) {
        (Some(version), Some(request)) if frame.starts_with(br#"{"type":"notification""#) => {
            Ok(Arrival { person, version, request, at })
        }
        _ => Err(format!("not a notification of a decision: {}", String::from_utf8_lossy(frame)).into()),
    }
}

/// What arrived: each decision once, at the socket of its sender, in the order of the versions.
#[derive(Debug)]
pub(crate) struct Ledger<'a> {
    requests: &'a [Request],
    arrived: Vec<bool>,
    /// The last version at each socket.
    versions: Vec<i64>,
    faults: usize,
    told: Vec<String>,
}

impl<'a> Ledger<'a> {
    /// Of `requests`, numbered from 1, sent by the accounts 1 to `people`.
    pub(crate) fn new(requests: &'a [Request], people: u32) -> Self {
        let versions = (0..people).map(|_| 0).collect();
        Self { requests, arrived: vec![false; requests.len()], versions, faults: 0, told: Vec::new() }
    }

    /// Enters an arrival; answers the index of its request when that arrived where and as it should.
    pub(crate) fn enter(&mut self, arrival: &Arrival) -> Option<usize> {
        let Arrival { person, version, request, .. } = *arrival;
        let index = usize::try_from(request - 1).ok().filter(|index| *index < self.requests.len());
        let socket = usize::try_from(person - 1).ok()?;
        let last = self.versions.get_mut(socket)?;
        let follows = version == *last + 1;
        let before = std::mem::replace(last, version);
        match index {
            Some(index) if self.requests[index].from == person && follows && !self.arrived[index] => {
                self.arrived[index] = true;
                Some(index)
            }
            _ => {
                self.faults += 1;
                if self.told.len() < TOLD {
                    let doubled = index.is_some_and(|index| self.arrived[index]);
                    self.told.push(format!(
                        "request {request} at {person}, version {version} after {before}{}",
                        if doubled { ", which had arrived already" } else { "" }
                    ));
                }
                None
            }
        }
    }

    /// What was wrong, in words; nothing when each arrived once and in order.
    pub(crate) fn faults(&self) -> Option<String> {
        let missing = self.arrived.iter().filter(|arrived| !**arrived).count();
        (missing + self.faults > 0)
            .then(|| format!("{missing} missing, {} wrong arrivals: {}", self.faults, self.told.join("; ")))
    }
}

/// Compares the database with what arrived: a notification for each of `count` decisions, and no
/// job left; answers what is wrong.
pub(crate) async fn database_faults(kith: &Kith, count: u32) -> Result<Option<String>, Failure> {
    let sql = "SELECT (SELECT count(*) FROM notifications) AS notifications,
                      (SELECT count(*) FROM connection_requests WHERE status = 'pending') AS pending,
                      (SELECT count(*) FROM outbox) AS waiting, (SELECT count(*) FROM dead_jobs) AS dead";
    let row = kith.database.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    let row = row.ok_or("the database does not count")?;
    let number = |name: &str| row.try_get::<i64>("", name);
    let (notifications, pending) = (number("notifications")?, number("pending")?);
    let (waiting, dead) = (number("waiting")?, number("dead")?);
    let right = notifications == i64::from(count) && pending == 0 && waiting == 0 && dead == 0;
    Ok((!right).then(|| {
        format!(
            "the database holds {notifications} notifications of {count} decisions, {pending} pending requests, \
             {waiting} waiting jobs, {dead} dead ones"
        )
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrival(person: i64, version: i64, request: i64) -> Arrival {
        Arrival { person, version, request, at: Instant::now() }
    }

    const REQUESTS: [Request; 2] = [Request { id: 1, from: 1, to: 3 }, Request { id: 2, from: 2, to: 3 }];

    #[test]
    fn each_once_and_in_order_is_no_fault() {
        let mut ledger = Ledger::new(&REQUESTS, 2);
        assert_eq!(ledger.enter(&arrival(2, 1, 2)), Some(1));
        assert!(ledger.faults().is_some(), "one is missing");
        assert_eq!(ledger.enter(&arrival(1, 1, 1)), Some(0));
        assert_eq!(ledger.faults(), None);
    }

    #[test]
    fn a_double_a_leap_and_a_stranger_are_faults() {
        for wrong in [arrival(1, 2, 1), arrival(1, 3, 2), arrival(2, 1, 1)] {
            let mut ledger = Ledger::new(&REQUESTS, 2);
            ledger.enter(&arrival(1, 1, 1));
            assert_eq!(ledger.enter(&wrong), None);
            assert!(ledger.faults().is_some());
        }
    }
}
