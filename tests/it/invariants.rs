//! The invariants: on articles with faults all of them; on any bytes all but that cleaning twice is cleaning once, which
//! a heap of words without sentences can break (docs/invariants.md says how).

use copydesk::{Cleaner, Options, Stage, Truncated, UsaStyle};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use crate::support::{check, check_once, shown};

/// Pieces that the rules look at, beside ordinary words: put together at random they make faults and near-faults.
const PIECES: &[&str] = &[
    "the",
    "a",
    "of",
    "said",
    "was",
    "ferry",
    "Oslo",
    "harbour",
    "No boat has left the harbour since Monday",
    "The mayor said",
    "and then",
    "which",
    "will",
    "in the",
    "if the",
    "to",
    "who",
    "It",
    "She",
    "Monday",
    "three",
    "1984",
    "12",
    "$4 million",
    "U.S.",
    "US",
    "USA",
    "U.S",
    "U.S.A.",
    "U.S.A",
    "U. S.",
    "US.",
    "USA.",
    "USA Today",
    "Team USA",
    "US$5",
    "U.S. 101",
    "U.S.-",
    "US-led",
    "Mr.",
    "Gov.",
    "Inc.",
    "Jan.",
    "No.",
    "a.m.",
    "p.m.",
    "St.",
    "etc.",
    "Ph.D.",
    "Jr.",
    "v.",
    "e.g.",
    "J.",
    "[an error occurred while processing this directive]",
    "[an error occurred while processing the directive]",
    "[an error occurred while",
    "processing this directive]",
    "[an error",
    "occurred while processing this directive]",
    "<!--#include virtual=\"/a.html\" -->",
    "<!--#if expr=\"$a = 1\" -->",
    "<!--#endif -->",
    "<!--#echo var=\"A\"",
    "-->",
    "<!--#",
    "&lt;!--#include file=\"x\" --&gt;",
    "an error occurred while processing this directive",
    "\\[an error occurred while processing this directive\\]",
    "server-side include",
    "SSI directive",
    ".shtml",
    "`",
    "```",
    "[",
    "]",
    "(",
    ")",
    "\"",
    "“",
    "”",
    "'",
    "’",
    ".",
    ",",
    ":",
    ";",
    "!",
    "?",
    "…",
    "...",
    "[…]",
    "[...]",
    "-",
    " - ",
    "–",
    "—",
    " | ",
    "Reuters",
    "BBC News",
    "WATCH:",
    "Home > World >",
    "Read more",
    "Read more »",
    "Continue reading →",
    "(more…)",
    "[+12 chars]",
    "Related news",
    "More on this story:",
    "By Ada Lind",
    "(Reuters)",
    "Ferry strike enters third week",
    "FERRY STRIKE ENTERS THIRD WEEK",
    "Ferry strike enters",
    "Ferry strike in USA",
    "Ferry strike in U.S.",
    "# ",
    "== ",
    " ==",
    "- ",
    "* ",
    "> ",
    "1. ",
    "\t",
    "epi-",
    "demic",
    "well-",
    "known",
    "iPod",
    "de Vries",
    "\u{A0}",
    "ﬁre",
    "é",
    "\u{1A}",
    "\0",
    "\r",
];

const BREAKS: &[&str] =
    &[" ", " ", " ", " ", " ", "", "  ", "\n", "\n\n", "\n\n", "\r\n", "\r\n\r\n", "\n\n\n", "\n \t\n", ".\n\n", ". "];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec((select(PIECES), select(BREAKS)), 0..40)
        .prop_map(|parts| parts.into_iter().flat_map(|(a, b)| [a, b]).collect())
}

/// Paragraphs of an article, whole and faulty. A part of them stands in pairs that were one sentence.
const PARAGRAPHS: &[&str] = &[
    "No boat has left the harbour since Monday, when the crews voted to stay ashore.",
    "The mayor said she would meet the owners at noon. They had not answered by evening.",
    "\"We have bread for two days,\" said a baker on Quay Street. \"After that we have cake.\"",
    "Fuel for the island comes from the USA, and the last tanker was turned away by a US court order on Friday.",
    "The U.S. coast guard would not comment. Its ships are built in the U.S. The oldest is from 1961.",
    "Talks in the U.S.A. ended without a text; the U.S delegation left by train.",
    "Flour is sold by the spoon [an error occurred while processing this directive] in the shops of the old town.",
    "The school will open again on Tuesday. <!--#echo var=\"DATE_LOCAL\" -->",
    "The owners warned that fares would rise by half if the U.S.",
    "Nobody on the island can remember a strike that went on for so long, and nobody knows what will become of the",
    "He has lived on the pier since his hou",
    "The last ferry was sold to a firm called Pale Horse Ltd.",
    "A deckhand, who asked not to be named, said that the engines were... Read more \u{bb}",
    "The crews want a rise of nine per cent and a stove on every",
    "deck, as their fathers had.",
    "The letter was signed by Capt.",
    "Ingrid Marsh of the northern line and by her two mates.",
    "The harbour was closed by the author-",
    "ities at four in the morning.",
    "What happens next",
    "Related news",
    "More on this story:",
    "[an error occurred while processing the directive]",
    "<!--#include virtual=\"/inc/foot.html\" -->",
    "&lt;!--#config timefmt=\"%Y\" --&gt;",
    "an error occurred while processing this directive",
    "(Reuters)",
    "By Ada Lind and Tom Farrow",
    "Tuesday, 14 April 2026 08:12",
    "Q: Will there be a ferry at Easter?",
    "- bring water for two days",
    "Harbour\t4\t12\t9",
    "Ferry strike enters third week",
    "USA! USA!",
    "Ships of the US 7th Fleet were seen off U.S. 101 on the day that USA Today called \u{201c}the longest in the USA.\u{201d}",
];

/// A scraped article: titles with their copies, and paragraphs behind them.
fn article() -> impl Strategy<Value = String> {
    let titles = &[
        "Ferry strike enters third week",
        "Ferry strike enters third week | The Quay Post",
        "FERRY STRIKE ENTERS THIRD WEEK",
        "Ferry strike enters third \u{2026}",
        "Storm heads for USA",
        "Storm heads for U.S.",
        "WATCH: Storm heads for US",
        "Home > World > Storm heads for U.S.A.",
        "# Storm heads for USA",
    ];
    let body = subsequence(PARAGRAPHS, 0..12).prop_shuffle();
    let gap = select(&["\n", "\n\n", "\r\n\r\n", "\n\n\n"][..]);
    (prop::collection::vec(select(&titles[..]), 0..4), body, gap, any::<bool>()).prop_map(
        |(titles, body, gap, ends)| {
            let text = titles.into_iter().chain(body).collect::<Vec<_>>().join(gap);
            if ends { text + gap } else { text }
        },
    )
}

fn options() -> impl Strategy<Value = Options> {
    let styles = select(&[UsaStyle::Dotted, UsaStyle::Plain, UsaStyle::Long][..]);
    (styles.clone(), prop::option::of(styles), select(Truncated::ALL)).prop_map(|(style, headlines, truncated)| {
        let options = Options::default().usa_style(style).truncated(truncated);
        headlines.map_or(options.clone(), |style| options.usa_headlines(style))
    })
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
        prop_assert!(got.output == want, "{}\n  want {}\n  got  {}", shown(&stream), shown(&want), shown(&got.output));
    }
}

/// Lines, runs and chains that are longer than what is held, with and without something before and behind.
#[test]
fn texts_over_the_budget() {
    let units = [
        "Ships sail to the USA every week. ",
        "word",
        "U. S. [x y ",
        "[an error occurred while processing this directive]\n\n",
        "[an error occurred while processing this directive]",
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
        check_once(
            &Options::default(),
            format!("Snow\n\n{text}\n\n[an error occurred while processing this directive]\n\nIt rained.").as_bytes(),
        );
    }
}
