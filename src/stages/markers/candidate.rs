//! Where a marker, or a text that names one, could begin. Cheap, and sure never to miss: it decides cost, not results.

use aho_corasick::packed::{Config, MatchKind, Searcher};

/// What the forms have that none of the single bytes begins. Few beginnings, whatever their case: what the search for all of
/// them at once distinguishes with little work.
const NEEDLES: &[&str] = &[
    // Strings without square brackets (strings.rs).
    "(err",
    "(Err",
    "(ERR",
    "rocessing",
    "ROCESSING",
    "rror occ",
    "rror Occ",
    "RROR OCC",
    "#exec",
    "#EXEC",
    "#Exec",
    // Names (naming.rs).
    "SSI",
    "erver",
    "ERVER",
    ".shtml",
    ".SHTML",
];

/// Finds candidates.
#[derive(Clone, Debug)]
pub(super) struct Candidates {
    needles: Option<Searcher>,
}

impl Candidates {
    pub(super) fn new() -> Self {
        let mut builder = Config::new().match_kind(MatchKind::LeftmostFirst).builder();
        builder.extend(NEEDLES);
        Self { needles: builder.build() }
    }

    /// Whether the text holds a candidate.
    pub(super) fn is_in(&self, text: &[u8]) -> bool {
        // One pass over all bytes is faster than searches that stop.
        let may_be = text.iter().fold(false, |any, byte| any | matches!(byte, b'[' | b'<' | b'&' | b'_'));
        may_be && (bracket(text).is_some() || rare(text).is_some()) || self.needle(text).is_some()
    }

    /// The first of the needles.
    pub(super) fn needle(&self, text: &[u8]) -> Option<usize> {
        match &self.needles {
            Some(searcher) => searcher.find(text).map(|m| m.start()),
            None => (!text.is_empty()).then_some(0),
        }
    }
}

/// A bracket, a tag or an entity that may begin a marker, by the byte after it.
pub(super) fn bracket(text: &[u8]) -> Option<usize> {
    memchr::memchr3_iter(b'[', b'<', b'&', text).find(|&at| match (text[at], text.get(at + 1)) {
        // What follows it is not there yet, or in the next line.
        (_, None) => true,
        (b'&', Some(next)) => next.is_ascii_alphanumeric() || *next == b'#',
        // Spaces, escapes, marks beyond ASCII.
        (_, Some(b'\t'..=b' ' | b'&' | b'\\' | 0x80..)) => true,
        (b'[', Some(next)) => matches!(next, b'a' | b'A' | b'e' | b'E' | b'\''),
        (_, Some(next)) => *next == b'!',
    })
}

/// Names with an underscore (naming.rs).
pub(super) fn rare(text: &[u8]) -> Option<usize> {
    memchr::memchr(b'_', text)
}

/// Length of the longest needle, in bytes.
pub(crate) const LONGEST_NEEDLE: usize = 9;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_bracketed_and_what_is_not() {
        let candidates = Candidates::new();
        assert_eq!(bracket(b"one [two] AT & T <b>three</b> [An"), Some(30));
        for text in ["[", "x &amp;", "&#91;", "<!--", "< !--", "[ an", r"[\x", "['x", "[‘x"] {
            assert!(bracket(text.as_bytes()).is_some(), "{text}");
        }
        assert_eq!(candidates.needle(b"three SSI four Server-side"), Some(6));
        assert!(candidates.is_in(b"five mod_include six"));
        assert!(!candidates.is_in(b"Nothing to see here (or there)."));
    }

    #[test]
    fn no_needle_is_longer_than_the_longest() {
        assert_eq!(NEEDLES.iter().map(|n| n.len()).max(), Some(LONGEST_NEEDLE));
    }
}
