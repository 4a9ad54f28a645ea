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
    let word = owner(word);
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
    let goes_on = starts_upper(second) || matches!(second, "&" | "and" | "of");
    is_listed(first)
        || INSTITUTION_NOUNS.contains(word) && matches!(second, "of" | "for" | "on")
        || ACRONYMS.contains(stem(word))
        || INSTITUTION_ADJECTIVES.contains(owner(word)) && !closed && goes_on
        || run_is_institution(next)
}

/// An office, an institution, a date, with or without a period or a possessive ending.
fn is_listed(token: &str) -> bool {
    [owner(bare(token)), bare_dotted(token)].iter().any(|word| INSTITUTIONS.contains(word) || DATES.contains(word))
}

/// A word without a possessive ending.
fn owner(word: &str) -> &str {
    word.split(['\'', '’']).next().unwrap_or(word)
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
