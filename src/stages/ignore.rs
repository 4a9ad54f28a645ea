//! Text of the user's that no stage may touch.

use std::ops::Range;

use super::markers::MarkerPattern;

/// Whether a change of this range of a paragraph's text would touch what a pattern matches. An insertion touches what it is
/// beside.
pub(crate) fn is_touched(patterns: &[MarkerPattern], text: &[u8], range: &Range<usize>) -> bool {
    let touches = |found: Range<usize>| match range.is_empty() {
        true => found.start <= range.start && range.start <= found.end,
        false => found.start < range.end && range.start < found.end,
    };
    patterns.iter().any(|pattern| pattern.find(text).any(touches))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_touches_what_it_overlaps_and_an_insertion_what_it_is_beside() {
        let patterns =
            [MarkerPattern::new(r"USA-\d").expect("a pattern"), MarkerPattern::new("pier$").expect("a pattern")];
        let text = b"USA or USA-1, the pier";
        for (range, touched) in
            [(0..3, false), (7..10, true), (12..13, false), (22..22, true), (21..22, true), (3..4, false)]
        {
            assert_eq!(is_touched(&patterns, text, &range), touched, "{range:?}");
        }
        assert!(!is_touched(&[], text, &(0..22)));
    }
}
