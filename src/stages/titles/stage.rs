//! Stage `titles` at work: holds a document's head until it is decided, then looks for copies after it.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};

use super::key::{FORM, canonical};
use super::unread::{self, Found, Unread};
use super::{Fate, Head, Line, Stretch, Titles, Verdict};
use crate::document::LIMIT;
use crate::document::block::BlockShape;
use crate::document::buffer::Buffer;
use crate::document::layout::ALONE;
use crate::document::paragraph::ParagraphView;
use crate::document::role::{HEADING_MAX, without_ellipsis};
use crate::english::country::{Canonical, canonical_text};
use crate::reasons::Reason;
use crate::scope::Switches;
use crate::stages::{ActiveStage, StageContext};

/// Lines before and after a removed one that may be parts of what an earlier stage takes.
const AROUND: usize = 4;

#[derive(Debug)]
enum Place {
    /// In the head or after it, as long as it need not be read.
    Unread(Unread),
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
    /// The short lines of the head that have stayed, in their order, as they are compared.
    kept: Vec<Kept>,
    /// The head that the row of lines would make which is to pass.
    row: Option<Unread>,
    /// Copies that go unless their title, by its place, recurs.
    open: Vec<(usize, u64, Reason)>,
    /// Paragraphs after the head that may be a copy, as far as they were read.
    waiting: Vec<u64>,
}

/// A short line of the head that has stayed.
#[derive(Debug)]
struct Kept {
    /// `None`: it passed without coming into the window.
    id: Option<u64>,
    /// As it is compared.
    text: String,
    start: Start,
}

impl Kept {
    /// Nothing, where the line is too long.
    fn new(id: Option<u64>, text: &str) -> Option<Self> {
        (text.len() <= HEADING_MAX).then(|| Self { id, text: text.to_owned(), start: Start::of(text) })
    }
}

/// How a line begins. A copy begins as its title does, unless that has a label or a breadcrumb before it.
#[derive(Debug)]
struct Start {
    letters: [char; 3],
    may_be_labelled: bool,
}

impl Start {
    fn of(text: &str) -> Self {
        let mut letters = ['\0'; 3];
        let lowercase = |c: char| c.to_lowercase().next().unwrap_or(c);
        letters.iter_mut().zip(text.chars().filter(|c| c.is_alphanumeric())).for_each(|(to, c)| *to = lowercase(c));
        // The last one is a byte of "»".
        let may_be_labelled = text.bytes().any(|b| matches!(b, b':' | b'>' | b'|' | b'-' | 0xBB));
        Self { letters, may_be_labelled }
    }

    fn may_be_copy_of(&self, title: &Self) -> bool {
        self.letters == title.letters || title.may_be_labelled
    }
}

impl TitlesStage {
    pub(crate) fn new(switches: Switches) -> Self {
        let place = Place::Unread(Unread::default());
        let (settled, held, kept, row, open, waiting) = Default::default();
        Self { switches, place, settled, held, kept, row, open, waiting }
    }

    /// Takes a paragraph into the head. False: it is after it.
    fn take(&mut self, id: u64, cx: &StageContext<'_>) -> bool {
        if self.has_head_ended() {
            return false;
        }
        let paragraph = cx.paragraph(id);
        if !paragraph.is_whole() || cx.all_candidates {
            self.read_head();
        }
        if !paragraph.is_whole() {
            return false;
        }
        let line = Line { text: &canonical(cx.text(id)), shape: paragraph.shape };
        if let Place::Unread(unread) = &mut self.place {
            match unread.push(&line) {
                Found::Line => {
                    self.held.push(id);
                    return true;
                }
                Found::End => return false,
                Found::Unclear => self.read_head(),
            }
        }
        let Place::Head(head) = &mut self.place else { return false };
        let taken = head.push(&line);
        if taken {
            self.held.push(id);
        }
        taken
    }

    fn has_head_ended(&self) -> bool {
        match &self.place {
            Place::Unread(unread) => unread.has_ended(),
            Place::Head(_) => false,
            Place::Body(_) => true,
        }
    }

    /// The head has to be read from here on.
    fn read_head(&mut self) {
        if let Place::Unread(unread) = &self.place {
            self.place = Place::Head(Box::new(unread.read()));
        }
    }

    /// Looks at a paragraph after a head that was not read, or at the one that ended it.
    fn look_unread(&mut self, id: u64, cx: &mut StageContext<'_>) {
        self.remember(cx);
        let Place::Unread(unread) = &mut self.place else { return };
        let paragraph = cx.paragraph(id);
        if unread.may_be_copy(paragraph.text.bytes(cx.buffer), &paragraph.shape) {
            self.kept.extend(unread.passed().filter_map(|text| Kept::new(None, text)));
            self.place = Place::Body(std::mem::take(unread).into_titles());
            self.look(id, cx);
        } else {
            unread.pass(&paragraph.shape, paragraph.text.bytes(cx.buffer));
        }
    }

    /// Ends the head before a paragraph that it did not take, and finds that one's place.
    fn end_head(&mut self, id: u64, cx: &mut StageContext<'_>) {
        let crowded = matches!(&self.place, Place::Head(head) if head.is_crowded());
        let mut rest = self.decide(vec![id], cx);
        if crowded && rest == [id] {
            self.resume(cx);
            if self.take(id, cx) {
                return;
            }
            rest = self.decide(rest, cx);
        }
        self.remember(cx);
        rest.into_iter().for_each(|id| self.look(id, cx));
    }

    /// Decides the head as far as it is known. Gives the paragraphs that are not part of it; `rest` are known to be so.
    fn decide(&mut self, mut rest: Vec<u64>, cx: &mut StageContext<'_>) -> Vec<u64> {
        if !self.has_head_ended() {
            self.read_head();
        }
        while let Place::Head(head) = &mut self.place {
            let (fates, titles) = std::mem::take(&mut **head).finish();
            self.place = Place::Body(titles);
            rest.splice(0..0, self.held.split_off(fates.len().saturating_sub(self.settled.len())));
            let removed = self.carry_out(fates, cx);
            if self.mend(&removed, &rest, cx) {
                self.begin_again(&mut rest, cx);
            }
        }
        rest
    }

    /// Carries out the fates of the head's lines. Gives those that are removed, by their place among the held ones.
    fn carry_out(&mut self, mut fates: Vec<Fate>, cx: &mut StageContext<'_>) -> Vec<usize> {
        self.reword(&mut fates, cx);
        let mut removed = Vec::new();
        for (at, (&id, fate)) in self.held.iter().zip(fates.iter().skip(self.settled.len())).enumerate() {
            match *fate {
                Fate::Removed(reason) if self.may_remove(id, reason, cx) => {
                    cx.remove(id, reason);
                    removed.push(at);
                }
                Fate::Open(reason, title) if self.may_remove(id, reason, cx) => self.open.push((title, id, reason)),
                _ => {}
            }
        }
        removed
    }

    /// What an earlier stage takes may have stood on both sides of lines that are removed now: then it goes as well. Whether
    /// any did.
    fn mend(&self, removed: &[usize], rest: &[u64], cx: &mut StageContext<'_>) -> bool {
        let mut mended = false;
        // Once where several in a row go.
        for &at in removed.iter().filter(|&at| removed.binary_search(&(at + 1)).is_err()) {
            let stays = |id: &&u64| cx.paragraph(**id).stays();
            let before = self.held[..at].iter().rev().filter(stays).take(AROUND);
            let after = self.held[at..].iter().chain(rest).filter(stays).take(AROUND);
            let lines: Vec<u64> = before.collect::<Vec<_>>().into_iter().rev().chain(after).copied().collect();
            let earlier = cx.earlier;
            mended |= earlier.iter().any(|s| s.mend(&lines, cx));
        }
        mended
    }

    /// What is left of the head is one anew.
    fn begin_again(&mut self, rest: &mut Vec<u64>, cx: &StageContext<'_>) {
        self.open.clear();
        self.place = Place::Head(self.settled_head().0);
        let mut left = std::mem::take(&mut self.held).into_iter().filter(|&id| cx.paragraph(id).stays());
        let ends = left.find(|&id| !self.take(id, cx));
        let left: Vec<u64> = ends.into_iter().chain(left).collect();
        rest.splice(0..0, left);
    }

    /// The head of what is settled, and whether all of it is taken.
    fn settled_head(&self) -> (Box<Head>, bool) {
        let mut head = Box::<Head>::default();
        let taken = self.settled.iter().all(|(text, shape)| head.push(&Line { text, shape: *shape }));
        (head, taken)
    }

    fn may_remove(&self, id: u64, reason: Reason, cx: &StageContext<'_>) -> bool {
        self.switches.has(reason) && !is_needed_earlier(id, cx)
    }

    /// Gives first places their cleaner wording. Where that can't be, the lines that have it stay.
    fn reword(&self, fates: &mut [Fate], cx: &mut StageContext<'_>) {
        for line in 0..fates.len() {
            let Fate::Becomes { own, wording, reason } = fates[line].clone() else { continue };
            let more = fates[line + 1..].iter().take_while(|fate| is_removed_for(fate, reason)).count();
            let lines = || wording.iter().map(|stretch| stretch.line).chain(line..=line + more);
            let ids: Option<Vec<u64>> = lines().map(|line| self.id(line)).collect();
            if self.switches.has(reason) && ids.is_some_and(|ids| !ids.iter().any(|&id| is_needed_earlier(id, cx))) {
                let (first, wording) = (self.held[line - self.settled.len()], self.wording(&wording, cx));
                let change = [(in_text(first, &own, cx), &wording[..], reason)];
                cx.window.get_mut(first).text.replace(&change, cx.buffer);
            } else {
                lines().for_each(|line| fates[line] = Fate::Stays);
            }
        }
    }

    /// The paragraph that is a line of the head.
    fn id(&self, line: usize) -> Option<u64> {
        line.checked_sub(self.settled.len()).map(|i| self.held[i])
    }

    /// Stretches of lines, joined by spaces.
    fn wording(&self, stretches: &[Stretch], cx: &StageContext<'_>) -> Vec<u8> {
        let bytes = |Stretch { line, range }: &Stretch| {
            let id = self.held[line - self.settled.len()];
            &cx.paragraph(id).text.bytes(cx.buffer)[in_text(id, range, cx)]
        };
        stretches.iter().map(bytes).collect::<Vec<_>>().join(&b' ')
    }

    /// The lines of the head except `of` of which a line that begins so may be a copy, as they are by now: some may have been
    /// joined. Where `of` begins in the head, also the lines after it that are held.
    fn others<'d>(
        &'d self,
        of: &'d RangeInclusive<u64>,
        start: &'d Start,
        cx: &'d StageContext<'_>,
    ) -> impl Iterator<Item = Cow<'d, str>> {
        let (first, end) = (cx.window.first(), cx.window.end());
        let held = move |id: u64| (first..end).contains(&id);
        let may_be = move |title: &Start| start.may_be_copy_of(title);
        let gone = self.kept.iter().filter(move |kept| !kept.id.is_some_and(held) && may_be(&kept.start));
        let in_head = |id: &u64| self.is_kept(*id);
        let from = self.kept.iter().filter_map(|kept| kept.id).find(|id| held(*id)).unwrap_or(end);
        let begins = in_head(of.start());
        let is_other = move |id: &u64| !of.contains(id) && (begins || in_head(id)) && cx.paragraph(*id).stays();
        let held = (from.max(first)..end).filter(is_other).map(|id| cx.text(id));
        let short = held.filter(|text| text.len() <= HEADING_MAX).map(canonical);
        let gone = gone.map(|kept| Cow::Borrowed(&*kept.text));
        let passed = self.unread().into_iter().flat_map(Unread::passed).filter(|text| text.len() <= HEADING_MAX);
        let passed = passed.filter(move |text| may_be(&Start::of(text))).map(Cow::Borrowed);
        passed.chain(gone).chain(short.filter(move |text| may_be(&Start::of(text))))
    }

    fn unread(&self) -> Option<&Unread> {
        if let Place::Unread(unread) = &self.place { Some(unread) } else { None }
    }

    /// Whether a paragraph is a short line of the head that has stayed.
    fn is_kept(&self, id: u64) -> bool {
        self.kept.binary_search_by_key(&Some(id), |kept| kept.id).is_ok()
    }

    /// Lets go of the head. Keeps its short lines for [`ActiveStage::would_act`]; gives what stays, as it is compared.
    fn remember(&mut self, cx: &StageContext<'_>) -> Vec<(String, BlockShape)> {
        let mut stay = Vec::new();
        for id in self.held.drain(..).filter(|&id| cx.paragraph(id).stays()) {
            let text = canonical(cx.text(id)).into_owned();
            self.kept.extend(Kept::new(Some(id), &text));
            stay.push((text, cx.paragraph(id).shape));
        }
        debug_assert!(self.kept.is_sorted_by_key(|kept| kept.id));
        stay
    }

    /// Goes on in the head with what has stayed of it.
    fn resume(&mut self, cx: &StageContext<'_>) {
        let stay = self.remember(cx);
        self.settled.extend(stay);
        let bytes: usize = self.settled.iter().map(|(text, _)| text.len()).sum();
        let (head, taken) = self.settled_head();
        if taken && bytes as u64 <= LIMIT {
            self.place = Place::Head(head);
        }
    }

    fn titles(&mut self) -> &mut Titles {
        match &mut self.place {
            Place::Body(titles) => titles,
            Place::Unread(_) | Place::Head(_) => unreachable!("the head has been decided"),
        }
    }

    /// Looks at a paragraph after the head.
    fn look(&mut self, id: u64, cx: &mut StageContext<'_>) {
        let paragraph = cx.paragraph(id);
        if !paragraph.stays() {
            return;
        }
        let (shape, bytes) = (paragraph.shape, paragraph.text.bytes(cx.buffer));
        self.titles().enter(&shape);
        let may_be_copy = paragraph.is_whole() && self.titles().may_be_copy(bytes, &shape);
        if may_be_copy || !self.waiting.is_empty() {
            let text = canonical(cx.text(id)).into_owned();
            let line = Line { text: &text, shape };
            match self.titles().follow(&line) {
                None => self.waiting.push(id),
                Some(verdict) => {
                    self.settle(verdict, cx);
                    if may_be_copy && self.titles().begin(&line) {
                        self.waiting.push(id);
                    }
                }
            }
        }
        self.titles().leave(&shape, cx.paragraph(id).text.bytes(cx.buffer));
    }

    /// Carries out what was found of the paragraphs that waited.
    fn settle(&mut self, verdict: Verdict, cx: &mut StageContext<'_>) {
        let lines = std::mem::take(&mut self.waiting);
        let stays = |&id: &u64| is_needed_earlier(id, cx) || cx.is_between(id);
        let goes = self.switches.has(Reason::BodyCopy) && !lines.iter().any(stays);
        match verdict {
            Verdict::Goes if goes => lines.iter().for_each(|&id| cx.remove(id, Reason::BodyCopy)),
            Verdict::Open(title) if goes => self.open.extend(lines.iter().map(|&id| (title, id, Reason::BodyCopy))),
            Verdict::Recurs(title) => self.open.retain(|open| open.0 != title),
            _ => {}
        }
    }

    /// Decides what waits or is open, as it stands.
    fn close(&mut self, cx: &mut StageContext<'_>) {
        if matches!(self.place, Place::Unread(_)) {
            return;
        }
        let verdict = self.titles().end();
        self.settle(verdict, cx);
        self.open.drain(..).for_each(|(_, id, reason)| cx.remove(id, reason));
        self.titles().forget_open();
    }
}

impl ActiveStage for TitlesStage {
    fn visit(&mut self, id: u64, cx: &mut StageContext<'_>) {
        if !cx.paragraph(id).stays() || self.take(id, cx) {
            return;
        }
        match self.place {
            Place::Unread(_) => self.look_unread(id, cx),
            Place::Head(_) => self.end_head(id, cx),
            Place::Body(_) => self.look(id, cx),
        }
    }

    fn hold(&self) -> Option<u64> {
        let open = self.open.iter().map(|open| open.1);
        open.chain(self.held.first().copied()).chain(self.waiting.first().copied()).min()
    }

    fn force(&mut self, cx: &mut StageContext<'_>) {
        let rest = self.decide(Vec::new(), cx);
        if rest.is_empty() && !self.held.is_empty() {
            self.close(cx);
            return self.resume(cx);
        }
        self.remember(cx);
        rest.into_iter().for_each(|id| self.look(id, cx));
        self.close(cx);
    }

    fn finish(&mut self, cx: &mut StageContext<'_>) {
        let rest = self.decide(Vec::new(), cx);
        self.remember(cx);
        rest.into_iter().for_each(|id| self.look(id, cx));
        self.close(cx);
    }

    fn reset(&mut self) {
        *self = Self::new(self.switches);
    }

    fn may_act(&mut self, seen: &ParagraphView<'_>, _: &Buffer) -> bool {
        match &self.place {
            Place::Unread(unread) => !unread.has_ended() || unread.may_be_copy(seen.text, &seen.shape),
            Place::Head(_) => true,
            Place::Body(titles) => titles.may_be_copy(seen.text, &seen.shape),
        }
    }

    fn leaves(&self, line: &[u8], shape: &BlockShape) -> bool {
        match &self.place {
            Place::Unread(unread) => unread.has_ended() && !unread.may_be_copy(line, shape),
            Place::Head(_) => false,
            Place::Body(titles) => !titles.may_be_copy(line, shape),
        }
    }

    fn leaves_row(&mut self, lines: &[&[u8]], shape: &BlockShape) -> bool {
        match &self.place {
            Place::Unread(unread) if unread.is_empty() => {
                self.row = Unread::of_row(lines, shape);
                self.row.is_some()
            }
            _ => lines.iter().all(|line| self.leaves(line, shape)),
        }
    }

    fn row_passes(&mut self) {
        if let Some(head) = self.row.take() {
            self.place = Place::Unread(head);
        }
    }

    fn passed_clean(&mut self, last: &ParagraphView<'_>, _: usize) {
        match &mut self.place {
            Place::Unread(unread) => unread.pass(&last.shape, last.text),
            Place::Head(_) => {}
            Place::Body(titles) => {
                titles.enter(&last.shape);
                titles.leave(&last.shape, last.text);
            }
        }
    }

    /// A text that a later stage makes is a copy if it were one after the head, or in it: which of them a second run would
    /// find it in is not known.
    fn would_act(&self, text: &str, of: RangeInclusive<u64>, cx: &StageContext<'_>) -> bool {
        let titles = match &self.place {
            Place::Unread(unread) if unread.has_ended() => unread.titles(),
            Place::Body(titles) => titles,
            Place::Unread(_) | Place::Head(_) => return false,
        };
        let line = Line { text: &canonical_text(text, FORM).0, shape: ALONE };
        // What was cut from a line, or put after it, makes it no copy of itself.
        let own = || {
            let own = of.clone().filter(|&id| cx.paragraph(id).stays()).map(|id| cx.text(id));
            let own = own.map(|text| canonical_text(text.trim(), FORM).0.into_owned()).collect::<Vec<_>>();
            own.join(" ").starts_with(without_ellipsis(line.text.trim()))
        };
        let is_own = self.is_kept(*of.start()) && own();
        if !is_own && titles.would_take(&line) {
            return true;
        }
        self.others(&of, &Start::of(line.text), cx).any(|title| would_be_copy(&title, &line))
    }
}

/// Whether a line's fate is to go with the wording that gave way for a reason.
fn is_removed_for(fate: &Fate, reason: Reason) -> bool {
    *fate == Fate::Removed(reason)
}

/// Whether a line would be taken for a copy of a title right after it.
fn would_be_copy(title: &str, line: &Line<'_>) -> bool {
    if unread::differ(title, line.text) {
        return false;
    }
    let mut head = Head::default();
    head.push(&Line { text: title, shape: ALONE });
    head.push(line) && head.finish().0.iter().any(|fate| *fate != Fate::Stays)
}

/// A range of a line as it was compared, in the line's own bytes.
fn in_text(id: u64, range: &Range<usize>, cx: &StageContext<'_>) -> Range<usize> {
    let text = cx.text(id);
    let canonical = Canonical::new(&text, FORM);
    canonical.original(range.start)..canonical.original(range.end)
}

/// Whether an earlier stage reads something in the line that decides about others, or would read it otherwise in another
/// place: it stays where it is, as it is. So does what no stage may touch.
fn is_needed_earlier(id: u64, cx: &StageContext<'_>) -> bool {
    if cx.has_ignored(id) {
        return true;
    }
    let text = cx.text(id);
    let needs = |s: &dyn ActiveStage| s.depends_on(&text) || s.is_open(&text) || s.would_act(&text, id..=id, cx);
    cx.earlier.iter().any(|s| needs(&**s))
}
