//! Whether the next paragraph is the rest of a sentence that was cut off.

mod capital;
mod hyphen;

use super::ending::Ending;
use super::role::Prose;
use super::{Context, Decision, Tail, abbreviation, role, teaser};
use crate::data::list;
use crate::english::lexicon::{self, Classes};
use crate::english::token::{Token, tokens};
use crate::reasons::Reason;
use capital::capital_start;
use hyphen::hyphen;

/// So much of the next paragraph is read.
const AHEAD: usize = 512;

/// The join, where the next paragraph is the rest; where it is one that must stay on its line, nothing is to be done.
pub(crate) fn rest(
    tail: &Tail<'_>,
    found: Ending,
    cut: bool,
    context: &Context,
    next: &str,
    place: &Context,
) -> Option<Decision> {
    // A block of short lines keeps its lines, whatever they say: its shape, by which it is told, must not change.
    let lines = context.shape.is_lines() || place.shape.is_lines() || place.shape.broken;
    if lines && !cut {
        return None;
    }
    let skip = next.len() - next.trim_start().len();
    let small = next[skip..].chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    let named = !small && !cut && (is_behind_country(tail) || is_initialed(tail, context));
    if !small && !cut && !named {
        return None;
    }
    let mut end = next.len().min(skip + if small { 64 } else { AHEAD });
    while !next.is_char_boundary(end) {
        end -= 1;
    }
    let ahead = &next[skip..end];
    let words = tokens(ahead, 0);
    let first = words.first().filter(|w| !w.word.is_empty())?;
    if teaser::link(next.trim_end()) == Some(skip) {
        return None;
    }
    if found == Ending::Open && is_ordinal(tail, first) {
        return (!lines).then_some(Decision::Join {
            from: tail.text.len(),
            skip,
            with: "",
            reason: Reason::BrokenWord,
        });
    }
    let starts_small = first.is_lower() && is_small_start(&words);
    let is_rest = if found == Ending::Hyphen {
        return (starts_small && !lines).then(|| hyphen(tail, first, skip)).flatten();
    } else if starts_small {
        let byline = !cut && tail.prose() == Prose::Line && is_byline(&words);
        (tail.prose() > Prose::None || is_short_name(tail, context))
            && !byline
            && small_start(tail, found, cut, context)
    } else if named && is_behind_country(tail) {
        names_institution(&words)
    } else if named {
        is_initialed_name(&words) && capital_start(tail, &words, ahead)
    } else {
        cut && (capital_start(tail, &words, ahead) || found == Ending::Comma && names_speaker(tail, &words))
    };
    let join = Decision::Join { from: tail.text.len(), skip, with: " ", reason: Reason::SentenceRest };
    is_rest.then_some(if lines { Decision::Keep } else { join })
}

/// "on 49" "th Street": the raised end of a number.
fn is_ordinal(tail: &Tail<'_>, first: &Token<'_>) -> bool {
    let digits = tail.words.last().filter(|w| w.word.bytes().all(|b| b.is_ascii_digit())).map_or("", |w| w.word);
    let end = match digits.as_bytes() {
        [.., b'1', _] => "th",
        [.., b'1'] => "st",
        [.., b'2'] => "nd",
        [.., b'3'] => "rd",
        [] => return false,
        _ => "th",
    };
    first.word == end && first.lead.is_empty()
}

/// "“…,”" "State's Attorney Roe said.": who spoke, and nothing behind the verb.
fn names_speaker(tail: &Tail<'_>, words: &[Token<'_>]) -> bool {
    let quoted = tail.text.ends_with(['”', '"', '’', '\'']);
    let titled = |w: &Token<'_>| w.trail == "." && lexicon::abbreviation(w.word).starts_with('t');
    let names = words.iter().take(8).take_while(|w| w.is_capital() && (w.trail.is_empty() || titled(w))).count();
    let closed = |w: &Token<'_>| w.trail.starts_with(['.', ',']) || words.len() == names + 1;
    quoted && names > 0 && words.get(names).is_some_and(|w| w.is_any(&["said", "says"]) && closed(w))
}

/// "Hale Inc.", "France's U.N.": too short to be judged, but an abbreviation ends no line of such words before small letters.
fn is_short_name(tail: &Tail<'_>, context: &Context) -> bool {
    let last = tail.words.last();
    last.is_some_and(|w| {
        w.has_period() && w.is_capital() && (w.word.contains('.') || lexicon::abbreviation(w.word).contains('c'))
    }) && !role::is_no_prose(tail.text, &tail.words, context)
}

/// "Stephen G." alone on its line.
fn is_initialed(tail: &Tail<'_>, context: &Context) -> bool {
    let [first, .., last] = &tail.words[..] else {
        return false;
    };
    tail.words.len() < 4
        && last.word.len() == 1
        && last.is_capital()
        && last.has_period()
        && first.is_capital()
        && first.word.len() > 1
        && !first.is_listed(abbreviation::LABELS)
        && !role::is_no_prose(tail.text, &tail.words, context)
}

/// "Baum, the president of the company": a surname that goes on in small letters.
fn is_initialed_name(words: &[Token<'_>]) -> bool {
    words[0].is_capital() && words.iter().skip(1).take(3).any(|w| w.is_lower() && !w.word.is_empty())
}

/// "the U.S.": a name may follow, even where the sentence could end.
fn is_behind_country(tail: &Tail<'_>) -> bool {
    tail.words.last().is_some_and(|w| super::country::is_country(w.word) && w.trail == ".")
}

list!(
    /// Nouns that head an institution's name and ask for an article.
    HEADS, "english/institution-heads.txt"
);

/// "Fish and Wildlife Service announced", "Embassy in": an institution's name that lacks its article.
fn names_institution(words: &[Token<'_>]) -> bool {
    let runs = |at: usize| {
        let inner = words[at].is_any(&["and", "for", "of"]) && words.get(at + 1).is_some_and(Token::is_capital);
        words[at].is_capital() || inner
    };
    let mut end = 0;
    while end < words.len() && runs(end) {
        end += 1;
        if !words[end - 1].trail.is_empty() {
            break;
        }
    }
    let Some(last) = words[..end].last() else {
        return false;
    };
    let heads = |w: &Token<'_>| w.is_capital() && w.is_listed(HEADS);
    let headed = heads(last) || words[..end].windows(2).any(|w| heads(&w[0]) && w[1].is_any(&["for", "of"]));
    let goes_on = words.get(end).is_some_and(|w| {
        w.is_lower() && (!lexicon::closed(w.word).is_empty() || lexicon::classes(w.word).any(Classes::PAST))
    });
    // "Department of Agriculture's"
    let owns = last.word.ends_with("'s") || last.word.ends_with("’s");
    lexicon::closed(words[0].word).is_empty() && headed && (goes_on || owns || last.trail.starts_with(['.', ',']))
}

/// A small first letter that is no name's: not "iPod", "eBay", "de Vries".
fn is_small_start(words: &[Token<'_>]) -> bool {
    let first = &words[0];
    let inner = first.word.chars().skip(1).take(3).any(char::is_uppercase);
    let particle = first.is_any(&[
        "de", "van", "von", "der", "den", "del", "della", "di", "da", "du", "la", "le", "al", "el", "bin", "ibn",
        "ter", "ten", "dos", "das",
    ]);
    let named = particle && words.get(1).is_some_and(Token::is_capital);
    let hyphened = ["al-", "el-", "d'", "d’", "l'", "l’"]
        .iter()
        .any(|p| first.word.strip_prefix(p).is_some_and(|rest| rest.starts_with(char::is_uppercase)));
    let listed = (first.trail.starts_with(')')
        && first.word.len() < 4
        && first.lead.is_empty()
        && words.get(1).is_some_and(Token::is_capital))
        || (first.trail == "." && first.word.len() == 1);
    let plain = first.lead.chars().all(|c| matches!(c, '"' | '“' | '‘' | '\'' | '('));
    let link = role::is_address(first.word) || role::is_bare_link(first.word);
    plain && !inner && !named && !hyphened && !listed && !link
}

/// "by Ada Mills" below a heading.
fn is_byline(words: &[Token<'_>]) -> bool {
    words[0].word == "by" && words.iter().skip(1).take(2).filter(|w| w.is_capital()).count() == 2
}

/// The next paragraph begins with a small letter: the rest, unless both are lines of a list.
fn small_start(tail: &Tail<'_>, found: Ending, cut: bool, context: &Context) -> bool {
    if cut {
        return true;
    }
    if context.prev_ends_colon && tail.prose() < Prose::Strong {
        return false;
    }
    match found {
        Ending::Abbreviation if !tail.words.last().is_some_and(|w| super::country::is_country(w.word)) => {
            is_abbreviated(tail)
        }
        _ if tail.words.last().is_some_and(|w| super::country::is_country(w.word)) => true,
        // "“…,” she said"
        Ending::Comma if tail.text.ends_with(['”', '"', '’', '\'']) => true,
        // Nothing that a later join may change is looked at: not the next paragraph's end, nor its length.
        _ if tail.prose() > Prose::Line => true,
        _ => tail.words.first().is_some_and(|w| !w.is_lower()) && (tail.text.len() > 40 || ends_in_article(tail)),
    }
}

/// "The chairman thanked the": however short, no line ends so that small letters follow.
fn ends_in_article(tail: &Tail<'_>) -> bool {
    tail.words.len() > 2
        && tail
            .words
            .last()
            .is_some_and(|w| w.is_lower() && w.trail.is_empty() && lexicon::closed(w.word).contains('D'))
}

/// Whether the last word really is an abbreviation, not a word that looks like one ("the answer was no.").
fn is_abbreviated(tail: &Tail<'_>) -> bool {
    let Some(last) = tail.words.last() else {
        return false;
    };
    let class = lexicon::abbreviation(last.word);
    last.word.contains('.')
        || last.is_capital()
        || class.contains(['u', 'e', 'h', 'l', 'j', 'c']) && !class.contains(['S', 'w', 't', 'm'])
}
