//! Emits to the sink what stays and what was edited, and closes the gaps that removals leave.
//!
//! Where paragraphs were removed, of the gaps between the neighbours that stay the one with more lines stays, the first when
//! they are equal; at the start and at the end of a document none.

use std::io;

use memchr::memchr;

use crate::document::buffer::{Buffer, Span};
use crate::document::paragraph::{Fate, Gap, Paragraph};
use crate::reasons::Reason;
use crate::script::{Edit, EditSink};

#[derive(Debug, Default)]
pub(crate) struct Emitter {
    separator: Option<Vec<u8>>,
    /// Bytes that stay and were not emitted yet: neighbours go out in one piece.
    kept: Option<Span>,
    /// Removed paragraphs whose gaps are not decided.
    run: Vec<Removed>,
    /// Something of this document has stayed.
    begun: bool,
    /// A run whose gap is decided already, by the reason that removed last: every further gap of the run goes.
    decided: Option<Reason>,
    /// The present gap is over the limit and has passed.
    passed: bool,
}

#[derive(Debug)]
struct Removed {
    gap: Gap,
    span: Span,
    reasons: Vec<Reason>,
}

/// A stretch of the input that goes, and why.
type Gone = Option<(Span, Vec<Reason>)>;

impl Emitter {
    pub(crate) fn new(separator: Option<Vec<u8>>) -> Self {
        Self { separator, ..Self::default() }
    }

    /// What must not be released yet because its fate is open.
    pub(crate) fn held_from(&self) -> Option<u64> {
        self.run.first().map(|r| r.gap.span.start)
    }

    /// How many removed paragraphs wait for the decision about their gaps.
    pub(crate) fn held(&self) -> usize {
        self.run.len()
    }

    pub(crate) fn take(&mut self, mut paragraph: Paragraph, buffer: &Buffer, out: &mut dyn EditSink) -> io::Result<()> {
        match paragraph.fate {
            Fate::Merged => Ok(()),
            Fate::Removed(reason) => {
                self.run.push(Removed::new(&paragraph, reason));
                // At the start of a document no gap stays, so there is nothing to wait for.
                if self.begun { Ok(()) } else { self.resolve(None, true, buffer, out) }
            }
            Fate::Stays => {
                if self.would_separate(&paragraph, buffer) {
                    paragraph.text.revert();
                }
                let none_stays = !self.begun || self.passed;
                self.resolve(Some(paragraph.gap), none_stays, buffer, out)?;
                (self.begun, self.decided, self.passed) = (true, None, false);
                self.emit(&paragraph, buffer, out)
            }
        }
    }

    /// Whether no gap waits for its decision.
    pub(crate) fn is_settled(&self) -> bool {
        self.run.is_empty() && self.decided.is_none()
    }

    /// A paragraph and the gap before it stay as they are, while everything is [settled](Self::is_settled).
    pub(crate) fn emit_unchanged(&mut self, whole: Span, buffer: &Buffer, out: &mut dyn EditSink) -> io::Result<()> {
        (self.begun, self.passed) = (true, false);
        self.keep(whole, buffer, out)
    }

    /// Blank lines over the limit: they pass, and no other gap of the run does.
    pub(crate) fn blank(&mut self, span: Span, buffer: &Buffer, out: &mut dyn EditSink) -> io::Result<()> {
        self.resolve(None, true, buffer, out)?;
        (self.decided, self.passed) = (None, true);
        self.keep(span, buffer, out)
    }

    /// Bytes that belong to no document.
    pub(crate) fn pass(&mut self, span: Span, buffer: &Buffer, out: &mut dyn EditSink) -> io::Result<()> {
        self.keep(span, buffer, out)
    }

    /// The end of a document.
    pub(crate) fn finish(&mut self, trailing: Gap, buffer: &Buffer, out: &mut dyn EditSink) -> io::Result<()> {
        self.resolve(Some(trailing), true, buffer, out)?;
        (self.begun, self.decided, self.passed) = (false, None, false);
        Ok(())
    }

    /// Decides the run as far as it is known: its gap is emitted now, and none that follows it in the same run.
    pub(crate) fn force(&mut self, buffer: &Buffer, out: &mut dyn EditSink) -> io::Result<()> {
        self.resolve(None, self.passed, buffer, out)
    }

    /// Emits the kept bytes that wait.
    pub(crate) fn flush(&mut self, buffer: &Buffer, out: &mut dyn EditSink) -> io::Result<()> {
        match self.kept.take() {
            Some(span) if !span.is_empty() => out.keep(buffer.slice(span)),
            _ => Ok(()),
        }
    }

    /// Decides the gaps of the run; `last` is the gap after it when that is known. Without a run, `last` stays.
    fn resolve(
        &mut self,
        last: Option<Gap>,
        none_stays: bool,
        buffer: &Buffer,
        out: &mut dyn EditSink,
    ) -> io::Result<()> {
        let run = std::mem::take(&mut self.run);
        let reason = run.last().and_then(|r| r.reasons.last().copied()).or(self.decided);
        let Some(reason) = reason else {
            return last.map_or(Ok(()), |gap| self.keep(gap.span, buffer, out));
        };
        let none_stays = none_stays || self.decided.is_some();
        let best = if none_stays { None } else { longest(run.iter().map(|r| r.gap).chain(last)) };
        let mut gone: Gone = None;
        let following = run.len();
        for (i, removed) in run.into_iter().enumerate() {
            if best == Some(i) {
                self.emit_removal(gone.take(), buffer, out)?;
                self.keep(removed.gap.span, buffer, out)?;
                gone = Some((removed.span, removed.reasons));
            } else {
                extend(&mut gone, Span::new(removed.gap.span.start, removed.span.end), removed.reasons);
            }
        }
        match last {
            Some(gap) if best == Some(following) => {
                self.emit_removal(gone, buffer, out)?;
                self.keep(gap.span, buffer, out)
            }
            Some(gap) => {
                let reasons = if gone.is_some() { Vec::new() } else { vec![reason] };
                extend(&mut gone, gap.span, reasons);
                self.emit_removal(gone, buffer, out)
            }
            None => {
                self.decided = Some(reason);
                self.emit_removal(gone, buffer, out)
            }
        }
    }

    /// Whether an edit makes a line of the paragraph equal to the line between documents.
    fn would_separate(&self, paragraph: &Paragraph, buffer: &Buffer) -> bool {
        let Some(separator) = &self.separator else { return false };
        if !paragraph.text.is_edited() {
            return false;
        }
        let text = paragraph.text.bytes(buffer);
        // Few texts have a line that could be one.
        let may_be = separator.first().is_none_or(|first| memchr(*first, text).is_some());
        may_be && text.split(|&b| b == b'\n').any(|line| line.strip_suffix(b"\r").unwrap_or(line) == separator)
    }

    /// Emits a paragraph that stays: its text with its patches, and its line ending.
    fn emit(&mut self, paragraph: &Paragraph, buffer: &Buffer, out: &mut dyn EditSink) -> io::Result<()> {
        let text = paragraph.text.bytes(buffer);
        let span = paragraph.text.span();
        let mut at = span.start;
        for &note in &paragraph.notes {
            self.flush(buffer, out)?;
            out.note(note)?;
        }
        for patch in paragraph.text.patches() {
            self.keep(Span::new(at, patch.input.start), buffer, out)?;
            self.flush(buffer, out)?;
            let (before, after) = (buffer.slice(patch.input), &text[patch.now.clone()]);
            out.edit(Edit::new(patch.input.start, before, after, &*patch.reasons))?;
            at = patch.input.end;
        }
        self.keep(Span::new(at, paragraph.end), buffer, out)
    }

    fn keep(&mut self, span: Span, buffer: &Buffer, out: &mut dyn EditSink) -> io::Result<()> {
        match &mut self.kept {
            Some(kept) if kept.end == span.start => kept.end = span.end,
            Some(kept) if kept.is_empty() => *kept = span,
            Some(_) => {
                self.flush(buffer, out)?;
                self.kept = Some(span);
            }
            None => self.kept = Some(span),
        }
        Ok(())
    }

    fn emit_removal(&mut self, gone: Gone, buffer: &Buffer, out: &mut dyn EditSink) -> io::Result<()> {
        let Some((span, reasons)) = gone.filter(|(span, _)| !span.is_empty()) else { return Ok(()) };
        self.flush(buffer, out)?;
        out.edit(Edit::new(span.start, buffer.slice(span), b"", reasons))
    }
}

impl Removed {
    fn new(paragraph: &Paragraph, reason: Reason) -> Self {
        let mut reasons: Vec<Reason> = paragraph.text.reasons().collect();
        if reasons.last() != Some(&reason) {
            reasons.push(reason);
        }
        Self { gap: paragraph.gap, span: Span::new(paragraph.text.span().start, paragraph.end), reasons }
    }
}

/// The place of the first gap that no other has more lines than.
fn longest(gaps: impl Iterator<Item = Gap>) -> Option<usize> {
    let lines = gaps.map(|g| g.lines).enumerate();
    lines.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(i, _)| i)
}

fn extend(gone: &mut Gone, span: Span, reasons: Vec<Reason>) {
    match gone {
        Some((all, why)) => {
            all.end = span.end;
            why.extend(reasons);
        }
        None => *gone = Some((span, reasons)),
    }
}
