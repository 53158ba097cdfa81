//! A bar for builds that take long: seen on a terminal only, and only after a second.

use std::{
    io::{self, IsTerminal},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::print::Terminal;

const PATIENCE: Duration = Duration::from_secs(1);

/// A bar that nobody sees yet.
pub(crate) fn bar(terminal: &Terminal) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} articles read in {elapsed}") {
        bar.set_style(style);
    }
    if terminal.is_quiet || !io::stderr().is_terminal() {
        bar.finish();
    }
    bar
}

/// Moves the bar to so many articles, and shows it when the work has taken long.
pub(crate) fn show(bar: &ProgressBar, read: usize) {
    // Once per article would cost more than reading it.
    if !read.is_multiple_of(64) || bar.is_finished() {
        return;
    }
    if bar.is_hidden() && bar.elapsed() > PATIENCE {
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
    }
    bar.set_position(read as u64);
}
