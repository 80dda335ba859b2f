//! What processes use of the machine, from /proc.

use std::fmt;
use std::time::Instant;

use crate::Failure;

/// CPU time of some processes, and of this one, from one moment on.
#[derive(Debug)]
pub(crate) struct Usage {
    since: Instant,
    /// Name, number, and the seconds that it had used before.
    processes: Vec<(&'static str, u32, f64)>,
}

impl Usage {
    /// Begins to count.
    pub(crate) fn start(mut processes: Vec<(&'static str, u32)>) -> Result<Self, Failure> {
        processes.push(("this generator", std::process::id()));
        let before = |(name, id): (&'static str, u32)| Ok((name, id, cpu_seconds(id)?));
        let processes = processes.into_iter().map(before).collect::<Result<_, Failure>>()?;
        Ok(Self { since: Instant::now(), processes })
    }

    /// What was used since, in cores and for each of `count` things done.
    pub(crate) fn spent(&self, count: u32) -> Result<String, Failure> {
        let seconds = self.since.elapsed().as_secs_f64();
        let mut parts = Vec::new();
        let mut all = 0.0;
        for (name, id, before) in &self.processes {
            let used = cpu_seconds(*id)? - before;
            all += used;
            parts.push(format!("{name} {:.2} cores ({:.0} µs each)", used / seconds, used * 1e6 / f64::from(count)));
        }
        parts.push(format!("together {:.2} cores", all / seconds));
        Ok(parts.join(", "))
    }
}

/// Seconds that a process has run with its children, those that have ended too.
fn cpu_seconds(id: u32) -> Result<f64, Failure> {
    let own = Stat::read(id).ok_or("a measured process has ended")?;
    if id == std::process::id() {
        // Its children are what it measures.
        return seconds(own.own);
    }
    let mut ticks = own.own + own.children;
    // PostgreSQL works in a process a connection.
    for entry in std::fs::read_dir("/proc")? {
        let child = entry?.file_name().to_str().and_then(|name| name.parse().ok()).and_then(Stat::read);
        if let Some(child) = child.filter(|child| child.parent == id) {
            ticks += child.own + child.children;
        }
    }
    seconds(ticks)
}

fn seconds(ticks: u64) -> Result<f64, Failure> {
    let ticks = u32::try_from(ticks)?;
    Ok(f64::from(ticks) / f64::from(u32::try_from(rustix::param::clock_ticks_per_second())?))
}

/// A part of /proc/ID/stat.
struct Stat {
    parent: u32,
    /// CPU time in clock ticks: its own, and that of the children that have ended.
    own: u64,
    children: u64,
}

impl Stat {
    fn read(id: u32) -> Option<Self> {
        let text = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // The second field is a name in brackets, which may hold anything.
        let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = |at: usize| Some(fields.get(at)?.parse::<u64>().ok()? + fields.get(at + 1)?.parse::<u64>().ok()?);
        Some(Self { parent: fields.get(1)?.parse().ok()?, own: ticks(11)?, children: ticks(13)? })
    }
}

/// Memory of a process, in KiB.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Memory {
    /// What it has in memory now.
    pub(crate) resident: u64,
    /// The most that it has had.
    peak: u64,
}

impl Memory {
    /// Of the process with the given number.
    pub(crate) fn of(id: u32) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let number = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().nth(1)?.parse().ok()
        };
        match (number("VmRSS"), number("VmHWM")) {
            (Some(resident), Some(peak)) => Ok(Self { resident, peak }),
            _ => Err("the kernel does not tell the API's memory".into()),
        }
    }
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} KiB (at most {} KiB)", self.resident, self.peak)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_is_measured() {
        assert!(Memory::of(std::process::id()).expect("reads").resident > 0);
        assert!(Stat::read(std::process::id()).is_some_and(|stat| stat.parent > 0));
    }
}
