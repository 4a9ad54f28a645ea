//! What a document has shown of the country's name so far: the forms in which it writes it, and the names that hold one.

use super::around::Around;
use crate::english::country::{Form, Letters};

/// The most names that are remembered of one document.
const NAMES: usize = 64;

/// The habits of a document.
#[derive(Debug, Default)]
pub(crate) struct Habit {
    /// A bit for each kind of form in which the country was written.
    kinds: u8,
    /// The words beside the form in names, in lowercase ("US West": "west").
    names: Vec<(Side, Letters, Box<str>)>,
}

/// Where in a name the other word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// "Rowan USA".
    Before,
    /// "US West".
    After,
}

impl Habit {
    /// The country was written this way. A line in uppercase has a habit of its own.
    pub(super) fn write(&mut self, form: &Around<'_>) {
        if self.kinds & kind(form) == 0 && !form.is_in_caps() {
            self.kinds |= kind(form);
        }
    }

    /// Whether the document has written the country, and in other forms only. A slip ("U.S", "U. S.") is no habit.
    pub(super) fn differs(&self, form: &Form) -> bool {
        self.kinds != 0 && self.kinds & kind(form) == 0 && !is_uneven(form)
    }

    /// Whether the country was written at all.
    pub(super) fn has_country(&self) -> bool {
        self.kinds != 0
    }

    /// The form and the word beside it are a name.
    pub(super) fn learn(&mut self, side: Side, form: &Form, word: &str) {
        if self.names.len() < NAMES && !self.knows(side, form, word) {
            self.names.push((side, form.letters, word.to_lowercase().into()));
        }
    }

    /// Whether they are a name that was learned, written in any case.
    pub(super) fn knows(&self, side: Side, form: &Form, word: &str) -> bool {
        let same = |known: &(Side, Letters, Box<str>)| {
            known.0 == side && known.1 == form.letters && word.to_lowercase() == *known.2
        };
        self.names.iter().any(same)
    }
}

/// Whether a form with periods lacks one or has a space between its letters.
pub(super) fn is_uneven(form: &Form) -> bool {
    let letters = if form.letters == Letters::Usa { 3 } else { 2 };
    form.dotted && (form.dots == 0 || form.end - form.start > 2 * letters - 1)
}

fn kind(form: &Form) -> u8 {
    1 << (2 * u8::from(form.letters == Letters::Usa) + u8::from(form.dotted))
}

#[cfg(test)]
mod tests {
    use super::super::around::around;
    use super::*;

    #[test]
    fn forms_and_names_are_remembered() {
        let (dotted, plain) = (around("Under U.S. law it is"), around("US West"));
        let mut habit = Habit::default();
        assert!(!habit.differs(&plain) && !habit.has_country());
        habit.write(&dotted);
        assert!(habit.differs(&plain) && !habit.differs(&dotted) && !habit.differs(&around("U.S law")));
        habit.learn(Side::After, &plain, "West");
        for (side, form, known) in [
            (Side::After, &plain, true),
            (Side::After, &dotted, true),
            (Side::Before, &plain, false),
            (Side::After, &around("USA West"), false),
        ] {
            assert_eq!(habit.knows(side, form, "WEST"), known, "{side:?} {form:?}");
        }
    }
}
