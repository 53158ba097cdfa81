//! A progress bar for long builds, shown only on a terminal and only after a second.

use std::{
    io::{self, IsTerminal},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::print::Terminal;

/// How long a command runs before the bar appears.
const DELAY: Duration = Duration::from_secs(1);

/// Creates a progress bar that is hidden until [`show`] shows it.
pub(crate) fn bar(terminal: &Terminal) -> ProgressBar {
    // The number of articles is not known until all folders have been listed, so the bar has no length and shows only a
    // count.
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} articles read in {elapsed}") {
        bar.set_style(style);
    }
    if terminal.is_quiet || !io::stderr().is_terminal() {
        // `show` does nothing if the bar is finished, so the bar stays hidden.
        bar.finish();
    }
    bar
}

/// Sets the number of articles read, and shows the bar once [`DELAY`] has passed.
pub(crate) fn show(bar: &ProgressBar, read: usize) {
    // Update the bar only for every 64th article, because an update takes longer than reading an article.
    if !read.is_multiple_of(64) || bar.is_finished() {
        return;
    }
    if bar.is_hidden() && bar.elapsed() > DELAY {
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
    }
    bar.set_position(read as u64);
}
