//! What a reason is worth, from how often it was right.

use copydesk::Worth;

use super::labels::Label;

/// Edits that were judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Judged {
    pub(crate) right: usize,
    pub(crate) wrong: usize,
}

impl Judged {
    fn all(self) -> usize {
        self.right + self.wrong
    }

    /// Whether at least this many of 100 are right.
    fn reaches(self, percent: usize) -> bool {
        100 * self.right >= percent * self.all()
    }

    fn is_mostly_right(self) -> bool {
        self.right > self.wrong
    }
}

/// What a reason did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Edits in labelled cases: right in those that came out as expected, wrong in the others.
    pub(crate) cases: Judged,
    /// Labelled edits in real texts.
    pub(crate) real: Judged,
    pub(crate) harmless: usize,
    /// Edits in real texts that no label names, in folders that have labels.
    pub(crate) new: usize,
}

/// What the figures say of a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measured {
    Sure,
    Likely,
    /// Wrong as often as right, or more often.
    Poor,
    /// It made no edit that anybody has judged.
    Unseen,
}

/// With fewer judged edits in real text, labelled cases count as well.
const ENOUGH: usize = 20;

impl Tally {
    pub(crate) fn add_case(&mut self, exact: bool) {
        *(if exact { &mut self.cases.right } else { &mut self.cases.wrong }) += 1;
    }

    pub(crate) fn add_real(&mut self, label: Option<Label>) {
        *match label {
            Some(Label::Right) => &mut self.real.right,
            Some(Label::Harmless) => &mut self.harmless,
            Some(Label::Wrong) => &mut self.real.wrong,
            None => &mut self.new,
        } += 1;
    }

    pub(crate) fn measured(&self) -> Measured {
        let is_sure = if self.real.all() >= ENOUGH {
            self.real.reaches(90)
        } else {
            self.real.wrong == 0 && self.cases.reaches(97)
        };
        match () {
            () if self.real.all() + self.cases.all() == 0 => Measured::Unseen,
            () if is_sure => Measured::Sure,
            () if self.real.is_mostly_right() || self.cases.is_mostly_right() => Measured::Likely,
            () => Measured::Poor,
        }
    }
}

impl Measured {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Likely => "likely",
            Self::Poor => "poor",
            Self::Unseen => "none seen",
        }
    }

    /// Whether a reason that measures so may be called that.
    pub(crate) fn allows(self, worth: Worth) -> bool {
        match (self, worth) {
            (Self::Unseen, _) | (Self::Sure, Worth::Sure) | (Self::Likely, Worth::Likely) => true,
            (Self::Sure, Worth::Likely) | (Self::Likely, Worth::Sure) | (Self::Poor, _) => false,
        }
    }
}

/// A worth as it is written.
pub(crate) fn name(worth: Worth) -> &'static str {
    match worth {
        Worth::Sure => "sure",
        Worth::Likely => "likely",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(cases: [usize; 2], real: [usize; 2]) -> Tally {
        let [cases, real] = [cases, real].map(|[right, wrong]| Judged { right, wrong });
        Tally { cases, real, ..Tally::default() }
    }

    #[test]
    fn real_text_decides_where_there_is_enough_of_it() {
        assert_eq!(tally([0, 9], [18, 2]).measured(), Measured::Sure);
        assert_eq!(tally([99, 0], [17, 3]).measured(), Measured::Likely);
    }

    #[test]
    fn with_little_real_text_nothing_there_may_be_wrong() {
        assert_eq!(tally([97, 3], [19, 0]).measured(), Measured::Sure);
        assert_eq!(tally([96, 4], [19, 0]).measured(), Measured::Likely);
        assert_eq!(tally([99, 0], [18, 1]).measured(), Measured::Likely);
    }

    #[test]
    fn what_is_wrong_as_often_as_right_is_poor() {
        assert_eq!(tally([5, 5], [1, 1]).measured(), Measured::Poor);
        assert_eq!(tally([6, 5], [0, 9]).measured(), Measured::Likely);
    }

    #[test]
    fn harmless_and_new_edits_show_nothing() {
        let tally = Tally { harmless: 30, new: 30, ..Tally::default() };
        assert_eq!(tally.measured(), Measured::Unseen);
        assert!(Measured::Unseen.allows(Worth::Sure) && Measured::Unseen.allows(Worth::Likely));
    }
}
