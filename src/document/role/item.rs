//! List items, by the mark in front: bullets, numbers, letters, Roman numerals, boxes.

/// Bullets that need a space after them.
const MARKS: [char; 10] = ['-', '–', '—', '*', '+', '→', '⇒', '§', '✗', '~'];
/// Bullets that nothing else begins with: they may touch the text.
const BULLETS: [char; 18] = ['•', '·', '▪', '■', '►', '▸', '●', '○', '◦', '‣', '⁃', '✓', '✔', '✘', '☐', '☑', '☒', '◆'];

/// Whether a text begins as a list item does, and something follows the mark.
pub(crate) fn is_list_item(text: &str) -> bool {
    let text = text.trim_start();
    let Some(first) = text.chars().next() else { return false };
    let rest = &text[first.len_utf8()..];
    if BULLETS.contains(&first) || text.starts_with("&bull;") {
        return rest.chars().any(char::is_alphanumeric);
    }
    let Some((mark, rest)) = text.split_once([' ', '\t', '\u{A0}']) else { return false };
    if rest.trim().is_empty() {
        return false;
    }
    // "o": a word processor's bullet of the second level.
    mark == "o" || mark.chars().eq([first]) && MARKS.contains(&first) || is_number(mark)
}

/// `1.`, `12)`, `(3)`, `[4]`, `1.1`, `a)`, `(b)`, `c.`, `iv.`, `(ix)`.
fn is_number(mark: &str) -> bool {
    let opened = mark.strip_prefix(['(', '[']);
    let inner = opened.unwrap_or(mark);
    match inner.strip_suffix([')', ']']) {
        Some(inner) => is_digits(inner) || is_letter(inner) || is_roman(&inner.to_ascii_lowercase()),
        None if opened.is_some() => false,
        // A capital letter with a period is a person's initial.
        None => match mark.strip_suffix('.') {
            Some(inner) => {
                is_digits(inner) || is_sections(inner) || is_letter(inner) && is_lower(inner) || is_roman(inner)
            }
            None => is_sections(mark),
        },
    }
}

fn is_lower(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_lowercase())
}

fn is_digits(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_letter(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|b| b.is_ascii_alphabetic())
}

/// "1.1", "2.10.3": sections, no decimals that begin a sentence ("1.5 million").
fn is_sections(text: &str) -> bool {
    let parts = text.split('.').count();
    parts > 2 && text.split('.').all(is_digits)
}

/// Small Roman numerals of two letters or more.
fn is_roman(text: &str) -> bool {
    (2..=5).contains(&text.len()) && text.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_known_by_their_marks() {
        for text in [
            "- a lamp",
            "• a lamp",
            "•a lamp",
            "✔ a lamp",
            "☐ a lamp",
            "→ a lamp",
            "§ 4 of the act",
            "o a lamp",
            "1. a lamp",
            "12) a lamp",
            "(1) a lamp",
            "[3] a lamp",
            "1.1.2 a lamp",
            "a) a lamp",
            "(a) a lamp",
            "(B) a lamp",
            "a. a lamp",
            "iv) a lamp",
            "(ii) a lamp",
            "iii. a lamp",
            "&bull; a lamp",
            "\u{A0}·\u{A0}a lamp",
        ] {
            assert!(is_list_item(text), "{text}");
        }
        for text in [
            "",
            "-",
            "• ",
            "A. Rowe et al.",
            "1.5 million boats",
            "2019 was wet.",
            "(a lamp)",
            "i think so",
            "it rained",
            "-5 degrees",
            "(2019).",
            "I. Rowe",
            "mix. It",
            "a lamp",
            "[an error]",
        ] {
            assert!(!is_list_item(text), "{text}");
        }
    }
}
