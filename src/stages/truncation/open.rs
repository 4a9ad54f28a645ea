//! A paragraph without closing punctuation: is only the period missing, or the rest of the sentence?

use super::Tail;
use super::role::{Prose, is_more_than_name};
use super::{abbreviation, country};
use crate::document::block::Layout;
use crate::english::clause::Tag;
use crate::english::lexicon::{self, Classes};
use crate::english::token::Token;

/// Whether the rest is missing behind a last word without punctuation.
pub(crate) fn is_cut(tail: &Tail<'_>) -> bool {
    let words = tail.sentence();
    let Some((last, before)) = words.split_last() else {
        return false;
    };
    if country::is_country(last.word) {
        // With or without its period: a later stage may put or take it.
        return abbreviation::is_cut(tail);
    }
    if !last.trail.is_empty() {
        // A closing quotation mark or bracket: the sentence has an end.
        return tail.prose() == Prose::Strong && !tail.reading().main_verb && tail.reading().open_clause;
    }
    if tail.prose() == Prose::Strong && tail.reading().open_bracket {
        return true;
    }
    if is_title(last, before) {
        return true;
    }
    word_asks(tail, last, before) || lacks_verb(tail)
}

/// A line of one short sentence in which no second clause begins, and that ends in a number, a name or an ordinary noun:
/// whether it is a heading or a sentence, its end is whole. The common case, told without a reading.
pub(crate) fn is_plain(tail: &Tail<'_>) -> bool {
    let words = &tail.words[..];
    let Some((last, before)) = words.split_last() else {
        return false;
    };
    tail.context.shape.layout == Layout::Listed
        && tail.start == 0
        && words.len() < 25
        && last.lead.is_empty()
        && last.trail.is_empty()
        && (last.is_number() || is_plain_name(last, before) || is_plain_noun(last))
        && !words.iter().any(may_open_clause)
}

fn is_plain_name(last: &Token<'_>, before: &[Token<'_>]) -> bool {
    !before.is_empty()
        && last.is_capital()
        && lexicon::closed(last.word).is_empty()
        && !is_title(last, before)
        && !country::is_country(last.word)
}

fn is_plain_noun(last: &Token<'_>) -> bool {
    is_ordinary(last) && lexicon::classes(last.word).any(Classes::NOUN.or(Classes::PLURAL))
}

/// Whether a clause that waits for its verb may begin with a word or behind it (english/clause).
fn may_open_clause(word: &Token<'_>) -> bool {
    lexicon::closed(word.word).contains(['S', 'T', 'W', 'J', 'Y'])
        || word.is_any(&["as", "but", "it", "there", "said", "says", "say", "thinks", "think"])
        || word.word.contains(['\'', '’'])
        || !matches!(word.lead, "" | "'" | "‘")
        || !matches!(word.trail, "" | "'" | "’" | "." | ",")
}

/// A paragraph that ends in a comma: not a letter's salutation or closing, nor an address.
pub(crate) fn at_comma(tail: &Tail<'_>) -> bool {
    let words = tail.sentence();
    let greets = words.iter().rev().take(8).any(|w| w.is_any(&CLOSINGS)) && words.len() < 16;
    match tail.prose() {
        _ if greets => false,
        Prose::Strong | Prose::Sentence => true,
        _ => {
            let lower = words.iter().filter(|w| w.is_lower()).count();
            words.len() > 5 && lower * 2 > words.len() && (tail.reading().main_verb || words.len() > 7)
        }
    }
}

/// Words of a letter's closing.
const CLOSINGS: [&str; 11] = [
    "regards",
    "wishes",
    "yours",
    "sincerely",
    "truly",
    "faithfully",
    "cordially",
    "respectfully",
    "dear",
    "greetings",
    "thanks",
];

/// "Mr", "Mrs", "Dr" as they are written without a period.
fn is_title(last: &Token<'_>, before: &[Token<'_>]) -> bool {
    matches!(last.word, "Mr" | "Mrs" | "Ms" | "Messrs") && before.len() > 2
}

/// Whether the last word cannot end a sentence.
fn word_asks(tail: &Tail<'_>, last: &Token<'_>, before: &[Token<'_>]) -> bool {
    if is_plain_line(tail, last) {
        return false;
    }
    let Some(&tag) = tail.reading().tags.last() else {
        return false;
    };
    let long = tail.sentence().len() > 6;
    let sure = tail.prose() >= Prose::Sentence || (long && !heads_question(tail));
    if last.is_any(&["though", "so", "here", "there"]) {
        return false;
    }
    if last.is_any(&LINKING) {
        return sure && !asks_indirectly(tail);
    }
    if last.is("other") {
        return sure && before.last().is_some_and(|w| w.is_any(&["or", "and", "any", "no"]));
    }
    match tag {
        Tag::Article => sure && !last.word.contains(['\'', '’']) && !last.is_capital(),
        Tag::Coordinator | Tag::Subordinator if last.is_lower() => sure && !is_at_question(tail),
        Tag::Preposition | Tag::To if last.is_lower() => sure && !is_at_question(tail) && !is_stranded(tail),
        Tag::Particle => sure && particle_asks(last, before, tail.prose() == Prose::Strong) && !is_stranded(tail),
        Tag::Base if lexicon::closed(last.word).contains('A') => sure && long,
        Tag::Auxiliary | Tag::Be => sure && (long || tail.start > 0) && !is_at_question(tail) && !asks_indirectly(tail),
        Tag::Subject => {
            let paired = before.last().is_some_and(|w| w.is_any(&["and", "than", "as"]));
            sure && !is_at_question(tail) && !(last.is("I") && paired)
        }
        Tag::Determiner => sure && last.is_any(&["no", "such", "these", "those", "every", "either", "neither"]),
        Tag::Wh => sure && !is_at_question(tail),
        Tag::Adverb => sure && (adverb_asks(tail) || last.is_any(&DEGREES)),
        Tag::Not => sure,
        _ => half_word(last, tail) || adjective_asks(last, tail) || (sure && asks_object(last, tail)),
    }
}

/// "the crew were offered", "she was handed": the passive of a verb with two objects still has one to come.
fn asks_object(last: &Token<'_>, tail: &Tail<'_>) -> bool {
    let behind_be = matches!(tail.reading().tags.iter().rev().nth(1), Some(Tag::Be | Tag::Auxiliary));
    behind_be && last.is_any(&DITRANSITIVE)
}

/// Verbs with two objects.
const DITRANSITIVE: [&str; 4] = ["given", "handed", "offered", "promised"];

/// Words that ask for a complement.
const LINKING: [&str; 7] = ["according", "became", "become", "becomes", "seem", "seems", "seemed"];

/// A line that may be a heading and ends in an ordinary word, which asks for nothing whatever stands before it: the common
/// case, told without a reading of the clause.
fn is_plain_line(tail: &Tail<'_>, last: &Token<'_>) -> bool {
    tail.prose() == Prose::Line && is_ordinary(last) && (!may_be_half(tail) || lexicon::is_word(last.word))
}

/// A word of small letters that belongs to no closed class and asks for nothing.
fn is_ordinary(last: &Token<'_>) -> bool {
    let asks = || last.is("other") || [&LINKING[..], &DEGREES, &DITRANSITIVE].iter().any(|words| last.is_any(words));
    last.word.bytes().all(|b| b.is_ascii_lowercase()) && lexicon::closed(last.word).is_empty() && !asks()
}

/// Adverbs that stand before what they grade.
const DEGREES: [&str; 11] =
    ["very", "only", "just", "even", "quite", "rather", "nearly", "almost", "merely", "hardly", "barely"];

/// "where it all comes from": a preposition that a question or a heading leaves behind its verb.
fn is_stranded(tail: &Tail<'_>) -> bool {
    let tags = &tail.reading().tags;
    let behind_verb = matches!(tags[..], [.., Tag::Finite | Tag::Base | Tag::Participle, _]);
    let asked = tail
        .sentence()
        .iter()
        .any(|w| w.is_any(&["where", "what", "who", "whom", "which", "how", "why", "whatever", "things"]));
    tail.prose() < Prose::Strong && behind_verb && asked
}

/// "What it is", "where they come from": the words of a question or a heading may end so.
fn is_at_question(tail: &Tail<'_>) -> bool {
    tail.prose() < Prose::Strong && heads_question(tail)
}

fn heads_question(tail: &Tail<'_>) -> bool {
    let words = tail.sentence();
    words.len() < 12
        && words.first().is_some_and(|w| {
            lexicon::closed(w.word).starts_with('W') || (words.len() < 8 && lexicon::closed(w.word).starts_with('S'))
        })
}

/// "he would likely", "to also": a verb is to come.
fn adverb_asks(tail: &Tail<'_>) -> bool {
    let tags = &tail.reading().tags;
    let words = tail.sentence();
    let at = tags.iter().rposition(|t| *t != Tag::Adverb);
    let before = at.map(|at| tags[at]);
    // "as it possibly", but "do it quickly".
    let joined = at.is_some_and(|at| {
        at > 0
            && words[at].is_any(&["it", "you", "there"])
            && (tags[at - 1] == Tag::Subordinator || lexicon::closed(words[at - 1].word).contains('k'))
    });
    (joined || matches!(before, Some(Tag::Auxiliary | Tag::To | Tag::Subject)))
        && tail.prose() == Prose::Strong
        && !tail.sentence().last().is_some_and(|w| {
            w.is_any(&["so", "too", "not", "now", "then", "again", "never", "either", "often", "always"])
        })
}

/// "what it is", "how high the tide was": a question inside the sentence ends in its verb.
fn asks_indirectly(tail: &Tail<'_>) -> bool {
    let words = tail.sentence();
    // "the best team there ever was"
    let there = words.iter().rev().skip(1).find(|w| !w.is("ever"));
    if there.is_some_and(|w| w.is("there")) && tail.prose() < Prose::Strong {
        return true;
    }
    let tags = &tail.reading().tags;
    let from = words.len().saturating_sub(8);
    (from..words.len().saturating_sub(1)).any(|at| {
        let relative = at > 0
            && (matches!(tags[at - 1], Tag::Noun | Tag::Name | Tag::Pronoun | Tag::Determiner)
                || words[at - 1].pauses());
        words[at].is_any(&["what", "how", "why"]) || (words[at].is_any(&["who", "where"]) && !relative)
    })
}

/// Prepositions that end sentences only as parts of verbs.
fn particle_asks(last: &Token<'_>, before: &[Token<'_>], strong: bool) -> bool {
    if last.is_any(&[
        "up",
        "off",
        "down",
        "away",
        "back",
        "together",
        "out",
        "over",
        "along",
        "aboard",
        "besides",
        "past",
        "inside",
        "outside",
        "underneath",
        "below",
        "above",
    ]) {
        return false;
    }
    if before.last().is_some_and(|w| {
        w.is_any(&[
            "and", "so", "moving", "goes", "go", "went", "going", "gone", "always", "later", "early", "carry",
            "carried", "moved", "move", "is", "are", "was", "were",
        ])
    }) && last.is("on")
    {
        return false;
    }
    if last.is_any(&["before", "since", "around", "through", "behind", "after"]) {
        return strong
            && before
                .last()
                .is_some_and(|w| w.is_capital() || !lexicon::classes(w.word).any(Classes::BASE.or(Classes::PAST)));
    }
    true
}

/// Whether so much of a text is there that its last word can be told for a half one.
fn may_be_half(tail: &Tail<'_>) -> bool {
    let articles = || tail.words.iter().any(|w| lexicon::closed(w.word).contains('D'));
    tail.prose() >= Prose::Sentence || tail.prose() == Prose::Line && tail.words.len() > 7 && articles()
}

/// Letters that are no word but begin one.
fn half_word(last: &Token<'_>, tail: &Tail<'_>) -> bool {
    if !may_be_half(tail) || !last.word.bytes().all(|b| b.is_ascii_lowercase()) || last.word.len() < 2 {
        return false;
    }
    !lexicon::is_word(last.word)
        && lexicon::begins_word(last.word)
        && lexicon::abbreviation(last.word).is_empty()
        && !tail.words[..tail.words.len() - 1].iter().any(|w| w.is(last.word))
}

/// An adjective that is no noun, behind an article or a preposition.
fn adjective_asks(last: &Token<'_>, tail: &Tail<'_>) -> bool {
    if tail.prose() < Prose::Sentence || !last.is_lower() || last.word.contains('-') {
        return false;
    }
    let classes = lexicon::classes(last.word);
    if !classes.only(Classes::ADJECTIVE) {
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
        Tag::Article if words[opener].is("the") => !words[at].is(last.word) || is_attributive(last),
        Tag::Article => true,
        Tag::Preposition | Tag::Particle if words[opener].trail.is_empty() => {
            !words[opener].is_any(&["as", "for", "in", "at", "of", "than"]) || !is_fixed(last)
        }
        _ => false,
    }
}

/// An adjective that is hardly used as a noun behind "the".
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

fn is_fixed(last: &Token<'_>) -> bool {
    last.is_any(&[
        "free",
        "full",
        "general",
        "large",
        "good",
        "last",
        "least",
        "most",
        "short",
        "vain",
        "particular",
        "public",
        "private",
        "common",
        "brief",
        "secret",
        "sure",
        "certain",
        "possible",
        "usual",
        "possible",
        "best",
        "expected",
    ])
}

/// "And the second charge", "Party leader Ann Lowe": a subject that waits for its verb.
fn is_bare_subject(tail: &Tail<'_>) -> bool {
    let words = tail.sentence();
    let tags = &tail.reading().tags;
    let opens = matches!(tags.first(), Some(Tag::Coordinator)) && matches!(tags.get(1), Some(Tag::Article | Tag::Name));
    let titled = words.len() > 3
        && words.last().is_some_and(Token::is_capital)
        && words.iter().any(Token::is_lower)
        && words.iter().all(|w| !w.pauses() && (w.is_capital() || w.is_lower() && lexicon::closed(w.word).is_empty()));
    let short = matches!(tags.first(), Some(Tag::Article))
        && (2..7).contains(&words.len())
        && words.last().is_some_and(|w| w.is_lower() && !w.is("end"));
    (opens && words.len() > 3 && words.last().is_some_and(Token::is_lower))
        || short
        || (titled && tags[0] != Tag::Participle)
}

/// Whether the clauses lack a verb, in a paragraph that is prose.
fn lacks_verb(tail: &Tail<'_>) -> bool {
    let reading = tail.reading();
    match tail.prose() {
        Prose::Strong => {
            reading.open_clause
                || (!reading.main_verb
                    && tail.start > 0
                    && (is_more_than_name(tail.sentence(), reading) || is_bare_subject(tail)))
        }
        Prose::Sentence => reading.open_clause && !heads_question(tail),
        _ => false,
    }
}
