//! Stage `titles`, the half that only decides: which lines of a document's head are copies of one title, which wording
//! stays, and whether a later paragraph is a copy of a known title. It knows no window and writes nothing.
//!
//! A [`Head`] takes the paragraphs of a document in their order until one of them ends it; [`Head::finish`] gives each its
//! [`Fate`] and the [`Titles`] by which every later paragraph is judged.

mod affix;
mod forms;
mod groups;
mod head;
mod key;
mod known;
mod probe;
pub(crate) mod stage;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::document::block::BlockShape;

pub(crate) use head::Head;
pub(crate) use key::key;
pub(crate) use known::Titles;

/// A paragraph: one line, or the lines of a wrapped one, without the last line's ending.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    pub(crate) text: &'a str,
    pub(crate) shape: BlockShape,
}

/// What becomes of a paragraph of the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Stays,
    /// A copy of an earlier title (rule `repeated-title`).
    Removed,
    /// The first place of a title takes over the cleaner wording of a later copy, which is removed (rule `cleaner-title`).
    Becomes {
        /// What of the own text is replaced: all but heading marks and outer blanks.
        own: Range<usize>,
        /// The line, by its place among those pushed, that has the wording.
        from: usize,
        /// The wording in that line's text.
        range: Range<usize>,
    },
}
