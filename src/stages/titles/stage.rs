//! Stage `titles` at work: holds a document's head until it is decided, then looks for copies behind it.

use std::ops::{Range, RangeInclusive};

use super::{Fate, Head, Line, Titles};
use crate::document::LIMIT;
use crate::document::block::BlockShape;
use crate::document::buffer::Buffer;
use crate::document::layout::ALONE;
use crate::document::paragraph::Glance;
use crate::document::role::{HEADING_MAX, without_ellipsis};
use crate::english::country::{Canonical, canonical_text};
use crate::reasons::Reason;
use crate::rules::Switches;
use crate::stages::{Desk, Run};

/// The form of the country's name in which lines are compared.
const FORM: &str = "US";

#[derive(Debug)]
enum Place {
    Head(Box<Head>),
    Body(Titles),
}

/// Where it is in the document.
#[derive(Debug)]
pub(crate) struct TitlesStage {
    switches: Switches,
    place: Place,
    /// The lines of the head that were decided when the budget was short: what stays of them. They come first in the head.
    settled: Vec<(String, BlockShape)>,
    /// The paragraphs of the head that are not decided.
    held: Vec<u64>,
    /// The short lines of the head that have stayed, as they are compared.
    kept: Vec<(u64, String)>,
}

impl TitlesStage {
    pub(crate) fn new(switches: Switches) -> Self {
        let place = Place::Head(Box::default());
        Self { switches, place, settled: Vec::new(), held: Vec::new(), kept: Vec::new() }
    }

    /// Takes a paragraph into the head. False: it is behind it.
    fn take(&mut self, id: u64, desk: &Desk<'_, '_>) -> bool {
        let Place::Head(head) = &mut self.place else { return false };
        let paragraph = desk.paragraph(id);
        let taken = paragraph.is_whole()
            && !head.is_full()
            && head.push(&Line { text: &canonical_text(&desk.text(id), FORM).0, shape: paragraph.shape });
        if taken {
            self.held.push(id);
        }
        taken
    }

    /// Decides the head as far as it is known.
    fn decide(&mut self, desk: &mut Desk<'_, '_>) {
        let Place::Head(head) = &mut self.place else { return };
        let (fates, titles) = std::mem::take(&mut **head).finish();
        self.place = Place::Body(titles);
        let behind = self.settled.len();
        let id = |line: usize| line.checked_sub(behind).map(|i| self.held[i]);
        let removes = self.switches.has(Reason::TitleCopy);
        let cleans = removes && self.switches.has(Reason::TitleWording);
        for (line, fate) in fates.iter().enumerate() {
            match (fate, id(line)) {
                (Fate::Removed, Some(copy)) if removes && !names(copy, desk) => desk.remove(copy, Reason::TitleCopy),
                (Fate::Becomes { own, from, range }, Some(first)) if cleans => {
                    if let Some(from) = id(*from).filter(|&from| !names(from, desk) && !names(first, desk)) {
                        let wording = desk.paragraph(from).text.bytes(desk.buffer)[in_text(from, range, desk)].to_vec();
                        let change = [(in_text(first, own, desk), &wording[..], Reason::TitleWording)];
                        desk.window.get_mut(first).text.replace(&change, desk.buffer);
                    }
                }
                _ => {}
            }
        }
    }

    /// Keeps the short lines of the head for [`Run::would_act`].
    fn remember(&mut self, desk: &Desk<'_, '_>) {
        for id in self.held.drain(..) {
            let text = desk.text(id);
            if desk.paragraph(id).stays() && text.len() <= HEADING_MAX {
                self.kept.push((id, canonical_text(&text, FORM).0.into_owned()));
            }
        }
    }

    /// Goes on in the head with what has stayed of it.
    fn resume(&mut self, desk: &Desk<'_, '_>) {
        for id in self.held.drain(..) {
            let paragraph = desk.paragraph(id);
            if paragraph.stays() {
                let text = canonical_text(&desk.text(id), FORM).0.into_owned();
                self.settled.push((text, paragraph.shape));
            }
        }
        let mut head = Box::<Head>::default();
        let bytes: usize = self.settled.iter().map(|(text, _)| text.len()).sum();
        let taken = self.settled.iter().all(|(text, shape)| head.push(&Line { text, shape: *shape }));
        if taken && !head.is_full() && bytes as u64 <= LIMIT {
            self.place = Place::Head(head);
        }
    }
}

impl Run for TitlesStage {
    fn visit(&mut self, id: u64, desk: &mut Desk<'_, '_>) {
        if !desk.paragraph(id).stays() || self.take(id, desk) {
            return;
        }
        if matches!(&self.place, Place::Head(head) if head.is_crowded()) {
            self.decide(desk);
            self.resume(desk);
            if self.take(id, desk) {
                return;
            }
        }
        self.decide(desk);
        self.remember(desk);
        let Place::Body(titles) = &mut self.place else { unreachable!("the head has just been decided") };
        let paragraph = desk.window.get(id);
        titles.pass(&paragraph.shape);
        if !paragraph.is_whole() || !titles.may_be_copy(paragraph.text.bytes(desk.buffer)) {
            return;
        }
        let text = desk.text(id);
        let copy = titles.would_take(&Line { text: &canonical_text(&text, FORM).0, shape: paragraph.shape });
        if copy && self.switches.has(Reason::TitleCopy) && !names(id, desk) {
            desk.remove(id, Reason::TitleCopy);
        }
    }

    fn hold(&self) -> Option<u64> {
        self.held.first().copied()
    }

    fn force(&mut self, desk: &mut Desk<'_, '_>) {
        self.decide(desk);
        self.resume(desk);
    }

    fn finish(&mut self, desk: &mut Desk<'_, '_>) {
        self.decide(desk);
        self.remember(desk);
    }

    fn forget(&mut self) {
        *self = Self::new(self.switches);
    }

    fn wants(&mut self, seen: &Glance<'_>, _: &Buffer) -> bool {
        match &self.place {
            Place::Head(_) => true,
            Place::Body(titles) => titles.may_be_copy(seen.text),
        }
    }

    fn skipped(&mut self, seen: &Glance<'_>) {
        if let Place::Body(titles) = &mut self.place {
            titles.pass(&seen.shape);
        }
    }

    /// A text that a later stage makes is a copy if it were one behind the head, or in it: which of them a second run would
    /// find it in is not known.
    fn would_act(&self, text: &str, of: RangeInclusive<u64>) -> bool {
        let Place::Body(titles) = &self.place else { return false };
        let line = Line { text: &canonical_text(text, FORM).0, shape: ALONE };
        let is_own = |text: &str| text.trim_end() == without_ellipsis(line.text);
        let own = self.kept.iter().any(|(id, text)| of.contains(id) && is_own(text));
        !own && titles.would_take(&line)
            || self.kept.iter().any(|(id, title)| !of.contains(id) && would_be_copy(title, &line))
    }
}

/// Whether a line would be taken for a copy of a title right behind it.
fn would_be_copy(title: &str, line: &Line<'_>) -> bool {
    if !begin_alike(title, line.text) {
        return false;
    }
    let mut head = Head::default();
    head.push(&Line { text: title, shape: ALONE });
    head.push(line) && head.finish().0.iter().any(|fate| *fate != Fate::Stays)
}

/// Whether two lines begin with the same letters: cheap, and true of every copy without a label or a breadcrumb.
fn begin_alike(a: &str, b: &str) -> bool {
    let start = |text: &str| -> Vec<char> {
        text.chars().filter(|c| c.is_alphanumeric()).take(3).flat_map(char::to_lowercase).collect()
    };
    start(a) == start(b)
}

/// A range of a line as it was compared, in the line's own bytes.
fn in_text(id: u64, range: &Range<usize>, desk: &Desk<'_, '_>) -> Range<usize> {
    let text = desk.text(id);
    let canonical = Canonical::new(&text, FORM);
    canonical.original(range.start)..canonical.original(range.end)
}

/// Whether an earlier stage reads something in the line that decides about others, or would read it otherwise in another
/// place: it stays where it is, as it is.
fn names(id: u64, desk: &Desk<'_, '_>) -> bool {
    let text = desk.text(id);
    desk.earlier.iter().any(|s| s.stage.depends_on(&text) || s.stage.would_act(&text, id..=id))
}
