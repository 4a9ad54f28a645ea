//! Which of the edits of a log are undone: `--rule`, `--edit`, `--file` and `--refused`.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use copydesk::{Reason, Scope};

use super::read::Entry;
use crate::app::config::patterns::{self, Patterns};
use crate::app::refused::Refused;

/// Numbers of edits, as they are typed: `3`, `5-8`.
pub(crate) type Numbers = RangeInclusive<u64>;

/// What is said where no edit is chosen.
pub(crate) const NONE_CHOSEN: &str =
    "nothing was put back: no edit is one that --rule, --edit, --file or --refused names";

/// What an edit has to be; of what nothing is said, all are taken.
#[derive(Debug, Default)]
pub(crate) struct Choice {
    scopes: Vec<Scope>,
    numbers: Vec<Numbers>,
    /// With the current folder, below which they hold.
    files: Option<(Patterns, PathBuf)>,
    refused: Option<Refused>,
    is_none: bool,
}

/// What becomes of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Stays,
    GoesBack,
    /// It was made for other reasons as well, and can't be parted.
    GoesBackWhole,
}

impl Choice {
    /// # Errors
    /// One of the patterns is none.
    pub(crate) fn new(scopes: &[Scope], numbers: &[Numbers], files: &[String]) -> Result<Self> {
        let typed = || -> Result<_> {
            let patterns = patterns::typed(files).map_err(|message| anyhow!("--file: {message}"))?;
            Ok((patterns, std::env::current_dir().unwrap_or_default()))
        };
        Ok(Self {
            scopes: scopes.to_vec(),
            numbers: numbers.to_vec(),
            files: (!files.is_empty()).then(typed).transpose()?,
            ..Self::default()
        })
    }

    /// No edit at all.
    pub(crate) fn none() -> Self {
        Self { is_none: true, ..Self::default() }
    }

    /// Of these edits, only those that a file of refused edits names.
    ///
    /// # Errors
    /// It can't be read, or it is none.
    pub(crate) fn refused(self, path: Option<&Path>) -> Result<Self> {
        Ok(Self { refused: path.map(Refused::typed).transpose()?, ..self })
    }

    /// The edits that are chosen by their keys, if some are.
    pub(super) fn by_key(&self) -> Option<&Refused> {
        self.refused.as_ref()
    }

    /// Whether some edits may stay.
    pub(crate) fn is_some(&self) -> bool {
        !self.scopes.is_empty() || !self.numbers.is_empty() || self.files.is_some() || self.refused.is_some()
    }

    pub(super) fn fate(&self, entry: &Entry) -> Fate {
        let is_named = self.numbers.is_empty() || self.numbers.iter().any(|n| n.contains(&entry.number));
        if self.is_none
            || !is_named
            || !self.files.as_ref().is_none_or(|(files, folder)| takes(files, folder, &entry.file))
        {
            return Fate::Stays;
        }
        if self.scopes.is_empty() {
            return Fate::GoesBack;
        }
        let is_chosen = |reason: &&Reason| self.scopes.iter().any(|scope| scope.covers(**reason));
        match entry.edit.reasons.iter().filter(is_chosen).count() {
            0 => Fate::Stays,
            chosen if chosen < entry.edit.reasons.len() => Fate::GoesBackWhole,
            _ => Fate::GoesBack,
        }
    }
}

/// Patterns hold below the current folder; of a file outside of it they see the name.
fn takes(files: &Patterns, folder: &Path, name: &[u8]) -> bool {
    let name = String::from_utf8_lossy(name);
    let path = Path::new(&*name);
    files.taking(patterns::relative(path, if path.is_absolute() { folder } else { Path::new("") })).is_some()
}

/// Numbers as they are typed: `3`, `5-8`, and several between commas.
///
/// # Errors
/// What is wrong with them.
pub(crate) fn numbers(text: &str) -> Result<Vec<Numbers>, String> {
    let number = |text: &str| text.trim().parse().ok().filter(|&n: &u64| n > 0);
    let range = |text: &str| {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let range = number(first)?..=number(last)?;
        (!range.is_empty()).then_some(range)
    };
    let wrong = |part: &str| format!("'{part}' is no number of an edit: write for example 3 or 5-8");
    text.split(',').map(|part| range(part).ok_or_else(|| wrong(part))).collect()
}

#[cfg(test)]
mod tests {
    use copydesk::Edit;

    use super::*;

    fn entry(file: &str, number: u64, reasons: &[Reason]) -> Entry {
        let edit = Edit::new(0, &b"a"[..], &b"b"[..], reasons.to_vec());
        Entry { file: file.into(), number, edit, within: None, key: None }
    }

    #[test]
    fn what_is_typed_narrows_the_choice() {
        let usa = Scope::Reason(Reason::CountryForm);
        let other = *Reason::ALL.iter().find(|reason| **reason != Reason::CountryForm).expect("there are several");
        let fate = |numbers: &str, files: &[&str], entry: &Entry| {
            let numbers = numbers_of(numbers);
            let files: Vec<String> = files.iter().map(|&file| file.to_owned()).collect();
            Choice::new(&[usa], &numbers, &files).expect("the patterns are valid").fate(entry)
        };
        let one = entry("in/a.txt", 4, &[Reason::CountryForm]);
        assert_eq!(fate("", &[], &one), Fate::GoesBack);
        assert_eq!(fate("1,3-4", &["in/"], &one), Fate::GoesBack);
        assert_eq!(fate("3", &[], &one), Fate::Stays);
        assert_eq!(fate("", &["b.txt"], &one), Fate::Stays);
        assert_eq!(fate("", &["a.*"], &entry("/elsewhere/a.txt", 4, &[Reason::CountryForm])), Fate::GoesBack);
        assert_eq!(fate("", &[], &entry("a", 1, &[other])), Fate::Stays);
        assert_eq!(fate("", &[], &entry("a", 1, &[other, Reason::CountryForm])), Fate::GoesBackWhole);
        assert_eq!(Choice::default().fate(&one), Fate::GoesBack);
    }

    fn numbers_of(text: &str) -> Vec<Numbers> {
        if text.is_empty() { Vec::new() } else { numbers(text).expect("they are numbers") }
    }

    #[test]
    fn numbers_are_from_1_and_ascend() {
        assert_eq!(numbers("3, 5-8"), Ok(vec![3..=3, 5..=8]));
        for text in ["", "0", "3-", "8-5", "a", "1,,2", "-3"] {
            assert!(numbers(text).is_err(), "{text}");
        }
    }
}
