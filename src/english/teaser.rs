//! A teaser's link text at a paragraph's end: `Read more »`, `Continue reading →`, `(more…)`, `[+2841 chars]`.

use super::ceil_boundary;
use crate::data::list_by_end;

list_by_end!(
    /// Link texts, in lower case, without arrows and brackets.
    LINKS, "english/teaser-links.txt"
);

/// No link is longer, except for one with a title in it.
const LONGEST: usize = 240;

/// Where a link text begins that ends a text, or the first of several, one after the other. The text has no spaces at its
/// end.
pub(crate) fn link(body: &str) -> Option<usize> {
    let mut start = last_link(body)?;
    while let Some(earlier) = last_link(body[..start].trim_end()) {
        start = earlier;
    }
    Some(start)
}

/// A text without the link that follows an ellipsis at its end.
pub(crate) fn without_link(text: &str) -> &str {
    let bytes = text.as_bytes();
    if matches!(bytes, [.., last, b'.'] if *last != b'.') {
        return text;
    }
    let ellipsis = |at: usize| bytes[at..].starts_with(b"..") || bytes[at..].starts_with("…".as_bytes());
    if !memchr::memchr2_iter(b'.', 0xE2, bytes).any(ellipsis) {
        return text;
    }
    let head = link(text).map(|start| text[..start].trim_end());
    head.filter(|head| after_ellipsis(head)).unwrap_or(text)
}

fn last_link(body: &str) -> Option<usize> {
    let from = ceil_boundary(body, body.len().saturating_sub(LONGEST));
    let tail = &body[from..];
    if ends_in_other_word(tail) {
        return with_title(tail).map(|at| from + at);
    }
    if let Some(at) = count_of_chars(tail).or_else(|| bracketed_more(tail)) {
        return Some(from + at);
    }
    if tail.ends_with('.') && !tail.ends_with("..") {
        return None;
    }
    let bare = tail.trim_end_matches(is_arrow);
    let arrow = bare.len() < tail.len();
    let opened_out = bare.trim_end_matches([']', ')']).trim_end_matches(is_arrow);
    let inner = without_place(opened_out);
    if let Some(phrase) = longest_link(inner) {
        let at = opened(tail, phrase, bare.len() > opened_out.len());
        let at = after_arrow(&tail[..at]);
        let title = phrase < TITLE && IN_TITLES.iter().any(|link| inner[phrase..].eq_ignore_ascii_case(link));
        let doubtful = title || inner[phrase..].starts_with(char::is_lowercase);
        return (!doubtful || arrow || after_ellipsis(&tail[..at])).then_some(from + at);
    }
    with_title(tail).or_else(|| lone_more(tail, bare)).map(|at| from + at)
}

/// A text of at least this many bytes before its link is no title.
const TITLE: usize = 100;
/// Link texts that a title may end in: there they count with an arrow or after an ellipsis only.
const IN_TITLES: [&str; 5] = ["find out more", "learn more", "see more", "show more", "view more"];

/// A link text without the place that it points at: "Read the full story here".
fn without_place(inner: &str) -> &str {
    ["here", "below"]
        .iter()
        .filter_map(|place| phrase_start(inner, place))
        .fold(inner, |inner, at| inner[..at].trim_end())
}

/// `… More »`: the word is too common without an ellipsis before it and an arrow after it.
fn lone_more(tail: &str, bare: &str) -> Option<usize> {
    let at = phrase_start(bare, "more")?;
    (tail[bare.len()..].contains(is_drawn_arrow) && after_ellipsis(&tail[..at])).then_some(at)
}

/// Where a link begins that has its arrow in front: `» Read more`.
fn after_arrow(head: &str) -> usize {
    let text = head.trim_end();
    let bare = text.trim_end_matches(['→', '»', '›', '>', '➔', '▶', '►']);
    // A guillemet right after a word closes a quotation.
    let apart = bare.len() < text.len() && (bare.ends_with(char::is_whitespace) || after_ellipsis(bare));
    if apart { bare.len() } else { head.len() }
}

/// What may follow a link's words: arrows, and the spaces and marks around them.
fn is_arrow(c: char) -> bool {
    is_drawn_arrow(c) || c.is_whitespace() || matches!(c, '…' | '.' | ':')
}

fn is_drawn_arrow(c: char) -> bool {
    matches!(c, '→' | '»' | '›' | '>' | '⟶' | '➔' | '➜' | '➝' | '⇒' | '▶' | '►' | '▸' | '❯' | '\u{FE0F}')
}

/// The last words of the link texts: what ends in none of them needs no search.
const LAST_WORDS: [&str; 12] =
    ["article", "continue", "entry", "here", "link", "more", "on", "post", "reading", "report", "rest", "story"];

/// Where the longest link text begins that ends a text.
fn longest_link(text: &str) -> Option<usize> {
    LINKS.ending(last_word_of_link(text)?).filter_map(|link| phrase_start(text, link)).min()
}

/// The last word of a text, in lowercase, where it may be a link's.
fn last_word_of_link(text: &str) -> Option<&'static str> {
    let word = last_letters(text);
    LAST_WORDS.into_iter().find(|last| last.eq_ignore_ascii_case(word))
}

/// Whether a text ends in a word that ends no link text, nor a place that a link points at: the common case.
fn ends_in_other_word(text: &str) -> bool {
    let word = last_letters(text);
    !word.is_empty() && last_word_of_link(word).is_none() && !word.eq_ignore_ascii_case("below")
}

/// The ASCII letters at a text's end.
fn last_letters(text: &str) -> &str {
    let letters = text.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    &text[text.len() - letters..]
}

/// Where a phrase begins that ends a text, in any case, with no letter before it.
fn phrase_start(text: &str, phrase: &str) -> Option<usize> {
    let (last, own) = (text.as_bytes().last()?, phrase.as_bytes().last()?);
    if !last.eq_ignore_ascii_case(own) {
        return None;
    }
    let at = text.len().checked_sub(phrase.len())?;
    text.get(at..).filter(|end| end.eq_ignore_ascii_case(phrase))?;
    let free = !text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '“' | '"' | '‘'));
    free.then_some(at)
}

/// An opening bracket right before the phrase belongs to it.
fn opened(tail: &str, at: usize, closed: bool) -> usize {
    let head = tail[..at].trim_end();
    if closed && head.ends_with(['[', '(']) { head.len() - 1 } else { at }
}

fn after_ellipsis(head: &str) -> bool {
    let head = head.trim_end();
    head.ends_with(['…']) || head.ends_with("...") || head.ends_with("...]") || head.ends_with("…]")
}

/// `[+2841 chars]`
fn count_of_chars(tail: &str) -> Option<usize> {
    let inner = tail.strip_suffix(']')?.trim_end();
    let cut = inner.len().checked_sub(5)?;
    let digits = inner.get(cut..).filter(|end| end.eq_ignore_ascii_case("chars"))?;
    let head = inner[..inner.len() - digits.len()].trim_end();
    let number = head.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
    let open = number.trim_end().strip_suffix("[+")?;
    (number.len() < head.len()).then_some(open.len())
}

/// `(more…)`, `[more]`, `More »`
fn bracketed_more(tail: &str) -> Option<usize> {
    let inner = tail.strip_suffix([')', ']'])?.trim_end_matches(is_arrow);
    let at = phrase_start(inner, "more")?;
    let head = inner[..at].trim_end();
    head.ends_with(['(', '[']).then(|| head.len() - 1)
}

/// `Continue reading TITLE →`: the title is recognised by the arrow that ends it, or by an ellipsis before the link.
fn with_title(tail: &str) -> Option<usize> {
    // An ellipsis at the end marks a cut; it ends no link.
    if tail.ends_with(['…', '.', ']', ')']) {
        return None;
    }
    let arrow = tail.ends_with(is_arrow);
    let mut found = None;
    for at in memchr::memchr2_iter(b'C', b'R', tail.as_bytes()) {
        let rest = &tail[at..];
        if !matches!(rest.as_bytes().get(1), Some(b'o' | b'e' | b'O' | b'E')) {
            continue;
        }
        let opens = OPENERS.iter().any(|open| rest.get(..open.len()).is_some_and(|r| r.eq_ignore_ascii_case(open)));
        let before = tail[..at].trim_end();
        if opens && (after_ellipsis(before) || (arrow && !before.ends_with(['.', '!', '?', '”', '"']))) {
            found = Some(at);
            break;
        }
    }
    found
}

/// What stands before the title, or the site, that a link names.
const OPENERS: [&str; 6] =
    ["Continue reading ", "Read more: ", "Read more about ", "Read more at ", "Read more in ", "Read more on "];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_link_text_may_end_one() {
        assert!(LINKS.list.iter().all(|link| last_word_of_link(link).is_some()));
        assert_eq!(last_word_of_link("off the coast of Wales"), None);
    }

    #[test]
    fn links_are_found_at_the_end_only() {
        for (text, link_text) in [
            ("The gate was… Read more", "Read more"),
            ("The gate wasRead more »", ""),
            ("The gate was [...] READ MORE", "READ MORE"),
            ("The gate was… Continue reading The gate at Orly →", "Continue reading The gate at Orly →"),
            ("The gate was (more…)", "(more…)"),
            ("The gate was [+2841 chars]", "[+2841 chars]"),
            ("The gate was… [Read more]", "[Read more]"),
            ("He told them to read more", ""),
            ("Wait… read more", "read more"),
            ("The gate was… Read the full story here", "Read the full story here"),
            ("The gate was… More »", "More »"),
            ("The gate was… » Read more", "» Read more"),
            ("The gate was (Read more...)", "(Read more...)"),
            ("The gate was [+ 2841 chars]", "[+ 2841 chars]"),
            ("The gate was… Learn more", "Learn more"),
            ("Spend Less and Learn More", ""),
            ("They met Sir Thomas More", ""),
            ("The gate is… like no more", ""),
            ("Elle dit «oui» Read more", "Read more"),
        ] {
            let found = link(text).map_or("", |at| &text[at..]);
            assert_eq!(found, link_text, "{text}");
        }
    }
}
