//! The titles of a document, by which the paragraphs after its head are judged.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::Line;
use super::affix::Evidence;
use super::forms::Form;
use super::groups::{Candidate, End, TITLE_WORDS, pair};
use super::key;
use super::probe::Probes;
use super::tie::{Tail, Tie};
use super::unit::{HeadLines, Unit};
use crate::document::block::BlockShape;
use crate::document::role::{Role, role_alone, strip_heading_marks};

/// How much longer a copy may be: heading marks, a site's name, a breadcrumb.
pub(super) const MARGIN: usize = 72;
/// This many copies, each over a text of its own, are a heading that recurs.
pub(super) const RECURRING: usize = 3;

/// The titles that are looked for in the body: those of four words or more.
#[derive(Clone, Debug, Default)]
pub(crate) struct Titles {
    known: Vec<Title>,
    /// Bounds of a copy's length in bytes.
    least: usize,
    most: usize,
    /// The lines of the head in the block in which it ended; none in any later block.
    head: HeadLines,
    /// The end of the last line, where its block goes on.
    before: Tail,
    /// A copy, or the start of one, that waits for the next line.
    unit: Option<Unit>,
}

#[derive(Clone, Debug)]
struct Title {
    candidate: Candidate,
    /// What every copy has.
    probes: Probes,
    place: Place,
    /// It recurs: no copies of it are looked for any more.
    recurs: bool,
}

/// What is known of a title's first place.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// It may go on in the next line: then it is one of these.
    pub(super) open: bool,
    pub(super) joined: Vec<Candidate>,
    /// Hashes of the texts of their own that it and its open copies stand over.
    pub(super) over: Vec<u64>,
}

/// What becomes of the lines that waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Stays,
    /// They are a copy.
    Goes,
    /// They are a copy of this title, over a text of its own: they go unless it recurs.
    Open(usize),
    /// They are one more place of this title, and it recurs: all its open copies stay.
    Recurs(usize),
}

impl Titles {
    /// Adds a title; whether it is looked for.
    pub(super) fn add(&mut self, mut candidate: Candidate, place: Place) -> bool {
        candidate.forms.retain(is_sure);
        let fits = |f: &&Form| f.words >= TITLE_WORDS && !f.cut;
        let forms = || candidate.forms.iter().filter(fits);
        let longer = place.joined.iter().flat_map(|joined| &joined.forms);
        let lengths = || forms().map(|f| f.key.len());
        let (Some(least), Some(most)) = (lengths().min(), lengths().chain(longer.map(|f| f.key.len())).max()) else {
            return false;
        };
        // Folding changes the length: ligatures, dashes, forms of the country's name.
        self.least = if self.known.is_empty() { least / 2 } else { self.least.min(least / 2) };
        self.most = self.most.max(most * 3 / 2 + MARGIN);
        let probes = Probes::new(forms());
        self.known.push(Title { candidate, probes, place, recurs: false });
        true
    }

    pub(super) fn begin_body(&mut self, head: HeadLines) {
        self.head = head;
    }

    /// Counts a paragraph after the head: each, in their order, the one that ended it first.
    pub(crate) fn enter(&mut self, shape: &BlockShape) {
        if shape.index == 0 {
            self.head = HeadLines::default();
        }
    }

    /// Leaves a paragraph for the next one.
    pub(crate) fn leave(&mut self, shape: &BlockShape, text: &[u8]) {
        if shape.lines > 1 && !self.known.is_empty() {
            self.before = Tail::of(text);
        }
    }

    /// A line that ended so has passed.
    pub(super) fn go_on_after(&mut self, before: Tail) {
        self.before = before;
    }

    /// Whether a paragraph can be a copy of a title or begin one, by its length and its letters. Cheap.
    pub(crate) fn may_be_copy(&self, text: &[u8], shape: &BlockShape) -> bool {
        !self.known.is_empty()
            && text.len() <= self.most
            && (self.may_be_whole(text) || shape.lines > 1 && self.known.iter().any(|k| k.may_begin_with(text)))
    }

    /// Whether a text can be a copy of a title.
    fn may_be_whole(&self, text: &[u8]) -> bool {
        (self.least..=self.most).contains(&text.len()) && self.known.iter().any(|k| k.probes.may_be_in(text))
    }

    /// Takes a paragraph as the one that waits, if it is a copy or the start of one. After it was [entered](Self::enter).
    pub(crate) fn begin(&mut self, line: &Line<'_>) -> bool {
        let goes_back = line.shape.index > 0 && self.before.goes_on_in(line.text);
        let unit = Unit::new(0, line);
        let begins = !goes_back && !self.is_verse(line) && (self.is_copy(line.text) || self.is_start(&unit));
        self.unit = begins.then_some(unit);
        begins
    }

    /// Takes the next paragraph as one more line of those that wait. If it is none, it gives what becomes of them.
    pub(crate) fn follow(&mut self, line: &Line<'_>) -> Option<Verdict> {
        let Some(unit) = self.unit.take() else { return Some(Verdict::Stays) };
        let next = Unit::new(unit.lines(), line);
        let tie = unit.tie(&next);
        let longer = unit.clone().with(&next);
        let has_room = unit.has_room(1, line.text);
        let goes_on = tie == Tie::Sure
            || tie == Tie::Open && has_room && (self.is_start(&longer) || self.find(&longer.text, tie).is_some());
        if goes_on && has_room {
            self.unit = Some(longer);
            return None;
        }
        let over = text_hash(next.role(), line.text);
        Some(if goes_on { Verdict::Stays } else { self.judge(&unit, tie, over, false) })
    }

    /// What becomes of the lines that wait where nothing follows them.
    pub(crate) fn end(&mut self) -> Verdict {
        self.unit.take().map_or(Verdict::Stays, |unit| self.judge(&unit, Tie::None, None, true))
    }

    fn judge(&mut self, unit: &Unit, tie: Tie, over: Option<u64>, is_last: bool) -> Verdict {
        let Some(at) = self.find(&unit.text, tie) else { return Verdict::Stays };
        let title = &mut self.known[at];
        // What closes like a sentence where the title does not is one, except at the document's end.
        if !is_last && End::of(&unit.text) == End::Period && title.candidate.end != End::Period {
            return Verdict::Stays;
        }
        match over {
            Some(over) if !title.place.over.is_empty() && !title.place.over.contains(&over) => {
                title.place.over.push(over);
                title.recurs = title.place.over.len() >= RECURRING;
                if title.recurs { Verdict::Recurs(at) } else { Verdict::Open(at) }
            }
            _ => Verdict::Goes,
        }
    }

    /// The open copies of all titles go.
    pub(crate) fn forget_open(&mut self) {
        self.known.iter_mut().for_each(|title| title.place.over.truncate(1));
    }

    /// Whether a text that stands alone would be a copy.
    pub(crate) fn would_take(&self, line: &Line<'_>) -> bool {
        !self.is_verse(line) && self.is_copy(line.text)
    }

    fn is_copy(&self, text: &str) -> bool {
        self.may_be_whole(text.as_bytes()) && self.find(text, Tie::None).is_some()
    }

    /// The title of which a text, whose last line hangs together with the next one so, is a copy.
    fn find(&self, text: &str, tie: Tie) -> Option<usize> {
        let prose = match role_alone(text) {
            Role::Heading => false,
            Role::Prose => true,
            Role::Kicker | Role::Label | Role::Byline => false,
            _ => return None,
        };
        let mut copy = Candidate::new(usize::MAX, text, prose, prose);
        copy.forms.retain(is_sure);
        self.known.iter().position(|title| title.is_copy(&copy, tie))
    }

    /// Whether a title begins with a unit's text and goes on.
    fn is_start(&self, unit: &Unit) -> bool {
        let goes_on = |start: String| !start.is_empty() && self.known.iter().any(|title| title.goes_on_from(&start));
        unit.may_go_on() && goes_on(key(&unit.text))
    }

    /// A line among other short lines of its block. The lines of the head are not counted: some of them go.
    fn is_verse(&self, line: &Line<'_>) -> bool {
        let left = self.head.taken_from(&line.shape);
        let is_marked = || strip_heading_marks(line.text).len() < line.text.trim().len();
        left.is_lines() && left.short + u8::from(left.lines > 4) >= left.lines && !is_marked()
    }
}

impl Title {
    fn is_copy(&self, copy: &Candidate, tie: Tie) -> bool {
        // A sentence that stands twice is a sentence.
        let sentences = copy.prose && self.candidate.sentence;
        let is = |title: &Candidate| pair(title, copy).is_some_and(|p| p.words >= TITLE_WORDS && !p.cut.0 && !p.cut.1);
        // Both may go on, each in another line.
        let differ = self.place.open && tie == Tie::Open;
        !self.recurs && !sentences && (!differ && is(&self.candidate) || self.place.joined.iter().any(is))
    }

    fn wholes(&self) -> impl Iterator<Item = &str> {
        [&self.candidate].into_iter().chain(&self.place.joined).map(|c| &*c.forms[0].key)
    }

    fn goes_on_from(&self, start: &str) -> bool {
        !self.recurs && self.wholes().any(|whole| whole.len() > start.len() && whole.starts_with(start))
    }

    /// Whether it can begin with a line's text. Cheap.
    fn may_begin_with(&self, text: &[u8]) -> bool {
        let start = text.trim_ascii_start();
        let letters = start.iter().zip(self.candidate.forms[0].key.as_bytes()).take(4);
        let alike = letters.take_while(|(a, b)| a.eq_ignore_ascii_case(b) || !a.is_ascii_alphanumeric()).count();
        alike == 4 && !self.recurs && start.len() >= 16
    }
}

/// Whether a reading counts without another line beside it.
fn is_sure(form: &Form) -> bool {
    form.off != Some(Evidence::Guess)
}

/// A hash of a text that a heading may stand over, as its own.
pub(super) fn text_hash(role: Role, text: &str) -> Option<u64> {
    let is_text =
        matches!(role, Role::Prose | Role::ListItem) || role == Role::Heading && text.trim_end().ends_with('.');
    is_text.then(|| {
        let mut hasher = DefaultHasher::new();
        text.trim().hash(&mut hasher);
        hasher.finish()
    })
}
