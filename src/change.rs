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

/// The text with its changes: ascending, disjoint.
pub(crate) fn changed<'a>(text: &'a str, changes: &[Change]) -> Cow<'a, str> {
    if changes.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut new = String::with_capacity(text.len());
    let mut at = 0;
    for change in changes {
        new.push_str(&text[at..change.range.start]);
        new.push_str(&change.new);
        at = change.range.end;
    }
    new.push_str(&text[at..]);
    Cow::Owned(new)
}
