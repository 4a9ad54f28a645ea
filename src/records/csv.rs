//! Tables of text: where records and their fields are. Quotes are those of RFC 4180.

use std::ops::Range;

use memchr::{memchr, memchr2};

use super::map::OffsetMap;
use crate::document::assemble::BOM;

/// A field of a record: where its text is written, without quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) place: Range<usize>,
    pub(super) quoted: bool,
}

impl Field {
    /// Its text.
    pub(super) fn text(&self, bytes: &[u8]) -> Vec<u8> {
        let written = &bytes[self.place.clone()];
        let mut text = Vec::new();
        match self.quoted {
            true => decode(written, &mut text, &mut OffsetMap::default()),
            false => text.extend_from_slice(written),
        }
        text
    }
}

/// A record that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) start: usize,
    /// After its line end.
    pub(super) end: usize,
    pub(super) verdict: Verdict,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Sound,
    /// Its quotes are text: a line of a table without quoting.
    Unquoted,
    /// It is longer than a record may be, and taken to be a line.
    TooLong,
    /// A field that begins with a quote does not end with one: what the record is can't be known. It is taken to end with the line
    /// where its quotes fail, so that no edit can mend them; with its first line if they never close.
    Malformed,
}

/// Where in a record the search is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Start,
    Bare,
    Quoted,
    /// After a quote that may be the last one.
    Closed,
    /// In the last line of what is no record.
    Malformed,
}

/// Finds the records of a table, one after the other, in bytes to which others may be added.
#[derive(Debug, Default)]
pub(super) struct Scanner {
    delimiter: u8,
    /// The columns that a record has, if that is known: for tables that may have no quoting.
    columns: Option<usize>,
    /// Bytes of the longest record.
    longest: usize,
    start: usize,
    at: usize,
    field: usize,
    state: State,
    /// A quote was never closed: one that is written anew would close it.
    pub(super) is_unclosed: bool,
    /// The fields of the last record.
    pub(super) fields: Vec<Field>,
}

impl Scanner {
    pub(super) fn new(delimiter: u8, columns: Option<usize>, longest: usize) -> Self {
        Self { delimiter, columns, longest, ..Self::default() }
    }

    /// Begins at an offset.
    pub(super) fn restart(&mut self, at: usize) {
        self.restart_after(at);
        self.fields.clear();
    }

    /// The next record; `None`: more bytes are needed, or with `is_all` there is none.
    pub(super) fn next(&mut self, bytes: &[u8], is_all: bool) -> Option<Row> {
        if self.state == State::Start && self.start == self.at {
            self.fields.clear();
            if is_all && self.at == bytes.len() {
                return None;
            }
        }
        loop {
            let end = match self.state {
                State::Start => self.begin(bytes, is_all)?,
                State::Bare => self.bare(bytes, is_all)?,
                State::Quoted => self.quoted(bytes, is_all)?,
                State::Closed => self.closed(bytes, is_all)?,
                State::Malformed => return self.line(bytes, is_all),
            };
            if let Some(end) = end {
                return Some(self.row(bytes, end));
            }
        }
    }

    /// At the start of a field. Here and below: the record's end, if this is its last field; without any the search goes on.
    fn begin(&mut self, bytes: &[u8], is_all: bool) -> Option<Option<usize>> {
        self.field = self.at;
        match bytes.get(self.at) {
            None if is_all => Some(Some(self.end_field(self.at, self.at, false))),
            None => None,
            Some(b'"') => {
                (self.state, self.at, self.field) = (State::Quoted, self.at + 1, self.at + 1);
                Some(None)
            }
            Some(_) => {
                self.state = State::Bare;
                Some(None)
            }
        }
    }

    fn bare(&mut self, bytes: &[u8], is_all: bool) -> Option<Option<usize>> {
        let Some(n) = memchr2(self.delimiter, b'\n', &bytes[self.at..]) else {
            self.at = bytes.len();
            return is_all.then(|| Some(self.end_field(bytes.len(), bytes.len(), false)));
        };
        let end = self.at + n;
        if bytes[end] == self.delimiter {
            self.end_field(end, end + 1, false);
            return Some(None);
        }
        let content = end - usize::from(end > self.field && bytes[end - 1] == b'\r');
        Some(Some(self.end_field(content, end + 1, false)))
    }

    fn quoted(&mut self, bytes: &[u8], is_all: bool) -> Option<Option<usize>> {
        match memchr(b'"', &bytes[self.at..]) {
            Some(n) => (self.state, self.at) = (State::Closed, self.at + n + 1),
            None if is_all => {
                self.is_unclosed = true;
                self.give_up(self.start);
            }
            None => {
                self.at = bytes.len();
                return None;
            }
        }
        Some(None)
    }

    fn closed(&mut self, bytes: &[u8], is_all: bool) -> Option<Option<usize>> {
        let content = self.at - 1;
        match &bytes[self.at..] {
            [b'"', ..] => (self.state, self.at) = (State::Quoted, self.at + 1),
            [b'\n', ..] => return Some(Some(self.end_field(content, self.at + 1, true))),
            [b'\r', b'\n', ..] => return Some(Some(self.end_field(content, self.at + 2, true))),
            [first, ..] if *first == self.delimiter => {
                self.end_field(content, self.at + 1, true);
            }
            [] | [b'\r'] if is_all => return Some(Some(self.end_field(content, bytes.len(), true))),
            [] | [b'\r'] => return None,
            _ => self.give_up(self.at),
        }
        Some(None)
    }

    fn end_field(&mut self, content: usize, next: usize, quoted: bool) -> usize {
        self.fields.push(Field { place: self.field..content, quoted });
        (self.state, self.at) = (State::Start, next);
        next
    }

    /// The quotes of a record fail in the line of an offset.
    fn give_up(&mut self, at: usize) {
        (self.state, self.at) = (State::Malformed, at);
    }

    /// What is no record.
    fn line(&mut self, bytes: &[u8], is_all: bool) -> Option<Row> {
        let end = match memchr(b'\n', &bytes[self.at..]) {
            Some(n) => self.at + n + 1,
            None if is_all => bytes.len(),
            None => {
                self.at = bytes.len();
                return None;
            }
        };
        let start = self.start;
        let first = end_of_line(bytes, start, end);
        let (end, verdict) = if self.read_unquoted(&bytes[..first]) {
            (first, Verdict::Unquoted)
        } else if end - start > self.longest {
            (first, Verdict::TooLong)
        } else {
            (end, Verdict::Malformed)
        };
        self.restart_after(end);
        Some(Row { start, end, verdict })
    }

    fn row(&mut self, bytes: &[u8], end: usize) -> Row {
        let start = std::mem::replace(&mut self.start, end);
        if end - start > self.longest {
            let line = end_of_line(bytes, start, end);
            self.restart_after(line);
            return Row { start, end: line, verdict: Verdict::TooLong };
        }
        if self.columns.is_some_and(|columns| columns != self.fields.len()) {
            // It may be that lines were taken together.
            let line = end_of_line(bytes, start, end);
            self.start = start;
            if self.read_unquoted(&bytes[..line]) {
                self.restart_after(line);
                return Row { start, end: line, verdict: Verdict::Unquoted };
            }
            self.start = end;
        }
        Row { start, end, verdict: Verdict::Sound }
    }

    fn restart_after(&mut self, end: usize) {
        (self.state, self.start, self.at) = (State::Start, end, end);
    }

    /// The fields of a line of a table that is known to have no quoting by its columns alone, of which one would say nothing: only
    /// tabs make such tables.
    fn read_unquoted(&mut self, bytes: &[u8]) -> bool {
        let line = &bytes[self.start..];
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let (mut at, delimiter) = (self.start, self.delimiter);
        let fields = line.split(|&byte| byte == delimiter).map(|field| {
            let place = at..at + field.len();
            at = place.end + 1;
            Field { place, quoted: false }
        });
        let fields: Vec<Field> = fields.collect();
        let is_one = delimiter == b'\t' && fields.len() > 1 && self.columns == Some(fields.len());
        if is_one {
            self.fields = fields;
        }
        is_one
    }
}

/// After the line of an offset, `end` at most.
fn end_of_line(bytes: &[u8], at: usize, end: usize) -> usize {
    memchr(b'\n', &bytes[at..end]).map_or(end, |n| at + n + 1)
}

/// The text of a field in quotes.
pub(super) fn decode(written: &[u8], text: &mut Vec<u8>, map: &mut OffsetMap) {
    let mut at = 0;
    while let Some(n) = memchr(b'"', &written[at..]) {
        text.extend_from_slice(&written[at..=at + n]);
        at += n + 2;
        map.step(text.len(), at);
    }
    text.extend_from_slice(&written[at.min(written.len())..]);
}

/// How a text is written in quotes.
pub(super) fn encode(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for part in text.split_inclusive(|&byte| byte == b'"') {
        out.extend_from_slice(part);
        out.extend(part.ends_with(b"\"").then_some(b'"'));
    }
    out
}

/// Whether a text that was written without quotes, which it is no longer, needs them now. A byte order mark would be the file's own
/// if the text begins the table.
pub(super) fn needs_quotes(was: &[u8], text: &[u8], delimiter: u8) -> bool {
    let begins = |mark: &[u8]| text.starts_with(mark) && !was.starts_with(mark);
    begins(b"\"") || begins(BOM) || text.iter().any(|byte| [delimiter, b'\n', b'\r'].contains(byte))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The records with their fields, after the table has come in pieces of `size` bytes.
    fn rows(table: &[u8], delimiter: u8, columns: usize, size: usize) -> Vec<(Row, Vec<Field>)> {
        let mut scanner = Scanner::new(delimiter, Some(columns), 1000);
        let (mut bytes, mut rows) = (Vec::new(), Vec::new());
        for piece in table.chunks(size) {
            bytes.extend_from_slice(piece);
            while let Some(row) = scanner.next(&bytes, false) {
                rows.push((row, scanner.fields.clone()));
            }
        }
        while let Some(row) = scanner.next(&bytes, true) {
            rows.push((row, scanner.fields.clone()));
        }
        rows
    }

    /// Each record as a line, its fields between bars, those in quotes in `<>`.
    fn shown(table: &str, delimiter: u8, columns: usize) -> String {
        let show = |field: &Field| {
            let text = table[field.place.clone()].escape_debug().to_string();
            if field.quoted { format!("<{text}>") } else { text }
        };
        let line = |(row, fields): (Row, Vec<Field>)| match row.verdict {
            Verdict::Malformed | Verdict::TooLong => format!("! {:?}\n", &table[row.start..row.end]),
            Verdict::Unquoted => format!("~ {}\n", fields.iter().map(show).collect::<Vec<_>>().join("|")),
            Verdict::Sound => format!("  {}\n", fields.iter().map(show).collect::<Vec<_>>().join("|")),
        };
        rows(table.as_bytes(), delimiter, columns, usize::MAX).into_iter().map(line).collect()
    }

    #[test]
    fn fields_are_found() {
        let table = "id,text\r\n1,\"Owl, \"\"set\"\" free\nat dawn\"\r\n2,a \"b\" c\n,\"\"\n\n\"x\"y,z\n3,\"open\n";
        insta::assert_snapshot!(shown(table, b',', 2), @r#"
          id|text
          1|<Owl, \"\"set\"\" free\nat dawn>
          2|a \"b\" c
          |<>
          
        ! "\"x\"y,z\n"
        ! "3,\"open\n"
        "#);
    }

    #[test]
    fn tabs_may_be_without_quoting() {
        let table = "id\ttext\n1\t\"Owl\" flies\n2\t\"Owl\n3\tfree\"\n4\t\"a\tb\"\n5\ta\tb\n";
        insta::assert_snapshot!(shown(table, b'\t', 2), @r#"
          id|text
        ~ 1|\"Owl\" flies
          2|<Owl\n3\tfree>
          4|<a\tb>
          5|a|b
        "#);
    }

    /// Were its last line edited, the quotes might be those of a record.
    #[test]
    fn what_is_no_record_ends_where_its_quotes_fail() {
        insta::assert_snapshot!(shown("1\n\"a\nb\"c\nd\n\"e\nf\n", b',', 1), @r#"
          1
        ! "\"a\nb\"c\n"
          d
        ! "\"e\n"
          f
        "#);
    }

    #[test]
    fn quotes_are_doubled() {
        let (mut text, mut map) = (Vec::new(), OffsetMap::default());
        decode(b"a\"\"b\"\"", &mut text, &mut map);
        assert_eq!(text, b"a\"b\"");
        assert_eq!(map.written(1..3), 1..4);
        assert_eq!(encode(&text), b"a\"\"b\"\"");
    }

    proptest! {
        #[test]
        fn pieces_make_no_difference(table in "[a,\"\r\n\t]{0,40}", columns in 1..4_usize, tabs: bool) {
            let delimiter = if tabs { b'\t' } else { b',' };
            let whole = rows(table.as_bytes(), delimiter, columns, usize::MAX);
            for size in [1, 2, 7] {
                prop_assert_eq!(&rows(table.as_bytes(), delimiter, columns, size), &whole);
            }
            // Every byte is in one record.
            let mut at = 0;
            for (row, _) in whole {
                prop_assert_eq!(row.start, at);
                prop_assert!(row.end > at);
                at = row.end;
            }
            prop_assert_eq!(at, table.len());
        }

        #[test]
        fn what_is_encoded_is_decoded(want: Vec<u8>) {
            let (mut text, mut map) = (Vec::new(), OffsetMap::default());
            decode(&encode(&want), &mut text, &mut map);
            prop_assert_eq!(text, want);
        }
    }
}
