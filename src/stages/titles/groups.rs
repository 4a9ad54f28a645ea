//! Groups of lines that are one title. A line belongs to a group when one of its readings is one of the group's; readings
//! of two lines from which something was taken off count only if it was surely a site's name or a label.

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use super::affix::Evidence;
use super::forms::{Form, forms};
use super::probe::Probes;

/// Words that must be left of a title that was cut short.
const CUT_WORDS: usize = 3;
/// A title of fewer words may be a label; it counts only at the title's own place.
pub(super) const TITLE_WORDS: usize = 4;

/// A line that may be a title.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidate {
    /// Its place among the lines of the head.
    pub(super) line: usize,
    pub(super) forms: Vec<Form>,
    /// It is prose: never the whole of a title that was cut.
    pub(super) prose: bool,
    /// It reads like a sentence, though it may stand in a title's place.
    pub(super) sentence: bool,
    pub(super) end: End,
    /// It has no lowercase letter.
    uppercase: bool,
    probes: OnceCell<Probes>,
}

/// How a line ends, for what that says of a title.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum End {
    #[default]
    Plain,
    /// In a period, like a sentence.
    Period,
    /// In a comma, a semicolon or a colon, like a salutation or a party's name.
    Open,
}

impl End {
    pub(super) fn of(text: &str) -> Self {
        match text.trim_end().bytes().next_back() {
            Some(b'.') => Self::Period,
            Some(b',' | b';' | b':') => Self::Open,
            _ => Self::Plain,
        }
    }
}

impl Candidate {
    pub(super) fn new(line: usize, text: &str, prose: bool, sentence: bool) -> Self {
        let uppercase = !text.chars().any(char::is_lowercase);
        Self { line, forms: forms(text), prose, sentence, end: End::of(text), uppercase, probes: OnceCell::new() }
    }

    /// A later line with the same text.
    pub(super) fn again(&self, line: usize, prose: bool, sentence: bool) -> Self {
        Self { line, prose, sentence, ..self.clone() }
    }

    /// What every copy has.
    pub(super) fn probes(&self) -> &Probes {
        self.probes.get_or_init(|| Probes::new(self.forms.iter()))
    }

    /// Words of its shortest whole reading.
    pub(super) fn words(&self) -> usize {
        self.forms.iter().map(|f| f.words).min().unwrap_or(0)
    }
}

/// A copy in a group and what was found out about its wording.
#[derive(Clone, Debug)]
pub(super) struct Member {
    /// Index of the candidate.
    pub(super) candidate: usize,
    pub(super) wrapped: bool,
    pub(super) cut: bool,
    /// What is left of it without a name or a label, where another member is just that.
    pub(super) core: Option<Range<usize>>,
}

impl Member {
    fn new(candidate: usize) -> Self {
        Self { candidate, wrapped: false, cut: false, core: None }
    }

    fn learn(&mut self, wrapped: bool, cut: bool, core: Option<Range<usize>>) {
        self.wrapped |= wrapped;
        self.cut |= cut;
        self.core = self.core.take().or(core);
    }
}

/// Lines that are one title, the first place first.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) members: Vec<Member>,
    /// The best member, once it is found to be clean and whole: no later one is better.
    clean: Cell<Option<usize>>,
}

impl Group {
    pub(super) fn new(candidate: usize) -> Self {
        Self { members: vec![Member::new(candidate)], clean: Cell::default() }
    }

    pub(super) fn first(&self) -> usize {
        self.members[0].candidate
    }

    /// The member whose wording is kept: whole before cut, plain letters before all uppercase where the first has them, clean
    /// before wrapped, of the cut ones the longest, else the first.
    pub(super) fn best(&self, all: &[Candidate]) -> usize {
        if let Some(best) = self.clean.get() {
            return best;
        }
        let plain = !all[self.first()].uppercase;
        let rank = |m: &Member| (m.cut, plain && all[m.candidate].uppercase, m.wrapped);
        let length = |m: &Member| if m.cut { all[m.candidate].forms[0].key.len() } else { 0 };
        let better = |a: usize, b: usize| {
            let (x, y) = (&self.members[a], &self.members[b]);
            if rank(y) < rank(x) || rank(y) == rank(x) && length(y) > length(x) { b } else { a }
        };
        let best = &self.members[(0..self.members.len()).reduce(better).unwrap_or(0)];
        self.clean.set(Some(best.candidate).filter(|_| rank(best) == (false, false, false)));
        best.candidate
    }

    /// Takes in a candidate if it is a copy of the first or of the best member. Gives how it matched.
    pub(super) fn accepts(&self, candidate: &Candidate, all: &[Candidate]) -> Option<(usize, Pair)> {
        let best = self.best(all);
        let first = self.first();
        let pair = |of: usize| pair(&all[of], candidate).map(|p| (of, p));
        pair(best).or_else(|| if first == best { None } else { pair(first) })
    }

    /// Adds a member, with what the pair says about it and about the member that it matched.
    pub(super) fn add(&mut self, candidate: usize, with: usize, pair: &Pair) {
        let (a, b) = pair.cores();
        if let Some(member) = self.members.iter_mut().find(|m| m.candidate == with) {
            member.learn(pair.wrapped.0, pair.cut.0, a);
            if member.wrapped || member.cut {
                self.clean.take();
            }
        }
        let mut member = Member::new(candidate);
        member.learn(pair.wrapped.1, pair.cut.1, b);
        self.members.push(member);
    }

    /// Puts the members in the order of their lines.
    pub(super) fn sort(&mut self) {
        self.members.sort_by_key(|m| m.candidate);
        self.clean.take();
    }
}

/// How two lines are one title.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    /// Whether the first, the second carries a name or a label.
    pub(super) wrapped: (bool, bool),
    /// Whether the first, the second is cut short.
    pub(super) cut: (bool, bool),
    /// What was taken off the first or the second is surely no part of a title.
    pub(super) sure: bool,
    /// Words that the two have in common.
    pub(super) words: usize,
    /// What the two have in common, in the first's and in the second's text.
    pub(super) ranges: (Range<usize>, Range<usize>),
}

impl Pair {
    /// What is left of the first, of the second without a name or a label, where the other is just that.
    fn cores(&self) -> (Option<Range<usize>>, Option<Range<usize>>) {
        let (a, b) = &self.ranges;
        let core = |wrapped: bool, range: &Range<usize>| wrapped.then(|| range.clone());
        match (self.wrapped, self.cut) {
            ((true, true), _) | (_, (true, _) | (_, true)) => (None, None),
            ((x, y), _) => (core(x, a), core(y, b)),
        }
    }
}

/// Whether two lines are one title.
pub(super) fn pair(a: &Candidate, b: &Candidate) -> Option<Pair> {
    if a.end == End::Open && b.end == End::Open {
        return None;
    }
    let mut found: Option<Pair> = None;
    for x in &a.forms {
        for y in &b.forms {
            let Some(pair) = pair_forms(x, y, a, b) else {
                continue;
            };
            // A match of whole readings says most, then one without wrappers.
            let rank = |p: &Pair| (p.cut.0 || p.cut.1, p.wrapped.0 || p.wrapped.1);
            if found.as_ref().is_none_or(|f| rank(&pair) < rank(f)) {
                found = Some(pair);
            }
        }
    }
    found
}

fn pair_forms(x: &Form, y: &Form, a: &Candidate, b: &Candidate) -> Option<Pair> {
    let words = x.words.min(y.words);
    if x.off.is_some() && y.off.is_some() && (x.off.min(y.off) < Some(Evidence::Strong) || words < CUT_WORDS) {
        return None;
    }
    let pair = |cut| {
        let wrapped = (x.off.is_some(), y.off.is_some());
        let sure = x.off.max(y.off) == Some(Evidence::Strong);
        Pair { wrapped, cut, sure, words, ranges: (x.range.clone(), y.range.clone()) }
    };
    if x.key == y.key {
        // One ends in an ellipsis that the other lacks: nothing is missing in it.
        return (!x.key.is_empty()).then(|| pair((x.cut && y.cut, x.cut && y.cut)));
    }
    // The whole in uppercase can't take the place of a cut one in plain letters.
    let loses = b.uppercase && !a.uppercase;
    let x_cut = x.cut && !b.prose && !loses && begins(&y.key, &x.key) && x.words >= CUT_WORDS;
    let y_cut = y.cut && !a.prose && begins(&x.key, &y.key) && y.words >= CUT_WORDS;
    (x_cut || y_cut).then(|| pair((x.cut, y.cut)))
}

/// Whether the whole begins with what is left of it. A cut inside the last word must leave something of it.
fn begins(whole: &str, cut: &str) -> bool {
    whole.len() > cut.len() && whole.starts_with(cut)
}
