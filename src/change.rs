//! A change that a stage wants made to one paragraph.

use std::borrow::Cow;
use std::ops::Range;

use crate::reasons::Reason;

/// Replaces a range of a paragraph's text, in bytes, by other text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) range: Range<usize>,
    pub(crate) new: Cow<'static, str>,
    pub(crate) reason: Reason,
}
