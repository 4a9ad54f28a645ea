//! A head that surely has no copies, kept as it came: plain lines that all differ, and the prose that ends it. Its titles are
//! worked out only if a later paragraph has the words of one.

use std::cell::OnceCell;

use super::groups::TITLE_WORDS;
use super::key::canonical;
use super::known::MARGIN;
use super::probe::Probes;
use super::{Head, Line, Titles};
use crate::document::block::BlockShape;
use crate::document::layout::ALONE;
use crate::document::role::{HEADING_MAX, Role, role_alone};
use crate::document::text::readable;

/// A longer head is read.
const MOST: usize = 8;
/// A longer line is no plain one, in bytes.
const LONGEST: usize = 200;
/// Prose of no more bytes is read.
const SHORT: usize = 50;

/// The lines of a head so far, or of a whole one with the paragraph that ended it.
#[derive(Debug, Default)]
pub(super) struct Unread {
    lines: Vec<(String, BlockShape)>,
    /// What a copy of each line has, and whether the line is long enough to be looked for in the body.
    probes: Vec<(Probes, bool)>,
    /// No copy in the body is longer, in bytes.
    longest_copy: usize,
    ended: bool,
    /// It has passed without being held.
    passed: bool,
    titles: OnceCell<Titles>,
}

/// What a line is to a head that is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Part of it, and no copy.
    Line,
    /// The prose that ends it.
    End,
    /// Undecided: the head has to be read.
    Unclear,
}

impl Unread {
    /// The head that lines begin with, where it ends in them and none is a copy. Each is a block of its own.
    pub(super) fn of_row(lines: &[&[u8]]) -> Option<Self> {
        let mut head = Self { passed: true, ..Self::default() };
        for bytes in lines {
            let line = canonical(readable(bytes));
            let found = if head.ended { Found::End } else { head.push(&Line { text: &line, shape: ALONE }) };
            if found == Found::Unclear || found == Found::End && head.may_be_copy(bytes, &ALONE) {
                return None;
            }
        }
        head.ended.then_some(head)
    }

    /// The lines of a head that has passed.
    pub(super) fn passed(&self) -> impl Iterator<Item = &str> {
        let len = if self.passed { self.lines.len() - 1 } else { 0 };
        self.lines[..len].iter().map(|(text, _)| &**text)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether all of the head is there.
    pub(super) fn has_ended(&self) -> bool {
        self.ended
    }

    /// Takes the next line, unless that is unclear.
    pub(super) fn push(&mut self, line: &Line<'_>) -> Found {
        let found = if line.shape.lines > 1 { Found::Unclear } else { self.find(line.text) };
        if found != Found::Unclear {
            self.lines.push((line.text.to_owned(), line.shape));
            self.ended = found == Found::End;
        }
        found
    }

    fn find(&mut self, text: &str) -> Found {
        if !is_plain(text) {
            return if self.ends_before(text) { Found::End } else { Found::Unclear };
        }
        let is_copy = |(line, _): &(String, BlockShape)| letters(line).eq(letters(text));
        if self.lines.len() == MOST || self.lines.iter().any(is_copy) {
            return Found::Unclear;
        }
        // It has no more words than that.
        let is_title = memchr::memchr_iter(b' ', text.as_bytes()).count() + 1 >= TITLE_WORDS;
        if is_title {
            self.longest_copy = self.longest_copy.max(text.len() * 3 / 2 + MARGIN);
        }
        self.probes.push((Probes::of_key(text.to_ascii_lowercase()), is_title));
        Found::Line
    }

    /// Whether a text is prose, and no copy of a line.
    fn ends_before(&self, text: &str) -> bool {
        let may_be_copy = || {
            let may_be_in = |(line, _): &(Probes, bool)| line.may_be_in(text.as_bytes());
            has_ellipsis(text.as_bytes()) || self.probes.iter().any(may_be_in)
        };
        text.len() > SHORT
            && !self.lines.is_empty()
            && (text.len() > HEADING_MAX || !may_be_copy())
            && role_alone(text) == Role::Prose
    }

    /// Whether a paragraph after the head may be a copy. Cheap.
    pub(super) fn may_be_copy(&self, text: &[u8], shape: &BlockShape) -> bool {
        let may_be_in = |(line, is_title): &(Probes, bool)| *is_title && line.may_be_in(text);
        shape.lines > 1 || text.len() <= self.longest_copy && self.probes.iter().any(may_be_in)
    }

    /// The head, read so far.
    pub(super) fn read(&self) -> Head {
        let mut head = Head::default();
        self.lines.iter().for_each(|(text, shape)| _ = head.push(&Line { text, shape: *shape }));
        head
    }

    /// The same, where nothing else is asked of the head any more.
    pub(super) fn into_titles(mut self) -> Titles {
        self.titles();
        self.titles.take().unwrap_or_default()
    }

    /// The document's titles, once the head has ended, where it ended.
    pub(super) fn titles(&self) -> &Titles {
        self.titles.get_or_init(|| {
            let (_, mut titles) = self.read().finish();
            self.lines.last().iter().for_each(|(_, shape)| titles.enter(shape));
            titles
        })
    }
}

/// Whether there is an ellipsis anywhere in a text.
fn has_ellipsis(text: &[u8]) -> bool {
    let is_one = |at| text[at..].starts_with(b"...") || text[at..].starts_with("…".as_bytes());
    memchr::memchr2_iter(b'.', 0xE2, text).any(is_one)
}

/// Whether two lines surely are no copies of each other: both have one reading, and their letters differ. Cheap.
pub(super) fn differ(a: &str, b: &str) -> bool {
    is_plain(a) && is_plain(b) && !letters(a).eq(letters(b))
}

/// The ASCII letters and digits of a text, in lowercase.
fn letters(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase())
}

/// Whether a line has one reading, and is no prose: letters, digits and commas, and no mark at its end.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b',' | b'\'' | b'$' | b'%' | b'&');
    let is_edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    text.len() <= LONGEST
        && is_edge(bytes.first())
        && is_edge(bytes.last())
        && without_curly(bytes).all(|b| is_plain(&b))
}

/// The bytes of a text, a curly apostrophe as a straight one.
fn without_curly(bytes: &[u8]) -> impl Iterator<Item = u8> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (byte, left) = match rest {
            [0xE2, 0x80, 0x98 | 0x99, left @ ..] => (b'\'', left),
            [byte, left @ ..] => (*byte, left),
            [] => return None,
        };
        rest = left;
        Some(byte)
    })
}

#[cfg(test)]
mod tests {
    use super::super::Fate;
    use super::*;
    use proptest::collection::vec;

    fn line(text: &str) -> Line<'_> {
        Line { text, shape: ALONE }
    }

    #[test]
    fn a_title_and_its_byline_are_not_read() {
        let mut head = Unread::default();
        assert_eq!(head.push(&line("Ferry to the mayor’s island runs aground")), Found::Line);
        assert_eq!(head.push(&line("By Ada Mills")), Found::Line);
        assert_eq!(head.push(&line("Ferry to the mayor's island runs aground")), Found::Unclear);
        let prose = "Nobody was hurt when the boat went on the rocks on Monday, and all of its passengers were taken off by noon.";
        assert_eq!(head.push(&line(prose)), Found::End);
        assert!(head.may_be_copy("FERRY TO THE MAYOR’S ISLAND RUNS AGROUND".as_bytes(), &ALONE));
        assert!(!head.may_be_copy(b"By Ada Mills", &ALONE));
        assert!(head.titles().would_take(&line("Ferry to the mayor's island runs aground")));
    }

    const PIECES: [&str; 16] = [
        "Ferry",
        "runs",
        "aground",
        "off",
        "the",
        "harbor",
        "By Ada Mills",
        "US",
        "it",
        "mayor’s",
        "12",
        "Live",
        "- Quay News",
        "…",
        "It rained all day on the island, and nobody came.",
        "The harbor was shut, and the ferry ran aground off the quay.",
    ];

    proptest::proptest! {
        #[test]
        fn what_is_not_read_has_no_copies(lines in vec(vec(0..PIECES.len(), 1..7), 1..9)) {
            let lines: Vec<String> =
                lines.iter().map(|line| line.iter().map(|at| PIECES[*at]).collect::<Vec<_>>().join(" ")).collect();
            let mut unread = Unread::default();
            let taken = lines.iter().take_while(|text| unread.push(&line(text)) == Found::Line).count();
            if unread.has_ended() {
                let mut head = Head::default();
                proptest::prop_assert!(lines[..taken].iter().all(|text| head.push(&line(text))), "{lines:?}");
                proptest::prop_assert!(!head.push(&line(&lines[taken])), "{lines:?}");
                let (fates, titles) = head.finish();
                proptest::prop_assert_eq!(fates, vec![Fate::Stays; taken]);
                for text in &lines[taken..] {
                    let may_be = unread.may_be_copy(text.as_bytes(), &ALONE);
                    proptest::prop_assert!(may_be || !titles.may_be_copy(text.as_bytes(), &ALONE), "{text}");
                }
            }
        }
    }
}
