//! Whether the next paragraph is the rest of a sentence that was cut off.

mod capital;
mod hyphen;
mod line;

use super::ending::Ending;
use super::role::Prose;
use super::{Context, Decision, Tail, abbreviation, ending, role, teaser};
use crate::data::list;
use crate::english::lexicon::{self, Classes};
use crate::english::token::{Token, tokens};
use crate::reasons::Reason;
use capital::capital_start;
use hyphen::hyphen;

/// So much of the next paragraph is read.
const AHEAD: usize = 512;
/// A line of prose without a verb is longer than this, in bytes.
const LINE: usize = 40;

/// The paragraph after the one that is judged.
pub(super) struct Following<'a> {
    pub(super) text: &'a str,
    pub(super) context: &'a Context,
    /// The paragraph after it, where it is known.
    pub(super) beyond: Option<&'a str>,
}

/// The join, where the next paragraph is the rest; where it is one that must stay on its line, nothing is to be done.
pub(super) fn rest(
    tail: &Tail<'_>,
    found: Ending,
    cut: Option<Reason>,
    context: &Context,
    next: &Following<'_>,
) -> Option<Decision> {
    // A block of short lines keeps its lines, whatever they say: its shape, by which it is known, must not change.
    let place = next.context;
    let lines = context.shape.is_lines() || place.shape.is_lines() || place.shape.broken;
    if lines && cut.is_none() {
        return None;
    }
    let skip = next.text.len() - next.text.trim_start().len();
    let lower = next.text[skip..].chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    let named = !lower && cut.is_none() && (is_after_country(tail) || is_initialed(tail, context));
    if !lower && cut.is_none() && !named {
        return None;
    }
    let mut end = next.text.len().min(skip + if lower { 64 } else { AHEAD });
    while !next.text.is_char_boundary(end) {
        end -= 1;
    }
    let ahead = &next.text[skip..end];
    let words = tokens(ahead, 0);
    let first = words.first().filter(|w| !w.word.is_empty())?;
    if teaser::link(next.text.trim_end()) == Some(skip) {
        return None;
    }
    if found == Ending::Open && is_ordinal(tail, first) {
        let with = "";
        return (!lines).then_some(Decision::Join { from: tail.text.len(), skip, with, reason: Reason::BrokenWord });
    }
    let starts_lower = first.is_lower() && is_lower_start(&words);
    let reason = if found == Ending::Hyphen {
        return (starts_lower && !lines).then(|| hyphen(tail, &words, skip)).flatten();
    } else if starts_lower {
        lower_start(tail, found, cut, context, next, &words)
    } else if named && is_after_country(tail) {
        names_institution(&words).then_some(Reason::RestInstitution)
    } else if named {
        (is_initialed_name(&words) && capital_start(tail, &words, ahead).is_some()).then_some(Reason::RestName)
    } else {
        cut?;
        let speaker = found == Ending::Comma && names_speaker(tail, &words);
        capital_start(tail, &words, ahead).or_else(|| speaker.then_some(Reason::RestPiece))
    }?;
    let join = Decision::Join { from: tail.text.len(), skip, with: " ", reason };
    Some(if lines { Decision::Keep } else { join })
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
fn is_after_country(tail: &Tail<'_>) -> bool {
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
fn is_lower_start(words: &[Token<'_>]) -> bool {
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
    // "my6boats", "quay_map"
    let coded = first.word.contains(|c: char| c.is_ascii_digit() || c == '_');
    let link = role::is_address(first.word) || role::is_bare_link(first.word);
    plain && !inner && !named && !hyphened && !listed && !link && !coded
}

/// The next paragraph begins with a lowercase letter: the rest of prose, unless it is a line of its own.
fn lower_start(
    tail: &Tail<'_>,
    found: Ending,
    cut: Option<Reason>,
    context: &Context,
    next: &Following<'_>,
    words: &[Token<'_>],
) -> Option<Reason> {
    let prose = tail.prose() > Prose::None || is_short_name(tail, context);
    if !prose || line::is_apart(next.text, words) || is_list(tail, cut, next) {
        return None;
    }
    if cut.is_some_and(asks) {
        return Some(Reason::RestAfterWord);
    }
    if context.prev_ends_colon && tail.prose() < Prose::Strong {
        return None;
    }
    let country = tail.words.last().is_some_and(|w| super::country::is_country(w.word));
    if country || found == Ending::Abbreviation {
        return (cut.is_some() || country || is_abbreviated(tail)).then_some(Reason::RestAfterAbbreviation);
    }
    // "“…,” she said"
    if found == Ending::Comma && tail.text.ends_with(['”', '"', '’', '\'']) {
        return Some(Reason::RestAfterCut);
    }
    if tail.words.first().is_none_or(Token::is_lower) || !closes(next.text) {
        return None;
    }
    match cut {
        Some(_) => Some(Reason::RestAfterCut),
        None if tail.prose() > Prose::Line => Some(Reason::RestLowercase),
        None => (tail.text.len() > LINE && joins(&words[0])).then_some(Reason::RestLowercase),
    }
}

/// Whether a cut asks for its rest, whatever that looks like.
fn asks(cut: Reason) -> bool {
    matches!(cut, Reason::AfterArticle | Reason::AfterPreposition | Reason::AfterConjunction | Reason::AfterAuxiliary)
}

/// Whether a first word joins what follows to what came before: "of", "and", "to", "that".
fn joins(first: &Token<'_>) -> bool {
    lexicon::closed(first.word).contains(['P', 'p', 'C', 'J', 'T', 'W'])
}

/// Whether a paragraph closes like prose.
fn closes(text: &str) -> bool {
    let text = text.trim_end();
    let marks = text.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
    matches!(ending::of(text), Ending::Closed | Ending::Abbreviation)
        && marks.ends_with(['.', '!', '?'])
        && text.split_whitespace().nth(2).is_some()
}

/// Lines that begin in lowercase, one after the other, none of which closes: a list.
fn is_list(tail: &Tail<'_>, cut: Option<Reason>, next: &Following<'_>) -> bool {
    let begins_lower = |text: &str| text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    let joined = tail.words.last().is_some_and(|w| w.is_any(&["and", "or"]));
    if begins_lower(tail.text) && cut.is_none_or(|cut| !asks(cut) || joined) {
        return true;
    }
    !closes(next.text) && next.beyond.is_some_and(begins_lower)
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
