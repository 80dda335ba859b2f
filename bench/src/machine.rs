//! The machine: how much of it the measurement takes, and what it is.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

use crate::Failure;

/// Keeps this process, and what it will start, to `count` of the cores that it may use (0 for all);
/// answers how many those are.
pub(crate) fn keep_to_cores(count: usize) -> Result<usize, Failure> {
    let allowed = sched_getaffinity(None)?;
    let wanted = if count == 0 { usize::MAX } else { count };
    let mut kept = CpuSet::new();
    (0..CpuSet::MAX_CPU).filter(|core| allowed.is_set(*core)).take(wanted).for_each(|core| kept.set(core));
    sched_setaffinity(None, &kept)?;
    Ok(usize::try_from(kept.count())?)
}

/// Raises the limit of open files for this process and what it will start to at least `needed`.
pub(crate) fn raise_open_files(needed: u64) -> Result<(), Failure> {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current.is_none_or(|current| current >= needed) {
        return Ok(());
    }
    let highest = maximum.map_or(needed, |maximum| maximum.max(needed));
    // Only root may go beyond the hard limit.
    let raised = setrlimit(Resource::Nofile, Rlimit { current: Some(needed), maximum: maximum.map(|_| highest) });
    raised.map_err(|error| format!("{needed} open files are needed ({error}): set `ulimit -n {needed}` first").into())
}

/// What it is, in a line.
pub(crate) fn description(cores: usize) -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let (processors, memory, load) = (read("/proc/cpuinfo"), read("/proc/meminfo"), read("/proc/loadavg"));
    let value = |text: &str, name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        Some(line.trim_start_matches([' ', '\t', ':']).to_owned())
    };
    let model = value(&processors, "model name").unwrap_or_else(|| "of an unknown model".to_owned());
    let all = processors.lines().filter(|line| line.starts_with("processor")).count();
    let memory = value(&memory, "MemTotal").unwrap_or_default();
    let kernel = read("/proc/sys/kernel/osrelease");
    let load = load.split(' ').next().unwrap_or_default();
    let kernel = kernel.trim();
    format!("{cores} of {all} cores, {model}; {memory} of memory; Linux {kernel}; load before {load}")
}
