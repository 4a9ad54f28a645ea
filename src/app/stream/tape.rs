//! What a worker makes of a job, until it is its turn.

use std::io;

use copydesk::records::{RecordProblem, RecordSink};
use copydesk::{Edit, EditSink, Note};

/// Calls of a sink, to be made again at another place of the input. Offsets are in the job's bytes, and records count from its
/// beginning.
#[derive(Debug, Default)]
pub(super) struct Tape {
    /// What was kept, one after the other.
    kept: Vec<u8>,
    /// What came after the first bytes that were kept: how many.
    events: Vec<(usize, Event)>,
    /// Bytes and records of the input.
    pub(super) bytes: u64,
    pub(super) records: u64,
    /// Nothing of the job comes after it.
    pub(super) is_last: bool,
}

#[derive(Debug)]
enum Event {
    Edit(Edit<'static>),
    Note(Note),
    Field(u64, String),
    Problem(RecordProblem),
}

impl Tape {
    /// For a number of bytes of the input.
    pub(super) fn new(bytes: u64, is_last: bool) -> Self {
        Self { bytes, is_last, ..Self::default() }
    }

    /// Makes the calls for a job that begins after these numbers of bytes and of records.
    pub(super) fn play(self, start: u64, records: u64, out: &mut dyn RecordSink) -> io::Result<()> {
        let mut at = 0;
        for (until, event) in self.events {
            keep(&self.kept[at..until], out)?;
            at = until;
            match event {
                Event::Edit(mut edit) => {
                    edit.start += start;
                    out.edit(edit)?;
                }
                Event::Note(mut note) => {
                    note.at += start;
                    out.note(note)?;
                }
                Event::Field(record, name) => out.field(records + record, &name)?,
                Event::Problem(mut problem) => {
                    problem.record += records;
                    out.problem(problem)?;
                }
            }
        }
        keep(&self.kept[at..], out)
    }

    fn event(&mut self, event: Event) -> io::Result<()> {
        self.events.push((self.kept.len(), event));
        Ok(())
    }
}

fn keep(bytes: &[u8], out: &mut dyn RecordSink) -> io::Result<()> {
    if bytes.is_empty() { Ok(()) } else { out.keep(bytes) }
}

impl EditSink for Tape {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.kept.extend_from_slice(bytes);
        Ok(())
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        self.event(Event::Edit(edit.into_owned()))
    }

    fn note(&mut self, note: Note) -> io::Result<()> {
        self.event(Event::Note(note))
    }
}

impl RecordSink for Tape {
    fn field(&mut self, record: u64, name: &str) -> io::Result<()> {
        self.event(Event::Field(record, name.to_owned()))
    }

    fn problem(&mut self, problem: RecordProblem) -> io::Result<()> {
        self.event(Event::Problem(problem))
    }
}
