//! Word lists, read at compile time from `data/`: one entry a line, sorted by bytes, unique; a tab ends it. A line that begins
//! with `#` says what the list holds and where it comes from. Lookups are binary searches, so nothing is built at start-up.

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

/// The entries of a list, in their order.
pub(crate) const fn entries<const N: usize>(text: &str) -> [&str; N] {
    let bytes = text.as_bytes();
    let mut list = [""; N];
    let (mut at, mut n) = (0, 0);
    while at < bytes.len() {
        let end = line_end(bytes, at);
        if end > at && bytes[at] != b'#' {
            let (_, rest) = text.split_at(at);
            let (entry, _) = rest.split_at(entry_end(bytes, at, end) - at);
            list[n] = entry;
            n += 1;
        }
        at = end + 1;
    }
    list
}

/// Where an entry ends: at a tab, behind which stands its source, or with its line.
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

/// Declares a list: `list!(TITLES, "titles.txt");` makes `static TITLES: List`.
macro_rules! list {
    ($(#[$doc:meta])* $name:ident, $file:literal) => {
        $(#[$doc])*
        pub(crate) static $name: $crate::data::List = {
            const TEXT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/", $file));
            const N: usize = $crate::data::count(TEXT);
            static ENTRIES: [&str; N] = $crate::data::entries::<N>(TEXT);
            $crate::data::List::new(&ENTRIES)
        };
    };
}
pub(crate) use list;

/// The places of a list's entries, sorted by their bytes from the last to the first.
pub(crate) const fn by_end<const N: usize>(entries: &[&str; N]) -> [u16; N] {
    let mut order = [0; N];
    let mut n = 0;
    while n < N {
        let mut at = n;
        while at > 0 && ends_before(entries[n], entries[order[at - 1] as usize]) {
            order[at] = order[at - 1];
            at -= 1;
        }
        order[at] = n as u16;
        n += 1;
    }
    order
}

/// Whether an entry stands before another when they are read from the end.
const fn ends_before(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut back = 1;
    while back <= a.len() && back <= b.len() {
        let (x, y) = (a[a.len() - back], b[b.len() - back]);
        if x != y {
            return x < y;
        }
        back += 1;
    }
    a.len() < b.len()
}

/// Declares a list that is searched by how its entries end: `list_by_end!(WORKS, "usa/works.txt");`
macro_rules! list_by_end {
    ($(#[$doc:meta])* $name:ident, $file:literal) => {
        $(#[$doc])*
        pub(crate) static $name: $crate::data::EndList = {
            const TEXT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/", $file));
            const N: usize = $crate::data::count(TEXT);
            static ENTRIES: [&str; N] = $crate::data::entries::<N>(TEXT);
            static ORDER: [u16; N] = $crate::data::by_end(&ENTRIES);
            $crate::data::EndList { list: $crate::data::List::new(&ENTRIES), order: &ORDER }
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
    /// The entries that end so.
    pub(crate) fn ending(&self, end: &str) -> impl Iterator<Item = &'static str> {
        let entry = |place: &u16| self.list.0[usize::from(*place)];
        let behind = &self.order[self.order.partition_point(|place| ends_before(entry(place), end))..];
        let count = behind.partition_point(|place| entry(place).ends_with(end));
        behind[..count].iter().map(move |place| self.list.0[usize::from(*place)])
    }
}

/// A sorted list of words or phrases.
#[derive(Clone, Copy, Debug)]
pub(crate) struct List(&'static [&'static str]);

impl List {
    pub(crate) const fn new(entries: &'static [&'static str]) -> Self {
        Self(entries)
    }

    pub(crate) fn contains(&self, word: &str) -> bool {
        self.0.binary_search(&word).is_ok()
    }

    /// Whether the list has the word in small letters.
    pub(crate) fn contains_lower(&self, word: &str) -> bool {
        let mut small = [0; 32];
        match small.get_mut(..word.len()).filter(|_| word.is_ascii()) {
            Some(small) => {
                small.copy_from_slice(word.as_bytes());
                small.make_ascii_lowercase();
                std::str::from_utf8(small).is_ok_and(|word| self.contains(word))
            }
            None => self.contains(&word.to_lowercase()),
        }
    }

    /// The entries that begin so.
    pub(crate) fn beginning(&self, start: &str) -> impl Iterator<Item = &'static str> {
        let behind = &self.0[self.0.partition_point(|entry| *entry < start)..];
        behind[..behind.partition_point(|entry| entry.starts_with(start))].iter().copied()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().copied()
    }

    /// Whether the entries stand in byte order, each once: what `contains` relies on.
    #[cfg(test)]
    pub(crate) fn is_sorted(&self) -> bool {
        self.0.windows(2).all(|w| w[0] < w[1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    list_by_end!(WORKS, "usa/works.txt");

    #[test]
    fn entries_are_found_by_start_and_end() {
        let all: Vec<_> = WORKS.list.iter().collect();
        for affix in ["", "U", "Born", "Born in the U", "U.S.", "the USA", "A", "zzz", "Made in the US"] {
            let starts: Vec<_> = all.iter().copied().filter(|entry| entry.starts_with(affix)).collect();
            assert_eq!(WORKS.list.beginning(affix).collect::<Vec<_>>(), starts, "{affix}");
            let mut ends: Vec<_> = WORKS.ending(affix).collect();
            ends.sort_unstable();
            assert_eq!(ends, all.iter().copied().filter(|entry| entry.ends_with(affix)).collect::<Vec<_>>(), "{affix}");
        }
    }

    #[test]
    fn words_are_found_in_any_case() {
        assert!(List::new(&["a", "b"]).contains_lower("B") && !List::new(&["A"]).contains_lower("A"));
    }
}
