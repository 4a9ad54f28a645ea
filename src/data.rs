//! Word lists, read at compile time from `data/`: one entry a line, sorted by bytes, unique. A line that begins with `#`
//! says what the list holds and where it comes from. Lookups are binary searches, so nothing is built at start-up.

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
            let (entry, _) = rest.split_at(end - at);
            list[n] = entry;
            n += 1;
        }
        at = end + 1;
    }
    list
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
        let from = self.0.partition_point(|entry| *entry < start);
        self.0[from..].iter().copied().take_while(move |entry| entry.starts_with(start))
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
