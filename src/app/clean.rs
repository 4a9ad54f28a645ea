//! One input on its way through a cleaner: counted and explained, then given to whoever takes the text.

use std::io::{self, Read};

use anyhow::Context;
use copydesk::{Cleaner, Edit, Note, Receiver};

use super::input::Input;
use super::interrupt::Stop;
use super::report::{Explain, Stats};

/// What kept an input from being cleaned.
pub(crate) enum Failure {
    /// It can't be read.
    Input(anyhow::Error),
    /// What comes out is not taken.
    Output(io::Error),
    /// The run is to end.
    Stopped,
}

/// Who takes what comes out.
pub(crate) trait Sink: Receiver {
    /// All that the last read decided was told, and the next read may take long.
    fn pause(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Passes on what comes out, and keeps the counts.
pub(crate) struct Reporter<'a> {
    sink: &'a mut dyn Sink,
    explain: Option<Explain<'a>>,
    pub(crate) stats: Stats,
    failed: bool,
}

impl<'a> Reporter<'a> {
    pub(crate) fn new(sink: &'a mut dyn Sink, explain: Option<Explain<'a>>) -> Self {
        Self { sink, explain, stats: Stats::default(), failed: false }
    }
}

/// Cleans an input. After a read that fails, too, what was read comes out; the failure says that it is not all.
pub(crate) fn clean(cleaner: &Cleaner, input: &mut Input, out: &mut Reporter<'_>, stop: &Stop) -> Result<(), Failure> {
    let mut session = cleaner.session();
    let read = loop {
        match session.read_from(input, out) {
            Ok(0) => break Ok(()),
            Ok(_) if stop.is_set() => return Err(Failure::Stopped),
            Ok(_) => out.sink.pause().map_err(Failure::Output)?,
            Err(error) if out.failed => return Err(Failure::Output(error)),
            Err(error) => break Err(error),
        }
    };
    session.finish(out).map_err(Failure::Output)?;
    read.with_context(|| format!("cannot read all of {}", input.name)).map_err(Failure::Input)
}

/// An input as it is.
pub(crate) fn pass(input: &mut Input, out: &mut Reporter<'_>) -> Result<(), Failure> {
    let mut piece = vec![0; 64 * 1024];
    loop {
        match input.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(n) => out.keep(&piece[..n]).and_then(|()| out.sink.pause()).map_err(Failure::Output)?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                let error = anyhow::Error::from(error).context(format!("cannot read all of {}", input.name));
                return Err(Failure::Input(error));
            }
        }
    }
}

impl Receiver for Reporter<'_> {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(explain) = &mut self.explain {
            explain.kept(bytes);
        }
        self.sink.keep(bytes).inspect_err(|_| self.failed = true)
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        self.stats.count(&edit);
        if let Some(explain) = &mut self.explain {
            explain.edit(&edit).inspect_err(|_| self.failed = true)?;
        }
        self.sink.edit(edit).inspect_err(|_| self.failed = true)
    }

    fn note(&mut self, note: Note) -> io::Result<()> {
        self.stats.note(note);
        match &mut self.explain {
            Some(explain) => explain.note(note).inspect_err(|_| self.failed = true),
            None => Ok(()),
        }
    }
}
