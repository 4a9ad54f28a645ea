//! A guess at whether a text is a title or a heading, for callers that know nothing of the document around it.

use super::scan::{is_close_quote, is_word, starts_upper};
use crate::document::role::{Role, role_alone};
use crate::english::country::canonical_text;

/// Whether a text looks like a title or heading: one short line without a sentence's closing punctuation. A line that ends
/// in the country's name, whatever its form and with or without a period, is one only where it is written as headlines are.
/// List items, rows, bylines, captions and the like are none.
pub(crate) fn looks_like_heading(text: &str) -> bool {
    !ends_otherwise(text) && is_heading(text) && !has_other_role(text)
}

fn has_other_role(text: &str) -> bool {
    use Role::{Byline, Caption, Date, Dateline, ListItem, SignOff, TableRow};
    matches!(role_alone(text), Byline | Caption | Date | Dateline | ListItem | SignOff | TableRow)
}

fn is_heading(text: &str) -> bool {
    const LONGEST: usize = 110;
    let text = canonical_text(text.trim(), "US").0;
    if text.is_empty() || text.len() > LONGEST || text.contains('\n') || text.starts_with(['-', '•', '"', '“']) {
        return false;
    }
    let end = text.trim_end_matches(|c: char| is_close_quote(c) || c == ')');
    if end.strip_suffix("US").is_some_and(|rest| !rest.ends_with(is_word)) {
        return end.len() == text.len() && is_headline_style(&text);
    }
    !end.ends_with(['.', '!', '?', ':', ';', ',', '…'])
}

/// Whether a sentence's closing punctuation ends the text, and no form of the country's name. Cheap.
fn ends_otherwise(text: &str) -> bool {
    let end = text.trim_end().trim_end_matches(|c: char| is_close_quote(c) || c == ')');
    match end.as_bytes() {
        [.., before, b'.'] => !matches!(before, b'S' | b'A' | b'.'),
        [.., last] => matches!(last, b'!' | b'?' | b':' | b';' | b','),
        [] => false,
    }
}

/// No articles and no past auxiliaries, or every longer word with a capital.
fn is_headline_style(text: &str) -> bool {
    let words = || text.split_whitespace();
    let articles =
        words().any(|w| matches!(w, "the" | "a" | "an" | "was" | "were" | "has" | "had" | "The" | "A" | "An"));
    let mut long = words().filter(|w| w.len() > 4 && w.starts_with(char::is_alphabetic));
    (!articles && words().count() <= 12) || long.clone().count() >= 3 && long.all(starts_upper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings() {
        assert!(looks_like_heading("Storm heads for U.S."));
        assert!(looks_like_heading("Ferry Strike Spreads to the Western U.S."));
        assert!(looks_like_heading("US Senate votes on ferries"));
        assert!(!looks_like_heading("The ferry sails to the U.S."));
        assert!(!looks_like_heading("The ferry sails at noon."));
        for text in
            ["* USA ferries", "(a) US ferries", "1. US ferries", "Photo: US Navy", "By Ona Rowe, USA StageContext"]
        {
            assert!(!looks_like_heading(text), "{text}");
        }
    }

    const PIECES: [&str; 20] = [
        "Quay", "US", "U.S", "USA", "U.S.A", "S", "A", ".", ".", "!", "?", ":", ";", ",", "…", ")", "”", " ", " ", "é",
    ];

    proptest::proptest! {
        #[test]
        fn no_heading_ends_otherwise(picks in proptest::collection::vec(0..PIECES.len(), 0..7)) {
            let text: String = picks.iter().map(|pick| PIECES[*pick]).collect();
            proptest::prop_assert!(!(ends_otherwise(&text) && is_heading(&text)), "{}", text);
        }
    }
}
