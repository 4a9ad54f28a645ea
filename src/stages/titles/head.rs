//! The head of a document: collected line by line, then decided at once.

use std::cell::OnceCell;
use std::ops::Range;

use super::forms::bare_range;
use super::groups::{Candidate, Group, Pair, pair};
use super::known::{HeadLines, MARGIN, Titles};
use super::{Fate, Line};
use crate::document::block::{BlockShape, Layout};
use crate::document::layout::LINES;
use crate::document::role::{HEADING_MAX, Role, count_words, is_section_name, role_alone, words_in};

/// The most paragraphs of a head, those that are removed not counted.
const PARAGRAPHS: usize = 64;
/// The most paragraphs of a head in all, so that its cost is bounded.
const MOST: usize = 512;
/// A title of fewer words may be a label; it counts only at the title's own place.
pub(super) const TITLE_WORDS: usize = 4;

/// What is kept of a line until the head is decided.
#[derive(Clone, Debug)]
struct Entry {
    wording: Wording,
    shape: BlockShape,
    /// Counts the blocks of the head.
    block: usize,
    bare: Range<usize>,
    /// Index of the candidate, if it may be a title.
    candidate: Option<usize>,
    /// What it counts for in its block.
    counts: HeadLines,
    removed: bool,
}

/// What stands in a line by now.
#[derive(Clone, Debug)]
struct Wording {
    /// The line that it was taken from.
    of: usize,
    text: String,
    role: Role,
    words: OnceCell<Words>,
}

/// The words of a line that may be a copy or verse.
#[derive(Clone, Copy, Debug, Default)]
struct Words {
    count: usize,
    /// Some word begins with a small letter.
    small: bool,
}

impl Wording {
    fn words(&self) -> Words {
        *self.words.get_or_init(|| {
            words_in(&self.text).fold(Words::default(), |words, word| Words {
                count: words.count + 1,
                small: words.small || word.chars().next().is_some_and(char::is_lowercase),
            })
        })
    }

    fn is_short(&self) -> bool {
        self.text.chars().count() <= 64
    }

    /// Whether it is short, and nothing that a news page puts beside a title: the stuff of verse.
    fn is_verse(&self) -> bool {
        let Words { count, small } = self.words();
        small && count >= 3 && is_verse_stuff(&self.text, self.role)
    }
}

/// The head while it is collected.
#[derive(Debug, Default)]
pub(crate) struct Head {
    entries: Vec<Entry>,
    candidates: Vec<Candidate>,
    groups: Vec<Group>,
    copies: usize,
    blocks: usize,
    /// The longest line so far, in bytes.
    longest: usize,
    lead: Option<usize>,
}

impl Head {
    /// Takes the next paragraph. `false`: it ends the head and is its first paragraph of prose; it was not taken, and the
    /// document's [`Titles`] judge it as they judge all later ones.
    pub(crate) fn push(&mut self, line: &Line<'_>) -> bool {
        let found = role_alone(line.text);
        let sentence = found == Role::Prose;
        let prose = sentence && !(self.entries.is_empty() && is_title_sentence(line.text));
        if prose && (line.text.len() > HEADING_MAX || line.text.len() > self.longest * 3 / 2 + MARGIN) {
            return false;
        }
        if prose && !self.may_read_like_another(line.text) {
            return false;
        }
        self.enter(line, if prose || !sentence { found } else { Role::Heading }, sentence);
        if prose && !self.reads_like_another() {
            self.entries.pop();
            self.candidates.pop();
            return false;
        }
        let known = self.place();
        self.longest = self.longest.max(line.text.len());
        self.blocks += usize::from(line.shape.index == 0);
        self.lead = self.lead.or_else(|| self.is_heading(self.entries.len() - 1).then(|| self.entries.len() - 1));
        if self.entries.last().is_some_and(|e| e.candidate.is_some()) {
            let at = self.candidates.len() - 1;
            self.copies += usize::from(known.is_some());
            match known {
                Some((g, with, pair)) => self.groups[g].add(at, with, pair),
                None => self.groups.push(Group::new(at)),
            }
        }
        true
    }

    /// Whether the head holds all that it may: the next paragraph is no longer part of it.
    pub(crate) fn is_full(&self) -> bool {
        self.entries.len() - self.copies >= PARAGRAPHS || self.entries.len() >= MOST
    }

    /// Whether it is full of copies: without them it goes on.
    pub(crate) fn is_crowded(&self) -> bool {
        self.entries.len() >= MOST && self.entries.len() - self.copies < PARAGRAPHS
    }

    /// Takes in a line as the last one.
    fn enter(&mut self, line: &Line<'_>, role: Role, sentence: bool) {
        let at = self.entries.len();
        let may_be = matches!(role, Role::Heading | Role::Prose | Role::Label | Role::Kicker);
        // Prose that stays in the head is a title that ends like a sentence.
        let kept = if role == Role::Prose { Role::Heading } else { role };
        self.entries.push(Entry {
            wording: Wording { of: at, text: line.text.to_owned(), role: kept, words: OnceCell::new() },
            shape: line.shape,
            block: self.blocks + usize::from(line.shape.index == 0),
            bare: bare_range(line.text),
            candidate: may_be.then_some(self.candidates.len()),
            counts: HeadLines::of(line),
            removed: false,
        });
        if may_be {
            self.candidates.push(Candidate::new(at, line.text, role == Role::Prose, sentence));
        }
    }

    /// Whether a sentence can have the words of a line before it. Cheap.
    fn may_read_like_another(&self, text: &str) -> bool {
        let may_be = |candidate: usize| self.candidates[candidate].probes().may_be_in(text.as_bytes());
        let cut = text.contains('…') || text.contains("...");
        let any = |g: &Group| {
            let (first, best) = (g.first(), g.best(&self.candidates));
            may_be(first) || first != best && may_be(best)
        };
        cut || self.groups.iter().any(any)
    }

    /// Whether the last line, a sentence, has the words of a line before it.
    fn reads_like_another(&self) -> bool {
        let last = self.candidates.last();
        last.is_some_and(|c| self.groups.iter().any(|g| g.accepts(c, &self.candidates).is_some()))
    }

    /// The group that the last line seems to belong to, as far as is known yet.
    fn place(&self) -> Option<(usize, usize, Pair)> {
        let line = self.entries.len() - 1;
        let candidate = self.candidate_of(line)?;
        self.groups.iter().enumerate().find_map(|(g, group)| {
            let (with, pair) = group.accepts(candidate, &self.candidates)?;
            let first = self.candidates[group.first()].line;
            self.is_title(first, line, &pair, self.lead).then_some((g, with, pair))
        })
    }

    /// Decides the head: a fate for each line that was taken, and the document's titles.
    pub(crate) fn finish(mut self) -> (Vec<Fate>, Titles) {
        // What a pass changes may show the next copy; each pass but the last removes a line. A line alone has none.
        while self.candidates.len() > 1 {
            self.regroup();
            if !self.apply() {
                break;
            }
        }
        (self.entries.iter().enumerate().map(|(at, _)| self.fate(at)).collect(), self.titles())
    }

    fn fate(&self, at: usize) -> Fate {
        let entry = &self.entries[at];
        let from = entry.wording.of;
        if entry.removed {
            Fate::Removed
        } else if from == at {
            Fate::Stays
        } else {
            Fate::Becomes { own: entry.bare.clone(), from, range: self.entries[from].bare.clone() }
        }
    }

    /// Removes the copies and puts the best wording in the first place; whether there were any.
    fn apply(&mut self) -> bool {
        let groups = std::mem::take(&mut self.groups);
        for group in groups.iter().filter(|g| g.members.len() > 1) {
            let best = group.best(&self.candidates);
            let (first, from) = (self.candidates[group.first()].line, self.candidates[best].line);
            for member in &group.members[1..] {
                self.entries[self.candidates[member.candidate].line].removed = true;
            }
            if first != from {
                self.entries[first].wording = self.entries[from].wording.clone();
                self.candidates[group.first()] = self.candidates[best].clone();
                self.candidates[group.first()].line = first;
            }
        }
        let found = groups.iter().any(|g| g.members.len() > 1);
        self.groups = groups;
        found
    }

    /// Groups the lines that are left: lines of verse are no titles, a copy must be one of a title, and groups of which one
    /// kept wording has become the other's are one.
    fn regroup(&mut self) {
        let verse = self.verse_lines();
        let lead = self.find_lead(&verse);
        self.groups.clear();
        for at in 0..self.candidates.len() {
            let line = self.candidates[at].line;
            if verse[line] || self.entries[line].removed {
                continue;
            }
            let fits = self.groups.iter().enumerate().find_map(|(g, group)| {
                let (with, pair) = group.accepts(&self.candidates[at], &self.candidates)?;
                let first = self.candidates[group.first()].line;
                self.is_title(first, line, &pair, lead).then_some((g, with, pair))
            });
            match fits {
                Some((g, with, pair)) => {
                    self.groups[g].add(at, with, pair);
                    self.merge(g, lead);
                }
                None => self.groups.push(Group::new(at)),
            }
        }
    }

    /// Takes later groups into one whose kept wording they match by now.
    fn merge(&mut self, into: usize, lead: Option<usize>) {
        let mut g = 0;
        while g < self.groups.len() {
            if g == into {
                g += 1;
                continue;
            }
            let (low, high) = (into.min(g), into.max(g));
            let best = self.groups[high].best(&self.candidates);
            let found = self.groups[low].accepts(&self.candidates[best], &self.candidates).filter(|(_, pair)| {
                let (a, b) = (self.groups[low].first(), self.groups[high].first());
                self.is_title(self.candidates[a].line, self.candidates[b].line, pair, lead)
            });
            let Some((with, pair)) = found else {
                g += 1;
                continue;
            };
            let taken = self.groups.remove(high);
            let group = &mut self.groups[low];
            for member in taken.members {
                if member.candidate == best {
                    group.add(member.candidate, with, pair);
                } else {
                    group.members.push(member);
                }
            }
            group.sort();
            return self.merge(low, lead);
        }
    }

    /// The first line that may be the document's title.
    fn find_lead(&self, verse: &[bool]) -> Option<usize> {
        (0..self.entries.len()).find(|&i| self.is_heading(i) && !verse[i])
    }

    fn is_heading(&self, line: usize) -> bool {
        self.entries[line].wording.role == Role::Heading && !self.entries[line].removed
    }

    fn words(&self, line: usize) -> Words {
        self.entries[line].wording.words()
    }

    fn candidate_of(&self, line: usize) -> Option<&Candidate> {
        self.entries[line].candidate.map(|c| &self.candidates[c])
    }

    /// A first heading that is short or all names may be a kicker or a byline that nobody knows.
    fn is_doubtful(&self, lead: usize) -> bool {
        self.candidate_of(lead).is_none_or(|c| c.words() < TITLE_WORDS)
    }

    /// Whether two lines that read alike are copies of a title, and not of a label, a name or a summary.
    fn is_title(&self, first: usize, copy: usize, pair: &Pair, lead: Option<usize>) -> bool {
        let Some(lead) = lead else { return false };
        let wrapped = pair.wrapped.0 || pair.wrapped.1;
        if !self.is_heading(first) || !(self.is_heading(copy) || wrapped) {
            return false;
        }
        if pair.words < TITLE_WORDS && !pair.cut.0 && !pair.cut.1 {
            let between = || (first + 1..copy).filter(|&i| !self.entries[i].removed);
            let apart = between()
                .any(|i| self.is_heading(i) && self.words(i).count >= TITLE_WORDS && !self.is_copy_of(first, i));
            let second =
                self.is_doubtful(lead) && between().next().is_none() && pair.words >= 2 && self.words(first).small;
            return (first == lead || second) && !apart;
        }
        first == lead || pair.wrapped.0 || pair.wrapped.1 || self.is_doubtful(lead) || self.is_name_like(lead)
    }

    fn is_copy_of(&self, first: usize, line: usize) -> bool {
        self.candidate_of(first).zip(self.candidate_of(line)).is_some_and(|(a, b)| pair(a, b).is_some())
    }

    /// Few words, all capitalised: a name or a slogan of the site as well as a title.
    fn is_name_like(&self, line: usize) -> bool {
        let Words { count, small } = self.words(line);
        count <= 6 && !small
    }

    /// Which lines stand in a block of verse: three short lines or more, two of them no title, byline, date or kicker.
    fn verse_lines(&self) -> Vec<bool> {
        let mut verse = vec![false; self.entries.len()];
        let lead = (0..self.entries.len()).find(|&i| self.is_heading(i));
        let mut start = 0;
        while start < self.entries.len() {
            let block = self.entries[start].block;
            let end = start + self.entries[start..].iter().take_while(|e| e.block == block).count();
            if end - start >= 2 && self.is_verse(start..end, lead) {
                verse[start..end].fill(true);
            }
            start = end;
        }
        verse
    }

    fn is_verse(&self, block: Range<usize>, lead: Option<usize>) -> bool {
        let shape = &self.entries[block.start].shape;
        let gone = || self.entries[block.clone()].iter().filter(|e| e.removed);
        let lines = usize::from(shape.lines).saturating_sub(gone().count());
        let short = usize::from(shape.short).saturating_sub(gone().filter(|e| e.wording.is_short()).count());
        if shape.layout == Layout::Wrapped || lines < 3 || short < lines || usize::from(shape.closed) * 2 > lines {
            return false;
        }
        let copy = |i: usize| lead.is_some_and(|l| l == i || self.is_copy_of(l, i));
        let left = || block.clone().filter(|&i| !self.entries[i].removed);
        // A line that stands twice counts once: a title below a kicker that nobody knows may be repeated.
        let mut others: Vec<usize> = Vec::new();
        for i in left().filter(|&i| self.entries[i].wording.is_verse() && !copy(i)) {
            if others.len() < 2 && !others.iter().any(|&o| self.is_copy_of(o, i)) {
                others.push(i);
            }
        }
        others.len() >= 2 || !others.is_empty() && block.start > 0 && left().filter(|&i| copy(i)).count() >= 2
    }

    /// The titles by which the body is judged: the document's own, and what a site's name or a label showed to be one.
    fn titles(mut self) -> Titles {
        let verse = self.verse_lines();
        let lead = self.find_lead(&verse);
        let mut titles = Titles::default();
        let last = self.entries.iter().rev().take_while(|e| e.block == self.blocks);
        // A shape counts no later ones.
        titles.begin_body(last.filter(|e| usize::from(e.shape.index) < LINES).map(|e| e.counts).sum());
        let next = |from: usize| {
            (from..self.entries.len())
                .find(|&i| self.is_heading(i) && self.candidate_of(i).is_some_and(|c| c.words() >= TITLE_WORDS))
        };
        let second = lead.filter(|&l| self.is_doubtful(l)).and_then(|l| next(l + 1));
        let candidates = [lead, second].map(|line| line.and_then(|l| self.entries[l].candidate));
        for candidate in candidates.into_iter().flatten() {
            titles.add(std::mem::take(&mut self.candidates[candidate]));
        }
        titles
    }
}

/// A document's first line may be a title though it ends like a sentence.
fn is_title_sentence(text: &str) -> bool {
    text.len() <= 200 && count_words(text) <= 30 && !text.trim_end().ends_with([':', '"', '”'])
}

/// A short line that is no byline, date, kicker or other furniture of a page. Its words were counted before.
fn is_verse_stuff(text: &str, role: Role) -> bool {
    matches!(role, Role::Heading | Role::Prose | Role::Label) && text.len() <= 80 && !is_section_name(text)
}
