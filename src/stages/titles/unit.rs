//! Lines of a block that are one title, or one sentence: it is broken over them.

use std::cell::OnceCell;
use std::iter::Sum;
use std::ops::Range;

use super::forms::bare_range;
use super::tie::{Tie, tie};
use super::{Line, Stretch, key};
use crate::document::block::{BlockShape, Layout};
use crate::document::layout::Measure;
use crate::document::role::{HEADING_MAX, Role, role_alone};

/// The most lines of a title.
const LINES: usize = 3;

/// A line, or several that go on one in the other.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// The whole line, or what stands between the heading marks and outer spaces of each, joined by spaces.
    pub(super) text: String,
    pub(super) shape: BlockShape,
    /// What its lines count for in their block.
    pub(super) counts: HeadLines,
    parts: Vec<Part>,
    marked: bool,
    role: OnceCell<Role>,
}

/// A line of a unit.
#[derive(Clone, Debug)]
struct Part {
    /// Where it begins in the unit's text.
    at: usize,
    of: Stretch,
}

impl Unit {
    /// `line`: its place among those of the head.
    pub(super) fn new(line: usize, of: &Line<'_>) -> Self {
        let range = bare_range(of.text);
        let part = Part { at: range.start, of: Stretch { line, range } };
        let marked = part.of.range.len() < of.text.trim().len();
        let (text, counts, role) = (of.text.to_owned(), HeadLines::of(of), OnceCell::new());
        Self { text, shape: of.shape, counts, parts: vec![part], marked, role }
    }

    /// What its text is by itself.
    pub(super) fn role(&self) -> Role {
        *self.role.get_or_init(|| role_alone(&self.text))
    }

    /// The same where it was found out of the same text before.
    pub(super) fn set_role(&self, role: Role) {
        _ = self.role.set(role);
    }

    pub(super) fn lines(&self) -> usize {
        self.parts.len()
    }

    /// Whether it has the marks of a heading.
    pub(super) fn is_marked(&self) -> bool {
        self.marked
    }

    /// What of its first line is its text.
    pub(super) fn own(&self) -> Range<usize> {
        self.parts[0].of.range.clone()
    }

    /// Whether another line may follow it in its block.
    pub(super) fn may_go_on(&self) -> bool {
        self.shape.layout == Layout::Listed && self.shape.lines > 1
    }

    /// How it hangs together with the next line.
    pub(super) fn tie(&self, next: &Self) -> Tie {
        if next.shape.index == 0 || !self.may_go_on() {
            return Tie::None;
        }
        // Of a line alone the heading marks count, too.
        let from = if self.lines() > 1 { self.parts[self.lines() - 1].at } else { 0 };
        let last = &self.text[from..];
        match tie(last, &next.text, || next.role()) {
            Tie::Open if last == next.text || key(last) == key(&next.text) => Tie::None,
            tie => tie,
        }
    }

    /// Whether it is no longer than a title with `more` lines of this text.
    pub(super) fn has_room(&self, more: usize, text: &str) -> bool {
        self.lines() + more <= LINES && self.text.len() + text.len() < HEADING_MAX
    }

    /// With another unit after it.
    pub(super) fn with(mut self, next: &Self) -> Self {
        let mut text = String::with_capacity(self.text.len() + next.text.len());
        let mut parts = Vec::with_capacity(self.lines() + next.lines());
        for (unit, part) in self.parts.iter().map(|p| (&self, p)).chain(next.parts.iter().map(|p| (next, p))) {
            text.push_str(if text.is_empty() { "" } else { " " });
            parts.push(Part { at: text.len(), of: part.of.clone() });
            text.push_str(&unit.text[part.at..part.at + part.of.range.len()]);
        }
        self.counts = [self.counts, next.counts].into_iter().sum();
        (self.text, self.parts, self.role) = (text, parts, OnceCell::new());
        self
    }

    /// A stretch of its text, line by line.
    pub(super) fn stretches(&self, of: &Range<usize>) -> Vec<Stretch> {
        let inside = |part: &Part| {
            let (start, end) = (of.start.max(part.at), of.end.min(part.at + part.of.range.len()));
            let own = part.of.range.start;
            (start < end).then(|| Stretch { line: part.of.line, range: own + start - part.at..own + end - part.at })
        };
        self.parts.iter().filter_map(inside).collect()
    }

    /// Its text without heading marks and outer spaces.
    pub(super) fn bare(&self) -> Range<usize> {
        let last = &self.parts[self.lines() - 1];
        self.parts[0].at..last.at + last.of.range.len()
    }
}

/// What lines of the head count for in the shape of their block.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct HeadLines {
    lines: u8,
    short: u8,
    closed: u8,
}

impl HeadLines {
    /// A line as it is in the input: the shape is that of the input, too.
    pub(super) fn of(line: &Line<'_>) -> Self {
        // Blocks of two lines are no verse, and the rest is not asked for.
        let measure = (line.shape.lines > 2).then(|| Measure::of(line.text));
        let counts = |of: fn(Measure) -> bool| measure.is_some_and(of).into();
        Self { lines: 1, short: counts(Measure::is_short), closed: counts(Measure::ends_sentence) }
    }

    /// What a shape is without them.
    pub(super) fn taken_from(self, shape: &BlockShape) -> BlockShape {
        BlockShape {
            lines: shape.lines.saturating_sub(self.lines),
            short: shape.short.saturating_sub(self.short),
            closed: shape.closed.saturating_sub(self.closed),
            ..*shape
        }
    }
}

impl Sum for HeadLines {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |a, b| Self {
            lines: a.lines.saturating_add(b.lines),
            short: a.short.saturating_add(b.short),
            closed: a.closed.saturating_add(b.closed),
        })
    }
}
