//! Table rows and dates: lines of numbers and of a few fixed words.

use super::look::Look;
use crate::data::list;

list!(
    /// What dates and stamps are made of.
    DATE_WORDS, "titles/date-words.txt");

fn is_number(token: &str) -> bool {
    token.bytes().any(|b| b.is_ascii_digit()) && !token.chars().any(char::is_alphabetic)
}

/// Cells in a row: a tab, bars around them, wide gaps, or more numbers than words.
pub(super) fn is_table_row(text: &str) -> bool {
    if text.contains('\t') || text.starts_with('|') || !text.chars().any(char::is_alphabetic) {
        return true;
    }
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let (mut numbers, mut words) = (0, 0);
    for token in super::Tokens::of(text) {
        if is_number(token) {
            numbers += 1;
        } else {
            words += 1;
        }
    }
    if text.contains("   ") && numbers > 0 {
        return true;
    }
    // `Rovers 2 1`: two numbers or more at the end of a few words.
    let tail = text.split_whitespace().rev().take_while(|t| is_number(t)).count();
    tail >= 2 && words <= 4 || numbers > words
}

pub(super) fn may_be_date(look: &Look<'_>) -> bool {
    look.first.is_empty() || DATE_WORDS.contains_lower(look.first)
}

/// A date or time, with `Updated` and the like beside it and nothing else.
pub(super) fn is_date(text: &str) -> bool {
    // A row of times is a row.
    if text.len() > 120 || text.contains('\t') {
        return false;
    }
    let (mut digits, mut words, mut strong) = (0, 0, false);
    for token in text.split(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '|' | '/' | ':' | '-' | '–' | '—' | '(' | ')' | '·' | ';' | '@' | '•')
    }) {
        let word = token.trim_matches('.');
        if word.is_empty() {
            continue;
        }
        let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let digit = word.as_bytes()[0].is_ascii_digit();
        if !digit && !DATE_WORDS.contains_lower(word) {
            return false;
        }
        let lower = word.to_ascii_lowercase();
        if digit {
            let tail = &lower[number.len()..];
            let fits = matches!(tail, "" | "st" | "nd" | "rd" | "th" | "am" | "pm" | "h" | "z" | "a.m" | "p.m")
                || is_iso_time(&lower);
            if !fits {
                return false;
            }
            digits += 1;
        } else {
            words += 1;
            strong |= !matches!(
                lower.as_str(),
                "a" | "and" | "at" | "of" | "on" | "first" | "last" | "read" | "may" | "march"
            );
        }
    }
    digits > 0 && (strong || words > 0 && digits >= 1)
        || digits >= 3 && text.contains(['-', '/', ':', '.']) && !text.contains('\t')
        || digits == 0 && words > 0 && strong && words <= 3
}

fn is_iso_time(lower: &str) -> bool {
    lower.split_once('t').is_some_and(|(a, b)| {
        !a.is_empty() && (a.to_owned() + b).bytes().all(|c| c.is_ascii_digit() || c == b'.' || c == b'z')
    })
}
