//! Stage `markers` at work: strips each paragraph, follows what is wrapped over several lines, and removes section headings
//! that stood only over markers.

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::headings::Headings;
use super::pieces::{AROUND, LongLine, Piece};
use super::{Context, Continue, Document, Markers, Open};
use crate::change::Change;
use crate::document::ahead::Ahead;
use crate::document::block::Layout;
use crate::document::buffer::{Buffer, Span};
use crate::document::kind::Kind;
use crate::document::paragraph::Glance;
use crate::document::text::{is_blank, readable};
use crate::reasons::Reason;
use crate::stages::{Desk, Run};

/// Blank lines that an open marker may go on behind.
const BLANK_LINES: u32 = 8;

/// Where it is in the document.
#[derive(Debug)]
pub(crate) struct MarkersStage {
    markers: Arc<Markers>,
    document: Document,
    /// The first paragraph that is not settled, and the first that was not seen.
    next: u64,
    seen: u64,
    /// A marker that begins in paragraph `next` and goes on in the lines behind it.
    open: Option<Opened>,
    headings: Headings,
    line: LongLine,
    brackets: Ahead,
    rare: Ahead,
    needles: Ahead,
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
            brackets: Ahead::new(1),
            rare: Ahead::new(1),
            needles: Ahead::new(super::LONGEST_NEEDLE),
        }
    }

    /// Settles what can be settled. `end`: no more lines come, so nothing stays open.
    fn work(&mut self, end: bool, desk: &mut Desk<'_>) {
        while self.next < self.seen {
            match self.open.take() {
                None => self.begin(desk),
                Some(opened) => {
                    if !self.follow(opened, end, desk) {
                        return;
                    }
                }
            }
        }
    }

    /// Looks at the next paragraph.
    fn begin(&mut self, desk: &mut Desk<'_>) {
        let id = self.next;
        let paragraph = desk.paragraph(id);
        if paragraph.kind == Kind::Code {
            return self.strip_of(id, &[], desk);
        }
        if paragraph.is_whole() && !desk.all_candidates && !self.is_candidate(paragraph.text.span(), desk.buffer) {
            self.stand(id, desk);
            self.next = id + 1;
            return;
        }
        if !paragraph.is_whole() {
            return self.strip(id, desk);
        }
        let (text, mut changes) = (desk.text(id), Vec::new());
        let line = Context::default();
        self.markers.changes(&text, 0, text.len(), &line, &self.document, &mut changes);
        if let Some(open) = self.markers.opens(&text, &changes) {
            self.open = Some(Opened { open, lines: vec![Some(id)] });
        } else if paragraph.shape.layout == line.layout {
            self.strip_of(id, &changes, desk);
        } else {
            self.strip(id, desk);
        }
    }

    /// Strips a paragraph and settles it.
    fn strip(&mut self, id: u64, desk: &mut Desk<'_>) {
        let mut changes = self.changes(id, desk);
        changes.retain(|change| !desk.is_ignored(id, &change.range));
        self.strip_of(id, &changes, desk);
    }

    fn strip_of(&mut self, id: u64, changes: &[Change], desk: &mut Desk<'_>) {
        self.carry_out(id, changes, desk);
        self.settle(id, desk);
        self.next = id + 1;
    }

    fn changes(&mut self, id: u64, desk: &Desk<'_>) -> Vec<Change> {
        let paragraph = desk.paragraph(id);
        let context = Context { layout: paragraph.shape.layout, starts: paragraph.starts, ends: paragraph.ends };
        let mut changes = Vec::new();
        if paragraph.is_whole() {
            let text = desk.text(id);
            self.markers.changes(&text, 0, text.len(), &context, &self.document, &mut changes);
            return changes;
        }
        let (piece, text) = (paragraph.text.span(), desk.text(id));
        let after = if paragraph.ends { &[] } else { desk.buffer.after(piece, AROUND) };
        let Context { layout, starts, ends } = context;
        let piece = Piece { text: &text, after: &readable(after), layout, starts, ends };
        self.line.changes(&piece, &self.markers, &self.document)
    }

    /// Applies changes; a paragraph of which they leave nothing goes.
    fn carry_out(&mut self, id: u64, changes: &[Change], desk: &mut Desk<'_>) {
        if !changes.is_empty() {
            apply(id, changes, desk);
        }
        let paragraph = desk.paragraph(id);
        let begins = paragraph.starts || self.line.is_empty();
        match changes.last() {
            Some(last) if begins && is_blank(paragraph.text.bytes(desk.buffer)) => desk.remove(id, last.reason),
            _ if paragraph.is_whole() => {}
            _ => self.line.stays(&desk.text(id)),
        }
    }

    /// Feeds the next lines to an open marker. False: it needs more.
    fn follow(&mut self, mut opened: Opened, end: bool, desk: &mut Desk<'_>) -> bool {
        loop {
            let id = opened.lines.iter().flatten().last().map_or(self.next, |id| id + 1);
            let closed = if id < self.seen {
                let paragraph = desk.paragraph(id);
                let blank = paragraph.gap.lines;
                if !paragraph.is_whole() || paragraph.kind == Kind::Code || blank > BLANK_LINES {
                    Continue::Dead
                } else {
                    let text = desk.text(id);
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
                    self.close(&opened.lines[..lines], desk);
                    return true;
                }
                Continue::Dead => {
                    let lines = opened.open.joined().min(opened.lines.len());
                    if lines > 1 {
                        self.close(&opened.lines[..lines], desk);
                    } else {
                        self.strip(self.next, desk);
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
    fn close(&mut self, lines: &[Option<u64>], desk: &mut Desk<'_>) {
        for (id, changes) in self.changes_together(lines, desk) {
            self.carry_out(id, &changes, desk);
            self.settle(id, desk);
            self.next = id + 1;
        }
    }

    /// The changes of lines that are looked at as one text: each keeps its own ending.
    fn changes_together(&self, lines: &[Option<u64>], desk: &Desk<'_>) -> Vec<(u64, Vec<Change>)> {
        let mut text = String::new();
        let mut starts = Vec::with_capacity(lines.len());
        for (i, line) in lines.iter().enumerate() {
            if i > 0 {
                text.push('\n');
            }
            starts.push(text.len());
            if let Some(id) = line {
                text.push_str(&desk.text(*id));
            }
        }
        let mut changes = Vec::new();
        self.markers.changes(&text, 0, text.len(), &Context::default(), &self.document, &mut changes);
        let own = |(i, id): (usize, &Option<u64>)| {
            let end = starts.get(i + 1).map_or(text.len(), |next| next - 1);
            Some(((*id)?, changes.iter().filter_map(|c| within(c, starts[i], end)).collect()))
        };
        lines.iter().enumerate().filter_map(own).collect()
    }

    /// Takes note of a paragraph as it stays.
    fn settle(&mut self, id: u64, desk: &Desk<'_>) {
        let paragraph = desk.paragraph(id);
        if !paragraph.stays() {
            return self.headings.removed();
        }
        self.markers.observe(&desk.text(id), paragraph.shape.layout, &mut self.document);
        self.stand(id, desk);
    }

    /// A paragraph stays: it may be a section's heading.
    fn stand(&mut self, id: u64, desk: &Desk<'_>) {
        let paragraph = desk.paragraph(id);
        let text = paragraph.text.bytes(desk.buffer);
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

impl Run for MarkersStage {
    fn visit(&mut self, id: u64, desk: &mut Desk<'_>) {
        if self.next == self.seen {
            self.next = id;
        }
        self.seen = id + 1;
        self.work(false, desk);
    }

    fn pass_by(&mut self, id: u64, desk: &mut Desk<'_>) {
        self.visit(id, desk);
    }

    fn hold(&self) -> Option<u64> {
        let open = (self.next < self.seen).then_some(self.next);
        self.headings.first().or(open)
    }

    fn force(&mut self, desk: &mut Desk<'_>) {
        if self.headings.first().is_some() {
            self.headings.clear();
        } else {
            self.work(true, desk);
            self.headings.clear();
        }
    }

    fn finish(&mut self, desk: &mut Desk<'_>) {
        self.work(true, desk);
        let headings = self.headings.finish();
        if self.markers.switches.has(Reason::HeadedMarkers) {
            headings.into_iter().for_each(|id| desk.remove(id, Reason::HeadedMarkers));
        }
    }

    fn forget(&mut self) {
        self.document = Document::default();
    }

    fn wants(&mut self, seen: &Glance<'_>, buffer: &Buffer) -> bool {
        !seen.is_whole() || self.is_candidate(seen.span, buffer) || self.headings.may_be_heading(seen.text)
    }

    fn skipped(&mut self, _: &Glance<'_>) {
        self.headings.passed();
    }

    fn would_act(&self, text: &str, _: RangeInclusive<u64>, _: &Desk<'_>) -> bool {
        // The text may come to stand before what the document names.
        let acts = |document: &Document| {
            let mut changes = Vec::new();
            self.markers.changes(text, 0, text.len(), &Context::default(), document, &mut changes);
            !changes.is_empty()
        };
        acts(&self.document) || acts(&Document::default())
    }

    fn mend(&self, lines: &[u64], desk: &mut Desk<'_>) -> bool {
        let mut all: Vec<Option<u64>> = Vec::with_capacity(lines.len());
        for &id in lines {
            let blank = if all.is_empty() { 0 } else { desk.paragraph(id).gap.lines.min(BLANK_LINES) };
            all.extend((0..blank).map(|_| None).chain([Some(id)]));
        }
        let mut mended = false;
        for (id, changes) in self.changes_together(&all, desk) {
            let Some(last) = changes.last() else { continue };
            mended = true;
            apply(id, &changes, desk);
            if is_blank(desk.paragraph(id).text.bytes(desk.buffer)) {
                desk.remove(id, last.reason);
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
fn apply(id: u64, changes: &[Change], desk: &mut Desk<'_>) {
    let paragraph = desk.paragraph(id);
    let text = paragraph.text.bytes(desk.buffer);
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
    desk.apply(id, &changes);
}

/// The part of a change that falls into a line of the joined text, as a change of that line.
fn within(change: &Change, start: usize, end: usize) -> Option<Change> {
    let (from, to) = (change.range.start.max(start), change.range.end.min(end));
    let inside = change.range.start >= start && change.range.end <= end;
    let new = if inside { change.new.clone() } else { "".into() };
    (from < to).then(|| Change { range: from - start..to - start, new, reason: change.reason })
}
