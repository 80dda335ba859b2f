//! Messages between people whose sockets are at different API processes.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Instant;

use hdrhistogram::Histogram;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use tokio::task::JoinSet;

use crate::Failure;
use crate::kith::Kith;
use crate::options::Options;
use crate::people;
use crate::report::{Report, histogram, milliseconds, note};
use crate::servers::Servers;
use crate::sockets::{Socket, TEXT, number_after};
use crate::usage::Usage;

/// What half of the messages may take at most, in microseconds.
const TARGET: u64 = 5_000;
/// Room for the frames of one socket that arrive together, in bytes.
const BUFFER: usize = 16 * 1024;

/// Two people, each at another process, and their chat.
#[derive(Debug)]
struct Pair {
    chat: i64,
    sender: Socket,
    receiver: Socket,
    /// Messages sent so far.
    sent: i64,
}

impl Pair {
    /// The pair of that number, from 1: its chat bears it, and the sender is the account before the receiver.
    async fn open(kith: &Kith, number: i64) -> Result<Self, Failure> {
        let other = *kith.others.first().ok_or("there is no second API")?;
        let open = async |api: SocketAddr, account: i64| {
            let mut socket = Socket::open(api, Ipv4Addr::LOCALHOST, &kith.token(account)?, BUFFER).await?;
            socket.go_live().await?;
            Ok::<_, Failure>(socket)
        };
        let (sender, receiver) = (open(kith.address, 2 * number - 1).await?, open(other, 2 * number).await?);
        Ok(Self { chat: number, sender, receiver, sent: 0 })
    }

    /// Sends one message; answers how long its answer and its arrival took, in microseconds.
    async fn say(&mut self) -> Result<(u64, u64), Failure> {
        let Self { chat, sender, receiver, sent } = self;
        *sent += 1;
        let frame = format!(r#"{{"type":"send","chat_id":{chat},"text":"Hello {sent}","client_id":"c-{sent}"}}"#);
        let begun = Instant::now();
        sender.send(TEXT, frame.as_bytes()).await?;
        let answered = async {
            let mut at = None;
            // The answer, and the change of the sender's own inbox, in either order.
            for _ in 0..2 {
                let frame = sender.text().await?;
                if frame.starts_with(br#"{"type":"sent""#) {
                    at = Some(begun.elapsed());
                } else if !frame.starts_with(br#"{"type":"message""#) {
                    return Err(unexpected(frame));
                }
            }
            at.ok_or_else(|| Failure::from("a message was told twice and not answered"))
        };
        let arrived = async {
            let frame = receiver.text().await?;
            let at = begun.elapsed();
            let version = number_after(frame, b"\"version\":");
            if frame.starts_with(br#"{"type":"message""#) && version == Some(*sent) {
                Ok(at)
            } else {
                Err(unexpected(frame))
            }
        };
        let (answered, arrived) = tokio::try_join!(answered, arrived)?;
        Ok((u64::try_from(answered.as_micros())?, u64::try_from(arrived.as_micros())?))
    }
}

fn unexpected(frame: &[u8]) -> Failure {
    format!("not the next message: {}", String::from_utf8_lossy(frame)).into()
}

/// Measures.
pub(crate) async fn measure(kith: &Kith, servers: &Servers, options: &Options) -> Result<Report, Failure> {
    let Options { messages, messages_warm_up, pairs, .. } = *options;
    println!("\nMessages: {messages}, one at a time, to a socket at another API process, {messages_warm_up} before");
    load(kith, pairs).await?;
    let mut pair = Pair::open(kith, 1).await?;
    let (mut answers, mut arrivals) = (histogram()?, histogram()?);
    let mut usage = Usage::start(Vec::new())?;
    for index in 0..messages + messages_warm_up {
        if index == messages_warm_up {
            usage = Usage::start([servers.processes(), kith.processes()].concat())?;
        }
        let (answered, arrived) = pair.say().await.map_err(|failure| format!("{failure}\n{}", kith.last_words()))?;
        if index >= messages_warm_up {
            answers.saturating_record(answered);
            arrivals.saturating_record(arrived);
        }
    }
    tell("answer           ", &answers);
    tell("send to socket   ", &arrivals);
    println!("  CPU                      {}", usage.spent(messages)?);

    let mut writing = JoinSet::new();
    let each = messages.div_ceil(pairs) * 5;
    for number in 2..=i64::from(pairs) + 1 {
        let mut pair = Pair::open(kith, number).await?;
        writing.spawn(async move {
            for _ in 0..each {
                pair.say().await?;
            }
            Ok::<_, Failure>(())
        });
    }
    let begun = Instant::now();
    let usage = Usage::start([servers.processes(), kith.processes()].concat())?;
    while let Some(written) = writing.join_next().await {
        written??;
    }
    let (all, seconds) = (each * pairs, begun.elapsed().as_secs_f64());
    println!("  {pairs} pairs at once        {:.0} a second, each delivered", f64::from(all) / seconds);
    println!("  CPU                      {}", usage.spent(all)?);

    let held = kept(kith).await?;
    let right = held == i64::from(messages + messages_warm_up + all);
    let median = arrivals.value_at_quantile(0.50);
    let mut report = Report::default();
    report.note("message to socket, p50", milliseconds(median), format!("< {}", milliseconds(TARGET)), median < TARGET);
    report.note("each delivered once, in order", note(right), "yes".to_owned(), right);
    Ok(report)
}

fn tell(name: &str, delays: &Histogram<u64>) {
    let [p50, p90, p99] = [0.50, 0.90, 0.99].map(|quantile| milliseconds(delays.value_at_quantile(quantile)));
    println!("  {name}        p50 {p50}, p90 {p90}, p99 {p99}, at most {}", milliseconds(delays.max()));
}

/// Puts in the people and the chat of one pair, and of `pairs` others.
async fn load(kith: &Kith, pairs: u32) -> Result<(), Failure> {
    let count = pairs + 1;
    people::load(&kith.database, 2 * count).await?;
    for sql in [
        "INSERT INTO chats (id, low_id, high_id, created_at)
         SELECT n, 2 * n - 1, 2 * n, now() FROM generate_series(1, $1) AS n",
        "INSERT INTO chat_members (chat_id, account_id, other_id)
         SELECT n, 2 * n - 1, 2 * n FROM generate_series(1, $1) AS n
         UNION ALL SELECT n, 2 * n, 2 * n - 1 FROM generate_series(1, $1) AS n",
    ] {
        let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [i64::from(count).into()]);
        kith.database.execute_raw(statement).await?;
    }
    people::settle(&kith.database).await
}

/// The messages that are unread in all inboxes, if they are as many as there are.
async fn kept(kith: &Kith) -> Result<i64, Failure> {
    let sql =
        "SELECT (SELECT count(*) FROM messages) AS kept, (SELECT SUM(unread_messages)::bigint FROM inboxes) AS unread";
    let row = kith.database.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    let row = row.ok_or("the database does not count")?;
    let (kept, unread): (i64, i64) = (row.try_get("", "kept")?, row.try_get("", "unread")?);
    if kept == unread { Ok(kept) } else { Err(format!("{kept} messages are kept, and {unread} unread").into()) }
}
