//! Text as the page shows it: escaped, and what can't be seen is written out.

use std::borrow::Cow;
use std::fmt::Write as _;

use maud::{Markup, PreEscaped, Render};

use crate::app::report::is_invisible;

pub(super) fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// Text that stays.
pub(super) fn shown(text: &str) -> Markup {
    PreEscaped(escaped(text, |c| matches!(c, '\n' | '\t')))
}

/// A side of an edit: the ends of its lines, and the spaces at its own ends, can be seen.
pub(super) fn shown_edit(text: &str) -> Markup {
    let inner = text.trim_matches(' ');
    let (start, end) = text.split_once(inner).unwrap_or_default();
    let spaces = |part: &str| "␣".repeat(part.len());
    let marked = if inner.is_empty() { "␣".repeat(text.len()) } else { spaces(start) + inner + &spaces(end) };
    let body = marked.trim_end_matches('\n');
    let ends = marked.len() - body.len();
    let joined = if body.is_empty() { "⏎".repeat(ends) } else { body.replace('\n', "⏎\n") + &"⏎\n".repeat(ends) };
    PreEscaped(escaped(&joined, |c| matches!(c, '\n' | '\t')))
}

fn escaped(text: &str, stays: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut start = 0;
    for (at, c) in text.char_indices().filter(|&(_, c)| !stays(c) && (c.is_control() || is_invisible(c))) {
        text[start..at].render_to(&mut out);
        let _ = write!(out, "<span class=\"sign\">U+{:04X}</span>", u32::from(c));
        start = at + c.len_utf8();
    }
    text[start..].render_to(&mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_text() {
        assert_eq!(shown("<b a=\"c\">&\n\t").0, "&lt;b a=&quot;c&quot;&gt;&amp;\n\t");
        assert_eq!(shown("a\u{202E}b\r").0, "a<span class=\"sign\">U+202E</span>b<span class=\"sign\">U+000D</span>");
    }

    #[test]
    fn ends_of_an_edit_can_be_seen() {
        for (text, want) in [
            ("\n", "⏎"),
            (" ", "␣"),
            (" a b ", "␣a b␣"),
            ("a\n\n", "a⏎\n⏎\n"),
            ("a\nb", "a⏎\nb"),
            ("\n\n", "⏎⏎"),
            ("", ""),
        ] {
            assert_eq!(shown_edit(text).0, want, "{text:?}");
        }
    }
}
