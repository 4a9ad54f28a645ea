//! The window: paragraphs on their way through the stages, a cursor a stage, one budget for all that is held.
//!
//! No stage's cursor passes what the stage before it still holds, so each sees what the earlier ones decided. What has
//! passed the last stage leaves by [`emitter`].

pub(crate) mod emitter;

use std::io;

use crate::document::LIMIT;
use crate::document::assemble::{Assembler, Pass};
use crate::document::block::BlockShape;
use crate::document::buffer::{Buffer, Span};
use crate::document::language::Language;
use crate::document::layout;
use crate::document::lines::Lines;
use crate::document::paragraph::{Gap, Paragraph, ParagraphView};
use crate::document::window::Window;
use crate::english::ending::is_closed;
use crate::script::EditSink;
use crate::stages::ignore::Ignored;
use crate::stages::{ActiveStage, StageContext};
use emitter::Emitter;

/// The most paragraphs that are held: lines of a letter or two would take more memory than their text.
const PARAGRAPHS: usize = 4 * 1024;

/// The most lines of blocks of their own that are passed as one row.
const ROW: usize = 8;

#[derive(Debug)]
pub(crate) struct Pipeline {
    window: Window,
    stages: Vec<Box<dyn ActiveStage>>,
    /// The first paragraph that each stage has not seen.
    cursors: Vec<u64>,
    pub(crate) emitter: Emitter,
    /// What no stage may touch.
    ignored: Ignored,
    /// Every paragraph takes the long way: for tests, which show that this changes nothing.
    all_candidates: bool,
}

impl Pipeline {
    pub(crate) fn new(
        stages: Vec<Box<dyn ActiveStage>>,
        separator: Option<Vec<u8>>,
        language: Language,
        ignored: Ignored,
        all_candidates: bool,
    ) -> Self {
        let cursors = vec![0; stages.len()];
        Self {
            window: Window::new(language),
            stages,
            cursors,
            emitter: Emitter::new(separator),
            ignored,
            all_candidates,
        }
    }

    /// What must not be released yet, if anything is held.
    pub(crate) fn needed_from(&self) -> Option<u64> {
        let held = self.window.front().map(|p| p.gap.span.start);
        self.emitter.held_from().or(held)
    }

    /// What has passed may leave the buffer.
    pub(crate) fn settle(&mut self, buffer: &Buffer) {
        self.window.language.settle(buffer);
    }

    /// Takes a paragraph and decides what can be decided.
    pub(crate) fn push(&mut self, paragraph: Paragraph, buffer: &Buffer, out: &mut dyn EditSink) -> io::Result<()> {
        if self.is_idle() && paragraph.is_article() && self.is_clean(&paragraph.view(buffer), buffer) {
            return self.emitter.take(paragraph, buffer, out);
        }
        let end = paragraph.end;
        self.window.push(paragraph);
        self.advance(buffer, out)?;
        self.enforce_budget(end, buffer, out)
    }

    /// Whether nothing is held, so that a paragraph which no stage wants can pass them all.
    fn is_idle(&self) -> bool {
        self.window.is_empty() && !self.all_candidates
    }

    /// Lets lines pass that no stage wants, as spans of the buffer: most of a clean text. Nothing is made of them, and what they
    /// do is what [`push`](Self::push) would.
    pub(crate) fn pass_clean_lines(
        &mut self,
        lines: &mut Assembler,
        buffer: &Buffer,
        eof: bool,
        out: &mut dyn EditSink,
    ) -> io::Result<()> {
        while self.is_idle()
            && self.emitter.is_settled()
            && (self.pass_lines(lines, buffer, eof, out)? || self.pass_block(lines, buffer, eof, out)?)
        {}
        Ok(())
    }

    /// Passes blocks of one line that every stage [leaves](ActiveStage::leaves), each by itself or a row of them: a title, its
    /// byline and the prose after it. Whether there were some.
    fn pass_lines(
        &mut self,
        lines: &mut Assembler,
        buffer: &Buffer,
        eof: bool,
        out: &mut dyn EditSink,
    ) -> io::Result<bool> {
        let Self { stages, window, .. } = self;
        let (mut clear, mut longest) = (0, 0);
        let mut row = Lines::default();
        let passed = lines.pass_lines(buffer, eof, |line, text| {
            if line.end > clear {
                clear = stages.iter_mut().map(|s| s.clear_until(line.start, buffer)).min().unwrap_or(u64::MAX);
            }
            if line.end > clear {
                return Pass::Stays;
            }
            if row.is_empty() && stages.iter().all(|s| s.leaves(text, &layout::ALONE)) {
                longest = longest.max(text.len());
                window.language.pass(line, buffer);
                return Pass::Passes;
            }
            row.push(line, text);
            if !is_closed(text) && row.len() < ROW {
                return Pass::Waits;
            }
            if !stages.iter_mut().all(|s| s.leaves_row(row.texts(), &layout::ALONE)) {
                return Pass::Stays;
            }
            stages.iter_mut().for_each(|s| s.row_passes());
            longest = row.texts().iter().fold(longest, |longest, text| longest.max(text.len()));
            row.spans().iter().for_each(|line| window.language.pass(*line, buffer));
            row.clear();
            Pass::Passes
        });
        let Some((whole, last)) = passed else { return Ok(false) };
        let last =
            ParagraphView { span: last, text: buffer.slice(last), shape: layout::ALONE, starts: true, ends: true };
        self.stages.iter_mut().for_each(|s| s.passed_clean(&last, longest));
        self.emitter.emit_unchanged(whole, buffer, out)?;
        Ok(true)
    }

    /// Passes the start of a block of several lines, which are left together, and the lines after it. Whether there were some.
    fn pass_block(
        &mut self,
        lines: &mut Assembler,
        buffer: &Buffer,
        eof: bool,
        out: &mut dyn EditSink,
    ) -> io::Result<bool> {
        let Self { stages, window, .. } = self;
        let start = lines.pass_block(buffer, eof, |row, shape| {
            let is_clear = |from: u64, end: u64, stages: &mut [Box<dyn ActiveStage>]| {
                stages.iter_mut().all(|s| end <= s.clear_until(from, buffer))
            };
            let [first, .., last] = row.spans() else { return false };
            let Some(shape) = is_clear(first.start, last.end, stages).then(shape).flatten() else { return false };
            if !stages.iter_mut().all(|s| s.leaves_row(row.texts(), &shape)) {
                return false;
            }
            for (index, (span, text)) in row.spans().iter().zip(row.texts()).enumerate() {
                pass_line(*span, text, BlockShape { index: index as u8, ..shape }, stages, window, buffer);
            }
            stages.iter_mut().for_each(|s| s.row_passes());
            true
        });
        let mut clear = 0;
        let rest = lines.pass_listed(buffer, eof, |line, text, shape| {
            if line.end > clear {
                clear = stages.iter_mut().map(|s| s.clear_until(line.start, buffer)).min().unwrap_or(u64::MAX);
            }
            let leaves = line.end <= clear && stages.iter().all(|s| s.leaves(text, &shape));
            if leaves {
                pass_line(line, text, shape, stages, window, buffer);
            }
            leaves
        });
        for whole in start.into_iter().chain(rest) {
            self.emitter.emit_unchanged(whole, buffer, out)?;
        }
        Ok(start.or(rest).is_some())
    }

    /// Whether no stage has anything to do with a paragraph, while nothing is held. It has passed them then.
    fn is_clean(&mut self, seen: &ParagraphView<'_>, buffer: &Buffer) -> bool {
        if self.stages.iter_mut().any(|s| s.may_act(seen, buffer)) {
            return false;
        }
        for stage in &mut self.stages {
            stage.passed_clean(seen, seen.text.len());
        }
        self.window.language.pass(seen.span, buffer);
        true
    }

    /// Decides everything that is held, as it stands, but goes on in the same document.
    pub(crate) fn force(&mut self, buffer: &Buffer, out: &mut dyn EditSink) -> io::Result<()> {
        for k in 0..self.stages.len() {
            while self.stages[k].hold().is_some() {
                self.at_stage(k, buffer, |stage, cx| stage.force(cx));
                self.advance(buffer, out)?;
            }
        }
        debug_assert!(self.window.is_empty());
        Ok(())
    }

    /// The end of a document: every stage decides what it holds, then all forget the document.
    pub(crate) fn finish(&mut self, trailing: Gap, buffer: &Buffer, out: &mut dyn EditSink) -> io::Result<()> {
        if !self.window.is_empty() {
            for k in 0..self.stages.len() {
                self.at_stage(k, buffer, |stage, cx| stage.finish(cx));
                self.advance(buffer, out)?;
            }
        }
        debug_assert!(self.window.is_empty() && self.stages.iter().all(|s| s.hold().is_none()));
        for stage in &mut self.stages {
            stage.reset();
        }
        self.window.language.reset();
        self.emitter.finish(trailing, buffer, out)
    }

    /// Over the budget, the first stage that holds the oldest paragraph has to let go, until there is room again.
    fn enforce_budget(&mut self, end: u64, buffer: &Buffer, out: &mut dyn EditSink) -> io::Result<()> {
        loop {
            if self.emitter.held() > PARAGRAPHS {
                self.emitter.force(buffer, out)?;
                continue;
            }
            let crowded = self.window.len() > PARAGRAPHS;
            if !crowded && self.needed_from().is_none_or(|start| end - start <= LIMIT) {
                break;
            }
            if !crowded && self.emitter.held_from().is_some() {
                self.emitter.force(buffer, out)?;
                continue;
            }
            let Some(k) = self.stages.iter().position(|s| s.hold().is_some()) else { break };
            self.at_stage(k, buffer, |stage, cx| stage.force(cx));
            self.advance(buffer, out)?;
        }
        Ok(())
    }

    /// Moves every cursor as far as it can go, and lets out what has passed the last stage.
    fn advance(&mut self, buffer: &Buffer, out: &mut dyn EditSink) -> io::Result<()> {
        let mut limit = self.window.end();
        for k in 0..self.stages.len() {
            // Paragraphs that nobody wanted never came here.
            self.cursors[k] = self.cursors[k].max(self.window.first());
            while self.cursors[k] < limit {
                let id = self.cursors[k];
                if k > 0 && !self.window.reshape(id, limit, buffer) {
                    break;
                }
                if self.window.get(id).is_article() {
                    self.at_stage(k, buffer, |stage, cx| stage.visit(id, cx));
                } else {
                    self.at_stage(k, buffer, |stage, cx| stage.pass_by(id, cx));
                }
                self.cursors[k] += 1;
            }
            limit = limit.min(self.passed(k));
        }
        while self.window.first() < limit {
            let paragraph = self.window.pop(buffer);
            self.emitter.take(paragraph, buffer, out)?;
        }
        Ok(())
    }

    /// The first paragraph that a stage has not seen or not decided.
    fn passed(&self, k: usize) -> u64 {
        self.stages[k].hold().map_or(self.cursors[k], |held| held.min(self.cursors[k]))
    }

    fn at_stage(&mut self, k: usize, buffer: &Buffer, act: impl FnOnce(&mut dyn ActiveStage, &mut StageContext<'_>)) {
        let (earlier, rest) = self.stages.split_at_mut(k);
        let mut cx = StageContext {
            window: &mut self.window,
            buffer,
            earlier,
            ignored: &self.ignored,
            all_candidates: self.all_candidates,
        };
        act(rest[0].as_mut(), &mut cx);
    }
}

/// A line of a block passes that every stage leaves.
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
