//! Small scanners that the rules of the stage share: tokens, words, phrases, quotation marks.

use crate::data::EndList;
pub(super) use crate::english::country::is_word;
pub(super) use crate::english::token::pieces;

pub(super) fn starts_upper(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

pub(super) fn starts_lower(word: &str) -> bool {
    word.starts_with(char::is_lowercase)
}

pub(super) fn starts_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// Two letters or more, all of them uppercase, and no digit.
pub(super) fn is_all_caps(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_uppercase()).count();
    letters >= 2 && !word.contains(|c: char| c.is_lowercase() || c.is_numeric())
}

/// A word in uppercase as it is written elsewhere.
pub(super) fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().into_iter().chain(chars.flat_map(char::to_lowercase)).collect()
}

/// The token (run without white space) that ends the text.
pub(super) fn last_token(text: &str) -> &str {
    split_last_token(text).1
}

/// The token that ends the text, and what comes before it.
pub(super) fn split_last_token(text: &str) -> (&str, &str) {
    let bytes = text.trim_ascii_end().as_bytes();
    let len = bytes.iter().rev().take_while(|b| b.is_ascii_graphic()).count();
    let start = bytes.len() - len;
    if len > 0 && matches!(bytes[..start], [] | [.., b' ']) {
        return (&text[..start], &text[start..bytes.len()]);
    }
    let text = text.trim_end();
    let token = text.rsplit(char::is_whitespace).next().unwrap_or("");
    (&text[..text.len() - token.len()], token)
}

/// The tokens of a text, from the last to the first.
pub(super) fn tokens_back(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (before, token) = split_last_token(rest);
        rest = before;
        Some(token).filter(|token| !token.is_empty())
    })
}

/// The token that begins the text.
pub(super) fn first_token(text: &str) -> &str {
    pieces(text).next().unwrap_or("")
}

/// The first two tokens of a text.
pub(super) fn first_two(text: &str) -> (&str, &str) {
    let mut tokens = pieces(text);
    (tokens.next().unwrap_or(""), tokens.next().unwrap_or(""))
}

/// A token without the punctuation around it.
pub(super) fn bare(token: &str) -> &str {
    match token.as_bytes() {
        [first, .., last] if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric() => token,
        _ => token.trim_matches(|c: char| !is_word(c)),
    }
}

/// A token without the punctuation around it, except for the period of an abbreviation.
pub(super) fn bare_dotted(token: &str) -> &str {
    token.trim_start_matches(|c: char| !is_word(c)).trim_end_matches(|c: char| !is_word(c) && c != '.')
}

/// A token without the punctuation around it, cut at an apostrophe, a hyphen or a slash: "Senate" of "Senate's".
pub(super) fn stem(token: &str) -> &str {
    bare(token).split(['\'', '’', '-', '/']).next().unwrap_or("")
}

/// Whether a token has a possessive ending.
pub(super) fn is_possessive(token: &str) -> bool {
    bare(token).strip_suffix(['s', 'S']).is_some_and(|rest| rest.ends_with(['\'', '’']))
}

/// Whether the text begins with the phrase, as whole words. A space of the phrase matches any white space, a straight
/// apostrophe a curly one; with `fold`, ASCII letters match in either case.
pub(super) fn match_prefix(text: &str, phrase: &str, fold: bool) -> bool {
    let mut rest = text;
    for want in phrase.chars() {
        let tail = if want == ' ' {
            Some(rest.trim_start()).filter(|tail| tail.len() < rest.len())
        } else {
            rest.strip_prefix(|c| same(c, want, fold))
        };
        let Some(tail) = tail else { return false };
        rest = tail;
    }
    !rest.starts_with(is_word)
}

/// Where the phrase begins that the text ends with, as whole words; white space and case as in [`match_prefix`].
fn suffix_start(text: &str, phrase: &str, fold: bool) -> Option<usize> {
    let mut rest = text;
    for want in phrase.chars().rev() {
        let head = if want == ' ' {
            Some(rest.trim_end()).filter(|head| head.len() < rest.len())
        } else {
            rest.strip_suffix(|c| same(c, want, fold))
        };
        rest = head?;
    }
    (!rest.ends_with(is_word)).then_some(rest.len())
}

/// Where the longest phrase of a list begins that the text ends with; as [`suffix_start`]. No phrase has inner words alone.
pub(super) fn listed_suffix_start(text: &str, list: &EndList, fold: bool) -> Option<usize> {
    list.ending(common_end(text)).filter_map(|phrase| suffix_start(text, phrase, fold)).min()
}

/// Whether a word is one that joins the country's name to what comes before it in a name: no name has such words alone.
pub(super) fn is_inner(word: &str) -> bool {
    matches!(word, "the" | "in" | "of" | "to" | "with" | "The" | "In")
}

/// The start of a text with which each phrase begins that the text begins with: a word of ASCII letters and digits, or a mark.
pub(super) fn common_start(text: &str) -> &str {
    let len = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let is_mark = len == 0 && text.bytes().next().is_some_and(|b| b.is_ascii_graphic());
    &text[..len + usize::from(is_mark)]
}

/// The end of a text in which each phrase ends that the text ends with: a word of ASCII letters and digits, or a mark, and
/// inner words after it with single spaces.
fn common_end(text: &str) -> &str {
    let bytes = text.as_bytes();
    let (mut start, mut end) = (bytes.len(), bytes.len());
    loop {
        match bytes[..end].iter().rev().take_while(|b| b.is_ascii_alphanumeric()).count() {
            0 if bytes[..end].last().is_some_and(u8::is_ascii_graphic) => return &text[end - 1..],
            0 => return &text[start..],
            len => start = end - len,
        }
        if !is_inner(&text[start..end]) {
            return &text[start..];
        }
        end = if bytes[..start].ends_with(b" ") { start - 1 } else { start };
    }
}

fn same(c: char, want: char, fold: bool) -> bool {
    c == want || (want == '\'' && c == '’') || fold && c.eq_ignore_ascii_case(&want)
}

pub(super) fn is_open_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '„' | '‹' | '`')
}

pub(super) fn is_close_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | '›')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_phrase_at_a_texts_end_ends_as_the_text_does(
            text in "[a-cB ’'.-]{0,9}",
            phrase in "[a-cB'é]{1,3}( [a-cB',]{1,3}){0,2}( in| the| of){0,2}",
            space in " |  |\n|\u{a0}",
            fold: bool,
        ) {
            for text in [text.clone(), text + &phrase.replace(' ', &space).replace('\'', "’")] {
                let end = common_end(&text).to_ascii_lowercase();
                let found = suffix_start(&text, &phrase, fold).is_some();
                prop_assert!(!found || phrase.to_ascii_lowercase().ends_with(&end), "{:?}: {:?}", text, end);
            }
        }
    }
}
