//! The words before a form: may a sentence end with it at all?

use super::around::Around;
use super::scan::{bare, bare_dotted, is_all_caps, is_close_quote, is_open_quote, starts_upper};
use crate::data::list;
use crate::english::lexicon;

list!(
    /// Words of the open classes that begin a sentence.
    STARTERS,
    "usa/starters.txt"
);

list!(
    /// Adjectives of a part of the country.
    REGIONS,
    "usa/regions.txt"
);

/// The words before the form, as far as they matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// The form begins its sentence, or "The" before it does: no sentence can end here.
    Start,
    /// A noun phrase that may be whole: "in the U.S.", "the western U.S.", "the UK and U.S.".
    Phrase,
    /// The same after "in", "across", "throughout": a place, complete as it is.
    Place,
    /// A coordination without an article: "Canada and U.S.".
    Pair,
    /// Anything else: a word has to follow ("said U.S.", "two U.S.").
    Modifier,
}

/// Whether a capitalised word begins a sentence rather than a name: a word of a closed class, also with a verb attached
/// ("He'll"), or a listed one.
pub(super) fn is_starter(word: &str) -> bool {
    let stem = word.split(['\'', '’']).next().unwrap_or("");
    let is_closed = |word: &str| !lexicon::closed(word).is_empty();
    starts_upper(word)
        && word != "May"
        && !is_all_caps(word)
        && (STARTERS.contains(stem) || is_closed(stem) || stem != word && is_closed(&word.replace('’', "'")))
}

/// Whether a token closes a sentence, or a new one can begin after it.
pub(super) fn ends_sentence(token: &str) -> bool {
    let token = token.trim_end_matches(|c: char| matches!(c, ')' | ']' | '*') || is_close_quote(c));
    token.ends_with(['.', '!', '?', ':', ';', '…', '|', '•'])
}

pub(super) fn left_of(form: &Around<'_>) -> Left {
    let (last, rest) = (form.previous, form.earlier);
    let word = bare(last);
    if form.touches_left() {
        let opens = form.left.ends_with(['(', '[', '—', '–', '*']) || form.left.ends_with(is_open_quote);
        if opens { Left::Start } else { Left::Modifier }
    } else if last.is_empty() {
        Left::Start
    } else if is_form(last) {
        Left::Modifier
    } else if ends_sentence(last) || matches!(last, "-" | "–" | "—" | "*") || word == "The" {
        Left::Start
    } else if matches!(word, "the" | "THE") || REGIONS.contains(word) && has_article(rest) {
        if opens_sentence(rest) { Left::Start } else { phrase_of(rest) }
    } else if matches!(last, "and" | "or" | "nor" | "&") || last.ends_with(',') {
        if has_article(rest) { Left::Phrase } else { Left::Pair }
    } else {
        Left::Modifier
    }
}

/// A token that is a form of the country itself: its period says nothing.
pub(super) fn is_form(token: &str) -> bool {
    matches!(bare(token), "US" | "USA" | "U.S" | "U.S.A" | "S")
}

/// At most two words of the sentence come before, and no verb can be among them: "But in the U.S. Marine …".
fn opens_sentence(rest: &str) -> bool {
    let mut words = rest.split_whitespace().rev();
    let starts = |w: Option<&str>| w.is_none_or(|w| ends_sentence(w) && !is_form(w) && !is_initials(w));
    let (first, second) = (words.next(), words.next());
    if starts(first) {
        return true;
    }
    let first = bare(first.unwrap_or(""));
    if starts(second) {
        return starts_upper(first);
    }
    let second = bare(second.unwrap_or(""));
    starts(words.next())
        && is_starter(second)
        && matches!(first, "in" | "from" | "for" | "across" | "inside" | "outside" | "at" | "by" | "to")
}

/// A place after a preposition of place, else any noun phrase. `rest` ends before "the" or the adjective of a part.
fn phrase_of(rest: &str) -> Left {
    let mut words = rest.split_whitespace().rev().skip_while(|w| *w == "the" || REGIONS.contains(w));
    let place = words.next().is_some_and(|w| {
        matches!(w, "in" | "In" | "within" | "across" | "throughout" | "inside" | "outside" | "into" | "around")
    });
    if place { Left::Place } else { Left::Phrase }
}

/// "the" among the last four words.
fn has_article(rest: &str) -> bool {
    let ends = |w: &&str| ends_sentence(w) && !is_initials(w);
    rest.split_whitespace().rev().take(4).take_while(|w| !ends(w)).any(|w| w == "the" || w == "The")
}

/// "U.K.": letters with periods.
pub(super) fn is_initials(token: &str) -> bool {
    let letters = bare_dotted(token);
    letters.len() >= 4
        && letters.bytes().enumerate().all(|(i, b)| if i % 2 == 0 { b.is_ascii_uppercase() } else { b == b'.' })
}
