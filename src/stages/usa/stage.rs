//! Stage `usa` at work: paragraph by paragraph, with the lines above in the block.

use std::sync::Arc;

use super::{Context, Habit, Usa, ends_in_form_letter, find_candidate, looks_like_heading};
use crate::change::Change;
use crate::document::block::{BlockShape, Layout};
use crate::document::buffer::Buffer;
use crate::document::next_match::NextMatch;
use crate::document::paragraph::{Paragraph, ParagraphView};
use crate::document::text::readable;
use crate::stages::{ActiveStage, StageContext};

/// Bytes around a piece of an over-long line that are read.
const AROUND: u64 = 256;
/// The longest line of a postal address, in bytes.
const SHORT: usize = 64;
/// The longest line that can't be part of broken prose, in bytes.
const BROKEN: usize = 24;
/// The longest heading, in bytes.
const HEADING: usize = 160;
/// How many paragraphs a heading waits for.
const WAIT: u8 = 4;

/// The stage in one document.
#[derive(Debug)]
pub(crate) struct UsaStage {
    usa: Arc<Usa>,
    above: Above,
    habit: Habit,
    /// Paragraphs that wait for what follows them, in order.
    held: Vec<Held>,
    /// Text of more than a heading's length has passed.
    begun: bool,
    candidates: NextMatch,
    /// The changes of one paragraph.
    changes: Vec<Change>,
}

/// A paragraph that waits for what follows: a line in uppercase that may hold a name, or a line that ends in a form.
#[derive(Debug)]
struct Held {
    id: u64,
    context: Context,
    /// It waits for the next line of its block.
    is_line: bool,
    /// How many more paragraphs it waits for.
    waits: u8,
}

/// The lines above in the block, as far as they may be a postal address.
#[derive(Clone, Debug, Default)]
struct Above {
    /// Short lines, 0 where one was long.
    short: u32,
    number: bool,
    /// The end of the last line, where it is long enough to be broken prose.
    line: Vec<u8>,
}

impl Above {
    fn is_address(&self) -> bool {
        self.short >= 2 && self.number
    }

    fn pass(&mut self, text: &[u8], shape: &BlockShape) {
        self.line.clear();
        if shape.index == 0 {
            (self.short, self.number) = (1, false);
        } else if self.short > 0 {
            self.short += 1;
        }
        if shape.lines == 1 {
            // No line of its block is below it.
            return;
        }
        if text.len() > SHORT {
            self.short = 0;
        }
        if text.len() > BROKEN {
            self.line.extend_from_slice(&text[text.len().saturating_sub(SHORT)..]);
        }
        self.number |= self.short > 0 && text.iter().any(u8::is_ascii_digit);
    }
}

impl UsaStage {
    pub(crate) fn new(usa: Arc<Usa>) -> Self {
        Self {
            usa,
            above: Above::default(),
            habit: Habit::default(),
            held: Vec::new(),
            begun: false,
            candidates: NextMatch::new(3),
            changes: Vec::new(),
        }
    }

    fn context(&self, text: &str, paragraph: &Paragraph) -> Context {
        // Only a form that begins or ends the text asks for the lines beside it.
        let at_edge = || text.trim_start().starts_with('U') || ends_in_form_letter(text.trim_end());
        let asks = paragraph.shape.index > 0 && at_edge();
        let above = if asks { readable(&self.above.line).into_owned() } else { String::new() };
        Context {
            heading: paragraph.is_whole() && looks_like_heading(text),
            starts: paragraph.starts,
            ends: paragraph.ends,
            address_above: paragraph.shape.index > 0 && self.above.is_address(),
            above,
            below: String::new(),
            broken: are_broken(&paragraph.shape),
        }
    }

    /// Takes note of a paragraph that has been decided or that nothing in it concerns.
    fn pass(&mut self, text: &[u8], shape: &BlockShape) {
        self.above.pass(text, shape);
        self.begun |= text.len() > HEADING;
    }
}

/// The start of a text, at most this many chars.
fn first_chars(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end])
}

/// How many bytes of white space begin a line.
fn indent(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Whether the lines of a block break inside sentences.
fn are_broken(shape: &BlockShape) -> bool {
    shape.broken || shape.lines > 2 && shape.closed * 2 < shape.lines
}

/// Makes the changes, where the paragraph is English.
fn apply(id: u64, changes: &[Change], cx: &mut StageContext<'_>) {
    if !changes.is_empty() && cx.is_english(id) {
        cx.apply(id, changes);
    }
}

impl UsaStage {
    fn edit(&mut self, id: u64, cx: &mut StageContext<'_>) {
        let paragraph = cx.paragraph(id);
        if !paragraph.is_whole() && !paragraph.text.is_edited() {
            return self.edit_piece(id, cx);
        }
        if !cx.all_candidates && !self.has_candidate(paragraph, cx.buffer) {
            return;
        }
        let text = cx.text(id);
        let context = self.context(&text, paragraph);
        let waits = self.waits(&text, paragraph, &context);
        if waits > 0 {
            self.held.push(Held { id, context, is_line: waits == 1, waits });
            return;
        }
        self.find_changes(&text, &context);
        apply(id, &self.changes, cx);
    }

    fn has_candidate(&mut self, paragraph: &Paragraph, buffer: &Buffer) -> bool {
        if paragraph.text.is_edited() {
            return find_candidate(paragraph.text.bytes(buffer)).is_some();
        }
        self.candidates.is_in(paragraph.text.span(), buffer, find_candidate)
    }

    /// How many paragraphs have to be seen before this one is decided.
    fn waits(&self, text: &str, paragraph: &Paragraph, context: &Context) -> u8 {
        let shape = paragraph.shape;
        if !self.begun && text.len() <= HEADING && self.usa.awaits_names(text, context) {
            return WAIT;
        }
        // Lines are counted up to 16.
        let more = shape.lines > 1 && (shape.lines == 16 || shape.index.saturating_add(1) < shape.lines);
        let may_break = more && shape.layout == Layout::Listed && text.len() > BROKEN;
        u8::from(may_break && self.usa.awaits_line(text, context))
    }

    /// A piece of an over-long line, with some text on either side.
    fn edit_piece(&mut self, id: u64, cx: &mut StageContext<'_>) {
        let paragraph = cx.paragraph(id);
        let span = paragraph.text.span();
        let (before, after) = (if paragraph.starts { 0 } else { AROUND }, if paragraph.ends { 0 } else { AROUND });
        let (bytes, from) = cx.buffer.around(span, before, after);
        let (text, to) = (readable(bytes), from + span.len() as usize);
        let context = self.context(&text, paragraph);
        // There may be tens of thousands: a list that grew by doubling would take twice the memory.
        let mut changes = Vec::with_capacity(memchr::memchr_iter(b'U', &bytes[from..to]).count());
        self.usa.changes(&text, from, to, &context, &mut self.habit, &mut changes);
        changes.retain(|c| c.range.end <= to);
        for change in &mut changes {
            change.range = change.range.start - from..change.range.end - from;
        }
        apply(id, &changes, cx);
    }

    /// Decides the held paragraphs that have waited long enough; `id` is the one after them.
    fn settle(&mut self, id: u64, cx: &mut StageContext<'_>) {
        let mut held = std::mem::take(&mut self.held);
        held.retain_mut(|held| {
            let text = cx.text(id);
            // A line that is indented further begins a paragraph.
            if held.is_line && cx.paragraph(id).shape.index > 0 && indent(&text) <= indent(&cx.text(held.id)) {
                held.context.below = first_chars(text.trim_start(), SHORT).into();
            }
            held.waits -= 1;
            if held.waits == 0 {
                self.decide(held.id, &held.context, cx);
            }
            held.waits > 0
        });
        self.held = held;
    }

    fn decide(&mut self, id: u64, context: &Context, cx: &mut StageContext<'_>) {
        self.find_changes(&cx.text(id), context);
        apply(id, &self.changes, cx);
    }

    fn find_changes(&mut self, text: &str, context: &Context) {
        self.changes.clear();
        self.usa.changes(text, 0, text.len(), context, &mut self.habit, &mut self.changes);
    }
}

impl ActiveStage for UsaStage {
    fn visit(&mut self, id: u64, cx: &mut StageContext<'_>) {
        if !cx.paragraph(id).stays() {
            return;
        }
        if !self.held.is_empty() {
            self.settle(id, cx);
        }
        self.edit(id, cx);
        let paragraph = cx.paragraph(id);
        self.pass(paragraph.text.bytes(cx.buffer), &paragraph.shape);
    }

    fn hold(&self) -> Option<u64> {
        self.held.first().map(|held| held.id)
    }

    fn force(&mut self, cx: &mut StageContext<'_>) {
        for held in std::mem::take(&mut self.held) {
            self.decide(held.id, &held.context, cx);
        }
    }

    fn finish(&mut self, cx: &mut StageContext<'_>) {
        self.force(cx);
    }

    fn reset(&mut self) {
        self.above = Above::default();
        (self.habit, self.begun) = (Habit::default(), false);
    }

    fn may_act(&mut self, seen: &ParagraphView<'_>, buffer: &Buffer) -> bool {
        self.candidates.is_in(seen.span, buffer, find_candidate)
    }

    fn clear_until(&mut self, from: u64, buffer: &Buffer) -> u64 {
        self.candidates.clear_until(from, buffer, find_candidate)
    }

    fn passed_clean(&mut self, last: &ParagraphView<'_>, longest: usize) {
        self.pass(last.text, &last.shape);
        self.begun |= longest > HEADING;
    }
}
