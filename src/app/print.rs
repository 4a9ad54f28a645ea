//! Every input, one after the other, to stdout.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, Result};
use copydesk::{Edit, Receiver};

use super::clean::{Failure, Reporter, Sink, clean, pass};
use super::cleaners::Cleaners;
use super::input::{Input, Place, place};
use super::interrupt::Stop;
use super::report::{self, Explain, Stats};
use super::screen::Screen;
use super::settings::Settings;
use super::status::Status;

/// Bytes that are gathered of one read before they are written, so that edits don't make small writes.
const WRITE: usize = 64 * 1024;

pub(crate) fn run(settings: &Settings, cleaners: &Cleaners) -> Result<Status> {
    cleaners.check(settings.paths.iter().map(|path| &**path))?;
    let screen = io::stdout().is_terminal().then(Screen::default);
    let stdout = stdout()?;
    let place = place(&stdout);
    let mut out = Printer { out: BufWriter::with_capacity(WRITE, stdout), place, screen };
    let mut stats = Stats::default();
    let mut status = Status::Done;
    for path in &settings.paths {
        match print(path, settings, cleaners, &mut out, &mut stats) {
            Ok(()) => {}
            Err(Failure::Output(error)) => return Err(error).context("cannot write to stdout"),
            Err(Failure::Input(error)) => {
                report::error(&format!("{error:#}"));
                status = Status::Error;
            }
            Err(Failure::Stopped) => break,
        }
    }
    // The last write may be the one that fails.
    out.finish().context("cannot write to stdout")?;
    if settings.stats {
        stats.print();
    }
    Ok(status)
}

/// A file that is excluded passes as it is: nothing of it may be lost.
fn print(
    path: &Path,
    settings: &Settings,
    cleaners: &Cleaners,
    out: &mut Printer,
    stats: &mut Stats,
) -> Result<(), Failure> {
    let mut input = Input::open(path).and_then(|input| input.not_at(out.place)).map_err(Failure::Input)?;
    let mut stderr = Unheard(io::stderr());
    let explain = settings.explain.then(|| Explain::new(&input.name, settings.colours.err, &mut stderr));
    let mut reporter = Reporter::new(out, explain);
    if cleaners.is_excluded(path) {
        return pass(&mut input, &mut reporter);
    }
    let cleaner = cleaners.cleaner_for(path).map_err(Failure::Input)?;
    let mut input = input.not_wide().map_err(Failure::Input)?;
    // Nothing has to be taken back: a signal ends the program at once.
    let result = clean(&cleaner, &mut input, &mut reporter, &Stop::default());
    stats.add(&reporter.stats);
    result
}

struct Printer {
    out: BufWriter<Stdout>,
    place: Option<Place>,
    /// Where stdout is a terminal.
    screen: Option<Screen>,
}

impl Printer {
    fn finish(&mut self) -> io::Result<()> {
        if let Some(screen) = &mut self.screen {
            screen.finish(&mut self.out)?;
        }
        self.out.flush()
    }
}

impl Receiver for Printer {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.screen {
            None => self.out.write_all(bytes),
            Some(screen) => screen.write(bytes, &mut self.out),
        }
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        self.keep(&edit.after)
    }
}

impl Sink for Printer {
    fn pause(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A stderr that is gone is no reason to fail.
struct Unheard(io::Stderr);

impl Write for Unheard {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _ = self.0.write_all(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Stdout without the standard library's line buffer.
#[cfg(unix)]
pub(crate) type Stdout = std::fs::File;
#[cfg(not(unix))]
pub(crate) type Stdout = io::Stdout;

#[cfg(unix)]
pub(crate) fn stdout() -> Result<Stdout> {
    use std::os::fd::AsFd;
    Ok(io::stdout().as_fd().try_clone_to_owned().context("cannot write to stdout")?.into())
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "as on Unix")]
pub(crate) fn stdout() -> Result<Stdout> {
    Ok(io::stdout())
}
