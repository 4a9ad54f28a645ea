//! Text of the user's that no stage may touch.

use std::ops::Range;
use std::sync::Arc;

use regex::bytes::Regex;

/// Patterns of what no stage may touch. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Ignored(Arc<[Arc<Regex>]>);

impl Ignored {
    pub(crate) fn new(patterns: impl IntoIterator<Item = Arc<Regex>>) -> Self {
        Self(patterns.into_iter().collect())
    }

    /// Whether a change of this range of a paragraph's text would touch what a pattern matches. An insertion touches what it is
    /// beside. The text is asked for only where there are patterns.
    pub(crate) fn is_touched<'t>(&self, text: impl Fn() -> &'t [u8], range: &Range<usize>) -> bool {
        let touches = |found: regex::bytes::Match<'_>| match range.is_empty() {
            true => found.start() <= range.start && range.start <= found.end(),
            false => found.start() < range.end && range.start < found.end(),
        };
        self.0.iter().any(|pattern| pattern.find_iter(text()).any(touches))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_touches_what_it_overlaps_and_an_insertion_what_it_is_beside() {
        let patterns = [r"USA-\d", "pier$"].map(|pattern| Arc::new(Regex::new(pattern).expect("a pattern")));
        let ignored = Ignored::new(patterns);
        let text = || &b"USA or USA-1, the pier"[..];
        for (range, touched) in
            [(0..3, false), (7..10, true), (12..13, false), (22..22, true), (21..22, true), (3..4, false)]
        {
            assert_eq!(ignored.is_touched(text, &range), touched, "{range:?}");
        }
        assert!(!Ignored::new([]).is_touched(text, &(0..22)));
    }
}
