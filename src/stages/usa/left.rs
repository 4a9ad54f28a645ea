//! The words before a form: may a sentence end with it at all?

use super::around::Around;
use super::scan::{bare, is_all_caps, is_close_quote, starts_upper, tokens_back};
use crate::data::list;
use crate::english::country::REGIONS;
use crate::english::lexicon;

list!(
    /// Words of the open classes that begin a sentence.
    STARTERS,
    "usa/starters.txt"
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
    if last.is_empty() || ends_sentence(last) || matches!(last, "-" | "–" | "—" | "*") || word == "The" {
        Left::Start
    } else if matches!(word, "the" | "THE") || REGIONS.contains_lower(word) {
        if opens_sentence(rest) { Left::Start } else { phrase_of(rest) }
    } else if matches!(last, "and" | "or" | "nor" | "&") || last.ends_with(',') {
        if has_article(rest) { Left::Phrase } else { Left::Pair }
    } else {
        Left::Modifier
    }
}

/// At most two words of the sentence come before, and no verb can be among them: "But in the U.S. Marine …".
fn opens_sentence(rest: &str) -> bool {
    let words: Vec<_> = words_of_sentence(rest).take(3).map(bare).collect();
    match words[..] {
        [] => true,
        [first] => starts_upper(first),
        [last, first] => is_starter(first) && lexicon::closed(last).contains(['P', 'p', 't']),
        _ => false,
    }
}

/// A place after a preposition of place, else any noun phrase. `rest` ends before "the" or the adjective of a part.
fn phrase_of(rest: &str) -> Left {
    let place = tokens_back(rest).find(|word| *word != "the").is_some_and(|word| {
        matches!(word, "in" | "In" | "within" | "across" | "throughout" | "inside" | "outside" | "into" | "around")
    });
    if place { Left::Place } else { Left::Phrase }
}

/// "the" among the last four words.
fn has_article(rest: &str) -> bool {
    words_of_sentence(rest).take(4).any(|word| word == "the")
}

/// The words of a text's last sentence, from the last to the first.
fn words_of_sentence(rest: &str) -> impl Iterator<Item = &str> {
    tokens_back(rest).take_while(|word| !ends_sentence(word))
}
