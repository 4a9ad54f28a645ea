//! Lines that pass as spans of the input: what the common text is made of, offered before a paragraph is made of it.

use memchr::memchr;

use super::super::LIMIT;
use super::super::block::{BlockShape, Layout};
use super::super::buffer::{Buffer, Span};
use super::super::layout::{self, Measure};
use super::super::lines::Lines;
use super::super::paragraph::Gap;
use super::super::text::readable;
use super::Assembler;

/// The most blank lines that pass with the line after them.
const BLANK_LINES: usize = 4;

/// What becomes of a line that is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pass {
    /// It passes, and so do those before it that wait.
    Passes,
    /// It passes if one after it does.
    Waits,
    /// It stays, and so do those before it that wait.
    Stays,
}

impl Assembler {
    /// Passes the next lines, as long as each is a block of its own, begins as prose does, and `pass` lets it. Gives all that
    /// has passed, with the blank lines before it, and the last line.
    pub(crate) fn pass_lines<'b>(
        &mut self,
        buffer: &'b Buffer,
        eof: bool,
        mut pass: impl FnMut(Span, &'b [u8]) -> Pass,
    ) -> Option<(Span, Span)> {
        let from = self.passes_from(buffer, eof)?;
        let (mut last, mut at) = (None, self.at);
        loop {
            let start = at + after_blank_lines(buffer.rest(at));
            let Some((line, text, end)) = self.line_of_prose(start, buffer, eof) else { break };
            at = end;
            if !self.ends_block(buffer.rest(at), eof) {
                break;
            }
            match pass(line, text) {
                Pass::Passes => (self.at, last) = (at, Some(line)),
                Pass::Waits => {}
                Pass::Stays => break,
            }
        }
        let last = last?;
        self.has_passed();
        Some((Span::new(from, self.at), last))
    }

    /// Passes the lines of the next block that would be judged together, if they are all there before `clear`, each begins as
    /// prose does, and `pass` lets them: it may ask for their shape, and gives it. Gives them with the blank lines before them.
    pub(crate) fn pass_block<'b>(
        &mut self,
        buffer: &'b Buffer,
        eof: bool,
        clear: u64,
        pass: impl FnOnce(&Lines<'b>, &dyn Fn() -> Option<BlockShape>) -> Option<BlockShape>,
    ) -> Option<Span> {
        let from = self.passes_from(buffer, eof)?;
        let first = self.at + after_blank_lines(buffer.rest(self.at));
        let (mut at, mut lines) = (first, Lines::default());
        let goes_on = loop {
            let (line, text, end) = self.line_of_prose(at, buffer, eof).filter(|line| line.0.end <= clear)?;
            at = end;
            let is_last = self.ends_block(buffer.rest(at), eof);
            if is_last && lines.is_empty() {
                return None;
            }
            lines.push(line, text);
            if is_last || lines.len() == layout::START || at - first >= layout::BYTES {
                break !is_last;
            }
        };
        let shape = pass(&lines, &|| wide_shape(&lines, self.judge.is_after_broken()))?;
        if goes_on {
            self.block.start = first;
            self.block.judged = Some(BlockShape { index: (lines.len() - 1) as u8, ..shape });
        }
        self.at = at;
        self.has_passed();
        Some(Span::new(from, at))
    }

    /// Passes the next lines of a listed block that has been judged, as long as each begins as prose does and `pass` lets it.
    pub(crate) fn pass_listed<'b>(
        &mut self,
        buffer: &'b Buffer,
        eof: bool,
        mut pass: impl FnMut(Span, &'b [u8], BlockShape) -> bool,
    ) -> Option<Span> {
        let from = self.at;
        let is_listed = |shape: &BlockShape| shape.layout == Layout::Listed;
        let mut shape =
            self.block.judged.filter(is_listed).filter(|_| self.is_at_line() && self.kinds.are_plain(from))?;
        while let Some((line, text, end)) = self.line_of_prose(self.at, buffer, eof) {
            shape.index = shape.index.saturating_add(1);
            if !pass(line, text, shape) {
                break;
            }
            (self.at, self.block.judged) = (end, Some(shape));
        }
        if self.at == from {
            return None;
        }
        self.has_passed();
        Some(Span::new(from, self.at))
    }

    /// Where the next block and the blank lines before it begin, where it may pass.
    pub(crate) fn passes_from(&mut self, buffer: &Buffer, eof: bool) -> Option<u64> {
        let begins = !self.block.is_open() && self.is_at_line() && self.begin_document(buffer, eof);
        if !begins || !self.ready.is_empty() || !self.kinds.are_plain(self.at) {
            return None;
        }
        Some(if self.gap.lines > 0 { self.gap.span.start } else { self.at })
    }

    /// Whether a line comes next, and nothing waits.
    fn is_at_line(&self) -> bool {
        !self.finished && !self.in_line && self.ready.is_empty() && self.block.waiting.is_empty()
    }

    /// The line that begins at an offset, where it begins as prose does and all of it is there: its span and its bytes, without
    /// its ending, and where the next one begins.
    fn line_of_prose<'b>(&self, start: u64, buffer: &'b Buffer, eof: bool) -> Option<(Span, &'b [u8], u64)> {
        let rest = buffer.rest(start);
        if !rest.first().is_some_and(|&first| begins_prose(first)) {
            return None;
        }
        let (text, len) = match memchr(b'\n', rest) {
            Some(len) => (rest[..len].strip_suffix(b"\r").unwrap_or(&rest[..len]), len + 1),
            None if eof => (rest, rest.len()),
            None => return None,
        };
        let passes = text.len() as u64 <= LIMIT && self.separator.as_deref() != Some(text);
        passes.then(|| (Span::new(start, start + text.len() as u64), text, start + len as u64))
    }

    fn has_passed(&mut self) {
        self.gap = Gap { span: Span::new(self.at, self.at), lines: 0 };
    }

    /// Whether the block before these bytes has ended.
    fn ends_block(&self, rest: &[u8], eof: bool) -> bool {
        let is_empty = |line: &[u8]| matches!(line, [b'\n', ..] | [b'\r', b'\n', ..]) || eof && line.is_empty();
        let is_separator = |separator| rest.strip_prefix(separator).is_some_and(is_empty);
        is_empty(rest) || self.separator.as_deref().is_some_and(is_separator)
    }
}

/// The shape of a block that is too wide to be wrapped; none where it may be.
fn wide_shape(lines: &Lines<'_>, broken: bool) -> Option<BlockShape> {
    let measures: Vec<Measure> =
        lines.texts().iter().take(layout::LINES).map(|line| Measure::of(&readable(line))).collect();
    layout::judge_wide(measures.iter().copied(), broken)
}

/// The length of the empty lines with which these bytes begin: few are common.
fn after_blank_lines(rest: &[u8]) -> u64 {
    let mut after = rest;
    for _ in 0..BLANK_LINES {
        after = match after {
            [b'\n', after @ ..] | [b'\r', b'\n', after @ ..] => after,
            _ => break,
        };
    }
    (rest.len() - after.len()) as u64
}

/// Whether a line that begins with this byte is no fence, no markup and not indented.
fn begins_prose(first: u8) -> bool {
    first.is_ascii_alphanumeric() || matches!(first, b'"' | b'\'' | b'(' | b'$' | 0x80..)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buffer(text: &str) -> Buffer {
        let mut buffer = Buffer::default();
        buffer.append(text.as_bytes());
        buffer
    }

    fn lines() -> Assembler {
        Assembler::new(Some(b"%%".to_vec()), None, false)
    }

    fn slice(buffer: &Buffer, span: Span) -> &str {
        std::str::from_utf8(buffer.slice(span)).expect("the test's text")
    }

    /// What passes of blocks of one line: those that end in a full stop, and what waits for one of them.
    fn pass_lines(buffer: &Buffer, eof: bool) -> Option<&str> {
        let pass = |_, text: &[u8]| match text {
            [.., b'.'] => Pass::Passes,
            [.., b'!'] => Pass::Stays,
            _ => Pass::Waits,
        };
        lines().pass_lines(buffer, eof, pass).map(|(whole, _)| slice(buffer, whole))
    }

    #[test]
    fn blocks_of_one_line_pass_up_to_one_that_stays() {
        for (text, passed) in [
            ("It rained.\n\nIt blew.\n\nHelp!\n\nIt rained.\n\n", Some("It rained.\n\nIt blew.\n")),
            ("\n\nIt rained.\r\n\r\nTwo\r\nlines.\r\n\r\n", Some("\n\nIt rained.\r\n")),
            ("It rained.\n%%\nIt blew.\n\n", Some("It rained.\n")),
            ("%%\nIt rained.\n\n", None),
            ("- It rained.\n\n", None),
            ("\n\n\n\n\nIt rained.\n\n", None),
        ] {
            assert_eq!(pass_lines(&buffer(text), false), passed, "{text:?}");
        }
    }

    #[test]
    fn a_line_that_waits_passes_with_one_after_it() {
        assert_eq!(
            pass_lines(&buffer("Rain\n\nBy Ada Mills\n\nIt rained.\n\nWind\n\n"), false).map(str::len),
            Some(31)
        );
        assert_eq!(pass_lines(&buffer("Rain\n\nHelp!\n\nIt rained.\n\n"), false), None);
    }

    #[test]
    fn the_last_line_passes_at_the_end_of_the_input() {
        for text in ["It rained.\n\nIt blew.", "It rained.\n\nIt blew.\n"] {
            assert_eq!(pass_lines(&buffer(text), false), Some("It rained.\n"));
            assert_eq!(pass_lines(&buffer(text), true), Some(text));
        }
    }

    /// A line that is too wide to be a part of a wrapped block.
    fn wide(first: &str) -> String {
        format!("{first} {}.", "the harbor was shut and nobody came ".repeat(4).trim_end())
    }

    #[test]
    fn of_a_block_all_lines_pass_that_are_judged_together() {
        let text = format!("\n{}\nRain\n{}\n\nWind\n\n", wide("On Monday"), wide("On Friday"));
        let buffer = buffer(&text);
        let mut lines = lines();
        assert_eq!(lines.pass_block(&buffer, false, u64::MAX, |_, _| None), None);
        let mut seen = None;
        let passed = lines.pass_block(&buffer, false, u64::MAX, |row, shape| {
            let shape = shape();
            seen = shape.map(|shape| (row.len(), shape.lines, shape.short, shape.closed));
            shape
        });
        assert_eq!(seen, Some((3, 3, 1, 2)));
        assert_eq!(passed.map(|span| slice(&buffer, span)), Some(&text[..text.len() - "\nWind\n\n".len()]));
        assert_eq!(lines.pass_listed(&buffer, false, |_, _, _| true), None);
    }

    #[test]
    fn a_block_that_may_be_wrapped_has_no_shape() {
        let buffer = buffer("The harbor was shut and nobody came, and the\nferry stayed at the quay.\n\n");
        let mut asked = false;
        let passed = lines().pass_block(&buffer, false, u64::MAX, |_, shape| {
            asked = true;
            shape()
        });
        assert!(asked && passed.is_none());
    }

    #[test]
    fn lines_after_a_block_s_start_pass_one_by_one() {
        let start = format!("{}\n", wide("On Monday")).repeat(layout::START);
        let buffer = buffer(&format!("{start}It rained.\nIt blew.\nHelp!\nIt rained.\n\n"));
        let mut lines = lines();
        let passed = lines.pass_block(&buffer, false, u64::MAX, |_, shape| shape());
        // Their number and their bytes are bounded.
        let count = passed.map_or(0, |span| slice(&buffer, span).lines().count());
        assert!(count > layout::LINES && count <= layout::START);
        let mut indexes = Vec::new();
        let passed = lines.pass_listed(&buffer, false, |_, text, shape| {
            indexes.push(usize::from(shape.index));
            text.ends_with(b".")
        });
        assert!(passed.is_some_and(|span| slice(&buffer, span).ends_with("It rained.\nIt blew.\n")));
        assert_eq!(indexes, (count..layout::START + 3).collect::<Vec<_>>());
    }
}
