//! Stage `usa` at work: paragraph by paragraph, with what stands above in the block.

use super::{Context, Usa, looks_like_heading};
use crate::document::ahead::Ahead;
use crate::document::buffer::Buffer;
use crate::document::fence::Fence;
use crate::document::paragraph::{Glance, Paragraph};
use crate::document::text::readable;
use crate::stages::{Desk, Run};

/// Bytes around a piece of an over-long line that are read.
const AROUND: u64 = 256;
/// An address has no longer lines than this, in bytes.
const SHORT: usize = 64;

/// Where it is in the document.
#[derive(Debug)]
pub(crate) struct UsaStage<'c> {
    usa: &'c Usa,
    fence: Fence,
    above: Above,
    candidates: Ahead,
}

/// The lines above in the block, as far as they may be a postal address.
#[derive(Clone, Copy, Debug, Default)]
struct Above {
    /// Short lines, 0 where one was long.
    short: u32,
    number: bool,
}

impl Above {
    fn is_address(self) -> bool {
        self.short >= 2 && self.number
    }

    fn pass(&mut self, text: &[u8], index: u8) {
        if index == 0 {
            *self = Self { short: 1, number: false };
        } else if self.short > 0 {
            self.short += 1;
        }
        if text.len() > SHORT {
            self.short = 0;
        }
        self.number |= self.short > 0 && text.iter().any(u8::is_ascii_digit);
    }
}

impl<'c> UsaStage<'c> {
    pub(crate) fn new(usa: &'c Usa) -> Self {
        Self { usa, fence: Fence::default(), above: Above::default(), candidates: Ahead::new(2) }
    }

    fn context(&self, text: &str, paragraph: &Paragraph) -> Context {
        Context {
            heading: paragraph.is_whole() && looks_like_heading(text),
            starts: paragraph.starts,
            ends: paragraph.ends,
            address_above: paragraph.shape.index > 0 && self.above.is_address(),
            code: self.fence.is_open(),
        }
    }

    /// Sees a paragraph that is done with.
    fn pass(&mut self, text: &[u8], index: u8, starts: bool) {
        self.above.pass(text, index);
        if starts && Fence::may_be_at(text) {
            for line in readable(text).lines() {
                self.fence.read(line);
            }
        }
    }
}

impl Run for UsaStage<'_> {
    fn visit(&mut self, id: u64, desk: &mut Desk<'_, '_>) {
        let paragraph = desk.paragraph(id);
        if !paragraph.stays() {
            return;
        }
        let unchanged = paragraph.is_whole() && !paragraph.text.is_edited();
        if unchanged
            && !desk.all_candidates
            && !self.candidates.is_in(paragraph.text.span(), desk.buffer, super::find_candidate)
        {
            return self.pass(paragraph.text.bytes(desk.buffer), paragraph.shape.index, paragraph.starts);
        }
        let mut changes = Vec::new();
        if paragraph.is_whole() || paragraph.text.is_edited() {
            let text = desk.text(id);
            self.usa.changes(&text, 0, text.len(), &self.context(&text, paragraph), &mut changes);
        } else {
            let span = paragraph.text.span();
            let (before, after) = (if paragraph.starts { 0 } else { AROUND }, if paragraph.ends { 0 } else { AROUND });
            let (bytes, from) = desk.buffer.around(span, before, after);
            let (text, to) = (readable(bytes), from + span.len() as usize);
            // There may be tens of thousands: a list that grew by itself would be held twice.
            changes.reserve_exact(memchr::memchr_iter(b'U', &bytes[from..to]).count());
            self.usa.changes(&text, from, to, &self.context(&text, paragraph), &mut changes);
            changes.retain(|c| c.range.end <= to);
            for change in &mut changes {
                change.range = change.range.start - from..change.range.end - from;
            }
        }
        desk.apply(id, &changes);
        let paragraph = desk.paragraph(id);
        self.pass(paragraph.text.bytes(desk.buffer), paragraph.shape.index, paragraph.starts);
    }

    fn forget(&mut self) {
        (self.fence, self.above) = (Fence::default(), Above::default());
    }

    fn wants(&mut self, seen: &Glance<'_>, buffer: &Buffer) -> bool {
        self.candidates.is_in(seen.span, buffer, super::find_candidate)
    }

    fn skipped(&mut self, seen: &Glance<'_>) {
        self.pass(seen.text, seen.shape.index, seen.starts);
    }
}
