//! Word lists, read at compile time from `data/`: one entry a line, sorted by bytes, unique; a tab ends it. A line that begins
//! with `#` says what the list holds and where it comes from. What a lookup needs is worked out at compile time, as offsets
//! and not as addresses: so a program that starts has nothing to build and nothing to relocate.

/// Counts the entries of a list.
pub(crate) const fn count(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut n) = (0, 0);
    while at < bytes.len() {
        let end = line_end(bytes, at);
        if end > at && bytes[at] != b'#' {
            n += 1;
        }
        at = end + 1;
    }
    n
}

/// Where the entries of a list begin and end.
pub(crate) const fn spans<const N: usize>(text: &str) -> [[u16; 2]; N] {
    let bytes = text.as_bytes();
    assert!(bytes.len() < u16::MAX as usize, "a list is smaller than 64 KiB");
    let mut spans = [[0, 0]; N];
    let (mut at, mut n) = (0, 0);
    while at < bytes.len() {
        let end = line_end(bytes, at);
        if end > at && bytes[at] != b'#' {
            spans[n] = [at as u16, entry_end(bytes, at, end) as u16];
            n += 1;
        }
        at = end + 1;
    }
    spans
}

/// Where an entry ends: at a tab, after which its source is named, or with its line.
const fn entry_end(bytes: &[u8], mut at: usize, end: usize) -> usize {
    while at < end && bytes[at] != b'\t' {
        at += 1;
    }
    at
}

const fn line_end(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at] != b'\n' {
        at += 1;
    }
    at
}

/// Two slots and more an entry, a power of two.
pub(crate) const fn slot_count(entries: usize) -> usize {
    (2 * entries).next_power_of_two()
}

/// The entries by their hashes: each stands in its own slot or in the next free one. 0 is a free slot, and an entry is its
/// number plus one.
pub(crate) const fn slots<const N: usize>(text: &str, spans: &[[u16; 2]]) -> [u16; N] {
    let mut slots = [0; N];
    let mut n = 0;
    while n < spans.len() {
        let mut slot = {
            let (mut hash, mut at) = (HASH_START, spans[n][0]);
            while at < spans[n][1] {
                hash = add_to_hash(hash, text.as_bytes()[at as usize]);
                at += 1;
            }
            hash as usize % N
        };
        while slots[slot] != 0 {
            slot = (slot + 1) % N;
        }
        n += 1;
        slots[slot] = n as u16;
    }
    slots
}

/// The hash is 32-bit FNV-1a.
const HASH_START: u32 = 0x811C_9DC5;

const fn add_to_hash(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(0x0100_0193)
}

/// The lengths of the entries, as bits; the last stands for all from 63 bytes on.
pub(crate) const fn lengths(spans: &[[u16; 2]]) -> u64 {
    let (mut lengths, mut n) = (0, 0);
    while n < spans.len() {
        lengths |= length_bit((spans[n][1] - spans[n][0]) as usize);
        n += 1;
    }
    lengths
}

const fn length_bit(len: usize) -> u64 {
    1 << if len < 63 { len } else { 63 }
}

/// Declares a list: `list!(TITLES, "titles.txt");` makes `static TITLES: List`.
macro_rules! list {
    ($(#[$doc:meta])* $name:ident, $file:literal) => {
        $(#[$doc])*
        pub(crate) static $name: $crate::data::List = {
            use $crate::data::{List, count, lengths, slot_count, slots, spans};

            const TEXT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/", $file));
            const N: usize = count(TEXT);
            static SPANS: [[u16; 2]; N] = spans(TEXT);
            static SLOTS: [u16; slot_count(N)] = slots(TEXT, &SPANS);
            List { text: TEXT, spans: &SPANS, slots: &SLOTS, lengths: lengths(&SPANS) }
        };
    };
}
pub(crate) use list;

/// The places of a list's entries, sorted by their bytes in lowercase from the last to the first.
pub(crate) const fn by_end<const N: usize>(text: &str, spans: &[[u16; 2]]) -> [u16; N] {
    let mut order = [0; N];
    let mut n = 0;
    while n < N {
        let mut at = n;
        while at > 0 && ends_before(bytes_of(text, spans[n]), bytes_of(text, spans[order[at - 1] as usize])) {
            order[at] = order[at - 1];
            at -= 1;
        }
        order[at] = n as u16;
        n += 1;
    }
    order
}

/// Whether an entry is before another when they are read from the end, in lowercase.
const fn ends_before(entry: &[u8], other: &[u8]) -> bool {
    let (mut x, mut y) = (entry.len(), other.len());
    while x > 0 && y > 0 {
        (x, y) = (x - 1, y - 1);
        let (a, b) = (entry[x].to_ascii_lowercase(), other[y].to_ascii_lowercase());
        if a != b {
            return a < b;
        }
    }
    entry.len() < other.len()
}

const fn bytes_of(text: &str, span: [u16; 2]) -> &[u8] {
    text.as_bytes().split_at(span[1] as usize).0.split_at(span[0] as usize).1
}

/// Declares a list that is searched by how its entries end: `list_by_end!(HEADS, "usa/names-before-usa.txt");`
macro_rules! list_by_end {
    ($(#[$doc:meta])* $name:ident, $file:literal) => {
        $(#[$doc])*
        pub(crate) static $name: $crate::data::EndList = {
            $crate::data::list!(LIST, $file);
            static ORDER: [u16; LIST.spans.len()] = $crate::data::by_end(LIST.text, LIST.spans);
            $crate::data::EndList { list: LIST, order: &ORDER }
        };
    };
}
pub(crate) use list_by_end;

/// A sorted list of phrases with their order by their ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EndList {
    pub(crate) list: List,
    pub(crate) order: &'static [u16],
}

impl EndList {
    /// The entries that end so, in either case.
    pub(crate) fn ending(&self, end: &str) -> impl Iterator<Item = &'static str> {
        let list = self.list;
        let entry = move |place: &u16| list.entry(usize::from(*place));
        let before = |place: &u16| ends_before(bytes_of(list.text, list.spans[usize::from(*place)]), end.as_bytes());
        let ends_so = |entry: &&str| {
            let at = entry.len().checked_sub(end.len());
            at.is_some_and(|at| entry.as_bytes()[at..].eq_ignore_ascii_case(end.as_bytes()))
        };
        let following = &self.order[self.order.partition_point(before)..];
        following.iter().map(entry).take_while(ends_so)
    }
}

/// A sorted list of words or phrases.
#[derive(Clone, Copy, Debug)]
pub(crate) struct List {
    pub(crate) text: &'static str,
    /// Where each entry begins and ends in the text.
    pub(crate) spans: &'static [[u16; 2]],
    pub(crate) slots: &'static [u16],
    pub(crate) lengths: u64,
}

impl List {
    fn entry(self, at: usize) -> &'static str {
        self.slice(self.spans[at])
    }

    fn slice(self, [start, end]: [u16; 2]) -> &'static str {
        &self.text[usize::from(start)..usize::from(end)]
    }

    pub(crate) fn contains(&self, word: &str) -> bool {
        self.has(word.len(), word.bytes())
    }

    /// Whether the list has the word in lowercase.
    pub(crate) fn contains_lower(&self, word: &str) -> bool {
        if word.is_ascii() {
            self.has(word.len(), word.bytes().map(|b| b.to_ascii_lowercase()))
        } else {
            self.contains(&word.to_lowercase())
        }
    }

    fn has(&self, len: usize, word: impl Iterator<Item = u8> + Clone) -> bool {
        if self.lengths & length_bit(len) == 0 {
            return false;
        }
        let mask = self.slots.len() - 1;
        let mut slot = word.clone().fold(HASH_START, add_to_hash) as usize & mask;
        while let Some(at) = self.slots[slot].checked_sub(1) {
            let entry = self.entry(usize::from(at));
            if entry.len() == len && entry.bytes().eq(word.clone()) {
                return true;
            }
            slot = (slot + 1) & mask;
        }
        false
    }

    /// The entries that begin so.
    pub(crate) fn beginning(&self, start: &str) -> impl Iterator<Item = &'static str> {
        let list = *self;
        let entry = move |span: &[u16; 2]| list.slice(*span);
        let following = &self.spans[self.spans.partition_point(|span| entry(span) < start)..];
        following.iter().map(entry).take_while(move |entry| entry.starts_with(start))
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = &'static str> {
        (0..self.spans.len()).map(move |at| self.entry(at))
    }
}

#[cfg(test)]
mod tests {
    list_by_end!(WORKS, "usa/names-before-usa.txt");
    list!(DAYS, "titles/date-words.txt");

    #[test]
    fn entries_are_found_by_start_and_end() {
        let all: Vec<_> = WORKS.list.iter().collect();
        for affix in ["", "U", "Made", "Miss", "in", "the", "THE", "A", "s", "zzz", "Miss Teen"] {
            let starts: Vec<_> = all.iter().copied().filter(|entry| entry.starts_with(affix)).collect();
            assert_eq!(WORKS.list.beginning(affix).collect::<Vec<_>>(), starts, "{affix}");
            let mut ends: Vec<_> = WORKS.ending(affix).collect();
            ends.sort_unstable();
            let lower = affix.to_ascii_lowercase();
            let ends_so = |entry: &&str| entry.to_ascii_lowercase().ends_with(&lower);
            assert_eq!(ends, all.iter().copied().filter(ends_so).collect::<Vec<_>>(), "{affix}");
        }
    }

    #[test]
    fn words_are_found_in_any_case() {
        let list = WORKS.list;
        assert!(list.iter().all(|entry| list.contains(entry)) && !list.contains("") && !list.contains("Miss Te"));
        // Nearly all of its entries have uppercase letters.
        assert!(!list.contains_lower("Miss Teen"));
        assert!(["monday", "MONDAY", "may"].iter().all(|word| DAYS.contains_lower(word)) && !DAYS.contains("Monday"));
    }
}
