//! Small scanners shared by the rules of the stage: bounded looks to the left and to the right, words, phrases.

pub(super) use crate::english::country::is_word;

/// How far a rule looks to either side, in bytes.
pub(super) const REACH: usize = 256;

/// The text before `at`, at most `REACH` bytes of it.
pub(super) fn before(text: &str, at: usize) -> &str {
    let mut start = at.saturating_sub(REACH);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..at]
}

/// The text from `at` on, at most `REACH` bytes of it.
pub(super) fn after(text: &str, at: usize) -> &str {
    let mut end = text.len().min(at + REACH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[at..end]
}

pub(super) fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

pub(super) fn starts_digit(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_digit)
}

pub(super) fn starts_lower(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase)
}

/// Two letters or more, all of them capitals.
pub(super) fn is_shouted(word: &str) -> bool {
    let mut letters = 0;
    for c in word.chars() {
        if c.is_lowercase() || c.is_numeric() {
            return false;
        }
        letters += usize::from(c.is_uppercase());
    }
    letters >= 2
}

/// The token (run without white space) that ends the text, behind trailing blanks.
pub(super) fn last_token(text: &str) -> &str {
    // Most tokens are ASCII and have one blank on either side.
    let plain = text.strip_suffix(' ').unwrap_or(text);
    let start = plain.len() - plain.bytes().rev().take_while(u8::is_ascii_graphic).count();
    if start < plain.len() && (start == 0 || plain.as_bytes()[start - 1] == b' ') {
        return &plain[start..];
    }
    last_token_by_chars(text)
}

fn last_token_by_chars(text: &str) -> &str {
    let text = text.trim_end();
    let start = text.char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(i, c)| i + c.len_utf8());
    &text[start..]
}

/// The token that begins the text, behind leading blanks.
pub(super) fn first_token(text: &str) -> &str {
    let plain = text.strip_prefix(' ').unwrap_or(text);
    let end = plain.bytes().take_while(u8::is_ascii_graphic).count();
    if end > 0 && matches!(plain.as_bytes().get(end), None | Some(b' ')) {
        return &plain[..end];
    }
    first_token_by_chars(text)
}

fn first_token_by_chars(text: &str) -> &str {
    let text = text.trim_start();
    &text[..text.find(char::is_whitespace).unwrap_or(text.len())]
}

/// A token without the punctuation around it.
pub(super) fn bare(token: &str) -> &str {
    token.trim_matches(|c: char| !is_word(c))
}

/// A token without the punctuation around it; a period of an abbreviation stays.
pub(super) fn bare_dotted(token: &str) -> &str {
    token.trim_start_matches(|c: char| !is_word(c)).trim_end_matches(|c: char| !is_word(c) && c != '.')
}

/// Whether the text begins with the phrase, as whole words. A blank of the phrase stands for any white space, a straight
/// apostrophe for a curly one; with `fold`, ASCII letters match in either case.
pub(super) fn match_prefix(text: &str, phrase: &str, fold: bool) -> bool {
    let mut rest = text.chars();
    phrase.chars().all(|want| rest.next().is_some_and(|c| same(c, want, fold))) && !rest.as_str().starts_with(is_word)
}

/// Whether the text ends with the phrase, as whole words.
pub(super) fn match_suffix(text: &str, phrase: &str, fold: bool) -> bool {
    // Most phrases differ in their last bytes already.
    let plain = |b: u8| b.is_ascii_alphanumeric();
    let differs = |(t, p): (&u8, &u8)| plain(*p) && plain(*t) && !t.eq_ignore_ascii_case(p);
    if text.as_bytes().iter().rev().zip(phrase.as_bytes().iter().rev()).any(differs) {
        return false;
    }
    let mut rest = text.chars();
    phrase.chars().rev().all(|want| rest.next_back().is_some_and(|c| same(c, want, fold)))
        && !rest.as_str().ends_with(is_word)
}

fn same(c: char, want: char, fold: bool) -> bool {
    c == want
        || (want == ' ' && c.is_whitespace())
        || (want == '\'' && c == '’')
        || fold && c.eq_ignore_ascii_case(&want)
}

pub(super) fn is_open_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '„' | '‹' | '`')
}

pub(super) fn is_close_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | '›')
}

/// The first form in a text.
#[cfg(test)]
pub(super) fn form(text: &str) -> crate::english::country::Form {
    text.match_indices('U').find_map(|(i, _)| crate::english::country::Form::at(text, i)).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIECES: [&str; 12] = ["a", "Quay", ".", "\u{201d}", "é", " ", " ", "\n", "\t", "\u{a0}", "\u{1f}", "\u{7f}"];

    proptest::proptest! {
        #[test]
        fn plain_tokens_are_told_as_by_chars(picks in proptest::collection::vec(0..PIECES.len(), 0..6)) {
            let text: String = picks.iter().map(|pick| PIECES[*pick]).collect();
            proptest::prop_assert_eq!(last_token(&text), last_token_by_chars(&text), "{:?}", text);
            proptest::prop_assert_eq!(first_token(&text), first_token_by_chars(&text), "{:?}", text);
        }
    }
}
