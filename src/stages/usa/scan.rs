//! Small scanners that the rules of the stage share: tokens, words, phrases, quotation marks.

pub(super) use crate::english::country::is_word;

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
    text.trim_end().rsplit(char::is_whitespace).next().unwrap_or("")
}

/// The token that begins the text.
pub(super) fn first_token(text: &str) -> &str {
    text.trim_start().split(char::is_whitespace).next().unwrap_or("")
}

/// The first two tokens of a text.
pub(super) fn first_two(text: &str) -> (&str, &str) {
    let mut tokens = text.split_whitespace();
    (tokens.next().unwrap_or(""), tokens.next().unwrap_or(""))
}

/// A token without the punctuation around it.
pub(super) fn bare(token: &str) -> &str {
    token.trim_matches(|c: char| !is_word(c))
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
    for (i, word) in phrase.split(' ').enumerate() {
        let next = if i > 0 { rest.trim_start() } else { rest };
        let mut chars = next.chars();
        if i > 0 && next.len() == rest.len()
            || !word.chars().all(|want| chars.next().is_some_and(|c| same(c, want, fold)))
        {
            return false;
        }
        rest = chars.as_str();
    }
    !rest.starts_with(is_word)
}

/// Where the phrase begins that the text ends with, as whole words; white space and case as in [`match_prefix`].
pub(super) fn suffix_start(text: &str, phrase: &str, fold: bool) -> Option<usize> {
    if differs_at_end(text.as_bytes(), phrase.as_bytes()) { None } else { phrase_start(text, phrase, fold) }
}

/// The same, word by word.
fn phrase_start(text: &str, phrase: &str, fold: bool) -> Option<usize> {
    let mut rest = text;
    for (i, word) in phrase.rsplit(' ').enumerate() {
        let next = if i > 0 { rest.trim_end() } else { rest };
        let mut chars = next.chars();
        if i > 0 && next.len() == rest.len()
            || !word.chars().rev().all(|want| chars.next_back().is_some_and(|c| same(c, want, fold)))
        {
            return None;
        }
        rest = chars.as_str();
    }
    (!rest.ends_with(is_word)).then_some(rest.len())
}

/// Whether two texts surely end in different words: from their ends on they are alike except for case, up to a letter or a digit
/// in both. Cheap.
fn differs_at_end(a: &[u8], b: &[u8]) -> bool {
    let mut pairs = a.iter().rev().zip(b.iter().rev());
    let first = pairs.find(|(a, b)| !a.eq_ignore_ascii_case(b));
    first.is_some_and(|(a, b)| a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric())
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
        fn texts_that_differ_at_their_ends_do_not_end_in_the_phrase(
            text in "[a-cB ’'.-]{0,9}",
            phrase in "[a-cB']{1,3}( [a-cB']{1,3})?",
            fold: bool,
        ) {
            for text in [text.clone(), text + &phrase] {
                prop_assert_eq!(suffix_start(&text, &phrase, fold), phrase_start(&text, &phrase, fold), "{:?}", text);
            }
        }
    }
}
