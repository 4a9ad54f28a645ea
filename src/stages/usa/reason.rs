//! Why a form is rewritten: what the country's name is at its place.

use super::Context;
use super::around::Around;
use super::habit::is_uneven;
use super::institution::{PROPER_ADJECTIVES, belongs, is_institution};
use super::left::is_starter;
use super::scan::{bare, starts_lower, starts_upper};
use crate::english::lexicon::{self, Classes};
use crate::reasons::Reason;

pub(super) fn of(form: &Around<'_>, context: &Context) -> Reason {
    let joins = |c| matches!(c, '-' | '–' | '/');
    if is_uneven(form) {
        Reason::UnevenForm
    } else if form.left.ends_with(joins) || form.right.starts_with(joins) {
        Reason::CountryCompound
    } else if context.heading || form.is_in_caps() {
        Reason::CountryHeadline
    } else if form.touches_right() {
        Reason::CountryForm
    } else {
        before_word(form)
    }
}

fn before_word(form: &Around<'_>) -> Reason {
    const NO_ADJECTIVE: Classes = Classes::PAST.or(Classes::THIRD).or(Classes::BASE).or(Classes::ADVERB);
    let word = bare(form.next);
    if starts_upper(word) && !is_starter(word) {
        let office = belongs(form.right) || is_institution(word) && !PROPER_ADJECTIVES.contains(word);
        if office { Reason::CountryOffice } else { Reason::CountryBeforeName }
    } else if starts_lower(word) && lexicon::closed(word).is_empty() && !lexicon::likeliest(word).any(NO_ADJECTIVE) {
        Reason::CountryAdjective
    } else {
        Reason::CountryForm
    }
}

#[cfg(test)]
mod tests {
    use super::super::around::around;
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
            assert_eq!(of(&around(text), &Context::default()), reason, "{text}");
        }
    }
}
