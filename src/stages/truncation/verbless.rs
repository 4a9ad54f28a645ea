//! A last sentence without punctuation and without a verb: cut, or a note?

use super::Tail;
use super::role::{Prose, is_more_than_name};
use crate::data::list;
use crate::english::clause::{self, Tag};
use crate::english::sentence;
use crate::english::token::Token;
use crate::reasons::Reason;

/// Why the clauses lack a verb, in a paragraph that is prose, if they do.
pub(super) fn lacks_verb(tail: &Tail<'_>) -> Option<Reason> {
    if is_rest(tail) {
        return None;
    }
    let reading = tail.reading();
    match tail.prose() {
        Prose::Strong if reading.open_clause => Some(Reason::LikelyClause),
        Prose::Strong => {
            let lacks = !reading.main_verb
                && tail.start > 0
                && !is_telegraphic(tail)
                && (is_more_than_name(tail.sentence(), reading) || is_bare_subject(tail) || is_bare_phrase(tail));
            lacks.then_some(Reason::LikelyVerb)
        }
        Prose::Sentence => reading.open_clause.then_some(Reason::LikelyClause),
        _ => None,
    }
}

/// "sent to the house by the U.N.": what begins with a lowercase letter is the rest of something that may have the verb.
pub(super) fn is_rest(tail: &Tail<'_>) -> bool {
    tail.start == 0 && tail.words.first().is_some_and(Token::is_lower)
}

/// "And the second charge", "Mr. Lowe": a subject that waits for its verb.
fn is_bare_subject(tail: &Tail<'_>) -> bool {
    let words = tail.sentence();
    let tags = &tail.reading().tags;
    let held = words.iter().take(3).rposition(|w| w.is_listed(OFFICES)).is_some_and(|at| at + 1 < words.len());
    let named = (2..6).contains(&words.len())
        && (held || words[0].is_any(&["Dr", "Miss", "Mr", "Mrs", "Ms"]))
        && words.iter().all(|w| w.is_capital() && !w.pauses())
        && tail.words[tail.start - 1].trail.starts_with('.');
    // "But Sir Edward"
    let joined = matches!(tags.first(), Some(Tag::Coordinator)) && words.len() > 1;
    joined || named
}

list!(
    /// Offices and ranks that come before a person's name.
    OFFICES,
    "english/offices.txt"
);

/// "These days, students", "The Dow", "Partly because of the show, the district": a last sentence that is no credit, no label
/// and no aside.
pub(super) fn is_bare_phrase(tail: &Tail<'_>) -> bool {
    let words = tail.sentence();
    let tags = &tail.reading().tags;
    let closed = tail.words[tail.start - 1].trail.contains(['.', '"', '”', ')']);
    let more = words[0].is("more") && (words.len() < 4 || words[1].is_any(&["about", "from", "on"]));
    let label = more || words.iter().take(3).any(|w| w.trail.contains(':')) || words.iter().any(|w| w.is("by"));
    let aside = matches!(tags[0], Tag::Adverb | Tag::Not | Tag::Number | Tag::Participle | Tag::Base | Tag::To)
        || words[0].is_any(&["least", "maybe", "most", "oh", "ok", "okay", "well", "yeah"]);
    // "Now, the museum"
    let opens = words[0].pauses() && matches!(tags.get(1), Some(Tag::Article | Tag::Determiner | Tag::Name));
    // "One of the likely uses", "Almost 60 % of households"
    let of = words.iter().position(|w| w.is("of"));
    let counted = of.is_some_and(|at| at < 4 && at > 0);
    let aside = aside && !opens && !counted;
    let phrase = words.iter().zip(tags).any(|(w, tag)| w.is_lower() || matches!(tag, Tag::Article | Tag::Preposition));
    closed && phrase && !label && !aside && words.len() > 1 && words.iter().all(|w| !w.word.is_empty())
}

/// Whether the sentence before the last one has no verb either, as in notes and small ads, or is a question.
pub(super) fn is_telegraphic(tail: &Tail<'_>) -> bool {
    if tail.start == 0 {
        return false;
    }
    let start = (1..tail.start).rev().find(|&at| sentence::begins(&tail.words, at)).unwrap_or(0);
    let before = &tail.words[start..tail.start];
    before.iter().any(|w| w.trail.contains('?')) || !clause::read(before).main_verb
}
