//! A paragraph on its way through the stages.

use super::block::BlockShape;
use super::buffer::{Buffer, Span};
use super::judge::Known;
use super::kind::Kind;
use super::text::Text;
use crate::reasons::Reason;
use crate::script::Note;

/// The blank lines between two paragraphs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gap {
    pub(crate) span: Span,
    pub(crate) lines: u32,
}

/// What becomes of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Stays,
    Removed(Reason),
    /// It is part of a paragraph before it now.
    Merged,
}

/// A line, several lines of a wrapped block, or a piece of a line that is over the limit.
#[derive(Debug)]
pub(crate) struct Paragraph {
    /// The blank lines before it.
    pub(crate) gap: Gap,
    pub(crate) text: Text,
    /// After its line ending.
    pub(crate) end: u64,
    pub(crate) shape: BlockShape,
    pub(crate) kind: Kind,
    /// Lines after it that were judged with it as the start of one block.
    pub(crate) rest: u8,
    /// Its block was judged without markers: its shape is not that of its lines.
    pub(crate) stripped: bool,
    /// A stage may have changed it since its block was judged.
    pub(crate) touched: bool,
    /// Whether the text begins and ends where a paragraph does: false at the inner ends of pieces.
    pub(crate) starts: bool,
    pub(crate) ends: bool,
    pub(crate) fate: Fate,
    /// What was found out about the text as it stands. Dropped on a change.
    pub(crate) known: Known,
    /// Whether it is English, where that was asked. Only a join may change it then.
    pub(crate) english: Option<bool>,
    /// What a stage saw in it and left.
    pub(crate) notes: Vec<Note>,
}

impl Paragraph {
    pub(crate) fn stays(&self) -> bool {
        self.fate == Fate::Stays
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.starts && self.ends
    }

    pub(crate) fn is_article(&self) -> bool {
        self.kind == Kind::Article
    }

    /// Whether its block has to be judged again.
    pub(crate) fn is_reshaped(&self) -> bool {
        self.touched && (self.stripped || !self.stays() || self.text.is_edited())
    }

    /// What a look at it shows while no stage has touched it.
    pub(crate) fn view<'a>(&self, buffer: &'a Buffer) -> ParagraphView<'a> {
        let span = self.text.span();
        let Self { shape, starts, ends, .. } = *self;
        ParagraphView { span, text: buffer.slice(span), shape, starts, ends }
    }
}

/// A paragraph as the input has it: enough to see that no stage may act on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ParagraphView<'a> {
    pub(crate) span: Span,
    pub(crate) text: &'a [u8],
    pub(crate) shape: BlockShape,
    pub(crate) starts: bool,
    pub(crate) ends: bool,
}

impl ParagraphView<'_> {
    pub(crate) fn is_whole(&self) -> bool {
        self.starts && self.ends
    }
}
