//! A sentence without an end that leads up to what follows it: a quotation, a list, verse, a signature. Nothing is missing.

use super::{Context, Tail, role};
use crate::data::list;
use crate::english::ceil_boundary;
use crate::english::ending::Ending;
use crate::english::token::{Token, tokens};
use crate::english::{clause, lexicon};

list!(
    /// Verbs and nouns that announce words of somebody.
    SAYING, "english/saying.txt"
);

/// How many bytes of the next paragraph are read.
const AHEAD: usize = 256;
/// A line of verse has no more bytes than this.
const VERSE: usize = 64;
/// The lines of a paragraph that was wrapped, in chars.
const WRAPPED: std::ops::RangeInclusive<usize> = 45..=80;

/// Whether the sentence goes on in the next paragraph though that is no rest to be joined.
/// `rest`: it reads as one all the same.
pub(super) fn leads_to(
    tail: &Tail<'_>,
    found: Ending,
    context: &Context,
    next: &str,
    place: &Context,
    rest: bool,
) -> bool {
    let inner = next.trim_start();
    let goes_on = || {
        let marked = inner.starts_with([',', '.', ';', ')']);
        marked || is_small_item(inner) || is_command(inner) || is_lone_address(inner)
    };
    if is_indented(tail.text, next) || !rest && goes_on() {
        return true;
    }
    let kept = || found == Ending::Comma && is_verse(tail, next) || !rest && is_wrapped_pair(tail, context, next);
    if is_next_line(context, place) && kept() {
        return true;
    }
    let ahead = tokens(start_of(inner), 0);
    let Some(first) = ahead.first().filter(|w| !w.word.is_empty()) else {
        return false;
    };
    if found == Ending::Open && is_signature(&ahead)
        || found == Ending::Comma && (!rest && announces(tail, first) || is_letter_end(tail, inner, &ahead))
    {
        return true;
    }
    !rest && is_broken_heading(tail, inner, &ahead)
}

fn start_of(text: &str) -> &str {
    &text[..ceil_boundary(text, text.len().min(AHEAD))]
}

/// A block quotation, verse or code is set in deeper than the paragraph before it.
fn is_indented(text: &str, next: &str) -> bool {
    indentation(next) > indentation(text) + 1
}

fn indentation(text: &str) -> usize {
    text.chars()
        .map_while(|c| match c {
            '\t' => Some(4),
            ' ' | '\u{A0}' => Some(1),
            _ => None,
        })
        .sum()
}

/// "- define the goods": an item in lowercase goes on with the sentence; one with a capital may be a link of the page.
fn is_small_item(next: &str) -> bool {
    let words = next.trim_start_matches(|c: char| !c.is_alphabetic());
    role::is_item(next) && words.starts_with(char::is_lowercase)
}

/// A command as it is typed at a prompt.
fn is_command(next: &str) -> bool {
    next.starts_with("$ ") || next.starts_with(">>> ")
}

/// A link, a mail address or a telephone number alone on its line.
fn is_lone_address(next: &str) -> bool {
    let next = next.trim_end();
    let number = || next.len() > 6 && next.bytes().all(|b| b.is_ascii_digit() || b"()+-. ".contains(&b));
    number() || (!next.contains(char::is_whitespace) && role::is_address(next))
}

/// Whether both stand in one block, the one right after the other.
fn is_next_line(context: &Context, place: &Context) -> bool {
    let (shape, next) = (&context.shape, &place.shape);
    next.index == shape.index.saturating_add(1)
}

/// Two short lines that both begin with a capital.
fn is_verse(tail: &Tail<'_>, next: &str) -> bool {
    let opens = |text: &str| text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    tail.text.len() < VERSE && next.trim_end().len() < VERSE && opens(next)
}

/// Two lines of which the first had no room for the name that begins the second: one paragraph.
fn is_wrapped_pair(tail: &Tail<'_>, context: &Context, next: &str) -> bool {
    let len = tail.text.chars().count();
    let following = next.trim_end().chars().count();
    let word = next.split_whitespace().next().unwrap_or_default();
    let full = len + 1 + word.chars().count() > len.max(following);
    let named = lexicon::closed(word.trim_end_matches([',', '.'])).is_empty();
    context.shape.lines == 2 && WRAPPED.contains(&len) && following <= *WRAPPED.end() && full && named
}

/// "Mr. Roe declared,": the words follow.
fn announces(tail: &Tail<'_>, first: &Token<'_>) -> bool {
    let words = tail.sentence();
    let quoted = || words.iter().any(|w| w.trail.contains(['”', '"', '’']));
    let from = words.len().saturating_sub(10);
    first.lead.starts_with(['"', '“', '‘', '\'', '«']) && words[from..].iter().any(|w| w.is_listed(SAYING)) && !quoted()
}

/// "I am, with high esteem,", "In haste,": a signature or "Your friend," follows; so does a speaker's name alone after speech.
fn is_letter_end(tail: &Tail<'_>, next: &str, ahead: &[Token<'_>]) -> bool {
    let short = tail.sentence().len() < 16 || tail.text.ends_with(['”', '"']);
    let yours = ahead[0].is_any(&["your", "yours"]) && ahead.len() < 8;
    let open = !next.trim_end().trim_end_matches('.').contains(['.', '!', '?', ':', ';']) || is_all_caps(ahead);
    let signed =
        ahead.len() < 5 && open && ahead.iter().all(|w| w.is_capital() || w.is_any(&["van", "von", "de", "and"]));
    short && (yours || signed)
}

/// "L. VAN BEETHOVEN." alone on its line.
fn is_signature(words: &[Token<'_>]) -> bool {
    words.len() < 5
        && is_all_caps(words)
        && words.iter().any(|w| w.word.len() > 3)
        && words.last().is_some_and(|w| w.trail == ".")
}

/// Whether all words are uppercase.
fn is_all_caps(words: &[Token<'_>]) -> bool {
    words.iter().all(|w| !w.word.contains(|c: char| c.is_lowercase() || c.is_numeric()))
}

/// A heading in title case, broken into two lines.
fn is_broken_heading(tail: &Tail<'_>, next: &str, ahead: &[Token<'_>]) -> bool {
    let ends = next.trim_end().ends_with(['.', '!', '?', '”', '"']);
    let open = |words: &[Token<'_>]| words.iter().filter(|w| lexicon::closed(w.word).is_empty()).count();
    !ends
        && open(&tail.words) > 2
        && open(ahead) > 1
        && role::is_title_case(&tail.words, tail.closed())
        && role::is_title_case(ahead, &clause::closed(ahead))
}
