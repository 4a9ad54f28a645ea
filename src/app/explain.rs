//! Edits as a reader sees them: in a line each, with some words around.

use std::collections::VecDeque;
use std::io::{self, Write};

use copydesk::Reason;
use unicode_segmentation::UnicodeSegmentation;

use super::clean::Report;
use super::place::{Located, Position};
use super::report::{named, printable, shortened};
use super::settings::Settings;

/// Characters of the line that are shown on each side of an edit.
const SHOWN: usize = 32;
/// Bytes of the line that are held for it.
const HELD: usize = 4 * SHOWN;

/// Writes edits as `FILE:LINE:COLUMN: #NUMBER RULE (REASON): … words [before → after] words …`.
pub(crate) struct Explain<'a> {
    name: String,
    colours: bool,
    out: &'a mut dyn Write,
    /// The end of the line so far, and whether there is more of it.
    line: Vec<u8>,
    is_cut: bool,
    /// What waits for the words after it, or for what waits.
    waiting: VecDeque<Waiting>,
}

/// Shows the edits of an input on stderr, if that is wanted.
pub(crate) fn explain<'a>(name: &str, settings: &Settings, err: &'a mut dyn Write) -> Option<Box<dyn Report + 'a>> {
    settings.explain.then(|| Box::new(Explain::new(name, settings.colours.err, err)) as Box<dyn Report>)
}

struct Waiting {
    /// All that is known.
    text: String,
    /// The words after it.
    after: Vec<u8>,
    is_complete: bool,
    /// It is a note, which has no words around.
    is_bare: bool,
}

impl<'a> Explain<'a> {
    pub(crate) fn new(name: &str, colours: bool, out: &'a mut dyn Write) -> Self {
        let (line, waiting) = (Vec::new(), VecDeque::new());
        Self { name: printable(name), colours, out, line, is_cut: false, waiting }
    }

    /// The text goes on: for the edits that wait, and for those to come.
    fn pass(&mut self, bytes: &[u8]) -> io::Result<()> {
        if !self.waiting.is_empty() {
            self.waiting.iter_mut().for_each(|waiting| waiting.take(bytes));
            self.write_complete()?;
        }
        let rest = memchr::memrchr(b'\n', bytes).map_or(bytes, |at| {
            self.line.clear();
            self.is_cut = false;
            &bytes[at + 1..]
        });
        self.line.extend_from_slice(&rest[rest.len().saturating_sub(HELD)..]);
        let more = self.line.len().saturating_sub(HELD);
        self.is_cut |= more > 0 || rest.len() > HELD;
        self.line.drain(..more);
        Ok(())
    }

    fn write_complete(&mut self) -> io::Result<()> {
        while self.waiting.front().is_some_and(|waiting| waiting.is_complete) {
            let waiting = self.waiting.pop_front().map(Waiting::finish);
            self.out.write_all(waiting.unwrap_or_default().as_bytes())?;
        }
        Ok(())
    }

    fn painted(&self, colour: &str, text: &str) -> String {
        if self.colours && !text.is_empty() { format!("\x1b[{colour}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn head(&self, at: Position, reasons: &[Reason]) -> (String, String) {
        let place = self.painted("1", &format!("{}:{}:{}:", self.name, at.line, at.column));
        (place, self.painted("36", &named(reasons)))
    }
}

impl Report for Explain<'_> {
    fn kept(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.pass(bytes)
    }

    fn edit(&mut self, located: &Located<'_>) -> io::Result<()> {
        let edit = located.edit;
        let (place, rule) = self.head(located.start, &edit.reasons);
        let before = self.painted("31", &spaced(&shortened(&edit.before)));
        let after = self.painted("32", &spaced(&shortened(&edit.after)));
        let change = format!("{before} → {after}");
        let words = words_before(&self.line, self.is_cut);
        let text = format!("{place} #{} {rule}: {words}[{}]", located.number, change.trim());
        // What is replaced is no word around it, for the edits before either.
        self.pass(&edit.before)?;
        let is_line = |bytes: &[u8]| bytes.is_empty() || bytes.ends_with(b"\n");
        let is_complete = edit.before.ends_with(b"\n") && is_line(&edit.after);
        self.waiting.push_back(Waiting { text, after: Vec::new(), is_complete, is_bare: false });
        self.write_complete()
    }

    fn note(&mut self, at: Position, reason: Reason) -> io::Result<()> {
        let (place, rule) = self.head(at, &[reason]);
        let text = format!("{place} {rule}: seen and kept");
        self.waiting.push_back(Waiting { text, after: Vec::new(), is_complete: true, is_bare: true });
        self.write_complete()
    }

    fn end(&mut self) -> io::Result<()> {
        self.waiting.iter_mut().for_each(|waiting| waiting.is_complete = true);
        self.write_complete()
    }
}

impl Waiting {
    /// Takes what follows, up to the line's end.
    fn take(&mut self, bytes: &[u8]) {
        if self.is_complete {
            return;
        }
        let end = memchr::memchr(b'\n', bytes);
        let most = HELD - self.after.len();
        let line = &bytes[..end.unwrap_or(bytes.len())];
        self.after.extend_from_slice(&line[..line.len().min(most)]);
        self.is_complete = end.is_some() || self.after.len() == HELD;
    }

    fn finish(self) -> String {
        let words = if self.is_bare { String::new() } else { words_after(&self.after) };
        format!("{}{words}\n", self.text)
    }
}

/// The last words before an edit.
fn words_before(line: &[u8], is_cut: bool) -> String {
    let text = String::from_utf8_lossy(line);
    let n = text.graphemes(true).count();
    if n <= SHOWN && !is_cut {
        return printable(&text);
    }
    let tail: String = text.graphemes(true).skip(n.saturating_sub(SHOWN)).collect();
    let words = tail.split_once(' ').map_or(&*tail, |(_, words)| words);
    format!("… {}", printable(words))
}

/// The first words after an edit.
fn words_after(line: &[u8]) -> String {
    let text = String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line));
    let mut rest = text.graphemes(true);
    let head: String = rest.by_ref().take(SHOWN).collect();
    if rest.next().is_none() {
        return printable(&head);
    }
    let words = head.rsplit_once(' ').map_or(&*head, |(words, _)| words);
    format!("{} …", printable(words))
}

/// Spaces at the ends are shown.
pub(super) fn spaced(text: &str) -> String {
    let inner = text.trim_matches(' ');
    let lead = text.len() - text.trim_start_matches(' ').len();
    let trail = text.len() - lead - inner.len();
    format!("{}{inner}{}", "␣".repeat(lead), "␣".repeat(trail))
}

#[cfg(test)]
mod tests {
    use copydesk::Edit;
    use insta::assert_snapshot;

    use super::super::place::Locator;
    use super::*;

    /// What is said of a text that comes in pieces; those that change are `before => after`.
    fn explained(pieces: &[&str]) -> String {
        let mut out = Vec::new();
        let mut explain = Explain::new("a.txt", false, &mut out);
        let mut locator = Locator::default();
        for piece in pieces {
            if let Some((before, after)) = piece.split_once("=>") {
                let edit = Edit::new(0, before.as_bytes(), after.as_bytes(), &[Reason::CountryForm]);
                explain.edit(&locator.locate(&edit)).expect("a vector takes everything");
            } else {
                locator.pass(piece.as_bytes());
                explain.kept(piece.as_bytes()).expect("a vector takes everything");
            }
        }
        explain.end().expect("a vector takes everything");
        String::from_utf8(out).expect("it is UTF-8")
    }

    #[test]
    fn some_words_around_an_edit_are_shown() {
        let long = "It was built over the course of many years in the ";
        assert_snapshot!(explained(&[long, "USA=>U.S.", " and will be painted by volunteers over the winter.\n", "T\n\n=>", "Rain", "\n\n=> ", "at noon\r\n", "the=>", "\n"]), @r"
        a.txt:1:51: #1 country-name (country-form): … course of many years in the [USA → U.S.] and will be painted by …
        a.txt:2:1: #2 country-name (country-form): [T⏎⏎ →]
        a.txt:4:5: #3 country-name (country-form): Rain[⏎⏎ → ␣]at noon
        a.txt:7:1: #4 country-name (country-form): [the →]
        ");
    }

    /// However the text is cut, and whatever other edits are near.
    #[test]
    fn pieces_make_no_difference() {
        let text = "The ferry was built in the ";
        let whole = explained(&[text, "USA=>U.S.", " or in the ", "US=>U.S.", ", not far from here, they say.\n"]);
        let parts: Vec<&str> = text.split_inclusive("").collect();
        let parts =
            [&parts[..], &["USA=>U.S.", " or in", " the ", "US=>U.S.", ", not far", " from here, they", " say.", "\n"]]
                .concat();
        assert_eq!(explained(&parts), whole);
        assert!(whole.contains("[USA → U.S.] or in the US, not far from …\n"), "{whole}");
    }

    #[test]
    fn what_is_around_steers_no_terminal() {
        let shown = explained(&["\u{1b}[2J a\tb ", "USA=>U.S.", "\u{7}\u{202e}\n"]);
        assert!(shown.contains(r"\u{1b}[2J a⇥b [USA → U.S.]\u{7}\u{202e}"), "{shown}");
    }
}
