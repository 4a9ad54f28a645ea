//! An adjective at an open end: does its noun follow?

use super::Tail;
use crate::data::list;
use crate::english::clause::Tag;
use crate::english::lexicon::{self, Classes};
use crate::english::token::Token;

/// An adjective that is no noun, after an article or a preposition.
pub(super) fn adjective_asks(last: &Token<'_>, tail: &Tail<'_>) -> bool {
    if !lexicon::closed(last.word).is_empty() || !last.is_lower() {
        return false;
    }
    let attributive = last.is_listed(ATTRIBUTIVE);
    if !attributive && !lexicon::classes(last.word).only(Classes::ADJECTIVE) {
        return false;
    }
    let tags = &tail.reading().tags;
    let words = tail.sentence();
    // Back over adverbs and adjectives to what opens the phrase.
    let mut at = tags.len() - 1;
    while at > 0
        && (matches!(tags[at - 1], Tag::Adjective | Tag::Adverb) || words[at - 1].is_any(&["most", "more", "very"]))
    {
        at -= 1;
    }
    let Some(opener) = at.checked_sub(1) else {
        return false;
    };
    match tags[opener] {
        Tag::Article if words[opener].is("the") => attributive || is_attributive(last),
        Tag::Article => true,
        Tag::Preposition | Tag::Particle if words[opener].trail.is_empty() => {
            !(words[opener].is_any(&["as", "away", "back", "down", "like", "off", "out", "over", "up"])
                || words[opener].is_any(&["for", "in", "at", "of", "than"]) && is_fixed(last))
        }
        _ => false,
    }
}

list!(
    /// Adjectives that hardly ever stand without their noun.
    ATTRIBUTIVE, "english/attributive.txt"
);

/// An adjective that is hardly used as a noun after "the".
fn is_attributive(last: &Token<'_>) -> bool {
    ["ful", "al", "ive", "ary", "ic", "able", "ible", "ous"].iter().any(|end| last.word.ends_with(end))
        && !last.is_any(&[
            "inevitable",
            "unthinkable",
            "unusual",
            "contrary",
            "original",
            "unspeakable",
            "vulnerable",
            "ordinary",
            "faithful",
            "usual",
        ])
}

list!(
    /// Adjectives that end a fixed phrase after a preposition: "in general".
    FIXED, "english/fixed-adjectives.txt"
);

fn is_fixed(last: &Token<'_>) -> bool {
    last.is_listed(FIXED)
}
