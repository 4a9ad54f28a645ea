use super::*;

fn run(text: &str, next: Option<&str>) -> Decision {
    let context = Context::default();
    let next = next.map_or(Next::End, |text| Next::Paragraph { text, context: &context, beyond: &[] });
    decide(text, &context, next)
}

/// The text as the stage leaves it with an ellipsis, the next paragraph behind a bar when it stays apart.
fn shown(text: &str, next: Option<&str>) -> String {
    let rest = |skip: usize| next.map_or("", |n| &n[skip..]).to_owned();
    let apart = next.map_or(String::new(), |n| format!("|{n}"));
    match run(text, next) {
        Decision::Keep => format!("{text}{apart}"),
        Decision::Join { from, skip, with, .. } => format!("{}{with}{}", &text[..from], rest(skip)),
        Decision::Cut { at, ellipsis, .. } => {
            format!("{}{}{apart}", &text[..at], if ellipsis { "" } else { " …" })
        }
        Decision::Link { range } => format!("{}{apart}", &text[..range.start]),
    }
}

fn is_cut(text: &str) -> bool {
    matches!(run(text, None), Decision::Cut { .. })
}

#[test]
fn nothing_panics() {
    for text in [
        "",
        " ",
        "…",
        "-",
        "—",
        ".",
        "\u{1A}",
        "é",
        "“",
        "Read more",
        "(more…)",
        "a-",
        "U.S.",
        "’",
        "I.",
        "[+",
        "’s",
        "é-",
        "-\u{a0}",
        "] chars]",
        "U. S.",
        "s'",
        "Mr.",
        ",",
        "a,",
        "„",
        "\u{1A}.",
        "x…",
        "[…]",
        "1.",
        "1) ",
        "'",
    ] {
        for next in [None, Some(""), Some(" "), Some("é"), Some("b"), Some("“"), Some("U"), Some("s-"), Some("’s b")]
        {
            let _ = run(text, next);
            let _ = may_be_cut(text.as_bytes());
        }
    }
}

#[test]
fn a_sentence_that_asks_for_more_is_cut() {
    for text in [
        "Divers searched the harbour all night for the",
        "The council wanted to sell the old mill, but it was",
        "Rain fell for a week. The river rose and",
        "Rain fell for a week. The two farmers whose sheep",
        "The board met on Friday. She said the plan would",
        "The firemen found the two boys asleep behind the altar of the catho",
        "The pilot thanked his crew, his doctor, and the owner of the field,",
        "The tower was built for Capt.",
        "The office moved here on Oct.",
        "The ban will last as long as the U.K.",
        "The two men were the first U.S.",
        "The lock was made by a firm that Hale Inc.",
        "The shop keeps tools (e.g.",
        "The hall was lent by John W.",
        "Rain fell for a week. The",
        "The board turned it down, saying it",
        "The keys were found by a clerk at the U.S.",
        "Rain fell for a week. While in the U.S.",
        "Rain fell for a week. Bishop Otto Brand",
        "Rain fell for a week. But Hale",
    ] {
        assert!(is_cut(text), "{text}");
        let marked = run(&format!("{text} …"), None);
        assert!(!matches!(marked, Decision::Cut { ellipsis: false, .. }), "{text}");
    }
}

#[test]
fn a_whole_sentence_stays() {
    for text in [
        "The last train leaves at 9 p.m.",
        "They sell most of their pears in the U.S.",
        "They sell most of their pears in the US",
        "The bridge was built by Hale Inc.",
        "She lives on Garnet St.",
        "He studied at Yale and took his Ph.D.",
        "It is the best farm in the western U.S.",
        "They fought in World War I.",
        "The answer was no.",
        "The doctor prescribed vitamin C.",
        "He gave the keys to his sister, Jan.",
        "The last witness was Otto Brand Jr.",
        "The mill burned down on a cold night in March",
        "They sold nails, rope, lamps, etc.",
        "They sold nails in Spain as well as the U.S.",
        "The crew is angry at the U.S.",
        "More rope for the people says Hale",
        "The crew got almost nothing for the work they did",
        "The mill took no guests, so it was the inns that took them in.",
    ] {
        assert!(!is_cut(text), "{text}");
    }
}

#[test]
fn lines_that_are_no_prose_stay() {
    for text in [
        "Where the road ends",
        "By Ada Mills and Otto Brand",
        "- Two cups of rice and the",
        "1. Wash the pot and",
        "Hale Inc.",
        "Best wishes,",
        "Dear Mrs Lund,",
        "The pier at dawn. Photo: Ada Mills / Coast Pictures",
        "Name | Age | Town | and the",
        "A town that never sleeps",
        "What we are looking for",
    ] {
        assert_eq!(run(text, Some("The owl was set free.")), Decision::Keep, "{text}");
    }
}

#[test]
fn short_lines_of_one_block_stay() {
    let shape = BlockShape { lines: 6, short: 6, closed: 1, index: 2, ..BlockShape::default() };
    let context = Context { shape, ..Context::default() };
    assert_eq!(
        decide("and all the ships that left the", &context, Some(("grey harbour wall", &context))),
        Decision::Keep
    );
}

#[test]
fn the_rest_is_joined() {
    for (text, next, joined) in [
        ("The crew waited all night for the", "tide to turn.", "The crew waited all night for the tide to turn."),
        ("The shop opens at 6 a.m.", "and closes at noon.", "The shop opens at 6 a.m. and closes at noon."),
        ("The deed was signed by Mr.", "Okafor in 1970.", "The deed was signed by Mr. Okafor in 1970."),
        ("The race is on Jan.", "14 this year.", "The race is on Jan. 14 this year."),
        (
            "The boats turned back after the U.S.",
            "Coast Guard heard a call.",
            "The boats turned back after the U.S. Coast Guard heard a call.",
        ),
        (
            "They took a boat to the port of",
            "Porto Novo, an hour away.",
            "They took a boat to the port of Porto Novo, an hour away.",
        ),
        (
            "The harbour was closed by the author-",
            "ities on Monday.",
            "The harbour was closed by the authorities on Monday.",
        ),
        ("The choir sang a well-", "known hymn.", "The choir sang a well-known hymn."),
        ("It was the first U.S.-", "led mission.", "It was the first U.S.-led mission."),
        ("They are a non-", "member state.", "They are a non-member state."),
        ("“We had no maps,”", "she said.", "“We had no maps,” she said."),
    ] {
        assert_eq!(shown(text, Some(next)), joined);
    }
}

#[test]
fn what_can_stand_alone_is_not_joined() {
    for (text, next) in [
        ("The crew waited all night for the", "The tide turned at noon."),
        ("The crew waited all night for the", "What comes next"),
        ("The deed was signed by Mr.", "In the end nobody came."),
        ("The deed was signed by Mr.", "Officials said that the book was lost."),
    ] {
        assert_eq!(shown(text, Some(next)), format!("{text} …|{next}"));
    }
    for (text, next) in [
        ("The shop opens at 6 a.m.", "eBay sellers queue there."),
        ("He lives in the U.S.", "de Vries, his brother, stayed."),
        ("Each of them was told to bring:", "one blanket"),
    ] {
        assert_eq!(shown(text, Some(next)), format!("{text}|{next}"));
    }
}

#[test]
fn links_go_from_behind_a_cut_or_an_ellipsis() {
    for (text, left) in [
        ("The mayor said that the… Read more »", "The mayor said that the…"),
        ("The mayor said that the Read more »", "The mayor said that the …"),
        ("The mayor said that the [...] (more…)", "The mayor said that the [...]"),
        ("The mayor left. Read more", "The mayor left. Read more"),
        ("Read more", "Read more"),
        ("He told the boys to go home and to read more.", "He told the boys to go home and to read more."),
    ] {
        assert_eq!(shown(text, None), left);
    }
}

#[test]
fn the_incomplete_sentence_can_be_dropped() {
    let text = "The swifts were late this year. Since June the";
    assert_eq!(run(text, None), Decision::Cut { at: text.len(), sentence: 32, ellipsis: false, link: None });
    let text = "The mayor said that the…";
    assert_eq!(run(text, None), Decision::Cut { at: text.len(), sentence: 0, ellipsis: true, link: None });
}

#[test]
fn the_countrys_forms_are_judged_alike() {
    for (before, cut) in [("He sold his boats in the ", false), ("He said that the ", true), ("She is a former ", true)]
    {
        for form in ["US", "USA", "U.S", "U.S.", "U.S.A.", "U. S.", "USA.", "US."] {
            assert_eq!(is_cut(&format!("{before}{form}")), cut, "{before}{form}");
        }
    }
}

#[test]
fn many_cut_sentences_are_dropped_in_a_short_time() {
    let text = "He met Mr. The rest, said that the U.S. ".repeat(2000);
    assert!(matches!(run(&text, None), Decision::Cut { .. }));
}

#[test]
fn the_lists_are_sorted() {
    let lists = [
        abbreviation::LABELS,
        country::REGIONS,
        country::GOING,
        teaser::LINKS,
        adjective::ATTRIBUTIVE,
        join::HEADS,
        leads::SAYING,
    ];
    assert!(lists.iter().all(crate::data::List::is_sorted));
    // What `Token::is_listed` relies on.
    assert!(lists.iter().all(|list| list.iter().all(|word| word.to_lowercase() == word)));
}

/// Words of every class, with marks that may touch them.
const WORDS: &[&str] = &[
    "The",
    "the",
    "a",
    "Harbour",
    "harbour",
    "Ferry",
    "ferries",
    "crews",
    "tide",
    "Galway",
    "Ada",
    "U.N.",
    "Inc.",
    "St.",
    "said",
    "says",
    "sails",
    "sail",
    "wins",
    "has",
    "have",
    "is",
    "was",
    "been",
    "offered",
    "very",
    "new",
    "old",
    "quickly",
    "to",
    "of",
    "in",
    "as",
    "before",
    "after",
    "up",
    "and",
    "but",
    "or",
    "that",
    "which",
    "who",
    "when",
    "if",
    "because",
    "he",
    "it",
    "there",
    "they",
    "this",
    "many",
    "other",
    "not",
    "12",
    "1998",
    "$3",
    "'warning",
    "signs'",
    "tide's",
    "don't",
    "Mr",
    "(the",
    "bay)",
    "late,",
    "“Gone”",
    "harb",
    "half-built",
    "deep",
    "USA",
    "according",
];

proptest::proptest! {
    #[test]
    fn a_plain_line_is_whole_when_it_is_read(
        picks in proptest::collection::vec(0..WORDS.len(), 1..14),
        first in proptest::bool::ANY,
    ) {
        let text = picks.iter().map(|&i| WORDS[i]).collect::<Vec<_>>().join(" ");
        let context = Context { first, ..Context::default() };
        let (tail, found) = (Tail::read(&text, &context), super::ending::of(&text));
        if found == super::Ending::Open && super::open::is_plain(&tail) {
            proptest::prop_assert!(!super::is_read_as_cut(&tail, found), "{}", text);
        }
    }
}
