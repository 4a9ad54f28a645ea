//! Words and their classes: the lexicon, the closed word classes and the abbreviations. Each list is one sorted text that is
//! searched as it is, with an index made at compile time, so that nothing is built at start-up.

/// A sorted list of lines `word classes`, with comment lines at its top. Where the lines begin, and where each pair of first
/// letters does, is worked out at compile time.
pub(crate) struct Table {
    text: &'static str,
    /// Where each entry begins.
    starts: &'static [u32],
    /// The first entry of each pair of first letters, and the number of entries at the end.
    pairs: &'static [u32; PAIRS + 1],
    /// The entries by their words' hashes: each stands in its own slot or in the next free one. 0 is a free slot, and an entry is
    /// its number plus one.
    slots: &'static [u32],
}

/// 26 first letters, times 26 second ones and one for what is no letter (which sorts before them).
const PAIRS: usize = 26 * 27;

/// The pair of a word's first letters. Only words that begin with a small letter are listed.
const fn pair(word: &[u8], at: usize) -> usize {
    let second = if at + 1 < word.len() && word[at + 1].is_ascii_lowercase() { word[at + 1] - b'a' + 1 } else { 0 };
    (word[at] - b'a') as usize * 27 + second as usize
}

/// Where the entries begin.
const fn starts<const N: usize>(text: &str) -> [u32; N] {
    let bytes = text.as_bytes();
    let mut list = [0; N];
    let (mut at, mut n) = (0, 0);
    let mut begins = true;
    while at < bytes.len() {
        if begins && bytes[at] != b'#' {
            list[n] = at as u32;
            n += 1;
        }
        begins = bytes[at] == b'\n';
        at += 1;
    }
    list
}

/// The first entry of each pair of letters.
const fn pairs(text: &str, starts: &[u32]) -> [u32; PAIRS + 1] {
    let mut first = [0; PAIRS + 1];
    let (mut entry, mut next) = (0, 0);
    while entry < starts.len() {
        let found = pair(text.as_bytes(), starts[entry] as usize);
        while next <= found {
            first[next] = entry as u32;
            next += 1;
        }
        entry += 1;
    }
    while next <= PAIRS {
        first[next] = starts.len() as u32;
        next += 1;
    }
    first
}

/// A hash of a word, eight bytes at a time.
const fn hash(word: &[u8]) -> u64 {
    let (mut hash, mut at) = (word.len() as u64, 0);
    while at < word.len() {
        let (mut eight, mut i) = (0, 0);
        while i < 8 && at + i < word.len() {
            eight |= (word[at + i] as u64) << (8 * i);
            i += 1;
        }
        // A multiplier of random bits, as good as any other.
        hash = (hash ^ eight).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        hash ^= hash >> 29;
        at += 8;
    }
    hash
}

/// Two slots and more an entry, a power of two.
const fn slot_count(entries: usize) -> usize {
    (2 * entries).next_power_of_two()
}

const fn slots<const N: usize>(text: &str, starts: &[u32]) -> [u32; N] {
    let mut slots = [0; N];
    let mut entry = 0;
    while entry < starts.len() {
        let (_, rest) = text.as_bytes().split_at(starts[entry] as usize);
        let mut len = 0;
        while len < rest.len() && rest[len] != b' ' {
            len += 1;
        }
        let mut slot = hash(rest.split_at(len).0) as usize % N;
        while slots[slot] != 0 {
            slot = (slot + 1) % N;
        }
        slots[slot] = entry as u32 + 1;
        entry += 1;
    }
    slots
}

/// Declares a table: `table!(CLOSED, "closed-words.txt");`
macro_rules! table {
    ($name:ident, $file:literal) => {
        static $name: Table = {
            const TEXT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/english/", $file));
            const N: usize = crate::data::count(TEXT);
            #[allow(long_running_const_eval, reason = "a list of some hundred kilobytes is read once")]
            static STARTS: [u32; N] = starts::<N>(TEXT);
            static FIRST: [u32; PAIRS + 1] = pairs(TEXT, &STARTS);
            #[allow(long_running_const_eval, reason = "a list of some hundred kilobytes is read once")]
            static SLOTS: [u32; slot_count(N)] = slots(TEXT, &STARTS);
            Table { text: TEXT, starts: &STARTS, pairs: &FIRST, slots: &SLOTS }
        };
    };
}

table!(LEXICON, "lexicon.txt");
table!(CLOSED, "closed-words.txt");
table!(ABBREVIATIONS, "abbreviations.txt");

impl Table {
    /// The classes of a word that is given in lower case.
    pub(crate) fn get(&self, word: &str) -> Option<&'static str> {
        let mask = self.slots.len() - 1;
        let mut slot = hash(word.as_bytes()) as usize & mask;
        while let Some(entry) = self.slots[slot].checked_sub(1) {
            let start = self.starts[entry as usize] as usize;
            let rest = &self.text[start..];
            if rest.as_bytes().get(word.len()) == Some(&b' ') && rest.starts_with(word) {
                return Some(&self.line(entry as usize)[word.len() + 1..]);
            }
            slot = (slot + 1) & mask;
        }
        None
    }

    /// Whether an entry that is longer than `start` begins with it.
    fn begins_entry(&self, start: &str) -> bool {
        let Some(low) = self.first_of_pair(start) else {
            return false;
        };
        let at = self.first_from(start, low);
        // The word itself sorts before the longer ones.
        [at, at + 1].iter().any(|&at| {
            at < self.starts.len() && self.line(at).strip_prefix(start).is_some_and(|rest| !rest.starts_with(' '))
        })
    }

    /// The first entry that shares a word's first letters, or one behind it.
    fn first_of_pair(&self, word: &str) -> Option<usize> {
        let bytes = word.as_bytes();
        bytes.first()?.is_ascii_lowercase().then(|| self.pairs[pair(bytes, 0)] as usize)
    }

    /// The first entry whose word is not less than `word`.
    fn first_from(&self, word: &str, low: usize) -> usize {
        let less = |start: &u32| {
            let line = &self.text.as_bytes()[*start as usize..];
            for (at, byte) in word.bytes().enumerate() {
                match line.get(at).copied().unwrap_or(b' ') {
                    b' ' => return true,
                    other if other != byte => return other < byte,
                    _ => {}
                }
            }
            false
        };
        low + self.starts[low..].partition_point(less)
    }

    /// An entry without its line end.
    fn line(&self, at: usize) -> &'static str {
        let start = self.starts[at] as usize;
        let end = self.starts.get(at + 1).map_or(self.text.len(), |next| *next as usize);
        self.text[start..end].trim_end()
    }

    #[cfg(test)]
    fn entries(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        (0..self.starts.len()).filter_map(|at| self.line(at).split_once(' '))
    }
}

/// Longer words are in none of the lists.
const LONGEST: usize = 32;

/// A word in lower case, with straight apostrophes, without an allocation. Empty where it can be no listed word.
struct Folded {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Folded {
    fn new(word: &str) -> Self {
        let mut folded = Self { bytes: [0; LONGEST], len: 0 };
        if word.len() <= LONGEST && word.is_ascii() {
            folded.len = word.len();
            folded.bytes[..word.len()].copy_from_slice(word.as_bytes());
            folded.bytes[..word.len()].make_ascii_lowercase();
            return folded;
        }
        for c in word.chars() {
            let byte = match c {
                '’' => b'\'',
                c if c.is_ascii() => c.to_ascii_lowercase() as u8,
                _ => 0,
            };
            if byte == 0 || folded.len == LONGEST {
                folded.len = 0;
                break;
            }
            folded.bytes[folded.len] = byte;
            folded.len += 1;
        }
        folded
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or("")
    }
}

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
    let folded = Folded::new(word);
    let word = folded.as_str();
    match LEXICON.get(word) {
        Some(letters) => Classes::parse(letters),
        None => inflected(word),
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
    let folded = Folded::new(word);
    match LEXICON.get(folded.as_str()).and_then(|letters| letters.bytes().next()) {
        Some(letter) => Classes::letter(letter),
        None => Classes::default(),
    }
}

/// Whether a form in -s comes from a word that is a verb rather than a noun ("sells", "argues").
pub(crate) fn is_verbal_third(word: &str) -> bool {
    let folded = Folded::new(word);
    plural_bases(folded.as_str())
        .iter()
        .flatten()
        .any(|base| LEXICON.get(base.as_str()).is_some_and(|letters| letters.starts_with('v')))
}

/// A closed class's letters (see the head of the list), or "".
pub(crate) fn closed(word: &str) -> &'static str {
    CLOSED.get(Folded::new(word).as_str()).unwrap_or("")
}

/// An abbreviation's class letters (see the head of the list), or "". `word` comes without its last period.
pub(crate) fn abbreviation(word: &str) -> &'static str {
    ABBREVIATIONS.get(Folded::new(word).as_str()).unwrap_or("")
}

/// Whether the lists know a word, in any case.
pub(crate) fn is_word(word: &str) -> bool {
    !closed(word).is_empty() || classes(word).is_word()
}

/// Whether an English word begins with these letters and goes on.
pub(crate) fn begins_word(start: &str) -> bool {
    let folded = Folded::new(start);
    let start = folded.as_str();
    if start.is_empty() {
        return false;
    }
    LEXICON.begins_entry(start) || begins_inflection(start)
}

/// Whether it is a word with the first letters of an inflection behind it ("endin", "abandone").
fn begins_inflection(start: &str) -> bool {
    ["i", "in", "e", "l", "nes", "ne"].iter().any(|tail| {
        start.strip_suffix(tail).is_some_and(|stem| {
            stem.len() > 2 && bases(stem).into_iter().flatten().any(|base| LEXICON.get(base.as_str()).is_some())
        })
    })
}

/// A base form that an inflected word may come from.
struct Base {
    bytes: [u8; LONGEST + 1],
    len: usize,
}

impl Base {
    fn new(stem: &str, end: &str) -> Option<Self> {
        let mut base = Self { bytes: [0; LONGEST + 1], len: stem.len() + end.len() };
        base.bytes.get_mut(..stem.len())?.copy_from_slice(stem.as_bytes());
        base.bytes.get_mut(stem.len()..stem.len() + end.len())?.copy_from_slice(end.as_bytes());
        Some(base)
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or("")
    }
}

/// What may stand before `-ed`, `-ing`, `-er`: the stem, with its mute e, with one consonant less, with its y.
fn bases(stem: &str) -> [Option<Base>; 4] {
    let bytes = stem.as_bytes();
    let doubled = bytes.len() > 2 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2];
    let shorter = &stem[..stem.len().saturating_sub(1)];
    [
        Base::new(stem, ""),
        Base::new(stem, "e"),
        (doubled || stem.ends_with("ck")).then(|| Base::new(shorter, "")).flatten(),
        stem.ends_with('i').then(|| Base::new(shorter, "y")).flatten(),
    ]
}

fn inflected(word: &str) -> Classes {
    let mut found = Classes::default();
    if !word.bytes().all(|b| b.is_ascii_lowercase()) || word.len() < 3 {
        return found;
    }
    let has = |base: &Option<Base>, class: Classes| {
        base.as_ref().and_then(|b| LEXICON.get(b.as_str())).is_some_and(|l| Classes::parse(l).any(class))
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
    if let Some(stem) = word.strip_suffix("bly").or(word.strip_suffix("ply")).filter(|s| s.len() > 1) {
        let end = &word[stem.len()..=stem.len()];
        if Base::new(&word[..=stem.len()], "le").is_some_and(|b| LEXICON.get(b.as_str()).is_some()) && !end.is_empty() {
            found = found.or(Classes::ADVERB);
        }
    }
    found
}

fn plural_bases(word: &str) -> [Option<Base>; 3] {
    let Some(stem) = word.strip_suffix('s').filter(|s| !s.ends_with('s')) else {
        return [None, None, None];
    };
    let sibilant = |s: &str| ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| s.ends_with(end));
    [
        Base::new(stem, ""),
        stem.strip_suffix('e').filter(|s| sibilant(s)).and_then(|s| Base::new(s, "")),
        stem.strip_suffix("ie").and_then(|s| Base::new(s, "y")),
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
                assert_eq!(table.get(word), Some(classes));
            }
        }
    }
}
