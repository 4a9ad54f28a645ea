//! Lexing: the bits that every form of a marker is made of. Spaces, words in any letter case, and symbols that a converter
//! may have escaped (`[`, `\[`, `\\[`, `&#91;`, `&lbrack;`).

/// The most spaces in a row that still count as a doubled space.
const MAX_BLANKS: usize = 64;
/// The most backslashes before a symbol: JSON in JSON doubles them twice.
pub(super) const MAX_BACKSLASHES: usize = 4;

/// How far a try to read something came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// Read up to this offset.
    To(usize),
    /// The text ended at a space or between two words: the rest may stand in the next line.
    Cut,
    /// Something else stands there.
    No,
}

/// The character at `at`; nothing at the end or inside a character.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The character that ends at `at`.
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// A space that does not end a line.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\n' | '\r')
}

/// Whether a line ends at `at`.
pub(super) fn is_line_end(text: &str, at: usize) -> bool {
    let rest = &text.as_bytes()[at..];
    rest.is_empty() || rest[0] == b'\n' || rest.starts_with(b"\r\n")
}

/// Where the spaces from `at` on end, in this line.
pub(super) fn skip_spaces(text: &str, at: usize) -> usize {
    text[at..].char_indices().find(|&(_, c)| !is_blank(c)).map_or(text.len(), |(i, _)| at + i)
}

/// Where the spaces that end at `at` begin, in this line.
pub(super) fn skip_spaces_back(text: &str, at: usize) -> usize {
    at - text[..at].chars().rev().take_while(|&c| is_blank(c)).map(char::len_utf8).sum::<usize>()
}

/// Where at most `limit` spaces of one line end.
pub(super) fn few_spaces(text: &str, at: usize, limit: usize) -> usize {
    at + text[at..].chars().take(limit).take_while(|&c| is_blank(c)).map(char::len_utf8).sum::<usize>()
}

/// White space between two words, at least one, a line's end included; `&nbsp;` is one.
pub(super) fn gap(text: &str, from: usize) -> Read {
    if let [b' ', b'!'..=b'%' | b'\''..=b'~', ..] = text.as_bytes()[from..] {
        return Read::To(from + 1);
    }
    let mut at = from;
    for _ in 0..MAX_BLANKS {
        match char_at(text, at) {
            None => return Read::Cut,
            Some(c) if c.is_whitespace() => at += c.len_utf8(),
            Some('&') => match entity(text, at) {
                Some(('\u{a0}', end)) => at = end,
                _ => break,
            },
            Some(_) => break,
        }
    }
    if at == from { Read::No } else { Read::To(at) }
}

/// Whether a word goes on at `at`.
pub(super) fn continues_word(text: &str, at: usize) -> bool {
    text.as_bytes().get(at) != Some(&b' ') && char_at(text, at).is_some_and(|c| c.is_alphanumeric() || c == '_')
}

/// A symbol as it is, after backslashes or as an entity: the character and where it ends.
pub(super) fn symbol(text: &str, from: usize) -> Option<(char, usize)> {
    let slashes = text.as_bytes().get(from..)?.iter().take(MAX_BACKSLASHES).take_while(|b| **b == b'\\').count();
    let at = from + slashes;
    match char_at(text, at)? {
        '&' => entity(text, at).or(Some(('&', at + 1))),
        c => Some((c, at + c.len_utf8())),
    }
}

/// Where `wanted` ends, escaped or not.
pub(super) fn eat(text: &str, at: usize, wanted: char) -> Option<usize> {
    let (c, end) = symbol(text, at)?;
    (c == wanted).then_some(end)
}

/// A comment's dashes: two, or the one that a typesetting filter made of them.
pub(super) fn eat_dashes(text: &str, at: usize) -> Option<usize> {
    match symbol(text, at)? {
        ('-', end) => eat(text, end, '-'),
        ('–' | '—', end) => Some(end),
        _ => None,
    }
}

/// The end of a comment, `-->`.
pub(super) fn eat_closer(text: &str, at: usize) -> Option<usize> {
    eat(text, eat_dashes(text, at)?, '>')
}

/// The entity at `at`, also one escaped again (`&amp;lt;`): what it stands for and where it ends.
pub(super) fn entity(text: &str, at: usize) -> Option<(char, usize)> {
    let mut from = at + text.as_bytes().get(at..)?.starts_with(b"&").then_some(1)?;
    for _ in 0..2 {
        if text.as_bytes()[from..].starts_with(b"amp;") {
            from += 4;
        }
    }
    let name_len = text.as_bytes()[from..].iter().take(9).position(|b| *b == b';')?;
    let name = text.get(from..from + name_len)?;
    let end = from + name_len + 1;
    let code = match name.strip_prefix('#') {
        Some(number) => number_entity(number)?,
        None => named_entity(name)?,
    };
    Some((code, end))
}

fn number_entity(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
}

fn named_entity(name: &str) -> Option<char> {
    Some(match name {
        "lt" | "LT" => '<',
        "gt" | "GT" => '>',
        "quot" | "QUOT" => '"',
        "apos" => '\'',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "laquo" => '«',
        "raquo" => '»',
        "lbrack" | "lsqb" => '[',
        "rbrack" | "rsqb" => ']',
        "lpar" => '(',
        "rpar" => ')',
        "excl" => '!',
        "num" => '#',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        _ => return None,
    })
}

/// Where the line of `at` ends: at its line end's first byte, `\r` included, or at the end of the text.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    match memchr::memchr(b'\n', &text.as_bytes()[at..]) {
        Some(n) if text.as_bytes()[at..at + n].ends_with(b"\r") => at + n - 1,
        Some(n) => at + n,
        None => text.len(),
    }
}

/// Where the line of `at` begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |n| n + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_read_through_escapes() {
        assert_eq!(symbol("[", 0), Some(('[', 1)));
        assert_eq!(symbol(r"\\[", 0), Some(('[', 3)));
        assert_eq!(symbol("&#91;x", 0), Some(('[', 5)));
        assert_eq!(symbol("&#x5B;", 0), Some(('[', 6)));
        assert_eq!(symbol("&amp;lt;", 0), Some(('<', 8)));
        assert_eq!(symbol("&é", 0), Some(('&', 1)));
        assert_eq!(symbol("", 0), None);
    }
}
