//! A hunk of a unified diff, and its lines: gathered in bounded memory, since a hunk's length stands before its lines.

use std::io::{self, Write};

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
}

impl Line {
    /// Takes a piece of a line, perhaps with its end: whether it is complete now.
    pub(crate) fn push(&mut self, piece: &[u8]) -> bool {
        let text = piece.strip_suffix(b"\n");
        self.ended = text.is_some();
        let text = text.unwrap_or(piece);
        let held = text.len().min(LINE - self.bytes.len());
        self.bytes.extend_from_slice(&text[..held]);
        self.more += text.len() - held;
        self.ended
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty() && !self.ended
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
    colours: bool,
}

impl Hunk {
    /// `start`: the lines before it.
    pub(crate) fn new(start: Lines, colours: bool) -> Self {
        Self { start, length: Lines::default(), body: Held::new(HUNK), new: Vec::new(), colours }
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
        let mut text = format!("{mark}{}", visible(&line.bytes));
        if line.more > 0 {
            text += &format!(" [… {} bytes …]", line.more);
        }
        writeln!(self.body, "{}", coloured(&text, colour, self.colours))?;
        if line.ended { Ok(()) } else { writeln!(self.body, "\\ No newline at end of file") }
    }

    pub(crate) fn finish(mut self, out: &mut dyn Write) -> io::Result<()> {
        self.write_new()?;
        let (old, new) = (range(self.start.old, self.length.old), range(self.start.new, self.length.new));
        writeln!(out, "{}", coloured(&format!("@@ -{old} +{new} @@"), "\x1b[36m", self.colours))?;
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

pub(crate) fn coloured(text: &str, colour: &str, colours: bool) -> String {
    if colours && !colour.is_empty() { format!("{colour}{text}\x1b[0m") } else { text.to_owned() }
}
