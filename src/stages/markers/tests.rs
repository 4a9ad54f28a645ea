//! The stage's rules on whole texts.

use super::{Context, Document, Markers, Open, Stripped};
use crate::change::changed;
use crate::document::block::Layout;
use crate::scope::Switches;

pub(super) const M: &str = "[an error occurred while processing this directive]";

pub(super) fn markers() -> Markers {
    Markers::new(&[], Switches::default()).unwrap()
}

pub(super) fn run_in(markers: &Markers, text: &str, document: &Document, context: &Context) -> String {
    let Stripped { changes, text: stripped, .. } = markers.strip(text, context, document);
    assert!(changes.windows(2).all(|w| w[0].range.end <= w[1].range.start), "{changes:?}");
    assert_eq!(changed(text, &changes), stripped);
    stripped.into_owned()
}

/// What the text opens as a line of its own.
pub(super) fn opens(markers: &Markers, text: &str) -> Option<Open> {
    markers.opens(&markers.strip(text, &Context::default(), &Document::default()))
}

fn run(text: &str) -> String {
    run_in(&markers(), text, &Document::default(), &Context::default())
}

/// `M` stands for the marker.
fn check(pairs: &[(&str, &str)]) {
    for (before, after) in pairs {
        let (before, after) = (before.replace('M', M), after.replace('M', M));
        assert_eq!(run(&before), after, "{before}");
    }
}

#[test]
fn one_space_between_words() {
    check(&[
        ("the pier M is shut", "the pier is shut"),
        ("the pierMis shut", "the pier is shut"),
        ("the pier Mis shut", "the pier is shut"),
        ("the pier  M  is shut", "the pier is shut"),
        ("the pier MM M is shut", "the pier is shut"),
        ("the pier M, it is said", "the pier, it is said"),
        ("the pier M.", "the pier."),
        ("the pier. M", "the pier."),
        ("M The pier", "The pier"),
        ("the pier (M) is shut", "the pier is shut"),
        ("the pier (M).", "the pier."),
        ("the pier *M* is shut", "the pier is shut"),
        ("the (M west) pier", "the (west) pier"),
        ("\"M No pier,\" he said", "\"No pier,\" he said"),
        ("\"No pier. M\" He left", "\"No pier.\" He left"),
        ("\"No pier.\"M He left", "\"No pier.\" He left"),
        ("he said M \"No\"", "he said \"No\""),
        ("the townM's pier", "the town's pier"),
        ("the town M – or its", "the town – or its"),
        ("a M .5 share", "a .5 share"),
        ("an armyM-led force", "an army-led force"),
        ("a M-led force", "a -led force"),
        ("tea<br>M<br>milk", "tea<br><br>milk"),
        ("tea [M] and milk", "tea and milk"),
        ("a\tM\tb", "a\t\tb"),
    ]);
}

#[test]
fn lines_that_hold_nothing_else() {
    check(&[
        ("M", ""),
        ("  M  ", ""),
        ("M.", ""),
        ("- M", ""),
        ("M, M", ""),
        ("(M)", ""),
        ("**M**", ""),
        ("A\nM\nB", "A\nB"),
        ("A\r\nM\r\nB", "A\r\nB"),
        ("A\nM", "A\n"),
        ("1. M", "1."),
        ("an error occurred while processing this directive", ""),
        ("M an error occurred while processing this directive", ""),
        ("Error processing SSI file", ""),
        ("The CGI option is not enabled for #EXEC calls", ""),
    ]);
}

#[test]
fn line_ends_stay_between_text() {
    check(&[
        ("A <!--#set var=\"x\"\nvalue=\"y\" --> B", "A\nB"),
        ("A <!--#set var=\"x\"\r\nvalue=\"y\" --> B", "A\r\nB"),
        ("A <!--#set var=\"x\"\nvalue=\"y\" -->\nB", "A\nB"),
        ("<!--#set var=\"x\"\nvalue=\"y\" --> B", "B"),
        ("A [an error occurred while\nprocessing this directive] B", "A\nB"),
        ("A <!--#set var=\"x\"\nvalue=\"y\" -->, B", "A, B"),
    ]);
}

#[test]
fn a_wrapped_paragraph_keeps_its_full_stop() {
    let context = Context { layout: Layout::Wrapped, ..Context::default() };
    let run = |text: &str| run_in(&markers(), text, &Document::default(), &context);
    assert_eq!(run(&format!("The boat left\n{M}.\nIt sank.")), "The boat left.\nIt sank.");
    assert_eq!(run(&format!("The boat left.\n{M}\nIt sank.")), "The boat left.\nIt sank.");
}

#[test]
fn removal_that_makes_a_marker() {
    let nested = M.replace("occurred", &format!("occurred {M}"));
    assert_eq!(run(&format!("A {nested} B")), "A B");
    assert_eq!(run("<!--[error: stat() failed!]#include virtual=\"/a\" -->"), "");
    assert_eq!(run(&format!("[an error occurred while\n{M}\nprocessing this directive]")), "");
}

#[test]
fn kept() {
    for text in [
        "read \"M\" for hours",
        "read “M M” for hours",
        "read ‘M’ and “M”, then",
        "read \"M,\" and",
        "read `M` there",
        "read `echo M here` there",
        "    M",
        "[sic] [an error] [1] (none)",
        "<!-- M is not said -->x".trim_start_matches("<!-- M is not said -->"),
        "an error occurred while processing this directive of the king",
        "[an error occurred while processing this directive",
        "the <code>M</code> text",
        "Server-side includes fail: M is shown",
        "On .shtml pages <!--#echo var=\"X\" --> is used",
    ] {
        let text = text.replace('M', M);
        assert_eq!(run(&text), text);
    }
}

#[test]
fn named_before() {
    let (markers, context) = (markers(), Context::default());
    let mut document = Document::default();
    markers.observe("What is an SSI directive?", Layout::Listed, &mut document);
    let run = |text: &str| run_in(&markers, text, &document, &context);
    for text in
        ["<!--#echo var=\"X\" -->", "an error occurred while processing this directive", &format!("It says {M} then")]
    {
        assert_eq!(run(text), text);
    }
    assert_eq!(run(&format!("{M} {M}")), "");
    // What is itself removed names nothing.
    assert_eq!(self::run(&format!("<!--#include virtual=\"a.shtml\" --> A {M} B")), "A B");
    assert_eq!(self::run(&format!("Old {M} .shtml {M} pages")), format!("Old .shtml {M} pages"));
}

#[test]
fn the_window_bounds_what_goes() {
    let text = format!("A {M} B {M} C {M} D");
    let context = Context { layout: Layout::Listed, starts: false, ends: false };
    let stripped = markers().strip_in(&text, 20..108, &context, &Document::default());
    assert_eq!(stripped.text, format!("A {M} B C {M} D"));
}

#[test]
fn patterns_of_the_user() {
    let markers = {
        let patterns = ["Advertisement".to_owned(), r"^ADS?\b".to_owned(), "x{9}[".to_owned() + "a]"];
        Markers::new(&patterns, Switches::default()).unwrap()
    };
    let run = |text: &str| run_in(&markers, text, &Document::default(), &Context::default());
    assert_eq!(run("Rain Advertisement fell."), "Rain fell.");
    assert_eq!(run("A\nADS\nB"), "A\nB");
    assert_eq!(run("the word \"Advertisement\" there"), "the word \"Advertisement\" there");
    // A pattern for which there is no end: the text stays.
    let blanks = Markers::new(&[" ".to_owned()], Switches::default()).unwrap();
    assert_eq!(run_in(&blanks, "a b", &Document::default(), &Context::default()), "a b");
}
