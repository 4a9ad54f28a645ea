//! The titles of a document, by which the paragraphs behind its head are judged.

use std::iter::Sum;

use super::Line;
use super::affix::Evidence;
use super::forms::Form;
use super::groups::{Candidate, pair};
use super::head::TITLE_WORDS;
use super::probe::Probes;
use crate::document::block::BlockShape;
use crate::document::layout::counts;
use crate::document::role::{Role, role_alone};

/// How much longer a copy may be: heading marks, a site's name, a breadcrumb.
pub(super) const MARGIN: usize = 72;

/// The titles that are looked for in the body: those of four words or more.
#[derive(Clone, Debug, Default)]
pub(crate) struct Titles {
    known: Vec<Candidate>,
    /// What every copy of each title has.
    probes: Vec<Probes>,
    /// Bounds of a copy's length in bytes.
    least: usize,
    most: usize,
    /// The lines of the head in the block in which it ended; none in any later block.
    head: HeadLines,
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
        let (short, closed) = if line.shape.lines > 2 { counts(line.text) } else { (false, false) };
        Self { lines: 1, short: short.into(), closed: closed.into() }
    }

    /// What a shape is without them.
    fn taken_from(self, shape: &BlockShape) -> BlockShape {
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

impl Titles {
    pub(super) fn add(&mut self, mut title: Candidate) {
        title.forms.retain(is_sure);
        let fits = |f: &&Form| f.words >= TITLE_WORDS && !f.cut;
        let lengths = || title.forms.iter().filter(fits).map(|f| f.key.len());
        let (Some(least), Some(most)) = (lengths().min(), lengths().max()) else {
            return;
        };
        // Folding changes the length: ligatures, dashes, forms of the country's name.
        self.least = if self.known.is_empty() { least / 2 } else { self.least.min(least / 2) };
        self.most = self.most.max(most * 3 / 2 + MARGIN);
        let all_fit = title.forms.iter().all(|f| fits(&f));
        let probes = if all_fit { title.take_probes() } else { Probes::new(title.forms.iter().filter(fits)) };
        self.probes.push(probes);
        self.known.push(title);
    }

    pub(super) fn begin_body(&mut self, head: HeadLines) {
        self.head = head;
    }

    /// Counts a paragraph behind the head: each, in their order, the one that ended it first.
    pub(crate) fn pass(&mut self, shape: &BlockShape) {
        if shape.index == 0 {
            self.head = HeadLines::default();
        }
    }

    /// Whether a text can be a copy of a title, by its length and its letters. Cheap.
    pub(crate) fn may_be_copy(&self, text: &[u8]) -> bool {
        !self.known.is_empty()
            && (self.least..=self.most).contains(&text.len())
            && self.probes.iter().any(|p| p.may_be_in(text))
    }

    /// Whether a paragraph behind the head, or a join of two, is a copy of a title and goes (rule `repeated-title`). It must
    /// have been counted.
    pub(crate) fn would_take(&self, line: &Line<'_>) -> bool {
        self.may_be_copy(line.text.as_bytes()) && !self.is_verse(&line.shape) && self.is_copy(line.text)
    }

    fn is_copy(&self, text: &str) -> bool {
        let prose = match role_alone(text) {
            Role::Heading => false,
            Role::Prose => true,
            Role::Kicker | Role::Label | Role::Byline => false,
            _ => return false,
        };
        let mut copy = Candidate::new(usize::MAX, text, prose, prose);
        copy.forms.retain(is_sure);
        self.known.iter().any(|title| {
            // A sentence that stands twice is a sentence.
            let sentences = prose && title.sentence;
            !sentences && pair(title, &copy).is_some_and(|p| p.words >= TITLE_WORDS && !p.cut.0 && !p.cut.1)
        })
    }

    /// A line among other short lines of its block. The lines of the head are not counted: some of them go.
    fn is_verse(&self, shape: &BlockShape) -> bool {
        let left = self.head.taken_from(shape);
        left.is_lines() && left.short + u8::from(left.lines > 4) >= left.lines
    }
}

/// Whether a reading counts without another line beside it.
fn is_sure(form: &Form) -> bool {
    form.off != Some(Evidence::Guess)
}
