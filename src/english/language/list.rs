//! The function words of all languages, in a table that is made at compile time.

use crate::data;

const LIST: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/", "languages/function-words.txt"));
const SLOTS: usize = (data::count(LIST) * 3).next_power_of_two();
/// The words of the list, each in its own slot or in the next free one (see [`slot`]), and what the list says of each.
static TABLE: ([u64; SLOTS], [u32; SLOTS]) = table(LIST);

/// The codes of the list, each a bit. Those of the languages begin at [`FIRST_LANGUAGE`].
const CODES: [&str; 29] = [
    "en", "x", "n", "ca", "cs", "da", "de", "es", "et", "fi", "fr", "hr", "hu", "id", "is", "it", "lt", "lv", "nb",
    "nl", "pl", "pt", "ro", "sk", "sq", "sv", "sw", "tl", "tr",
];
pub(super) const FIRST_LANGUAGE: usize = 3;
pub(super) const ENGLISH: u32 = 1;
/// It counts only beside a word that is not weak.
pub(super) const WEAK: u32 = 1 << 1;
/// It stands in names as well.
pub(super) const PARTICLE: u32 = 1 << 2;
/// A word of any language but English, also of one without a list.
pub(super) const FOREIGN: u32 = !(ENGLISH | WEAK | PARTICLE);

/// The words of a list, and their codes as bits.
const fn table<const N: usize>(list: &str) -> ([u64; N], [u32; N]) {
    let (mut words, mut kinds) = ([0; N], [0; N]);
    let (text, mut at) = (list.as_bytes(), 0);
    while at < text.len() {
        let end = end_of_line(text, at);
        if text[at] != b'#' {
            let (word, codes) = word_at(text, at);
            let mut place = slot(word) % N;
            while words[place] != 0 {
                place = (place + 1) % N;
            }
            (words[place], kinds[place]) = (word, kind_at(text, codes, end));
        }
        at = end + 1;
    }
    (words, kinds)
}

const fn end_of_line(text: &[u8], mut at: usize) -> usize {
    while text[at] != b'\n' {
        at += 1;
    }
    at
}

/// The word that begins an entry, and where its codes begin.
const fn word_at(text: &[u8], start: usize) -> (u64, usize) {
    let mut at = start;
    while text[at] != b'\t' {
        at += 1;
    }
    (packed(text.split_at(at).0.split_at(start).1), at + 1)
}

/// A word's bytes, at most eight, the first one lowest.
pub(super) const fn packed(word: &[u8]) -> u64 {
    assert!(word.len() <= 8, "a word is no longer than eight bytes");
    let (mut packed, mut at) = (0, 0);
    while at < word.len() {
        packed |= (word[at] as u64) << (8 * at);
        at += 1;
    }
    packed
}

/// What an entry's codes say, as bits.
const fn kind_at(text: &[u8], mut at: usize, end: usize) -> u32 {
    let mut kind = 0;
    while at < end {
        let mut following = at;
        while following < end && text[following] != b' ' {
            following += 1;
        }
        kind |= code(text, at, following);
        at = following + 1;
    }
    kind
}

/// Where to look for a word of up to eight bytes, the first one lowest.
#[inline]
const fn slot(word: u64) -> usize {
    // A multiplier of random bits, as good as any other.
    (word.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize
}

/// What the list says of a word in lowercase; 0 for nothing.
#[inline]
pub(super) fn look_up(word: u64) -> u32 {
    let mut place = slot(word) % SLOTS;
    while TABLE.0[place] != word {
        if TABLE.0[place] == 0 {
            return 0;
        }
        place = (place + 1) % SLOTS;
    }
    TABLE.1[place]
}

const fn code(text: &[u8], start: usize, end: usize) -> u32 {
    let mut n = 0;
    while n < CODES.len() {
        let code = CODES[n].as_bytes();
        if code.len() == end - start && code[0] == text[start] && (code.len() == 1 || code[1] == text[start + 1]) {
            return 1 << n;
        }
        n += 1;
    }
    panic!("the list has a code that is not known")
}

/// What the list says of a word, or of its part up to an apostrophe; 0 where it says nothing.
pub(super) fn kind(word: &str) -> u32 {
    let found = |word: &str| match look_up(lowercase(word)) {
        0 => None,
        kind => Some(kind).filter(|_| word != "US"),
    };
    if let Some(kind) = found(word) {
        return kind;
    }
    let is_apostrophe = |c: char| matches!(c, '\'' | '’');
    let at = if word.is_ascii() { word.bytes().position(|b| b == b'\'') } else { word.find(is_apostrophe) };
    let Some((stem, rest)) = at.map(|at| word.split_at(at)) else { return 0 };
    let rest = rest.strip_prefix(is_apostrophe).unwrap_or(rest);
    // "all's" is no Italian.
    let joined = if rest == "s" { None } else { found(&format!("{stem}'")) };
    joined.or_else(|| found(stem)).unwrap_or(0)
}

/// A word's bytes in lowercase, the first one lowest; 0 where they are more than eight.
fn lowercase(word: &str) -> u64 {
    match word.len() {
        9.. => 0,
        _ if word.is_ascii() => {
            let mut bytes = [0; 8];
            bytes[..word.len()].copy_from_slice(word.as_bytes());
            bytes.make_ascii_lowercase();
            u64::from_le_bytes(bytes)
        }
        _ => Some(word.to_lowercase()).filter(|word| word.len() <= 8).map_or(0, |word| packed(word.as_bytes())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::english::lexicon::{self, Classes};

    #[test]
    fn a_word_counts_for_another_language_only_if_it_is_no_english_one() {
        let entries = LIST.lines().filter(|line| !line.starts_with('#'));
        for (word, codes) in entries.map(|line| line.split_once('\t').expect("a word has codes")) {
            let kind = look_up(lowercase(word));
            let bits = codes.split(' ').map(|code| CODES.iter().position(|c| *c == code).expect("it is known"));
            assert_eq!(kind, bits.fold(0, |all, bit| all | 1 << bit), "{word}");
            assert_eq!(word, word.to_lowercase());
            assert!(kind & (FOREIGN | ENGLISH) != 0, "{word} is of no language");
            let listed = lexicon::classes(word).any(Classes::LISTED) || !lexicon::closed(word).is_empty();
            let english = listed || word.len() == 1;
            assert!(!english || kind & (ENGLISH | WEAK) != 0, "{word} is an English word, too");
            assert!(kind & ENGLISH == 0 || kind & (WEAK | PARTICLE) == 0, "{word} is a function word of English");
        }
        assert_eq!(TABLE.0.iter().filter(|word| **word != 0).count(), data::count(LIST));
    }
}
