//! Cleans the wanted fields of whole records.

use std::io;
use std::ops::Range;

use memchr::{memchr, memchr_iter};

use super::csv::{self, Row, Scanner, Verdict};
use super::cut::{RecordChunk, RecordPiece};
use super::json::{self, Found};
use super::map::OffsetMap;
use super::table::Table;
use super::{ProblemKind, RecordProblem, RecordSink, Records};
use crate::cleaner::Cleaner;
use crate::reasons::Reason;
use crate::script::{Cleaned, Edit, EditSink, Note};
use crate::session::Session;

/// Cleans pieces of a stream of records, each by itself.
#[derive(Debug)]
pub struct RecordWorker {
    records: Records,
    field: FieldCleaner,
    /// The fields of a record, and the text and the places of one: kept to be filled again.
    found: Vec<Found>,
    text: Vec<u8>,
    map: OffsetMap,
}

/// How the text of a field is written.
#[derive(Clone, Copy)]
enum Writing<'a> {
    Json {
        line: &'a [u8],
    },
    Quoted,
    /// `may_quote`: it can be written in quotes, too.
    Bare {
        table: &'a Table,
        may_quote: bool,
    },
}

impl RecordWorker {
    pub(super) fn new(records: Records, cleaner: &Cleaner) -> Self {
        let (field, map) = (FieldCleaner::new(cleaner), OffsetMap::default());
        Self { records, field, found: Vec::new(), text: Vec::new(), map }
    }

    /// Cleans a piece; gives the number of records that begin in it. `before`: the bytes and the records before it in the stream.
    ///
    /// # Errors
    /// The sink's.
    pub fn clean(&mut self, piece: &RecordPiece, before: (u64, u64), out: &mut dyn RecordSink) -> io::Result<u64> {
        match piece {
            RecordPiece::Records(chunk) => self.chunk(chunk, before, out),
            RecordPiece::Kept(bytes) => out.keep(bytes).map(|()| 0),
            RecordPiece::TooLong { bytes, starts } => {
                if *starts {
                    out.problem(RecordProblem { record: before.1 + 1, kind: ProblemKind::TooLong })?;
                }
                out.keep(bytes).map(|()| u64::from(*starts))
            }
        }
    }

    fn chunk(&mut self, chunk: &RecordChunk, before: (u64, u64), out: &mut dyn RecordSink) -> io::Result<u64> {
        let (bytes, (start, records)) = (&*chunk.bytes, before);
        let mut out = Out { bytes, start, record: records, kept: 0, out };
        match &chunk.table {
            None => self.lines(bytes, &mut out)?,
            Some(table) => self.rows(bytes, table, &mut out)?,
        }
        out.keep(bytes.len())?;
        Ok(out.record - records)
    }

    fn lines(&mut self, bytes: &[u8], out: &mut Out<'_>) -> io::Result<()> {
        let ends = memchr_iter(b'\n', bytes).map(|end| end + 1);
        let mut start = 0;
        for end in ends.chain((!bytes.ends_with(b"\n")).then_some(bytes.len())) {
            let line = start..end;
            start = end;
            if !bytes[line.clone()].trim_ascii().is_empty() {
                self.line(line, out)?;
            }
        }
        Ok(())
    }

    fn line(&mut self, line: Range<usize>, out: &mut Out<'_>) -> io::Result<()> {
        out.record += 1;
        let (bytes, records) = (out.bytes, self.records.clone());
        if line.len() > records.longest {
            return out.problem(line.start, ProblemKind::TooLong);
        }
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        if let Err(why) = json::find(&bytes[line.clone()], &records.fields.paths, &mut found) {
            self.found = found;
            return out.problem(line.start, ProblemKind::Malformed(why));
        }
        let title = found.iter().rev().find(|(field, _)| *field == records.fields.cleaned);
        let title = title.and_then(|(_, place)| Some(moved(place.as_ref()?, line.start)));
        let title = title.map(|place| Title { text: json::text(&bytes[place.clone()]), place }).unwrap_or_default();
        for (number, name) in records.fields.names[..records.fields.cleaned].iter().enumerate() {
            if found.iter().all(|(field, _)| *field != number) {
                out.problem(line.start, ProblemKind::Missing(name.clone()))?;
            }
        }
        let writing = Writing::Json { line: &bytes[line.clone()] };
        for (field, place) in found.iter().filter(|(field, _)| *field < records.fields.cleaned) {
            let name = &records.fields.names[*field];
            match place {
                Some(place) => self.clean_field(moved(place, line.start), name, &title, writing, out)?,
                None => out.problem(line.start, ProblemKind::NotText(name.clone()))?,
            }
        }
        self.found = found;
        Ok(())
    }

    fn rows(&mut self, bytes: &[u8], table: &Table, out: &mut Out<'_>) -> io::Result<()> {
        let mut scanner = Scanner::new(table.delimiter, Some(table.columns), self.records.longest);
        while let Some(row) = scanner.next(bytes, true) {
            let is_blank = bytes[row.start..row.end].trim_ascii().is_empty() && scanner.fields.len() == 1;
            if !is_blank {
                self.row(row, &scanner, table, out)?;
            }
        }
        Ok(())
    }

    fn row(&mut self, row: Row, scanner: &Scanner, table: &Table, out: &mut Out<'_>) -> io::Result<()> {
        out.record += 1;
        if row.verdict == Verdict::TooLong {
            return out.problem(row.start, ProblemKind::TooLong);
        }
        if row.verdict == Verdict::Malformed {
            let why = "a field begins with a quote and does not end with one".to_owned();
            return out.problem(row.start, ProblemKind::Malformed(why));
        }
        if scanner.fields.len() != table.columns {
            return out.problem(row.start, ProblemKind::Columns(scanner.fields.len(), table.columns));
        }
        let (records, bytes) = (self.records.clone(), out.bytes);
        let is_title = |&&(_, field): &&(usize, usize)| field == records.fields.cleaned;
        let title = table.wanted.iter().find(is_title).map(|&(column, _)| &scanner.fields[column]);
        let title = title.map(|field| Title { text: field.text(bytes), place: field.place.clone() });
        let title = title.unwrap_or_default();
        for &(column, number) in table.wanted.iter().filter(|(_, field)| *field < records.fields.cleaned) {
            let field = &scanner.fields[column];
            let may_quote = row.verdict == Verdict::Sound && !scanner.is_unclosed;
            let writing = if field.quoted { Writing::Quoted } else { Writing::Bare { table, may_quote } };
            self.clean_field(field.place.clone(), &records.fields.names[number], &title, writing, out)?;
        }
        Ok(())
    }

    /// Cleans the text that is written at a place.
    fn clean_field(
        &mut self,
        place: Range<usize>,
        name: &str,
        title: &Title,
        writing: Writing<'_>,
        out: &mut Out<'_>,
    ) -> io::Result<()> {
        self.text.clear();
        self.map.clear();
        let text = decoded(&out.bytes[place.clone()], writing, &mut self.text, &mut self.map);
        let made = self.field.clean(text, title.of(&place))?;
        if made.edits.is_empty() && made.notes.is_empty() {
            return Ok(());
        }
        out.field(name)?;
        match writing {
            Writing::Bare { table, may_quote } if needs_quotes(text, made, table) => {
                // Without quotes it can't be written at all.
                if may_quote { out.edit(place, quoted(text, made), reasons(made)) } else { Ok(()) }
            }
            _ => emit(made, &self.map, place.start, writing, out),
        }
    }
}

/// The title of a record, and where it is written.
#[derive(Default)]
struct Title {
    text: Vec<u8>,
    place: Range<usize>,
}

impl Title {
    /// For the text at a place: the title itself has none.
    fn of(&self, place: &Range<usize>) -> &[u8] {
        if self.place == *place { b"" } else { &self.text }
    }
}

/// The text of a field, with its places in the map where it is written otherwise.
fn decoded<'a>(written: &'a [u8], writing: Writing<'_>, text: &'a mut Vec<u8>, map: &mut OffsetMap) -> &'a [u8] {
    match writing {
        Writing::Json { .. } if memchr(b'\\', written).is_some() => json::decode(written, text, map),
        Writing::Quoted if memchr(b'"', written).is_some() => csv::decode(written, text, map),
        _ => return written,
    }
    text
}

/// Emits what was done to a text that is written from `start` on.
fn emit(made: &Cleaned<()>, map: &OffsetMap, start: usize, writing: Writing<'_>, out: &mut Out<'_>) -> io::Result<()> {
    let written = |range: Range<u64>| moved(&map.written(range.start as usize..range.end as usize), start);
    let mut notes = made.notes.iter().peekable();
    for edit in &made.edits {
        while let Some(note) = notes.next_if(|note| note.at <= edit.start) {
            out.note(written(note.at..note.at).start, note)?;
        }
        let after = match writing {
            Writing::Json { line } => json::encode(&edit.after, line.is_ascii()),
            Writing::Quoted => csv::encode(&edit.after),
            Writing::Bare { .. } => edit.after.to_vec(),
        };
        out.edit(written(edit.range()), after, edit.reasons.to_vec())?;
    }
    notes.try_for_each(|note| out.note(written(note.at..note.at).start, note))
}

/// Whether a text can't be written without quotes once it is cleaned.
fn needs_quotes(text: &[u8], made: &Cleaned<()>, table: &Table) -> bool {
    let cleaned = applied(text, &made.edits);
    // An empty line would be no row.
    let is_row = table.columns > 1 || !cleaned.is_empty();
    !made.edits.is_empty() && (!is_row || csv::needs_quotes(text, &cleaned, table.delimiter))
}

fn quoted(text: &[u8], made: &Cleaned<()>) -> Vec<u8> {
    [&b"\""[..], &csv::encode(&applied(text, &made.edits)), b"\""].concat()
}

fn reasons(made: &Cleaned<()>) -> Vec<Reason> {
    made.edits.iter().flat_map(|edit| edit.reasons.iter().copied()).collect()
}

fn moved(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// The text after its edits.
fn applied(text: &[u8], edits: &[Edit<'_>]) -> Vec<u8> {
    let (mut out, mut at) = (Vec::with_capacity(text.len()), 0);
    for edit in edits {
        let range = edit.range();
        out.extend_from_slice(&text[at..range.start as usize]);
        out.extend_from_slice(&edit.after);
        at = range.end as usize;
    }
    out.extend_from_slice(&text[at..]);
    out
}

/// What comes out of a chunk.
struct Out<'a> {
    bytes: &'a [u8],
    /// Where the chunk begins in the stream.
    start: u64,
    /// The number of the record that is read.
    record: u64,
    /// Up to where the chunk was emitted.
    kept: usize,
    out: &'a mut dyn RecordSink,
}

impl Out<'_> {
    fn keep(&mut self, to: usize) -> io::Result<()> {
        let kept = &self.bytes[self.kept..to];
        self.kept = to;
        if kept.is_empty() { Ok(()) } else { self.out.keep(kept) }
    }

    fn field(&mut self, name: &str) -> io::Result<()> {
        self.out.field(self.record, name)
    }

    fn edit(&mut self, place: Range<usize>, after: Vec<u8>, reasons: Vec<Reason>) -> io::Result<()> {
        self.keep(place.start)?;
        self.kept = place.end;
        self.out.edit(Edit::new(self.start + place.start as u64, &self.bytes[place], after, reasons))
    }

    fn note(&mut self, at: usize, note: &Note) -> io::Result<()> {
        self.out.note(Note { at: self.start + at as u64, reason: note.reason })
    }

    fn problem(&mut self, at: usize, kind: ProblemKind) -> io::Result<()> {
        self.keep(at.max(self.kept))?;
        self.out.problem(RecordProblem { record: self.record, kind })
    }
}

/// Cleans texts one by one, each as a document of its own.
#[derive(Debug)]
struct FieldCleaner {
    session: Session,
    /// Bytes that the session was given.
    given: u64,
    made: Made,
}

/// What was done to a text. Its bytes are not kept: they are there.
#[derive(Debug, Default)]
struct Made(Cleaned<()>);

impl EditSink for Made {
    fn keep(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        self.0.edits.push(edit.into_owned());
        Ok(())
    }

    fn note(&mut self, note: Note) -> io::Result<()> {
        self.0.notes.push(note);
        Ok(())
    }
}

impl FieldCleaner {
    fn new(cleaner: &Cleaner) -> Self {
        Self { session: cleaner.session(), given: 0, made: Made::default() }
    }

    /// The edits of a text, and what was noted, with offsets in the text.
    fn clean(&mut self, text: &[u8], title: &[u8]) -> io::Result<&Cleaned<()>> {
        let title = title.trim_ascii();
        if !title.is_empty() && !text.is_empty() && self.clean_below(text, title)? {
            return Ok(&self.made.0);
        }
        self.run(&[text])?;
        Ok(&self.made.0)
    }

    fn run(&mut self, parts: &[&[u8]]) -> io::Result<()> {
        let Self { session, given, made } = self;
        let start = *given;
        made.0.edits.clear();
        made.0.notes.clear();
        let (last, before) = parts.split_last().expect("there is a text");
        before.iter().try_for_each(|part| session.push(part, made))?;
        session.last_of_input(last, made)?;
        *given += parts.iter().map(|part| part.len() as u64).sum::<u64>();
        made.0.edits.iter_mut().for_each(|edit| edit.start -= start);
        made.0.notes.iter_mut().for_each(|note| note.at -= start);
        Ok(())
    }

    /// Cleans a text that has its title above it; what is done to the title itself is forgotten. False: title and text can't be
    /// parted.
    fn clean_below(&mut self, text: &[u8], title: &[u8]) -> io::Result<bool> {
        // A gap larger than that after a copy of the title: it is the one that stays.
        let gap = vec![b'\n'; 2 + blank_lines(text)];
        self.run(&[title, &gap, text])?;
        let start = (title.len() + gap.len()) as u64;
        let Cleaned { edits, notes, .. } = &mut self.made.0;
        if edits.iter().any(|edit| edit.start < start && edit.range().end > start) {
            return Ok(false);
        }
        edits.retain(|edit| edit.start >= start);
        notes.retain(|note| note.at >= start);
        edits.iter_mut().for_each(|edit| edit.start -= start);
        notes.iter_mut().for_each(|note| note.at -= start);
        Ok(true)
    }
}

/// How many empty lines there are, at most, one after the other at the beginning of a text and after its first paragraph.
fn blank_lines(text: &[u8]) -> usize {
    let lines = |text: &[u8]| {
        let blank = text.iter().take_while(|byte| byte.is_ascii_whitespace());
        blank.filter(|byte| **byte == b'\n').count()
    };
    let start = text.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let first = memchr(b'\n', &text[start..]).map_or(&[][..], |end| &text[start + end..]);
    lines(text) + lines(first)
}
