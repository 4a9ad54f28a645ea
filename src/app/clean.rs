//! One input on its way through a cleaner: counted, explained and recorded, then given to the sink that takes the text.

use std::io::{self, Read};

use anyhow::Context;
use copydesk::{Cleaner, Edit, EditSink, Note};

use super::edits::Recorder;
use super::input::Input;
use super::interrupt::Stop;
use super::report::{Explain, Stats};

/// What kept an input from being cleaned.
pub(crate) enum Failure {
    /// It can't be read.
    Input(anyhow::Error),
    /// What comes out is not taken.
    Output(io::Error),
    /// The edits can't be recorded.
    Log(io::Error),
    /// The run is to end.
    Stopped,
}

/// Who takes what comes out.
pub(crate) trait Sink: EditSink {
    /// All that the last read decided was emitted, and the next read may take long.
    fn pause(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Passes on what comes out, and keeps the counts.
pub(crate) struct Reporter<'a> {
    sink: &'a mut dyn Sink,
    explain: Option<Explain<'a>>,
    recorder: Option<Recorder<'a>>,
    pub(crate) stats: Stats,
    failed: Option<fn(io::Error) -> Failure>,
}

impl<'a> Reporter<'a> {
    pub(crate) fn new(sink: &'a mut dyn Sink, explain: Option<Explain<'a>>, recorder: Option<Recorder<'a>>) -> Self {
        Self { sink, explain, recorder, stats: Stats::default(), failed: None }
    }

    /// Whether what comes out was not taken.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed.is_some()
    }

    /// What it is that was not taken.
    pub(crate) fn failure(&self, error: io::Error) -> Failure {
        self.failed.unwrap_or(Failure::Output)(error)
    }

    fn pause(&mut self) -> Result<(), Failure> {
        self.recorder.as_mut().map_or(Ok(()), Recorder::pause).map_err(Failure::Log)?;
        self.sink.pause().map_err(Failure::Output)
    }

    /// The input has ended.
    fn end(&mut self) -> Result<(), Failure> {
        self.recorder.as_mut().map_or(Ok(()), Recorder::end).map_err(Failure::Log)
    }
}

/// Cleans an input. After a read that fails, too, what was read comes out; the failure says that it is not all.
pub(crate) fn clean(cleaner: &Cleaner, input: &mut Input, out: &mut Reporter<'_>, stop: &Stop) -> Result<(), Failure> {
    let mut session = cleaner.session().markdown(input.is_markdown());
    let read = loop {
        match session.read_from(input, out) {
            Ok(0) => break Ok(()),
            Ok(_) if stop.is_set() => return Err(Failure::Stopped),
            Ok(_) => out.pause()?,
            Err(error) if out.has_failed() => return Err(out.failure(error)),
            Err(error) => break Err(error),
        }
    };
    session.finish(out).map_err(|error| out.failure(error))?;
    out.end()?;
    read.with_context(|| format!("cannot read all of {}", input.name)).map_err(Failure::Input)
}

/// An input as it is.
pub(crate) fn pass(input: &mut Input, out: &mut Reporter<'_>) -> Result<(), Failure> {
    let mut piece = vec![0; 64 * 1024];
    let read = loop {
        match input.read(&mut piece) {
            Ok(0) => break Ok(()),
            Ok(n) => out.keep(&piece[..n]).map_err(Failure::Output).and_then(|()| out.pause())?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => break Err(error),
        }
    };
    out.end()?;
    read.with_context(|| format!("cannot read all of {}", input.name)).map_err(Failure::Input)
}

impl EditSink for Reporter<'_> {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(explain) = &mut self.explain {
            explain.kept(bytes);
        }
        if let Some(recorder) = &mut self.recorder {
            recorder.kept(bytes);
        }
        self.sink.keep(bytes).inspect_err(|_| self.failed = Some(Failure::Output))
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        self.stats.count(&edit);
        if let Some(explain) = &mut self.explain {
            explain.edit(&edit).inspect_err(|_| self.failed = Some(Failure::Output))?;
        }
        if let Some(recorder) = &mut self.recorder {
            recorder.edit(&edit).inspect_err(|_| self.failed = Some(Failure::Log))?;
        }
        self.sink.edit(edit).inspect_err(|_| self.failed = Some(Failure::Output))
    }

    fn note(&mut self, note: Note) -> io::Result<()> {
        self.stats.note(note);
        match &mut self.explain {
            Some(explain) => explain.note(note).inspect_err(|_| self.failed = Some(Failure::Output)),
            None => Ok(()),
        }
    }
}
