//! A head that surely has no copies, kept as it came: plain lines that all differ, and the prose that ends it. Its titles are
//! worked out only if a later paragraph has the words of one.

use std::cell::OnceCell;

use super::groups::TITLE_WORDS;
use super::key::{canonical, has_ellipsis};
use super::known::MARGIN;
use super::probe::Probes;
use super::tie::{Tail, Tie, is_closed, tie};
use super::{Head, Line, Titles};
use crate::document::block::{BlockShape, Layout};
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
    /// Length in bytes of the last line and of those before it in its block, and the greatest one.
    length: usize,
    longest: usize,
    ended: bool,
    /// Another block has begun since.
    has_left_block: bool,
    /// The end of the last line, where its block goes on.
    before: Tail,
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
    /// The head that lines begin with, where it ends in them and none is a copy: blocks of one line, or the start of a block of
    /// this shape.
    pub(super) fn of_row(lines: &[&[u8]], shape: &BlockShape) -> Option<Self> {
        let mut head = Self { passed: true, ..Self::default() };
        for (at, bytes) in lines.iter().enumerate() {
            let shape = if shape.lines > 1 { BlockShape { index: at as u8, ..*shape } } else { *shape };
            if !head.ended && head.push(&Line { text: &canonical(readable(bytes)), shape }) == Found::Unclear
                || head.ended && head.may_be_copy(bytes, &shape)
            {
                return None;
            }
            head.pass(&shape, bytes);
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
        let is_unclear = line.shape.layout == Layout::Wrapped || self.may_go_on_in(line);
        let found = if is_unclear { Found::Unclear } else { self.find(line) };
        if found != Found::Unclear {
            self.lines.push((line.text.to_owned(), line.shape));
            self.ended = found == Found::End;
        }
        found
    }

    fn find(&mut self, line: &Line<'_>) -> Found {
        let text = line.text;
        if !is_plain(text) {
            // In a block, what does not close may go on in the next line.
            let is_whole = line.shape.lines < 2 || is_closed(text);
            return if is_whole && self.ends_before(text) { Found::End } else { Found::Unclear };
        }
        if self.lines.len() == MOST || self.lines.iter().any(|(before, shape)| may_be_copy(line, before, shape)) {
            return Found::Unclear;
        }
        // It has no more words than that.
        let is_title = memchr::memchr_iter(b' ', text.as_bytes()).count() + 1 >= TITLE_WORDS;
        self.length = if line.shape.index > 0 { self.length + 1 + text.len() } else { text.len() };
        self.probes.push((Probes::of_key(text.to_ascii_lowercase()), is_title));
        self.longest = self.longest.max(self.length);
        Found::Line
    }

    /// Whether the last line surely goes on in the next one.
    fn may_go_on_in(&self, next: &Line<'_>) -> bool {
        let last = self.lines.last().filter(|_| next.shape.index > 0);
        last.is_some_and(|(last, _)| tie(last, next.text, || role_alone(next.text)) == Tie::Sure)
    }

    /// Whether a text is prose, and no copy of a line.
    fn ends_before(&self, text: &str) -> bool {
        let may_be_copy = || {
            let may_be_in = |(line, _): &(Probes, bool)| line.may_be_in(text.as_bytes());
            has_ellipsis(text) || self.probes.iter().any(may_be_in)
        };
        text.len() > SHORT
            && !self.lines.is_empty()
            && (text.len() > HEADING_MAX || !self.may_have_length(text.as_bytes()) || !may_be_copy())
            && role_alone(text) == Role::Prose
    }

    /// Whether a paragraph after the head may be a copy, or begin one in its block. Cheap.
    pub(super) fn may_be_copy(&self, text: &[u8], shape: &BlockShape) -> bool {
        let may_be_in = |(line, is_title): &(Probes, bool)| *is_title && line.may_be_in(text);
        let may_begin = |at| may_begin(text, self.lines[at..].iter().flat_map(|(line, _)| letters(line)));
        self.may_have_length(text)
            && (self.probes.iter().any(may_be_in) || shape.lines > 1 && (0..self.probes.len()).any(may_begin))
    }

    /// Whether a text is no longer than a copy, in bytes.
    fn may_have_length(&self, text: &[u8]) -> bool {
        text.len() <= self.longest * 3 / 2 + MARGIN
    }

    /// A paragraph after the head passes.
    pub(super) fn pass(&mut self, shape: &BlockShape, text: &[u8]) {
        self.has_left_block |= self.ended && shape.index == 0;
        if shape.lines > 1 {
            self.before = Tail::of(text);
        }
    }

    /// The head, read so far.
    pub(super) fn read(&self) -> Head {
        let mut head = Head::default();
        self.lines.iter().for_each(|(text, shape)| _ = head.push(&Line { text, shape: *shape }));
        head
    }

    /// The document's titles at the next paragraph, where nothing else is asked of the head any more.
    pub(super) fn into_titles(mut self) -> Titles {
        self.titles();
        let mut titles = self.titles.take().unwrap_or_default();
        if self.has_left_block {
            titles.enter(&ALONE);
        }
        titles.go_on_after(self.before);
        titles
    }

    /// The document's titles, once the head has ended.
    pub(super) fn titles(&self) -> &Titles {
        self.titles.get_or_init(|| self.read().finish().1)
    }
}

/// Whether a plain line may be a copy of a plain one before it: their letters are the same. In a block each may be the start
/// of a title.
fn may_be_copy(line: &Line<'_>, before: &str, shape: &BlockShape) -> bool {
    let (mut own, mut other) = (letters(line.text), letters(before));
    let may_go_on = line.shape.lines > 1 || shape.lines > 1;
    loop {
        match (own.next(), other.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a == b => {}
            (Some(_), Some(_)) => return false,
            _ => return may_go_on,
        }
    }
}

/// Whether a text may be the start of these letters, and more follows. Marks do not count.
fn may_begin(text: &[u8], mut letters: impl Iterator<Item = u8>) -> bool {
    let mut rest = text;
    loop {
        rest = match rest {
            [] => return letters.next().is_some(),
            [byte, rest @ ..] if byte.is_ascii_alphanumeric() => {
                if letters.next() != Some(byte.to_ascii_lowercase()) {
                    return false;
                }
                rest
            }
            [byte, rest @ ..] if byte.is_ascii() => rest,
            // Quotation marks and dashes.
            [0xE2, 0x80, 0x90..=0xA7, rest @ ..] => rest,
            // What folds into letters, or is one.
            _ => return true,
        };
    }
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
    // Letters that folding leaves as they are, except for their case.
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, 'À'..='ı') && c.is_alphabetic();
    let is_plain = |c: char| is_letter(c) || matches!(c, ' ' | ',' | '\'' | '‘' | '’' | '$' | '%' | '&');
    let bytes = text.as_bytes();
    let is_edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    text.len() <= LONGEST && is_edge(bytes.first()) && is_edge(bytes.last()) && text.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::super::Fate;
    use super::*;
    use crate::document::layout::{self, Before};
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

    /// Lines made of picks, and the shape of their block.
    fn block(lines: &[Vec<usize>]) -> (Vec<String>, BlockShape) {
        let lines: Vec<String> =
            lines.iter().map(|line| line.iter().map(|at| PIECES[*at]).collect::<Vec<_>>().join(" ")).collect();
        let shape = layout::judge(&lines.iter().map(String::as_str).collect::<Vec<_>>(), Before::default()).0;
        (lines, shape)
    }

    proptest::proptest! {
        #[test]
        fn what_passes_in_a_block_has_no_copies(
            head in vec(vec(0..MARKED, 1..6), 1..4),
            lede in vec(PROSE..PIECES.len(), 2..4),
            body in vec(vec(0..PIECES.len(), 1..7), 0..8),
        ) {
            let (lines, shape) = block(&[head, vec![lede], body].concat());
            let bytes: Vec<&[u8]> = lines.iter().map(String::as_bytes).collect();
            if shape.layout == Layout::Listed && Unread::of_row(&bytes, &shape).is_some() {
                let line = |at: usize| Line { text: &lines[at], shape: BlockShape { index: at as u8, ..shape } };
                let mut head = Head::default();
                let _ends = (0..lines.len()).find(|&at| !head.push(&line(at)));
                let (fates, mut titles) = head.finish();
                proptest::prop_assert!(fates.iter().all(|fate| *fate == Fate::Stays), "{lines:?}");
                for at in fates.len()..lines.len() {
                    let line = line(at);
                    titles.enter(&line.shape);
                    let may_be_copy = titles.may_be_copy(line.text.as_bytes(), &line.shape);
                    proptest::prop_assert!(!may_be_copy || !titles.begin(&line), "{} in {lines:?}", lines[at]);
                    titles.leave(&line.shape, line.text.as_bytes());
                }
            }
        }
    }

    /// The first of the pieces with marks, and the first sentence.
    const MARKED: usize = 12;
    const PROSE: usize = 14;
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
