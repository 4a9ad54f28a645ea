//! Words that belong to the country's name before them: offices, institutions, dates, acronyms.

use super::scan::{bare, bare_dotted, first_two, pieces, starts_upper, stem};
use crate::data::list;

list!(
    /// Days and months.
    DATES,
    "usa/weekdays-months.txt"
);
list!(
    /// Words that belong to the country's name before them.
    INSTITUTIONS,
    "usa/institutions.txt"
);
list!(
    /// Words that do where another capital follows.
    INSTITUTION_ADJECTIVES,
    "usa/institution-adjectives.txt"
);
list!(
    /// Adjectives that always have a capital.
    PROPER_ADJECTIVES,
    "usa/proper-adjectives.txt"
);
list!(
    /// Nouns that make a capitalised run an institution.
    INSTITUTION_NOUNS,
    "usa/institution-nouns.txt"
);
list!(
    /// Acronyms that belong to the country's name before them.
    ACRONYMS,
    "usa/acronyms.txt"
);

/// Whether the word alone is an office, a body, or a part of its name.
pub(super) fn is_institution(word: &str) -> bool {
    let word = stem(word);
    INSTITUTIONS.contains(word) || may_begin_institution(word) || INSTITUTION_NOUNS.contains(word)
}

/// Whether the capitalised words at the start are an office, an institution, a date, an acronym of the country's.
pub(super) fn belongs(next: &str) -> bool {
    let (first, second) = first_two(next);
    let word = stem(first);
    match word {
        "South" | "West" | "North" | "East" => !starts_upper(second) || is_institution(second),
        "National" | "International" | "General" | "Global" => run_is_institution(next),
        _ => {
            let goes_on = starts_upper(second) || matches!(second, "&" | "and" | "of");
            [word, bare_dotted(first)].iter().any(|word| INSTITUTIONS.contains(word) || DATES.contains(word))
                || ACRONYMS.contains(word)
                || INSTITUTION_NOUNS.contains(word) && matches!(second, "of" | "for" | "on")
                || may_begin_institution(word) && goes_on
                || run_is_institution(next)
        }
    }
}

/// Whether the word belongs to the country's name where another capital follows.
fn may_begin_institution(word: &str) -> bool {
    INSTITUTION_ADJECTIVES.contains(word) || PROPER_ADJECTIVES.contains(word)
}

/// Whether the run of capitalised words at the start, six at most, holds the noun of an institution after its first word.
pub(super) fn run_is_institution(next: &str) -> bool {
    for (i, token) in pieces(next).take(6).enumerate() {
        let word = bare(token);
        if !starts_upper(word) && !matches!(token, "of" | "&" | "and" | "for" | "on") {
            return false;
        }
        if i > 0 && INSTITUTION_NOUNS.contains(stem(word)) {
            return true;
        }
        if token.ends_with([';', '.', ':', '?', '!', ',']) {
            return false;
        }
    }
    false
}
