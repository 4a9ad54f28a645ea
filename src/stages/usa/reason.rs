//! Why a form is written anew: what the country's name is at its place.

use super::Context;
use super::habit::is_uneven;
use super::institution::{belongs, is_institution};
use super::left::is_starter;
use super::scan::{after, bare, before, first_token, is_in_capitals, starts_lower, starts_upper};
use crate::english::country::Form;
use crate::english::lexicon::{self, Classes};
use crate::reasons::Reason;

pub(super) fn of(text: &str, form: &Form, context: &Context) -> Reason {
    let right = after(text, form.whole_end());
    if is_uneven(form) {
        Reason::UnevenForm
    } else if before(text, form.start).ends_with(['-', '–', '/']) || right.starts_with(['-', '–', '/']) {
        Reason::CountryCompound
    } else if context.heading || is_in_capitals(text, form) {
        Reason::CountryHeadline
    } else if right.starts_with(char::is_whitespace) {
        before_word(right.trim_start())
    } else {
        Reason::CountryForm
    }
}

fn before_word(next: &str) -> Reason {
    let first = first_token(next);
    let word = bare(first);
    if starts_upper(word) && !is_starter(word) {
        let second = next.split_whitespace().nth(1).unwrap_or("");
        let office = is_institution(word) || belongs(first, second, next);
        if office { Reason::CountryOffice } else { Reason::CountryBeforeName }
    } else if starts_lower(word)
        && lexicon::closed(word).is_empty()
        && !lexicon::likeliest(word).any(Classes::PAST.or(Classes::THIRD).or(Classes::BASE).or(Classes::ADVERB))
    {
        Reason::CountryAdjective
    } else {
        Reason::CountryForm
    }
}

#[cfg(test)]
mod tests {
    use super::super::scan::form;
    use super::*;

    #[test]
    fn reasons() {
        for (text, reason) in [
            ("in the USA. The ship is", Reason::CountryForm),
            ("the U.S.A. and its ships", Reason::CountryForm),
            ("the US harbours are shut", Reason::CountryAdjective),
            ("the US Senate has ships", Reason::CountryOffice),
            ("the US Tarnway ships", Reason::CountryBeforeName),
            ("pro-US ships", Reason::CountryCompound),
            ("SHIPS LEAVE USA", Reason::CountryHeadline),
            ("the U.S ships", Reason::UnevenForm),
            ("the U. S. ships", Reason::UnevenForm),
        ] {
            assert_eq!(of(text, &form(text), &Context::default()), reason, "{text}");
        }
    }
}
