//! Judges a block's layout as the stages will find it: without what will be stripped from its lines.

use std::borrow::Cow;
use std::sync::Arc;

use super::block::{BlockShape, Layout};
use super::layout::{self, Before, Measure, Strip};
use super::text::is_blank;
use crate::change::{Change, changed};

/// What was found out about a line while its block was judged.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// What will be stripped from it as a line by itself.
    pub(crate) markers: Option<Vec<Change>>,
    pub(crate) measure: Option<Measure>,
}

/// The judgement about a block.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) shape: BlockShape,
    /// It was judged without markers.
    pub(super) stripped: bool,
    /// Of each line, in order; no more than was found out.
    pub(super) lines: Vec<Known>,
}

/// Judges the blocks of a document one after the other.
#[derive(Debug, Default)]
pub(super) struct Judge {
    /// What will be stripped from the lines.
    markers: Option<Arc<dyn Strip>>,
    /// What the blocks of this document were like so far.
    before: Before,
}

impl Judge {
    pub(super) fn new(markers: Option<Arc<dyn Strip>>) -> Self {
        Self { markers, before: Before::default() }
    }

    /// Whether a block before was wrapped or broken.
    pub(super) fn is_after_broken(&self) -> bool {
        self.before.broken
    }

    /// Forgets the document.
    pub(super) fn reset(&mut self) {
        self.before = Before::default();
    }

    /// Judges the first lines of a block, two or more.
    pub(super) fn judge(&mut self, lines: &[&str]) -> Judged {
        match self.markers.as_ref().and_then(|markers| markers.strip_each(lines)) {
            Some(changes) => self.each(lines, changes),
            None => self.together(lines),
        }
    }

    fn each(&mut self, lines: &[&str], changes: Vec<Vec<Change>>) -> Judged {
        let stripped = changes.iter().any(|changes| !changes.is_empty());
        let left: Vec<Cow<'_, str>> = lines.iter().zip(&changes).map(|(line, own)| changed(line, own)).collect();
        let stays = |line: &Cow<'_, str>| !is_blank(line.as_bytes());
        let stay: Vec<&str> = left.iter().filter(|line| stays(line)).map(AsRef::as_ref).collect();
        let (shape, measures) = self.shape(&stay);
        let mut measures = measures.into_iter();
        let known = |(line, changes): (&Cow<'_, str>, Vec<Change>)| {
            let measure = if stays(line) { measures.next() } else { None };
            Known { measure: measure.filter(|_| changes.is_empty()), markers: Some(changes) }
        };
        Judged { shape, stripped, lines: left.iter().zip(changes).map(known).collect() }
    }

    fn together(&mut self, lines: &[&str]) -> Judged {
        let text = self.markers.as_ref().and_then(|markers| markers.strip_together(lines));
        let shape = match &text {
            Some(text) => self.shape(&text.lines().filter(|line| !is_blank(line.as_bytes())).collect::<Vec<_>>()).0,
            None => self.shape(lines).0,
        };
        Judged { shape, stripped: text.is_some(), lines: Vec::new() }
    }

    fn shape(&mut self, lines: &[&str]) -> (BlockShape, Vec<Measure>) {
        let (shape, width, measures) = layout::judge(lines, self.before);
        self.before.width = width.or(self.before.width);
        self.before.broken |= shape.broken || shape.layout == Layout::Wrapped;
        (shape, measures)
    }

    /// A line of a listed block without what will be stripped from it; nothing where nothing is.
    pub(super) fn stripped(&self, line: &str, known: &Known) -> Option<String> {
        match &known.markers {
            Some(changes) => (!changes.is_empty()).then(|| changed(line, changes).into_owned()),
            None => self.markers.as_ref().and_then(|markers| markers.strip_together(&[line])),
        }
    }
}
