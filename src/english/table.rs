//! A list of words and their classes: one sorted text that is searched as it is, with indexes made at compile time, so that
//! nothing is built at start-up.

/// A sorted list of lines `word classes`, with comment lines at its top. Where the lines begin, and where each pair of first
/// letters does, is worked out at compile time.
pub(super) struct Table {
    pub(super) text: &'static str,
    /// Where each entry begins.
    pub(super) starts: &'static [u32],
    /// The first entry of each pair of first letters, and the number of entries at the end.
    pub(super) pairs: &'static [u32; PAIRS + 1],
    /// The entries by their words' hashes: each stands in its own slot or in the next free one. 0 is a free slot, and an entry is
    /// its number plus one.
    pub(super) slots: &'static [u32],
    /// Length of the longest word, in bytes.
    pub(super) longest: usize,
    /// For each first and last letter, the lengths that words of letters with them have, as bits.
    pub(super) shapes: &'static [u32; SHAPES],
}

/// 26 first letters, times 26 second ones and one for what is no letter (which sorts before them).
pub(super) const PAIRS: usize = 26 * 27;

/// The pair of a word's first letters. Only words that begin with a lowercase letter are listed.
const fn pair(word: &[u8], at: usize) -> usize {
    let second = if at + 1 < word.len() && word[at + 1].is_ascii_lowercase() { word[at + 1] - b'a' + 1 } else { 0 };
    (word[at] - b'a') as usize * 27 + second as usize
}

/// Where the entries begin.
pub(super) const fn starts<const N: usize>(text: &str) -> [u32; N] {
    let bytes = text.as_bytes();
    let mut list = [0; N];
    let (mut at, mut n) = (0, 0);
    let mut begins = true;
    assert!(bytes[bytes.len() - 1] == b'\n', "each line has its end");
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

/// Length of the word that begins at a byte.
const fn word_len(text: &str, start: usize) -> usize {
    let mut end = start;
    while text.as_bytes()[end] != b' ' {
        end += 1;
    }
    end - start
}

/// The length of the longest word.
pub(super) const fn longest(text: &str, starts: &[u32]) -> usize {
    let (mut most, mut entry) = (0, 0);
    while entry < starts.len() {
        let len = word_len(text, starts[entry] as usize);
        most = if len > most { len } else { most };
        entry += 1;
    }
    most
}

/// 26 first letters times 26 last ones.
pub(super) const SHAPES: usize = 26 * 26;

/// The place of a word in a table's shapes by its first and last letter, and the bit of its length; none where one of the
/// two is no letter.
const fn shape(first: u8, last: u8, len: usize) -> Option<(usize, u32)> {
    let (first, last) = (first.to_ascii_lowercase(), last.to_ascii_lowercase());
    if !first.is_ascii_lowercase() || !last.is_ascii_lowercase() {
        return None;
    }
    let bit = if len < 31 { 1 << len } else { 1 << 31 };
    Some(((first - b'a') as usize * 26 + (last - b'a') as usize, bit))
}

/// Which lengths the words with each first and last letter have.
pub(super) const fn shapes(text: &str, starts: &[u32]) -> [u32; SHAPES] {
    let (mut shapes, mut entry) = ([0; SHAPES], 0);
    while entry < starts.len() {
        let start = starts[entry] as usize;
        let len = word_len(text, start);
        if let Some((place, bit)) = shape(text.as_bytes()[start], text.as_bytes()[start + len - 1], len) {
            shapes[place] |= bit;
        }
        entry += 1;
    }
    shapes
}

/// The first entry of each pair of letters.
pub(super) const fn pairs(text: &str, starts: &[u32]) -> [u32; PAIRS + 1] {
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
const fn hash(word: &Word) -> usize {
    let (mut hash, mut at) = (word.len as u64, 0);
    while at < word.len {
        let Some(eight) = word.bytes.split_at(at).1.first_chunk() else { break };
        // A multiplier of random bits, as good as any other.
        hash = (hash ^ u64::from_le_bytes(*eight)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        hash ^= hash >> 29;
        at += 8;
    }
    hash as usize
}

/// Eight ASCII bytes with lowercase letters for uppercase ones.
const fn small_letters(eight: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    // The high bit of each byte: from A on, and after Z.
    let from_a = eight + ONES * (0x80 - b'A') as u64;
    let after_z = eight + ONES * (0x80 - b'Z' - 1) as u64;
    eight | ((from_a ^ after_z) & (ONES << 7)) >> 2
}

pub(super) const fn slots<const N: usize>(text: &str, starts: &[u32]) -> [u32; N] {
    let mut slots = [0; N];
    let mut entry = 0;
    while entry < starts.len() {
        let (_, rest) = text.as_bytes().split_at(starts[entry] as usize);
        let mut word = Word { bytes: [0; SIZE], len: 0 };
        while word.len < rest.len() && rest[word.len] != b' ' {
            word.bytes[word.len] = rest[word.len];
            word.len += 1;
        }
        let mut slot = hash(&word) % N;
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
        static $name: $crate::english::table::Table = {
            use $crate::data::slot_count;
            use $crate::english::table::{PAIRS, Table, longest, pairs, shapes, slots, starts};

            const TEXT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/english/", $file));
            const N: usize = crate::data::count(TEXT);
            #[allow(long_running_const_eval, reason = "a list of some hundred kilobytes is read once")]
            static STARTS: [u32; N] = starts::<N>(TEXT);
            static FIRST: [u32; PAIRS + 1] = pairs(TEXT, &STARTS);
            #[allow(long_running_const_eval, reason = "a list of some hundred kilobytes is read once")]
            static SLOTS: [u32; slot_count(N)] = slots(TEXT, &STARTS);
            static SHAPES: [u32; $crate::english::table::SHAPES] = shapes(TEXT, &STARTS);
            let longest = longest(TEXT, &STARTS);
            Table { text: TEXT, starts: &STARTS, pairs: &FIRST, slots: &SLOTS, longest, shapes: &SHAPES }
        };
    };
}
pub(super) use table;

impl Table {
    /// The classes of a word.
    pub(super) fn get(&self, word: &Word) -> Option<&'static str> {
        if word.len > self.longest {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut slot = hash(word) & mask;
        while let Some(entry) = self.slots[slot].checked_sub(1) {
            let start = self.starts[entry as usize] as usize;
            let line = &self.text.as_bytes()[start..];
            if line.get(word.len) == Some(&b' ') && line.starts_with(&word.bytes[..word.len]) {
                return Some(&self.line(entry as usize)[word.len + 1..]);
            }
            slot = (slot + 1) & mask;
        }
        None
    }

    /// The classes of a word as it is written somewhere.
    pub(super) fn find(&self, word: &str) -> Option<&'static str> {
        if self.may_have(word.as_bytes()) { self.get(&Word::folded(word)) } else { None }
    }

    /// Whether a word has a length, a first and a last letter that go together in some entry.
    pub(super) fn may_have(&self, word: &[u8]) -> bool {
        let [first, .., last] = *word else { return word.len() == 1 };
        let is_shape = |len: usize| shape(first, last, len).is_none_or(|(place, bit)| self.shapes[place] & bit != 0);
        // An apostrophe beyond ASCII takes two bytes more.
        word.len() <= self.longest + 2 && (is_shape(word.len()) || !word.is_ascii() && is_shape(word.len() - 2))
    }

    /// Whether an entry that is longer than `start` begins with it.
    pub(super) fn begins_entry(&self, start: &str) -> bool {
        let Some(low) = self.first_of_pair(start) else {
            return false;
        };
        let at = self.first_from(start, low);
        // The word itself sorts before the longer ones.
        [at, at + 1].iter().any(|&at| {
            at < self.starts.len() && self.line(at).strip_prefix(start).is_some_and(|rest| !rest.starts_with(' '))
        })
    }

    /// The first entry that shares a word's first letters, or one after it.
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
        &self.text[start..end - 1]
    }

    #[cfg(test)]
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        (0..self.starts.len()).filter_map(|at| self.line(at).split_once(' '))
    }
}

/// Longer words are in none of the lists.
const LONGEST: usize = 32;
/// Room for a word with an ending, whole eights of bytes.
const SIZE: usize = 40;

/// A word in lower case with zeros after it, without an allocation. Empty where it can be no listed word.
pub(super) struct Word {
    bytes: [u8; SIZE],
    len: usize,
}

impl Word {
    /// A word in lowercase and with straight apostrophes.
    pub(super) fn folded(word: &str) -> Self {
        let mut folded = Self { bytes: [0; SIZE], len: 0 };
        if word.is_ascii() {
            return if word.len() > LONGEST { folded } else { Self::of(&[word.as_bytes()]) };
        }
        for c in word.chars() {
            let byte = match c {
                '’' => b'\'',
                c if c.is_ascii() => c.to_ascii_lowercase() as u8,
                _ => 0,
            };
            if byte == 0 || folded.len == LONGEST {
                return Self { bytes: [0; SIZE], len: 0 };
            }
            folded.bytes[folded.len] = byte;
            folded.len += 1;
        }
        folded
    }

    /// A stem and its ending.
    pub(super) fn joined(stem: &str, end: &str) -> Option<Self> {
        (stem.len() + end.len() <= LONGEST + 1).then(|| Self::of(&[stem.as_bytes(), end.as_bytes()]))
    }

    fn of(parts: &[&[u8]]) -> Self {
        let mut word = Self { bytes: [0; SIZE], len: 0 };
        for part in parts {
            let Some(room) = word.bytes.get_mut(word.len..word.len + part.len()) else {
                return Self { bytes: [0; SIZE], len: 0 };
            };
            room.copy_from_slice(part);
            word.len += part.len();
        }
        for eight in word.bytes[..word.len.next_multiple_of(8)].chunks_exact_mut(8) {
            let small = small_letters(u64::from_le_bytes(eight.try_into().unwrap_or_default()));
            eight.copy_from_slice(&small.to_le_bytes());
        }
        word
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or("")
    }
}
