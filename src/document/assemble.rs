//! Cuts the input into documents and paragraphs. Lengths are measured on the input's bytes and never at a read, so how the
//! input was cut into reads changes nothing.

mod pass;

use std::collections::VecDeque;
use std::sync::Arc;

use memchr::memchr;

use super::LIMIT;
use super::block::{BlockShape, Layout};
use super::buffer::{Buffer, Span};
use super::judge::{Judge, Known};
use super::kind::{Kind, Kinds};
use super::layout::{self, Strip};
use super::paragraph::{Fate, Gap, Paragraph};
use super::text::{Text, is_blank, readable};

pub(crate) use pass::Pass;

/// Bytes after a piece's end that are held when the piece is judged: as far as a directive can reach, and some words.
pub(crate) const MARGIN: u64 = 4 * 1024 + 256;
/// How many bytes before the limit a piece's end is looked for.
const CUT_WINDOW: u64 = 16 * 1024;
/// A byte order mark.
pub(crate) const BOM: &[u8] = b"\xEF\xBB\xBF";

/// What the input is made of, in its order.
#[derive(Debug)]
pub(crate) enum Event {
    /// Bytes that belong to no document or to no stage: a byte order mark, a separator line.
    Pass(Span),
    /// Blank lines over the limit: they pass as they are, and what was held before them is decided.
    Blank(Span),
    Paragraph(Paragraph),
    /// The end of a document, and the blank lines before it.
    End(Gap),
}

#[derive(Clone, Copy, Debug)]
struct Line {
    start: u64,
    /// After the content, before the line ending.
    content: u64,
    end: u64,
    starts: bool,
    ends: bool,
}

/// The block that is being read.
#[derive(Debug, Default)]
struct Block {
    /// Lines that wait for the judgement.
    waiting: Vec<Line>,
    /// Where it begins.
    start: u64,
    bytes: u64,
    judged: Option<BlockShape>,
    /// It was judged without markers.
    stripped: bool,
    /// The paragraph of a wrapped block, as far as it was read.
    wrapped: Option<Line>,
}

impl Block {
    fn is_open(&self) -> bool {
        self.judged.is_some() || !self.waiting.is_empty()
    }
}

#[derive(Debug, Default)]
pub(crate) struct Assembler {
    separator: Option<Vec<u8>>,
    /// The start of the next line, and up to where its end was looked for.
    at: u64,
    searched: u64,
    /// Inside a line that is over the limit.
    in_line: bool,
    begun: bool,
    finished: bool,
    gap: Gap,
    kinds: Kinds,
    block: Block,
    judge: Judge,
    ready: VecDeque<Event>,
}

impl Assembler {
    pub(crate) fn new(separator: Option<Vec<u8>>, markers: Option<Arc<dyn Strip>>, markdown: bool) -> Self {
        Self { separator, judge: Judge::new(markers), kinds: Kinds::new(markdown), ..Self::default() }
    }

    pub(crate) fn set_markdown(&mut self, markdown: bool) {
        self.kinds = Kinds::new(markdown);
    }

    /// What must not be released yet.
    pub(crate) fn needed_from(&self) -> u64 {
        let waiting = self.block.waiting.first().map(|l| l.start);
        let wrapped = self.block.wrapped.map(|l| l.start);
        let gap = (self.gap.lines > 0).then_some(self.gap.span.start);
        [waiting, wrapped, gap].into_iter().flatten().fold(self.at, u64::min)
    }

    /// The next event, or `None` when more input is needed (with `eof`: when all were emitted).
    pub(crate) fn next(&mut self, buffer: &Buffer, eof: bool) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            if self.finished || !self.begin_document(buffer, eof) {
                return None;
            }
            match self.next_line(buffer, eof) {
                Some(line) => self.add(line, buffer),
                None if eof => self.finish(buffer),
                None => return None,
            }
        }
    }

    /// Sees what a document may begin with. False: more input is needed for it.
    fn begin_document(&mut self, buffer: &Buffer, eof: bool) -> bool {
        self.begin(buffer, eof) && self.kinds.begin(self.at, self.separator.as_deref(), buffer, eof)
    }

    /// Emits a byte order mark. False as long as too few bytes are there to recognise it.
    fn begin(&mut self, buffer: &Buffer, eof: bool) -> bool {
        if !self.begun {
            let (start, bytes) = (self.at, buffer.rest(self.at));
            if bytes.len() < BOM.len() && !eof && BOM.starts_with(bytes) {
                return false;
            }
            self.begun = true;
            if bytes.starts_with(BOM) {
                self.at += BOM.len() as u64;
                self.ready.push_back(Event::Pass(Span::new(start, self.at)));
            }
            self.gap.span = Span::new(self.at, self.at);
        }
        true
    }

    /// The next input begins at what was read last, as the first one began.
    pub(crate) fn restart(&mut self, buffer: &Buffer) {
        debug_assert!(self.finished && self.ready.is_empty() && self.at == buffer.end());
        self.gap = Gap { span: Span::new(self.at, self.at), lines: 0 };
        self.searched = self.at;
        (self.in_line, self.begun, self.finished) = (false, false, false);
    }

    fn next_line(&mut self, buffer: &Buffer, eof: bool) -> Option<Line> {
        let found = self.newline(buffer);
        let end = found.unwrap_or(buffer.end());
        if end - self.at > LIMIT {
            return (found.is_some() || eof || end - self.at > LIMIT + MARGIN).then(|| self.piece(buffer));
        }
        let (starts, at) = (!self.in_line, self.at);
        let line = match found {
            Some(newline) => {
                Line { start: at, content: content_end(at, newline, buffer), end: newline + 1, starts, ends: true }
            }
            None if eof && end > at => Line { start: at, content: end, end, starts, ends: true },
            None => return None,
        };
        self.at = line.end;
        self.in_line = false;
        Some(line)
    }

    /// The next newline, if it was read.
    fn newline(&mut self, buffer: &Buffer) -> Option<u64> {
        let from = self.searched.max(self.at);
        let found = match buffer.rest(from) {
            // The common blank line.
            [b'\n', ..] => Some(from),
            rest => memchr(b'\n', rest).map(|i| from + i as u64),
        };
        self.searched = found.unwrap_or(buffer.end());
        found
    }

    /// The first piece of what is left of a line over the limit.
    fn piece(&mut self, buffer: &Buffer) -> Line {
        let window = Span::new(self.at + LIMIT - CUT_WINDOW, self.at + LIMIT);
        let cut = window.start + cut(buffer.slice(window)) as u64;
        let line = Line { start: self.at, content: cut, end: cut, starts: !self.in_line, ends: false };
        self.at = cut;
        self.in_line = true;
        line
    }

    fn add(&mut self, line: Line, buffer: &Buffer) {
        let content = buffer.slice(Span::new(line.start, line.content));
        if line.starts && line.ends {
            if self.separator.as_deref() == Some(content) {
                self.close_document(buffer);
                self.ready.push_back(Event::Pass(Span::new(line.start, line.end)));
                // Files that begin with a byte order mark were put together.
                self.begun = false;
                return;
            }
            if is_blank(content) {
                self.close_block(buffer);
                return self.add_blank(line);
            }
            match self.kinds.read(line.start, content, self.block.is_open()) {
                Kind::Article => self.add_to_block(line, buffer),
                kind => {
                    self.close_block(buffer);
                    self.push(line, layout::ALONE, 0, kind, Known::default());
                }
            }
        } else {
            // A line over the limit is a block of its own: nothing of it is held but the piece.
            if line.starts {
                self.close_block(buffer);
            }
            let shape = BlockShape { lines: 1, ..BlockShape::default() };
            self.push(line, shape, 0, self.kinds.of_piece(), Known::default());
        }
    }

    fn add_blank(&mut self, line: Line) {
        if self.gap.lines == 0 {
            self.gap.span.start = line.start;
        }
        self.gap.span.end = line.end;
        self.gap.lines = self.gap.lines.saturating_add(1);
        if self.gap.span.len() > LIMIT {
            self.ready.push_back(Event::Blank(self.gap.span));
            self.gap = Gap { span: Span::new(line.end, line.end), lines: 0 };
        }
    }

    fn add_to_block(&mut self, line: Line, buffer: &Buffer) {
        match self.block.judged {
            None => {
                if self.block.waiting.is_empty() {
                    self.block.start = line.start;
                }
                self.block.bytes += line.end - line.start;
                self.block.waiting.push(line);
                if self.block.waiting.len() >= layout::START || self.block.bytes >= layout::BYTES {
                    self.judge(buffer);
                }
            }
            Some(shape) if shape.layout == Layout::Wrapped => self.wrap(line, shape),
            Some(mut shape) => {
                shape.index = shape.index.saturating_add(1);
                self.list(line, shape, 0, Known::default(), buffer);
            }
        }
    }

    /// The block that begins there has another shape by now: its next lines have it, too.
    pub(crate) fn reshape(&mut self, start: u64, shape: BlockShape) {
        let same = self.block.start == start;
        if let Some(judged) = self.block.judged.as_mut().filter(|judged| same && judged.layout == Layout::Listed) {
            *judged = BlockShape { index: judged.index, ..shape };
        }
    }

    fn judge(&mut self, buffer: &Buffer) {
        let mut waiting = std::mem::take(&mut self.block.waiting);
        let (shape, lines) =
            if waiting.len() == 1 { (layout::ALONE, Vec::new()) } else { self.shape(&waiting, buffer) };
        let mut lines = lines.into_iter();
        self.block.judged = Some(shape);
        let last = waiting.len() - 1;
        for (i, line) in waiting.drain(..).enumerate() {
            let known = lines.next().unwrap_or_default();
            if shape.layout == Layout::Wrapped {
                self.wrap(line, shape);
            } else {
                self.list(line, BlockShape { index: i as u8, ..shape }, (last - i) as u8, known, buffer);
            }
        }
        self.block.waiting = waiting;
    }

    /// The shape of a block, and what was found out about each line.
    fn shape(&mut self, waiting: &[Line], buffer: &Buffer) -> (BlockShape, Vec<Known>) {
        let texts: Vec<_> = waiting.iter().map(|l| readable(buffer.slice(Span::new(l.start, l.content)))).collect();
        let lines: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        let judged = self.judge.judge(&lines);
        self.block.stripped = judged.stripped;
        (judged.shape, judged.lines)
    }

    /// A line that is a paragraph of its own.
    fn list(&mut self, line: Line, shape: BlockShape, rest: u8, known: Known, buffer: &Buffer) {
        self.block.judged = Some(shape);
        let text = buffer.slice(Span::new(line.start, line.content));
        let kind = Kind::of_listed(text, |line| self.judge.stripped(line, &known));
        self.push(line, shape, rest, kind, known);
    }

    /// Adds a line to the paragraph of a wrapped block. One over the limit is emitted in pieces.
    fn wrap(&mut self, line: Line, shape: BlockShape) {
        match &mut self.block.wrapped {
            Some(open) if line.end - open.start <= LIMIT => (open.content, open.end) = (line.content, line.end),
            Some(open) => {
                let done = Line { ends: false, content: open.end, ..*open };
                *open = Line { starts: false, ..line };
                self.push(done, shape, 0, Kind::Article, Known::default());
            }
            None => self.block.wrapped = Some(line),
        }
    }

    fn close_block(&mut self, buffer: &Buffer) {
        if self.block.judged.is_none() && !self.block.waiting.is_empty() {
            self.judge(buffer);
        }
        if let (Some(line), Some(shape)) = (self.block.wrapped.take(), self.block.judged) {
            self.push(line, shape, 0, Kind::Article, Known::default());
        }
        self.block.judged = None;
        self.block.stripped = false;
        self.block.bytes = 0;
    }

    fn push(&mut self, line: Line, shape: BlockShape, rest: u8, kind: Kind, known: Known) {
        let gap = std::mem::replace(&mut self.gap, Gap { span: Span::new(line.end, line.end), lines: 0 });
        self.ready.push_back(Event::Paragraph(Paragraph {
            gap: Gap { span: Span::new(gap.span.start.min(line.start), line.start), ..gap },
            text: Text::new(Span::new(line.start, line.content)),
            end: line.end,
            shape,
            kind,
            rest,
            stripped: self.block.stripped,
            touched: self.block.stripped,
            starts: line.starts,
            ends: line.ends,
            fate: Fate::Stays,
            known,
            english: None,
            notes: Vec::new(),
        }));
    }

    fn close_document(&mut self, buffer: &Buffer) {
        self.close_block(buffer);
        self.ready.push_back(Event::End(self.gap));
        self.judge.reset();
        self.kinds.reset();
    }

    fn finish(&mut self, buffer: &Buffer) {
        self.close_document(buffer);
        self.finished = true;
    }
}

/// Where a line's content ends: before its newline and the carriage return that belongs to it.
fn content_end(start: u64, newline: u64, buffer: &Buffer) -> u64 {
    newline - u64::from(newline > start && buffer.slice(Span::new(newline - 1, newline)) == b"\r")
}

/// Where to cut a piece in a window of bytes: after a space that no marker and no `U. S.` spans, best at a sentence's end; in a
/// row of markers between two of them; else before a char.
fn cut(window: &[u8]) -> usize {
    let mut word = None;
    for (tries, blank) in memchr::memrchr_iter(b' ', window).enumerate() {
        if tries > 512 {
            break;
        }
        let before = &window[..blank];
        if spans_marker(before) || before.ends_with(b"U.") {
            continue;
        }
        word = word.or(Some(blank + 1));
        if before.ends_with(b". ")
            || before.ends_with(b".") && window.get(blank + 1).is_some_and(u8::is_ascii_uppercase)
        {
            return blank + 1;
        }
    }
    let is_start = |i: &usize| !(0x80..0xC0).contains(&window[*i]);
    word.or_else(|| between_markers(window)).or_else(|| (0..window.len()).rev().find(is_start)).unwrap_or(window.len())
}

/// The last place where one bracket closes and the next opens.
fn between_markers(window: &[u8]) -> Option<usize> {
    let meet = |pair: &[u8]| matches!(pair, [b']' | b'>' | b')', b'[' | b'<' | b'(']);
    window.windows(2).rposition(meet).map(|at| at + 1)
}

/// Whether something that may be a marker is open at the end of these bytes.
fn spans_marker(before: &[u8]) -> bool {
    let near = &before[before.len().saturating_sub(256)..];
    let open = memchr::memrchr3(b'[', b'<', b'(', near);
    open.is_some_and(|i| memchr::memchr3(b']', b'>', b')', &near[i..]).is_none())
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_piece_is_cut_where_nothing_is_torn() {
        for (piece, rest) in [
            // At a sentence's end, else between words.
            ("The lock is open. ", "The weir is not"),
            ("The lock.  ", "the weir"),
            ("The lock is open at 9 a.m. and the weir at ", "ten"),
            ("The lock is ", "open"),
            // No marker and no form of the country's name.
            ("The lock of the ", "U. S."),
            ("The lock ", "[an error"),
            ("The lock [sic] is ", "open"),
            ("[an error occurred]", "[an error"),
            ("[an_error][an_error]", "[an_error"),
            ("<!--#x-->", "<!--#y"),
            // No char.
            ("loc", "k"),
            ("lock", "\u{e9}"),
        ] {
            let window = [piece, rest].concat();
            let at = cut(window.as_bytes());
            assert_eq!((&window[..at], &window[at..]), (piece, rest));
        }
    }
}
