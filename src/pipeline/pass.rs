//! Lines that no stage wants pass as spans of the buffer: most of a clean text. Nothing is made of them, and what they do is what
//! [`Pipeline::push`] would.

use std::io;

use super::Pipeline;
use crate::document::assemble::{Assembler, Pass};
use crate::document::block::BlockShape;
use crate::document::buffer::{Buffer, Span};
use crate::document::layout::ALONE;
use crate::document::lines::Lines;
use crate::document::paragraph::ParagraphView;
use crate::document::window::Window;
use crate::english::ending::is_closed;
use crate::script::EditSink;
use crate::stages::ActiveStage;

/// The most blocks of one line that pass as one row.
const ROW: usize = 8;

impl Pipeline {
    /// Lets the next lines pass, as long as no stage wants them.
    pub(crate) fn pass_clean_lines(
        &mut self,
        lines: &mut Assembler,
        buffer: &Buffer,
        eof: bool,
        out: &mut dyn EditSink,
    ) -> io::Result<()> {
        while self.is_idle() && self.emitter.is_settled() {
            let passed = self.pass_lines(lines, buffer, eof);
            let passed = passed.or_else(|| self.pass_block(lines, buffer, eof));
            let passed = passed.or_else(|| self.pass_listed(lines, buffer, eof));
            match passed {
                Some(whole) => self.emitter.emit_unchanged(whole, buffer, out)?,
                None => break,
            }
        }
        Ok(())
    }

    /// Blocks of one line that every stage [leaves](ActiveStage::leaves), each by itself or a row of them: a title, its byline and
    /// the prose after it.
    fn pass_lines(&mut self, lines: &mut Assembler, buffer: &Buffer, eof: bool) -> Option<Span> {
        let Self { stages, window, .. } = self;
        let (mut clear, mut longest, mut row) = (Clear(0), 0, Lines::default());
        let (whole, last) = lines.pass_lines(buffer, eof, |line, text| {
            if !clear.covers(line, stages, buffer) {
                return Pass::Stays;
            }
            if row.is_empty() && stages.iter().all(|s| s.leaves(text, &ALONE)) {
                longest = longest.max(text.len());
                window.language.pass(line, buffer);
                return Pass::Passes;
            }
            row.push(line, text);
            if !is_closed(text) && row.len() < ROW {
                return Pass::Waits;
            }
            if !stages.iter_mut().all(|s| s.leaves_row(row.texts(), &ALONE)) {
                return Pass::Stays;
            }
            stages.iter_mut().for_each(|s| s.row_passes());
            longest = row.texts().iter().fold(longest, |longest, text| longest.max(text.len()));
            row.spans().iter().for_each(|line| window.language.pass(*line, buffer));
            row.clear();
            Pass::Passes
        })?;
        let last = ParagraphView { span: last, text: buffer.slice(last), shape: ALONE, starts: true, ends: true };
        stages.iter_mut().for_each(|s| s.passed_clean(&last, longest));
        Some(whole)
    }

    /// The start of a block of several lines. All that are judged together are left, or none: an edit of one would change the
    /// shape of all.
    fn pass_block(&mut self, lines: &mut Assembler, buffer: &Buffer, eof: bool) -> Option<Span> {
        let Self { stages, window, .. } = self;
        let clear = clear_until(lines.passes_from(buffer, eof)?, stages, buffer);
        lines.pass_block(buffer, eof, clear, |row, shape| {
            let shape = shape()?;
            if !stages.iter_mut().all(|s| s.leaves_row(row.texts(), &shape)) {
                return None;
            }
            for (index, (span, text)) in row.spans().iter().zip(row.texts()).enumerate() {
                pass_line(*span, text, BlockShape { index: index as u8, ..shape }, stages, window, buffer);
            }
            stages.iter_mut().for_each(|s| s.row_passes());
            Some(shape)
        })
    }

    /// Lines of a listed block after its start.
    fn pass_listed(&mut self, lines: &mut Assembler, buffer: &Buffer, eof: bool) -> Option<Span> {
        let Self { stages, window, .. } = self;
        let mut clear = Clear(0);
        lines.pass_listed(buffer, eof, |line, text, shape| {
            let leaves = clear.covers(line, stages, buffer) && stages.iter().all(|s| s.leaves(text, &shape));
            if leaves {
                pass_line(line, text, shape, stages, window, buffer);
            }
            leaves
        })
    }
}

/// The offset before which [nothing begins](ActiveStage::clear_until) for any stage.
struct Clear(u64);

impl Clear {
    /// Whether nothing begins in a span. Spans must not go back.
    fn covers(&mut self, span: Span, stages: &mut [Box<dyn ActiveStage>], buffer: &Buffer) -> bool {
        if span.end > self.0 {
            self.0 = clear_until(span.start, stages, buffer);
        }
        span.end <= self.0
    }
}

fn clear_until(from: u64, stages: &mut [Box<dyn ActiveStage>], buffer: &Buffer) -> u64 {
    stages.iter_mut().map(|s| s.clear_until(from, buffer)).min().unwrap_or(u64::MAX)
}

/// A line of a block passes.
fn pass_line(
    span: Span,
    text: &[u8],
    shape: BlockShape,
    stages: &mut [Box<dyn ActiveStage>],
    window: &mut Window,
    buffer: &Buffer,
) {
    let view = ParagraphView { span, text, shape, starts: true, ends: true };
    stages.iter_mut().for_each(|s| s.passed_clean(&view, text.len()));
    window.language.pass(span, buffer);
}
