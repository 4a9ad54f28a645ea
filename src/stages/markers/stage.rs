//! Stage `markers` at work: strips each paragraph, follows what is wrapped over several lines, and removes section headings
//! that stood only over markers.

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::headings::Headings;
use super::pieces::{AROUND, LongLine, Piece};
use super::{Context, Continue, Document, Markers, Open};
use crate::change::Change;
use crate::document::block::{BlockShape, Layout};
use crate::document::buffer::{Buffer, Span};
use crate::document::kind::Kind;
use crate::document::next_match::NextMatch;
use crate::document::paragraph::ParagraphView;
use crate::document::text::{is_blank, readable};
use crate::reasons::Reason;
use crate::stages::{ActiveStage, StageContext};

/// Blank lines across which an open marker may go on.
const BLANK_LINES: u32 = 8;

/// Where it is in the document.
#[derive(Debug)]
pub(crate) struct MarkersStage {
    markers: Arc<Markers>,
    document: Document,
    /// The first paragraph that is not settled, and the first that was not seen.
    next: u64,
    seen: u64,
    /// A marker that begins in paragraph `next` and goes on in the lines after it.
    open: Option<Opened>,
    headings: Headings,
    line: LongLine,
    brackets: NextMatch,
    rare: NextMatch,
    needles: NextMatch,
}

/// The lines that an open marker may belong to.
#[derive(Debug)]
struct Opened {
    open: Open,
    /// Paragraphs; nothing for a blank line.
    lines: Vec<Option<u64>>,
}

impl MarkersStage {
    pub(crate) fn new(markers: Arc<Markers>) -> Self {
        Self {
            markers,
            document: Document::default(),
            next: 0,
            seen: 0,
            open: None,
            headings: Headings::default(),
            line: LongLine::default(),
            brackets: NextMatch::new(1),
            rare: NextMatch::new(1),
            needles: NextMatch::new(super::LONGEST_NEEDLE),
        }
    }

    /// Settles what can be settled. `end`: no more lines come, so nothing stays open.
    fn work(&mut self, end: bool, cx: &mut StageContext<'_>) {
        while self.next < self.seen {
            match self.open.take() {
                None => self.begin(cx),
                Some(opened) => {
                    if !self.follow(opened, end, cx) {
                        return;
                    }
                }
            }
        }
    }

    /// Looks at the next paragraph.
    fn begin(&mut self, cx: &mut StageContext<'_>) {
        let id = self.next;
        let paragraph = cx.paragraph(id);
        if paragraph.kind == Kind::Code {
            return self.strip_of(id, &[], cx);
        }
        let holds = || self.document == Document::default() && !cx.all_candidates && !cx.has_ignored(id);
        if paragraph.known.markers.is_some() && holds() {
            return self.strip_known(id, cx);
        }
        if paragraph.is_whole() && !cx.all_candidates && !self.is_candidate(paragraph.text.span(), cx.buffer) {
            self.stand(id, cx);
            self.next = id + 1;
            return;
        }
        if !paragraph.is_whole() {
            return self.strip(id, cx);
        }
        let text = cx.text(id);
        let line = Context::default();
        let stripped = self.markers.strip(&text, &line, &self.document);
        if let Some(open) = self.markers.opens(&stripped) {
            self.open = Some(Opened { open, lines: vec![Some(id)] });
        } else if paragraph.shape.layout == line.layout {
            let changes = stripped.changes;
            self.strip_of(id, &changes, cx);
        } else {
            self.strip(id, cx);
        }
    }

    /// Strips what was found when the paragraph's block was judged. What stays opens nothing and names nothing.
    fn strip_known(&mut self, id: u64, cx: &mut StageContext<'_>) {
        let changes = cx.window.take_markers(id);
        self.carry_out(id, &changes, cx);
        self.stand(id, cx);
        self.next = id + 1;
    }

    /// Strips a paragraph and settles it.
    fn strip(&mut self, id: u64, cx: &mut StageContext<'_>) {
        let mut changes = self.changes(id, cx);
        changes.retain(|change| !cx.is_ignored(id, &change.range));
        self.strip_of(id, &changes, cx);
    }

    fn strip_of(&mut self, id: u64, changes: &[Change], cx: &mut StageContext<'_>) {
        self.carry_out(id, changes, cx);
        self.settle(id, cx);
        self.next = id + 1;
    }

    fn changes(&mut self, id: u64, cx: &StageContext<'_>) -> Vec<Change> {
        let paragraph = cx.paragraph(id);
        let context = Context { layout: paragraph.shape.layout, starts: paragraph.starts, ends: paragraph.ends };
        if paragraph.is_whole() {
            return self.markers.strip(&cx.text(id), &context, &self.document).changes;
        }
        let (piece, text) = (paragraph.text.span(), cx.text(id));
        let after = if paragraph.ends { &[] } else { cx.buffer.after(piece, AROUND) };
        let Context { layout, starts, ends } = context;
        let piece = Piece { text: &text, after: &readable(after), layout, starts, ends };
        self.line.changes(&piece, &self.markers, &self.document)
    }

    /// Applies changes; a paragraph of which they leave nothing goes.
    fn carry_out(&mut self, id: u64, changes: &[Change], cx: &mut StageContext<'_>) {
        if !changes.is_empty() {
            apply(id, changes, cx);
        }
        let paragraph = cx.paragraph(id);
        let begins = paragraph.starts || self.line.is_empty();
        match changes.last() {
            Some(last) if begins && is_blank(paragraph.text.bytes(cx.buffer)) => cx.remove(id, last.reason),
            _ if paragraph.is_whole() => {}
            _ => self.line.stays(&cx.text(id)),
        }
    }

    /// Feeds the next lines to an open marker. False: it needs more.
    fn follow(&mut self, mut opened: Opened, end: bool, cx: &mut StageContext<'_>) -> bool {
        loop {
            let id = opened.lines.iter().flatten().last().map_or(self.next, |id| id + 1);
            let closed = if id < self.seen {
                let paragraph = cx.paragraph(id);
                let blank = paragraph.gap.lines;
                if !paragraph.is_whole() || paragraph.kind == Kind::Code || blank > BLANK_LINES {
                    Continue::Dead
                } else {
                    let text = cx.text(id);
                    self.feed(&mut opened, id, blank, &text)
                }
            } else if end {
                Continue::Dead
            } else {
                self.open = Some(opened);
                return false;
            };
            match closed {
                Continue::Open => {}
                Continue::Closed => {
                    let lines = opened.open.joined().min(opened.lines.len());
                    self.close(&opened.lines[..lines], cx);
                    return true;
                }
                Continue::Dead => {
                    let lines = opened.open.joined().min(opened.lines.len());
                    if lines > 1 {
                        self.close(&opened.lines[..lines], cx);
                    } else {
                        self.strip(self.next, cx);
                    }
                    return true;
                }
            }
        }
    }

    fn feed(&self, opened: &mut Opened, id: u64, blank: u32, text: &str) -> Continue {
        for _ in 0..blank {
            opened.lines.push(None);
            match self.markers.continues(&mut opened.open, "", &self.document) {
                Continue::Open => {}
                done => return done,
            }
        }
        opened.lines.push(Some(id));
        self.markers.continues(&mut opened.open, text, &self.document)
    }

    /// Strips lines that belong together.
    fn close(&mut self, lines: &[Option<u64>], cx: &mut StageContext<'_>) {
        for (id, changes) in self.changes_together(lines, cx) {
            self.carry_out(id, &changes, cx);
            self.settle(id, cx);
            self.next = id + 1;
        }
    }

    /// The changes of lines that are looked at as one text: each keeps its own ending.
    fn changes_together(&self, lines: &[Option<u64>], cx: &StageContext<'_>) -> Vec<(u64, Vec<Change>)> {
        let mut text = String::new();
        let mut starts = Vec::with_capacity(lines.len());
        for (i, line) in lines.iter().enumerate() {
            if i > 0 {
                text.push('\n');
            }
            starts.push(text.len());
            if let Some(id) = line {
                text.push_str(&cx.text(*id));
            }
        }
        let changes = self.markers.strip(&text, &Context::default(), &self.document).changes;
        let own = |(i, id): (usize, &Option<u64>)| {
            let end = starts.get(i + 1).map_or(text.len(), |next| next - 1);
            Some(((*id)?, changes.iter().filter_map(|c| within(c, starts[i], end)).collect()))
        };
        lines.iter().enumerate().filter_map(own).collect()
    }

    /// Takes note of a paragraph as it stays.
    fn settle(&mut self, id: u64, cx: &StageContext<'_>) {
        let paragraph = cx.paragraph(id);
        if paragraph.stays() {
            self.markers.observe(&cx.text(id), paragraph.shape.layout, &mut self.document);
        }
        self.stand(id, cx);
    }

    /// A paragraph is decided: one that stays may be a section's heading.
    fn stand(&mut self, id: u64, cx: &StageContext<'_>) {
        let paragraph = cx.paragraph(id);
        if !paragraph.stays() {
            return self.headings.removed();
        }
        let text = paragraph.text.bytes(cx.buffer);
        if paragraph.is_whole() && self.headings.may_be_heading(text) {
            self.headings.stays(id, Some(&readable(text)), &paragraph.shape);
        } else {
            self.headings.stays(id, None, &paragraph.shape);
        }
    }

    /// Whether a paragraph holds something to look at. Each byte is searched once.
    fn is_candidate(&mut self, span: Span, buffer: &Buffer) -> bool {
        let Self { markers, brackets, rare, needles, .. } = self;
        markers.has_patterns()
            || brackets.is_in(span, buffer, Markers::find_bracket)
            || rare.is_in(span, buffer, Markers::find_rare)
            || needles.is_in(span, buffer, |bytes| markers.find_needle(bytes))
    }
}

impl ActiveStage for MarkersStage {
    fn visit(&mut self, id: u64, cx: &mut StageContext<'_>) {
        if self.next == self.seen {
            self.next = id;
        }
        self.seen = id + 1;
        self.work(false, cx);
    }

    fn pass_by(&mut self, id: u64, cx: &mut StageContext<'_>) {
        self.visit(id, cx);
    }

    fn hold(&self) -> Option<u64> {
        let open = (self.next < self.seen).then_some(self.next);
        self.headings.first().or(open)
    }

    fn force(&mut self, cx: &mut StageContext<'_>) {
        if self.headings.first().is_some() {
            self.headings.clear();
        } else {
            self.work(true, cx);
            self.headings.clear();
        }
    }

    fn finish(&mut self, cx: &mut StageContext<'_>) {
        self.work(true, cx);
        let headings = self.headings.finish();
        if self.markers.switches.has(Reason::HeadedMarkers) {
            headings.into_iter().for_each(|id| cx.remove(id, Reason::HeadedMarkers));
        }
    }

    fn reset(&mut self) {
        (self.document, self.headings) = Default::default();
    }

    fn may_act(&mut self, seen: &ParagraphView<'_>, buffer: &Buffer) -> bool {
        !seen.is_whole() || self.is_candidate(seen.span, buffer) || self.headings.may_be_heading(seen.text)
    }

    fn clear_until(&mut self, from: u64, buffer: &Buffer) -> u64 {
        let Self { markers, brackets, rare, needles, .. } = self;
        if markers.has_patterns() {
            return from;
        }
        let clear = brackets.clear_until(from, buffer, Markers::find_bracket);
        let clear = clear.min(rare.clear_until(from, buffer, Markers::find_rare));
        clear.min(needles.clear_until(from, buffer, |bytes| markers.find_needle(bytes)))
    }

    fn leaves(&self, line: &[u8], _: &BlockShape) -> bool {
        !self.headings.may_be_heading(line)
    }

    fn leaves_row(&mut self, lines: &[&[u8]], _: &BlockShape) -> bool {
        // A heading that something follows stays.
        lines.last().is_some_and(|last| !Headings::has_shape(last))
    }

    fn row_passes(&mut self) {
        self.headings.passed();
    }

    fn passed_clean(&mut self, _: &ParagraphView<'_>, _: usize) {
        self.headings.passed();
    }

    fn would_act(&self, text: &str, _: RangeInclusive<u64>, _: &StageContext<'_>) -> bool {
        // The text may come to stand before what the document names.
        let acts = |document| !self.markers.strip(text, &Context::default(), document).changes.is_empty();
        let default = Document::default();
        acts(&self.document) || self.document != default && acts(&default)
    }

    fn mend(&self, lines: &[u64], cx: &mut StageContext<'_>) -> bool {
        let is_candidate = |&id: &u64| self.markers.is_candidate(cx.paragraph(id).text.bytes(cx.buffer));
        if !lines.iter().any(is_candidate) {
            return false;
        }
        let mut all: Vec<Option<u64>> = Vec::with_capacity(lines.len());
        for &id in lines {
            let blank = if all.is_empty() { 0 } else { cx.paragraph(id).gap.lines.min(BLANK_LINES) };
            all.extend((0..blank).map(|_| None).chain([Some(id)]));
        }
        let mut mended = false;
        for (id, changes) in self.changes_together(&all, cx) {
            let Some(last) = changes.last() else { continue };
            mended = true;
            apply(id, &changes, cx);
            if is_blank(cx.paragraph(id).text.bytes(cx.buffer)) {
                cx.remove(id, last.reason);
            }
        }
        mended
    }

    fn is_open(&self, text: &str) -> bool {
        self.markers.is_open(text.trim_end())
    }

    fn depends_on(&self, text: &str) -> bool {
        let mut document = Document::default();
        self.markers.observe(text, Layout::Listed, &mut document);
        document != Document::default()
    }
}

/// Applies changes to a paragraph. Where they empty the last line of a wrapped one, the end of the line before it goes as
/// well: the paragraph has its own.
fn apply(id: u64, changes: &[Change], cx: &mut StageContext<'_>) {
    let paragraph = cx.paragraph(id);
    let text = paragraph.text.bytes(cx.buffer);
    let kept = |last: &Change| {
        let before = text[..last.range.start].strip_suffix(b"\n")?;
        Some(before.strip_suffix(b"\r").unwrap_or(before).len()).filter(|&len| !is_blank(&text[..len]))
    };
    let ends = |last: &&Change| last.range.end == text.len() && last.new.is_empty();
    let from = changes.last().filter(ends).filter(|_| paragraph.end > paragraph.text.span().end).and_then(kept);
    let mut changes = changes.to_vec();
    if let (Some(from), [before @ .., last]) = (from, &mut changes[..])
        && before.last().is_none_or(|before| before.range.end <= from)
    {
        last.range.start = from;
    }
    cx.apply(id, &changes);
}

/// The part of a change that falls into a line of the joined text, as a change of that line.
fn within(change: &Change, start: usize, end: usize) -> Option<Change> {
    let (from, to) = (change.range.start.max(start), change.range.end.min(end));
    let inside = change.range.start >= start && change.range.end <= end;
    let new = if inside { change.new.clone() } else { "".into() };
    (from < to).then(|| Change { range: from - start..to - start, new, reason: change.reason })
}
