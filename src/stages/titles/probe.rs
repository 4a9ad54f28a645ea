//! A cheap look at whether a text can be a copy of a title: every copy has the title's words, so one that lacks one is none.

use std::ops::Range;

use super::forms::Form;

/// The most words that are looked for.
const WORDS: usize = 8;

/// Words that all readings of a title have, the one with the rarest letter first.
#[derive(Clone, Debug)]
pub(super) struct Probes {
    /// A reading of the title in lowercase.
    key: Box<str>,
    words: Vec<Word>,
}

impl Probes {
    pub(super) fn new<'f>(mut forms: impl Iterator<Item = &'f Form>) -> Self {
        let Some(first) = forms.next() else { return Self::of_key(String::new()) };
        let key = first.key.as_str();
        let mut words = plain_words(key);
        for other in forms {
            let owns = plain_words(&other.key);
            words.retain(|word| owns.iter().any(|own| other.key[own.range.clone()] == key[word.range.clone()]));
        }
        Self::of_words(key.to_owned(), words)
    }

    /// The probes of a title with one reading.
    pub(super) fn of_key(key: String) -> Self {
        let words = plain_words(&key);
        Self::of_words(key, words)
    }

    fn of_words(key: String, mut words: Vec<Word>) -> Self {
        words.sort_by_key(|word| (word.rank, std::cmp::Reverse(word.range.len())));
        words.truncate(WORDS);
        Self { key: key.into(), words }
    }

    /// False: no reading of the text is one of the title's.
    pub(super) fn may_be_in(&self, text: &[u8]) -> bool {
        self.words.iter().all(|word| word.is_in(self.key.as_bytes(), text)) || has_folding(text)
    }
}

/// The words of a key that stand in every text with this key, except for letters that are folded.
fn plain_words(key: &str) -> Vec<Word> {
    // A letter beyond ASCII beside a word may have been folded out of one character.
    let ascii = key.is_ascii();
    let bytes = key.as_bytes();
    let mut words = Vec::with_capacity(bytes.len() / 4);
    let mut start = 0;
    while start < bytes.len() {
        let (mut end, mut rarest, mut rank) = (start, start, u8::MAX);
        while let Some(byte @ b'a'..=b'z') = bytes.get(end) {
            let own = RANKS[usize::from(byte - b'a')];
            if own < rank {
                (rarest, rank) = (end, own);
            }
            end += 1;
        }
        let whole = ascii || matches!(bytes.get(end), None | Some(b' '));
        if whole && end - start >= 3 {
            words.push(Word { range: start..end, rarest: rarest - start, rank });
        }
        // What touches a word beyond ASCII is none.
        let rest = if whole { 0 } else { bytes[end..].iter().take_while(|b| **b != b' ').count() };
        start = end + rest + 1;
    }
    words
}

/// A word to look for in any letter case, by the rarest of its letters.
#[derive(Clone, Debug)]
struct Word {
    /// Where it stands in the key.
    range: Range<usize>,
    /// Index of its rarest letter, and how rare that is: 0 is the rarest.
    rarest: usize,
    rank: u8,
}

/// The place of each letter of English text by how rare it is, the rarest first.
const RANKS: [u8; 26] = {
    let rare_first = b"zqxjkvbpgywfmculdrhsinoate";
    let (mut ranks, mut at) = ([0; 26], 0);
    while at < 26 {
        ranks[(rare_first[at] - b'a') as usize] = at as u8;
        at += 1;
    }
    ranks
};

impl Word {
    fn is_in(&self, key: &[u8], text: &[u8]) -> bool {
        let letters = &key[self.range.clone()];
        let is_at =
            |start: usize| text.get(start..start + letters.len()).is_some_and(|w| w.eq_ignore_ascii_case(letters));
        let rarest = letters[self.rarest];
        memchr::memchr2_iter(rarest, rarest.to_ascii_uppercase(), text)
            .any(|at| at.checked_sub(self.rarest).is_some_and(is_at))
    }
}

/// Whether the text holds characters that folding drops or makes into plain letters: ligatures, wide forms, soft hyphens.
fn has_folding(text: &[u8]) -> bool {
    let mut rest = text;
    loop {
        // ASCII is passed over in the steps in which it is recognised fastest.
        while let Some((step, following)) = rest.split_first_chunk::<32>()
            && step.is_ascii()
        {
            rest = following;
        }
        let Some(at) = rest.iter().position(|b| !b.is_ascii()) else { return false };
        rest = match &rest[at..] {
            // Latin letters, quotation marks, dashes, the euro: U+A0 to U+131, U+2010 to U+2027, except for a few.
            [0xC2, 0xA0..=0xA9 | 0xAB | 0xAE..=0xB9 | 0xBB..=0xBF, rest @ ..]
            | [0xC3, _, rest @ ..]
            | [0xC4, 0x80..=0xB1, rest @ ..]
            | [0xE2, 0x80, 0x90..=0xA7, rest @ ..]
            | [0xE2, 0x82, 0xAC, rest @ ..] => rest,
            _ => return true,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::super::forms::forms;
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        let [word] = &plain_words("quay")[..] else { panic!("one word") };
        let is_in = |text: &[u8]| word.is_in(b"quay", text);
        assert!(is_in(b"The QUAY is shut") && is_in(b"quay"));
        assert!(!is_in(b"The qua") && !is_in(b"ay"));
    }

    #[test]
    fn copies_have_the_words_of_every_reading() {
        let forms = forms("Ferry runs aground off Cork - BBC News");
        let probes = Probes::new(forms.iter());
        assert!(probes.may_be_in(b"WATCH: Ferry runs aground off Cork"));
        assert!(!probes.may_be_in(b"The ferry that ran aground is off Cork"));
        assert!(probes.may_be_in("The \u{fb01}rst ferry".as_bytes()));
        assert!(Probes::new([].into_iter()).may_be_in(b"any"));
    }

    #[test]
    fn only_what_folding_changes_is_folded() {
        for c in (0x80..0x3000).filter_map(char::from_u32) {
            let plain = matches!(c, '\u{a0}'..='\u{a9}' | '\u{ab}' | '\u{ae}'..='\u{b9}' | '\u{bb}'..='\u{131}' | '\u{2010}'..='\u{2027}' | '€');
            assert_eq!(has_folding(format!("a{c}b").as_bytes()), !plain, "{c:?}");
        }
    }
}
