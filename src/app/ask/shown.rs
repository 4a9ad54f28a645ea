//! An edit in its text, as a person on a terminal sees it.

use std::fmt;

use copydesk::Edit;

use crate::app::explain::spaced;
use crate::app::place::Located;
use crate::app::report::{named, printable, shortened, visible};

/// Lines before and after an edit that are shown, and bytes of them at most.
const LINES: usize = 2;
const BYTES: usize = 400;

pub(super) struct Shown<'s> {
    pub(super) name: &'s str,
    /// How many edits the file has.
    pub(super) count: usize,
    pub(super) located: &'s Located<'s>,
    /// The file's.
    pub(super) text: &'s [u8],
    pub(super) colours: bool,
}

impl Shown<'_> {
    fn painted(&self, colour: &str, text: &str) -> String {
        if self.colours { format!("\x1b[{colour}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// What goes and what comes, as a diff of words has them.
    fn marked(&self, edit: &Edit<'_>) -> String {
        let side = |bytes: &[u8], colour: &str, [open, close]: [&str; 2]| match spaced(&shortened(bytes)) {
            text if text.is_empty() => text,
            text if self.colours => self.painted(colour, &text),
            text => format!("{open}{text}{close}"),
        };
        side(&edit.before, "31", ["[-", "-]"]) + &side(&edit.after, "32", ["{+", "+}"])
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shown { name, count, located, text, .. } = self;
        let edit = located.edit;
        let place = format!("{}:{}:{}:", printable(name), located.start.line, located.start.column);
        let reasons = self.painted("36", &named(&edit.reasons));
        writeln!(f, "\n{} {reasons}: edit {} of {count}", self.painted("1", &place), located.number)?;
        let mut helps: Vec<&str> = edit.reasons.iter().map(|reason| reason.info().help).collect();
        helps.dedup();
        writeln!(f, "({})", helps.join("; "))?;
        let (start, end) = (edit.start as usize, edit.range().end as usize);
        let ends_line = edit.before.ends_with(b"\n") && (edit.after.is_empty() || edit.after.ends_with(b"\n"));
        let line_end = if ends_line { "\n" } else { "" };
        writeln!(f, "{}{}{line_end}{}", before(&text[..start]), self.marked(edit), after(&text[end..]))
    }
}

/// The end of a text.
fn before(text: &[u8]) -> String {
    let lines = memchr::memrchr_iter(b'\n', text).nth(LINES).map_or(0, |at| at + 1);
    let start = text.len().saturating_sub(BYTES);
    if start <= lines {
        return shown(&text[lines..]);
    }
    let start = start + text[start..].iter().position(u8::is_ascii_whitespace).map_or(0, |at| at + 1);
    format!("… {}", shown(&text[start..]))
}

/// The beginning of a text.
fn after(text: &[u8]) -> String {
    let lines = memchr::memchr_iter(b'\n', text).nth(LINES).unwrap_or(text.len());
    if lines <= BYTES {
        return shown(text[..lines].trim_ascii_end());
    }
    let end = text[..BYTES].iter().rposition(u8::is_ascii_whitespace).unwrap_or(BYTES);
    format!("{} …", shown(&text[..end]))
}

/// With its own lines.
fn shown(text: &[u8]) -> String {
    let line = |line: &[u8]| visible(line.strip_suffix(b"\r").unwrap_or(line));
    text.split(|&byte| byte == b'\n').map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use copydesk::Reason;
    use insta::assert_snapshot;

    use super::*;
    use crate::app::place::Locator;

    fn edited(text: &str, before: &str, after: &str, colours: bool) -> String {
        let start = text.find(before).expect("it is there");
        let edit = Edit::new(start as u64, before.as_bytes(), after.as_bytes(), &[Reason::CountryForm]);
        let mut locator = Locator::default();
        locator.pass(&text.as_bytes()[..start]);
        let located = locator.locate(&edit);
        Shown { name: "a.txt", count: 2, located: &located, text: text.as_bytes(), colours }.to_string()
    }

    #[test]
    fn an_edit_is_shown_in_its_lines() {
        let text = "One\r\nTwo\r\nThree\r\nIn the USA \u{1b}[2J.\nFour\nFive\nSix\n";
        assert_snapshot!(edited(text, "USA", "U.S.", false), @r"

        a.txt:4:8: country-name (country-form): edit 1 of 2
        (The country itself is named in another form than the style's)
        Two
        Three
        In the [-USA-]{+U.S.+} \u{1b}[2J.
        Four
        Five
        ");
        let shown = edited("Owl\n\nOwl\n\nIt flew.\n", "\n\nOwl\n\n", "\n\n", false);
        assert!(shown.ends_with("\nOwl[-⏎⏎Owl⏎⏎-]{+⏎⏎+}\nIt flew.\n"), "{shown}");
        let shown = edited("In the\n\nend.\n", "\n\n", " ", true);
        assert!(shown.ends_with("\nIn the\u{1b}[31m⏎⏎\u{1b}[0m\u{1b}[32m␣\u{1b}[0mend.\n"), "{shown}");
    }

    #[test]
    fn of_long_lines_the_words_around_are_shown() {
        let words = "word ".repeat(200);
        let shown = edited(&format!("{words}USA {words}"), "USA", "U.S.", false);
        let line = shown.lines().last().expect("there is one");
        assert!(line.starts_with("… word word") && line.ends_with("word word …"), "{line}");
        assert!(line.contains(" word [-USA-]{+U.S.+} word ") && line.len() < 2 * BYTES + 40, "{line}");
    }
}
