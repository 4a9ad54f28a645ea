//! Words that belong to the country's name before them: offices, institutions, dates, acronyms.

use super::scan::{bare, bare_dotted, starts_upper};
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
    /// Nouns that make a capitalised run an institution.
    INSTITUTION_NOUNS,
    "usa/institution-nouns.txt"
);

list!(
    /// Acronyms that belong to the country's name before them.
    ACRONYMS,
    "usa/acronyms.txt"
);

pub(super) fn is_institution(word: &str) -> bool {
    INSTITUTIONS.contains(word) || INSTITUTION_ADJECTIVES.contains(word) || INSTITUTION_NOUNS.contains(word)
}

/// Whether the capitalised words are an office, an institution, a date, an acronym of the country's.
pub(super) fn belongs(first: &str, second: &str, next: &str) -> bool {
    let word = bare(first);
    if matches!(word, "South" | "West" | "North" | "East") {
        return !starts_upper(second) || matches!(bare(second), "Coast" | "Bank" | "Lawn" | "Wing" | "Side");
    }
    if matches!(word, "National" | "International" | "General" | "Global") {
        return run_is_institution(next);
    }
    let closed = first.ends_with([',', ';', '.', ':', '?', '!']);
    let owner = word.split(['\'', '’']).next().unwrap_or(word);
    INSTITUTIONS.contains(word)
        || INSTITUTIONS.contains(owner)
        || INSTITUTIONS.contains(bare_dotted(first))
        || INSTITUTION_NOUNS.contains(word) && matches!(second, "of" | "for" | "on")
        || DATES.contains(word)
        || DATES.contains(bare_dotted(first))
        || ACRONYMS.contains(stem(word))
        || INSTITUTION_ADJECTIVES.contains(word)
            && !closed
            && (starts_upper(second) || second == "&" || matches!(second, "and" | "of"))
        || run_is_institution(next)
}

/// Whether the run of capitalised words, five at most, holds the noun of an institution.
pub(super) fn run_is_institution(next: &str) -> bool {
    for (i, token) in next.split_whitespace().take(6).enumerate() {
        let word = bare(token);
        if !starts_upper(word) && !matches!(token, "of" | "&" | "and" | "for" | "on") {
            return false;
        }
        if i > 0 && INSTITUTION_NOUNS.contains(stem(word)) {
            return true;
        }
        if token.ends_with([';', '.', ':', '?', '!'])
            || token.ends_with(',') && !matches!(word, "Fish" | "Food" | "Immigration" | "Health")
        {
            return false;
        }
    }
    false
}

pub(super) fn stem(word: &str) -> &str {
    word.split(['\'', '’', '-', '/']).next().unwrap_or(word)
}
