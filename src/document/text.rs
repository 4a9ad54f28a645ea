//! A paragraph's text: a span of the input and the patches that stages made to it.
//!
//! The patches are the record of edits. They are disjoint, ascending and never touch: one that overlaps or touches another
//! swallows it, and one that says what the input says vanishes.

use std::borrow::Cow;
use std::ops::Range;

use super::buffer::{Buffer, Span};
use crate::change::Change;
use crate::reasons::Reason;

/// A paragraph's text, without its line ending.
#[derive(Debug)]
pub(crate) struct Text {
    span: Span,
    edited: Option<Box<Edited>>,
}

#[derive(Debug)]
struct Edited {
    bytes: Vec<u8>,
    patches: Vec<Patch>,
}

/// A span of the input that reads otherwise now.
#[derive(Debug)]
pub(crate) struct Patch {
    pub(crate) input: Span,
    /// Its new bytes, as a range of the text as it stands.
    pub(crate) now: Range<usize>,
    /// One alone is borrowed: a long line has tens of thousands of patches.
    pub(crate) reasons: Cow<'static, [Reason]>,
}

/// The text for those who judge it: every byte that is no valid UTF-8 is replaced by U+001A, so offsets hold.
pub(crate) fn readable(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            let mut text = String::with_capacity(bytes.len());
            for chunk in bytes.utf8_chunks() {
                text.push_str(chunk.valid());
                text.extend(chunk.invalid().iter().map(|_| '\x1A'));
            }
            Cow::Owned(text)
        }
    }
}

/// Whether the bytes are white space and nothing else.
pub(crate) fn is_blank(bytes: &[u8]) -> bool {
    match bytes.first() {
        None => true,
        Some(b'!'..=b'~') => false,
        Some(_) => readable(bytes).chars().all(char::is_whitespace),
    }
}

impl Text {
    pub(crate) fn new(span: Span) -> Self {
        Self { span, edited: None }
    }

    /// What the text covers of the input.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    pub(crate) fn is_edited(&self) -> bool {
        self.edited.is_some()
    }

    /// The text as it stands.
    pub(crate) fn bytes<'a>(&'a self, buffer: &'a Buffer) -> &'a [u8] {
        match &self.edited {
            Some(edited) => &edited.bytes,
            None => buffer.slice(self.span),
        }
    }

    pub(crate) fn patches(&self) -> &[Patch] {
        self.edited.as_ref().map_or(&[], |e| &e.patches)
    }

    /// The reasons of all its patches.
    pub(crate) fn reasons(&self) -> impl Iterator<Item = Reason> {
        self.patches().iter().flat_map(|p| p.reasons.iter().copied())
    }

    /// Takes every patch back.
    pub(crate) fn revert(&mut self) {
        self.edited = None;
    }

    /// Applies changes: ranges of the text as it stands, ascending, disjoint.
    pub(crate) fn apply(&mut self, changes: &[Change], buffer: &Buffer) {
        self.rebuild(changes, buffer);
    }

    /// Replaces ranges of the text as it stands, ascending, disjoint.
    pub(crate) fn replace(&mut self, changes: &[(Range<usize>, &[u8], Reason)], buffer: &Buffer) {
        self.rebuild(changes, buffer);
    }

    fn rebuild<R: Replacement>(&mut self, changes: &[R], buffer: &Buffer) {
        if changes.is_empty() {
            return;
        }
        let new = Rebuilt::new(self.span, self.bytes(buffer), self.patches(), changes).finish(buffer);
        self.edited = (!new.patches.is_empty()).then(|| Box::new(new));
    }

    /// Appends a text that follows this one in the input: `self[..from]`, `with`, `other[skip..]`. `reasons`: of the
    /// join, and of what stood between the two and was removed.
    pub(crate) fn join(
        &mut self,
        from: usize,
        with: &str,
        other: Text,
        skip: usize,
        reasons: &[Reason],
        buffer: &Buffer,
    ) {
        let mut mine = self.take(buffer);
        let theirs = match other.edited {
            Some(edited) => *edited,
            None => Edited { bytes: buffer.slice(other.span).to_vec(), patches: Vec::new() },
        };
        let keep = mine.patches.iter().rposition(|p| p.now.end < from).map_or(0, |i| i + 1);
        let swallowed = mine.patches.split_off(keep);
        let start = swallowed.first().map_or(from, |p| p.now.start.min(from));
        let input_start = match mine.patches.last() {
            Some(p) => p.input.end + (start - p.now.end) as u64,
            None => self.span.start + start as u64,
        };
        let mut seam_reasons: Vec<Reason> = swallowed.into_iter().flat_map(|p| p.reasons.into_owned()).collect();
        seam_reasons.extend_from_slice(reasons);

        let (mut end, mut input_end) = (skip, other.span.start + skip as u64);
        let mut patches = theirs.patches.into_iter().peekable();
        while let Some(p) = patches.next_if(|p| p.now.start <= end) {
            end = end.max(p.now.end);
            input_end = p.input.end + (end - p.now.end) as u64;
            seam_reasons.extend_from_slice(&p.reasons);
        }
        mine.bytes.truncate(from);
        mine.bytes.extend_from_slice(with.as_bytes());
        let shift = mine.bytes.len();
        mine.bytes.extend_from_slice(&theirs.bytes[skip..]);
        let moved = |at: usize| at - skip + shift;
        let seam =
            Patch { input: Span::new(input_start, input_end), now: start..moved(end), reasons: seam_reasons.into() };
        if buffer.slice(seam.input) != &mine.bytes[seam.now.clone()] {
            mine.patches.push(seam);
        }
        mine.patches.extend(patches.map(|p| Patch { now: moved(p.now.start)..moved(p.now.end), ..p }));
        self.span.end = other.span.end;
        self.edited = (!mine.patches.is_empty()).then(|| Box::new(mine));
    }

    fn take(&mut self, buffer: &Buffer) -> Edited {
        match self.edited.take() {
            Some(edited) => *edited,
            None => Edited { bytes: buffer.slice(self.span).to_vec(), patches: Vec::new() },
        }
    }
}

/// Replaces a range of a text as it stands. A long line has tens of thousands of them, so they are taken as they are.
trait Replacement {
    fn range(&self) -> Range<usize>;
    fn bytes(&self) -> &[u8];
    fn reason(&self) -> Reason;
}

impl Replacement for Change {
    fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    fn bytes(&self) -> &[u8] {
        self.new.as_bytes()
    }

    fn reason(&self) -> Reason {
        self.reason
    }
}

impl Replacement for (Range<usize>, &[u8], Reason) {
    fn range(&self) -> Range<usize> {
        self.0.clone()
    }

    fn bytes(&self) -> &[u8] {
        self.1
    }

    fn reason(&self) -> Reason {
        self.2
    }
}

/// The text in the making: old patches and new changes merged in one walk.
struct Rebuilt<'a, R> {
    span: Span,
    old: &'a [u8],
    patches: &'a [Patch],
    changes: &'a [R],
    new: Edited,
    /// How far the old bytes were copied, and where that is in the input.
    done: usize,
    input: u64,
}

impl<'a, R: Replacement> Rebuilt<'a, R> {
    fn new(span: Span, old: &'a [u8], patches: &'a [Patch], changes: &'a [R]) -> Self {
        let new = Edited {
            bytes: Vec::with_capacity(old.len() + 16),
            patches: Vec::with_capacity(patches.len() + changes.len()),
        };
        Self { span, old, patches, changes, new, done: 0, input: span.start }
    }

    fn finish(mut self, buffer: &Buffer) -> Edited {
        let (mut p, mut c) = (0, 0);
        while p < self.patches.len() || c < self.changes.len() {
            let (p0, c0) = (p, c);
            let mut group = self.next_range(&mut p, &mut c);
            // Whatever overlaps or touches the group belongs to it.
            loop {
                if self.patches.get(p).is_some_and(|x| x.now.start <= group.end) {
                    group.end = group.end.max(self.patches[p].now.end);
                    p += 1;
                } else if self.changes.get(c).is_some_and(|x| x.range().start <= group.end) {
                    group.end = group.end.max(self.changes[c].range().end);
                    c += 1;
                } else {
                    break;
                }
            }
            self.emit(group, p0..p, c0..c, buffer);
        }
        self.new.bytes.extend_from_slice(&self.old[self.done..]);
        self.new
    }

    fn next_range(&self, p: &mut usize, c: &mut usize) -> Range<usize> {
        match (self.patches.get(*p), self.changes.get(*c)) {
            (Some(patch), Some(change)) if patch.now.start <= change.range().start => {
                *p += 1;
                patch.now.clone()
            }
            (Some(patch), None) => {
                *p += 1;
                patch.now.clone()
            }
            (_, Some(change)) => {
                *c += 1;
                change.range()
            }
            (None, None) => unreachable!("called while one is left"),
        }
    }

    fn emit(&mut self, group: Range<usize>, patches: Range<usize>, changes: Range<usize>, buffer: &Buffer) {
        let start = self.input + (group.start - self.done) as u64;
        let mut end = start + group.len() as u64;
        let patches = &self.patches[patches];
        for patch in patches {
            end = end + patch.input.len() - patch.now.len() as u64;
        }
        self.new.bytes.extend_from_slice(&self.old[self.done..group.start]);
        let now = self.new.bytes.len();
        let mut at = group.start;
        let changes = &self.changes[changes];
        for change in changes {
            let range = change.range();
            self.new.bytes.extend_from_slice(&self.old[at..range.start]);
            self.new.bytes.extend_from_slice(change.bytes());
            at = range.end;
        }
        self.new.bytes.extend_from_slice(&self.old[at..group.end]);
        self.done = group.end;
        self.input = end;
        debug_assert!(end <= self.span.end);
        let input = Span::new(start, end);
        if buffer.slice(input) != &self.new.bytes[now..] {
            let reasons = reasons_of(patches, changes);
            self.new.patches.push(Patch { input, now: now..self.new.bytes.len(), reasons });
        }
    }
}

/// The reasons of patches, and of changes on top of them.
fn reasons_of(patches: &[Patch], changes: &[impl Replacement]) -> Cow<'static, [Reason]> {
    match (patches, changes) {
        ([], [change]) => Cow::Borrowed(std::slice::from_ref(&Reason::ALL[change.reason() as usize])),
        ([patch], []) => patch.reasons.clone(),
        _ => {
            let old = patches.iter().flat_map(|patch| patch.reasons.iter().copied());
            old.chain(changes.iter().map(Replacement::reason)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INPUT: &[u8] = b"one two three four\nfive six";

    fn buffer() -> Buffer {
        let mut buffer = Buffer::default();
        buffer.append(INPUT);
        buffer
    }

    /// The text as the patches have it: what is between them is the input's.
    fn replayed(text: &Text, buffer: &Buffer) -> Vec<u8> {
        let (mut out, mut at) = (Vec::new(), text.span.start);
        for patch in text.patches() {
            out.extend_from_slice(buffer.slice(Span::new(at, patch.input.start)));
            out.extend_from_slice(&text.bytes(buffer)[patch.now.clone()]);
            at = patch.input.end;
        }
        out.extend_from_slice(buffer.slice(Span::new(at, text.span.end)));
        out
    }

    fn check(text: &Text, buffer: &Buffer, want: &str, patches: usize) {
        assert_eq!(readable(text.bytes(buffer)), want);
        assert_eq!(replayed(text, buffer), want.as_bytes());
        assert_eq!(text.patches().len(), patches);
    }

    #[test]
    fn patches_swallow_what_they_touch_and_vanish_when_undone() {
        let buffer = buffer();
        let mut text = Text::new(Span::new(0, 18));
        text.replace(&[(0..3, b"1", Reason::CountryForm), (8..13, b"3", Reason::CountryForm)], &buffer);
        check(&text, &buffer, "1 two 3 four", 2);
        text.replace(&[(6..7, b"three", Reason::CountryForm)], &buffer);
        check(&text, &buffer, "1 two three four", 1);
        text.replace(&[(1..5, b"", Reason::TwoPeriods)], &buffer);
        check(&text, &buffer, "1 three four", 1);
        assert_eq!(*text.patches()[0].reasons, [Reason::CountryForm, Reason::TwoPeriods]);
    }

    #[test]
    fn joined_texts_keep_their_patches() {
        let buffer = buffer();
        for (from, skip, want, patches) in
            [(16, 0, "1 two three four V six", 2), (9, 0, "1 two thrV six", 2), (1, 2, "1six", 1)]
        {
            let (mut first, mut second) = (Text::new(Span::new(0, 18)), Text::new(Span::new(19, 27)));
            first.replace(&[(0..3, b"1", Reason::CountryForm)], &buffer);
            second.replace(&[(0..4, b"V", Reason::CountryForm)], &buffer);
            let with = if from == 16 { " " } else { "" };
            first.join(from, with, second, skip, &[Reason::RestAfterWord], &buffer);
            check(&first, &buffer, want, patches);
        }
    }
}
