//! What is no article: front matter, code, lines of markup.

use super::LIMIT;
use super::buffer::Buffer;
use super::fence::Fence;
use super::markup::{is_markup, may_be_markup};
use super::text::readable;

/// What a paragraph is, and so which stages see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Every stage.
    #[default]
    Article,
    /// A line of front matter or of markup: `markers` alone.
    Markup,
    /// No stage changes it.
    Code,
}

impl Kind {
    /// What a line of an article is in whose block each line is a paragraph. What will be `stripped` from it doesn't count.
    pub(crate) fn of_listed(line: &[u8], stripped: impl Fn(&str) -> Option<String>) -> Self {
        if !may_be_markup(line) {
            return Self::Article;
        }
        let line = readable(line);
        let without_markers = || stripped(&line).is_some_and(|line| is_markup(&line) == Some(true));
        if is_markup(&line).unwrap_or_else(without_markers) { Self::Markup } else { Self::Article }
    }
}

/// Front matter has no more lines than this between its first and its last.
const FRONT_LINES: usize = 64;

/// Detects what the lines of a document are.
#[derive(Debug, Default)]
pub(crate) struct Kinds {
    markdown: bool,
    /// Whether the document begins with front matter: where that ends, 0 for none. `None`: it was not looked for so far.
    front: Option<u64>,
    fence: Fence,
    /// What is indented belongs to a list item.
    in_list: bool,
}

impl Kinds {
    pub(crate) fn new(markdown: bool) -> Self {
        Self { markdown, ..Self::default() }
    }

    pub(crate) fn reset(&mut self) {
        *self = Self::new(self.markdown);
    }

    /// Looks for front matter at the start of a document. False: more input is needed to decide.
    pub(crate) fn begin(&mut self, at: u64, separator: Option<&[u8]>, buffer: &Buffer, eof: bool) -> bool {
        if self.front.is_none() {
            self.front = front_matter(buffer.rest(at), separator, eof).map(|len| if len > 0 { at + len } else { 0 });
        }
        self.has_begun()
    }

    pub(crate) fn has_begun(&self) -> bool {
        self.front.is_some()
    }

    /// What a line is that begins at an offset. `in_block`: it follows another line of an article.
    pub(crate) fn read(&mut self, start: u64, line: &[u8], in_block: bool) -> Kind {
        if self.is_front(start) {
            return Kind::Markup;
        }
        let may_be_fence = self.fence.is_open() || Fence::may_be_at(line);
        if may_be_fence && self.fence.read(&readable(line)) || self.markdown && self.is_indented_code(line, in_block) {
            return Kind::Code;
        }
        Kind::Article
    }

    /// Whether lines from this offset on that begin as prose does are an article's, and reading them would change nothing.
    pub(crate) fn are_plain(&self, start: u64) -> bool {
        let watches = self.markdown || self.fence.is_open() || self.is_front(start);
        self.has_begun() && !watches
    }

    /// Whether a piece of a line over the limit is code.
    pub(crate) fn of_piece(&self) -> Kind {
        if self.fence.is_open() { Kind::Code } else { Kind::Article }
    }

    fn is_front(&self, start: u64) -> bool {
        self.front.is_some_and(|end| start < end)
    }

    /// Markdown's indented code: after a blank line, and not in a list.
    fn is_indented_code(&mut self, line: &[u8], in_block: bool) -> bool {
        let spaces = line.iter().take_while(|b| **b == b' ').count();
        let indented = spaces >= 4 || line.get(spaces) == Some(&b'\t');
        if !indented && (!in_block || is_item(&line[spaces..])) {
            self.in_list = is_item(&line[spaces..]) || spaces > 0 && self.in_list;
        }
        indented && !in_block && !self.in_list
    }
}

/// A list item of Markdown.
fn is_item(line: &[u8]) -> bool {
    let digits = line.iter().take_while(|b| b.is_ascii_digit()).count();
    let following = match line.get(digits) {
        Some(b'-' | b'*' | b'+') if digits == 0 => line.get(1),
        Some(b'.' | b')') if (1..10).contains(&digits) => line.get(digits + 1),
        _ => return false,
    };
    matches!(following, None | Some(b' ' | b'\t'))
}

/// The length of the front matter with which these bytes begin, 0 for none. `None`: more input is needed to decide.
fn front_matter(bytes: &[u8], separator: Option<&[u8]>, eof: bool) -> Option<u64> {
    let mut at = 0;
    let mut mark = None;
    for _ in 0..FRONT_LINES + 2 {
        let rest = &bytes[at..];
        let newline = memchr::memchr(b'\n', rest);
        if at + newline.unwrap_or(rest.len()) > LIMIT as usize {
            break;
        }
        let line = match newline {
            Some(end) => &rest[..end],
            None if eof => rest,
            None if mark.is_none() && !may_be_mark(rest) => break,
            None => return None,
        };
        let line = line.trim_ascii_end();
        at += newline.map_or(rest.len(), |end| end + 1);
        match mark {
            _ if separator == Some(line) => break,
            None if matches!(line, b"---" | b"+++") => mark = Some(line),
            Some(mark) if mark == line => return Some(at as u64),
            Some(_) if is_front_line(line) && newline.is_some() => {}
            _ => break,
        }
    }
    Some(0)
}

/// Whether a first line that is not there in full may be the mark of front matter.
fn may_be_mark(start: &[u8]) -> bool {
    let start = start.trim_ascii_end();
    start == b"---" || start == b"+++" || b"---".starts_with(start) || b"+++".starts_with(start)
}

/// A line between the marks: a key with its value or a table's head, what belongs to one, a comment, or a blank line.
fn is_front_line(line: &[u8]) -> bool {
    let key = line.iter().take_while(|b| b.is_ascii_alphanumeric() || b"_-.\"'".contains(b)).count();
    match line.first() {
        None | Some(b' ' | b'\t' | b'#') => true,
        Some(b'-') if line.len() == 1 || line[1] == b' ' || line.starts_with(b"-->") => true,
        // A directive that no server expanded.
        Some(b'<' | b'&') => line.starts_with(b"<!--") || line.starts_with(b"&lt;!--"),
        Some(b'[' | b']' | b'}') => line.len() == 1 || line.ends_with(b"]"),
        _ => key > 0 && matches!(line[key..].trim_ascii_start().first(), Some(b':' | b'=')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A letter a line of Markdown: article, code, or a space for a blank line.
    fn markdown(lines: &[&str]) -> String {
        let mut kinds = Kinds::new(true);
        let mut in_block = false;
        let mut kind = |line: &&str| {
            if line.is_empty() {
                in_block = false;
                return ' ';
            }
            let kind = kinds.read(0, line.as_bytes(), in_block);
            in_block = kind == Kind::Article;
            if in_block { 'a' } else { 'c' }
        };
        lines.iter().map(&mut kind).collect()
    }

    #[test]
    fn indented_code_follows_a_blank_line() {
        for (lines, kinds) in [
            (&["The lock is open.", "", "    lock --open"][..], "a c"),
            (&["    lock --open", "    lock --shut"], "cc"),
            (&["\tlock --open"], "c"),
            (&["   \tlock --open"], "c"),
            (&["   The lock is open."], "a"),
            (&["The lock is open", "    and dry."], "aa"),
            (&[" The lock is open.", "", "    lock --open"], "a c"),
        ] {
            assert_eq!(markdown(lines), kinds, "{lines:?}");
        }
    }

    #[test]
    fn what_is_indented_in_a_list_is_no_code() {
        for item in ["- The lock", "* The lock", "+\tThe lock", "-", "1. The lock", "10) The lock", "   - The lock"] {
            assert_eq!(markdown(&[item, "", "    is open."]), "a a", "{item}");
            assert_eq!(markdown(&[item, "", "  is open.", "", "    And dry."]), "a a a", "{item}");
            assert_eq!(markdown(&[item, "", "The lock", "", "    lock --open"]), "a a c", "{item}");
            assert_eq!(markdown(&["What to see:", item, "", "    is open."]), "aa a", "{item}");
            assert_eq!(markdown(&[item, "and the weir", "", "    are open."]), "aa a", "{item}");
        }
        for line in ["-The lock", "1.5 tons", "2* The lock", ". The lock", "1234567890. The lock", "12 locks", "("] {
            assert_eq!(markdown(&[line, "", "    lock --open"]), "a c", "{line}");
        }
    }

    fn front(text: &str) -> Option<u64> {
        front_matter(text.as_bytes(), None, true)
    }

    #[test]
    fn lines_of_front_matter() {
        for line in [
            "",
            " of a list",
            "\tof a list",
            "# note",
            "-",
            "- lock",
            "-->",
            "<!-- note -->",
            "&lt;!-- note --&gt;",
            "[",
            "]",
            "}",
            "[locks]",
            "title: Lock",
            "title : Lock",
            "a.b-c_d = 1",
            "\"title\": 1",
            "'title' = 1",
        ] {
            let text = format!("---\n{line}\n---\nText\n");
            assert_eq!(front(&text), Some(text.len() as u64 - 5), "{line:?}");
        }
        for line in ["-lock", "<b>", "&amp;", "[lock", "}x", ": Lock", "= 1", "The lock is open", "+++"] {
            assert_eq!(front(&format!("---\n{line}\n---\n")), Some(0), "{line:?}");
        }
    }

    #[test]
    fn front_matter_begins_and_ends_with_its_mark() {
        for (text, len) in [
            ("---\ntitle: Lock\n---", 19),
            ("+++\r\ntitle = 1\r\n+++\r\n", 21),
            ("---\ntitle: Lock\n+++\n", 0),
            ("title: Lock\n---\n", 0),
            ("----\ntitle: Lock\n----\n", 0),
            ("---\ntitle: Lock\n", 0),
            ("---\ntitle: Lock", 0),
            ("---", 0),
            ("", 0),
        ] {
            assert_eq!(front(text), Some(len), "{text:?}");
        }
        let lines = |count: usize| format!("---\n{}---\n", "a: 1\n".repeat(count));
        assert_eq!(front(&lines(FRONT_LINES)), Some(4 + 5 * FRONT_LINES as u64 + 4));
        assert_eq!(front(&lines(FRONT_LINES + 1)), Some(0));
        let long = format!("---\ntitle: {}\n---\n", "lock ".repeat(LIMIT as usize / 5));
        assert_eq!(front(&long), Some(0));
    }

    #[test]
    fn front_matter_of_which_more_may_come() {
        let part = |text: &str| front_matter(text.as_bytes(), None, false);
        for text in ["", "-", "--", "---", "+", "++", "+++", "---\r", "---\n", "---\ntit", "---\ntitle: Lock\n--"] {
            assert_eq!(part(text), None, "{text:?}");
        }
        for text in ["T", "-T", "--T", "----", "+-", "---\nThe lock is open\n"] {
            assert_eq!(part(text), Some(0), "{text:?}");
        }
        assert_eq!(part("---\na: 1\n---\nThe lock"), Some(13));
        assert_eq!(front_matter(b"---\na: 1\n---\n", Some(b"---"), true), Some(0));
        assert_eq!(front_matter(b"+++\na: 1\n---\n+++\n", Some(b"---"), true), Some(0));
    }
}
