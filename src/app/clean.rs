//! One input on its way through a cleaner: without the edits that are refused, counted, explained and recorded, then given to the
//! sink that takes the text.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::num::NonZeroUsize;

use anyhow::Context;
use copydesk::records::{ProblemKind, RecordProblem, RecordSink, Records};
use copydesk::{Cleaner, Edit, EditSink, Note, Reason};

use super::edits::Recorder;
use super::input::Input;
use super::interrupt::Stop;
use super::place::{Located, Locator, Position, Within};
use super::refused::{Event, Filter, Key};
use super::stats::Stats;
use super::stream;

/// What kept an input from being cleaned.
pub(crate) enum Failure {
    /// It can't be read.
    Input(anyhow::Error),
    /// It is a table without the columns that are wanted.
    Columns(anyhow::Error),
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

#[cfg(test)]
impl Sink for Vec<u8> {}

/// Who reports edits, each with its place.
pub(crate) trait Report {
    /// Bytes that stay as they are.
    fn kept(&mut self, bytes: &[u8]) -> io::Result<()> {
        let _ = bytes;
        Ok(())
    }

    fn edit(&mut self, located: &Located<'_>) -> io::Result<()>;

    /// Something that was seen and kept.
    fn note(&mut self, at: Position, reason: Reason) -> io::Result<()> {
        let _ = (at, reason);
        Ok(())
    }

    /// The input has ended.
    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Decides on all that came of an input, before any of it is passed on.
pub(crate) type Ask<'a> = Box<dyn FnMut(Vec<Event>) -> Result<Vec<Event>, Failure> + 'a>;

/// What there is to say of an input's records.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// How many there are, once all are done.
    count: u64,
    /// Where edits are.
    within: Option<Within>,
    /// How many records lack a field.
    missing: u64,
    /// Line, record and what is wrong, of the first ones that were left as they are.
    problems: Vec<(u64, u64, ProblemKind)>,
    are_read: bool,
}

impl Seen {
    /// Records that are named in messages, at most.
    const NAMED: usize = 10;

    /// Whether there are records, and each lacks the field.
    pub(crate) fn lack_the_field(&self) -> bool {
        self.count > 0 && self.missing >= self.count
    }

    /// Lines about what was left as it is; `left`: how often.
    pub(crate) fn messages(&self, name: &str, left: u64) -> Vec<String> {
        let line = |(line, record, kind): &(u64, u64, ProblemKind)| {
            format!("{name}:{line}: record {record} is left as it is: {kind}")
        };
        let mut lines: Vec<String> = self.problems.iter().map(line).collect();
        if left > Self::NAMED as u64 {
            lines.push(format!(
                "{name}: {left} records or fields are left as they are; {} of them are named",
                Self::NAMED
            ));
        }
        lines
    }
}

/// Passes on what comes out, and keeps the counts.
pub(crate) struct Reporter<'a> {
    /// Where edits may be refused, or are to have keys.
    filter: Option<Filter>,
    ask: Option<Ask<'a>>,
    sink: &'a mut dyn Sink,
    reports: Vec<Box<dyn Report + 'a>>,
    recorder: Option<Recorder<'a>>,
    locator: Locator,
    /// What was noted and is ahead of what was kept.
    notes: VecDeque<Note>,
    pub(crate) records: Seen,
    pub(crate) stats: Stats,
    failed: Option<fn(io::Error) -> Failure>,
}

impl<'a> Reporter<'a> {
    pub(crate) fn new(
        sink: &'a mut dyn Sink,
        reports: impl IntoIterator<Item = Box<dyn Report + 'a>>,
        recorder: Option<Recorder<'a>>,
    ) -> Self {
        let (reports, locator, stats) = (reports.into_iter().collect(), Locator::default(), Stats::default());
        let records = Seen::default();
        let (filter, ask, notes) = (None, None, VecDeque::new());
        Self { filter, ask, sink, reports, recorder, locator, notes, records, stats, failed: None }
    }

    /// With a filter before it.
    pub(crate) fn filter(self, filter: Option<Filter>) -> Self {
        Self { filter, ..self }
    }

    /// With somebody who is asked about what the filter lets through.
    pub(crate) fn ask(mut self, ask: Option<Ask<'a>>) -> Self {
        if let Some(filter) = self.filter.as_mut().filter(|_| ask.is_some()) {
            filter.hold_all();
        }
        Self { ask, ..self }
    }

    pub(crate) fn take_filter(&mut self) -> Option<Filter> {
        self.filter.take()
    }

    /// Whether anybody wants to know where edits are.
    fn locates(&self) -> bool {
        self.recorder.is_some() || !self.reports.is_empty() || self.records.are_read
    }

    /// Whether what comes out was not taken.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed.is_some()
    }

    /// What it is that was not taken.
    pub(crate) fn failure(&self, error: io::Error) -> Failure {
        self.failed.unwrap_or(Failure::Output)(error)
    }

    /// Lets out what waits no longer.
    fn release(&mut self) -> io::Result<()> {
        while let Some(event) = self.filter.as_mut().and_then(Filter::next) {
            self.emit(event)?;
        }
        Ok(())
    }

    fn emit(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::Kept(bytes) => return self.kept(&bytes),
            Event::Edit(edit, key) => return self.made(edit, key),
            Event::Note(note) => self.noted(note),
            Event::Field(record, field) => self.records.within = Some(Within { record, field }),
            Event::Problem(problem) => self.left(problem),
        }
        Ok(())
    }

    /// Lets something out in its turn.
    fn event(&mut self, event: Event) -> io::Result<()> {
        match self.filter.as_mut().filter(|filter| filter.waits()) {
            Some(filter) => filter.hold(event),
            None => self.emit(event)?,
        }
        Ok(())
    }

    /// Lets out all that waits: the input has ended, or can't be read any further.
    fn settle(&mut self) -> Result<(), Failure> {
        let Some(filter) = &mut self.filter else { return Ok(()) };
        filter.end();
        let Some(ask) = &mut self.ask else { return self.release().map_err(|error| self.failure(error)) };
        let events = ask(std::iter::from_fn(|| filter.next()).collect())?;
        events.into_iter().try_for_each(|event| self.emit(event)).map_err(|error| self.failure(error))
    }

    /// Bytes that were kept, with the notes at their places.
    fn report_kept(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while let Some(note) = self.notes.front() {
            let Ok(ahead) = usize::try_from(note.at.saturating_sub(self.locator.offset)) else { break };
            let Some((before, after)) = rest.split_at_checked(ahead) else { break };
            self.report_piece(before)?;
            self.report_notes(self.locator.offset)?;
            rest = after;
        }
        self.report_piece(rest)
    }

    fn report_piece(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.locator.pass(bytes);
        self.reports.iter_mut().try_for_each(|report| report.kept(bytes))
    }

    /// The notes up to an offset, as if they were here.
    fn report_notes(&mut self, to: u64) -> io::Result<()> {
        let at = self.locator.position;
        let here = self.notes.iter().take_while(|note| note.at <= to).count();
        let mut here = self.notes.drain(..here);
        here.try_for_each(|note| self.reports.iter_mut().try_for_each(|report| report.note(at, note.reason)))
    }

    /// All that is there was emitted, and the next bytes may take long.
    pub(crate) fn pause(&mut self) -> Result<(), Failure> {
        self.recorder.as_mut().map_or(Ok(()), Recorder::pause).map_err(Failure::Log)?;
        self.sink.pause().map_err(Failure::Output)
    }

    /// The input has ended.
    pub(crate) fn end(&mut self) -> Result<(), Failure> {
        self.settle()?;
        self.report_notes(u64::MAX).map_err(Failure::Output)?;
        self.reports.iter_mut().try_for_each(|report| report.end()).map_err(Failure::Output)?;
        self.recorder.as_mut().map_or(Ok(()), Recorder::end).map_err(Failure::Log)
    }
}

/// Cleans an input, with several threads if it has parts for them. After a read that fails, too, what was read comes out; the
/// failure says that it is not all.
pub(crate) fn clean(
    cleaner: &Cleaner,
    records: Option<&Records>,
    input: &mut Input,
    threads: NonZeroUsize,
    out: &mut Reporter<'_>,
    stop: &Stop,
) -> Result<(), Failure> {
    let result = match (records, cleaner.separator()) {
        (Some(records), _) => {
            out.records.are_read = true;
            stream::records(records, cleaner, input, threads, out, stop).map(|count| out.records.count = count)
        }
        (None, Some(line)) if threads.get() > 1 => stream::texts(line, cleaner, input, threads, out, stop),
        (None, _) => clean_text(cleaner, input, out, stop),
    };
    if matches!(result, Err(Failure::Input(_))) {
        out.ask = None;
        out.settle()?;
    }
    result
}

fn clean_text(cleaner: &Cleaner, input: &mut Input, out: &mut Reporter<'_>, stop: &Stop) -> Result<(), Failure> {
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
    out.ask.take_if(|_| read.is_err());
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

/// What comes out, whatever may have been refused.
impl Reporter<'_> {
    fn kept(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.locates() {
            self.report_kept(bytes).inspect_err(|_| self.failed = Some(Failure::Output))?;
        }
        if let Some(recorder) = &mut self.recorder {
            recorder.kept(bytes);
        }
        self.sink.keep(bytes).inspect_err(|_| self.failed = Some(Failure::Output))
    }

    fn made(&mut self, edit: Edit<'_>, key: Option<Key>) -> io::Result<()> {
        self.stats.count(&edit);
        if self.locates() {
            self.report_notes(edit.start).inspect_err(|_| self.failed = Some(Failure::Output))?;
            let located = Located { within: self.records.within.as_ref(), key, ..self.locator.locate(&edit) };
            let reported = self.reports.iter_mut().try_for_each(|report| report.edit(&located));
            reported.inspect_err(|_| self.failed = Some(Failure::Output))?;
            let recorded = self.recorder.as_mut().map_or(Ok(()), |recorder| recorder.edit(&located));
            recorded.inspect_err(|_| self.failed = Some(Failure::Log))?;
        }
        self.sink.edit(edit).inspect_err(|_| self.failed = Some(Failure::Output))
    }

    fn noted(&mut self, note: Note) {
        self.stats.note();
        if !self.reports.is_empty() {
            self.notes.push_back(note);
        }
    }

    fn left(&mut self, problem: RecordProblem) {
        self.stats.left += 1;
        self.records.missing += u64::from(matches!(problem.kind, ProblemKind::Missing(_)));
        if self.records.problems.len() < Seen::NAMED {
            self.records.problems.push((self.locator.position.line, problem.record, problem.kind));
        }
    }
}

impl EditSink for Reporter<'_> {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Some(filter) = &mut self.filter else { return self.kept(bytes) };
        filter.pass(bytes);
        self.release()?;
        match self.filter.as_mut().filter(|filter| filter.waits()) {
            Some(filter) => filter.hold(Event::Kept(bytes.to_vec())),
            None => self.kept(bytes)?,
        }
        Ok(())
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        let Some(filter) = &mut self.filter else { return self.made(edit, None) };
        filter.edit(edit);
        self.release()
    }

    fn note(&mut self, note: Note) -> io::Result<()> {
        self.event(Event::Note(note))
    }
}

impl RecordSink for Reporter<'_> {
    fn field(&mut self, record: u64, name: &str) -> io::Result<()> {
        self.event(Event::Field(record, name.to_owned()))
    }

    fn problem(&mut self, problem: RecordProblem) -> io::Result<()> {
        self.event(Event::Problem(problem))
    }
}
