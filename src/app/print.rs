//! Every input, one after the other, to stdout.

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};
use copydesk::records::Records;
use copydesk::{Cleaner, Edit, EditSink};

use super::clean::{Failure, Reporter, Sink, clean, pass};
use super::cleaners::Cleaners;
use super::compress::{Compression, Encoder};
use super::edits::{Log, Logs, NONE_CHOSEN, Recorder, Rest, undo};
use super::explain::explain;
use super::files::{Held, resolve};
use super::input::{Input, Place, place};
use super::interrupt::Stop;
use super::report;
use super::screen::Screen;
use super::settings::Settings;
use super::stats::Stats;
use super::status::Status;
use super::stdio::{Stderr, Stdout, stdout};

/// Bytes that are gathered of one read before they are written, so that edits don't make small writes.
const WRITE: usize = 64 * 1024;
/// Bytes of a text that wait in memory until all of it is put back; the rest waits on the disk.
const HELD: usize = 1024 * 1024;

pub(crate) fn run(settings: &Settings, cleaners: &Cleaners) -> Result<Status> {
    cleaners.check(settings.paths.iter().map(|path| &**path))?;
    let undo = settings.undone()?;
    let screen = settings.on_screen.then(Screen::default);
    let stdout = stdout()?;
    let place = place(&stdout);
    let log = settings.edits.as_deref().map(|path| log(path, settings, place)).transpose()?;
    let mut out =
        Printer { out: Some(Encoder::Plain(BufWriter::with_capacity(WRITE, stdout))), last: None, place, screen };
    let mut reports = Reports { stats: Stats::default(), stderr: Stderr::new() };
    let mut status = Status::Done;
    for path in &settings.paths {
        let result = match &undo {
            Some(logs) => put_back(path, settings, cleaners, (logs, log.as_ref()), &mut out, &mut reports),
            None => print(path, settings, cleaners, log.as_ref(), &mut out, &mut reports),
        };
        match result {
            Ok(()) => {}
            Err(Failure::Log(error)) => return Err(error.into()),
            Err(Failure::Output(error)) => return Err(error).context("cannot write to stdout"),
            Err(Failure::Input(error) | Failure::Columns(error)) => {
                report::error(&format!("{error:#}"));
                status = Status::Error;
            }
            Err(Failure::Stopped) => break,
        }
    }
    if undo.is_some_and(|logs| logs.choice.is_some()) && reports.stats.made == 0 && !settings.quiet {
        report::error(NONE_CHOSEN);
    }
    // The last write may be the one that fails.
    out.finish().context("cannot write to stdout")?;
    Ok(status.merge(reports.finish(settings)))
}

/// What goes to stderr.
struct Reports {
    stats: Stats,
    stderr: Stderr,
}

impl Reports {
    /// Prints the counts. What was asked for and could not be printed is an error.
    fn finish(mut self, settings: &Settings) -> Status {
        if settings.stats {
            self.stats.print(settings.output, &mut self.stderr);
        }
        let status = if self.stats.left > 0 && !settings.lenient { Status::Error } else { Status::Done };
        if (settings.stats || settings.explain) && self.stderr.has_failed() { Status::Error } else { status }
    }
}

/// The log of the edits. It is not the output.
fn log(path: &Path, settings: &Settings, output: Option<Place>) -> Result<Log> {
    let inputs = settings.paths.iter().filter_map(|path| resolve(path).ok());
    let log = Log::create(path, inputs.chain(settings.paths.iter().cloned()), false)?;
    if log.place.is_some() && log.place == output {
        bail!("--edits {} is the output, too: name another", path.display());
    }
    Ok(log)
}

/// A file that is excluded passes as it is: nothing of it may be lost.
fn print(
    path: &Path,
    settings: &Settings,
    cleaners: &Cleaners,
    log: Option<&Log>,
    out: &mut Printer,
    reports: &mut Reports,
) -> Result<(), Failure> {
    let input = cleaners.open(path).and_then(|input| input.not_at(out.place)).map_err(Failure::Input)?;
    let input = input.not_at(log.and_then(|log| log.place)).map_err(Failure::Input)?;
    let (mut input, cleaning) = way(path, input, settings, cleaners).map_err(Failure::Input)?;
    out.begin(input.compression.filter(|_| !settings.decompress), &input.name).map_err(Failure::Input)?;
    let explain = explain(&input.name, settings, &mut reports.stderr);
    let mut lines = log.map(|log| BufWriter::with_capacity(WRITE, log));
    let recorder = lines.as_mut().map(|lines| Recorder::new(path, lines));
    let filter = match cleaning {
        Some(_) => cleaners.filter(path, false).map_err(Failure::Input)?,
        None => None,
    };
    let mut reporter = Reporter::new(out, explain, recorder).filter(filter);
    let result = match cleaning {
        None => pass(&mut input, &mut reporter),
        Some((cleaner, records)) => {
            // Nothing has to be taken back: a signal ends the program at once.
            // A stream of texts takes a few MiB, unless more threads are asked for.
            let threads = if records.is_some() { settings.threads() } else { settings.asked_threads() };
            clean(&cleaner, records.as_ref(), &mut input, threads, &mut reporter, &Stop::default())
        }
    };
    reports.stats.add(&reporter.stats);
    let filter = reporter.take_filter().filter(|_| result.is_ok());
    let stale = filter.iter().flat_map(|filter| cleaners.stale(path, &input.name, filter));
    for message in reporter.records.messages(&input.name, reporter.stats.left).into_iter().chain(stale) {
        report::error(&message);
    }
    drop(reporter);
    match result {
        Ok(()) => out.end().map_err(Failure::Output),
        Err(failure) => {
            out.abandon();
            Err(failure)
        }
    }
}

/// What an input is cleaned with, and its records if it has some; `None`: it passes as it is.
type Cleaning = Option<(Arc<Cleaner>, Option<Records>)>;

/// Decides what becomes of an input, before anything of it is written.
fn way(path: &Path, input: Input, settings: &Settings, cleaners: &Cleaners) -> Result<(Input, Cleaning)> {
    if cleaners.is_excluded(path) {
        return Ok((input, None));
    }
    let (cleaner, input) = (cleaners.cleaner_for(path)?, input.readable()?);
    let records = cleaners.records(path, &input, settings, false);
    match cleaners.refusal(path, &input, settings) {
        Some(refusal) if records.is_none() => Err(anyhow!(refusal)),
        _ => Ok((input, Some((cleaner, records)))),
    }
}

/// Nothing is written before all of the text is known to be the right one.
fn put_back(
    path: &Path,
    settings: &Settings,
    cleaners: &Cleaners,
    (logs, log): (&Logs, Option<&Log>),
    out: &mut Printer,
    reports: &mut Reports,
) -> Result<(), Failure> {
    let mut input = cleaners.open(path).and_then(|input| input.not_at(out.place)).map_err(Failure::Input)?;
    let explain = explain(&input.name, settings, &mut reports.stderr);
    let mut whole = Whole(Held::new(HELD));
    let mut reporter = Reporter::new(&mut whole, explain, None);
    let mut rest = Held::new(HELD);
    let recorder = log.map(|_| Recorder::new(path, &mut rest));
    let undone = undo(logs, path, &mut input, &mut reporter, Rest { recorder, article: None })?;
    let stats = std::mem::take(&mut reporter.stats);
    drop(reporter);
    reports.stats.add(&stats);
    for message in undone.messages(&input.name) {
        report::error(&message);
    }
    if let Some(mut log) = log {
        rest.give(&mut log).map_err(Failure::Log)?;
    }
    out.begin(input.compression.filter(|_| !settings.decompress), &input.name).map_err(Failure::Input)?;
    whole.0.give(out).and_then(|()| out.end()).map_err(Failure::Output)
}

/// A text that waits for its end.
struct Whole(Held);

impl Sink for Whole {}

impl EditSink for Whole {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        self.keep(&edit.after)
    }
}

struct Printer {
    /// Gone only while it is changed.
    out: Option<Encoder<BufWriter<Stdout>>>,
    /// How the last input was compressed, if there was one.
    last: Option<Option<Compression>>,
    place: Option<Place>,
    /// Where stdout is a terminal.
    screen: Option<Screen>,
}

impl Printer {
    fn finish(&mut self) -> io::Result<()> {
        self.end()?;
        let Some(out) = &mut self.out else { return Ok(()) };
        if let Some(screen) = &mut self.screen {
            screen.finish(out)?;
        }
        out.flush()
    }

    /// An input begins that came compressed so.
    fn begin(&mut self, compression: Option<Compression>, name: &str) -> Result<()> {
        // A terminal can't show it.
        let compression = compression.filter(|_| self.screen.is_none());
        if self.last.replace(compression).is_some_and(|last| last != compression) {
            bail!("{name} is not compressed as the one before it: add --decompress, or clean them one by one");
        }
        self.out = self.out.take().map(|out| Encoder::new(compression, out.abandon()));
        Ok(())
    }

    /// An input can't be read to its end: what is compressed breaks off as well, so that it does not look whole.
    fn abandon(&mut self) {
        self.out = self.out.take().map(|out| Encoder::Plain(out.abandon()));
    }

    /// An input has ended, and all of it is out.
    fn end(&mut self) -> io::Result<()> {
        self.out = self.out.take().map(Encoder::finish).transpose()?.map(Encoder::Plain);
        Ok(())
    }
}

impl EditSink for Printer {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Some(out) = &mut self.out else { return Ok(()) };
        match &mut self.screen {
            None => out.write_all(bytes),
            Some(screen) => screen.write(bytes, out),
        }
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        self.keep(&edit.after)
    }
}

impl Sink for Printer {
    fn pause(&mut self) -> io::Result<()> {
        self.out.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Write for Printer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.keep(bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pause()
    }
}
