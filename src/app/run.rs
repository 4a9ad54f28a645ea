//! The main job: cleans every input, one after the other, to stdout.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};
use copydesk::{Cleaner, Edit, Note, Receiver};

use super::Status;
use super::args::Args;
use super::cleaners::Cleaners;
use super::input::Input;
use super::report::{self, Explain, Stats};

/// Bytes that are gathered before they are written, so that edits don't make small writes.
const WRITE: usize = 64 * 1024;

pub(crate) fn run(args: &Args) -> Result<Status> {
    if args.list_rules {
        report::list_rules(&mut stdout()?).context("cannot write to stdout")?;
        return Ok(Status::Done);
    }
    let cleaners = Cleaners::new(args)?;
    let mut out = Output {
        text: BufWriter::with_capacity(WRITE, stdout()?),
        failed: false,
        stats: Stats::default(),
        explain: None,
    };
    let mut status = Status::Done;
    let inputs: Vec<_> = if args.files.is_empty() { vec!["-".into()] } else { args.files.clone() };
    for path in &inputs {
        let cleaner = cleaners.cleaner_for(Path::new(path)).map_err(Failure::Input);
        let result = cleaner.and_then(|cleaner| {
            let input = Input::open(path).map_err(Failure::Input)?;
            clean(&cleaner, input, args, &mut out)
        });
        match result {
            Ok(()) => {}
            Err(Failure::Output(error)) => return Err(error).context("cannot write to stdout"),
            Err(Failure::Input(error)) => {
                report::error(&format!("{error:#}"));
                status = Status::Error;
            }
        }
    }
    // The last write may be the one that fails.
    out.text.flush().context("cannot write to stdout")?;
    if args.stats {
        out.stats.print();
    }
    Ok(status)
}

/// What went wrong: an input is left, the output is the end.
enum Failure {
    Input(anyhow::Error),
    Output(io::Error),
}

fn clean(cleaner: &Cleaner, mut input: Input, args: &Args, out: &mut Output) -> Result<(), Failure> {
    out.explain = args.explain.then(|| Explain::new(input.name.clone()));
    let mut session = cleaner.session();
    let read = loop {
        match session.read_from(&mut input, out) {
            Ok(0) => break Ok(()),
            Ok(_) => {}
            Err(error) if out.failed => return Err(Failure::Output(error)),
            Err(error) => break Err(error),
        }
    };
    // After a failing read, too, what was read comes out; the status says that it is not all.
    session.finish(out).map_err(Failure::Output)?;
    read.with_context(|| format!("cannot read all of {}", input.name)).map_err(Failure::Input)
}

struct Output {
    text: BufWriter<Stdout>,
    /// A write has failed.
    failed: bool,
    stats: Stats,
    explain: Option<Explain>,
}

impl Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.text.write_all(bytes).inspect_err(|_| self.failed = true)
    }
}

impl Receiver for Output {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(explain) = &mut self.explain {
            explain.kept(bytes);
        }
        self.write(bytes)
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        self.stats.count(&edit);
        if let Some(explain) = &mut self.explain {
            explain.edit(&edit);
        }
        self.write(&edit.after)
    }

    fn note(&mut self, note: Note) -> io::Result<()> {
        self.stats.note(note);
        if let Some(explain) = &mut self.explain {
            explain.note(note);
        }
        Ok(())
    }
}

/// Stdout without the standard library's line buffer.
#[cfg(unix)]
type Stdout = std::fs::File;
#[cfg(not(unix))]
type Stdout = io::Stdout;

#[cfg(unix)]
fn stdout() -> Result<Stdout> {
    use std::os::fd::AsFd;
    Ok(io::stdout().as_fd().try_clone_to_owned().context("cannot write to stdout")?.into())
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "as on Unix")]
fn stdout() -> Result<Stdout> {
    Ok(io::stdout())
}
