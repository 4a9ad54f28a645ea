//! Groups of lines that are one title. A line belongs to a group when one of its readings is one of the group's; readings
//! of two lines from which something was taken off count only if it was surely a site's name or a label.

use std::cell::{Cell, OnceCell};

use super::affix::Evidence;
use super::forms::{Form, forms};
use super::probe::Probes;

/// Words that must be left of a title that was cut short.
const CUT_WORDS: usize = 3;

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
    probes: OnceCell<Probes>,
}

impl Candidate {
    pub(super) fn new(line: usize, text: &str, prose: bool, sentence: bool) -> Self {
        Self { line, forms: forms(text), prose, sentence, probes: OnceCell::new() }
    }

    /// What every copy has.
    pub(super) fn probes(&self) -> &Probes {
        self.probes.get_or_init(|| Probes::new(self.forms.iter()))
    }

    pub(super) fn take_probes(&mut self) -> Probes {
        self.probes.take().unwrap_or_else(|| Probes::new(self.forms.iter()))
    }

    /// Words of its shortest whole reading.
    pub(super) fn words(&self) -> usize {
        self.forms.iter().map(|f| f.words).min().unwrap_or(0)
    }
}

/// A copy in a group and what was found out about its wording.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    /// Index of the candidate.
    pub(super) candidate: usize,
    pub(super) wrapped: bool,
    pub(super) cut: bool,
}

impl Member {
    fn rank(&self) -> (bool, bool) {
        (self.cut, self.wrapped)
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
        Self { members: vec![Member { candidate, wrapped: false, cut: false }], clean: Cell::default() }
    }

    pub(super) fn first(&self) -> usize {
        self.members[0].candidate
    }

    /// The member whose wording is kept: whole before cut, clean before wrapped, of the cut ones the longest, else the first.
    pub(super) fn best(&self, all: &[Candidate]) -> usize {
        if let Some(best) = self.clean.get() {
            return best;
        }
        let length = |m: &Member| {
            if m.cut { all[m.candidate].forms[0].key.len() } else { 0 }
        };
        let better = |a: Member, b: Member| {
            let longer = a.rank() == b.rank() && length(&b) > length(&a);
            if b.rank() < a.rank() || longer { b } else { a }
        };
        let best = self.members.iter().copied().reduce(better);
        self.clean.set(best.filter(|m| m.rank() == (false, false)).map(|m| m.candidate));
        best.map_or(0, |m| m.candidate)
    }

    /// Takes in a candidate if it is a copy of the first or of the best member. Gives how it matched.
    pub(super) fn accepts(&self, candidate: &Candidate, all: &[Candidate]) -> Option<(usize, Pair)> {
        let best = self.best(all);
        let first = self.first();
        let pair = |of: usize| pair(&all[of], candidate).map(|p| (of, p));
        pair(best).or_else(|| if first == best { None } else { pair(first) })
    }

    /// Adds a member, with what the pair says about it and about the member that it matched.
    pub(super) fn add(&mut self, candidate: usize, with: usize, pair: Pair) {
        if let Some(member) = self.members.iter_mut().find(|m| m.candidate == with) {
            member.wrapped |= pair.wrapped.0;
            member.cut |= pair.cut.0;
            if member.rank() != (false, false) {
                self.clean.take();
            }
        }
        self.members.push(Member { candidate, wrapped: pair.wrapped.1, cut: pair.cut.1 });
    }

    /// Puts the members in the order of their lines.
    pub(super) fn sort(&mut self) {
        self.members.sort_by_key(|m| m.candidate);
        self.clean.take();
    }
}

/// How two lines are one title.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    /// Whether the first, the second carries a name or a label.
    pub(super) wrapped: (bool, bool),
    /// Whether the first, the second is cut short.
    pub(super) cut: (bool, bool),
    /// Words that the two have in common.
    pub(super) words: usize,
}

/// Whether two lines are one title.
pub(super) fn pair(a: &Candidate, b: &Candidate) -> Option<Pair> {
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
    let wrapped = (x.off.is_some(), y.off.is_some());
    if x.key == y.key {
        // One ends in an ellipsis that the other lacks: nothing is missing in it.
        return (!x.key.is_empty()).then_some(Pair { wrapped, cut: (x.cut && y.cut, x.cut && y.cut), words });
    }
    let x_cut = x.cut && !b.prose && begins(&y.key, &x.key) && x.words >= CUT_WORDS;
    let y_cut = y.cut && !a.prose && begins(&x.key, &y.key) && y.words >= CUT_WORDS;
    (x_cut || y_cut).then_some(Pair { wrapped, cut: (x.cut, y.cut), words })
}

/// Whether the whole begins with what is left of it. A cut inside the last word must leave something of it.
fn begins(whole: &str, cut: &str) -> bool {
    whole.len() > cut.len() && whole.starts_with(cut)
}
