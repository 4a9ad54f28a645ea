//! The next paragraph begins with a lowercase letter: the rest of prose, unless it is a line of its own.

use super::super::role::{self, Prose};
use super::super::{Context, Tail, abbreviation, country};
use super::following::{Following, joins};
use super::{asks, line};
use crate::data::list;
use crate::english::clause::{self, Tag};
use crate::english::ending::Ending;
use crate::english::lexicon::{self, Classes};
use crate::english::token::Token;
use crate::reasons::Reason;

/// A line without a verb that is longer than this, in bytes, may be prose.
const LINE: usize = 40;

/// Why the next paragraph is the rest, if it is.
pub(super) fn lower_start(
    tail: &Tail<'_>,
    found: Ending,
    cut: Option<Reason>,
    context: &Context,
    next: &Following<'_>,
    words: &[Token<'_>],
) -> Option<Reason> {
    let prose = tail.is_prose() || is_short_name(tail, context);
    if !prose || line::is_apart(next.text, words) {
        return None;
    }
    let asks = cut.is_some_and(asks)
        || cut.is_some() && ends_in_wh_word(tail)
        || found == Ending::Open && ends_in_article(tail);
    if !asks && words[0].lead.contains('(') {
        return None;
    }
    let goes_on = next.goes_on();
    if is_item(tail, asks) || !goes_on && next.is_followed_by_lower() {
        return None;
    }
    if asks {
        return Some(Reason::RestAfterWord);
    }
    if context.prev_ends_colon && tail.prose() < Prose::Strong {
        return None;
    }
    let country = tail.words.last().is_some_and(|w| country::is_country(w.word));
    if country || found == Ending::Abbreviation {
        return (cut.is_some() || country || is_abbreviated(tail)).then_some(Reason::RestAfterAbbreviation);
    }
    // "“…,” she said"
    if found == Ending::Comma && tail.text.ends_with(['”', '"', '’', '\'']) {
        return Some(Reason::RestAfterCut);
    }
    if !goes_on || next.is_question() && !is_question(tail) || next.is_verse_after(tail.text) {
        return None;
    }
    match cut {
        Some(_) => Some(Reason::RestAfterCut),
        None if tail.prose() > Prose::Line || is_sentence(tail) => Some(Reason::RestLowercase),
        // "(The keeper, it is worth noting, repeatedly"
        None if tail.has_open_bracket() => Some(Reason::RestLowercase),
        None if next.is_question() => Some(Reason::RestLowercase),
        None => (tail.text.len() > LINE && (joins(&words[0]) || is_verb_of(tail, &words[0])))
            .then_some(Reason::RestLowercase),
    }
}

/// "The chairman thanked the": however short, no line ends so that a lowercase letter follows.
fn ends_in_article(tail: &Tail<'_>) -> bool {
    let article = |w: &Token<'_>| w.is_lower() && w.trail.is_empty() && lexicon::closed(w.word).contains('D');
    tail.words.len() > 2 && tail.words.last().is_some_and(article)
}

/// "Nobody knows what"
fn ends_in_wh_word(tail: &Tail<'_>) -> bool {
    tail.reading().tags.last() == Some(&Tag::Wh)
}

/// An item among others: it begins in lowercase, and its end asks for nothing but the next item.
fn is_item(tail: &Tail<'_>, asks: bool) -> bool {
    let listed = tail.words.last().is_some_and(|w| w.is_any(&["and", "or"]));
    tail.start == 0 && tail.words.first().is_some_and(Token::is_lower) && (!asks || listed)
}

/// Whether the last sentence is a question so far.
fn is_question(tail: &Tail<'_>) -> bool {
    tail.sentence().first().is_some_and(|w| lexicon::closed(w.word).contains(['W', 'A', 'M', 't']))
}

/// "A team of divers from the school" "found the bell": a subject and its verb.
fn is_verb_of(tail: &Tail<'_>, first: &Token<'_>) -> bool {
    let article = tail.words.iter().any(|w| w.is_lower() && lexicon::closed(w.word).contains('D'))
        || tail.words.first().is_some_and(|w| lexicon::closed(w.word).contains('D'));
    let verb = lexicon::classes(first.word).any(Classes::PAST) || lexicon::closed(first.word).contains(['A', 'M']);
    article && verb && !tail.reading().main_verb
}

/// A line of eight words or more that has a verb and is no title.
fn is_sentence(tail: &Tail<'_>) -> bool {
    tail.words.len() > 7 && tail.reading().main_verb && !role::is_title_case(&tail.words, &clause::closed(&tail.words))
}

/// "Hale Inc.", "France's U.N.": too short to be judged, but an abbreviation ends no line of such words before lowercase letters.
fn is_short_name(tail: &Tail<'_>, context: &Context) -> bool {
    let last = tail.words.last();
    last.is_some_and(|w| {
        w.has_period() && w.is_capital() && (w.word.contains('.') || lexicon::abbreviation(w.word).contains('c'))
    }) && !role::is_no_prose(tail.text, &tail.words, context)
}

/// Whether the last word really is an abbreviation, not a word that looks like one ("the answer was no.").
fn is_abbreviated(tail: &Tail<'_>) -> bool {
    let [.., before, last] = &tail.words[..] else {
        return false;
    };
    let class = lexicon::abbreviation(last.word);
    // "Ada M.", but "in pure C.", "Table I."
    let named = last.word.len() > 1 || before.is_capital() && !before.is_listed(abbreviation::LABELS);
    last.word.contains('.')
        || last.is_capital() && named && !last.word.contains(|c: char| c.is_ascii_digit())
        || class.contains('h') && before.is_number()
        || class.contains(['u', 'e', 'l', 'j', 'c']) && !class.contains(['S', 'w', 't', 'm'])
}
list!(
    /// Particles of names that stay in lowercase: "de Vries".
    PARTICLES, "english/name-particles.txt"
);

/// A small first letter that is no name's: not "iPod", "eBay", "de Vries".
pub(super) fn is_lower_start(words: &[Token<'_>]) -> bool {
    let first = &words[0];
    let stem = first.word.split(['-', '\'', '’']).next().unwrap_or_default();
    let inner = stem.chars().skip(1).take(4).any(char::is_uppercase);
    let particle = first.is_listed(PARTICLES);
    let named = particle && words.get(1).is_some_and(Token::is_capital);
    let hyphened = ["al-", "el-", "d'", "d’", "l'", "l’"]
        .iter()
        .any(|p| first.word.strip_prefix(p).is_some_and(|rest| rest.starts_with(char::is_uppercase)));
    let listed = (first.trail.starts_with(')') && first.word.len() < 4 && words.get(1).is_some_and(Token::is_capital))
        || (first.trail == "." && first.word.len() == 1);
    let plain = first.lead.chars().all(|c| matches!(c, '"' | '“' | '‘' | '\'' | '('));
    // "my6boats", "quay_map"
    let coded = first.word.contains(|c: char| c.is_ascii_digit() || c == '_');
    // A writer who uses no uppercase letters.
    let i = first.word.split(['\'', '’']).next() == Some("i");
    let link = role::is_address(first.word) || role::is_bare_link(first.word);
    plain && !inner && !named && !hyphened && !listed && !link && !coded && !i
}
