//! Files one by one: checked, shown as a diff, rewritten, or written to another directory.
//!
//! The files are listed first ([`list`]), then cleaned by several threads ([`batch`]), each as [`one`] describes. Files
//! are written in [`write`] and nowhere else.

mod batch;
mod choice;
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

use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result};

use super::ask::Asker;
use super::cleaners::Cleaners;
use super::edits::{Log, Logs, NONE_CHOSEN};
use super::interrupt::Stop;
use super::report;
use super::review::Page;
use super::settings::{Mode, Settings};
use super::status::Status;
use super::stdio::{Stderr, check_stdout};
pub(crate) use choice::ENDINGS;
use disk::{Disk, Os};
pub(crate) use held::Held;
use list::Listing;
use one::Job;
use out_dir::OutDir;
pub(crate) use out_dir::resolve;
use progress::Progress;
use summary::Summary;
pub(crate) use temporary::lock;
use write::Writer;

pub(crate) fn run(settings: &Settings, cleaners: Cleaners) -> Result<Status> {
    if !settings.mode.writes() {
        check_stdout().context("cannot write to stdout")?;
    }
    let cleaners = Arc::new(cleaners);
    let undo = settings.undone()?;
    let listing = Listing::new(settings, &cleaners, undo.as_ref())?;
    cleaners.check(listing.sources.iter().map(|source| &*source.path))?;
    let out_dir = listing.out_dir(&settings.mode)?;
    let log = log(settings, &listing, out_dir.as_ref(), undo.as_ref())?;
    let mut page = page(settings, &listing, out_dir.as_ref())?;
    // Where nothing is written a signal ends the program at once.
    let stop =
        if settings.mode.writes() { Stop::on_signals().context("cannot catch signals")? } else { Stop::default() };
    let writer = Writer::new(&Os, settings.force);
    let (out_dir, log, undo) = (out_dir.as_ref(), log.as_ref(), undo.as_ref());
    // Where a file that is rewritten can't be read at two places at once, one thread reads it.
    let shares = settings.threads().get() / listing.sources.len().max(1);
    let threads = NonZeroUsize::new(shares).filter(|_| cfg!(unix)).unwrap_or(NonZeroUsize::MIN);
    let asker = settings.interactive.then(|| Asker::new(settings, &stop).map(Mutex::new)).transpose()?;
    let asker = asker.as_ref();
    let job = Job { settings, cleaners: &cleaners, out_dir, writer: &writer, log, undo, asker, stop: &stop, threads };
    let progress = Progress::new(listing.sources.len(), settings);
    let mut summary = Summary::default();
    summary.errors += listing.errors;
    summary.left_out += listing.left_out;
    let mut stderr = Stderr::new();
    settings.listing().begin(&mut io::stdout()).context("cannot write to stdout")?;
    let done = batch::run(&job, &listing.sources, &progress, (&mut summary, page.as_mut()), &mut stderr);
    progress.finish();
    let written = page.as_mut().map_or(Ok(()), Page::finish);
    for error in writer.finish().into_iter().chain(written.err()) {
        report::error(&format!("{error:#}"));
        summary.errors += 1;
    }
    done.context("cannot write to stdout")?;
    let stats = settings.stats.then_some(&summary.stats);
    settings.listing().end(summary.errors == 0, stats, &mut io::stdout()).context("cannot write to stdout")?;
    if job.is_stopped() {
        let which =
            if settings.interactive { "this file and those after it" } else { "the files that were not reached" };
        report::error(&format!("stopped: {which} are as they were; run it again for the rest"));
    }
    if settings.recursive && summary.is_empty() && !job.is_stopped() {
        report::error(&found_nothing(settings, &summary));
    } else if settings.recursive && !settings.quiet {
        summary.print(&settings.mode);
    } else if !settings.quiet {
        summary.print_skipped(settings);
    }
    if undo.is_some_and(|logs| logs.choice.is_some()) && summary.stats.made == 0 && !settings.quiet {
        report::error(NONE_CHOSEN);
    }
    if settings.mode == Mode::Check && !settings.quiet {
        summary.advise(settings);
    }
    if settings.stats {
        summary.stats.print(settings.output, &mut stderr);
    }
    if (settings.stats || settings.explain) && stderr.has_failed() {
        summary.errors += 1;
    }
    if summary.stats.left > 0 && !settings.lenient {
        summary.errors += 1;
    }
    Ok(summary.status(&settings.mode).merge(stop.status()))
}

/// What is said where a directory holds nothing to be cleaned.
fn found_nothing(settings: &Settings, summary: &Summary) -> String {
    let left_out = match summary.left_out {
        0 => String::new(),
        n => format!(" ({n} left out)"),
    };
    if settings.undo.is_empty() {
        let endings = ENDINGS.map(|ending| format!("*.{ending}")).join(", ");
        format!("found no file to clean{left_out}: -r takes {endings}, or what --glob and 'include' say")
    } else {
        format!("found no file that the log names{left_out}: name the paths as they were named when it was written")
    }
}

/// The page of the edits, if there is to be one.
fn page(settings: &Settings, listing: &Listing, out_dir: Option<&OutDir>) -> Result<Option<Page>> {
    let taken = taken(listing, out_dir)
        .chain(settings.logs().flat_map(|log| [log.to_owned()].into_iter().chain(resolve(log).ok())));
    settings.review.as_deref().map(|path| Page::new(path, taken)).transpose()
}

/// The files of the run: those that are read, and those that are written.
fn taken<'l>(listing: &'l Listing, out_dir: Option<&'l OutDir>) -> impl Iterator<Item = PathBuf> + 'l {
    let inputs = listing.sources.iter().flat_map(|source| [source.real.clone(), source.path.clone()]);
    inputs.chain(listing.sources.iter().filter_map(move |source| Some(out_dir?.target(&source.relative))))
}

/// The log of the edits. Where files are replaced its name is on the disk before.
fn log(settings: &Settings, listing: &Listing, out_dir: Option<&OutDir>, undo: Option<&Logs>) -> Result<Option<Log>> {
    let named = settings.edits.as_deref();
    let undone = || undo.filter(|_| settings.mode.writes()).map_or(Ok(None), Logs::last);
    let Some(path) = named.map_or_else(undone, |path| Ok(Some(path)))? else { return Ok(None) };
    let log = Log::create(path, taken(listing, out_dir), settings.mode.writes())?;
    if let (Mode::Write, Some(folder)) = (&settings.mode, resolve(path).ok().as_deref().and_then(Path::parent)) {
        Os.sync_folder(folder).with_context(|| format!("cannot sync {}", folder.display()))?;
    }
    Ok(Some(log))
}
