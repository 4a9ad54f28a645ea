//! Words of a text with what stands around them.

use std::ops::Range;

use crate::data::List;

/// A word and the marks that touch it. Words are divided by spaces and by dashes between words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// Opening marks.
    pub(crate) lead: &'a str,
    /// The word, with its inner apostrophes, hyphens and periods, without an abbreviation's last period.
    pub(crate) word: &'a str,
    /// Closing marks, an abbreviation's period among them; also a dash after it.
    pub(crate) trail: &'a str,
    /// Where the token stands, marks included, in bytes.
    pub(crate) range: Range<usize>,
}

impl Token<'_> {
    /// Whether the word begins with a capital.
    pub(crate) fn is_capital(&self) -> bool {
        self.word.chars().next().is_some_and(char::is_uppercase)
    }

    pub(crate) fn is_lower(&self) -> bool {
        self.word.chars().next().is_some_and(char::is_lowercase)
    }

    /// "hadn't"
    pub(crate) fn is_negated(&self) -> bool {
        self.word.ends_with("n't") || self.word.ends_with("n’t")
    }

    pub(crate) fn is_number(&self) -> bool {
        self.word.bytes().next().is_some_and(|b| b.is_ascii_digit())
            || self
                .word
                .strip_prefix(['$', '£', '€'])
                .is_some_and(|w| w.as_bytes().first().is_some_and(u8::is_ascii_digit))
    }

    pub(crate) fn has_period(&self) -> bool {
        self.trail.starts_with('.') && !self.trail.starts_with("..")
    }

    /// Whether the word is this one, in any case.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.word.eq_ignore_ascii_case(word)
    }

    pub(crate) fn is_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(word))
    }

    /// Whether the word is in a list of lowercase words, in any case.
    pub(crate) fn is_listed(&self, list: List) -> bool {
        list.contains_lower(self.word)
    }

    /// Whether a comma, semicolon, colon or dash follows it.
    pub(crate) fn pauses(&self) -> bool {
        self.trail.contains([',', ';', ':', '—', '–'])
    }
}

/// Whether a mark can open or close around a word.
fn is_mark(c: char) -> bool {
    !c.is_alphanumeric()
        && !matches!(c, '$' | '£' | '€' | '%' | '#' | '@' | '&' | '+' | '/' | '\u{1A}' | '°' | '_' | '=' | '<' | '>')
}

/// The tokens of a text. `base` is added to their ranges.
pub(crate) fn tokens(text: &str, base: usize) -> Vec<Token<'_>> {
    let mut found = Vec::with_capacity(text.len() / 5 + 2);
    let mut at = 0;
    loop {
        // The space after the word before.
        at += usize::from(text.as_bytes().get(at) == Some(&b' '));
        if let Some((word, trail)) = plain_word(&text[at..]) {
            let end = at + word.len() + trail.len();
            found.push(Token { lead: "", word, trail, range: base + at..base + end });
            at = end;
            continue;
        }
        let Some(piece) = next_piece(text, at) else { break };
        let end = piece.start + piece_len(&text[piece.clone()]);
        found.push(token(&text[piece.start..end], base + piece.start));
        join_spaced_country(&mut found, text, base);
        at = end;
    }
    found
}

/// The first of the tokens of a text; of "U. S." its first part.
pub(crate) fn first_token(text: &str) -> Option<Token<'_>> {
    if let Some((word, trail)) = plain_word(text) {
        return Some(Token { lead: "", word, trail, range: 0..word.len() + trail.len() });
    }
    let piece = next_piece(text, 0)?;
    let len = piece_len(&text[piece.clone()]);
    Some(token(&text[piece.start..piece.start + len], piece.start))
}

/// The word that begins the text and the mark after it, where they are letters, at most one common mark, and a space: most
/// words are so. Others are read char by char.
fn plain_word(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let len = bytes.iter().position(|b| !b.is_ascii_alphabetic()).filter(|len| *len > 0)?;
    if matches!(bytes[..len], [b'S' | b'K' | b'N']) {
        // It may be the end of "U. S.".
        return None;
    }
    let marks = match bytes[len..] {
        [b' ' | b'\n', ..] => 0,
        [b',' | b'.' | b';' | b':' | b'!' | b'?' | b'"' | b'\'' | b')', b' ' | b'\n', ..] => 1,
        _ => return None,
    };
    Some((&text[..len], &text[len..len + marks]))
}

/// The runs without white space, as of `str::split_whitespace`, but faster.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = &str> + Clone {
    let mut at = 0;
    std::iter::from_fn(move || {
        let piece = next_piece(text, at)?;
        at = piece.end;
        Some(&text[piece])
    })
}

/// The next run without white space from `at` on, as `str::split_whitespace` divides a text.
pub(crate) fn next_piece(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = at;
    while let Some(byte) = bytes.get(start)
        && !matches!(byte, b'!'..=b'~')
    {
        match space_len(bytes, start) {
            0 => break,
            len => start += len,
        }
    }
    let mut end = start;
    while let Some(byte) = bytes.get(end)
        && (matches!(byte, b'!'..=b'~') || *byte != b' ' && space_len(bytes, end) == 0)
    {
        end += 1;
    }
    (start < end).then_some(start..end)
}

/// Length of the white space char that begins at a byte; 0 where none does.
fn space_len(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b'\t'..=b'\r' | b' ') => 1,
        Some(0xC2 | 0xE1..=0xE3) => match bytes[at..] {
            [0xC2, 0x85 | 0xA0, ..] => 2,
            [0xE1, 0x9A, 0x80, ..]
            | [0xE2, 0x80, 0x80..=0x8A | 0xA8 | 0xA9 | 0xAF, ..]
            | [0xE2, 0x81, 0x9F, ..]
            | [0xE3, 0x80, 0x80, ..] => 3,
            _ => 0,
        },
        _ => 0,
    }
}

/// "U. S." is one word.
fn join_spaced_country<'a>(found: &mut Vec<Token<'a>>, text: &'a str, base: usize) {
    let [.., first, second] = found.as_slice() else {
        return;
    };
    let touches = second.range.start == first.range.end + 1 && second.lead.is_empty();
    if !(touches && first.word == "U" && first.trail == "." && matches!(second.word, "S" | "K" | "N")) {
        return;
    }
    let start = first.range.start;
    let word = start + first.lead.len() - base..second.range.end - second.trail.len() - base;
    let joined = Token { lead: first.lead, word: &text[word], trail: second.trail, range: start..second.range.end };
    found.truncate(found.len() - 2);
    found.push(joined);
}

/// The whole piece, or up to and with a dash between two words.
fn piece_len(piece: &str) -> usize {
    let end = piece.len();
    // Dashes beyond ASCII begin with this byte.
    if !piece.bytes().any(|b| matches!(b, b'-' | 0xE2)) {
        return end;
    }
    let mut seen = false;
    for (at, c) in piece.char_indices() {
        let dash = matches!(c, '—' | '–') || (c == '-' && piece[at..].starts_with("--"));
        if dash && seen {
            let after = piece[at..].trim_start_matches(['—', '–', '-']);
            if c != '–' || !after.starts_with(|c: char| c.is_ascii_digit()) {
                return end - after.len();
            }
        }
        seen |= c.is_alphanumeric();
    }
    end
}

/// A piece between spaces and dashes, cut into its word and the marks around it.
fn token(piece: &str, start: usize) -> Token<'_> {
    let range = start..start + piece.len();
    let body = piece.trim_start_matches(is_mark);
    if body.is_empty() {
        // A mark alone belongs to the word before it.
        return Token { lead: "", word: "", trail: piece, range };
    }
    let lead = &piece[..piece.len() - body.len()];
    let word = body.trim_end_matches(is_mark);
    let trail = &body[word.len()..];
    Token { lead, word, trail, range }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_recognised_by_its_bytes() {
        for c in (0..=0x10FFFF).filter_map(char::from_u32) {
            let text = c.to_string();
            let len = if c.is_whitespace() { c.len_utf8() } else { 0 };
            assert_eq!(space_len(text.as_bytes(), 0), len, "{c:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_plain_word_is_what_a_look_at_its_chars_shows(picks in proptest::collection::vec(0..PIECES.len(), 1..5)) {
            let text: String = picks.iter().map(|pick| PIECES[*pick]).collect();
            if let Some((word, trail)) = plain_word(&text) {
                let piece = next_piece(&text, 0).unwrap();
                let mut found = vec![Token { lead: "", word: "U", trail: ".", range: 0..2 }];
                found.push(token(&text[piece.start..piece.start + piece_len(&text[piece.clone()])], 3));
                join_spaced_country(&mut found, "U. S. K. N.", 0);
                let plain = Token { lead: "", word, trail, range: 3..3 + word.len() + trail.len() };
                proptest::prop_assert_eq!(&found[1..], [plain]);
            }
        }
    }

    const PIECES: [&str; 20] =
        ["quay", "A", "S", "K", "é", "U", ".", ",", ";", "!", "\"", "'", ")", "-", "—", "$", "7", " ", "\n", "\u{a0}"];

    #[test]
    fn marks_stand_apart_from_words() {
        let all = tokens("“Ask the U.S.,” he said—twice (or $3.50).", 0);
        let words: Vec<_> = all.iter().map(|t| (t.lead, t.word, t.trail)).collect();
        assert_eq!(
            words,
            [
                ("“", "Ask", ""),
                ("", "the", ""),
                ("", "U.S", ".,”"),
                ("", "he", ""),
                ("", "said", "—"),
                ("", "twice", ""),
                ("(", "or", ""),
                ("", "$3.50", ").")
            ]
        );
        assert_eq!(tokens(" \u{1A}\u{1A} — …", 0).len(), 3);
    }
}
