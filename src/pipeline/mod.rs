//! The window: paragraphs on their way through the stages, a cursor a stage, one budget for all that is held.
//!
//! No stage's cursor passes what the stage before it still holds, so each sees what the earlier ones decided. What has
//! passed the last stage leaves by [`emitter`].

pub(crate) mod emitter;
mod pass;

use std::io;

use crate::document::LIMIT;
use crate::document::block::BlockShape;
use crate::document::buffer::Buffer;
use crate::document::language::Language;
use crate::document::paragraph::{Gap, Paragraph, ParagraphView};
use crate::document::window::Window;
use crate::script::EditSink;
use crate::stages::ignore::Ignored;
use crate::stages::{ActiveStage, StageContext};
use emitter::Emitter;

/// The most paragraphs that are held: lines of a letter or two would take more memory than their text.
const PARAGRAPHS: usize = 4 * 1024;

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

    /// Where a block begins that was judged again, and its shape.
    pub(crate) fn take_reshaped(&mut self) -> Option<(u64, BlockShape)> {
        self.window.reshaped.take()
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
