//! A progress bar on stderr, where that is a terminal. What is printed beside it goes through it.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressStyle};

use crate::app::settings::Settings;

pub(crate) struct Progress(ProgressBar);

impl Progress {
    pub(crate) fn new(files: usize, settings: &Settings) -> Self {
        if !settings.recursive || settings.quiet || settings.interactive || !io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} files, {eta} left");
        let bar = ProgressBar::new(files as u64);
        Self(style.map_or_else(|_| ProgressBar::hidden(), |style| bar.with_style(style)))
    }

    /// One more file is done.
    pub(crate) fn advance(&self) {
        self.0.inc(1);
    }

    /// Lets something be printed as if there were no bar.
    pub(crate) fn beside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.0.suspend(print)
    }

    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
