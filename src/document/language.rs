//! Which paragraphs are English: asked only where a stage would act, and answered as if every paragraph had been judged when
//! it passed.

use super::buffer::{Buffer, Span};
use super::paragraph::Paragraph;
use crate::english::language::{is_english, may_open_english};

/// How many paragraphs may wait for the question.
const WAITING: usize = 64;

/// What the paragraphs that have left the window say about the next one that can't be judged.
#[derive(Debug)]
pub(crate) struct Language {
    /// Every paragraph is taken for English.
    pub(crate) assumed: bool,
    /// The last one that could be judged was English, of those before the waiting ones.
    english: Option<bool>,
    /// Unchanged paragraphs that have passed since, each still in the buffer.
    waiting: Vec<Span>,
}

impl Language {
    pub(crate) fn new(assumed: bool) -> Self {
        Self { assumed, english: None, waiting: Vec::with_capacity(WAITING) }
    }

    /// A paragraph of an article leaves as it came.
    #[inline]
    pub(crate) fn pass(&mut self, span: Span, buffer: &Buffer) {
        if self.assumed {
            return;
        }
        if self.waiting.len() == WAITING {
            self.settle(buffer);
        }
        self.waiting.push(span);
    }

    /// A paragraph leaves the window.
    pub(crate) fn leave(&mut self, paragraph: &Paragraph, buffer: &Buffer) {
        if self.assumed || !counts(paragraph) {
            return;
        }
        if !paragraph.text.is_edited() && paragraph.english.is_none() {
            return self.pass(paragraph.text.span(), buffer);
        }
        if let Some(english) = paragraph.english.or_else(|| judge(paragraph, buffer)) {
            self.english = Some(english);
            self.waiting.clear();
        }
    }

    /// The verdict so far; none where no paragraph could be judged. The waiting ones may leave the buffer after it.
    pub(crate) fn settle(&mut self, buffer: &Buffer) -> Option<bool> {
        let judged = self.waiting.iter().rev().find_map(|span| is_english(buffer.slice(*span)));
        self.waiting.clear();
        self.english = judged.or(self.english);
        self.english
    }

    /// The next document begins.
    pub(crate) fn reset(&mut self) {
        self.english = None;
        self.waiting.clear();
    }
}

/// Whether a paragraph may say something about those after it.
pub(crate) fn counts(paragraph: &Paragraph) -> bool {
    paragraph.stays() && paragraph.is_article()
}

/// Whether a paragraph before which none could be judged may be English.
pub(crate) fn may_open(paragraph: &Paragraph, buffer: &Buffer) -> bool {
    may_open_english(paragraph.text.bytes(buffer))
}

/// What a paragraph is by itself.
pub(crate) fn judge(paragraph: &Paragraph, buffer: &Buffer) -> Option<bool> {
    is_english(paragraph.text.bytes(buffer))
}
