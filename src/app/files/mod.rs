//! Files one by one: checked, shown as a diff, rewritten, or written to another directory.
//!
//! The files are listed first ([`list`]), then cleaned by several threads ([`batch`]), each as it is told in [`one`]. Files
//! are written in [`write`] and nowhere else.

mod batch;
mod diff;
mod disk;
#[cfg(test)]
mod faults;
mod held;
mod hunk;
mod list;
mod one;
mod out_dir;
mod progress;
mod summary;
mod temporary;
mod write;

use std::sync::Arc;

use anyhow::{Context, Result};

use super::cleaners::Cleaners;
use super::interrupt::Stop;
use super::report;
use super::settings::Settings;
use super::status::Status;
use disk::Os;
use list::Listing;
use one::Job;
use progress::Progress;
use summary::Summary;
use write::Writer;

pub(crate) fn run(settings: &Settings, cleaners: Cleaners) -> Result<Status> {
    let cleaners = Arc::new(cleaners);
    let listing = Listing::new(settings, &cleaners)?;
    cleaners.check(listing.sources.iter().map(|source| &*source.path))?;
    let out_dir = listing.out_dir(&settings.mode)?;
    // Where nothing is written a signal ends the program at once.
    let stop =
        if settings.mode.writes() { Stop::on_signals().context("cannot catch signals")? } else { Stop::default() };
    let writer = Writer::new(&Os, settings.force);
    let job = Job { settings, cleaners: &cleaners, out_dir: out_dir.as_ref(), writer: &writer, stop: &stop };
    let progress = Progress::new(listing.sources.len(), settings);
    let mut summary = Summary::default();
    summary.errors += listing.errors;
    let told = batch::run(&job, &listing.sources, &progress, &mut summary);
    progress.finish();
    for error in writer.finish() {
        report::error(&format!("{error:#}"));
        summary.errors += 1;
    }
    told.context("cannot write to stdout")?;
    if stop.is_set() {
        report::error("stopped: the files that were not reached are as they were; run it again for the rest");
    }
    if settings.batch && !settings.quiet {
        summary.print(&settings.mode);
    }
    if settings.stats {
        summary.stats.print();
    }
    Ok(summary.status(&settings.mode).merge(stop.status()))
}
