//! A paragraph without closing punctuation: is only the period missing, or the rest of the sentence?

use super::adjective::adjective_asks;
use super::role::Prose;
use super::stranded::{asks_indirectly, heads_question, is_stranded, particle_asks};
use super::verbless::lacks_verb;
use super::{Tail, abbreviation, country};
use crate::data::list;
use crate::document::block::Layout;
use crate::english::clause::{self, POINTING, Tag};
use crate::english::lexicon::{self, Classes};
use crate::english::token::Token;
use crate::reasons::Reason;

/// Why the rest is missing after a last word without punctuation, if it is.
pub(crate) fn cut(tail: &Tail<'_>) -> Option<Reason> {
    let words = tail.sentence();
    let (last, before) = words.split_last()?;
    if country::is_country(last.word) {
        // With or without its period: a later stage may put or take it.
        return abbreviation::cut(tail);
    }
    if !last.trail.is_empty() {
        // A closing quotation mark or bracket: the sentence has an end.
        let open = tail.prose() == Prose::Strong && !tail.reading().main_verb && tail.reading().open_clause;
        return open.then_some(Reason::LikelyClause);
    }
    if tail.has_bracket() && tail.prose() == Prose::Strong && tail.reading().open_bracket {
        return Some(Reason::LikelyBracket);
    }
    if is_title(last, before) {
        return Some(Reason::AfterTitle);
    }
    if is_listing(last, before) {
        return None;
    }
    word_asks(tail, last, before).or_else(|| lacks_verb(tail))
}

/// A line of one short sentence in which no second clause begins, and that ends in a number, a name or an ordinary noun:
/// whether it is a heading or a sentence, its end is whole. The common case, recognised without a reading.
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

/// Whether a clause that waits for its verb may begin with a word or after it (english/clause).
fn may_open_clause(word: &Token<'_>) -> bool {
    let closed = lexicon::closed(word.word);
    let opens = if closed.is_empty() {
        word.is_any(&["said", "says", "say", "thinks", "think", "hope", "hopes", "insists"])
    } else {
        closed.contains(['S', 'T', 'W', 'J', 'Y']) || word.is_any(&["as", "but", "it", "so", "there"])
    };
    opens
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

/// A person's title as it is written without a period.
pub(super) const BARE_TITLES: [&str; 4] = ["Messrs", "Mr", "Mrs", "Ms"];

fn is_title(last: &Token<'_>, before: &[Token<'_>]) -> bool {
    BARE_TITLES.contains(&last.word) && before.len() > 2
}

/// Why the last word cannot end a sentence, if it cannot.
fn word_asks(tail: &Tail<'_>, last: &Token<'_>, before: &[Token<'_>]) -> Option<Reason> {
    if is_plain_line(tail, last) {
        return None;
    }
    if before.is_empty() && opens_alone(tail, last) {
        return Some(Reason::LikelyWord);
    }
    let tag = tail.last_tag()?;
    let likely = |asks: bool| asks.then_some(Reason::LikelyWord);
    let long = tail.sentence().len() > 6;
    let sure = long && !heads_question(tail) || tail.prose() >= Prose::Sentence;
    if last.is_any(&["though", "so", "here", "there"]) || is_phrasal(last, before) {
        return None;
    }
    if last.is("his") {
        let asks = sure && !before.last().is_some_and(|w| w.is_any(&HIS) || lexicon::closed(w.word).contains('A'));
        return asks.then_some(Reason::AfterArticle);
    }
    if last.is("this") {
        return likely(before.last().is_some_and(|w| w.is_any(&["early", "earlier", "late", "later"])));
    }
    if last.is("that") && before.last().is_some_and(|w| w.is_listed(POINTING)) {
        return None;
    }
    if last.is_any(&["next", "last"]) {
        return likely(before.last().is_some_and(|w| w.is_any(&["by", "for", "from", "since", "until"])));
    }
    if last.is_any(&LINKING) {
        return likely(sure && !asks_indirectly(tail));
    }
    if last.is("other") {
        let like = before.len() > 1 && before[before.len() - 2].is("like");
        return likely(!like && before.last().is_some_and(asks_other));
    }
    if clause::has_own_verb(last.word) || is_it_waiting(last, before) || waits_for_partner(tail) {
        return likely(sure);
    }
    let asks = tag_asks(tail, last, before, tag, sure, long);
    if asks { Some(word_reason(tag, last, before)) } else { rest_asks(tail, last, tag) }
}

list!(
    /// Verbs with the adverb that ends them: "as the weeks go by".
    PHRASAL_VERBS, "english/phrasal-verbs.txt"
);

fn is_phrasal(last: &Token<'_>, before: &[Token<'_>]) -> bool {
    let verb = before.last().filter(|verb| verb.trail.is_empty());
    verb.is_some_and(|verb| PHRASAL_VERBS.contains(&format!("{} {}", verb.word, last.word).to_lowercase()))
}

/// The reason of a last word that asks, by its class.
fn word_reason(tag: Tag, last: &Token<'_>, before: &[Token<'_>]) -> Reason {
    match tag {
        Tag::Article if !is_owner(last, before) => Reason::AfterArticle,
        // "Here is why", "nobody knows how"
        Tag::Wh if last.is_any(&["how", "what", "where", "why"]) => Reason::LikelyWord,
        Tag::Coordinator | Tag::Subordinator | Tag::Wh => Reason::AfterConjunction,
        Tag::Preposition | Tag::To | Tag::Particle => Reason::AfterPreposition,
        // "but it isn't"
        Tag::Auxiliary if last.is_negated() => Reason::LikelyWord,
        Tag::Auxiliary | Tag::Be | Tag::Base => Reason::AfterAuxiliary,
        Tag::Subject => Reason::AfterPronoun,
        _ => Reason::LikelyWord,
    }
}

/// Half words and adjectives.
fn rest_asks(tail: &Tail<'_>, last: &Token<'_>, tag: Tag) -> Option<Reason> {
    if is_closed(tag) {
        return None;
    }
    half_word(last, tail)
        .then_some(Reason::HalfWord)
        .or_else(|| adjective_asks(last, tail).then_some(Reason::LikelyObject))
}

/// Whether a tag is decided by the word's closed class alone.
fn is_closed(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Article
            | Tag::Particle
            | Tag::Auxiliary
            | Tag::Be
            | Tag::Subject
            | Tag::Determiner
            | Tag::Wh
            | Tag::Adverb
            | Tag::Not
    )
}

fn tag_asks(tail: &Tail<'_>, last: &Token<'_>, before: &[Token<'_>], tag: Tag, sure: bool, long: bool) -> bool {
    match tag {
        Tag::Article if is_owner(last, before) => sure,
        Tag::Article => {
            let bare = !last.word.contains(['\'', '’']) && last.is_lower();
            bare && (sure || tail.sentence().len() > 3)
        }
        Tag::Coordinator | Tag::Subordinator if last.is_lower() => sure,
        Tag::Preposition | Tag::To if last.is_lower() => sure && !is_stranded(tail),
        Tag::Particle => sure && particle_asks(last, before, tail.prose() == Prose::Strong) && !is_stranded(tail),
        Tag::Auxiliary | Tag::Base | Tag::Be if last.is_any(&["do", "doing", "done"]) => false,
        Tag::Auxiliary if last.is_any(&["did", "does"]) && is_relative(&tail.reading().tags) => false,
        Tag::Base if lexicon::closed(last.word).contains('A') => long,
        Tag::Auxiliary | Tag::Be => sure && (long || tail.start > 0) && !asks_indirectly(tail),
        Tag::Subject => {
            let paired = before.last().is_some_and(|w| w.is_any(&["and", "than", "as"]));
            sure && !(last.is("I") && paired)
        }
        Tag::Determiner if last.is_any(&["these", "those"]) => {
            !before.last().is_some_and(|w| w.is_any(&["as", "like", "of", "than"]))
        }
        Tag::Determiner => {
            // "to say no"
            let apart = before.last().is_none_or(|w| w.pauses() || w.is_any(&["no", "said", "say", "saying", "says"]));
            sure && !apart && last.is_any(&["no", "such", "every", "either", "neither"])
        }
        Tag::Wh => sure,
        Tag::Adverb => sure && (adverb_asks(tail) || last.is_any(&DEGREES)),
        Tag::Not => sure && !before.last().is_some_and(|w| w.is("or")),
        _ => false,
    }
}

/// "… by the union. The": a last sentence of one word that only begins one.
fn opens_alone(tail: &Tail<'_>, last: &Token<'_>) -> bool {
    let opens = lexicon::closed(last.word).starts_with(['D', 'C', 'S', 'J', 'P']) || last.is("it");
    opens && tail.prose() == Prose::Strong
}

/// "the work they did": the verb of a clause whose object stands before its subject.
fn is_relative(tags: &[Tag]) -> bool {
    matches!(tags, [.., Tag::Noun, Tag::Subject, _])
}

/// "after two years, it", "as it", "the agency said it": the pronoun has a verb to come.
fn is_it_waiting(last: &Token<'_>, before: &[Token<'_>]) -> bool {
    let [.., subject, word] = before else {
        return false;
    };
    let said = word.is_any(&["said", "says"]) && subject.is_lower() && lexicon::closed(subject.word).is_empty();
    let joins = word.is_any(&["although", "as", "because", "if", "provided", "unless", "when", "whether", "while"]);
    // ", so it", ", saying it"
    let adds = subject.trail.ends_with(',') && word.is_any(&["saying", "so"]);
    last.is("it") && (word.trail.ends_with([',', ';', '—']) || joins || said || adds)
}

/// "the victim's": a noun is to come, unless one like it stands before ("a friend of the victim's").
fn is_owner(last: &Token<'_>, before: &[Token<'_>]) -> bool {
    let stem = last.word.strip_suffix("'s").or_else(|| last.word.strip_suffix("’s")).unwrap_or_default();
    let noun = last.is_lower() && lexicon::classes(stem).any(Classes::NOUN);
    let compared = ["as", "like", "of", "than", "to", "with"];
    noun && !before.iter().rev().take(5).any(|w| w.is_any(&compared))
}

/// "links between BPA", "both Player": a second name is to come.
fn waits_for_partner(tail: &Tail<'_>) -> bool {
    let words = tail.sentence();
    let Some(at) = words.iter().rposition(|w| w.is_any(&["between", "both"])).filter(|&at| at > 0) else {
        return false;
    };
    let tags = &tail.reading().tags;
    if tags.last() != Some(&Tag::Name) {
        return false;
    }
    let phrase = &tags[at + 1..];
    let named = words.last().is_some_and(|w| !w.word.ends_with(['s', 'S']));
    let one = phrase.iter().all(|tag| matches!(tag, Tag::Article | Tag::Adjective | Tag::Name));
    named && one
}

/// "of other", "or other", but "the other", "each other".
fn asks_other(before: &Token<'_>) -> bool {
    let closed = lexicon::closed(before.word);
    closed.contains(['P', 'p', 'k']) || before.is_any(&["and", "any", "many", "no", "or", "some"])
}

/// "a friend of his", "not like his": what stands before "his" where it is no article.
const HIS: [&str; 7] = ["and", "as", "be", "become", "like", "of", "than"];

/// Words that ask for a complement.
const LINKING: [&str; 7] = ["according", "became", "become", "becomes", "seem", "seems", "seemed"];

/// A line that may be a heading and ends in an ordinary word, which asks for nothing whatever stands before it: the common
/// case, recognised without a reading of the clause.
fn is_plain_line(tail: &Tail<'_>, last: &Token<'_>) -> bool {
    is_ordinary(last) && tail.prose() == Prose::Line && lexicon::is_word(last.word)
}

/// A word of lowercase letters that belongs to no closed class and asks for nothing.
fn is_ordinary(last: &Token<'_>) -> bool {
    let asks = || [&LINKING[..], &DEGREES].iter().any(|words| last.is_any(words));
    last.word.bytes().all(|b| b.is_ascii_lowercase()) && lexicon::closed(last.word).is_empty() && !asks()
}

/// Adverbs that stand before what they grade.
const DEGREES: [&str; 11] =
    ["very", "only", "just", "even", "quite", "rather", "nearly", "almost", "merely", "hardly", "barely"];

/// "he would likely", "to also": a verb is to come.
fn adverb_asks(tail: &Tail<'_>) -> bool {
    let tags = &tail.reading().tags;
    let words = tail.sentence();
    let at = tags.iter().rposition(|t| *t != Tag::Adverb);
    let before = at.map(|at| tags[at]);
    // "as it possibly", but "do it quickly".
    let joined = at.is_some_and(|at| at > 0 && lexicon::closed(words[at - 1].word).contains('k'));
    // "is likely" is whole, "would likely" is not.
    let last = words.last().filter(|w| w.is("likely") && words.len() > 1);
    if last.is_some() && at.is_some_and(|at| !lexicon::closed(words[at].word).contains(['M', 't'])) {
        return false;
    }
    (joined || matches!(before, Some(Tag::Auxiliary | Tag::To | Tag::Subject)))
        && tail.prose() == Prose::Strong
        && !tail.sentence().last().is_some_and(|w| {
            w.is_any(&["so", "too", "not", "now", "then", "again", "never", "either", "often", "always"])
        })
}

/// Whether enough of a text is there to recognise its last word as a half one.
fn may_be_half(tail: &Tail<'_>) -> bool {
    let articles = || tail.words.iter().any(|w| lexicon::closed(w.word).contains('D'));
    let small = || tail.words.iter().filter(|w| w.is_lower() && !lexicon::closed(w.word).is_empty()).count();
    let sentence = || articles() || small() * 3 >= tail.words.len();
    tail.prose() >= Prose::Sentence || tail.words.len() > 7 && sentence()
}

/// "recruiting t": one letter of a word.
fn is_first_letter(last: &Token<'_>, tail: &Tail<'_>) -> bool {
    let named = || tail.words.iter().rev().nth(1).is_some_and(|w| w.is_listed(abbreviation::LABELS) || w.is_capital());
    matches!(last.word.as_bytes(), [b'b'..=b'h' | b'j'..=b'z']) && !named()
}

/// Endings that make another word of a whole name: "Iceland", "Icelander".
const DERIVING: [&str; 14] =
    ["an", "ans", "er", "ers", "ese", "ian", "ians", "ic", "ics", "ish", "ism", "ist", "ists", "ite"];

/// "Benja" where the paragraph has "Benjamin".
fn is_half_name(last: &Token<'_>, tail: &Tail<'_>) -> bool {
    let is_rest = |rest: &str| rest.bytes().all(|b| b.is_ascii_lowercase()) && !DERIVING.contains(&rest);
    let rest = |w: &Token<'_>| w.word.strip_prefix(last.word).is_some_and(|rest| rest.len() > 1 && is_rest(rest));
    last.word.len() > 2
        && !lexicon::is_word(last.word)
        && !last.is_listed(abbreviation::GIVEN_NAMES)
        && tail.words.iter().any(rest)
}

/// Letters that are no word but begin one.
fn half_word(last: &Token<'_>, tail: &Tail<'_>) -> bool {
    let word = last.word.rsplit('-').next().unwrap_or(last.word);
    if !may_be_half(tail) {
        return false;
    }
    if word.len() == 1 || last.is_capital() {
        return is_first_letter(last, tail) || is_half_name(last, tail);
    }
    if !word.bytes().all(|b| b.is_ascii_lowercase()) || word.is_empty() {
        return false;
    }
    // "reatt": a prefix and the beginning of a word.
    let rest = |prefix: &&str| word.strip_prefix(*prefix).filter(|rest| rest.len() > 2);
    let prefixed = || ["re", "un", "over", "pre"].iter().find_map(rest);
    !lexicon::is_word(word)
        && (lexicon::begins_word(word)
            || prefixed().is_some_and(|rest| !lexicon::is_word(rest) && lexicon::begins_word(rest)))
        && !lexicon::abbreviation(last.word).contains(['c', 'e', 'h', 'l', 'n', 'u'])
        && !tail.words[..tail.words.len() - 1].iter().any(|w| w.is(last.word))
}
