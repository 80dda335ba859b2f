//! What was found, beside what is asked for.

use std::fmt;
use std::time::Duration;

use hdrhistogram::Histogram;

use crate::Failure;

/// The longest time that is told apart, in microseconds: nothing is waited for so long.
const LONGEST: u64 = 60_000_000;

/// Findings with their targets.
#[derive(Debug, Default)]
pub(crate) struct Report(Vec<Finding>);

#[derive(Debug)]
struct Finding {
    name: &'static str,
    measured: String,
    target: String,
    met: bool,
}

impl Report {
    /// Adds a finding.
    pub(crate) fn note(&mut self, name: &'static str, measured: String, target: String, met: bool) {
        self.0.push(Finding { name, measured, target, met });
    }

    /// Adds those of another report.
    pub(crate) fn add(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether every target was met.
    pub(crate) fn met(&self) -> bool {
        self.0.iter().all(|finding| finding.met)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:32}{:>12}{:>12}", "", "measured", "target")?;
        for Finding { name, measured, target, met } in &self.0 {
            write!(f, "\n{name:32}{measured:>12}{target:>12}  {}", if *met { "met" } else { "MISSED" })?;
        }
        Ok(())
    }
}

/// A finding that is so or not.
pub(crate) fn note(so: bool) -> String {
    if so { "yes" } else { "no" }.to_owned()
}

/// An empty histogram of microseconds, true to three digits.
pub(crate) fn histogram() -> Result<Histogram<u64>, Failure> {
    Ok(Histogram::new_with_bounds(1, LONGEST, 3)?)
}

/// Microseconds as milliseconds.
pub(crate) fn milliseconds(microseconds: u64) -> String {
    format!("{:.2} ms", Duration::from_micros(microseconds).as_secs_f64() * 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_missed_target_is_told() {
        let mut report = Report::default();
        report.note("one", milliseconds(1_250), "< 3.00 ms".to_owned(), true);
        assert!(report.met());
        report.note("another", note(false), "yes".to_owned(), false);
        assert!(!report.met());
        let text = report.to_string();
        assert!(text.contains("1.25 ms") && text.contains("met") && text.contains("MISSED"));
    }
}
