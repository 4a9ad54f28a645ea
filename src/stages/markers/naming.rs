//! Where a text names server-side includes themselves: from there on it may talk about markers, and they stay.

use std::ops::Range;

use super::lex::{line_end, line_start, skip_spaces};
use crate::document::block::Layout;
use crate::english::floor_boundary;

/// The words SSI and directive, error or include belong together up to this distance, in bytes.
const NEAR: usize = 48;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Names the thing by itself.
    Name,
    /// `SSI`, which has other meanings.
    Initials,
    /// Says which meaning it has.
    Companion,
    /// A paragraph ends.
    End,
}

/// Collects what was read so far, from left to right.
#[derive(Clone, Debug, Default)]
struct Seen {
    named: bool,
    initials: Option<usize>,
    companion: Option<usize>,
}

impl Seen {
    fn note(&mut self, kind: Kind, range: &Range<usize>) {
        let near = |other: Option<usize>| other.is_some_and(|end| range.start.saturating_sub(end) <= NEAR);
        match kind {
            Kind::Name => self.named = true,
            Kind::End => (self.initials, self.companion) = (None, None),
            Kind::Initials => {
                self.named |= near(self.companion);
                self.initials = Some(range.end);
            }
            Kind::Companion => {
                self.named |= near(self.initials);
                self.companion = Some(range.end);
            }
        }
    }
}

/// The names of a text, read in step with its markers.
#[derive(Debug)]
pub(super) struct Names {
    words: std::vec::IntoIter<(Kind, Range<usize>)>,
    next: Option<(Kind, Range<usize>)>,
    seen: Seen,
}

impl Names {
    pub(super) fn new(text: &str, layout: Layout, named: bool) -> Self {
        let words = if named { Vec::new() } else { words(text, layout == Layout::Listed) };
        let mut words = words.into_iter();
        Self { next: words.next(), words, seen: Seen { named, ..Seen::default() } }
    }

    /// The names before and between the markers of a text, of which each is removed or follows a name.
    pub(super) fn beside<'r>(
        markers: impl Iterator<Item = &'r Range<usize>>,
        text: &str,
        layout: Layout,
        named: bool,
    ) -> Self {
        let mut following = 0;
        let mut gaps = markers.map(|marker| &text[std::mem::replace(&mut following, marker.end)..marker.start]);
        Self::new(if named || gaps.any(may_name) { text } else { "" }, layout, named)
    }

    /// Whether the thing has been named before `at`.
    pub(super) fn before(&mut self, at: usize) -> bool {
        while let Some((kind, range)) = self.next.take_if(|(_, range)| range.end <= at) {
            self.seen.note(kind, &range);
            self.next = self.words.next();
        }
        self.seen.named
    }

    /// What is itself removed names nothing.
    pub(super) fn skip(&mut self, removed: &Range<usize>) {
        self.before(removed.start);
        while self.next.take_if(|(_, range)| range.start < removed.end).is_some() {
            self.next = self.words.next();
        }
    }
}

/// Whether the text names server-side includes.
pub(super) fn is_named(text: &str, layout: Layout) -> bool {
    Names::new(text, layout, false).before(text.len())
}

/// Bytes before a directive that are read to find out what the paragraph is about.
const SENTENCES: usize = 512;
/// What a paragraph on directives says before it shows one in a sentence.
const TALK: [&str; 6] = ["apache", "include directive", "include file", "include statement", "nginx", "web server"];
/// What announces an example.
const ANNOUNCED: [&str; 4] = [" e.g.", " like", " like:", " such as"];

/// Whether a directive is an example in a sentence about it: without it the sentence is void.
pub(super) fn is_example(text: &str, directive: &Range<usize>, layout: Layout) -> bool {
    let line = if layout == Layout::Listed { line_start(text, directive.start) } else { 0 };
    let near = directive.start.saturating_sub(SENTENCES);
    let start = floor_boundary(text, near).max(line);
    let before = text[start..directive.start].trim_end().to_ascii_lowercase();
    let inside = !before.is_empty() && skip_spaces(text, directive.end) < line_end(text, directive.end);
    inside && (TALK.iter().any(|words| before.contains(words)) || ANNOUNCED.iter().any(|words| before.ends_with(words)))
}

fn words(text: &str, listed: bool) -> Vec<(Kind, Range<usize>)> {
    let mut words = Vec::new();
    if !may_name(text) {
        return words;
    }
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        match word(text, at, *byte, listed) {
            Some((kind, end)) => {
                words.push((kind, at..end));
                at = end;
            }
            None => at += 1,
        }
    }
    // Initials count for something only beside another word, and the other way round.
    if words.iter().all(|(kind, _)| matches!(kind, Kind::Companion | Kind::End)) {
        words.clear();
    }
    words
}

/// Names with an underscore after the third letter.
const LOW_LINES: [&[u8]; 3] = [b"mod_include", b"ngx_http_ssi", b"ssi_silent_errors"];

/// Whether the text can hold a name or the initials. Cheap: by their rarest letters.
fn may_name(text: &str) -> bool {
    let bytes = text.as_bytes();
    let has = |at: usize, part: &[u8]| bytes[at..].starts_with(part);
    let server = |at: usize| at.checked_sub(2).is_some_and(|from| has(from, b"erver") || has(from, b"ERVER"));
    let low_line = |at: usize| at.checked_sub(3).is_some_and(|from| LOW_LINES.iter().any(|name| has(from, name)));
    memchr::memchr3_iter(b'_', b'v', b'V', bytes).any(|at| if bytes[at] == b'_' { low_line(at) } else { server(at) })
        || memchr::memchr2_iter(b'.', b'S', bytes).any(|at| has(at, b"SSI") || has(at, b".shtml") || has(at, b".SHTML"))
}

fn word(text: &str, at: usize, byte: u8, listed: bool) -> Option<(Kind, usize)> {
    let bytes = &text.as_bytes()[at..];
    let starts = at == 0 || !text.as_bytes()[at - 1].is_ascii_alphanumeric();
    match byte {
        b'\n' => listed.then_some((Kind::End, at + 1)),
        b'.' => shtml(bytes).map(|len| (Kind::Name, at + len)),
        b'm' => bytes.starts_with(b"mod_include").then_some((Kind::Name, at + 11)),
        b'n' => bytes.starts_with(b"ngx_http_ssi").then_some((Kind::Name, at + 12)),
        b's' | b'S' if starts => {
            if bytes.starts_with(b"ssi_silent_errors") {
                return Some((Kind::Name, at + 17));
            }
            if let Some(len) = server_side(text, at, listed) {
                return Some((Kind::Name, at + len));
            }
            let len = if bytes.starts_with(b"SSIs") { 4 } else { 3 };
            (bytes.starts_with(b"SSI") && ends_word(bytes, len)).then_some((Kind::Initials, at + len))
        }
        b'd' | b'D' | b'e' | b'E' | b'i' | b'I' if starts => ["directive", "error", "include"]
            .iter()
            .find_map(|word| companion(bytes, word))
            .map(|len| (Kind::Companion, at + len)),
        _ => None,
    }
}

fn companion(bytes: &[u8], word: &str) -> Option<usize> {
    let stem = bytes.get(..word.len())?;
    let plural = bytes.get(word.len()).is_some_and(|b| b.eq_ignore_ascii_case(&b's'));
    let len = word.len() + usize::from(plural);
    (stem.eq_ignore_ascii_case(word.as_bytes()) && ends_word(bytes, len)).then_some(len)
}

fn ends_word(bytes: &[u8], len: usize) -> bool {
    bytes.get(len).is_none_or(|b| !b.is_ascii_alphanumeric())
}

fn shtml(bytes: &[u8]) -> Option<usize> {
    ((bytes.starts_with(b".shtml") || bytes.starts_with(b".SHTML")) && ends_word(bytes, 6)).then_some(6)
}

/// `server-side include`, with any hyphen, space or nothing between the first two words.
fn server_side(text: &str, from: usize, listed: bool) -> Option<usize> {
    let rest = text.get(from..)?;
    let first = rest.get(..6)?;
    if !first.eq_ignore_ascii_case("server") || !(first.ends_with("erver") || first.ends_with("ERVER")) {
        return None;
    }
    let gap = |c: &char| c.is_whitespace() && !(listed && *c == '\n') || matches!(c, '-' | '‐' | '‑' | '–' | '\u{ad}');
    let skip =
        |at: usize, most: usize| at + rest[at..].chars().take(most).take_while(gap).map(char::len_utf8).sum::<usize>();
    let side = skip(6, 4);
    let include = rest.get(side..side + 4).filter(|w| w.eq_ignore_ascii_case("side")).map(|_| skip(side + 4, 4))?;
    let is_include =
        include > side + 4 && rest.get(include..include + 7).is_some_and(|w| w.eq_ignore_ascii_case("include"));
    is_include.then_some(include + 7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for text in [
            "a server-side include",
            "Server Side Includes",
            "server‑side\nincludes",
            "old .shtml pages",
            "index.shtml",
            "Apache's mod_include",
            "an SSI directive",
            "the error comes from SSI",
            "ssi_silent_errors on;",
            "nginx has ngx_http_ssi_module",
        ] {
            assert!(is_named(text, Layout::Wrapped), "{text}");
        }
        for text in [
            "SSI payments rose",
            "a mission error",
            "the server side of the include",
            "SSI benefits are paid by a federal agency that has made, as its auditors say, one error",
            ".shtmlx",
            "",
        ] {
            assert!(!is_named(text, Layout::Wrapped), "{text}");
        }
    }

    #[test]
    fn examples() {
        let example = |text: &str| {
            let start = text.find('<').expect("a directive");
            let end = text.find("-->").expect("its end") + 3;
            is_example(text, &(start..end), Layout::Listed)
        };
        for text in [
            "Apache replaces <!--#echo var=\"X\" --> by its value.",
            "Write a line like <!--#include file=\"x\" --> into it.",
        ] {
            assert!(example(text), "{text}");
        }
        for text in [
            "The bridge <!--#echo var=\"X\" --> will open.",
            "Apache pilots fly.\nThe bridge <!--#echo var=\"X\" --> will open.",
            "What was it like <!--#echo var=\"X\" -->",
        ] {
            assert!(!example(text), "{text}");
        }
    }

    const PIECES: [&str; 16] = [
        ".shtml",
        "SSI",
        "an error",
        "directive",
        "server-side include",
        "server-",
        "side include",
        "mod_",
        "mod_include",
        "ssi_silent_errors",
        "v",
        "_",
        " ",
        " ",
        "\n",
        "x",
    ];

    proptest::proptest! {
        /// Every other piece is a marker at times; each goes that no name stands before.
        #[test]
        fn names_beside_markers_are_all_that_counts(
            picks in proptest::collection::vec((0..PIECES.len(), proptest::bool::weighted(0.3)), 1..9),
            listed: bool,
        ) {
            let (mut text, mut markers) = (String::new(), Vec::new());
            for (pick, is_marker) in picks {
                let start = text.len();
                text.push_str(PIECES[pick]);
                markers.extend(is_marker.then_some(start..text.len()));
            }
            let layout = if listed { Layout::Listed } else { Layout::Wrapped };
            let gone = |mut names: Names| -> Vec<bool> {
                let goes = |marker| {
                    let goes = !names.before(Range::<usize>::clone(marker).start);
                    if goes {
                        names.skip(marker);
                    }
                    goes
                };
                markers.iter().map(goes).collect()
            };
            let beside = gone(Names::beside(markers.iter(), &text, layout, false));
            proptest::prop_assert_eq!(beside, gone(Names::new(&text, layout, false)), "{}", text);
        }
    }

    #[test]
    fn in_step_with_markers() {
        let mut names = Names::new("x .shtml y", Layout::Listed, false);
        assert!(!names.before(2));
        assert!(names.before(8));
        let mut names = Names::new("x .shtml y", Layout::Listed, false);
        names.skip(&(1..9));
        assert!(!names.before(10));
    }
}
