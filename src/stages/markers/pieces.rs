//! A line that is over the limit comes in pieces. Each is judged between what is left of the pieces before it and the input
//! that follows.

use std::borrow::Cow;

use super::{Context, Document, Markers};
use crate::change::Change;
use crate::document::block::Layout;
use crate::english::ceil_boundary;

/// Bytes around a piece that are read: as far as a directive reaches, and some words.
pub(super) const AROUND: usize = 4 * 1024 + 256;

/// A piece of a line, and where it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    /// What follows it in the input.
    pub(super) after: &'a str,
    pub(super) layout: Layout,
    /// It begins, it ends where its line does.
    pub(super) starts: bool,
    pub(super) ends: bool,
}

/// What is known of the line whose pieces are judged.
#[derive(Debug, Default)]
pub(super) struct LongLine {
    /// The end of what is left of it so far.
    left: String,
    /// The last piece ended in a removal that goes on in the next one: whether a space belongs there is open.
    open: bool,
}

impl LongLine {
    /// Whether nothing is left of the line so far.
    pub(super) fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    /// The changes that a piece needs.
    pub(super) fn changes(&mut self, piece: &Piece<'_>, markers: &Markers, document: &Document) -> Vec<Change> {
        if piece.starts {
            *self = Self::default();
        }
        let text = [&*self.left, piece.text, piece.after].concat();
        let (from, to) = (self.left.len(), self.left.len() + piece.text.len());
        let context = Context { layout: piece.layout, starts: self.left.is_empty(), ends: piece.ends };
        let mut changes = markers.strip_in(&text, from..to, &context, document).changes;
        for change in &mut changes {
            change.range = change.range.start - from..change.range.end.min(to) - from;
        }
        self.close(&mut changes);
        let last = changes.last_mut().filter(|last| last.range.end == piece.text.len());
        if let Some(last) = last
            && self.goes_on(&text, to, &context, markers, document)
        {
            (last.range.start, last.new) = (piece.text[..last.range.start].trim_end().len(), Cow::Borrowed(""));
        }
        changes
    }

    /// Decides about the space that the last piece left open.
    fn close(&mut self, changes: &mut Vec<Change>) {
        let open = std::mem::take(&mut self.open) && !self.left.is_empty();
        if let Some(&Change { reason, .. }) = changes.first().filter(|first| open && first.range.start > 0) {
            changes.insert(0, Change { range: 0..0, new: Cow::Borrowed(" "), reason });
        }
    }

    /// Whether the next piece begins with a removal, too.
    fn goes_on(&mut self, text: &str, to: usize, context: &Context, markers: &Markers, document: &Document) -> bool {
        let next = markers.strip_in(text, to..text.len(), context, document).changes;
        self.open = next.first().is_some_and(|next| next.range.start == to);
        self.open
    }

    /// Takes note of a piece as it stays.
    pub(super) fn stays(&mut self, text: &str) {
        self.left.push_str(text);
        let far = self.left.len().saturating_sub(AROUND);
        self.left.drain(..ceil_boundary(&self.left, far));
    }
}
