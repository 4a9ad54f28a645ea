//! A unified diff, made of the edits as they come: nothing is compared, and no more is held than the lines of a change.

use std::collections::VecDeque;
use std::io::{self, Seek, Write};

use copydesk::{Edit, Receiver};
use tempfile::{SpooledTempFile, spooled_tempfile};

use crate::app::report::visible;

/// Lines that are shown around a change.
const CONTEXT: usize = 3;
/// Bytes of a line that are shown.
const LINE: usize = 64 * 1024;
/// New lines that are held, to stand behind all the old ones of a change.
const NEW: usize = 64;
/// Bytes of a hunk that are held in memory; the rest waits on the disk.
const HUNK: usize = 256 * 1024;

/// Writes the diff of one file.
pub(crate) struct Diff<'a> {
    name: String,
    colours: bool,
    out: &'a mut dyn Write,
    /// The line that is not complete, as it was.
    old: Line,
    /// While the two sides differ: the new side's lines since then, the last one not complete.
    new: Option<Vec<Line>>,
    /// The lines before the next change, if no hunk is open.
    before: VecDeque<Line>,
    hunk: Option<Hunk>,
    /// Lines of each side that are complete.
    passed: Lines,
    /// The file's names are written.
    headed: bool,
}

/// A number of lines as they were and as they become.
#[derive(Clone, Copy, Debug, Default)]
struct Lines {
    old: usize,
    new: usize,
}

/// The start of a line.
#[derive(Clone, Debug, Default)]
struct Line {
    bytes: Vec<u8>,
    /// Bytes that are not held.
    more: usize,
    /// It has a line's end, which is not held.
    ended: bool,
}

impl Line {
    /// Takes a piece of a line, perhaps with its end: whether it is complete now.
    fn push(&mut self, piece: &[u8]) -> bool {
        let text = piece.strip_suffix(b"\n");
        self.ended = text.is_some();
        let text = text.unwrap_or(piece);
        let held = text.len().min(LINE - self.bytes.len());
        self.bytes.extend_from_slice(&text[..held]);
        self.more += text.len() - held;
        self.ended
    }

    fn is_empty(&self) -> bool {
        self.bytes.is_empty() && !self.ended
    }
}

/// A hunk that is not written: its length stands before its lines.
struct Hunk {
    /// Lines before it.
    start: Lines,
    length: Lines,
    body: SpooledTempFile,
    /// New lines that are not in the body yet.
    new: Vec<Line>,
    /// Lines behind the last change.
    behind: VecDeque<Line>,
}

/// What a line of a hunk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Both,
    Old,
    New,
}

impl<'a> Diff<'a> {
    pub(crate) fn new(name: &str, colours: bool, out: &'a mut dyn Write) -> Self {
        Self {
            name: visible(name.as_bytes()),
            colours,
            out,
            old: Line::default(),
            new: None,
            before: VecDeque::new(),
            hunk: None,
            passed: Lines::default(),
            headed: false,
        }
    }

    /// The end of the file.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        let last = std::mem::take(&mut self.old);
        match (self.new.is_some(), last.is_empty()) {
            (true, false) => self.tell(Side::Old, &last)?,
            (false, false) => self.stays(last)?,
            (_, true) => {}
        }
        self.join()?;
        self.close()
    }

    /// A line that stays.
    fn stays(&mut self, line: Line) -> io::Result<()> {
        self.passed.old += 1;
        self.passed.new += 1;
        let Some(hunk) = &mut self.hunk else {
            self.before.push_back(line);
            if self.before.len() > CONTEXT {
                self.before.pop_front();
            }
            return Ok(());
        };
        hunk.behind.push_back(line);
        // Between two changes that are nearer the lines are shown all.
        if hunk.behind.len() > 2 * CONTEXT {
            self.before = hunk.behind.split_off(CONTEXT + 1);
            hunk.behind.truncate(CONTEXT);
            self.close()?;
        }
        Ok(())
    }

    /// From here on the sides differ.
    fn part(&mut self) -> io::Result<()> {
        if self.new.is_some() {
            return Ok(());
        }
        self.new = Some(vec![self.old.clone()]);
        let passed = self.passed;
        let before = std::mem::take(&mut self.before);
        let hunk = self.hunk.get_or_insert_with(|| Hunk {
            start: Lines { old: passed.old - before.len(), new: passed.new - before.len() },
            length: Lines::default(),
            body: spooled_tempfile(HUNK),
            new: Vec::new(),
            behind: before,
        });
        let context = std::mem::take(&mut hunk.behind);
        context.iter().try_for_each(|line| hunk.push(Side::Both, line, self.colours))
    }

    /// The sides are alike again: what became of the lines is told.
    fn join(&mut self) -> io::Result<()> {
        let lines = self.new.take().unwrap_or_default();
        lines.iter().filter(|l| !l.is_empty()).try_for_each(|line| self.tell(Side::New, line))
    }

    fn tell(&mut self, side: Side, line: &Line) -> io::Result<()> {
        match side {
            Side::Old => self.passed.old += 1,
            _ => self.passed.new += 1,
        }
        self.hunk.as_mut().map_or(Ok(()), |hunk| hunk.push(side, line, self.colours))
    }

    /// Writes the open hunk.
    fn close(&mut self) -> io::Result<()> {
        let Some(mut hunk) = self.hunk.take() else { return Ok(()) };
        hunk.behind.truncate(CONTEXT);
        let behind = std::mem::take(&mut hunk.behind);
        behind.iter().try_for_each(|line| hunk.push(Side::Both, line, self.colours))?;
        hunk.write_new(self.colours)?;
        if !self.headed {
            self.headed = true;
            let heads = [format!("--- {}", self.name), format!("+++ {}", self.name)];
            heads.iter().try_for_each(|head| writeln!(self.out, "{}", coloured(head, "\x1b[1m", self.colours)))?;
        }
        let range =
            format!("@@ -{} +{} @@", range(hunk.start.old, hunk.length.old), range(hunk.start.new, hunk.length.new));
        writeln!(self.out, "{}", coloured(&range, "\x1b[36m", self.colours))?;
        hunk.body.rewind()?;
        io::copy(&mut hunk.body, self.out).map(|_| ())
    }
}

impl Hunk {
    fn push(&mut self, side: Side, line: &Line, colours: bool) -> io::Result<()> {
        self.length.old += usize::from(side != Side::New);
        self.length.new += usize::from(side != Side::Old);
        match side {
            Side::New => self.new.push(line.clone()),
            Side::Old => self.write('-', line, if colours { "\x1b[31m" } else { "" })?,
            Side::Both => {
                self.write_new(colours)?;
                self.write(' ', line, "")?;
            }
        }
        if self.new.len() > NEW { self.write_new(colours) } else { Ok(()) }
    }

    fn write_new(&mut self, colours: bool) -> io::Result<()> {
        let lines = std::mem::take(&mut self.new);
        lines.iter().try_for_each(|line| self.write('+', line, if colours { "\x1b[32m" } else { "" }))
    }

    fn write(&mut self, mark: char, line: &Line, colour: &str) -> io::Result<()> {
        let mut text = format!("{mark}{}", visible(&line.bytes));
        if line.more > 0 {
            text += &format!(" [… {} bytes …]", line.more);
        }
        writeln!(self.body, "{}", coloured(&text, colour, !colour.is_empty()))?;
        if line.ended { Ok(()) } else { writeln!(self.body, "\\ No newline at end of file") }
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

fn coloured(text: &str, colour: &str, colours: bool) -> String {
    if colours { format!("{colour}{text}\x1b[0m") } else { text.to_owned() }
}

impl Receiver for Diff<'_> {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        for piece in bytes.split_inclusive(|&b| b == b'\n') {
            let ended = self.old.push(piece);
            if let Some(last) = self.new.as_mut().and_then(|new| new.last_mut()) {
                last.push(piece);
            }
            if ended {
                let line = std::mem::take(&mut self.old);
                if self.new.is_some() {
                    self.tell(Side::Old, &line)?;
                    self.join()?;
                } else {
                    self.stays(line)?;
                }
            }
        }
        Ok(())
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        let (before, after) = (&edit.before[..], &edit.after[..]);
        let prefix = before.iter().zip(after).take_while(|(a, b)| a == b).count();
        let rest = before[prefix..].iter().rev().zip(after[prefix..].iter().rev());
        let suffix = rest.take_while(|(a, b)| a == b).count();
        self.keep(&before[..prefix])?;
        self.part()?;
        for piece in before[prefix..before.len() - suffix].split_inclusive(|&b| b == b'\n') {
            if self.old.push(piece) {
                let line = std::mem::take(&mut self.old);
                self.tell(Side::Old, &line)?;
            }
        }
        let new = self.new.get_or_insert_default();
        for piece in after[prefix..after.len() - suffix].split_inclusive(|&b| b == b'\n') {
            if new.last_mut().is_some_and(|last| last.push(piece)) {
                new.push(Line::default());
            }
        }
        if self.old.is_empty() && new.last().is_none_or(Line::is_empty) {
            self.join()?;
        }
        self.keep(&before[before.len() - suffix..])
    }
}

#[cfg(test)]
mod tests {
    use copydesk::Rule;
    use insta::assert_snapshot;

    use super::*;

    /// The diff of pieces: a text that is kept, or one that becomes another.
    fn diff(pieces: &[(&str, &str)]) -> String {
        let mut out = Vec::new();
        let mut diff = Diff::new("a.txt", false, &mut out);
        for (before, after) in pieces {
            let told = if before == after {
                diff.keep(before.as_bytes())
            } else {
                let (before, after) = (before.as_bytes().into(), after.as_bytes().into());
                diff.edit(Edit { start: 0, before, after, rules: vec![Rule::CountryName].into() })
            };
            told.expect("a vector takes everything");
        }
        diff.finish().expect("a vector takes everything");
        String::from_utf8(out).expect("a diff is UTF-8")
    }

    #[test]
    fn what_stays_shows_nothing() {
        assert_eq!(diff(&[]), "");
        assert_eq!(diff(&[("One\nTwo", "One\nTwo")]), "");
    }

    #[test]
    fn a_line_is_replaced_between_its_neighbours() {
        let text =
            [("1\n2\n3\n4\nto the ", "1\n2\n3\n4\nto the "), ("USA", "U.S."), (".\n6\n7\n8\n9\n", ".\n6\n7\n8\n9\n")];
        assert_snapshot!(diff(&text), @r"
        --- a.txt
        +++ a.txt
        @@ -2,7 +2,7 @@
         2
         3
         4
        -to the USA.
        +to the U.S..
         6
         7
         8
        ");
    }

    #[test]
    fn lines_go_and_are_joined() {
        assert_snapshot!(diff(&[("T\n\n", ""), ("T\n\na", "T\n\na"), ("\n\n", " "), ("b\n", "b\n")]), @r"
        --- a.txt
        +++ a.txt
        @@ -1,7 +1,3 @@
        -T
        -
         T
         
        -a
        -
        -b
        +a b
        ");
    }

    /// An edit that takes more than differs is shown as what differs.
    #[test]
    fn only_what_differs_is_shown() {
        assert_snapshot!(diff(&[("a\nb\nc\n", "a\nx\nc\n")]), @r"
        --- a.txt
        +++ a.txt
        @@ -1,3 +1,3 @@
         a
        -b
        +x
         c
        ");
    }

    #[test]
    fn far_changes_are_hunks_of_their_own() {
        let far = diff(&[("a", "b"), ("\n1\n2\n3\n4\n5\n6\n7\n", "\n1\n2\n3\n4\n5\n6\n7\n"), ("a\n", "")]);
        assert_snapshot!(far, @r"
        --- a.txt
        +++ a.txt
        @@ -1,4 +1,4 @@
        -a
        +b
         1
         2
         3
        @@ -6,4 +6,3 @@
         5
         6
         7
        -a
        ");
        let near = diff(&[("a", "b"), ("\n1\n2\n3\n4\n5\n6\n", "\n1\n2\n3\n4\n5\n6\n"), ("a\n", "")]);
        assert_eq!(near.matches("@@ ").count(), 1, "{near}");
    }

    /// Unless they are too many to be held.
    #[test]
    fn the_old_lines_of_a_change_stand_before_the_new_ones() {
        let change = [("a", "x"), ("\n", "\n"), ("b", "y"), ("\n", "\n")];
        assert_snapshot!(diff(&change), @r"
        --- a.txt
        +++ a.txt
        @@ -1,2 +1,2 @@
        -a
        -b
        +x
        +y
        ");
        let many = diff(&[("a", "x"), ("\n", "\n")].repeat(NEW + 2));
        assert!(many.contains("@@ -1,66 +1,66 @@\n") && many.ends_with("+x\n-a\n+x\n"), "{many}");
    }

    #[test]
    fn a_last_line_without_an_end_is_told() {
        assert_snapshot!(diff(&[("a", "a"), ("\nmarker", "")]), @r"
        --- a.txt
        +++ a.txt
        @@ -1,2 +1 @@
        -a
        -marker
        \ No newline at end of file
        +a
        \ No newline at end of file
        ");
        assert_snapshot!(diff(&[("a\n", "")]), @r"
        --- a.txt
        +++ a.txt
        @@ -1 +0,0 @@
        -a
        ");
    }

    #[test]
    fn a_long_line_is_shortened_and_control_characters_are_shown() {
        let long = "x".repeat(LINE + 10);
        let shown = diff(&[("\u{1b}[2J\r", ""), (&long, &long)]);
        assert!(shown.contains("-\\u{1b}[2J␍xxx") && shown.contains("x [… 15 bytes …]\n"), "{}", &shown[..80]);
        assert!(shown.contains("\n+xxx") && !shown.contains('\u{1b}'));
    }
}
