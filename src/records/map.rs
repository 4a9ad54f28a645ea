//! Which bytes of a field as it is written give which bytes of its text.

use std::ops::Range;

/// Offsets in a text and in what it is written as. They differ by a constant between two escapes.
#[derive(Debug, Default)]
pub(super) struct OffsetMap {
    /// After each escape: where the text goes on, and where what is written does.
    steps: Vec<(usize, usize)>,
}

impl OffsetMap {
    pub(super) fn clear(&mut self) {
        self.steps.clear();
    }

    /// An escape ends here: `text` and `written` are the offsets after it.
    pub(super) fn step(&mut self, text: usize, written: usize) {
        self.steps.push((text, written));
    }

    /// What a range of the text is written as. No end of it lies in a char.
    pub(super) fn written(&self, range: Range<usize>) -> Range<usize> {
        self.offset(range.start)..self.offset(range.end)
    }

    fn offset(&self, text: usize) -> usize {
        let passed = self.steps.partition_point(|&(at, _)| at <= text);
        let (at, written) = passed.checked_sub(1).map_or((0, 0), |last| self.steps[last]);
        written + (text - at)
    }
}
