//! Decisions a second: people decide over kept HTTP connections, as fast as they are answered, and
//! each decision counts when its notification has arrived at the socket of who sent the request.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use tokio::task::JoinSet;

use crate::Failure;
use crate::deliveries::{Audience, Ledger, database_faults};
use crate::http::{Connection, Headers};
use crate::kith::Kith;
use crate::options::Options;
use crate::people::{self, Request};
use crate::report::{Report, histogram, milliseconds, note};
use crate::servers::Servers;
use crate::usage::Usage;

/// Decisions a second that are asked of two cores.
const TARGET: f64 = 2_500.0;

/// What is decided, and when.
#[derive(Debug)]
struct Course {
    requests: Vec<Request>,
    /// How many people sent them, one after another.
    senders: usize,
    /// Of each decider, from the first on.
    headers: Vec<Headers>,
    first_decider: i64,
    began: Instant,
    /// When each decision was sent, in nanoseconds after `began`.
    sent: Vec<AtomicU64>,
    next: AtomicUsize,
}

/// What one connection saw, or all did.
#[derive(Debug)]
struct Answers {
    delays: Histogram<u64>,
    last: Instant,
}

/// Measures.
pub(crate) async fn measure(kith: &Kith, servers: &Servers, options: &Options) -> Result<Report, Failure> {
    let Options { people, decisions, decisions_warm_up, concurrency, .. } = *options;
    let count = decisions + decisions_warm_up;
    println!("\nDecisions: {decisions} by {concurrency} connections to {people} sockets, {decisions_warm_up} before");
    let requests = people::load_requests(&kith.database, people, count).await?;
    let course = Arc::new(Course::new(kith, requests, people)?);
    let mut connections = Vec::new();
    for _ in 0..concurrency {
        connections.push(Connection::open(kith.address).await?);
    }
    let mut audience = Audience::open(kith, people).await?;
    let mut ledger = Ledger::new(&course.requests, people);

    let start = decisions_warm_up as usize;
    let end = course.requests.len();
    let warm_up = decide(&course, connections, 0..start, &mut audience, &mut ledger).await;
    let (connections, ..) = warm_up.map_err(|failure| explained(&failure, kith))?;
    let usage = Usage::start([servers.processes(), kith.processes()].concat())?;
    let began = Instant::now();
    let measured = decide(&course, connections, start..end, &mut audience, &mut ledger).await;
    let (_, answers, deliveries) = measured.map_err(|failure| explained(&failure, kith))?;
    let spent = usage.spent(decisions)?;
    audience.aftermath(&mut ledger).await?;

    let seconds = deliveries.last.duration_since(began).as_secs_f64();
    let rate = f64::from(decisions) / seconds;
    let answered = f64::from(decisions) / answers.last.duration_since(began).as_secs_f64();
    println!("  delivered a second       {rate:.0} (in {seconds:.1} s; answered a second {answered:.0})");
    println!("  HTTP                     p50 {}, p99 {}", at(&answers.delays, 0.50), at(&answers.delays, 0.99));
    println!("  decision to socket       p50 {}, p99 {}", at(&deliveries.delays, 0.50), at(&deliveries.delays, 0.99));
    println!("  CPU                      {spent}");
    let faults = [ledger.faults(), database_faults(kith, count).await?];
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    println!("  each once, in order      {}", if faults.is_empty() { "yes".to_owned() } else { faults.join("; ") });

    let mut report = Report::default();
    report.note("decisions a second, delivered", format!("{rate:.0}"), format!(">= {TARGET:.0}"), rate >= TARGET);
    report.note("each delivered once, in order", note(faults.is_empty()), "yes".to_owned(), faults.is_empty());
    Ok(report)
}

fn at(delays: &Histogram<u64>, quantile: f64) -> String {
    milliseconds(delays.value_at_quantile(quantile))
}

fn explained(failure: &Failure, kith: &Kith) -> Failure {
    format!("{failure}\n{}", kith.last_words()).into()
}

impl Course {
    fn new(kith: &Kith, requests: Vec<Request>, people: u32) -> Result<Self, Failure> {
        let first_decider = i64::from(people) + 1;
        let last = requests.iter().map(|request| request.to).max().unwrap_or(first_decider);
        let headers = (first_decider..=last).map(|decider| Ok(Headers::new(&kith.token(decider)?)));
        let headers = headers.collect::<Result<_, Failure>>()?;
        let sent = requests.iter().map(|_| AtomicU64::new(0)).collect();
        let senders = usize::try_from(people)?;
        Ok(Self { requests, senders, headers, first_decider, began: Instant::now(), sent, next: AtomicUsize::new(0) })
    }

    fn headers(&self, request: Request) -> Result<&Headers, Failure> {
        let index = usize::try_from(request.to - self.first_decider)?;
        self.headers.get(index).ok_or_else(|| "a request to somebody without a token".into())
    }

    /// Decides one after another over `connection`, beside the others who take from the same course.
    async fn run(&self, mut connection: Connection, end: usize) -> Result<(Connection, Answers), Failure> {
        let mut answers = Answers { delays: histogram()?, last: self.began };
        let mut path = String::new();
        loop {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            if index >= end {
                return Ok((connection, answers));
            }
            let request = self.requests[index];
            // Half of each sender's requests are accepted, half rejected, in turns.
            let turn = index + index / self.senders;
            let decision = if turn.is_multiple_of(2) { "accept" } else { "reject" };
            path.clear();
            path.extend(["/api/v1/connection-requests/", &request.id.to_string(), "/", decision]);
            let sent = Instant::now();
            self.sent[index].store(nanoseconds(sent.duration_since(self.began)), Ordering::Relaxed);
            connection.post(&path, self.headers(request)?).await?;
            answers.last = Instant::now();
            answers.delays.saturating_record(microseconds(answers.last.duration_since(sent)));
        }
    }

    fn sent(&self, index: usize) -> Instant {
        self.began + Duration::from_nanos(self.sent[index].load(Ordering::Relaxed))
    }
}

/// Decides a range of the course and waits until all has arrived; gives the connections back, and
/// what was answered and delivered.
async fn decide(
    course: &Arc<Course>,
    connections: Vec<Connection>,
    range: Range<usize>,
    audience: &mut Audience,
    ledger: &mut Ledger<'_>,
) -> Result<(Vec<Connection>, Answers, Answers), Failure> {
    course.next.store(range.start, Ordering::Relaxed);
    let end = range.end;
    let mut running = JoinSet::new();
    for connection in connections {
        let course = Arc::clone(course);
        running.spawn(async move { course.run(connection, end).await });
    }
    let answers = async {
        let mut connections = Vec::new();
        let mut all = Answers { delays: histogram()?, last: course.began };
        while let Some(ended) = running.join_next().await {
            let (connection, answers) = ended??;
            connections.push(connection);
            all.delays.add(&answers.delays)?;
            all.last = all.last.max(answers.last);
        }
        Ok::<_, Failure>((connections, all))
    };
    let deliveries = async {
        let mut all = Answers { delays: histogram()?, last: course.began };
        let mut arrived = 0;
        while arrived < range.len() {
            let next = audience.next().await;
            let arrival = next.map_err(|failure| format!("{arrived} of {} arrived; {failure}", range.len()))?;
            let Some(index) = ledger.enter(&arrival) else { continue };
            arrived += 1;
            all.delays.saturating_record(microseconds(arrival.at.duration_since(course.sent(index))));
            all.last = all.last.max(arrival.at);
        }
        Ok(all)
    };
    let ((connections, answers), deliveries) = tokio::try_join!(answers, deliveries)?;
    Ok((connections, answers, deliveries))
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

fn microseconds(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
