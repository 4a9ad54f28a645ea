//! Whether the next paragraph is the rest of a sentence that was cut off.

mod capital;
mod following;
mod hyphen;
mod institution;
pub(super) mod line;
mod lower;

use super::role::{self, Prose};
use super::{Context, Decision, Tail, abbreviation, explained};
use crate::english::ending::Ending;
use crate::english::lexicon;
use crate::english::token::Token;
use crate::reasons::Reason;
use capital::capital_start;
use following::goes_on_with_mark;
use hyphen::hyphen;
use institution::{is_after_country, names_institution};
use lower::{is_lower_start, lower_start};

pub(super) use capital::{begins_no_sentence, is_outcome};
pub(super) use following::{Following, begins_lower, has_sentence, start_of};
#[cfg(test)]
pub(super) use institution::HEADS;

/// The join, where the next paragraph is the rest; where it is one that must stay on its line, nothing is to be done.
pub(super) fn rest(
    tail: &Tail<'_>,
    found: Ending,
    cut: Option<Reason>,
    context: &Context,
    next: &Following<'_>,
) -> Option<Decision> {
    // A block of short lines keeps its lines, whatever they say: its shape, by which it is known, must not change.
    let lines = context.shape.is_lines() || next.context.shape.is_lines() || next.context.shape.broken;
    if lines && cut.is_none() {
        return None;
    }
    let Seam { from, with, reason } = seam(tail, found, cut, context, next)?;
    let join = Decision::Join { from, skip: next.skip(), with, reason };
    Some(if lines { Decision::Keep } else { join })
}

/// How two paragraphs are joined: `with` takes the place of `text[from..]` and of what is between them.
struct Seam {
    from: usize,
    with: &'static str,
    reason: Reason,
}

fn seam(tail: &Tail<'_>, found: Ending, cut: Option<Reason>, context: &Context, next: &Following<'_>) -> Option<Seam> {
    let seam = |with, reason| Seam { from: tail.text.len(), with, reason };
    let text = next.text.trim_start();
    if goes_on_with_mark(text) {
        // "bought the" ", and": what was between them is lost.
        let prose = !cut.is_some_and(asks) && (cut.is_some() || tail.prose() >= Prose::Sentence);
        return prose.then(|| seam("", Reason::RestAfterMark));
    }
    if is_reference(tail, text) {
        return Some(seam(" ", Reason::RestNumber));
    }
    let lower = begins_lower(text);
    if !lower && cut.is_none() && !is_after_country(tail) && !is_initialed(tail, context) {
        return None;
    }
    let words = next.words();
    let first = words.first().filter(|w| !w.word.is_empty())?;
    if found == Ending::Open && is_ordinal(tail, first) {
        return Some(seam("", Reason::BrokenWord));
    }
    if next.context.shape.index == 0 && is_caption(&words) {
        return None;
    }
    let starts_lower = first.is_lower() && is_lower_start(&words);
    if found == Ending::Hyphen {
        return starts_lower.then(|| hyphen(tail, &words)).flatten();
    }
    let reason = match cut {
        _ if starts_lower => lower_start(tail, found, cut, context, next, &words),
        None if lower => None,
        None if is_after_country(tail) => names_institution(&words).then_some(Reason::RestInstitution),
        None => (is_initialed_name(&words) && capital_start(tail, Reason::LikelyAbbreviation, &words, text).is_some())
            .then_some(Reason::RestName),
        Some(_) if found == Ending::Comma => names_speaker(tail, &words).then_some(Reason::RestPiece),
        Some(cut) => capital_start(tail, cut, &words, text)
            .or_else(|| next.is_link(cut).then_some(Reason::RestLink))
            .or_else(|| is_broken_line(tail, cut, context, next, first).then_some(Reason::RestPiece)),
    };
    reason.map(|reason| seam(" ", reason))
}

/// "before the minister of the" "Interior spoke to them.": where the lines beside show that the text is broken anywhere, it
/// is broken before names, too.
fn is_broken_line(tail: &Tail<'_>, cut: Reason, context: &Context, next: &Following<'_>, first: &Token<'_>) -> bool {
    let broken = context.joined || next.context.joined || begins_lower(tail.text);
    let named = first.is_capital() && first.lead.is_empty() && !first.trail.starts_with(':');
    let may_go_on = named && (lexicon::closed(first.word).is_empty() || first.word == "I");
    broken && asks(cut) && may_go_on && next.goes_on() && explained::is_certain(tail, cut)
}

/// Whether a cut asks for its rest, whatever that looks like.
fn asks(cut: Reason) -> bool {
    matches!(cut, Reason::AfterArticle | Reason::AfterPreposition | Reason::AfterConjunction | Reason::AfterAuxiliary)
}

/// `Rowe et al.` `[2004] studied`: the year of a work.
fn is_reference(tail: &Tail<'_>, next: &str) -> bool {
    let et_al = matches!(&tail.words[..], [.., et, al] if et.is("et") && al.is("al"));
    let year = |rest: &str| rest.len() > 4 && rest.as_bytes()[..4].iter().all(u8::is_ascii_digit);
    et_al && next.strip_prefix(['[', '(']).is_some_and(year)
}

/// "Figure 3", "Table 1.": it stands between the parts of a sentence.
fn is_caption(words: &[Token<'_>]) -> bool {
    words[0].is_capital()
        && words[0].is_any(&["chart", "fig", "figure", "table"])
        && words.get(1).is_some_and(Token::is_number)
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

/// "“…,”" "State's Attorney Roe said.": who spoke, and nothing after the verb.
fn names_speaker(tail: &Tail<'_>, words: &[Token<'_>]) -> bool {
    let quoted = tail.text.ends_with(['”', '"', '’', '\'']);
    let titled = |w: &Token<'_>| w.trail == "." && lexicon::abbreviation(w.word).starts_with('t');
    let names = words.iter().take(8).take_while(|w| w.is_capital() && (w.trail.is_empty() || titled(w))).count();
    let closed = |w: &Token<'_>| w.trail.starts_with(['.', ',']) || words.len() == names + 1;
    quoted && names > 0 && words.get(names).is_some_and(|w| w.is_any(&["said", "says"]) && closed(w))
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

/// "Baum, the president of the company": a surname that goes on in lowercase.
fn is_initialed_name(words: &[Token<'_>]) -> bool {
    words[0].is_capital() && words.iter().skip(1).take(3).any(|w| w.is_lower() && !w.word.is_empty())
}
