//! The queue of paragraphs. A paragraph's number is its place in the whole input's order and never changes.

use std::collections::VecDeque;

use super::block::{BlockShape, Layout};
use super::buffer::{Buffer, Span};
use super::judge::Known;
use super::kind::Kind;
use super::language::{self, Language};
use super::layout::{self, Before, Measure};
use super::paragraph::{Fate, Paragraph};
use super::text::{Text, readable};
use crate::change::Change;
use crate::reasons::Reason;
use crate::script::Note;

#[derive(Debug)]
pub(crate) struct Window {
    items: VecDeque<Paragraph>,
    first: u64,
    /// Of what has left.
    pub(crate) language: Language,
    /// The last paragraph that has left.
    left: Option<Place>,
    /// The start of the last block that was judged again, and its shape.
    pub(crate) reshaped: Option<(u64, BlockShape)>,
}

/// A paragraph's place in its block.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// After its line ending.
    end: u64,
    shape: BlockShape,
    rest: u8,
}

impl Place {
    fn of(paragraph: &Paragraph) -> Self {
        Self { end: paragraph.end, shape: paragraph.shape, rest: paragraph.rest }
    }
}

impl Window {
    pub(crate) fn new(language: Language) -> Self {
        Self { items: VecDeque::new(), first: 0, language, left: None, reshaped: None }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The number of the oldest paragraph.
    pub(crate) fn first(&self) -> u64 {
        self.first
    }

    /// The number that the next paragraph will get.
    pub(crate) fn end(&self) -> u64 {
        self.first + self.items.len() as u64
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    pub(crate) fn front(&self) -> Option<&Paragraph> {
        self.items.front()
    }

    pub(crate) fn push(&mut self, paragraph: Paragraph) {
        self.items.push_back(paragraph);
    }

    /// Takes the oldest paragraph out.
    ///
    /// # Panics
    /// There is none.
    pub(crate) fn pop(&mut self, buffer: &Buffer) -> Paragraph {
        self.first += 1;
        let paragraph = self.items.pop_front().expect("the window holds a paragraph");
        self.language.leave(&paragraph, buffer);
        self.left = Some(Place::of(&paragraph));
        paragraph
    }

    pub(crate) fn get(&self, id: u64) -> &Paragraph {
        &self.items[(id - self.first) as usize]
    }

    /// A paragraph that is about to change.
    pub(crate) fn get_mut(&mut self, id: u64) -> &mut Paragraph {
        let paragraph = self.at(id);
        (paragraph.touched, paragraph.known) = (true, Known::default());
        paragraph
    }

    /// Records what was seen in a paragraph and left.
    pub(crate) fn note(&mut self, id: u64, reason: Reason) {
        let paragraph = self.at(id);
        paragraph.notes.push(Note { at: paragraph.text.span().end, reason });
    }

    /// What is to be stripped from a paragraph, where that is known. It can be had once.
    pub(crate) fn take_markers(&mut self, id: u64) -> Vec<Change> {
        self.at(id).known.markers.take().unwrap_or_default()
    }

    fn at(&mut self, id: u64) -> &mut Paragraph {
        &mut self.items[(id - self.first) as usize]
    }

    /// Whether a paragraph is English, as it stands: one that can't be judged goes with the last before it that can.
    pub(crate) fn is_english(&mut self, id: u64, buffer: &Buffer) -> bool {
        if self.language.assumed {
            return true;
        }
        let mut from = id;
        let english = loop {
            let paragraph = self.get(from);
            let counts = from == id || language::counts(paragraph);
            let english = paragraph.english.or_else(|| language::judge(paragraph, buffer)).filter(|_| counts);
            match english {
                Some(english) => break english,
                None if from == self.first => {
                    let before = self.language.settle(buffer);
                    break before.unwrap_or_else(|| language::may_open(self.get(id), buffer));
                }
                None => from -= 1,
            }
        };
        (from..=id).for_each(|id| self.at(id).english = Some(english));
        english
    }

    /// Before the first line of a block goes on to the next stage, that stage's view of the block must hold: its shape is
    /// that of the lines which stay, as it will be when the output is cleaned again. False: not all of them have passed
    /// the stages before it, so it has to wait.
    pub(crate) fn reshape(&mut self, id: u64, limit: u64, buffer: &Buffer) -> bool {
        let paragraph = self.get(id);
        if paragraph.shape.index > 0 {
            self.follow(id);
            return true;
        }
        if paragraph.rest == 0 {
            return true;
        }
        let end = id + u64::from(paragraph.rest) + 1;
        if end > limit {
            return false;
        }
        if !(id..end).any(|i| self.get(i).is_reshaped()) {
            return true;
        }
        (id..end).for_each(|i| self.at(i).touched = false);
        let mut stay = Vec::with_capacity((end - id) as usize);
        stay.extend((id..end).filter(|&i| self.get(i).stays()));
        if !stay.is_empty() {
            let mut shape = self.shape(&stay, self.get(id).shape.after_broken, buffer);
            (id..end).for_each(|i| self.at(i).shape = shape);
            for (i, &id) in stay.iter().enumerate() {
                shape.index = i as u8;
                self.at(id).shape = shape;
            }
            if shape.layout == Layout::Wrapped {
                self.wrap(&stay, buffer);
            } else {
                let start = self.get(id).gap.span.end;
                if self.reshaped.is_none_or(|(last, _)| last <= start) {
                    self.reshaped = Some((start, shape));
                }
            }
        }
        true
    }

    /// A line after those by which its block was judged has the shape of the line before it, which may be another by now.
    fn follow(&mut self, id: u64) {
        let before = if id > self.first { Some(Place::of(self.get(id - 1))) } else { self.left };
        let paragraph = self.at(id);
        let last = before.filter(|before| before.rest == 0 && before.end == paragraph.gap.span.start);
        if let Some(Place { shape, .. }) =
            last.filter(|last| last.shape.layout == Layout::Listed && last.shape.lines > 1)
        {
            paragraph.shape = BlockShape { index: paragraph.shape.index, ..shape };
        }
    }

    /// The shape of a block of these lines, as they are by now.
    fn shape(&mut self, lines: &[u64], broken: bool, buffer: &Buffer) -> BlockShape {
        let lines = &lines[..lines.len().min(layout::LINES)];
        for &id in lines {
            let paragraph = self.at(id);
            if paragraph.known.measure.is_none() {
                paragraph.known.measure = Some(Measure::of(&readable(paragraph.text.bytes(buffer))));
            }
        }
        let measures = lines.iter().filter_map(|&id| self.get(id).known.measure);
        layout::judge_wide(measures, broken).unwrap_or_else(|| {
            let texts: Vec<_> = lines.iter().map(|&id| readable(self.get(id).text.bytes(buffer))).collect();
            let lines: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
            layout::judge(&lines, Before { width: None, broken }).0
        })
    }

    /// Makes one paragraph of the lines of a block that turned out to be wrapped.
    fn wrap(&mut self, lines: &[u64], buffer: &Buffer) {
        let (first, rest) = lines.split_first().expect("a wrapped block has lines");
        for &next in rest {
            let before = self.get(*first);
            let (text, content) = (before.text.bytes(buffer).len(), before.text.span().end);
            let ending = readable(buffer.slice(Span::new(content, before.end))).into_owned();
            self.join(*first, text, &ending, next, 0, None, buffer);
        }
        // It is no block of several lines any more.
        (self.at(*first).rest, self.at(*first).kind) = (0, Kind::Article);
    }

    /// Makes one paragraph of two: `first[..from]`, `with`, `second[skip..]`. What stood between them was removed.
    #[expect(clippy::too_many_arguments, reason = "two texts, what becomes of each, and why")]
    pub(crate) fn join(
        &mut self,
        first: u64,
        from: usize,
        with: &str,
        second: u64,
        skip: usize,
        reason: Option<Reason>,
        buffer: &Buffer,
    ) {
        let mut reasons = Vec::new();
        for id in first + 1..second {
            let between = self.get_mut(id);
            if let Fate::Removed(why) = between.fate {
                reasons.extend(between.text.reasons());
                reasons.push(why);
                between.fate = Fate::Merged;
            }
        }
        reasons.extend(reason);
        let other = self.get_mut(second);
        other.fate = Fate::Merged;
        let (end, ends) = (other.end, other.ends);
        let notes = std::mem::take(&mut other.notes);
        let text = std::mem::replace(&mut other.text, Text::new(Span::new(end, end)));
        let paragraph = self.get_mut(first);
        paragraph.text.join(from, with, text, skip, &reasons, buffer);
        paragraph.notes.extend(notes);
        (paragraph.end, paragraph.ends, paragraph.english) = (end, ends, None);
    }
}
