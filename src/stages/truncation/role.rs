//! What kind of line a paragraph is: running prose, or a heading, caption, list item, table row, verse.

use super::{Context, Tail};
use crate::document::block::Layout;
use crate::document::role::item::is_list_item;
use crate::english::ceil_boundary;
use crate::english::clause::{self, Reading, Tag};
use crate::english::lexicon;
use crate::english::token::Token;

/// How surely a paragraph is running prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Prose {
    /// A list item, a table row, verse, an address, a name: nothing can be said of its end.
    None,
    /// A line of one sentence that may be a heading or a caption.
    Line,
    /// A sentence with a verb and an article or more: a heading hardly looks so.
    Sentence,
    /// Several sentences, or a long one.
    Strong,
}

/// Fewer words are no sentence.
pub(super) const FEWEST: usize = 3;

/// Whether a paragraph is certainly no prose.
pub(crate) fn is_no_prose(text: &str, words: &[Token<'_>], context: &Context) -> bool {
    words.is_empty()
        || (context.shape.is_lines() && text.len() < 100)
        || is_item(text)
        || is_row(text)
        || has_credit(text, words)
        || is_attributed(words)
        || is_stamped_byline(words)
        || is_stamp(words)
        || is_timed_label(words)
}

/// "Speaker 4: 01:08:08": who speaks, and from when on.
pub(super) fn is_timed_label(words: &[Token<'_>]) -> bool {
    let clock = |w: &Token<'_>| w.is_number() && w.word.contains(':');
    let [before @ .., last] = words else { return false };
    before.len() < 6 && clock(last) && before.last().is_some_and(|w| w.trail == ":")
}

/// "… Roe 05/22/2001 09:25 AM", "Last updated: April 28, 2018 12:32 am": a time ends the line, and a year or a date is near.
fn is_stamp(words: &[Token<'_>]) -> bool {
    let half = words.last().is_some_and(|w| w.is_any(&["am", "pm", "a.m", "p.m"]));
    let Some(at) = words.len().checked_sub(1 + usize::from(half)) else { return false };
    let clock = |w: &Token<'_>| w.is_number() && w.word.contains(':');
    let year = |w: &Token<'_>| w.word.len() == 4 && w.is_number() && w.word.starts_with(['1', '2']);
    let date = |w: &Token<'_>| w.is_number() && w.word.bytes().filter(|b| matches!(b, b'/' | b'-' | b'.')).count() == 2;
    let dated = words[at.saturating_sub(4)..at].iter().any(|w| year(w) || date(w));
    let ends_in_year = || at > 1 && year(&words[at]) && words[..at].iter().rev().take(2).any(is_month);
    clock(&words[at]) && dated || !half && ends_in_year() && words.iter().any(|w| w.lead.starts_with(['—', '@']))
}

fn is_month(word: &Token<'_>) -> bool {
    word.is_capital() && lexicon::abbreviation(word.word).starts_with('m')
}

/// "By Ada Mills on Thu, Nov 9, 2023 at 4:00 am": a byline with its date.
fn is_stamped_byline(words: &[Token<'_>]) -> bool {
    let named = |w: &Token<'_>| w.is_capital() && !w.word.contains(['\'', '’']);
    let stamped = || words.iter().any(|w| w.is_number() && w.word.len() == 4 || w.word.contains(':'));
    words.len() < 16 && words[0].word == "By" && words.iter().skip(1).take(2).all(named) && stamped()
}

/// How surely the paragraph is prose.
pub(super) fn prose(tail: &Tail<'_>, context: &Context) -> Prose {
    let words = &tail.words[..];
    let count = words.iter().filter(|w| !w.word.is_empty()).count();
    let lower = words.iter().filter(|w| w.is_lower()).count();
    if context.shape.layout == Layout::Wrapped && lower * 2 > count {
        return Prose::Strong;
    }
    if has_sentence_before(words, tail.start) && lower * 4 >= count {
        return Prose::Strong;
    }
    let mut closed = clause::closed(&words[..tail.start]);
    closed.extend(tail.closed());
    let articles = closed.iter().filter(|classes| classes.contains(['D', 'A', 'J'])).count();
    if is_title_case(words, &closed) || count < 4 {
        return if count < FEWEST { Prose::None } else { Prose::Line };
    }
    let verb = || tail.reading().main_verb;
    if count >= 25 && lower * 2 > count && (articles > 1 || verb()) {
        return Prose::Strong;
    }
    if count >= 5 && articles > 0 && lower * 3 >= count && !asks(words) && verb() {
        return Prose::Sentence;
    }
    Prose::Line
}

/// A heading that begins with a wh-word.
fn asks(words: &[Token<'_>]) -> bool {
    words.len() < 12 && lexicon::closed(words[0].word).starts_with('W')
}

/// List items, headings with their marks, quoted mail.
pub(super) fn is_item(text: &str) -> bool {
    let text = text.trim_start();
    let marked = text.starts_with(['#', '>', '=', '|']) && !text.starts_with(">>> ");
    let code = text.starts_with("//") || text.starts_with("/*");
    marked || code || text.starts_with("--") && !text.starts_with("---") || is_list_item(text)
}

/// Table rows and other lines in columns: one tab inside is enough.
fn is_row(text: &str) -> bool {
    let start = text[..ceil_boundary(text, text.len().min(300))].trim();
    start.contains('\t') || memchr::memchr_iter(b'|', start.as_bytes()).nth(1).is_some()
}

/// What shows a credit. `may_be_credit` knows the first bytes of each.
const CREDITS: [&str; 18] = [
    "Photo:",
    "Photograph:",
    "Picture:",
    "Image:",
    "Credit:",
    "(Photo",
    "Getty Images",
    "Photo by",
    "Photos by",
    "Source:",
    "©",
    "/AP",
    "/Reuters",
    "/AFP",
    "(AP",
    "licensed under",
    "Video:",
    "Illustration",
];

/// Whether one of them begins with a byte.
static BEGINS_CREDIT: [bool; 256] = {
    let (mut begins, mut n) = ([false; 256], 0);
    while n < CREDITS.len() {
        begins[CREDITS[n].as_bytes()[0] as usize] = true;
        n += 1;
    }
    begins
};

/// A credit at the end: an agency, a photographer, a licence.
fn has_credit(text: &str, words: &[Token<'_>]) -> bool {
    let from = ceil_boundary(text, text.len().saturating_sub(120));
    let tail = &text.as_bytes()[from..];
    let credited = (0..tail.len())
        .filter(|at| BEGINS_CREDIT[usize::from(tail[*at])])
        .any(|at| may_be_credit(&tail[at..]) && is_credit(&tail[at..]));
    credited
        || words.last().filter(|w| !w.word.bytes().all(|b| b.is_ascii_alphanumeric())).is_some_and(|w| {
            w.word.contains(['@', '_'])
                || w.word.contains("://")
                || w.word.contains("www.")
                || w.word.ends_with(".com")
                || w.word.contains('/') && is_bare_link(w.word)
        })
}

/// By the first bytes of [`CREDITS`]. Cheap.
fn may_be_credit(text: &[u8]) -> bool {
    matches!(
        text,
        [b'P', b'h' | b'i', ..]
            | [b'I', b'm' | b'l', ..]
            | [b'C', b'r', ..]
            | [b'S', b'o', ..]
            | [b'G', b'e', ..]
            | [b'V', b'i', ..]
            | [b'(', b'P' | b'A', ..]
            | [b'/', b'A' | b'R', ..]
            | [b'l', b'i', b'c', ..]
            | [0xC2, 0xA9, ..]
    )
}

fn is_credit(text: &[u8]) -> bool {
    CREDITS.iter().any(|credit| text.starts_with(credit.as_bytes())) && !is_dateline(text)
}

/// `https://quay.example/a`, `www.quay.example`, `ada@quay.example`.
pub(super) fn is_address(word: &str) -> bool {
    word.contains("://") || word.starts_with("www.") || word.contains('@')
}

/// `quay.example`, `pic.quay.example/a1B2`: a link without its scheme.
pub(super) fn is_bare_link(word: &str) -> bool {
    let host = word.split('/').next().unwrap_or_default();
    let name = |part: &str| part.len() > 1 && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    host.contains('.') && host.split('.').all(name)
}

/// "OSLO (AP) — The ferries": the text goes on after the agency's bracket.
fn is_dateline(credit: &[u8]) -> bool {
    let agency = credit.starts_with(b"(AP)") || credit.starts_with(b"/");
    let following = credit.iter().position(|b| *b == b')').map_or(&[][..], |end| &credit[end..]);
    agency && following.iter().any(u8::is_ascii_alphanumeric)
}

/// A name after a dash that ends a quotation: "… the sea.” — Ada Mills", perhaps with what the person does.
fn is_attributed(words: &[Token<'_>]) -> bool {
    is_named_after(words) || is_named_with_job(words)
}

/// "… the sea.” — Ada Mills, keeper of the light"
fn is_named_with_job(words: &[Token<'_>]) -> bool {
    let from = words.len().saturating_sub(12).max(1);
    let dash = |marks: &str| marks.contains(['—', '–', '―']) || marks.contains("--");
    let quoted = |marks: &str| marks.contains(['”', '"']);
    let Some(at) = (from..words.len()).rev().find(|&at| {
        let before = &words[at - 1];
        let alone = before.word.is_empty() && dash(before.trail) && at > 1 && quoted(words[at - 2].trail);
        alone || quoted(before.trail) && (dash(before.trail) || dash(words[at].lead))
    }) else {
        return false;
    };
    let names = words[at..].iter().take_while(|w| w.is_capital() && !w.pauses()).count();
    let comma = words.get(at + names).filter(|w| w.is_capital() && w.trail == ",");
    names < 4 && comma.is_some() && !words[at..].iter().any(|w| w.trail.contains(['.', '!', '?', ';']))
}

fn is_named_after(words: &[Token<'_>]) -> bool {
    let names = words.iter().rev().take(6).take_while(|w| w.is_capital()).count();
    let Some(at) = words.len().checked_sub(names + 1).filter(|_| names > 0) else {
        return false;
    };
    let ends = |t: &Token<'_>| t.trail.contains(['.', '!', '?', '”', '"']);
    let dash = |marks: &str| marks.starts_with(['—', '–', '―', '-', '~']);
    if words[at].word.is_empty() {
        return dash(words[at].trail) && at > 0 && ends(&words[at - 1]);
    }
    dash(words[at + 1].lead) && ends(&words[at])
}

fn has_sentence_before(words: &[Token<'_>], start: usize) -> bool {
    start > 2 && words[..start].iter().any(Token::is_lower)
}

/// Whether most words that could be small have a capital.
pub(super) fn is_title_case(words: &[Token<'_>], closed: &[&'static str]) -> bool {
    let open = words.iter().zip(closed).filter(|(w, closed)| !w.word.is_empty() && closed.is_empty());
    let (mut capital, mut all) = (0, 0);
    for (word, _) in open {
        all += 1;
        capital += usize::from(word.is_capital() || word.is_number());
    }
    // Names fill many a sentence, but a heading has hardly two words of lowercase letters.
    all > 0 && capital * 4 >= all * 3 && all - capital < 2
}

/// Whether a sentence is more than a name: it has small words that are no prepositions.
pub(crate) fn is_more_than_name(words: &[Token<'_>], reading: &Reading) -> bool {
    let apposed = words.windows(2).any(|w| w[0].trail == "," && w[1].word == "the");
    words.len() > 3
        && words
            .iter()
            .zip(&reading.tags)
            .filter(|(w, tag)| w.is_lower() && !matches!(tag, Tag::Preposition | Tag::Article | Tag::Coordinator))
            .count()
            > usize::from(!apposed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_credit_may_be_one() {
        assert!(CREDITS.iter().all(|credit| may_be_credit(credit.as_bytes())));
    }
}
