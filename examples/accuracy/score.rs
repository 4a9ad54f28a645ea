//! Figures: cases are cleaned, and what comes out is compared with what is expected.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use copydesk::Cleaner;

use super::cases::Case;

/// A case that did not come out as expected.
pub(crate) struct Failure {
    pub(crate) case: Case,
    pub(crate) output: String,
}

/// What was counted for one stage.
#[derive(Default)]
pub(crate) struct Score {
    cases: usize,
    exact: usize,
    /// Cases that must stay, and those of them that were changed.
    stay: usize,
    harmed: usize,
    /// Cases that must change; those of them that came out as expected, and those that were changed at all.
    change: usize,
    fixed: usize,
    seen: usize,
    /// Exact ones and all, by kind.
    kinds: BTreeMap<String, (usize, usize)>,
    /// Lines of the input that hold more than white space, and those that changed.
    lines: usize,
    changed_lines: usize,
    pub(crate) failures: Vec<Failure>,
}

impl Score {
    pub(crate) fn add(&mut self, cleaner: &Cleaner, case: Case) {
        let output = cleaner.clean(&case.input).text;
        let exact = case.is_met_by(&output);
        let kind = self.kinds.entry(case.kind.clone()).or_default();
        kind.0 += usize::from(exact);
        kind.1 += 1;
        self.cases += 1;
        self.exact += usize::from(exact);
        if case.expected == case.input {
            self.stay += 1;
            self.harmed += usize::from(!exact);
        } else {
            self.change += 1;
            self.fixed += usize::from(exact);
            self.seen += usize::from(output != case.input);
        }
        let (before, after): (BTreeSet<_>, BTreeSet<_>) =
            (case.input.split('\n').collect(), output.split('\n').collect());
        self.lines += case.input.split('\n').filter(|line| !line.trim().is_empty()).count();
        self.changed_lines += before.symmetric_difference(&after).count();
        if !exact {
            self.failures.push(Failure { case, output });
        }
    }

    /// The lines that differ, in 1000 lines of the input.
    pub(crate) fn changed_per_1000(&self) -> f64 {
        1000.0 * share(self.changed_lines, self.lines.max(1))
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cases {:>5}", self.cases)?;
        let figures = [
            ("exact", self.exact, self.cases),
            ("harm", self.harmed, self.stay),
            ("fixed", self.fixed, self.change),
            ("seen", self.seen, self.change),
        ];
        for (name, part, whole) in figures {
            match whole {
                0 => write!(f, "  {name}     -%")?,
                _ => write!(f, "  {name} {:6.2}%", 100.0 * share(part, whole))?,
            }
        }
        write!(f, "\n           ")?;
        self.kinds.iter().try_for_each(|(kind, (exact, cases))| write!(f, " {kind} {exact}/{cases} "))
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of cases and lines are small")]
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// Chars around the differing part that a failure shows.
const CONTEXT: usize = 60;

impl fmt::Display for Failure {
    /// What of the input, the expected and the real output differs, with some text around it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts = [("in", &*self.case.input), ("want", &*self.case.expected), ("got", &*self.output)];
        let chars = texts.map(|(_, text)| text.chars().collect::<Vec<_>>());
        let head = common(&chars, |text, i| text.get(i).copied());
        let tails = chars.each_ref().map(|text| &text[head..]);
        let tail = common(&tails, |text, i| text.len().checked_sub(i + 1).map(|at| text[at]));
        write!(f, "{} [{}]", self.case.id, self.case.kind)?;
        for ((name, _), text) in texts.iter().zip(&chars) {
            let (from, to) = (head.saturating_sub(CONTEXT), (text.len() - tail + CONTEXT).min(text.len()));
            let shown: String = text[from..to].iter().collect();
            let (before, after) = (if from > 0 { "…" } else { "" }, if to < text.len() { "…" } else { "" });
            write!(f, "\n  {name:<5}{before}{shown:?}{after}")?;
        }
        Ok(())
    }
}

/// How many chars all the texts have in common, counted by `at`.
fn common<T>(texts: &[T], at: impl Fn(&T, usize) -> Option<char>) -> usize {
    (0..).take_while(|&i| at(&texts[0], i).is_some_and(|c| texts.iter().all(|t| at(t, i) == Some(c)))).count()
}
