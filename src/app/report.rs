//! Messages, and texts in a form that a terminal can be shown.

use std::fmt::Write as _;
use std::io::{self, Write};

use copydesk::{Edit, Reason};
use unicode_segmentation::UnicodeSegmentation;

/// Chars of a text that an explanation shows at most.
const SHOWN: usize = 120;

/// Reports an error in one line, whatever a name or an argument in it holds. A stderr that is gone is no reason to fail.
pub(crate) fn error(message: &str) {
    let _ = say(&mut io::stderr(), message);
}

/// Writes a message in one line.
pub(crate) fn say(out: &mut dyn Write, message: &str) -> io::Result<()> {
    writeln!(out, "copydesk: {}", printable(message))
}

pub(crate) fn note(message: &str) {
    error(message);
}

/// A text that a terminal can be shown: control characters are written out.
pub(crate) fn printable(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '\n' => out.push('⏎'),
            '\r' => out.push('␍'),
            '\t' => out.push('⇥'),
            c if c.is_control() || is_invisible(c) => {
                let _ = write!(out, "{}", c.escape_unicode());
            }
            c => out.push(c),
        }
        out
    })
}

/// Bytes that a terminal can be shown. Tabs stay; what is no UTF-8 is written out.
pub(crate) fn visible(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        let mut parts = chunk.valid().split('\t');
        out.extend(parts.next().map(printable));
        parts.for_each(|part| out.extend(["\t", &printable(part)]));
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02X}");
        }
    }
    out
}

/// Marks that turn the direction of the text, end a line or can't be seen: they could hide what stands there.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}')
        || matches!(c, '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// The rules of an edit with their reasons; one that acted several times in a row is named once.
pub(crate) fn named(reasons: &[Reason]) -> String {
    let runs = reasons.chunk_by(|a, b| a == b).map(|run| {
        let (rule, reason) = (run[0].rule(), run[0]);
        let times = if run.len() > 1 { format!(", {} times", run.len()) } else { String::new() };
        format!("{rule} ({reason}{times})")
    });
    runs.collect::<Vec<_>>().join(", ")
}

/// The text, printable, with its middle left out where it is long.
pub(crate) fn shortened(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    // No character is taken apart: an accent that combines stays with its letter.
    let n = text.graphemes(true).count();
    if n <= SHOWN {
        return printable(&text);
    }
    let head: String = text.graphemes(true).take(SHOWN / 2).collect();
    let tail: String = text.graphemes(true).skip(n - SHOWN / 2).collect();
    format!("{} [… {} chars …] {}", printable(&head), n - 2 * (SHOWN / 2), printable(&tail))
}

/// What an edit does, in a line.
pub(crate) fn change(edit: &Edit<'_>) -> String {
    format!("\"{}\" → \"{}\"", shortened(&edit.before), shortened(&edit.after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_that_combines_stays_with_its_letter() {
        let letters = "e\u{301}".repeat(SHOWN + 1);
        let shown = shortened(letters.as_bytes());
        assert_eq!(shown.matches('e').count(), shown.matches('\u{301}').count());
        assert!(shown.contains("[… 1 chars …]"), "{shown}");
    }
}
