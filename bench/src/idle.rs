//! Memory of the API for each idle socket: what it grows by, from a fresh start, when people connect
//! and nothing happens.

use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

use crate::Failure;
use crate::kith::Kith;
use crate::options::Options;
use crate::people;
use crate::report::{Report, note};
use crate::sockets::Socket;
use crate::usage::{Memory, Usage};

/// KiB that an idle socket may cost.
const TARGET: f64 = 12.0;
/// Sockets that are being opened at once.
const OPENERS: u32 = 64;
/// Room for the frames of one socket, in bytes.
const BUFFER: usize = 512;
/// Addresses from which they are opened, 127.0.0.1 and on: each has its own ports.
const SOURCES: u32 = 8;

/// Measures.
pub(crate) async fn measure(kith: &Kith, options: &Options) -> Result<Report, Failure> {
    let Options { sockets: count, idle, .. } = *options;
    println!("\nSockets: {count} idle ones, each of its own account");
    people::load(&kith.database, count).await?;
    people::settle(&kith.database).await?;
    let mut tokens = Vec::new();
    for account in 1..=i64::from(count) {
        tokens.push(kith.token(account)?);
    }
    let tokens: &'static [String] = tokens.leak(); // until the end of the process, soon

    let before = Memory::of(kith.api_id())?;
    let began = Instant::now();
    let (sender, mut lost) = unbounded_channel();
    let mut opening = JoinSet::new();
    for first in 0..OPENERS {
        let (address, sender) = (kith.address, sender.clone());
        opening.spawn(async move {
            let mut held = JoinSet::new();
            for (index, token) in (0_u32..).zip(tokens).skip(first as usize).step_by(OPENERS as usize) {
                let from = Ipv4Addr::from(u32::from(Ipv4Addr::LOCALHOST) + index % SOURCES);
                let mut socket = Socket::open(address, from, token, BUFFER).await?;
                socket.go_live().await?;
                socket.shrink();
                held.spawn(hold(socket, sender.clone()));
            }
            Ok::<_, Failure>(held)
        });
    }
    let mut held = Vec::new();
    while let Some(opened) = opening.join_next().await {
        held.push(opened?.map_err(|failure| format!("{failure}\n{}", kith.last_words()))?);
    }
    let seconds = began.elapsed().as_secs_f64();
    println!("  opened and live in       {seconds:.1} s ({:.0} a second)", f64::from(count) / seconds);

    let usage = Usage::start(kith.processes())?;
    tokio::time::sleep(Duration::from_secs(idle)).await;
    let after = Memory::of(kith.api_id())?;
    println!("  CPU while idle           {}", usage.spent(count)?);
    println!("  the API's memory         {before} before, {after} after {idle} s idle");
    let grown = u32::try_from(after.resident.saturating_sub(before.resident))?;
    let each = f64::from(grown) / f64::from(count);
    println!("  KiB a socket             {each:.1}");
    let mut ended = 0;
    while let Ok(failure) = lost.try_recv() {
        ended += 1;
        println!("  lost: {failure}");
    }
    drop(held);

    let mut report = Report::default();
    report.note("KiB an idle socket", format!("{each:.1}"), format!("< {TARGET:.0}"), each < TARGET);
    report.note("all sockets stayed open", note(ended == 0), "yes".to_owned(), ended == 0);
    Ok(report)
}

/// Answers pings until the socket ends, which it should not.
async fn hold(mut socket: Socket, lost: UnboundedSender<Failure>) {
    let why = match socket.text().await {
        Ok(frame) => format!("a frame came: {}", String::from_utf8_lossy(frame)).into(),
        Err(failure) => failure,
    };
    // Refused only at the end, when nobody asks any more.
    let _ = lost.send(why);
}
