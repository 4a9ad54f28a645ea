//! Markers that go on in the next lines, where every line is a paragraph of its own: an error string wrapped over two lines,
//! a directive whose values hold line ends.

use std::borrow::Cow;

use super::directive::{Directive, MAX_LEN, Step, Tail, directive, first_closer};
use super::lex::{Read, line_start};
use super::strings::{bare, bracketed};
use super::{Context, Document, Markers, Stripped};

/// A marker that began and is not closed yet, with what it may still be.
#[derive(Clone, Debug)]
pub(crate) struct Open {
    pending: Vec<Pending>,
    /// The text from the first of them on, as it is without the markers closed since.
    text: String,
    /// That text begins where a line begins.
    starts: bool,
    revived: u8,
    lines: usize,
    joined: usize,
}

/// What a line does for an open marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Continue {
    /// More lines are needed.
    Open,
    /// It ends in this line: the lines so far are to be looked at as one text.
    Closed,
    /// It cannot be a marker any more: the lines that `Open::joined` counts belong together, each other is for itself.
    Dead,
}

#[derive(Clone, Debug)]
enum Pending {
    Directive(Tail),
    Bracketed(String),
    Bare(String),
}

impl Open {
    /// How many lines, the first one included, are to be looked at as one text if nothing more comes; 0: each for itself.
    pub(crate) fn joined(&self) -> usize {
        self.joined
    }

    /// Keeps what begins in the text and is not closed there.
    fn look_at(&mut self, text: &str) {
        // A last line of which nothing is left has left the end of the one before it.
        let text = text.trim_end_matches('\n');
        let (first, pending) = pending(text);
        self.pending = pending;
        self.starts = if first == 0 { self.starts } else { text[..first].ends_with('\n') };
        text[first..].clone_into(&mut self.text);
    }

    /// Whether the line closes something. What it ends for good is dropped.
    fn feed(&mut self, line: &str) -> bool {
        let mut closed = false;
        self.pending.retain_mut(|pending| {
            let fed = pending.feed(line);
            closed |= fed == Fed::Closed;
            fed == Fed::Open
        });
        closed
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fed {
    Closed,
    Open,
    Ended,
}

impl Pending {
    fn feed(&mut self, line: &str) -> Fed {
        match self {
            Pending::Directive(tail) => match tail.feed(line, 0) {
                Step::Closed(_) => Fed::Closed,
                Step::Open => Fed::Open,
                Step::Broken => Fed::Ended,
            },
            Pending::Bracketed(start) => {
                joined(start, line, |text| bracketed(text, 0).map_or(Read::No, |(read, _)| read))
            }
            Pending::Bare(start) => joined(start, line, |text| bare(text, 0)),
        }
    }
}

fn joined(start: &str, line: &str, read: impl Fn(&str) -> Read) -> Fed {
    match read(&format!("{start}\n{line}")) {
        Read::To(_) => Fed::Closed,
        _ => Fed::Ended,
    }
}

/// How often a line that ends everything may begin anew what, once gone, brings it back.
const MAX_REVIVALS: u8 = 4;

/// A longer start of an error string is none.
const MAX_START: usize = 256;

impl Markers {
    /// A marker that begins in this text (a line without its ending, or a wrapped paragraph) and could be closed in the next
    /// one.
    pub(crate) fn opens(&self, text: &Stripped<'_>) -> Option<Open> {
        if !text.is_candidate {
            return None;
        }
        let mut open = Open { pending: Vec::new(), text: String::new(), starts: true, revived: 0, lines: 1, joined: 0 };
        open.look_at(&text.text);
        (!open.pending.is_empty()).then_some(open)
    }

    /// Whether something begins in the text that the next line could close.
    pub(crate) fn is_open(&self, text: &str) -> bool {
        self.candidates.is_in(text.as_bytes()) && !pending(text).1.is_empty()
    }

    /// Feeds the next line, also a blank line, without its ending. A line that holds markers only is passed over.
    pub(crate) fn continues(&self, open: &mut Open, line: &str, document: &Document) -> Continue {
        open.lines += 1;
        let cleaned = self.cleaned(line, true, document);
        let rest = cleaned.as_deref().unwrap_or(line);
        if cleaned.is_some() && rest.trim().is_empty() {
            return Continue::Open;
        }
        if open.text.len() + rest.len() > 2 * MAX_LEN {
            return Continue::Dead;
        }
        open.text.push('\n');
        open.text.push_str(rest);
        if open.feed(rest) {
            open.joined = open.lines;
            let text = std::mem::take(&mut open.text);
            let cleaned = self.cleaned(&text, open.starts, document);
            open.look_at(cleaned.as_deref().unwrap_or(&text));
            return if open.pending.is_empty() { Continue::Closed } else { Continue::Open };
        }
        if open.pending.is_empty() && open.revived < MAX_REVIVALS {
            // What begins in this line may, once gone, let go on what it ended.
            open.revived += 1;
            open.pending = pending(rest).1;
        }
        if open.pending.is_empty() { Continue::Dead } else { Continue::Open }
    }

    /// The text as it is without its own markers; nothing if it has none.
    fn cleaned(&self, text: &str, starts: bool, document: &Document) -> Option<String> {
        let context = Context { starts, ..Context::default() };
        match self.strip(text, &context, document).text {
            Cow::Borrowed(_) => None,
            Cow::Owned(text) => Some(text),
        }
    }
}

/// Where something begins that is not closed at the text's end; that end where there is nothing.
pub(super) fn open_from(text: &str) -> usize {
    pending(text).0
}

/// What begins in the text and is not closed at its end, and where the first of it begins.
fn pending(text: &str) -> (usize, Vec<Pending>) {
    let mut pending = Vec::new();
    let mut first = text.len();
    for at in super::find::starts(text) {
        match directive(text, at) {
            Directive::Open(tail) if first_closer(text, at).is_none() => {
                pending.push(Pending::Directive(tail));
            }
            _ if text.len() - at <= MAX_START && matches!(bracketed(text, at), Some((Read::Cut, _))) => {
                pending.push(Pending::Bracketed(text[at..].to_owned()));
            }
            _ => continue,
        }
        first = first.min(at);
    }
    let line = line_start(text, text.len());
    if text.len() - line <= MAX_START && bare(text, line) == Read::Cut {
        pending.push(Pending::Bare(text[line..].to_owned()));
        first = first.min(line);
    }
    (first, pending)
}

#[cfg(test)]
mod tests {
    use super::super::tests::opens;
    use super::*;
    use crate::scope::Switches;

    fn run(lines: &[&str]) -> (Continue, usize) {
        let markers = Markers::new(&[], Switches::default()).unwrap();
        let document = Document::default();
        let mut open = opens(&markers, lines[0]).expect("opens");
        let mut last = Continue::Open;
        for line in &lines[1..] {
            last = markers.continues(&mut open, line, &document);
            if last != Continue::Open {
                break;
            }
        }
        (last, open.joined())
    }

    #[test]
    fn closed_in_a_later_line() {
        assert_eq!(run(&["Tea. [an error occurred while", "processing this directive] More."]), (Continue::Closed, 2));
        assert_eq!(run(&["an error occurred while", "processing this directive"]), (Continue::Closed, 2));
        assert_eq!(run(&["<!--#set var=\"x\" value=\"one", "", "two\" -->"]), (Continue::Closed, 3));
        assert_eq!(
            run(&["[an error occurred while", "[error: stat() failed!", "processing this directive]"]),
            (Continue::Closed, 3)
        );
    }

    #[test]
    fn dead_in_a_later_line() {
        assert_eq!(run(&["[an error occurred while", "", "processing this directive]"]), (Continue::Dead, 0));
        assert_eq!(run(&["<!--#include virtual=\"/a", "Tea is served. \"No\", she said."]), (Continue::Dead, 0));
        assert_eq!(run(&["an error occurred while", "processing this directive of the king"]), (Continue::Dead, 0));
    }

    #[test]
    fn nothing_opens() {
        let markers = Markers::new(&[], Switches::default()).unwrap();
        for line in
            ["[an error occurred while processing this directive]", "Tea [and milk", "An error", "[", "<!-- a comment"]
        {
            assert!(opens(&markers, line).is_none(), "{line}");
        }
    }
}
