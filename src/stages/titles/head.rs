//! The head of a document: collected line by line, then decided at once.

use std::cell::OnceCell;
use std::ops::Range;

use super::affix::has_verb;
use super::groups::{Candidate, Group, Member, Pair, TITLE_WORDS, pair};
use super::key::has_ellipsis;
use super::known::{MARGIN, Place, RECURRING, Titles, text_hash};
use super::tie::Tie;
use super::unit::{HeadLines, Unit};
use super::{Fate, Line};
use crate::document::block::Layout;
use crate::document::layout::LINES;
use crate::document::role::{HEADING_MAX, QUESTIONS, Role, count_words, is_section_name, words_in};
use crate::english::teaser::without_link;
use crate::reasons::Reason;

/// The most paragraphs of a head, those that are removed not counted.
const PARAGRAPHS: usize = 64;
/// The most paragraphs of a head in all, so that its cost is bounded.
const MOST: usize = 512;

/// What is kept of a line, or of several that are one title, until the head is decided.
#[derive(Clone, Debug)]
struct Entry {
    unit: Unit,
    wording: Wording,
    /// Counts the blocks of the head.
    block: usize,
    /// Index of the candidate, if it may be a title.
    candidate: Option<usize>,
    /// The first entry of its group, if it is a copy of it.
    first: Option<usize>,
    /// It may go on in the next entry.
    open: bool,
    /// A hash of the text right after it, if that is text and no title, byline or the like.
    over: Option<u64>,
    /// Its title may recur: if it is a copy, it is an open one.
    may_recur: bool,
    state: State,
}

impl Entry {
    fn is_left(&self) -> bool {
        matches!(self.state, State::Stays | State::Recurs)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Stays,
    Removed(Reason),
    /// A copy of an entry's title, which may recur.
    Open(Reason, usize),
    /// It recurs, over a text of its own: no copy.
    Recurs,
    /// Part of the entry before it.
    Merged,
}

/// What stands in a line by now.
#[derive(Clone, Debug)]
struct Wording {
    /// The entry that it was taken from, and what of that one's text it is.
    of: usize,
    range: Range<usize>,
    /// Why it is not the entry's own text.
    reason: Option<Reason>,
    text: String,
    /// Where the text begins in that entry's.
    start: usize,
    role: Role,
    words: OnceCell<Words>,
}

/// The words of a line that may be a copy or verse.
#[derive(Clone, Copy, Debug, Default)]
struct Words {
    count: usize,
    /// Some word begins with a lowercase letter.
    small: bool,
}

impl Wording {
    fn own(entry: usize, unit: &Unit, role: Role) -> Self {
        let (range, text) = (unit.bare(), unit.text.clone());
        Self { of: entry, range, reason: None, text, start: 0, role, words: OnceCell::new() }
    }

    fn words(&self) -> Words {
        *self.words.get_or_init(|| {
            words_in(without_link(&self.text)).fold(Words::default(), |words, word| Words {
                count: words.count + 1,
                small: words.small || word.chars().next().is_some_and(char::is_lowercase),
            })
        })
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
    /// The longest text so far, in bytes.
    longest: usize,
    lead: Option<usize>,
    /// The lines that were entered.
    lines: usize,
    /// The last lines: more of their block may belong to them.
    unit: Option<Unit>,
    /// The parties to a case are set out, one a line: none of its lines is a title.
    names_parties: bool,
}

impl Head {
    /// Takes the next line. `false`: the head ended before it, perhaps some lines before: [`Head::finish`] says how many it has
    /// taken. The document's [`Titles`] judge the others as they judge all later ones.
    pub(crate) fn push(&mut self, line: &Line<'_>) -> bool {
        let unit = self.unit.take();
        let next = Unit::new(self.lines + unit.as_ref().map_or(0, Unit::lines), line);
        if let Some(unit) = unit {
            match unit.tie(&next) {
                Tie::Sure if unit.has_room(1, line.text) => {
                    self.unit = Some(unit.with(&next));
                    return true;
                }
                // Too long for a title: a text that is broken at a width.
                Tie::Sure => return false,
                tie if !self.close(unit, tie) => return false,
                _ => {}
            }
        }
        if self.is_full() {
            return false;
        }
        if next.may_go_on() {
            self.unit = Some(next);
            return true;
        }
        self.close(next, Tie::None)
    }

    /// Takes a unit whose last line hangs together with the next one so. `false`: it is the head's first paragraph of prose,
    /// and was not taken.
    fn close(&mut self, unit: Unit, tie: Tie) -> bool {
        let twin = self.entries.iter().rposition(|entry| entry.unit.text == unit.text);
        if let Some(twin) = twin {
            unit.set_role(self.entries[twin].unit.role());
        }
        let found = unit.role();
        if let Some(last) = self.entries.last_mut() {
            last.over = text_hash(found, &unit.text);
        }
        let sentence = found == Role::Prose;
        let prose = sentence && !(self.entries.is_empty() && is_title_sentence(&unit.text));
        if prose && !self.may_be_title(&unit.text) {
            return false;
        }
        let (lines, length, begins) = (unit.lines(), unit.text.len(), unit.shape.index == 0);
        self.enter(unit, if prose || !sentence { found } else { Role::Heading }, sentence, tie, twin);
        if prose && !self.reads_like_another() {
            self.entries.pop();
            self.candidates.pop();
            return false;
        }
        let known = self.place();
        self.lines += lines;
        self.longest = self.longest.max(length);
        self.blocks += usize::from(begins);
        let last = self.entries.len() - 1;
        self.lead = self.lead.or_else(|| self.is_heading(last).then_some(last));
        if self.entries[last].candidate.is_some() {
            let at = self.candidates.len() - 1;
            self.copies += usize::from(known.is_some());
            match known {
                Some((g, with, pair)) => self.add(g, at, with, &pair),
                None => self.groups.push(Group::new(at)),
            }
        }
        true
    }

    /// Whether the head holds all that it may: the next paragraph is no longer part of it.
    fn is_full(&self) -> bool {
        self.entries.len() - self.copies >= PARAGRAPHS || self.entries.len() >= MOST
    }

    /// Whether it is full of copies: without them it goes on.
    pub(crate) fn is_crowded(&self) -> bool {
        self.entries.len() >= MOST && self.entries.len() - self.copies < PARAGRAPHS
    }

    /// Takes in a unit as the last entry. `twin`: an earlier one with the same text.
    fn enter(&mut self, unit: Unit, role: Role, sentence: bool, tie: Tie, twin: Option<usize>) {
        let at = self.entries.len();
        self.names_parties |= is_versus(&unit.text);
        let may_be = matches!(role, Role::Heading | Role::Prose | Role::Label | Role::Kicker);
        // Prose that stays in the head is a title that ends like a sentence.
        let kept = if role == Role::Prose { Role::Heading } else { role };
        if may_be {
            let prose = role == Role::Prose;
            self.candidates.push(match twin.and_then(|twin| self.candidate_of(twin)) {
                Some(twin) => twin.again(at, prose, sentence),
                None => Candidate::new(at, &unit.text, prose, sentence),
            });
        }
        self.entries.push(Entry {
            wording: Wording::own(at, &unit, kept),
            block: self.blocks + usize::from(unit.shape.index == 0),
            candidate: may_be.then(|| self.candidates.len() - 1),
            first: None,
            open: tie == Tie::Open,
            over: None,
            may_recur: false,
            state: State::Stays,
            unit,
        });
    }

    /// Whether a sentence can have the words of a line before it, and is no longer than a copy. Cheap.
    fn may_be_title(&self, text: &str) -> bool {
        if text.len() > HEADING_MAX || text.len() > self.longest * 3 / 2 + MARGIN {
            return false;
        }
        let may_be = |candidate: usize| self.candidates[candidate].probes().may_be_in(text.as_bytes());
        let any = |g: &Group| {
            let (first, best) = (g.first(), g.best(&self.candidates));
            may_be(first) || first != best && may_be(best)
        };
        has_ellipsis(text) || self.groups.iter().any(any)
    }

    /// Whether the last line, a sentence, has the words of a line before it.
    fn reads_like_another(&self) -> bool {
        let last = self.candidates.last();
        last.is_some_and(|c| self.groups.iter().any(|g| g.accepts(c, &self.candidates).is_some()))
    }

    /// The group that the last line seems to belong to, as far as is known yet.
    fn place(&self) -> Option<(usize, usize, Pair)> {
        let entry = self.entries.len() - 1;
        let candidate = self.candidate_of(entry)?;
        self.groups.iter().enumerate().find_map(|(g, group)| {
            let (with, pair) = group.accepts(candidate, &self.candidates)?;
            let first = self.candidates[group.first()].line;
            self.is_title(first, entry, &pair, self.lead).then_some((g, with, pair))
        })
    }

    /// Decides the head: a fate for each line that was taken, and the document's titles.
    pub(crate) fn finish(mut self) -> (Vec<Fate>, Titles) {
        if let Some(unit) = self.unit.take() {
            self.close(unit, Tie::None);
        }
        self.unite();
        // A line alone has no copy.
        if self.candidates.len() > 1 {
            self.regroup();
            if self.find_recurring() {
                self.regroup();
            }
            // What a pass changes may show the next copy; each pass but the last removes a line.
            while self.apply() {
                self.regroup();
            }
        }
        let (titles, known) = self.titles();
        let mut fates = Vec::with_capacity(self.lines);
        for entry in 0..self.entries.len() {
            self.decide(entry, &known, &mut fates);
        }
        (fates, titles)
    }

    /// Adds the fates of an entry's lines. `known`: the entries whose titles the body looks for.
    fn decide(&self, at: usize, known: &[usize], fates: &mut Vec<Fate>) {
        let Entry { unit, wording, state, .. } = &self.entries[at];
        let all = |fate: Fate| std::iter::repeat_n(fate, unit.lines());
        match (*state, wording.reason) {
            (State::Merged, _) => {}
            (State::Open(reason, first), _) if known.contains(&first) => {
                let title = known.iter().position(|k| *k == first).unwrap_or(0);
                fates.extend(all(Fate::Open(reason, title)));
            }
            (State::Removed(reason) | State::Open(reason, _), _) => fates.extend(all(Fate::Removed(reason))),
            (State::Stays | State::Recurs, None) => fates.extend(all(Fate::Stays)),
            (State::Stays | State::Recurs, Some(reason)) => {
                let wording = self.entries[wording.of].unit.stretches(&wording.range);
                fates.push(Fate::Becomes { own: unit.own(), wording, reason });
                fates.extend(all(Fate::Removed(reason)).skip(1));
            }
        }
    }

    /// Makes one entry of two or three that may go on one in the other, where another is just that.
    fn unite(&mut self) {
        for at in 0..self.entries.len() {
            for more in [2, 1] {
                let Some(joined) = self.joined(at, more) else { continue };
                let candidate = Candidate::new(at, &joined.text, false, false);
                if !self.has_copy(&candidate, at..at + more + 1) {
                    continue;
                }
                self.entries[at].wording = Wording::own(at, &joined, Role::Heading);
                self.entries[at].unit = joined;
                let c = self.entries[at].candidate.expect("only titles are joined");
                self.candidates[c] = candidate;
                let last = &self.entries[at + more];
                let (open, over) = (last.open, last.over);
                (self.entries[at].open, self.entries[at].over) = (open, over);
                for part in &mut self.entries[at + 1..=at + more] {
                    (part.state, part.candidate, part.open) = (State::Merged, None, false);
                }
            }
        }
    }

    /// An entry and `more` after it as one title, if they may be one.
    fn joined(&self, at: usize, more: usize) -> Option<Unit> {
        let entries = self.entries.get(at..=at + more).filter(|entries| entries[0].open)?;
        let may_be = |e: &Entry| e.candidate.is_some() && e.wording.role == Role::Heading && e.state == State::Stays;
        let (last, rest) = entries.split_last()?;
        if !entries.iter().all(may_be) || !rest.iter().all(|e| e.open) {
            return None;
        }
        let joined = rest.iter().skip(1).chain([last]).fold(rest[0].unit.clone(), |unit, e| unit.with(&e.unit));
        let is_title = joined.lines() <= 3 && joined.role() == Role::Heading;
        is_title.then_some(joined)
    }

    /// Whether an entry, or some that may be one, is a copy of the candidate; `but` those that it was made of.
    fn has_copy(&self, candidate: &Candidate, but: Range<usize>) -> bool {
        let is_copy = |other: &Candidate| pair(candidate, other).is_some_and(|p| !p.cut.0 && !p.cut.1);
        (0..self.entries.len()).filter(|at| !but.contains(at)).any(|at| {
            self.candidate_of(at).is_some_and(is_copy)
                || [1, 2].into_iter().any(|more| {
                    let apart = at + more < but.start || at >= but.end;
                    let joined = self.joined(at, more).filter(|_| apart);
                    joined.is_some_and(|unit| is_copy(&Candidate::new(at, &unit.text, false, false)))
                })
        })
    }

    /// Looks for headings that recur, each over a text of its own; whether there are some. Where only one copy is so, more of
    /// them may follow in the body.
    fn find_recurring(&mut self) -> bool {
        let mut found = false;
        for group in &self.groups {
            let entries = || group.members.iter().map(|m| self.candidates[m.candidate].line);
            let mut own: Vec<(usize, u64)> = Vec::new();
            for (entry, over) in entries().filter_map(|e| Some((e, self.entries[e].over?))) {
                if !own.iter().any(|(_, other)| *other == over) {
                    own.push((entry, over));
                }
            }
            let first = self.candidates[group.first()].line;
            if own.len() < 2 || own[0].0 != first || !may_recur(&self.entries[first].wording.text) {
                continue;
            }
            let recurs = own.len() >= RECURRING;
            found |= recurs;
            for (entry, _) in own {
                let entry = &mut self.entries[entry];
                entry.may_recur = !recurs;
                entry.state = if recurs { State::Recurs } else { entry.state };
            }
        }
        found
    }

    /// Removes the copies and puts the best wording in the first place; whether there were any.
    fn apply(&mut self) -> bool {
        let groups = std::mem::take(&mut self.groups);
        for group in groups.iter().filter(|g| g.members.len() > 1) {
            let first = self.candidates[group.first()].line;
            let best = group.best(&self.candidates);
            for member in &group.members[1..] {
                self.remove(first, member);
            }
            self.reword(first, group, best);
        }
        let found = groups.iter().any(|g| g.members.len() > 1);
        self.groups = groups;
        found
    }

    fn remove(&mut self, first: usize, member: &Member) {
        let copy = self.candidates[member.candidate].line;
        let reason = match member {
            Member { cut: true, .. } => Reason::CutCopy,
            Member { wrapped: true, .. } => Reason::NamedCopy,
            // The copies between are gone.
            _ if self.between(first, copy).next().is_none() => Reason::AdjacentCopy,
            _ => Reason::HeadCopy,
        };
        let open = self.entries[copy].may_recur;
        self.entries[copy].state = if open { State::Open(reason, first) } else { State::Removed(reason) };
    }

    /// The first place takes the best wording: another's, or its own without what was taken off it.
    fn reword(&mut self, first: usize, group: &Group, best: usize) {
        let member = group.members.iter().find(|m| m.candidate == best).expect("the best is a member");
        let from = self.candidates[best].line;
        if first == from && member.core.is_none() {
            return;
        }
        let mut wording = self.entries[from].wording.clone();
        if let Some(core) = &member.core {
            wording.text = wording.text[core.clone()].to_owned();
            wording.start += core.start;
            wording.range = wording.start..wording.start + core.len();
            wording.words.take();
        }
        wording.reason = Some(self.cleaner_reason(&group.members[0]));
        // The copy that gives its wording has to go.
        if let State::Open(reason, _) = self.entries[from].state {
            self.entries[from].state = State::Removed(reason);
        }
        let (sentence, prose) = (self.candidates[best].sentence, self.candidates[best].prose);
        self.candidates[group.first()] = Candidate::new(first, &wording.text, prose, sentence);
        self.entries[first].wording = wording;
    }

    /// Why the wording of a title's first place gives way.
    fn cleaner_reason(&self, first: &Member) -> Reason {
        let wording = &self.entries[self.candidates[first.candidate].line].wording;
        match &first.core {
            _ if first.cut => Reason::CutTitle,
            Some(core) if wording.start + core.start > wording.range.start => Reason::TitleLabel,
            _ => Reason::TitleSite,
        }
    }

    /// Groups the lines that are left: lines of verse are no titles, a copy must be one of a title, and groups of which one
    /// kept wording has become the other's are one.
    fn regroup(&mut self) {
        let verse = self.verse_lines();
        let lead = self.find_lead(&verse);
        self.groups.clear();
        self.entries.iter_mut().for_each(|entry| entry.first = None);
        for at in 0..self.candidates.len() {
            let line = self.candidates[at].line;
            if verse[line] || self.entries[line].candidate != Some(at) || self.entries[line].state != State::Stays {
                continue;
            }
            let fits = self.groups.iter().enumerate().find_map(|(g, group)| {
                let (with, pair) = group.accepts(&self.candidates[at], &self.candidates)?;
                let first = self.candidates[group.first()].line;
                self.is_title(first, line, &pair, lead).then_some((g, with, pair))
            });
            match fits {
                Some((g, with, pair)) => {
                    self.add(g, at, with, &pair);
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
            for member in self.groups.remove(high).members {
                if member.candidate == best {
                    self.add(low, best, with, &pair);
                } else {
                    self.groups[low].members.push(member);
                }
            }
            self.groups[low].sort();
            let first = self.candidates[self.groups[low].first()].line;
            for member in &self.groups[low].members[1..] {
                self.entries[self.candidates[member.candidate].line].first = Some(first);
            }
            return self.merge(low, lead);
        }
    }

    /// Adds a candidate to a group, as a copy of one of its members.
    fn add(&mut self, group: usize, candidate: usize, with: usize, pair: &Pair) {
        let group = &mut self.groups[group];
        group.add(candidate, with, pair);
        let first = self.candidates[group.first()].line;
        self.entries[self.candidates[candidate].line].first = Some(first);
    }

    /// The first line that may be the document's title.
    fn find_lead(&self, verse: &[bool]) -> Option<usize> {
        let entries = if self.names_parties { 0 } else { self.entries.len() };
        (0..entries).find(|&i| self.is_heading(i) && !verse[i])
    }

    fn is_heading(&self, line: usize) -> bool {
        self.entries[line].wording.role == Role::Heading && self.entries[line].is_left()
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

    /// The first heading after the lead that is no label by its length.
    fn long_heading(&self, lead: usize) -> Option<usize> {
        let is_long = |at: usize| self.candidate_of(at).is_some_and(|c| c.words() >= TITLE_WORDS);
        (lead + 1..self.entries.len()).find(|&at| self.is_heading(at) && is_long(at))
    }

    /// Whether two lines that read alike are copies of a title, and not of a label, a name or a summary.
    fn is_title(&self, first: usize, copy: usize, pair: &Pair, lead: Option<usize>) -> bool {
        let Some(lead) = lead else { return false };
        let wrapped = pair.wrapped.0 || pair.wrapped.1;
        if !self.is_heading(first) || !(self.is_heading(copy) || wrapped) {
            return false;
        }
        // Both may be the start, or the end, of something else.
        let begins = |i: usize| self.entries[i].open && !self.is_copy_of(i, i + 1);
        let ends = |i: usize| self.entries[i].unit.shape.index > 0 && i > 0 && begins(i - 1);
        if begins(first) && begins(copy) || ends(first) && ends(copy) {
            return false;
        }
        if pair.words < TITLE_WORDS && !pair.cut.0 && !pair.cut.1 {
            let mut between = self.between(first, copy).filter(|&i| self.entries[i].first != Some(first));
            let adjacent = || between.clone().next().is_none();
            let second = self.is_doubtful(lead) && pair.words >= 2 && self.words(first).small && adjacent();
            return (first == lead || second)
                && !between.any(|i| self.is_heading(i) && self.words(i).count >= TITLE_WORDS);
        }
        // One of several lines that recur is no title: a refrain, a link, an author.
        let second = || self.long_heading(lead) == Some(first) || self.between(first, copy).next().is_none();
        first == lead || pair.sure || (self.is_doubtful(lead) || self.is_name_like(lead)) && second()
    }

    /// The entries between two that are left.
    fn between(&self, first: usize, copy: usize) -> impl Iterator<Item = usize> + Clone {
        (first + 1..copy).filter(|&i| self.entries[i].is_left())
    }

    fn is_copy_of(&self, first: usize, line: usize) -> bool {
        let candidate = |at: usize| self.candidate_of((at < self.entries.len()).then_some(at)?);
        candidate(first).zip(candidate(line)).is_some_and(|(a, b)| pair(a, b).is_some())
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
        let entries = &self.entries[block.clone()];
        let gone: HeadLines = entries.iter().filter(|e| !e.is_left()).map(|e| e.unit.counts).sum();
        let shape = gone.taken_from(&entries[0].unit.shape);
        if shape.layout == Layout::Wrapped
            || shape.lines < 3
            || shape.short < shape.lines
            || shape.closed * 2 > shape.lines
            || entries.iter().any(|e| e.unit.is_marked())
        {
            return false;
        }
        let copy = |i: usize| lead.is_some_and(|l| l == i || self.is_copy_of(l, i));
        let left = || block.clone().filter(|&i| self.entries[i].is_left());
        // A line that stands twice counts once: a title below a kicker that nobody knows may be repeated.
        let mut others: Vec<usize> = Vec::new();
        for i in left().filter(|&i| self.entries[i].wording.is_verse() && !copy(i)) {
            if others.len() < 2 && !others.iter().any(|&o| self.is_copy_of(o, i)) {
                others.push(i);
            }
        }
        others.len() >= 2 || !others.is_empty() && block.start > 0 && left().filter(|&i| copy(i)).count() >= 2
    }

    /// The titles by which the body is judged: the document's own, and what a site's name or a label showed to be one. Also
    /// their entries.
    fn titles(&mut self) -> (Titles, Vec<usize>) {
        let verse = self.verse_lines();
        let lead = self.find_lead(&verse);
        let mut titles = Titles::default();
        let last = self.entries.iter().rev().take_while(|e| e.block == self.blocks);
        // A shape counts no later ones.
        titles.begin_body(last.filter(|e| usize::from(e.unit.shape.index) < LINES).map(|e| e.unit.counts).sum());
        let second = lead.filter(|&l| self.is_doubtful(l)).and_then(|l| self.long_heading(l));
        let known = [lead, second].into_iter().flatten().filter(|&e| self.entries[e].state != State::Recurs);
        let known: Vec<usize> = known.filter(|&entry| self.add_title(entry, &mut titles)).collect();
        (titles, known)
    }

    /// Adds an entry's title; whether the body looks for it.
    fn add_title(&self, at: usize, titles: &mut Titles) -> bool {
        let Entry { open, over, candidate: Some(candidate), .. } = self.entries[at] else { return false };
        let joined = [1, 2].into_iter().filter_map(|more| self.joined(at, more));
        let joined = joined.map(|unit| Candidate::new(at, &unit.text, false, false)).collect();
        let copy = |e: &&Entry| matches!(e.state, State::Open(_, first) if first == at);
        let open_copy = self.entries.iter().find(copy).and_then(|e| e.over);
        let over = over.filter(|_| may_recur(&self.entries[at].wording.text)).into_iter().chain(open_copy).collect();
        titles.add(self.candidates[candidate].clone(), Place { open, joined, over })
    }
}

/// "v.", alone between the parties to a case.
fn is_versus(text: &str) -> bool {
    matches!(text.trim().trim_matches(['-', '–', '—', ' ']), "v" | "v." | "vs" | "vs." | "V." | "VS.")
}

/// A document's first line may be a title though it ends like a sentence.
fn is_title_sentence(text: &str) -> bool {
    text.len() <= 200 && count_words(text) <= 30 && !text.trim_end().ends_with([':', '"', '”'])
}

/// A short line that is no byline, date, kicker or other furniture of a page. Its words were counted before.
fn is_verse_stuff(text: &str, role: Role) -> bool {
    matches!(role, Role::Heading | Role::Prose | Role::Label) && text.len() <= 80 && !is_section_name(text)
}

/// Whether a line may be the heading of a section, or a question, that is set more than once: no headline, which has a verb.
fn may_recur(text: &str) -> bool {
    let bare = text.trim_end().trim_end_matches(['"', '”', '’', '*', '_']);
    let asks = |word: &str| QUESTIONS.iter().any(|question| word.eq_ignore_ascii_case(question));
    bare.ends_with('?') || words_in(text).next().is_some_and(asks) || count_words(text) <= 5 && !has_verb(text)
}
