//! Words and their classes: the lexicon, the closed word classes and the abbreviations.

use super::table::{Word, table};

table!(LEXICON, "lexicon.txt");
table!(CLOSED, "closed-words.txt");
table!(ABBREVIATIONS, "abbreviations.txt");

/// The open classes that a word may have, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes(u16);

impl Classes {
    pub(crate) const NOUN: Self = Self(1);
    pub(crate) const PLURAL: Self = Self(1 << 1);
    pub(crate) const BASE: Self = Self(1 << 2);
    pub(crate) const THIRD: Self = Self(1 << 3);
    pub(crate) const PAST: Self = Self(1 << 4);
    pub(crate) const PARTICIPLE: Self = Self(1 << 5);
    pub(crate) const ING: Self = Self(1 << 6);
    pub(crate) const ADJECTIVE: Self = Self(1 << 7);
    pub(crate) const ADVERB: Self = Self(1 << 8);
    pub(crate) const LISTED: Self = Self(1 << 9);

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it has one of the other's classes.
    pub(crate) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it has classes, and all of them are among the other's.
    pub(crate) const fn only(self, other: Self) -> bool {
        let open = self.0 & !Self::LISTED.0;
        open != 0 && open & !other.0 == 0
    }

    pub(crate) const fn is_word(self) -> bool {
        self.0 != 0
    }

    fn letter(letter: u8) -> Self {
        match letter {
            b'n' => Self::NOUN,
            b'N' => Self::PLURAL,
            b'v' => Self::BASE,
            b'z' => Self::THIRD,
            b'd' => Self::PAST,
            b'p' => Self::PARTICIPLE,
            b'g' => Self::ING,
            b'a' => Self::ADJECTIVE,
            b'r' => Self::ADVERB,
            _ => Self::LISTED,
        }
    }

    fn parse(letters: &str) -> Self {
        letters.bytes().fold(Self::LISTED, |all, b| all.or(Self::letter(b)))
    }
}

/// The classes of a word in any case; none where it is neither listed nor inflected by rule.
pub(crate) fn classes(word: &str) -> Classes {
    let word = Word::folded(word);
    match LEXICON.get(&word) {
        Some(letters) => Classes::parse(letters),
        None => inflected(word.as_str()),
    }
}

/// The classes of a word in a sentence: an unknown one in -ed or -ing is taken for a verb's form.
pub(crate) fn likely_classes(word: &str) -> Classes {
    match classes(word) {
        known if known.0 & !Classes::LISTED.0 != 0 => known,
        _ if word.len() > 4 && word.ends_with("ed") => Classes::PAST.or(Classes::PARTICIPLE),
        _ if word.len() > 5 && word.ends_with("ing") => Classes::ING,
        unknown => unknown,
    }
}

/// The likeliest class of a listed word.
pub(crate) fn likeliest(word: &str) -> Classes {
    match LEXICON.get(&Word::folded(word)).and_then(|letters| letters.bytes().next()) {
        Some(letter) => Classes::letter(letter),
        None => Classes::default(),
    }
}

/// Whether a form in -s comes from a word that is a verb rather than a noun ("sells", "argues").
pub(crate) fn is_verbal_third(word: &str) -> bool {
    plural_bases(Word::folded(word).as_str())
        .iter()
        .flatten()
        .any(|base| LEXICON.get(base).is_some_and(|letters| letters.starts_with('v')))
}

/// A closed class's letters (see the head of the list), or "".
pub(crate) fn closed(word: &str) -> &'static str {
    CLOSED.find(word).unwrap_or("")
}

/// An abbreviation's class letters (see the head of the list), or "". `word` comes without its last period.
pub(crate) fn abbreviation(word: &str) -> &'static str {
    ABBREVIATIONS.find(word).unwrap_or("")
}

/// False: the word is no listed abbreviation. Cheap.
pub(crate) fn may_be_abbreviation(word: &[u8]) -> bool {
    ABBREVIATIONS.may_have(word)
}

/// All words of the closed classes.
#[cfg(test)]
pub(crate) fn closed_words() -> impl Iterator<Item = &'static str> {
    CLOSED.entries().map(|(word, _)| word)
}

/// All words of the lexicon.
#[cfg(test)]
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    LEXICON.entries().map(|(word, _)| word)
}

/// Whether the lists know a word, in any case.
pub(crate) fn is_word(word: &str) -> bool {
    !closed(word).is_empty() || classes(word).is_word()
}

/// Whether an English word begins with these letters and goes on.
pub(crate) fn begins_word(start: &str) -> bool {
    let folded = Word::folded(start);
    let start = folded.as_str();
    if start.is_empty() {
        return false;
    }
    LEXICON.begins_entry(start) || begins_inflection(start)
}

/// Whether it is a word with the first letters of an inflection after it ("endin", "abandone").
fn begins_inflection(start: &str) -> bool {
    let changed = start.len() > 3
        && start.ends_with('i')
        && Word::joined(&start[..start.len() - 1], "y").is_some_and(|base| LEXICON.get(&base).is_some());
    changed
        || ["i", "in", "e", "l", "nes", "ne"].iter().any(|tail| {
            start.strip_suffix(tail).is_some_and(|stem| {
                stem.len() > 2 && bases(stem).into_iter().flatten().any(|base| LEXICON.get(&base).is_some())
            })
        })
}

/// What may stand before `-ed`, `-ing`, `-er`: the stem, with its mute e, with one consonant less, with its y.
fn bases(stem: &str) -> [Option<Word>; 4] {
    let bytes = stem.as_bytes();
    let doubled = bytes.len() > 2 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2];
    let shorter = &stem[..stem.len().saturating_sub(1)];
    [
        Word::joined(stem, ""),
        Word::joined(stem, "e"),
        (doubled || stem.ends_with("ck")).then(|| Word::joined(shorter, "")).flatten(),
        stem.ends_with('i').then(|| Word::joined(shorter, "y")).flatten(),
    ]
}

fn inflected(word: &str) -> Classes {
    let mut found = Classes::default();
    if !word.bytes().all(|b| b.is_ascii_lowercase()) || word.len() < 3 {
        return found;
    }
    let has = |base: &Option<Word>, class: Classes| {
        base.as_ref().and_then(|b| LEXICON.get(b)).is_some_and(|l| Classes::parse(l).any(class))
    };
    let mut add = |suffix: &str, of: Classes, gives: Classes| {
        if let Some(stem) = word.strip_suffix(suffix).filter(|stem| stem.len() > 1)
            && bases(stem).iter().any(|base| has(base, of))
        {
            found = found.or(gives);
        }
    };
    add("ed", Classes::BASE, Classes::PAST.or(Classes::PARTICIPLE));
    add("ing", Classes::BASE, Classes::ING);
    add("er", Classes::ADJECTIVE, Classes::ADJECTIVE);
    add("er", Classes::BASE, Classes::NOUN);
    add("est", Classes::ADJECTIVE, Classes::ADJECTIVE);
    add("ness", Classes::ADJECTIVE, Classes::NOUN);
    add("ly", Classes::ADJECTIVE, Classes::ADVERB);
    for base in plural_bases(word) {
        if has(&base, Classes::NOUN) {
            found = found.or(Classes::PLURAL);
        }
        if has(&base, Classes::BASE) {
            found = found.or(Classes::THIRD);
        }
    }
    if let Some(stem) = word.strip_suffix("bly").or(word.strip_suffix("ply")).filter(|s| s.len() > 1)
        && Word::joined(&word[..=stem.len()], "le").is_some_and(|b| LEXICON.get(&b).is_some())
    {
        found = found.or(Classes::ADVERB);
    }
    found
}

fn plural_bases(word: &str) -> [Option<Word>; 3] {
    let Some(stem) = word.strip_suffix('s').filter(|s| !s.ends_with('s')) else {
        return [None, None, None];
    };
    let sibilant = |s: &str| ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| s.ends_with(end));
    [
        Word::joined(stem, ""),
        stem.strip_suffix('e').filter(|s| sibilant(s)).and_then(|s| Word::joined(s, "")),
        stem.strip_suffix("ie").and_then(|s| Word::joined(s, "y")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted() {
        for table in [&LEXICON, &CLOSED, &ABBREVIATIONS] {
            let words: Vec<_> = table.entries().map(|entry| entry.0).collect();
            assert!(words.windows(2).all(|w| w[0] < w[1]));
        }
    }

    #[test]
    fn words_and_inflections_are_known() {
        for word in ["harbour", "color", "ferries", "stopped", "baking", "Carried", "happily", "visibly", "boxes"] {
            assert!(is_word(word), "{word}");
        }
        for word in ["cemet", "harbou", "strenuo", "", "ééé", "zzzz"] {
            assert!(!is_word(word), "{word}");
        }
        assert!(begins_word("cemet") && begins_word("strenuo") && begins_word("endin"));
        assert!(!begins_word("zzz") && !begins_word(""));
    }

    #[test]
    fn every_entry_is_found() {
        for table in [&LEXICON, &CLOSED, &ABBREVIATIONS] {
            for (word, classes) in table.entries() {
                assert_eq!(table.get(&Word::folded(word)), Some(classes));
            }
        }
    }
}
