//! A unified diff, made of the edits as they come: nothing is compared, and no more is held than the lines of a change.

use std::collections::VecDeque;
use std::io::{self, Write};

use copydesk::{Edit, EditSink};

use super::hunk::{Hunk, Line, Lines, Side, Style};
use crate::app::clean::Sink;
use crate::app::report::is_invisible;

/// Lines that are shown around a change.
const CONTEXT: usize = 3;

/// Writes the diff of one file.
pub(crate) struct Diff<'a> {
    /// As the diff's head has it.
    name: String,
    style: Style,
    out: &'a mut dyn Write,
    /// The line that is not complete, as it was.
    old: Line,
    /// While the two sides differ: the new side's lines since then, the last one not complete.
    new: Option<Vec<Line>>,
    /// The hunk that is open.
    hunk: Option<Hunk>,
    /// The last lines that stay: after the open hunk's last change, or before the next change.
    stay: VecDeque<Line>,
    /// Lines of each side that are complete.
    passed: Lines,
    /// The file's names are written.
    headed: bool,
}

impl<'a> Diff<'a> {
    pub(crate) fn new(name: &[u8], style: Style, out: &'a mut dyn Write) -> Self {
        Self {
            name: headed(name),
            style,
            out,
            old: Line::default(),
            new: None,
            hunk: None,
            stay: VecDeque::new(),
            passed: Lines::default(),
            headed: false,
        }
    }

    /// The end of the file.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        let last = std::mem::take(&mut self.old);
        match (self.new.is_some(), last.is_empty()) {
            (true, false) => self.emit(Side::Old, last)?,
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
        self.stay.push_back(line);
        if self.hunk.is_some() {
            // Between two changes that are nearer all lines are shown.
            if self.stay.len() <= 2 * CONTEXT {
                return Ok(());
            }
            self.close()?;
        }
        while self.stay.len() > CONTEXT {
            self.stay.pop_front();
        }
        Ok(())
    }

    /// From here on the sides differ.
    fn part(&mut self) -> io::Result<()> {
        if self.new.is_some() {
            return Ok(());
        }
        self.new = Some(vec![self.old.clone()]);
        let (passed, stay) = (self.passed, std::mem::take(&mut self.stay));
        let start = Lines { old: passed.old - stay.len(), new: passed.new - stay.len() };
        let hunk = self.hunk.get_or_insert_with(|| Hunk::new(start, self.style));
        stay.into_iter().try_for_each(|line| hunk.push(Side::Both, line))
    }

    /// The sides are alike again: what became of the lines is emitted.
    fn join(&mut self) -> io::Result<()> {
        let lines = self.new.take().unwrap_or_default();
        lines.into_iter().filter(|l| !l.is_empty()).try_for_each(|line| self.emit(Side::New, line))
    }

    fn emit(&mut self, side: Side, line: Line) -> io::Result<()> {
        match side {
            Side::Old => self.passed.old += 1,
            _ => self.passed.new += 1,
        }
        self.hunk.as_mut().map_or(Ok(()), |hunk| hunk.push(side, line))
    }

    /// Writes the open hunk, with the first lines that stay after it.
    fn close(&mut self) -> io::Result<()> {
        let Some(mut hunk) = self.hunk.take() else { return Ok(()) };
        let context = self.stay.len().min(CONTEXT);
        self.stay.drain(..context).try_for_each(|line| hunk.push(Side::Both, line))?;
        if !self.headed {
            self.headed = true;
            for head in [format!("--- {}", self.name), format!("+++ {}", self.name)] {
                writeln!(self.out, "{}", self.style.coloured(&head, "\x1b[1m"))?;
            }
        }
        hunk.finish(self.out)
    }
}

/// A name as patch and git read it: with a tab after it where it holds spaces, in quotes and with escapes where it holds what
/// could be taken for another part of the head, or not be seen.
fn headed(name: &[u8]) -> String {
    let is_plain = |c: char| !c.is_control() && !is_invisible(c) && !matches!(c, '"' | '\\');
    match std::str::from_utf8(name) {
        Ok(name) if name.chars().all(is_plain) => format!("{name}{}", if name.contains(' ') { "\t" } else { "" }),
        _ => format!("\"{}\"", name.iter().map(|&byte| escaped(byte)).collect::<String>()),
    }
}

/// A byte of a name in quotes.
fn escaped(byte: u8) -> String {
    match byte {
        b'"' | b'\\' => format!("\\{}", char::from(byte)),
        b'\n' => "\\n".to_owned(),
        b'\t' => "\\t".to_owned(),
        b' '..=b'~' => char::from(byte).to_string(),
        _ => format!("\\{byte:03o}"),
    }
}

impl Sink for Diff<'_> {}

impl EditSink for Diff<'_> {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        for piece in bytes.split_inclusive(|&b| b == b'\n') {
            let ended = self.old.push(piece, false);
            if let Some(last) = self.new.as_mut().and_then(|new| new.last_mut()) {
                last.push(piece, false);
            }
            if ended {
                let line = std::mem::take(&mut self.old);
                if self.new.is_some() {
                    self.emit(Side::Old, line)?;
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
            if self.old.push(piece, true) {
                let line = std::mem::take(&mut self.old);
                self.emit(Side::Old, line)?;
            }
        }
        let new = self.new.get_or_insert_default();
        for piece in after[prefix..after.len() - suffix].split_inclusive(|&b| b == b'\n') {
            if new.last_mut().is_some_and(|last| last.push(piece, true)) {
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
    use copydesk::Reason;
    use insta::assert_snapshot;

    use super::*;
    use crate::app::files::hunk::{LINE, NEW};

    /// The diff of pieces: a text that is kept, or one that becomes another.
    fn diff(pieces: &[(&str, &str)]) -> String {
        styled(Style { colours: false, on_screen: true }, pieces)
    }

    fn styled(style: Style, pieces: &[(&str, &str)]) -> String {
        let mut out = Vec::new();
        let mut diff = Diff::new(b"a.txt", style, &mut out);
        for (before, after) in pieces {
            let written = if before == after {
                diff.keep(before.as_bytes())
            } else {
                diff.edit(Edit::new(0, before.as_bytes(), after.as_bytes(), &[Reason::CountryForm]))
            };
            written.expect("a vector takes everything");
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
    fn a_last_line_without_an_end_is_reported() {
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

    #[test]
    fn changed_words_are_marked_in_their_line() {
        let style = Style { colours: true, on_screen: true };
        let shown = styled(
            style,
            &[("In the ", "In the "), ("USA", "U.S."), (", and cut", ", and cut"), ("", " …"), ("\nT", "")],
        );
        let shown = shown.replace("\u{1b}[7m", "<").replace("\u{1b}[27m", ">").replace('\u{1b}', "");
        let lines: Vec<&str> = shown.lines().skip(3).collect();
        assert_eq!(lines[0], "[31m-In the <USA,> and cut[0m");
        assert_eq!(lines[1], "[31m-T[0m", "a line that goes as a whole needs no mark");
        assert_eq!(lines[3], "[32m+In the <U.S.,> and cut< …>[0m");
    }

    #[test]
    fn names_in_heads_are_distinguished_from_the_rest() {
        for (name, head) in [
            (&b"a.txt"[..], "a.txt"),
            (b"a b.txt", "a b.txt\t"),
            (b"a\tb.txt", r#""a\tb.txt""#),
            (b"\"a\\b\".txt", r#""\"a\\b\".txt""#),
            ("é.txt".as_bytes(), "é.txt"),
            (b"\xE9\x1b.txt", r#""\351\033.txt""#),
        ] {
            assert_eq!(headed(name), head);
        }
    }

    /// What another program reads has every byte of a line.
    #[test]
    fn a_diff_that_is_not_shown_is_byte_for_byte() {
        let style = Style { colours: false, on_screen: false };
        assert!(
            styled(style, &[("\u{1b}\u{202e}\r\n", "\u{1b}\u{202e}\r\n"), ("a", "b")])
                .contains("\n \u{1b}\u{202e}\r\n-a\n")
        );
    }

    /// The new text, from the old one and a diff of texts without control characters.
    fn apply(old: &str, diff: &str) -> String {
        let old: Vec<&str> = old.split_inclusive('\n').collect();
        let (mut at, mut new) = (0, String::new());
        let mut lines = diff.lines().skip(2).peekable();
        while let Some(line) = lines.next() {
            let (mark, text) = line.split_at(1);
            if mark == "@" {
                let range = text.split(['-', ' ']).nth(2).expect("a hunk has a range");
                let (start, length) = range.split_once(',').unwrap_or((range, "1"));
                let start: usize = start.parse().expect("it is a number");
                let start = if length == "0" { start } else { start - 1 };
                new += &old[at..start].concat();
                at = start;
                continue;
            }
            let end = if lines.next_if(|l| l.starts_with('\\')).is_some() { "" } else { "\n" };
            let text = format!("{text}{end}");
            if mark != "+" {
                assert_eq!(old[at], text, "{diff}");
                at += 1;
            }
            if mark != "-" {
                new += &text;
            }
        }
        new += &old[at..].concat();
        new
    }

    #[test]
    fn a_diff_makes_the_new_text_of_the_old_one() {
        let stays = ["a", "\n", "a\n", "1\n2\n3\n4\n5\n6\n7\n"].map(|piece| (piece, piece));
        let changes = [("a", ""), ("", "b"), ("\n", " "), ("a\n", ""), ("a\nb\n", "a\nc\nd"), ("", "\n")];
        let pieces: Vec<_> = stays.into_iter().chain(changes).collect();
        for i in 0..pieces.len().pow(4) {
            let text = [i / 1000, i / 100 % 10, i / 10 % 10, i % 10].map(|i| pieces[i]);
            let old: String = text.iter().map(|(old, _)| *old).collect();
            let new: String = text.iter().map(|(_, new)| *new).collect();
            let diff = diff(&text);
            assert_eq!(apply(&old, &diff), new, "{text:?}\n{diff}");
        }
    }
}
