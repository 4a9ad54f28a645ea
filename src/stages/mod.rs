//! The stages, in their order, and what they may do.
//!
//! A folder a stage: `stage.rs` is the half that knows the window; what decides about a text is pure and stands beside it.
//! A stage has no writer, no clock and no error to return.

pub(crate) mod ignore;
pub(crate) mod markers;
pub(crate) mod titles;
pub(crate) mod truncation;
pub(crate) mod usa;

use std::ops::RangeInclusive;

use crate::change::Change;
use crate::document::assemble;
use crate::document::block::BlockShape;
use crate::document::buffer::Buffer;
use crate::document::paragraph::{Fate, Paragraph, ParagraphView};
use crate::document::text::readable;
use crate::document::window::Window;
use crate::reasons::Reason;
use ignore::Ignored;

/// A stage at work on one stream.
pub(crate) trait ActiveStage: std::fmt::Debug + Send {
    /// Sees a paragraph: each once, in order, as the earlier stages left it, those that they removed included.
    fn visit(&mut self, id: u64, cx: &mut StageContext<'_>);

    /// The next paragraph is no article's: front matter, a line of markup, code. Nothing goes on across it.
    fn pass_by(&mut self, id: u64, cx: &mut StageContext<'_>) {
        let _ = (id, cx);
    }

    /// The oldest paragraph that it has seen and not decided.
    fn hold(&self) -> Option<u64> {
        None
    }

    /// The window is over its budget: it decides what it holds, as it stands.
    fn force(&mut self, cx: &mut StageContext<'_>) {
        let _ = cx;
    }

    /// The end of the document: it decides what it holds.
    fn finish(&mut self, cx: &mut StageContext<'_>) {
        let _ = cx;
    }

    /// It forgets the document: every stage has finished it.
    fn reset(&mut self);

    /// Whether it may have something to do with a paragraph that no stage has changed, while nothing is held. Cheap; when
    /// in doubt, yes.
    fn may_act(&mut self, seen: &ParagraphView<'_>, buffer: &Buffer) -> bool;

    /// Before which offset, from `from` on, nothing begins for which it would look into a line. While nothing is held.
    fn clear_until(&mut self, from: u64, buffer: &Buffer) -> u64 {
        let _ = (from, buffer);
        u64::MAX
    }

    /// Whether it leaves a line that ends where nothing [begins](Self::clear_until) yet: whether it surely [does not
    /// act](Self::may_act) on it, whatever comes after it. Cheap; when in doubt, no.
    fn leaves(&self, line: &[u8], shape: &BlockShape) -> bool {
        let _ = (line, shape);
        true
    }

    /// Whether it leaves lines that come one after the other, though it may not [leave](Self::leaves) each by itself: blocks of
    /// one line, or the start of a listed block of this shape.
    fn leaves_row(&mut self, lines: &[&[u8]], shape: &BlockShape) -> bool {
        lines.iter().all(|line| self.leaves(line, shape))
    }

    /// The lines that it has just said it [leaves](Self::leaves_row) pass.
    fn row_passes(&mut self) {}

    /// Paragraphs pass that nobody wanted: the last of them, and the length of the longest in bytes.
    fn passed_clean(&mut self, last: &ParagraphView<'_>, longest: usize) {
        let _ = (last, longest);
    }

    /// Whether it would change a text that a later stage is about to make of these paragraphs.
    fn would_act(&self, text: &str, of: RangeInclusive<u64>, cx: &StageContext<'_>) -> bool {
        let _ = (text, of, cx);
        false
    }

    /// A later stage has removed what stood between these paragraphs: it takes out what they make together. Whether there
    /// was something.
    fn mend(&self, lines: &[u64], cx: &mut StageContext<'_>) -> bool {
        let _ = (lines, cx);
        false
    }

    /// Whether a text ends in something that the next lines could complete, and that it would take then.
    fn is_open(&self, text: &str) -> bool {
        let _ = text;
        false
    }

    /// Whether its decisions about the rest of the document depend on a text that a later stage is about to drop or join.
    fn depends_on(&self, text: &str) -> bool {
        let _ = text;
        false
    }
}

/// What a stage works with: the window, the input, and the stages before it.
pub(crate) struct StageContext<'a> {
    pub(crate) window: &'a mut Window,
    pub(crate) buffer: &'a Buffer,
    pub(crate) earlier: &'a [Box<dyn ActiveStage>],
    /// What no stage may touch.
    pub(crate) ignored: &'a Ignored,
    /// Nothing may be passed over: every paragraph is looked at in full.
    pub(crate) all_candidates: bool,
}

impl StageContext<'_> {
    pub(crate) fn paragraph(&self, id: u64) -> &Paragraph {
        self.window.get(id)
    }

    /// A paragraph's text as it stands, for those who judge it.
    pub(crate) fn text(&self, id: u64) -> std::borrow::Cow<'_, str> {
        readable(self.window.get(id).text.bytes(self.buffer))
    }

    /// Whether a stage that knows English may act on a paragraph.
    pub(crate) fn is_english(&mut self, id: u64) -> bool {
        self.window.get(id).is_article() && self.window.is_english(id, self.buffer)
    }

    /// Whether an earlier stage might take what stands on both sides of a paragraph if it were gone.
    pub(crate) fn is_between(&self, id: u64) -> bool {
        let paragraph = self.paragraph(id);
        let before = self.buffer.before(paragraph.gap.span, assemble::MARGIN);
        self.earlier.iter().any(|s| s.is_open(&readable(before)))
    }

    /// Whether a change of a range of the paragraph's text, as it stands, would touch what no stage may touch.
    pub(crate) fn is_ignored(&self, id: u64, range: &std::ops::Range<usize>) -> bool {
        self.ignored.is_touched(|| self.window.get(id).text.bytes(self.buffer), range)
    }

    /// Whether there is anything in a paragraph that no stage may touch.
    pub(crate) fn has_ignored(&self, id: u64) -> bool {
        self.is_ignored(id, &(0..usize::MAX))
    }

    /// Makes the changes that touch nothing which no stage may touch.
    pub(crate) fn apply(&mut self, id: u64, changes: &[Change]) {
        if changes.iter().any(|change| self.is_ignored(id, &change.range)) {
            let allowed: Vec<Change> =
                changes.iter().filter(|change| !self.is_ignored(id, &change.range)).cloned().collect();
            return self.window.get_mut(id).text.apply(&allowed, self.buffer);
        }
        self.window.get_mut(id).text.apply(changes, self.buffer);
    }

    /// Replaces a range of a paragraph's text as it stands.
    pub(crate) fn replace(&mut self, id: u64, range: std::ops::Range<usize>, new: &str, reason: Reason) {
        self.window.get_mut(id).text.replace(&[(range, new.as_bytes(), reason)], self.buffer);
    }

    pub(crate) fn remove(&mut self, id: u64, reason: Reason) {
        if self.has_ignored(id) {
            return;
        }
        self.window.get_mut(id).fate = Fate::Removed(reason);
    }

    /// Records what was seen at the paragraph's end and left.
    pub(crate) fn note(&mut self, id: u64, reason: Reason) {
        self.window.note(id, reason);
    }

    /// Makes one paragraph of two: `first[..from]`, `with`, `second[skip..]`. What stood between them was removed.
    pub(crate) fn join(&mut self, first: u64, from: usize, with: &str, second: u64, skip: usize, reason: Reason) {
        self.window.join(first, from, with, second, skip, Some(reason), self.buffer);
    }
}
