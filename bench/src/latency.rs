//! The time from sending an accept to the frame at the other's socket, with nothing else going on.

use std::time::Instant;

use crate::Failure;
use crate::deliveries::{Audience, Ledger, database_faults};
use crate::http::{Connection, Headers};
use crate::kith::Kith;
use crate::options::Options;
use crate::people;
use crate::report::{Report, histogram, milliseconds, note};
use crate::servers::Servers;
use crate::usage::Usage;

/// What half of the accepts may take at most, in microseconds.
const TARGET: u64 = 3_000;

/// Measures.
pub(crate) async fn measure(kith: &Kith, servers: &Servers, options: &Options) -> Result<Report, Failure> {
    let Options { people, accepts, accepts_warm_up, .. } = *options;
    let count = accepts + accepts_warm_up;
    println!("\nLatency: {accepts} accepts, one at a time, to {people} sockets, {accepts_warm_up} before");
    let requests = people::load_requests(&kith.database, people, count).await?;
    let mut connection = Connection::open(kith.address).await?;
    let mut audience = Audience::open(kith, people).await?;
    let mut ledger = Ledger::new(&requests, people);
    let (mut answers, mut deliveries) = (histogram()?, histogram()?);
    let mut usage = Usage::start(Vec::new())?;
    for (index, request) in requests.iter().enumerate() {
        if index == accepts_warm_up as usize {
            usage = Usage::start([servers.processes(), kith.processes()].concat())?;
        }
        let headers = Headers::new(&kith.token(request.to)?);
        let path = format!("/api/v1/connection-requests/{}/accept", request.id);
        let sent = Instant::now();
        let answered = async {
            connection.post(&path, &headers).await?;
            Ok::<_, Failure>(sent.elapsed())
        };
        // The frame often comes before the loop is back here; its own time counts.
        let (answered, arrival) = tokio::try_join!(answered, audience.next())
            .map_err(|failure| format!("{} of {count} arrived; {failure}\n{}", index, kith.last_words()))?;
        ledger.enter(&arrival);
        if index >= accepts_warm_up as usize {
            answers.saturating_record(u64::try_from(answered.as_micros())?);
            deliveries.saturating_record(u64::try_from(arrival.at.duration_since(sent).as_micros())?);
        }
    }
    let spent = usage.spent(accepts)?;
    audience.aftermath(&mut ledger).await?;

    for (name, delays) in [("HTTP            ", &answers), ("accept to socket", &deliveries)] {
        let [p50, p90, p99] = [0.50, 0.90, 0.99].map(|quantile| milliseconds(delays.value_at_quantile(quantile)));
        println!("  {name}         p50 {p50}, p90 {p90}, p99 {p99}, at most {}", milliseconds(delays.max()));
    }
    println!("  CPU                      {spent}");
    let faults = [ledger.faults(), database_faults(kith, count).await?];
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    println!("  each once, in order      {}", if faults.is_empty() { "yes".to_owned() } else { faults.join("; ") });

    let median = deliveries.value_at_quantile(0.50);
    let mut report = Report::default();
    let target = format!("< {}", milliseconds(TARGET));
    report.note("accept to socket, p50", milliseconds(median), target, median < TARGET);
    report.note("each accept delivered once", note(faults.is_empty()), "yes".to_owned(), faults.is_empty());
    Ok(report)
}
