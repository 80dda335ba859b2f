//! What a command shows while it works: on a terminal a bar or a spinner on standard error, else nothing.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Between two turns of a spinner.
const TURN: Duration = Duration::from_millis(100);

/// A bar towards a number of things.
pub(super) fn bar(what: &'static str, length: u64) -> ProgressBar {
    styled(ProgressBar::new(length), "{msg} {wide_bar} {pos}/{len}").with_message(what)
}

/// A bar towards a number of bytes.
pub(super) fn bytes(what: &'static str, length: u64) -> ProgressBar {
    styled(ProgressBar::new(length), "{msg} {wide_bar} {bytes}/{total_bytes}").with_message(what)
}

/// For work whose length nobody knows.
pub(super) fn spinner(what: &'static str) -> ProgressBar {
    let spinner = ProgressBar::new_spinner().with_message(what);
    spinner.enable_steady_tick(TURN);
    spinner
}

fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar, // a plain bar is a bar
    }
}
