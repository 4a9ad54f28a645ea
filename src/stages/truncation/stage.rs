//! Stage `truncation` at work: holds paragraphs that may be cut until one is there that is not, then joins, marks or drops.
//!
//! Held paragraphs are decided from the last to the first, each against what its neighbour has become: so a second run, which
//! sees the neighbours as they became, decides the same.

use std::ops::Range;
use std::sync::Arc;

use super::Truncated;
use super::join::Following;
use super::{Context, Decision, Next, decide, has_mark, quick};
use crate::document::block::{BlockShape, Layout};
use crate::document::buffer::Buffer;
use crate::document::fence::Fence;
use crate::document::layout::{self, Before};
use crate::document::paragraph::{Paragraph, ParagraphView};
use crate::document::role::HEADING_MAX;
use crate::document::text::readable;
use crate::english::ceil_boundary;
use crate::english::country::{Canonical, canonical_text, in_one_form};
use crate::english::ending::{self, Ending, is_closed, may_be_cut};
use crate::reasons::Reason;
use crate::rules::Rule;
use crate::scope::Switches;
use crate::stages::{ActiveStage, StageContext};

/// A joined paragraph is no longer than this, in bytes: a chain of cuts without end stays within the budget.
const JOINED: usize = 8 * 1024;
/// The blank lines between two parts of a sentence take no more bytes than this.
const BETWEEN: u64 = 4 * 1024;
/// Bytes around a join that an earlier stage could act on: a directive reaches no farther.
const SEAM: usize = 4 * 1024;
/// Paragraphs after the next one that are looked at: parts of one sentence.
const BEYOND: usize = 3;
/// A first paragraph of this many bytes is no title.
const TITLE: usize = 100;
/// The form of the country's name in which texts are judged.
const FORM: &str = "U.S.";

/// Where it is in the document.
#[derive(Debug)]
pub(crate) struct TruncationStage {
    mode: Truncated,
    /// The mark of a cut.
    mark: Arc<str>,
    switches: Switches,
    /// No likely reason is on.
    sure_only: bool,
    /// The paragraphs that may be cut, one after the other.
    held: Vec<Held>,
    /// What the next paragraph finds before it.
    place: Place,
}

#[derive(Clone, Copy, Debug)]
struct Held {
    id: u64,
    context: Context,
    /// Nothing more will be said about its end.
    settled: bool,
}

/// What comes after the paragraph that is decided.
struct After {
    /// The nearest one last.
    paragraphs: Vec<Held>,
    /// The document ends after them.
    ended: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Place {
    begun: bool,
    colon: bool,
}

impl Place {
    fn context(self, shape: BlockShape) -> Context {
        Context { shape, first: !self.begun, prev_ends_colon: self.colon, joined: false }
    }

    fn pass(&mut self, text: &[u8]) {
        self.begun = true;
        self.colon = text.trim_ascii_end().ends_with(b":");
    }
}

impl TruncationStage {
    pub(crate) fn new(mode: Truncated, mark: Arc<str>, switches: Switches) -> Self {
        let sure_only = !switches.any(Rule::LikelyCut);
        Self { mode, mark, switches, sure_only, held: Vec::new(), place: Place::default() }
    }

    /// Decides all that is held; `last` is the paragraph after it, `ended`: the document ends. Gives what the last one has
    /// become.
    fn decide_held(&mut self, last: Option<Held>, ended: bool, cx: &mut StageContext<'_>) -> Option<Held> {
        if self.held.is_empty() {
            return last;
        }
        let mut after = After { paragraphs: last.into_iter().collect(), ended };
        while let Some(mut held) = self.held.pop() {
            while !held.settled {
                match (self.judge(&held, &after, cx), after.paragraphs.last().copied()) {
                    (Decision::Join { from, skip, with, reason }, Some(next)) => {
                        cx.join(held.id, from, with, next.id, skip, reason);
                        held.settled = next.settled;
                        held.context.joined = true;
                        after.paragraphs.pop();
                    }
                    (decision, _) => {
                        // What a cut before it goes on with is judged as a whole, once the two are joined.
                        if !matches!(decision, Decision::Cut { .. }) || !self.will_be_joined(&held, &mut after, cx) {
                            self.carry_out(held.id, &held.context, decision, cx);
                        }
                        break;
                    }
                }
            }
            if cx.paragraph(held.id).stays() {
                after.paragraphs.push(held);
            }
        }
        after.paragraphs.first().copied()
    }

    /// Whether the held paragraph before it will be joined with it.
    fn will_be_joined(&self, held: &Held, after: &mut After, cx: &mut StageContext<'_>) -> bool {
        let before = self.held.last().filter(|before| !before.settled && cx.paragraph(before.id).stays());
        before.is_some_and(|before| {
            after.paragraphs.push(*held);
            let joins = matches!(self.judge(before, after, cx), Decision::Join { .. });
            after.paragraphs.pop();
            joins
        })
    }

    /// A wrapped block shows that two full lines before it are wrapped as well: where the first one ends says nothing.
    fn settle_pairs(&mut self, cx: &StageContext<'_>) {
        for second in 1..self.held.len() {
            if is_pair(&self.held[second - 1], &self.held[second], cx) {
                self.held[second - 1].settled = true;
            }
        }
    }

    /// What is to be done about a paragraph's end, where it is English, and what it is joined with is, too.
    fn judge(&self, held: &Held, after: &After, cx: &mut StageContext<'_>) -> Decision {
        let decision = self.judge_english(held, after, cx);
        let joined = after.paragraphs.last().filter(|_| matches!(decision, Decision::Join { .. }));
        let may_act = matches!(decision, Decision::Keep)
            || cx.is_english(held.id) && joined.is_none_or(|next| cx.is_english(next.id));
        if may_act && !self.touches_ignored(&decision, held.id, after, cx) { decision } else { Decision::Keep }
    }

    /// Whether a decision would touch what no stage may touch.
    fn touches_ignored(&self, decision: &Decision, id: u64, after: &After, cx: &StageContext<'_>) -> bool {
        let len = cx.paragraph(id).text.bytes(cx.buffer).len();
        match decision {
            Decision::Keep => false,
            Decision::Join { from, skip, .. } => {
                let next = after.paragraphs.last();
                cx.is_ignored(id, &(*from..len)) || next.is_some_and(|next| cx.is_ignored(next.id, &(0..*skip)))
            }
            Decision::Cut { sentence, .. } if self.mode == Truncated::Drop => cx.is_ignored(id, &(*sentence..len)),
            Decision::Cut { at, .. } => cx.is_ignored(id, &(*at..len)),
            Decision::Link { range } => cx.is_ignored(id, range),
        }
    }

    /// Whether a text ends in the mark of an earlier run, and only by that can be seen to be cut.
    fn is_marked(&self, text: &[u8]) -> bool {
        let mark = self.mark.trim_start();
        text.trim_ascii_end().ends_with(mark.as_bytes()) && !matches!(ending::of(mark), Ending::Ellipsis(_))
    }

    /// What is to be done about a paragraph's end: a decision whose reason is off is none, and so is a join that may not be
    /// made. Texts are judged with one form of the country's name.
    fn judge_english(&self, held: &Held, after: &After, cx: &StageContext<'_>) -> Decision {
        let text = cx.text(held.id);
        if self.mode == Truncated::Ellipsis && has_mark(&text) {
            return Decision::Keep;
        }
        if self.sure_only && stays_open(&text, after, cx) {
            return Decision::Keep;
        }
        let mut following = after.paragraphs.iter().rev();
        let text = Canonical::new(&text, FORM);
        let Some(next) = following.next() else {
            let next = if after.ended { Next::End } else { Next::Unknown };
            return self.switched(in_own_offsets(decide(&text.text, &held.context, next), &text, &text));
        };
        let beyond: Vec<_> = following.take(BEYOND).map(|beyond| in_one_form(cx.text(beyond.id), FORM)).collect();
        let following = cx.text(next.id);
        let following = Canonical::new(&following, FORM);
        let place = Next::Paragraph { text: &following.text, context: &next.context, beyond: &beyond };
        match in_own_offsets(decide(&text.text, &held.context, place), &text, &following) {
            // The rest is there all the same.
            Decision::Join { from, skip, with, .. } if !self.may_join(held.id, from, with, next.id, skip, cx) => {
                Decision::Keep
            }
            decision => self.switched(decision),
        }
    }

    /// The decision, where what it is made for is on.
    fn switched(&self, decision: Decision) -> Decision {
        let reason = match &decision {
            Decision::Keep => return decision,
            Decision::Join { reason, .. } | Decision::Cut { reason, .. } => *reason,
            Decision::Link { .. } => Reason::LinkAfterEllipsis,
        };
        if self.switches.has(reason) { decision } else { Decision::Keep }
    }

    /// A join must not be too long, and must make nothing that an earlier stage would take.
    fn may_join(&self, id: u64, from: usize, with: &str, second: u64, skip: usize, cx: &StageContext<'_>) -> bool {
        let (a, b) = (cx.paragraph(id), cx.paragraph(second));
        let (first, next) = (cx.text(id), cx.text(second));
        let len = |text: &str| canonical_text(text, FORM).0.len();
        let between = (id + 1..=second).map(|i| cx.paragraph(i).gap.span.len()).max();
        if len(&first[..from]) + len(&next) > JOINED || between > Some(BETWEEN) {
            return false;
        }
        let wrapped = a.shape.layout == Layout::Wrapped || b.shape.layout == Layout::Wrapped;
        // Lines that stay beside it would change how the layout of a wrapped block is detected.
        let beside = |p: &Paragraph| p.shape.layout == Layout::Listed && p.shape.lines > 1;
        // What followed a block's first line in it has been joined with it.
        if wrapped && (beside(a) && a.shape.index > 0 || beside(b)) {
            return false;
        }
        if Fence::may_be_at(next.as_bytes())
            || wrapped && !is_wrapped(&format!("{}{with}{}", &first[..from], &next[skip..]))
        {
            return false;
        }
        let head = &first[ceil_boundary(&first, from.saturating_sub(SEAM))..from];
        let tail = &next[skip..ceil_boundary(&next, (skip + SEAM).min(next.len()))];
        let seam = format!("{head}{with}{tail}");
        let would_act = cx.earlier.iter().any(|s| s.would_act(&seam, id..=second, cx));
        let decides = |text: &str| cx.earlier.iter().any(|s| s.depends_on(text));
        !would_act && decides(&seam) == (decides(head) || decides(tail))
    }

    fn carry_out(&self, id: u64, context: &Context, decision: Decision, cx: &mut StageContext<'_>) {
        let len = cx.paragraph(id).text.bytes(cx.buffer).len();
        match decision {
            Decision::Keep | Decision::Join { .. } => {}
            Decision::Cut { reason, .. } if self.mode == Truncated::Keep => cx.note(id, reason),
            Decision::Link { .. } if self.mode == Truncated::Keep => cx.note(id, Reason::LinkAfterEllipsis),
            Decision::Link { range } => cx.replace(id, range, "", Reason::LinkAfterEllipsis),
            Decision::Cut { at, sentence, link, reason, .. } if self.mode == Truncated::Drop => {
                self.drop_sentence(id, context, sentence, link.map(|_| at), reason, cx);
            }
            Decision::Cut { at, ellipsis: true, link, .. } => {
                if link.is_some() && self.switches.has(Reason::LinkAfterEllipsis) {
                    cx.replace(id, at..len, "", Reason::LinkAfterEllipsis);
                }
            }
            // With a mark, a line of the head may read as a title that was cut short.
            Decision::Cut { at, reason, .. } if would_be_copy(id, &cx.text(id)[..at], &self.mark, cx) => {
                cx.note(id, reason);
            }
            Decision::Cut { at, link, reason, .. } => {
                if link.is_some() {
                    if !self.switches.has(Reason::LinkAfterEllipsis) {
                        return;
                    }
                    cx.replace(id, at..len, "", Reason::LinkAfterEllipsis);
                }
                let len = cx.text(id).len();
                cx.replace(id, at..len, &self.mark, reason);
            }
        }
    }

    /// Removes an incomplete sentence, and the paragraph when nothing is left of it; but a short first line may be the
    /// document's title, by which the rest was judged. Of that only the teaser's link goes, which begins at `link`.
    fn drop_sentence(
        &self,
        id: u64,
        context: &Context,
        sentence: usize,
        link: Option<usize>,
        reason: Reason,
        cx: &mut StageContext<'_>,
    ) {
        let text = cx.text(id).into_owned();
        let from = text[..sentence].trim_end().len();
        let names = cx.earlier.iter().any(|s| s.depends_on(&text[sentence..])) || from == 0 && cx.is_between(id);
        // A block of short lines keeps its lines: they are judged by its shape.
        let title =
            from == 0 && (context.first && canonical_text(&text, FORM).0.len() < TITLE || context.shape.is_lines());
        if names || title || !keeps_layout(context, &text[..from]) || would_be_copy(id, &text[..from], "", cx) {
            let goes = |at: &usize| title && !names && !would_be_copy(id, &text[..*at], "", cx);
            if let Some(at) = link.filter(goes) {
                cx.replace(id, at..text.len(), "", Reason::LinkAfterEllipsis);
            }
            return cx.note(id, reason);
        }
        let paragraph = cx.paragraph(id);
        if from == 0 && paragraph.is_whole() {
            cx.remove(id, reason);
        } else {
            cx.replace(id, from..text.len(), "", reason);
        }
    }
}

impl ActiveStage for TruncationStage {
    fn visit(&mut self, id: u64, cx: &mut StageContext<'_>) {
        let paragraph = cx.paragraph(id);
        if !paragraph.stays() {
            return;
        }
        let context = self.place.context(paragraph.shape);
        let text = paragraph.text.bytes(cx.buffer);
        self.place.pass(text);
        let is_closed = !may_be_cut(text) || self.is_marked(text);
        let settled = !paragraph.ends || context.shape.broken || is_closed || Fence::may_be_at(text);
        let held = Held { id, context, settled };
        if context.shape.layout == Layout::Wrapped && context.shape.lines > 2 && !may_be_cut(text) {
            self.settle_pairs(cx);
        }
        if settled && !self.held.last().is_some_and(|first| is_pair(first, &held, cx)) {
            self.decide_held(Some(held), false, cx);
        } else {
            self.held.push(held);
        }
    }

    fn pass_by(&mut self, id: u64, cx: &mut StageContext<'_>) {
        let paragraph = cx.paragraph(id);
        if paragraph.stays() {
            let context = self.place.context(paragraph.shape);
            self.decide_held(Some(Held { id, context, settled: true }), false, cx);
        }
    }

    fn hold(&self) -> Option<u64> {
        self.held.first().map(|h| h.id)
    }

    fn force(&mut self, cx: &mut StageContext<'_>) {
        // The last one still waits for its neighbour, unless there is no other to let go.
        let last = if self.held.len() > 1 { self.held.pop() } else { None };
        let following = self.decide_held(last, false, cx);
        self.held.extend(last.and(following));
    }

    fn finish(&mut self, cx: &mut StageContext<'_>) {
        self.decide_held(None, true, cx);
    }

    fn reset(&mut self) {
        self.place = Place::default();
    }

    fn may_act(&mut self, seen: &ParagraphView<'_>, _: &Buffer) -> bool {
        seen.ends && may_be_cut(seen.text)
    }

    fn leaves(&self, line: &[u8], _: &BlockShape) -> bool {
        is_closed(line)
    }

    fn leaves_row(&mut self, lines: &[&[u8]], _: &BlockShape) -> bool {
        // An open line would be held until the next comes that is not.
        let mut end = 0;
        (0..lines.len()).rev().all(|at| {
            let line = lines[at];
            if is_closed(line) || !may_be_cut(line) {
                end = at + 1;
                return true;
            }
            self.sure_only && !self.is_marked(line) && stays_in_row(&lines[at..end.max(at)])
        })
    }

    fn passed_clean(&mut self, last: &ParagraphView<'_>, _: usize) {
        self.place.pass(last.text);
    }
}

/// Whether two paragraphs are the lines of a block that may be a wrapped one: too short to decide.
fn is_pair(first: &Held, second: &Held, cx: &StageContext<'_>) -> bool {
    let place = |held: &Held| (held.context.shape.lines, held.context.shape.index);
    let beside = first.id + 1 == second.id;
    if !beside || place(first) != (2, 0) || place(second) != (2, 1) || second.context.shape.layout == Layout::Wrapped {
        return false;
    }
    let (first, second) = (cx.text(first.id), cx.text(second.id));
    let width = first.chars().count().max(second.chars().count());
    let before = Before { width: Some(width), broken: false };
    layout::judge(&[&first, &second], before).0.layout == Layout::Wrapped
}

/// Whether a wrapped paragraph is still detected as one when the text is all that is left of it.
fn keeps_layout(context: &Context, text: &str) -> bool {
    context.shape.layout == Layout::Listed || text.is_empty() || is_wrapped(text)
}

fn is_wrapped(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().take(layout::LINES).collect();
    layout::judge(&lines, Before::default()).0.layout == Layout::Wrapped
}

/// Whether a line, as it is to become, would be taken for a copy of a title.
fn would_be_copy(id: u64, text: &str, mark: &str, cx: &StageContext<'_>) -> bool {
    (1..=HEADING_MAX).contains(&text.len()) && {
        let marked = format!("{text}{mark}");
        cx.earlier.iter().any(|s| s.would_act(&marked, id..=id, cx))
    }
}

/// Whether a paragraph surely stays as it is before what comes after it.
fn stays_open(text: &str, after: &After, cx: &StageContext<'_>) -> bool {
    let mut following = after.paragraphs.iter().rev();
    let Some(next) = following.next() else { return false };
    let beyond: Vec<_> = following.take(BEYOND).map(|beyond| cx.text(beyond.id)).collect();
    quick::stays_open(text, &Following { text: &cx.text(next.id), context: &next.context, beyond: &beyond })
}

/// Whether the first of several lines, each a block of its own, surely stays as it is before the others.
fn stays_in_row(lines: &[&[u8]]) -> bool {
    let [text, next, beyond @ ..] = lines else { return false };
    let (Ok(text), Ok(next)) = (std::str::from_utf8(text), std::str::from_utf8(next)) else { return false };
    let beyond: Vec<_> = beyond.iter().take(BEYOND).map(|line| readable(line)).collect();
    quick::stays_open(text, &Following { text: next, context: &Context::default(), beyond: &beyond })
}

/// A decision about canonical texts as one about the texts themselves.
fn in_own_offsets(decision: Decision, text: &Canonical<'_>, next: &Canonical<'_>) -> Decision {
    let own = |range: Range<usize>| text.original(range.start)..text.original(range.end);
    match decision {
        Decision::Keep => Decision::Keep,
        Decision::Join { from, skip, with, reason } => {
            Decision::Join { from: text.original(from), skip: next.original(skip), with, reason }
        }
        Decision::Cut { at, sentence, ellipsis, link, reason } => Decision::Cut {
            at: text.original(at),
            sentence: text.original(sentence),
            ellipsis,
            link: link.map(own),
            reason,
        },
        Decision::Link { range } => Decision::Link { range: own(range) },
    }
}
