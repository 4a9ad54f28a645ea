//! A sentence that ends in the country's short name: "in the U.S." is an end, "critical of U.S." is none.

use super::Tail;
use super::role::{Prose, is_title_case};
use super::says::Says;
use crate::data::list;
use crate::english::country::REGIONS;
use crate::english::lexicon;
use crate::english::token::Token;
use crate::reasons::Reason;

/// The country's forms, with or without their periods.
pub(super) fn is_country(word: &str) -> bool {
    matches!(
        word,
        "US" | "USA"
            | "U.S"
            | "U. S"
            | "U. K"
            | "U. N"
            | "U.S.A"
            | "UK"
            | "U.K"
            | "UN"
            | "U.N"
            | "EU"
            | "E.U"
            | "UAE"
            | "U.A.E"
    )
}

list!(
    /// Words after which the country's name can't end a sentence.
    ASKING,
    "english/before-the-country.txt"
);
list!(
    /// What has its aim after "at".
    AIMING,
    "english/aiming.txt"
);
list!(
    /// Words after which "the U.S." is a subject: its verb has to follow.
    BEFORE_SUBJECT, "english/before-subject.txt"
);

list!(
    /// Verbs whose object the country itself is.
    GOING, "english/country-verbs.txt"
);

/// Whether more must follow the country's name.
pub(super) fn goes_on(before: &[Token<'_>], tail: &Tail<'_>) -> Says {
    // "Storm Shakes the Northeastern U.S.": a title is as long as its writer made it.
    if tail.context.first && tail.start == 0 && is_title_case(&tail.words, tail.closed()) {
        return Says::Whole;
    }
    let likely = |asks| Says::of(asks, Reason::LikelyAbbreviation);
    let mut at = before.len();
    let region = at.checked_sub(1).is_some_and(|b| before[b].is_listed(REGIONS));
    while at > 0 && before[at - 1].is_listed(REGIONS) {
        at -= 1;
    }
    let Some(word) = at.checked_sub(1).map(|b| &before[b]) else {
        return likely(Some(!region));
    };
    if word.is("the") {
        let before = &before[..at - 1];
        // ", says the U.N.": the subject comes last.
        let inverted = before.len() > 1 && before[before.len() - 2].trail.ends_with([',', '”', '"']);
        let subject = before.last().is_some_and(|w| w.is_listed(BEFORE_SUBJECT) && !inverted);
        let reason = if subject { Reason::CountrySubject } else { Reason::LikelyAbbreviation };
        return Says::of(after_the(before, tail), reason);
    }
    if tail.prose() <= Prose::Line {
        // Headings leave out articles: a line that has one is none.
        let article = before[..at].iter().any(|w| w.is_lower() && lexicon::closed(w.word).contains('D'));
        let of = word.is("of") && before[0].is_any(&["the", "a", "an"]);
        return likely(Some(of || article));
    }
    if region {
        return Says::Nothing;
    }
    likely(without_the(word, &before[..at - 1]))
}

fn without_the(word: &Token<'_>, rest: &[Token<'_>]) -> Option<bool> {
    // "the U.K. and U.S." share their article.
    let shares = rest.len() > 1 && is_country(rest[rest.len() - 1].word) && rest[rest.len() - 2].is("the");
    if word.is_any(&["and", "or"]) && shares {
        return None;
    }
    // "Heuer USA": a company's branch.
    if word.is_capital() && word.trail.is_empty() && is_unknown(word) && rest.last().is_some_and(Token::is_capital) {
        return None;
    }
    // "Portland, U.S.", "in Portland, Oregon, U.S.": after a place, and after "and the U.K. and U.S." a place itself.
    if word.is_capital() && word.trail.contains(',') {
        let named = |w: &&Token<'_>| w.is_capital() && matches!(w.trail, "" | ",");
        let before = rest.iter().rev().find(|w| !named(w));
        let at = before.is_some_and(|w| w.trail.is_empty());
        if at || rest.last().is_some_and(Token::is_lower) {
            return None;
        }
    }
    Some(true)
}

/// Whether a word is no common one: a name.
fn is_unknown(word: &Token<'_>) -> bool {
    !lexicon::is_word(word.word)
}

/// "… the U.S.": `before` ends before the article.
fn after_the(before: &[Token<'_>], tail: &Tail<'_>) -> Option<bool> {
    let Some(word) = before.last() else {
        return Some(tail.prose() > Prose::None);
    };
    let closed = lexicon::closed(word.word);
    // "in Spain as well as the U.S.", "in Spain, not the U.S."
    if let [.., left, _] = before
        && (left.is("well") || word.is("not") && left.trail == ",")
    {
        return None;
    }
    if word.is_listed(ASKING) {
        return Some(true);
    }
    if word.is_any(&["and", "or"]) {
        return if tail.reading().is_whole() && before.len() > 1 { None } else { Some(true) };
    }
    if word.is_listed(GOING) {
        return None;
    }
    // "a clerk at the U.S.": nobody is at a country, but at the U.N., and many look or shout at one.
    let body = tail.words.last().is_some_and(|w| w.word.ends_with('N'));
    if word.is("at") && !body && !before.iter().rev().skip(1).take(3).any(|w| w.is_listed(AIMING)) {
        return Some(true);
    }
    // "in Canada the U.S.": after a name it ends no sentence either.
    (!closed.contains(['P', 'p', 'k', 't'])).then_some(true)
}
