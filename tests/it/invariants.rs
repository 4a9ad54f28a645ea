//! The invariants: on articles with faults all of them; on any bytes all but that cleaning twice is cleaning once, which
//! a heap of words without sentences can break (docs/invariants.md says how).

use copydesk::{Cleaner, Lang, Options, Stage, Truncated, UsaStyle};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use crate::pieces::{BREAKS, PARAGRAPHS, PIECES, TITLES};
use crate::support::{MARKER, check, check_once, shown};

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec((select(PIECES), select(BREAKS)), 0..40)
        .prop_map(|parts| parts.into_iter().flat_map(|(a, b)| [a, b]).collect())
}

/// A scraped article: titles with their copies, and paragraphs after them.
fn article() -> impl Strategy<Value = String> {
    let body = subsequence(PARAGRAPHS, 0..12).prop_shuffle();
    let gap = select(&["\n", "\n\n", "\r\n\r\n", "\n\n\n"][..]);
    (prop::collection::vec(select(TITLES), 0..4), body, gap, any::<bool>()).prop_map(|(titles, body, gap, ends)| {
        let text = titles.into_iter().chain(body).collect::<Vec<_>>().join(gap);
        if ends { text + gap } else { text }
    })
}

/// Marks of a cut, and text that no stage may touch.
const MARKS: &[&str] = &[" [...]", "...", " [cut]", " – more"];
const IGNORED: &[&str] = &["USA", "the$", r"\[an error[^\]]*\]", r"^\w+"];

fn options() -> impl Strategy<Value = Options> {
    let styles = select(UsaStyle::ALL);
    let texts = (select(Lang::ALL), any::<bool>());
    let own = (prop::option::weighted(0.2, select(MARKS)), prop::option::weighted(0.2, select(IGNORED)));
    (styles.clone(), prop::option::of(styles), select(Truncated::ALL), texts, own).prop_map(
        |(style, headlines, cut, text, (mark, ignored))| {
            let options = Options::default().usa_style(style).truncated(cut).lang(text.0).markdown(text.1);
            let options = headlines.map_or(options.clone(), |style| options.usa_headlines(style));
            let options = mark.map_or(options.clone(), |mark| options.mark(mark));
            ignored.map_or(options.clone(), |pattern| options.ignore(pattern))
        },
    )
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(256)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_article(text in article(), options in options()) {
        check(&options, text.as_bytes());
    }

    #[test]
    fn any_subset_of_stages(text in article(), stages in subsequence(Stage::ALL, 0..=4), options in options()) {
        check(&options.only(stages), text.as_bytes());
    }

    #[test]
    fn any_text(text in text(), options in options()) {
        check_once(&options, text.as_bytes());
    }

    #[test]
    fn any_bytes(text in text(), more in prop::collection::vec((any::<Index>(), any::<u8>()), 0..8)) {
        let mut bytes = text.into_bytes();
        for (at, byte) in more {
            bytes.insert(at.index(bytes.len() + 1), byte);
        }
        check_once(&Options::default(), &bytes);
    }

    #[test]
    fn a_users_pattern(text in article(), pattern in select(&["o", "[a-z]+ly", "\\[.*?\\]", "(?i)ferry", "\\S"][..])) {
        check_once(&Options::default().marker(pattern), text.as_bytes());
    }

    #[test]
    fn documents_of_a_stream_are_cleaned_as_if_alone(
        texts in prop::collection::vec(article(), 1..5),
        separator in select(&["\x0C", "%%", "-", "U.S."][..]),
    ) {
        let alone = Cleaner::default();
        let (mut stream, mut want) = (Vec::new(), Vec::new());
        for (i, text) in texts.iter().enumerate() {
            let text = text.lines().map(|line| format!("{line}\n")).collect::<String>();
            if i > 0 {
                stream.extend_from_slice(format!("{separator}\n").as_bytes());
                want.extend_from_slice(format!("{separator}\n").as_bytes());
            }
            want.extend_from_slice(alone.clean(&text).text.as_bytes());
            stream.extend_from_slice(text.as_bytes());
        }
        let got = check(&Options::default().separator(separator), &stream);
        prop_assert!(got.text == want, "{}\n  want {}\n  got  {}", shown(&stream), shown(&want), shown(&got.text));
    }
}

/// Lines, runs and chains that are longer than what is held, with and without something before and after.
#[test]
fn texts_over_the_budget() {
    let units = [
        "Ships sail to the USA every week. ",
        "word",
        "U. S. [x y ",
        &format!("{MARKER}\n\n"),
        MARKER,
        "Related news\n",
        "Ferry strike enters third week\n\n",
        "Flood warning\n",
        "\n",
        "and then they went to the\n\n",
        "a\n\n\n\n[an error occurred while processing the directive]\n",
        "<!--#if expr=\"\n",
        "x\n",
        "[",
        "The crews want a rise and a stove on every\ndeck, as their fathers had.\n",
    ];
    for unit in units {
        let text = unit.repeat(200_000 / unit.len());
        check_once(&Options::default(), text.as_bytes());
        check_once(&Options::default(), format!("Snow\n\n{text}\n\n{MARKER}\n\nIt rained.").as_bytes());
    }
}

/// Markers fill a line of several pieces, and are cut at none of their bytes.
#[test]
fn lines_of_markers_over_the_budget() {
    let markers = [MARKER, "[an error occurred while processing the directive]", "<!--#include virtual=\"/x\" -->"];
    let around = [
        ("", "", ""),
        ("X", "", "X\n"),
        ("", "Y", "Y\n"),
        ("The ferry sails at noon. ", " It rains.", "The ferry sails at noon. It rains.\n"),
        ("The ferry sails at noon. ", "It rains.", "The ferry sails at noon. It rains.\n"),
        ("The ferry sails at noon ", ", and it rains.", "The ferry sails at noon, and it rains.\n"),
    ];
    for marker in markers {
        for n in [1300, 4000] {
            for (before, after, want) in around {
                let text = format!("{before}{}{after}\n", marker.repeat(n));
                let got = check(&Options::default(), text.as_bytes()).text;
                assert_eq!(shown(&got), shown(want.as_bytes()), "{n} times {marker}");
            }
        }
    }
}

/// A title that stands often is removed down to its first place, however often it is: the head of a document goes on where it
/// is full of copies.
#[test]
fn heads_that_are_full_of_copies() {
    for line in ["The ferry sailed on Monday, and nobody was hurt.", "The ferry sails at dawn"] {
        for gap in ["\n", "\n\n"] {
            for n in [511, 512, 513, 600, 1500] {
                let kept = check(&Options::default(), format!("{line}{gap}").repeat(n).as_bytes()).text;
                assert_eq!(shown(kept.trim_ascii_end()), shown(line.as_bytes()), "{n} times, {gap:?}");
            }
        }
    }
}

/// Whether a copy in the block of the title stands in verse does not depend on the lines of the head, of which some go.
#[test]
fn a_copy_in_the_block_of_its_title() {
    let short = "Ferry strike enters third week";
    let long = "Ferry strike enters third week as the last crews walk out over pay and stoves";
    for title in [short, long, &format!("{short}."), &format!("{long}.")] {
        for copies in 1..4 {
            for rest in [
                "It rained.\nIs there bread?\nDays\nWhat now?",
                "The sea\nIt rained.\nA boat",
                "It rained.\nDays\nNo.\nYes.",
            ] {
                let text = format!("{}{rest}\n{title}\n", format!("{title}\n").repeat(copies));
                check(&Options::default(), text.as_bytes());
            }
        }
    }
    let text = "Ferry strike enters third week\nFerry strike enters third week\nFuel for the island comes from the USA, and the \
        last tanker was turned away by a US court order on Friday.\nIngrid Marsh of the northern line and by her two mates.\n\
        ities at four in the morning.\nRelated news\nQ: Will there be a ferry at Easter?\nFerry strike enters third week";
    check(&Options::default(), text.as_bytes());
}

/// Whether a first line is short enough for a title must not hang on the form of the country's name.
#[test]
fn a_first_line_as_long_as_a_title_with_the_countrys_name() {
    for more in 4..16 {
        let text = format!(
            "US harbour masters have given a silver bell to the old church at He{}ley in honour of the\n\nIt rained.\n",
            "x".repeat(more)
        );
        check(&Options::default().truncated(Truncated::Drop), text.as_bytes());
    }
}

/// A teaser's link must go from a line that `drop` leaves: without the line that goes, its block is one of short lines.
#[test]
fn a_line_that_drop_takes_from_a_block() {
    let text = "A deckhand who gave no name said that the engines were... Read more »\nIs there bread?\n\
        No boat has left the harbour since Monday, when the crews voted to stay ashore.\nIt rained.\nDays\n08:12\n\
        The strike has gone on for so long that nobody knows what will become of the";
    check(&Options::default().truncated(Truncated::Drop), text.as_bytes());
}
