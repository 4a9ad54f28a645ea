//! What holds for any text: idempotence, no panic, linear time.

use super::tests::{M, markers, opens, run_in};
use super::{Context, Document, Markers};
use crate::change::changed;
use crate::document::block::Layout;
use crate::document::layout::Strip;
use crate::scope::Switches;

/// A generator good enough to shuffle parts.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

const PARTS: &[&str] = &[
    M,
    M,
    "[an error occurred while processing the directive]",
    "[error: stat() failed!",
    "[an error",
    " occurred while ",
    "processing this directive]",
    "['x' is an unknown command.]",
    "an error occurred while processing this directive",
    "(error: include directives create an infinite loop)",
    "<!--#",
    "<!-- # endif -->",
    "[an error occurred while processing include: ",
    "<!-- [an error occurred: directive too long]",
    "<!--#include virtual=\"/a\" -->",
    "<!--#if expr=\"",
    "<!--#else -->",
    "&lt;!--#echo var=&quot;X&quot; --&gt;",
    "include ",
    "virtual=",
    "'",
    "\"",
    "\"",
    "“",
    "”",
    "`",
    "```",
    "~~~",
    "-->",
    "--",
    ">",
    "<",
    "(",
    ")",
    "*",
    "_",
    "[",
    "]",
    "\\",
    "\\[",
    "&#91;",
    "&#93;",
    " ",
    " ",
    "  ",
    "\n",
    "\n",
    "\r\n",
    "\n    ",
    "\t",
    "\u{a0}",
    "word",
    "Word",
    ".",
    ",",
    ":",
    "…",
    "–",
    "é",
    "\u{1a}",
    "SSI",
    " error ",
    "directive",
    ".shtml",
    "server-side",
    " include",
    "<code>",
    "</code>",
    "Error processing SSI file",
    "The X option is not enabled for #EXEC calls",
    "1",
];

fn random_text(random: &mut Random) -> String {
    (0..1 + random.below(14)).map(|_| PARTS[random.below(PARTS.len())]).collect()
}

/// Running on the result changes nothing, for any text, context and state; and a text that is no candidate is not touched.
#[test]
fn idempotent_on_any_text() {
    let plain = markers();
    let custom =
        Markers::new(&["Word".to_owned(), r"\(\s*\)".to_owned(), "  ".to_owned()], Switches::default()).unwrap();
    let mut random = Random(7);
    for n in 0..cases() {
        let text = random_text(&mut random);
        let document = Document { named: n % 5 == 0 };
        let layout = if n % 2 == 0 { Layout::Wrapped } else { Layout::Listed };
        let context = Context { layout, starts: n % 3 > 0, ends: n % 11 > 0 };
        let markers = if n % 4 == 0 { &custom } else { &plain };
        let once = run_in(markers, &text, &document, &context);
        assert_eq!(run_in(markers, &once, &document, &context), once, "{text:?} {context:?} {document:?}");
        if !markers.is_candidate(text.as_bytes()) {
            assert_eq!(once, text);
            assert!(!super::naming::is_named(&text, layout) && super::wrapped::open_from(&text) == text.len());
        }
        if let Some(mut open) = opens(&plain, &text) {
            plain.continues(&mut open, &random_text(&mut random).replace('\n', " "), &document);
        }
    }
}

/// Where the lines of a block are read one by one, one text of them gives the same.
#[test]
fn lines_alone_are_what_they_are_together() {
    let markers = markers();
    let mut random = Random(11);
    let is_text = |line: &&str| !line.trim().is_empty();
    for _ in 0..cases() {
        let lines: Vec<String> =
            (0..2 + random.below(3)).map(|_| random_text(&mut random).replace(['\n', '\r'], " ")).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let Some(changes) = markers.strip_each(&lines) else { continue };
        let each: Vec<_> = lines.iter().zip(&changes).map(|(line, own)| changed(line, own)).collect();
        let together = markers.strip_together(&lines).unwrap_or_else(|| lines.join("\n"));
        let each: Vec<&str> = each.iter().map(AsRef::as_ref).filter(is_text).collect();
        assert_eq!(each, together.lines().filter(is_text).collect::<Vec<_>>(), "{lines:?}");
    }
}

fn cases() -> usize {
    if cfg!(debug_assertions) { 4_000 } else { 3_000_000 }
}

/// Where every place could begin something, a search that went back for each would never end on these.
#[test]
fn ends_where_every_place_could_begin_something() {
    let markers = markers();
    for unit in [
        "[",
        "[an error occurred while ",
        "<!--#if expr=",
        "<!--#if \"",
        "<!--#if a=\"",
        "<!--#if a='<!--#if b=\"",
        "<!--#if ",
        "&lt;!--#if ",
        "<",
        "&",
        "&#91;",
        "\\",
        "\\[",
        "`",
        "` ",
        "`` ` ",
        "(e",
        "[an error occurred while processing include: ",
        "[an error occurred while processing include: x] ",
        "(",
        "<!-- ",
        "<!-- [an error occurred: directive too long]",
        M,
        "an error occurred ",
        "[error: stat() failed!, ",
        "\"[error: stat() failed!",
        "['x'  ",
        "SSI ",
        "<code>",
        "[an error occurred while processing this directive ",
        "\n    ",
        "\n",
        "*",
        "server",
        "[an error occurred while\n",
        "<!--#set a=\"\n",
        "\u{a0}",
        "-->",
    ] {
        let n = if cfg!(debug_assertions) { 64_000 } else { 2_000_000 } / unit.len().max(4);
        run(&markers, &unit.repeat(n));
    }
}

fn run(markers: &Markers, text: &str) {
    let mut document = Document::default();
    markers.opens(&markers.strip(text, &Context::default(), &document));
    markers.observe(text, Layout::Listed, &mut document);
}
