//! The folded form in which titles are compared: case, spaces, Unicode compatibility forms, quotation marks, dashes or a colon
//! between two parts, heading marks, closing punctuation and the forms of the country's short name do not count.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::document::role::strip_heading_marks;
use crate::english::country::in_one_form;

/// The form of the country's name in which lines are compared.
pub(super) const FORM: &str = "US";

/// A text as it is compared.
pub(super) fn canonical(text: Cow<'_, str>) -> Cow<'_, str> {
    in_one_form(text, FORM)
}

/// Whether there is an ellipsis anywhere in a text: it may be a title that was cut short.
pub(super) fn has_ellipsis(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_one = |at| bytes[at..].starts_with(b"...") || bytes[at..].starts_with("…".as_bytes());
    memchr::memchr2_iter(b'.', 0xE2, bytes).any(is_one)
}

/// The key of a title. Two lines with one key are one title.
pub(crate) fn key(text: &str) -> String {
    let mut key = fold(strip_heading_marks(text));
    drop_closing(&mut key);
    if key.contains(": ") {
        key = key.replace(" : ", " - ").replace(": ", " - ");
    }
    drop_quotes(&mut key);
    key
}

/// Drops quotation marks; an apostrophe inside a word stays.
fn drop_quotes(key: &mut String) {
    // A word alone may differ from another by them only.
    if !key.contains('\'') || !key.contains(' ') {
        return;
    }
    let mut before = false;
    let mut chars = key.chars().peekable();
    let mut kept = String::with_capacity(key.len());
    while let Some(c) = chars.next() {
        if c != '\'' || before && chars.peek().is_some_and(|next| next.is_alphanumeric()) {
            kept.push(c);
        }
        before = c.is_alphanumeric();
    }
    *key = kept;
}

/// The folded text with its closing punctuation: case, spaces, quotes, dashes, country forms.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return fold_ascii(text);
    }
    let normal: Cow<'_, str> = if is_normal(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect()) };
    let mut out = String::with_capacity(normal.len());
    for c in normal.chars() {
        match c {
            // Soft hyphen, zero-width characters, direction marks, byte order mark.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' => {}
            'a'..='z' | '0'..='9' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            c if c.is_whitespace() => push_space(&mut out),
            '‘' | '’' | '‚' | '‛' | '“' | '”' | '„' | '‟' | '`' | '´' | '′' | '″' | 'ʼ' | '"' => {
                out.push('\'');
            }
            '…' => out.push_str("..."),
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => push_dash(&mut out),
            '-' => push_dash(&mut out),
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
    out.truncate(out.trim_end().len());
    fold_country(out)
}

fn fold_ascii(text: &str) -> String {
    let trimmed = text.trim_ascii();
    if differs_in_case_only(trimmed.as_bytes()) {
        return fold_country(trimmed.to_ascii_lowercase());
    }
    let mut out = Vec::with_capacity(text.len());
    // No space at the start.
    let mut last = b' ';
    for byte in text.bytes() {
        let folded = FOLDED[usize::from(byte)];
        // One space, and one dash for two hyphens.
        if folded != last || !matches!(folded, b' ' | b'-') {
            out.push(folded);
        }
        last = folded;
    }
    out.truncate(out.trim_ascii_end().len());
    fold_country(String::from_utf8(out).unwrap_or_default())
}

/// Whether nothing but the case of its letters is folded in an ASCII text without outer spaces. Each pass looks at all bytes,
/// since that is faster than to stop.
fn differs_in_case_only(text: &[u8]) -> bool {
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    let doubled = pairs.fold(false, |any, (a, b)| any | ((a == b) & matches!(a, b' ' | b'-')));
    let marked = text.iter().fold(false, |any, b| any | matches!(b, b'\t'..=b'\r' | b'`' | b'"'));
    !doubled & !marked
}

/// Each ASCII byte as it is compared.
static FOLDED: [u8; 256] = {
    let mut folded = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        folded[byte] = match byte as u8 {
            b'\t'..=b'\r' | b' ' => b' ',
            b'`' | b'"' => b'\'',
            byte => byte.to_ascii_lowercase(),
        };
        byte += 1;
    }
    folded
};

/// Whether the compatibility form is the text itself, ellipses apart, by its chars alone: ASCII, Latin letters, quotation
/// marks, dashes.
fn is_normal(text: &str) -> bool {
    let plain =
        |c| matches!(c, '…' | '→' | 'À'..='ÿ' | '–' | '—' | '‘' | '’' | '“' | '”' | '•' | '€' | '£' | '«' | '»');
    text.chars().all(|c| c.is_ascii() || plain(c))
}

fn push_space(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

/// Two hyphens stand for one dash.
fn push_dash(out: &mut String) {
    if !out.ends_with('-') {
        out.push('-');
    }
}

/// Drops `.`, `!`, `?` and ellipses from the end, also inside closing quotes and brackets.
fn drop_closing(key: &mut String) {
    let bare = key.trim_end_matches(['\'', ')', ']']);
    let kept = bare.trim_end_matches(['.', '!', '?', ' ']).len();
    // A key of punctuation alone keeps it.
    if kept > 0 && kept < bare.len() {
        let dropped = kept..bare.len();
        key.replace_range(dropped, "");
    }
    let bare = key.trim_end_matches(['.', '!', '?', ' ']).len();
    if bare > 0 {
        key.truncate(bare);
    }
}

/// Folds `u.s.`, `u. s.`, `u.s.a.`, `u.s`, `usa` as words to `us`.
fn fold_country(text: String) -> String {
    let bytes = text.as_bytes();
    let Some(mut at) = next_country(bytes, 0) else {
        return text;
    };
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    loop {
        let (start, end) = at;
        out.push_str(&text[from..start]);
        out.push_str("us");
        from = end;
        match next_country(bytes, from) {
            Some(next) => at = next,
            None => break,
        }
    }
    out.push_str(&text[from..]);
    out
}

/// The next form of the country's name at a word's start, except for `us` itself.
fn next_country(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    memchr::memchr_iter(b'u', &bytes[from..]).map(|i| i + from).find_map(|at| {
        let fresh =
            at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'.' || bytes[at - 1] >= 0x80);
        let end = fresh.then(|| country_end(bytes, at)).flatten()?;
        (&bytes[at..end] != b"us").then_some((at, end))
    })
}

fn country_end(bytes: &[u8], at: usize) -> Option<usize> {
    let is = |i: usize, b: u8| bytes.get(i) == Some(&b);
    let mut i = at + 1;
    let dotted = is(i, b'.');
    i += usize::from(dotted);
    i += usize::from(dotted && is(i, b' ') && is(i + 1, b's') && (is(i + 2, b'.')));
    if !is(i, b's') {
        return None;
    }
    i += 1;
    let mut end = i + usize::from(dotted && is(i, b'.'));
    let next = end + usize::from(dotted && is(end, b' ') && is(end + 1, b'a') && is(end + 2, b'.'));
    if is(next, b'a') {
        let a = next + 1 + usize::from(dotted && is(next + 1, b'.'));
        if !bytes.get(a).is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80) {
            end = a;
        }
    }
    let open = !bytes.get(end).is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
    open.then_some(end)
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;

    use super::key;

    #[test]
    fn folds_what_does_not_count() {
        let plain = key("Harbour \"closed\" - mayor's office");
        for other in [
            "HARBOUR “CLOSED” – MAYOR’S OFFICE",
            "## Harbour  \"closed\" — mayor's office.",
            " == Harbour 'closed' -- mayor's office! == ",
        ] {
            assert_eq!(key(other), plain, "{other}");
        }
        assert_eq!(key("Five ﬁreﬁghters"), key("five firefighters"));
    }

    #[test]
    fn plain_texts_are_normal() {
        let is_normal = |c: &char| *c != '…' && super::is_normal(&c.to_string());
        for c in (0..0x3000).filter_map(char::from_u32).filter(is_normal) {
            assert!(std::iter::once(c).nfkc().eq([c]) && !is_combining_mark(c), "{c:?}");
        }
        assert!(super::is_normal("“É” – 5 € →…") && "…".nfkc().eq("...".chars()));
    }

    #[test]
    fn folds_the_country() {
        for other in ["U.S. wins", "U.S.A. wins", "USA wins", "U. S. wins", "U.S wins", "U.S.A wins", "US wins"] {
            assert_eq!(key(other), "us wins", "{other}");
        }
        assert_eq!(key("Storm heads for U.S."), key("Storm heads for USA"));
        assert_eq!(key("USAF bus used"), "usaf bus used");
        assert_eq!(key("U.S.-led talks"), key("USA-led talks"));
    }

    #[test]
    fn keeps_what_counts() {
        assert_ne!(key("Part 1"), key("Part 2"));
        assert_ne!(key("A day in Cork"), key("A day in Cork:"));
        assert_eq!(key("..."), "...");
        assert_eq!(key(""), "");
    }
}
