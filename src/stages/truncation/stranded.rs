//! Prepositions and verbs at an open end: left without their noun by what precedes them, or waiting for what follows.

use super::Tail;
use super::explained::PREPOSITIONS;
use super::role::Prose;
use crate::data::list;
use crate::english::clause::Tag;
use crate::english::lexicon::{self, Classes};
use crate::english::token::Token;

/// "where it all comes from", "hard to get into": a preposition whose noun stands before it.
pub(super) fn is_stranded(tail: &Tail<'_>) -> bool {
    let tags = &tail.reading().tags;
    let words = tail.sentence();
    let last = words.len() - 1;
    let after_verb = matches!(tags[..], [.., Tag::Finite | Tag::Base | Tag::Participle, _]);
    let after_be = matches!(tags[..], [.., Tag::Auxiliary | Tag::Be, _]);
    let after = |words_before: &[&str]| last > 0 && words[last - 1].is_any(words_before);
    // "operas and the like"
    if words[last].is("between") && after(&["far", "halfway", "in", "midway", "somewhere"])
        || words[last].is("like") && after(&["the"])
    {
        return true;
    }
    if !after_verb && !after_be && !matches!(tags[..], [.., Tag::Noun | Tag::Particle, _]) {
        return false;
    }
    // "what the end of it looks like"
    if words[last].is("like") && words[..last].iter().any(|w| w.is_any(&["how", "what"])) {
        return true;
    }
    let from = last.saturating_sub(7);
    let to = tags[last] == Tag::To;
    if to && !words[last - 1].is_listed(TAKES_TO) {
        return false;
    }
    // "what the hall of the house is made of", "the answer that the board looked for"
    let asked = (last.saturating_sub(CLAUSE)..last).any(|at| {
        let points = words[at].is("that") && at > 0 && tags[at - 1] == Tag::Noun && !words[at - 1].pauses();
        let subject = matches!(tags[at + 1], Tag::Noun | Tag::Name | Tag::Adjective | Tag::Article);
        let pronoun = matches!(tags[at + 1], Tag::Subject | Tag::Pronoun) && at >= from;
        // "in what way": the preposition before it has it.
        let asks = words[at].is_any(&STRANDING) && (at == 0 || !words[at - 1].is_any(&PREPOSITIONS));
        let verb = after_verb || asks && after_be;
        (asks || points) && (subject && verb || pronoun)
    });
    // "the world we live in"
    let contact = (from.max(1)..last).any(|at| {
        // "the noise you're used to"
        let bare = words[at].word.split(['\'', '’']).next().unwrap_or_default();
        let subject = SUBJECTS.iter().any(|word| word.eq_ignore_ascii_case(bare));
        subject && (after_verb || after_be) && tags[at - 1] == Tag::Noun && !words[at - 1].pauses()
    });
    let tough = (from..last).any(|at| tags[at] == Tag::To && at > 0 && words[at - 1].is_any(&TOUGH));
    asked || contact || tough
}

/// Words of a clause that ends in a preposition.
const CLAUSE: usize = 12;

/// Pronouns with which a clause begins that has lost its "that".
const SUBJECTS: [&str; 10] = ["everybody", "everyone", "he", "i", "it", "nobody", "she", "they", "we", "you"];

list!(
    /// Verbs with "to" that may lose their noun: "the man he spoke to".
    TAKES_TO, "english/takes-to.txt"
);

/// Words after which a preposition may lose its noun.
const STRANDING: [&str; 8] = ["how", "things", "what", "whatever", "where", "which", "who", "whom"];

/// "easy to live with"
const TOUGH: [&str; 8] = ["difficult", "easier", "easy", "fun", "hard", "harder", "impossible", "nothing"];

/// "What it is", "where they come from": the words of a question or a heading may end so.
pub(super) fn heads_question(tail: &Tail<'_>) -> bool {
    let words = tail.sentence();
    words.len() < 12
        && words.first().is_some_and(|w| {
            lexicon::closed(w.word).starts_with('W') || (words.len() < 8 && lexicon::closed(w.word).starts_with('S'))
        })
}

/// "what it is", "how high the tide was": a question inside the sentence ends in its verb.
pub(super) fn asks_indirectly(tail: &Tail<'_>) -> bool {
    let words = tail.sentence();
    let last = words.len() - 1;
    // "the best team there ever was"
    let there = words[..last].iter().rposition(|w| !w.is("ever"));
    if let Some(at) = there.filter(|&at| words[at].is("there")) {
        let near = &words[at.saturating_sub(4)..at];
        if tail.prose() < Prose::Strong {
            return at == 0 || near.iter().any(|w| w.word.ends_with("est") || w.is_any(&THERE));
        }
        if near.iter().any(is_superlative) {
            return true;
        }
    }
    let tags = &tail.reading().tags;
    let from = last.saturating_sub(10);
    // "than words ever would"
    if words[from..last].iter().any(|w| w.is("than")) {
        return true;
    }
    (from..last.saturating_sub(1)).any(|at| {
        let relative = at > 0
            && (matches!(tags[at - 1], Tag::Noun | Tag::Name | Tag::Pronoun | Tag::Determiner)
                || words[at - 1].pauses());
        let asks = words[at].is_any(&["what", "how", "why"]) || (words[at].is_any(&["who", "where"]) && !relative);
        let apart = || words[at..last].iter().any(Token::pauses);
        asks && !apart()
    })
}

/// "the best there is", "the least honest man there was"
fn is_superlative(word: &Token<'_>) -> bool {
    word.is_any(&["best", "least", "most", "worst"])
        || word.word.ends_with("est") && lexicon::classes(word.word).only(Classes::ADJECTIVE)
}

/// Words before "there" where a sentence may end in its verb: "all there is".
const THERE: [&str; 9] = ["all", "as", "best", "first", "last", "most", "only", "than", "what"];

list!(
    /// What is put on or switched on.
    WORN, "english/worn.txt"
);

list!(
    /// Prepositions that are adverbs as well and end many a sentence: "gave up".
    ADVERBS, "english/adverb-particles.txt"
);

list!(
    /// Words after which "on" ends a sentence: "life goes on".
    BEFORE_ON, "english/before-on.txt"
);

/// Prepositions that end sentences only as parts of verbs.
pub(super) fn particle_asks(last: &Token<'_>, before: &[Token<'_>], strong: bool) -> bool {
    if last.is_listed(ADVERBS) {
        return false;
    }
    if before.last().is_some_and(|w| w.is_listed(BEFORE_ON)) && last.is("on") {
        return false;
    }
    // "put your coat on", "left the lights on"
    if last.is("on") && before.last().is_some_and(|w| w.is_listed(WORN)) {
        return false;
    }
    // "left the keys behind"
    let leaves = || before.iter().any(|w| w.is_any(&["fall", "fell", "leave", "leaves", "leaving", "left"]));
    if last.is("behind") && leaves() {
        return false;
    }
    // "plug it in", "go under"
    let following = |words: &[&str]| before.last().is_some_and(|w| w.is_any(words));
    if !strong && last.is_any(&["in", "on"]) && following(&["him", "it", "me", "them", "us"])
        || last.is("under") && following(&["go", "goes", "going", "gone", "went"])
    {
        return false;
    }
    if last.is_any(&["after", "before", "since"]) {
        return after_noun(last, before);
    }
    if last.is_any(&["around", "through", "behind"]) {
        return strong && before.last().is_some_and(|w| !lexicon::classes(w.word).any(Classes::BASE.or(Classes::PAST)));
    }
    true
}

/// "at the airport before", "in 2003 after": a noun that is no time ("the week before") asks for what came next.
fn after_noun(last: &Token<'_>, before: &[Token<'_>]) -> bool {
    let Some(word) = before.last() else {
        return false;
    };
    if !word.trail.is_empty() {
        return word.trail == ",";
    }
    if word.is_listed(TIMES) {
        let counted = before.len() > 1 && before[before.len() - 2].is_any(&["a", "an"]);
        // "a day after", "in the hours before"
        return counted && last.is("after")
            || before.len() > 2 && word.word.ends_with('s') && before[before.len() - 3].is("in");
    }
    let perfect = || before.iter().any(|w| w.is_any(&["has", "have", "had", "not", "never"]) || w.is_negated());
    if last.is_any(&["before", "since"]) && perfect() {
        return false;
    }
    let classes = lexicon::classes(word.word);
    let noun = classes.any(Classes::NOUN.or(Classes::PLURAL))
        && !classes.any(Classes::PAST.or(Classes::BASE).or(Classes::ADVERB));
    lexicon::closed(word.word).is_empty() && (word.is_capital() || word.is_number() || noun)
}

list!(
    /// Times that "before", "after" and "since" may follow.
    TIMES, "english/times.txt"
);
