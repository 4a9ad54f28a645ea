//! A hunk of a unified diff, and its lines: gathered in bounded memory, since a hunk's length stands before its lines.

use std::io::{self, Write};
use std::ops::Range;

use super::held::Held;
use crate::app::report::visible;

/// Bytes of a line that are shown.
pub(crate) const LINE: usize = 64 * 1024;
/// New lines that are held at most, to follow all the old ones of a change.
pub(crate) const NEW: usize = 64;
/// Bytes of a hunk that are held in memory; the rest waits on the disk.
const HUNK: usize = 256 * 1024;

/// A number of lines as they were and as they become.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Lines {
    pub(crate) old: usize,
    pub(crate) new: usize,
}

/// The start of a line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    bytes: Vec<u8>,
    /// Bytes that are not held.
    more: usize,
    /// It has a line's end, which is not held.
    ended: bool,
    /// What the other side has otherwise, ascending and apart.
    changed: Vec<Range<usize>>,
}

impl Line {
    /// Takes a piece of a line, perhaps with its end: whether it is complete now. `changed`: the other side has it otherwise.
    pub(crate) fn push(&mut self, piece: &[u8], changed: bool) -> bool {
        let text = piece.strip_suffix(b"\n");
        self.ended = text.is_some();
        let text = text.unwrap_or(piece);
        let held = text.len().min(LINE - self.bytes.len());
        let start = self.bytes.len();
        self.bytes.extend_from_slice(&text[..held]);
        if changed && held > 0 {
            match self.changed.last_mut().filter(|last| last.end == start) {
                Some(last) => last.end += held,
                None => self.changed.push(start..start + held),
            }
        }
        self.more += text.len() - held;
        self.ended
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty() && !self.ended
    }

    /// The line as a person sees it. `marks`: the words that changed are shown so.
    fn shown(&self, marks: bool) -> String {
        let changed = if marks { self.changed_words() } else { Vec::new() };
        let (mut text, mut at) = (String::new(), 0);
        for word in changed {
            text += &format!(
                "{}{MARK}{}{UNMARK}",
                visible(&self.bytes[at..word.start]),
                visible(&self.bytes[word.clone()])
            );
            at = word.end;
        }
        text + &visible(&self.bytes[at..])
    }

    /// The words that changed, with what touches them; none where that is the whole line.
    fn changed_words(&self) -> Vec<Range<usize>> {
        let is_space = |byte: &u8| byte.is_ascii_whitespace();
        let mut words: Vec<Range<usize>> = Vec::new();
        for range in &self.changed {
            let (before, after) = (&self.bytes[..range.start], &self.bytes[range.end..]);
            let starts_in_word = !is_space(&self.bytes[range.start]);
            let ends_in_word = !is_space(&self.bytes[range.end - 1]);
            let start = before.iter().rposition(is_space).map_or(0, |at| at + 1);
            let end = range.end + after.iter().position(is_space).unwrap_or(after.len());
            let word = if starts_in_word { start } else { range.start }..if ends_in_word { end } else { range.end };
            match words.last_mut().filter(|last| last.end >= word.start) {
                Some(last) => last.end = last.end.max(word.end),
                None => words.push(word),
            }
        }
        words.retain(|word| *word != (0..self.bytes.len()));
        words
    }
}

/// Reverse video, and its end.
const MARK: &str = "\x1b[7m";
const UNMARK: &str = "\x1b[27m";

/// How a diff is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) colours: bool,
    /// It is read by a person on a terminal, which the text must not steer; programs get every byte.
    pub(crate) on_screen: bool,
}

impl Style {
    pub(crate) fn coloured(self, text: &str, colour: &str) -> String {
        if self.colours && !colour.is_empty() { format!("{colour}{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// Where a line of a hunk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Both,
    Old,
    New,
}

pub(crate) struct Hunk {
    /// Lines before it.
    start: Lines,
    length: Lines,
    body: Held,
    /// New lines that are not in the body yet.
    new: Vec<Line>,
    style: Style,
}

impl Hunk {
    /// `start`: the lines before it.
    pub(crate) fn new(start: Lines, style: Style) -> Self {
        Self { start, length: Lines::default(), body: Held::new(HUNK), new: Vec::new(), style }
    }

    pub(crate) fn push(&mut self, side: Side, line: Line) -> io::Result<()> {
        self.length.old += usize::from(side != Side::New);
        self.length.new += usize::from(side != Side::Old);
        match side {
            Side::New => self.new.push(line),
            Side::Old => self.write('-', &line, "\x1b[31m")?,
            Side::Both => {
                self.write_new()?;
                self.write(' ', &line, "")?;
            }
        }
        if self.new.len() > NEW { self.write_new() } else { Ok(()) }
    }

    fn write_new(&mut self) -> io::Result<()> {
        let lines = std::mem::take(&mut self.new);
        lines.iter().try_for_each(|line| self.write('+', line, "\x1b[32m"))
    }

    fn write(&mut self, mark: char, line: &Line, colour: &str) -> io::Result<()> {
        let more = if line.more > 0 { format!(" [… {} bytes …]", line.more) } else { String::new() };
        if self.style.on_screen || self.style.colours {
            let text = format!("{mark}{}{more}", line.shown(self.style.colours));
            writeln!(self.body, "{}", self.style.coloured(&text, colour))?;
        } else {
            write!(self.body, "{mark}")?;
            self.body.write_all(&line.bytes)?;
            writeln!(self.body, "{more}")?;
        }
        if line.ended { Ok(()) } else { writeln!(self.body, "\\ No newline at end of file") }
    }

    pub(crate) fn finish(mut self, out: &mut dyn Write) -> io::Result<()> {
        self.write_new()?;
        let (old, new) = (range(self.start.old, self.length.old), range(self.start.new, self.length.new));
        writeln!(out, "{}", self.style.coloured(&format!("@@ -{old} +{new} @@"), "\x1b[36m"))?;
        self.body.give(out)
    }
}

/// The lines of a side, as a hunk's head names them: of none, the line before them.
fn range(start: usize, length: usize) -> String {
    match length {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        _ => format!("{},{length}", start + 1),
    }
}
