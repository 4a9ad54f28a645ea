//! How a paragraph ends, by its last marks.

use super::{lexicon, lowercase_letters};

/// What stands at a paragraph's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Closing punctuation, a colon, a semicolon: nothing to look at.
    Closed,
    /// A period that an abbreviation has too.
    Abbreviation,
    Comma,
    /// A hyphen that touches a word.
    Hyphen,
    Dash,
    /// An ellipsis, from the offset given.
    Ellipsis(usize),
    /// A word without punctuation.
    Open,
}

/// No abbreviation without inner periods is longer.
const LONGEST: usize = 7;

/// No number of a note is longer.
const NOTE: usize = 3;

/// Marks that may follow closing punctuation, a note's number among them.
const CLOSERS: [char; 21] =
    ['"', '\'', '”', '’', ')', ']', '»', '*', '_', '`', '›', '⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// The ending of a text that has no spaces at its end.
pub(crate) fn of(body: &str) -> Ending {
    if let Some(at) = ellipsis(body) {
        return Ending::Ellipsis(at);
    }
    if closes_before_notes(body) {
        return Ending::Closed;
    }
    let bare = body.trim_end_matches(CLOSERS);
    let quoted = bare.len() < body.len();
    match bare.chars().next_back() {
        Some('.') if bare.ends_with("..") => Ending::Closed,
        Some('.') if ends_in_abbreviation(bare) => Ending::Abbreviation,
        Some(',') if !body.ends_with([')', ']']) => Ending::Comma,
        Some('-') if quoted || bare.ends_with("--") || bare.ends_with(" -") => dash(quoted),
        Some('-') => Ending::Hyphen,
        Some('—' | '–' | '―') => dash(quoted),
        Some(c) if c.is_alphanumeric() || matches!(c, '%' | '$' | '£' | '€' | '&' | '+' | '°') => Ending::Open,
        _ => Ending::Closed,
    }
}

/// The text without the numbers of notes at its end: `[4][5]`.
pub(crate) fn without_notes(mut body: &str) -> &str {
    while let Some((head, note)) = body.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')) {
        if note.is_empty() || note.len() > NOTE || !note.bytes().all(|b| b.is_ascii_alphanumeric()) {
            break;
        }
        body = head;
    }
    body
}

fn closes_before_notes(body: &str) -> bool {
    let text = without_notes(body);
    text.len() < body.len() && text.ends_with(['.', '!', '?', '"', '”']) && of(text) == Ending::Closed
}

/// Speech that is broken off by a dash is whole.
fn dash(quoted: bool) -> Ending {
    if quoted { Ending::Closed } else { Ending::Dash }
}

/// Where an ellipsis begins that ends a text.
fn ellipsis(body: &str) -> Option<usize> {
    for form in ["[...]", "[…]", "[ ... ]", "[ … ]", "(...)", "(…)", "…", "..."] {
        if let Some(head) = body.strip_suffix(form) {
            return Some(head.trim_end_matches(['.', '…']).len());
        }
    }
    None
}

/// Whether a text that ends in one period ends in a word that may be an abbreviation.
fn ends_in_abbreviation(bare: &str) -> bool {
    let word = last_word(bare.strip_suffix('.').unwrap_or(bare).as_bytes());
    is_abbreviation(word)
}

/// The last word with its inner periods, at most 16 bytes of it.
fn last_word(bytes: &[u8]) -> &[u8] {
    let from = bytes.len().saturating_sub(16);
    let start =
        bytes[from..].iter().rposition(|b| !b.is_ascii_alphabetic() && *b != b'.').map_or(from, |at| from + at + 1);
    &bytes[start..]
}

fn is_abbreviation(word: &[u8]) -> bool {
    if !word.contains(&b'.') {
        let single = word.len() == 1 && word != b"a";
        return single || word.len() <= LONGEST && (is_country(word) || is_listed(word));
    }
    let has_parts =
        || !matches!(word, [b'.', ..] | [.., b'.']) && word.split(|b| *b == b'.').all(|part| part.len() < 4);
    word.len() < 13 && (word.len() > 2 && has_parts() || is_listed(word))
}

fn is_country(word: &[u8]) -> bool {
    word.eq_ignore_ascii_case(b"us") || word.eq_ignore_ascii_case(b"usa")
}

fn is_listed(word: &[u8]) -> bool {
    lexicon::may_be_abbreviation(word)
        && std::str::from_utf8(word).is_ok_and(|word| !lexicon::abbreviation(word).is_empty())
}

/// Whether the last word may be an abbreviation. Most are recognised by their length, or by their first and last letters.
fn ends_in_abbreviated_word(bytes: &[u8]) -> bool {
    if bytes.last_chunk::<{ LONGEST + 1 }>().is_some_and(|end| end.iter().all(u8::is_ascii_alphabetic)) {
        return false;
    }
    let letters = bytes.iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
    let (before, word) = bytes.split_at(bytes.len() - letters);
    let may_be = || is_country(word) || lexicon::may_be_abbreviation(word);
    let plain = letters > 1 && !before.ends_with(b".") && !may_be();
    !plain && is_abbreviation(last_word(bytes))
}

/// Whether a text surely ends a sentence: [`may_be_cut`] says no. Cheaper than that; when in doubt, no.
pub(crate) fn is_closed(text: &[u8]) -> bool {
    let bare = match text {
        [rest @ .., b'"'] | [rest @ .., 0xE2, 0x80, 0x9D] => rest,
        _ => text,
    };
    let [word @ .., b'.'] = bare else { return matches!(bare, [.., b'!' | b'?']) };
    if word.last().is_some_and(u8::is_ascii_digit) {
        return true;
    }
    let Some(eight) = word.last_chunk() else { return false };
    let letters = ascii_letters_at_end(u64::from_le_bytes(*eight));
    letters > LONGEST
        || letters > 1
            && word[word.len() - letters - 1] != b'.'
            && !is_country(&word[word.len() - letters..])
            && !lexicon::may_be_abbreviation(&word[word.len() - letters..])
}

/// How many of eight bytes, the last one highest, are ASCII letters after the last that is none.
fn ascii_letters_at_end(eight: u64) -> usize {
    let letters = lowercase_letters(eight | u64::from_le_bytes([0x20; 8]));
    ((!letters & u64::from_le_bytes([0x80; 8])).leading_zeros() / 8) as usize
}

/// Whether a paragraph's end has to be looked at. `tail` is the text's last bytes, 64 are enough. False for the great
/// majority: what ends in a full stop after a word that is no abbreviation, in `!`, `?`, a colon or a semicolon.
pub(crate) fn may_be_cut(tail: &[u8]) -> bool {
    let mut end = tail.len();
    while end > 0 && tail[end - 1].is_ascii_whitespace() {
        end -= 1;
    }
    let mut bare = &tail[..end];
    loop {
        bare = match bare {
            [rest @ .., b'"' | b'\'' | b')' | b']' | b'*' | b'_' | b'`'] => rest,
            [rest @ .., 0xE2, 0x80, 0x99 | 0x9D | 0xBA] => rest,
            [rest @ .., 0xC2, 0xBB] if bare.len() < end || rest.ends_with(b".") => rest,
            _ => break,
        };
    }
    match bare {
        [] => false,
        [.., b'!' | b'?' | b':' | b';'] => false,
        [.., b'.', b'.'] => true,
        [rest @ .., b'.'] => ends_in_abbreviated_word(rest),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_open_ends_are_looked_at() {
        for text in ["It rained.", "“It rained.”", "Did it?", "(It did.)\r\n", "Bring:", "", "Go!", "He ran.  "] {
            assert!(!may_be_cut(text.as_bytes()), "{text}");
        }
        for text in [
            "It",
            "in the U.S.",
            "said Mr.",
            "the…",
            "the...",
            "Read more »",
            "(more…)",
            "[+12 chars]",
            "and,",
            "“and,”",
        ] {
            assert!(may_be_cut(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn closed_ends_are_recognised_at_little_cost() {
        for text in [
            "It was a lighthouse.",
            "It rained at two.",
            "Did it?",
            "Go!",
            "“It rained.”",
            "in 2009.",
            "\"It rained.\"",
        ] {
            assert!(is_closed(text.as_bytes()), "{text}");
        }
        for text in ["in the U.S.", "in the USA.", "said Mr.", "It", "Plan B.", "the...", "sq.", "and,", "", "."] {
            assert!(!is_closed(text.as_bytes()), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_closed_is_not_cut(word in "[A-Za-z0-9.]{0,9}", mark in "[.!?,:]{0,2}", quote in "[\"”’)]{0,2}") {
            for word in [word.as_str(), "Mr", "approx", "Inc", "usa", "harbor", "lighthouse"] {
                let text = format!("It rained on {word}{mark}{quote}");
                proptest::prop_assert!(!is_closed(text.as_bytes()) || !may_be_cut(text.as_bytes()), "{text}");
            }
        }
    }

    #[test]
    fn endings_are_distinguished() {
        assert_eq!(of("a pier."), Ending::Closed);
        assert_eq!(of("the U.S."), Ending::Abbreviation);
        assert_eq!(of("the U.S.”"), Ending::Abbreviation);
        assert_eq!(of("and then…"), Ending::Ellipsis(8));
        assert_eq!(of("and then [...]"), Ending::Ellipsis(9));
        assert_eq!(of("“I will—”"), Ending::Closed);
        assert_eq!(of("three towns —"), Ending::Dash);
        assert_eq!(of("the epi-"), Ending::Hyphen);
        assert_eq!(of("“So,”"), Ending::Comma);
        assert_eq!(of("a pier"), Ending::Open);
        assert_eq!(of("a pier.[4][b]"), Ending::Closed);
        assert_eq!(of("a pier[4]"), Ending::Open);
        assert_eq!(of("the pier of the U.S.[4]"), Ending::Open);
    }
}
