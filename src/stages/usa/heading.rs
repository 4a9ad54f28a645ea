//! A guess at whether a text is a title or a heading, for callers that know nothing of the document around it.

use super::scan::{is_close_quote, is_word, pieces, starts_upper};
use crate::document::role::{Role, role_alone};
use crate::english::country::canonical_text;

/// Whether a text looks like a title or heading: one short line without a sentence's closing punctuation. A line that ends
/// in the country's name, whatever its form and with or without a period, is one only where it is written as headlines are.
/// List items, rows, bylines, captions and the like are none.
pub(crate) fn looks_like_heading(text: &str) -> bool {
    use Role::{Byline, Caption, Date, Dateline, ListItem, SignOff, TableRow};
    const LONGEST: usize = 110;
    let line = text.trim();
    (1..=LONGEST).contains(&line.len())
        && !line.contains('\n')
        && !line.starts_with(['-', '•', '"', '“'])
        && ends_as_heading(&canonical_text(line, "US").0)
        && !matches!(role_alone(text), Byline | Caption | Date | Dateline | ListItem | SignOff | TableRow)
}

/// Whether a line in which every form is written as "US" ends as a heading can.
fn ends_as_heading(line: &str) -> bool {
    let end = line.trim_end_matches(|c: char| is_close_quote(c) || c == ')');
    if end.strip_suffix("US").is_some_and(|rest| !rest.ends_with(is_word)) {
        return end.len() == line.len() && is_headline_style(line);
    }
    !end.ends_with(['.', '!', '?', ':', ';', ',', '…'])
}

/// No articles and no past auxiliaries, or every longer word with a capital.
fn is_headline_style(text: &str) -> bool {
    let words: Vec<&str> = pieces(text).collect();
    let is_of_prose =
        |word: &&str| matches!(*word, "the" | "a" | "an" | "was" | "were" | "has" | "had" | "The" | "A" | "An");
    let mut long = words.iter().filter(|w| w.len() > 4 && w.starts_with(char::is_alphabetic));
    words.len() <= 12 && !words.iter().any(is_of_prose) || long.clone().count() >= 3 && long.all(|w| starts_upper(w))
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
        for text in ["* USA ferries", "(a) US ferries", "1. US ferries", "Photo: US Navy", "By Ona Rowe, USA Desk"] {
            assert!(!looks_like_heading(text), "{text}");
        }
    }
}
