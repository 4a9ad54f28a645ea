//! A paragraph without closing punctuation: is only the period missing, or the rest of the sentence?

use super::Tail;
use super::role::{Prose, is_more_than_name};
use super::{abbreviation, country};
use crate::data::list;
use crate::english::clause::{self, POINTING, Tag};
use crate::english::lexicon::{self, Classes};
use crate::english::sentence;
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
        return tail.prose == Prose::Strong && !tail.reading().main_verb && tail.reading().open_clause;
    }
    if tail.prose == Prose::Strong && tail.reading().open_bracket {
        return true;
    }
    if is_title(last, before) {
        return true;
    }
    if is_listing(last, before) {
        return false;
    }
    word_asks(tail, last, before) || lacks_verb(tail)
}

/// A paragraph that ends in a comma: not a letter's salutation or closing, nor an address.
pub(crate) fn at_comma(tail: &Tail<'_>) -> bool {
    let words = tail.sentence();
    let greets = words.iter().rev().take(8).any(|w| w.is_any(&CLOSINGS)) && words.len() < 16;
    match tail.prose {
        _ if greets => false,
        Prose::Strong | Prose::Sentence => true,
        _ => {
            let lower = words.iter().filter(|w| w.is_lower()).count();
            let many = lower * 2 > words.len() || (words.len() > 8 && lower > 2);
            words.len() > 5 && many && (tail.reading().main_verb || words.len() > 7)
        }
    }
}

/// "…; and": an item of a list goes on with the next item.
fn is_listing(last: &Token<'_>, before: &[Token<'_>]) -> bool {
    last.is_any(&["and", "or"]) && before.last().is_some_and(|w| w.trail.contains(';'))
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
    let sure = tail.prose >= Prose::Sentence || (long && !heads_question(tail));
    if last.is_any(&["though", "so", "here", "there"]) {
        return false;
    }
    if last.is("his") {
        return sure && !before.last().is_some_and(|w| w.is_any(&HIS) || lexicon::closed(w.word).contains('A'));
    }
    if last.is("this") {
        return sure && before.last().is_some_and(|w| w.is_any(&["early", "earlier", "late", "later"]));
    }
    if last.is("that") && before.last().is_some_and(|w| w.is_any(&POINTING)) {
        return false;
    }
    if last.is_any(&["next", "last"]) {
        return sure && before.last().is_some_and(|w| w.is_any(&["by", "for", "from", "since", "until"]));
    }
    if last.is_any(&LINKING) {
        return sure && !asks_indirectly(tail);
    }
    if last.is("other") {
        let like = before.len() > 1 && before[before.len() - 2].is("like");
        return sure && !like && before.last().is_some_and(asks_other);
    }
    match tag {
        Tag::Article => {
            let bare = !last.word.contains(['\'', '’']) && last.is_lower();
            bare && (sure || tail.prose == Prose::Line && tail.sentence().len() > 3)
        }
        Tag::Coordinator | Tag::Subordinator if last.is_lower() => sure && !is_at_question(tail),
        Tag::Preposition | Tag::To if last.is_lower() => sure && !is_at_question(tail) && !is_stranded(tail),
        Tag::Particle => sure && particle_asks(last, before, tail.prose == Prose::Strong) && !is_stranded(tail),
        Tag::Base if lexicon::closed(last.word).contains('A') => sure && long,
        Tag::Auxiliary | Tag::Be => sure && (long || tail.start > 0) && !is_at_question(tail) && !asks_indirectly(tail),
        Tag::Subject => {
            let paired = before.last().is_some_and(|w| w.is_any(&["and", "than", "as"]));
            sure && !is_at_question(tail) && !(last.is("I") && paired)
        }
        Tag::Determiner if last.is_any(&["these", "those"]) => {
            sure && !before.last().is_some_and(|w| w.is_any(&["as", "like", "of", "than"]))
        }
        Tag::Determiner => {
            let apart = before.last().is_none_or(|w| w.pauses() || w.is("no"));
            sure && !apart && last.is_any(&["no", "such", "every", "either", "neither"])
        }
        Tag::Wh => sure && !is_at_question(tail),
        Tag::Adverb => sure && (adverb_asks(tail) || last.is_any(&DEGREES)),
        Tag::Not => sure,
        _ => half_word(last, tail) || adjective_asks(last, tail) || (sure && asks_object(last, tail)),
    }
}

/// "of other", "or other", but "the other", "each other".
fn asks_other(before: &Token<'_>) -> bool {
    let closed = lexicon::closed(before.word);
    before.trail.is_empty()
        && (closed.contains(['P', 'p', 'k']) || before.is_any(&["and", "any", "many", "no", "or", "some"]))
}

/// "the crew were offered", "she was handed": the passive of a verb with two objects still has one to come.
fn asks_object(last: &Token<'_>, tail: &Tail<'_>) -> bool {
    let tags = &tail.reading().tags;
    let behind_be = matches!(tags[..], [.., Tag::Be | Tag::Auxiliary, _]);
    let words = tail.sentence();
    // "no estimate was given" is whole: the subject is what was given.
    let person =
        || tags.iter().zip(words).any(|(tag, w)| matches!(tag, Tag::Subject | Tag::Name) || w.is_any(&PERSONS));
    behind_be && last.is_any(&DITRANSITIVE) && person()
}

/// Groups that are given something.
const PERSONS: [&str; 10] =
    ["children", "crew", "family", "men", "people", "staff", "students", "team", "women", "workers"];

/// Verbs with two objects.
const DITRANSITIVE: [&str; 4] = ["given", "handed", "offered", "promised"];

/// "a friend of his", "not like his": what stands before "his" where it is no article.
const HIS: [&str; 7] = ["and", "as", "be", "become", "like", "of", "than"];

/// Words that ask for a complement.
const LINKING: [&str; 7] = ["according", "became", "become", "becomes", "seem", "seems", "seemed"];

/// A line that may be a heading and ends in an ordinary word, which asks for nothing whatever stands before it: the common
/// case, told without a reading of the clause.
fn is_plain_line(tail: &Tail<'_>, last: &Token<'_>) -> bool {
    let ordinary = last.word.bytes().all(|b| b.is_ascii_lowercase()) && lexicon::closed(last.word).is_empty();
    let asks = || last.is("other") || [&LINKING[..], &DEGREES, &DITRANSITIVE].iter().any(|words| last.is_any(words));
    tail.prose == Prose::Line && ordinary && !asks() && (!may_be_half(tail) || lexicon::is_word(last.word))
}

/// Adverbs that stand before what they grade.
const DEGREES: [&str; 11] =
    ["very", "only", "just", "even", "quite", "rather", "nearly", "almost", "merely", "hardly", "barely"];

/// "where it all comes from", "hard to get into": a preposition whose noun stands before it.
fn is_stranded(tail: &Tail<'_>) -> bool {
    let tags = &tail.reading().tags;
    let words = tail.sentence();
    let last = words.len() - 1;
    if !matches!(tags[..], [.., Tag::Finite | Tag::Base | Tag::Participle | Tag::Noun | Tag::Particle, _]) {
        return false;
    }
    let behind_verb = matches!(tags[..], [.., Tag::Finite | Tag::Base | Tag::Participle, _]);
    let from = last.saturating_sub(7);
    let to = tags[last] == Tag::To;
    if to && !words[last - 1].is_any(&TAKES_TO) {
        return false;
    }
    let asked = (from..last).any(|at| {
        // "what stars are made of"
        let noun =
            words[at].is("what") && at + 3 < last && matches!(tags[at + 1], Tag::Noun | Tag::Name | Tag::Adjective);
        words[at].is_any(&STRANDING) && (noun || matches!(tags[at + 1], Tag::Subject | Tag::Pronoun))
    });
    // "the world we live in"
    let contact = (from.max(1)..last).any(|at| {
        let subject = tags[at] == Tag::Subject || words[at].is_any(&["everybody", "everyone", "it", "nobody", "you"]);
        subject && behind_verb && tags[at - 1] == Tag::Noun && !words[at - 1].pauses() && !words[at - 1].is_any(&TIMES)
    });
    let tough = behind_verb
        && (from..last).any(|at| tags[at] == Tag::To && at > 0 && words[at - 1].is_any(&TOUGH) && last - at < 5);
    let heading = behind_verb && is_at_question(tail);
    asked || contact || tough || heading
}

/// Verbs with "to" that may lose their noun: "the man he spoke to".
const TAKES_TO: [&str; 18] = [
    "belong", "belonged", "belongs", "go", "goes", "going", "headed", "led", "listen", "listened", "moved", "refer",
    "referred", "speak", "speaking", "spoke", "talk", "talked",
];

/// Words behind which a preposition may lose its noun.
const STRANDING: [&str; 8] = ["how", "things", "what", "whatever", "where", "which", "who", "whom"];

/// "easy to live with"
const TOUGH: [&str; 8] = ["difficult", "easier", "easy", "fun", "hard", "harder", "impossible", "nothing"];

/// "What it is", "where they come from": the words of a question or a heading may end so.
fn is_at_question(tail: &Tail<'_>) -> bool {
    tail.prose < Prose::Strong && heads_question(tail)
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
    // "is likely" is whole, "would likely" is not.
    let last = words.last().filter(|w| w.is("likely") && words.len() > 1);
    if last.is_some() && at.is_some_and(|at| !lexicon::closed(words[at].word).contains(['M', 't'])) {
        return false;
    }
    (joined || matches!(before, Some(Tag::Auxiliary | Tag::To | Tag::Subject)))
        && tail.prose == Prose::Strong
        && !tail.sentence().last().is_some_and(|w| {
            w.is_any(&["so", "too", "not", "now", "then", "again", "never", "either", "often", "always"])
        })
}

/// "what it is", "how high the tide was": a question inside the sentence ends in its verb.
fn asks_indirectly(tail: &Tail<'_>) -> bool {
    let words = tail.sentence();
    let last = words.len() - 1;
    // "the best team there ever was"
    let there = words[..last].iter().rposition(|w| !w.is("ever"));
    if let Some(at) = there.filter(|&at| words[at].is("there") && tail.prose < Prose::Strong) {
        return at == 0 || words[at.saturating_sub(4)..at].iter().any(|w| w.word.ends_with("est") || w.is_any(&THERE));
    }
    let tags = &tail.reading().tags;
    let from = last.saturating_sub(10);
    // "than words ever would"
    let than = (from..last).any(|at| words[at].is("than") && !words[at + 1].is_number());
    if than && is_verbal_aux(&words[last]) {
        return true;
    }
    (from..last.saturating_sub(1)).any(|at| {
        let relative = at > 0
            && (matches!(tags[at - 1], Tag::Noun | Tag::Name | Tag::Pronoun | Tag::Determiner)
                || words[at - 1].pauses());
        let asks = words[at].is_any(&["what", "how", "why"]) || (words[at].is_any(&["who", "where"]) && !relative);
        let apart = || words[at..last].iter().any(Token::pauses);
        asks && !apart()
            && !tags[at + 1..last].iter().any(|&tag| is_joint(tag) || matches!(tag, Tag::Wh | Tag::Auxiliary))
    })
}

/// Words before "there" where a sentence may end in its verb: "all there is".
const THERE: [&str; 9] = ["all", "as", "best", "first", "last", "most", "only", "than", "what"];

/// Whether a word joins clauses.
fn is_joint(tag: Tag) -> bool {
    matches!(tag, Tag::Subordinator | Tag::Coordinator)
}

/// Auxiliaries that stand for a whole verb phrase behind "than".
fn is_verbal_aux(last: &Token<'_>) -> bool {
    last.is_any(&[
        "are", "can", "could", "did", "do", "does", "had", "has", "have", "is", "was", "were", "will", "would",
    ])
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
    // "plug it in", "go under"
    let behind = |words: &[&str]| before.last().is_some_and(|w| w.is_any(words));
    if !strong && last.is_any(&["in", "on"]) && behind(&["him", "it", "me", "them", "us"])
        || last.is("under") && behind(&["go", "goes", "going", "gone", "went"])
    {
        return false;
    }
    if last.is_any(&["after", "before", "since"]) {
        return behind_noun(last, before);
    }
    if last.is_any(&["around", "through", "behind"]) {
        let numbered = last.is("through") && before.last().is_some_and(Token::is_number);
        return numbered
            || strong
                && before
                    .last()
                    .is_some_and(|w| w.is_capital() || !lexicon::classes(w.word).any(Classes::BASE.or(Classes::PAST)));
    }
    true
}

/// "at the airport before", "in 2003 after": a noun that is no time ("the week before") asks for what came next.
fn behind_noun(last: &Token<'_>, before: &[Token<'_>]) -> bool {
    let Some(word) = before.last() else {
        return false;
    };
    if !word.trail.is_empty() {
        return word.trail == ",";
    }
    if word.is_any(&TIMES) && !last.is("since") {
        let counted = before.len() > 1 && {
            let counter = &before[before.len() - 2];
            counter.is_any(&["a", "an"])
                || counter.is_number()
                || lexicon::classes(counter.word).only(Classes::ADJECTIVE)
        };
        // "a day after", "in the hours before"
        return counted && last.is("after")
            || before.len() > 2
                && word.word.ends_with('s')
                && before[before.len() - 3].is("in")
                && before[before.len() - 2].is("the");
    }
    let perfect =
        || before.iter().any(|w| w.is_any(&["has", "have", "had", "not", "never"]) || w.word.ends_with("n't"));
    if last.is("since") && perfect() {
        return false;
    }
    let classes = lexicon::classes(word.word);
    let noun = classes.any(Classes::NOUN.or(Classes::PLURAL))
        && !classes.any(Classes::PAST.or(Classes::BASE).or(Classes::ADVERB));
    if word.is_any(&["and", "but", "that", "though", "today", "yesterday"]) {
        return true;
    }
    lexicon::closed(word.word).is_empty() && (word.is_capital() || word.is_number() || noun)
}

/// Times that "before", "after" and "since" may follow.
const TIMES: [&str; 25] = [
    "afternoon",
    "century",
    "centuries",
    "day",
    "days",
    "decade",
    "decades",
    "evening",
    "generation",
    "generations",
    "hour",
    "hours",
    "minute",
    "minutes",
    "moment",
    "moments",
    "month",
    "months",
    "morning",
    "night",
    "season",
    "week",
    "weeks",
    "year",
    "years",
];

/// Whether so much of a text is there that its last word can be told for a half one.
fn may_be_half(tail: &Tail<'_>) -> bool {
    let articles = || tail.words.iter().any(|w| lexicon::closed(w.word).contains('D'));
    tail.prose >= Prose::Sentence || tail.prose == Prose::Line && tail.words.len() > 7 && articles()
}

/// Letters that are no word but begin one.
fn half_word(last: &Token<'_>, tail: &Tail<'_>) -> bool {
    let word = last.word.rsplit('-').next().unwrap_or(last.word);
    if !may_be_half(tail) || !word.bytes().all(|b| b.is_ascii_lowercase()) || word.len() < 2 {
        return false;
    }
    !lexicon::is_word(word)
        && lexicon::begins_word(word)
        && !lexicon::abbreviation(last.word).contains(['c', 'e', 'h', 'l', 'n', 'u'])
        && !tail.words[..tail.words.len() - 1].iter().any(|w| w.is(last.word))
}

/// An adjective that is no noun, behind an article or a preposition.
fn adjective_asks(last: &Token<'_>, tail: &Tail<'_>) -> bool {
    let long = tail.prose == Prose::Line && tail.words.len() > 8;
    let closed = !lexicon::closed(last.word).is_empty();
    if closed || !(long || tail.prose >= Prose::Sentence) || !last.is_lower() || last.word.contains('-') {
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
        Tag::Article if words[opener].is("the") => attributive || !words[at].is(last.word) || is_attributive(last),
        Tag::Article => true,
        Tag::Preposition | Tag::Particle if words[opener].trail.is_empty() => {
            !words[opener].is_any(&["as", "away", "back", "down", "off", "out", "over", "up"])
                && !(words[opener].is_any(&["for", "in", "at", "of", "than"]) && is_fixed(last))
        }
        _ => false,
    }
}

list!(
    /// Adjectives that hardly ever stand without their noun.
    ATTRIBUTIVE, "english/attributive.txt"
);

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

/// "These days, students", "The Dow", "Partly because of the show, the district": a last sentence that is no credit, no label
/// and no aside.
fn is_bare_phrase(tail: &Tail<'_>) -> bool {
    let words = tail.sentence();
    let tags = &tail.reading().tags;
    let closed = tail.words[tail.start - 1].trail.contains(['.', '"', '”', ')']);
    let label = words.iter().take(3).any(|w| w.trail.contains(':')) || words.iter().any(|w| w.is("by"));
    let aside = matches!(tags[0], Tag::Adverb | Tag::Not | Tag::Number | Tag::Participle | Tag::Base | Tag::To);
    let phrase = words.iter().zip(tags).any(|(w, tag)| w.is_lower() || matches!(tag, Tag::Article | Tag::Preposition));
    closed && phrase && !label && !aside && words.len() > 1 && words.iter().all(|w| !w.word.is_empty())
}

/// Whether the sentence before the last one has no verb either, as in notes and small ads, or is a question.
pub(crate) fn is_telegraphic(tail: &Tail<'_>) -> bool {
    if tail.prose != Prose::Strong || tail.start == 0 {
        return false;
    }
    let start = (1..tail.start).rev().find(|&at| sentence::begins(&tail.words, at)).unwrap_or(0);
    let before = &tail.words[start..tail.start];
    before.iter().any(|w| w.trail.contains('?')) || !clause::read(before).main_verb
}

/// Whether the clauses lack a verb, in a paragraph that is prose.
fn lacks_verb(tail: &Tail<'_>) -> bool {
    let reading = tail.reading();
    match tail.prose {
        Prose::Strong => {
            reading.open_clause
                || (!reading.main_verb
                    && tail.start > 0
                    && !is_telegraphic(tail)
                    && (is_more_than_name(tail.sentence(), reading) || is_bare_subject(tail) || is_bare_phrase(tail)))
        }
        Prose::Sentence => reading.open_clause && !heads_question(tail),
        _ => false,
    }
}
