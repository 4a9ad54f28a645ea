//! Stage `titles`, the half that only decides: which lines of a document's head are copies of one title, which wording
//! stays, and whether a later paragraph is a copy of a known title. It knows no window and writes nothing.
//!
//! A [`Head`] takes the lines of a document in their order until one of them ends it; [`Head::finish`] gives each its [`Fate`]
//! and the [`Titles`] by which every later paragraph is judged. Both see a title that is broken over several lines as one.

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
mod tie;
mod unit;
mod unread;

use std::ops::Range;

use crate::document::block::BlockShape;
use crate::reasons::Reason;

pub(crate) use head::Head;
pub(crate) use key::key;
pub(crate) use known::{Titles, Verdict};

/// A paragraph: one line, or the lines of a wrapped one, without the last line's ending.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    pub(crate) text: &'a str,
    pub(crate) shape: BlockShape,
}

/// A stretch of a line's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// The line, by its place among those pushed.
    pub(crate) line: usize,
    pub(crate) range: Range<usize>,
}

/// What becomes of a line of the head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Stays,
    /// A copy of an earlier title.
    Removed(Reason),
    /// A copy over a text of its own: it goes unless the title, by its place among [`Titles`], turns out to recur.
    Open(Reason, usize),
    /// The first place of a title takes over the cleaner wording of a later copy, which is removed, or loses a site's name.
    Becomes {
        /// What of the own text is replaced: all but heading marks and outer spaces.
        own: Range<usize>,
        /// The wording: what is left of the lines that have it. They are joined by spaces.
        wording: Vec<Stretch>,
        reason: Reason,
    },
}
