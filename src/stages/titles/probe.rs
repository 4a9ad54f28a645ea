//! A cheap look at whether a text can be a copy of a title: every copy has the title's words, so one that lacks one is none.

use super::forms::Form;

/// The most words that are looked for.
const WORDS: usize = 4;

/// Words that all readings of a title have, the longest first.
#[derive(Clone, Debug)]
pub(super) struct Probes(Vec<Word>);

impl Probes {
    pub(super) fn new<'f>(mut forms: impl Iterator<Item = &'f Form>) -> Self {
        let mut words: Vec<&str> = forms.next().map_or_else(Vec::new, |f| plain_words(&f.key).collect());
        for form in forms {
            words.retain(|word| plain_words(&form.key).any(|w| w == *word));
        }
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        Self(words.into_iter().take(WORDS).map(Word::new).collect())
    }

    /// False: no reading of the text is one of the title's.
    pub(super) fn may_be_in(&self, text: &[u8]) -> bool {
        self.0.iter().all(|word| word.is_in(text)) || has_folding(text)
    }
}

/// The words of a key that stand in every text with this key, but for letters that are folded.
fn plain_words(key: &str) -> impl Iterator<Item = &str> {
    // A letter beyond ASCII beside it may have been folded out of one character.
    let ascii = key.is_ascii();
    key.split(move |c: char| if ascii { !c.is_ascii_alphabetic() } else { c == ' ' })
        .filter(|word| word.len() >= 3 && word.bytes().all(|b| b.is_ascii_lowercase()))
}

/// A word to look for in any letter case, by the rarest of its letters.
#[derive(Clone, Debug)]
struct Word {
    letters: Box<[u8]>,
    /// Index of the rarest.
    rarest: usize,
}

/// The letters of English text, the rarest first.
const RARE_FIRST: &[u8] = b"zqxjkvbpgywfmculdrhsinoate";

impl Word {
    fn new(word: &str) -> Self {
        let rank = |byte: u8| RARE_FIRST.iter().position(|&b| b == byte);
        let rarest = (0..word.len()).min_by_key(|&at| rank(word.as_bytes()[at])).unwrap_or(0);
        Self { letters: word.as_bytes().into(), rarest }
    }

    fn is_in(&self, text: &[u8]) -> bool {
        let len = self.letters.len();
        let is_at = |start: usize| text.get(start..start + len).is_some_and(|w| w.eq_ignore_ascii_case(&self.letters));
        let rarest = self.letters[self.rarest];
        memchr::memchr2_iter(rarest, rarest.to_ascii_uppercase(), text)
            .any(|at| at.checked_sub(self.rarest).is_some_and(is_at))
    }
}

/// Whether the text holds characters that folding drops or makes into plain letters: ligatures, wide forms, soft hyphens.
fn has_folding(text: &[u8]) -> bool {
    if text.is_ascii() {
        return false;
    }
    let mut rest = text;
    while let Some(at) = rest.iter().position(|b| !b.is_ascii()) {
        rest = match &rest[at..] {
            // Latin letters, quotation marks, dashes, the euro: U+A0 to U+131, U+2010 to U+2027, but for a few.
            [0xC2, 0xA0..=0xA9 | 0xAB | 0xAE..=0xB9 | 0xBB..=0xBF, rest @ ..]
            | [0xC3, _, rest @ ..]
            | [0xC4, 0x80..=0xB1, rest @ ..]
            | [0xE2, 0x80, 0x90..=0xA7, rest @ ..]
            | [0xE2, 0x82, 0xAC, rest @ ..] => rest,
            _ => return true,
        };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::forms::forms;
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        let word = Word::new("quay");
        assert!(word.is_in(b"The QUAY is shut") && word.is_in(b"quay"));
        assert!(!word.is_in(b"The qua") && !word.is_in(b"ay"));
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
