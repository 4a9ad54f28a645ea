//! Section headings at the end of a document that stood only over markers.

use crate::document::block::BlockShape;
use crate::document::role::is_section_heading;

/// Headings in a row that may stand over one marker.
const IN_A_ROW: usize = 2;
/// A section heading is no longer than this, in bytes.
const LONGEST: usize = 100;

/// The headings that go if the document ends as it stands: groups of one or two, each over a marker that was removed.
#[derive(Debug, Default)]
pub(crate) struct Headings {
    /// Headings that stand over markers, and then those over which nothing is known yet.
    held: Vec<u64>,
    /// How many of them, the last ones, stand over nothing so far.
    open: usize,
    /// Headings in a row, the held ones or not.
    row: usize,
    /// Something of the document has stayed: what comes first is a title.
    begun: bool,
}

impl Headings {
    /// The oldest heading that is not decided.
    pub(super) fn first(&self) -> Option<u64> {
        self.held.first().copied()
    }

    /// A paragraph was removed.
    pub(super) fn removed(&mut self) {
        (self.open, self.row) = (0, 0);
    }

    /// A paragraph stays; `text` is nothing for a piece of an over-long line.
    pub(super) fn stays(&mut self, id: u64, text: Option<&str>, shape: &BlockShape) {
        let heading = self.begun && text.is_some_and(|t| t.len() <= LONGEST && is_section_heading(t, shape));
        self.begun = true;
        if !heading {
            return self.clear();
        }
        self.row += 1;
        if self.row > IN_A_ROW {
            // A list of them is no heading.
            self.held.clear();
            self.open = 0;
        } else {
            self.held.push(id);
            self.open += 1;
        }
    }

    /// A paragraph passes that is none.
    pub(super) fn passed(&mut self) {
        self.begun = true;
        self.row = 0;
    }

    /// Whether a paragraph may be a heading, or has to be seen as the document's first.
    pub(super) fn may_be_heading(&self, text: &[u8]) -> bool {
        !self.begun || Self::has_shape(text)
    }

    /// Whether a paragraph may be a heading, by its length and its last byte.
    pub(super) fn has_shape(text: &[u8]) -> bool {
        text.len() <= LONGEST
            && match text {
                // The period may be the country's name's.
                [.., b'S' | b'A', b'.'] => true,
                [.., b'.' | b'!' | b'?' | b'"' | b')' | b',' | b';'] => false,
                _ => true,
            }
    }

    /// They stay.
    pub(super) fn clear(&mut self) {
        self.held.clear();
        (self.open, self.row) = (0, 0);
    }

    /// The end of the document: the headings that go.
    pub(super) fn finish(&mut self) -> Vec<u64> {
        let done = std::mem::take(self);
        // Where the last ones stand over nothing they stay, and so does what stands over them.
        if done.open > 0 { Vec::new() } else { done.held }
    }
}
