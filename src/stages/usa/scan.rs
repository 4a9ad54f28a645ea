//! Small scanners shared by the rules of the stage: bounded looks to the left and to the right, words, phrases.

pub(super) use crate::english::country::is_word;

use crate::english::country::Form;

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

/// Two letters or more, all of them uppercase.
pub(super) fn is_all_caps(word: &str) -> bool {
    let mut letters = 0;
    for c in word.chars() {
        if c.is_lowercase() || c.is_numeric() {
            return false;
        }
        letters += usize::from(c.is_uppercase());
    }
    letters >= 2
}

/// The token (run without white space) that ends the text, after trailing spaces.
pub(super) fn last_token(text: &str) -> &str {
    // Most tokens are ASCII and have one space on either side.
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

/// The token that begins the text, after leading spaces.
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

/// Whether the text begins with the phrase, as whole words. A space of the phrase stands for any white space, a straight
/// apostrophe for a curly one; with `fold`, ASCII letters match in either case.
pub(super) fn match_prefix(text: &str, phrase: &str, fold: bool) -> bool {
    // Most phrases differ in their first byte already.
    if text.bytes().zip(phrase.bytes()).next().is_some_and(|(t, p)| !t.eq_ignore_ascii_case(&p)) {
        return false;
    }
    let mut rest = text;
    for (i, word) in phrase.split(' ').enumerate() {
        let next = if i > 0 { rest.trim_start() } else { rest };
        if i > 0 && next.len() == rest.len() {
            return false;
        }
        let mut chars = next.chars();
        if !word.chars().all(|want| chars.next().is_some_and(|c| same(c, want, fold))) {
            return false;
        }
        rest = chars.as_str();
    }
    !rest.starts_with(is_word)
}

/// Whether the text ends with the phrase, as whole words; white space and case as in [`match_prefix`].
pub(super) fn match_suffix(text: &str, phrase: &str, fold: bool) -> bool {
    let start = suffix_start(text, phrase, fold);
    start.is_some()
}

/// Where a phrase begins that the text ends with.
pub(super) fn suffix_start(text: &str, phrase: &str, fold: bool) -> Option<usize> {
    if !may_end(text.as_bytes(), phrase.as_bytes()) {
        return None;
    }
    let mut rest = text;
    for (i, word) in phrase.rsplit(' ').enumerate() {
        let next = if i > 0 { rest.trim_end() } else { rest };
        if i > 0 && next.len() == rest.len() {
            return None;
        }
        let mut chars = next.chars();
        if !word.chars().rev().all(|want| chars.next_back().is_some_and(|c| same(c, want, fold))) {
            return None;
        }
        rest = chars.as_str();
    }
    (!rest.ends_with(is_word)).then_some(rest.len())
}

/// Whether a name or a title may end here: it has a capital, except for the small words of "Born in the USA". Cheap.
pub(super) fn may_end_name(head: &str) -> bool {
    let mut head = head.trim_end_matches('(');
    for _ in 0..4 {
        let word = last_token(head);
        if !matches!(word, "the" | "in" | "of" | "to" | "with" | "The") {
            let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
            return starts_upper(word) || starts_digit(word) || word == "made";
        }
        head = head.trim_end();
        head = &head[..head.len() - word.len()];
    }
    false
}

/// False: the last letters and figures differ, in any case. Cheap; most phrases end here.
fn may_end(text: &[u8], phrase: &[u8]) -> bool {
    for (i, (t, p)) in text.iter().rev().zip(phrase.iter().rev()).enumerate() {
        match (t.is_ascii_alphanumeric(), p.is_ascii_alphanumeric()) {
            (true, true) if t.eq_ignore_ascii_case(p) => {}
            (true, true) => return false,
            // One space in both: the words before it are compared as well.
            (false, false) if *t == b' ' && *p == b' ' && text[..text.len() - i - 1].last() > Some(&b' ') => {}
            _ => return true,
        }
    }
    text.len() >= phrase.len()
}

fn same(c: char, want: char, fold: bool) -> bool {
    c == want || (want == '\'' && c == '’') || fold && c.eq_ignore_ascii_case(&want)
}

/// How the words around a form are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// With lowercase words: an uppercase letter marks a name.
    Prose,
    /// Every longer word begins with a capital, as in headlines.
    Title,
    /// All uppercase.
    Shouted,
}

/// Whether no lowercase letter is near the form. Cheap.
pub(super) fn is_in_capitals(text: &str, form: &Form) -> bool {
    let near = before(text, form.start).bytes().rev().chain(after(text, form.end).bytes());
    !{ near }.any(|b| b.is_ascii_lowercase())
}

/// How the text around a form is written, by its words of four letters and more.
pub(super) fn case_around(text: &str, form: &Form) -> Case {
    let words =
        || before(text, form.start).split_whitespace().chain(after(text, form.end).split_whitespace()).map(bare);
    if words().any(|w| w.len() > 3 && starts_lower(w)) {
        Case::Prose
    } else if is_in_capitals(text, form) {
        Case::Shouted
    } else {
        Case::Title
    }
}

pub(super) fn is_open_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '„' | '‹' | '`')
}

pub(super) fn is_close_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | '›')
}

/// The first form in a text.
#[cfg(test)]
pub(super) fn form(text: &str) -> Form {
    text.match_indices('U').find_map(|(i, _)| Form::at(text, i)).unwrap()
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
