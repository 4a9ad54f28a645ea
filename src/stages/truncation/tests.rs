use super::*;

fn run(text: &str, next: Option<&str>) -> Decision {
    let context = Context::default();
    let next = next.map_or(Next::End, |text| Next::Paragraph { text, context: &context, beyond: &[] });
    decide(text, &context, next)
}

/// The text as the stage leaves it with an ellipsis, the next paragraph after a bar when it stays apart.
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

/// Why the document's last paragraph is marked as cut.
fn reason(text: &str) -> Option<Reason> {
    match run(text, None) {
        Decision::Cut { reason, .. } => Some(reason),
        _ => None,
    }
}

/// A paragraph that is whole by itself, after a blank line.
const WHOLE: &str = "The owl was set free by the keeper of the light.";

/// The same line in a block of two, with the other one after it.
fn in_block(text: &str, next: &str) -> Decision {
    let place =
        |index| Context { shape: BlockShape { lines: 2, index, ..BlockShape::default() }, ..Context::default() };
    decide(text, &place(0), Next::Paragraph { text: next, context: &place(1), beyond: &[] })
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
fn a_last_word_that_asks_marks_the_end_of_a_document() {
    use Reason::*;
    for (text, why) in [
        ("Divers searched the whole harbour all night for the", AfterArticle),
        ("Nobody in the village remembers the name of", AfterPreposition),
        ("The council wanted to sell the old mill, but it was", AfterAuxiliary),
        ("Rain fell for a week. The river rose and", AfterConjunction),
        ("The board met on Friday. She said the plan would", AfterAuxiliary),
        ("Rain fell for a week. When it stopped, they", AfterPronoun),
        ("The firemen found the two boys asleep behind the altar of the catho", HalfWord),
        ("The coach said that the club is recruiting t", HalfWord),
        ("Rain kept Rosalind Benning inside. The neighbours saw nothing of Benni", HalfWord),
        ("The pilot thanked his crew, his doctor, and the owner of the field,", AfterComma),
        ("The tower on the hill was built for Capt.", AfterTitle),
        ("The office of the harbour moved here on Oct.", AfterMonth),
        ("The new ferry will leave every day from berth No.", AfterNumberSign),
        ("They are building a road and a hut on Mt.", AfterPlacePrefix),
        ("The shop by the pier keeps tools (e.g.", LikelyBracket),
        ("The lawyer said it was just like Rowe v.", AfterLatin),
        ("The ban on the nets will end because the U.S.", CountrySubject),
        ("Rain fell for a week. The two farmers whose sheep", LikelyClause),
        ("The two men were the first U.S.", LikelyAbbreviation),
        ("The lock was made by a firm that Hale Inc.", LikelyClause),
        ("The hall was lent to us by John W.", LikelyAbbreviation),
        ("Rain fell for a week. Bishop Otto Brand", LikelyVerb),
        ("The board turned it down, saying it", LikelyWord),
    ] {
        assert_eq!(reason(text), Some(why), "{text}");
        let marked = run(&format!("{text} …"), None);
        assert!(!matches!(marked, Decision::Cut { ellipsis: false, .. }), "{text}");
    }
}

#[test]
fn place_decides_what_a_last_word_is_worth() {
    let marked = |decision| match decision {
        Decision::Cut { reason, .. } => Some(reason),
        _ => None,
    };
    let article = "Divers searched the whole harbour all night for the";
    assert_eq!(marked(run(article, Some(WHOLE))), Some(Reason::AfterArticle));
    assert_eq!(marked(run(article, Some("The owl"))), Some(Reason::LikelyWord));
    assert_eq!(marked(in_block(article, "The owl")), None);
    assert_eq!(marked(in_block(article, WHOLE)), Some(Reason::LikelyWord));
    assert_eq!(marked(decide(article, &Context::default(), Next::Unknown)), Some(Reason::LikelyWord));
    for markup in ["[Owl Post](/owl) wrote.", "**the owl** sat.", "> “An owl,” they said."] {
        assert_eq!(marked(run(article, Some(markup))), None, "{markup}");
    }
    let comma = "The pilot thanked his crew, his doctor, and the owner of the field,";
    assert_eq!(marked(run(comma, Some(WHOLE))), Some(Reason::LikelyComma));
    let title = "The tower on the hill was built for Capt.";
    assert_eq!(marked(in_block(title, "In the end nobody came.")), Some(Reason::AfterTitle));
}

#[test]
fn whole_lines_at_a_small_word_are_no_cut_before_prose() {
    for text in [
        "Here is the only island whose rocks she owns the rights to",
        "Fewer boats come into the harbour, but not as many stay away as they used to",
        "The keepers use old maps to see what the walls are made of",
        "The window stays open after it has been clicked on",
        "Everybody in the village wants to know where she is",
        "Nobody asked the crew again. Now the harbour knows why",
        "The pier was a ruin for years, and now it isn't",
    ] {
        match run(text, Some(WHOLE)) {
            Decision::Cut { reason, .. } => assert!(!reason.rule().info().on, "{text}: {reason}"),
            decision => assert_eq!(decision, Decision::Keep, "{text}"),
        }
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
        assert_eq!(reason(text), None, "{text}");
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
        "(a) the roof of the market hall, and",
        "iv) the slipway behind the quay and the",
        "✔ lamps for the pier and the",
        "Berth\tthe place that a ship ties up to",
        "/// Shows what a run would",
        "Ada Rowe, Quay Post, last updated May 3, 2021 9:15 am",
    ] {
        assert_eq!(run(text, Some("The owl was set free.")), Decision::Keep, "{text}");
        let joins = matches!(run(text, Some("its keeper was seen by a boy.")), Decision::Join { .. });
        assert_eq!(joins, text == "Hale Inc.", "{text}");
    }
}

#[test]
fn short_lines_of_one_block_stay() {
    let shape = BlockShape { lines: 6, short: 6, closed: 1, index: 2, ..BlockShape::default() };
    let context = Context { shape, ..Context::default() };
    assert_eq!(
        decide(
            "and all the ships that left the",
            &context,
            Next::Paragraph { text: "grey harbour wall", context: &context, beyond: &[] }
        ),
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
        (
            "The keepers of the light want to stay on the island",
            "until the new one is lit.",
            "The keepers of the light want to stay on the island until the new one is lit.",
        ),
        (
            "The plan of the harbour is for the mid-",
            "to long-term future.",
            "The plan of the harbour is for the mid- to long-term future.",
        ),
        ("What if you find", "too many nets?", "What if you find too many nets?"),
        (
            "The last of the books belongs to the keeper",
            ", who found it.",
            "The last of the books belongs to the keeper, who found it.",
        ),
        (
            "The gate is open from seven on Mondays, and on Fridays between seven and",
            "13:00",
            "The gate is open from seven on Mondays, and on Fridays between seven and 13:00",
        ),
        ("Rowe et al.", "[2004] studied the tides.", "Rowe et al. [2004] studied the tides."),
        ("He was asked about George W.", "Hale’s time at sea.", "He was asked about George W. Hale’s time at sea."),
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
        ("The keepers of the light want to stay through the winter", "advertisement"),
        ("The keepers of the light want to stay through the winter", "by ada mills"),
        ("The keepers of the light want to stay through the winter", "updated 3 hours ago"),
        ("The keepers of the light want to stay through the winter", "photo: Ada Mills"),
        ("I can put my pictures of the harbour on the page", "have a look at the small one"),
        ("The ships for the islands go to Pier C.", "Rowe and Hale sail at noon."),
        ("Ada Rowe beat the old champion Triple H.", "Cedric Hale beat his brother."),
        ("Water the nets and turn the tap to position A.", "Pull the lever straight out."),
        ("The harbour has been searched by Hale Inc.", "Midway Filters sold its shares."),
    ] {
        assert_eq!(shown(text, Some(next)), format!("{text}|{next}"));
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
fn links_go_from_after_a_cut_or_an_ellipsis() {
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
    let (at, reason) = (text.len(), Reason::AfterArticle);
    assert_eq!(run(text, None), Decision::Cut { at, sentence: 32, ellipsis: false, link: None, reason });
    let text = "The mayor said that the…";
    let at = text.len();
    assert_eq!(run(text, None), Decision::Cut { at, sentence: 0, ellipsis: true, link: None, reason });
}

#[test]
fn the_countrys_forms_are_judged_alike() {
    for (before, cut) in [("He sold his boats in the ", false), ("He said that the ", true), ("She is a former ", true)]
    {
        for form in ["US", "USA", "U.S", "U.S.", "U.S.A.", "U. S.", "USA.", "US."] {
            assert_eq!(reason(&format!("{before}{form}")).is_some(), cut, "{before}{form}");
        }
    }
}

#[test]
fn many_cut_sentences_are_dropped_in_a_short_time() {
    let text = "He met Mr. The rest, said that the U.S. ".repeat(2000);
    assert!(matches!(run(&text, None), Decision::Cut { .. }));
}

#[test]
fn listed_words_are_lowercase() {
    let lists = [
        abbreviation::LABELS,
        abbreviation::GIVEN_NAMES,
        country::BEFORE_SUBJECT,
        explained::NEVER_LAST,
        join::line::FURNITURE,
        clause::POINTING,
        crate::english::country::REGIONS,
        verbless::OFFICES,
        country::ASKING,
        country::AIMING,
        country::GOING,
        teaser::LINKS.list,
        adjective::ATTRIBUTIVE,
        join::HEADS,
        leads::SAYING,
    ];
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
        let (tail, found) = (Tail::read(&text, &context), ending::of(&text));
        if found == super::Ending::Open && super::open::is_plain(&tail) {
            proptest::prop_assert!(super::read_cut(&tail, found).is_none(), "{}", text);
        }
    }
}

#[test]
fn the_rest_of_a_sentence_in_many_parts_is_seen() {
    let context = Context::default();
    let joins = |text: &str, next: &str, beyond: &[&str]| {
        let beyond: Vec<_> = beyond.iter().map(|text| std::borrow::Cow::Borrowed(*text)).collect();
        let next = Next::Paragraph { text: next, context: &context, beyond: &beyond };
        matches!(decide(text, &context, next), Decision::Join { .. })
    };
    let text = "If you forget to moor the boat at night, ask the harbour master";
    assert!(joins(text, "at once", &["or go to the nearest lifeboat station."]));
    assert!(joins(text, "before", &["taking any of the other boats."]));
    assert!(joins(text, "once a day", &[". Bring a rope."]));
    assert!(!joins(text, "at once", &[]));
    assert!(!joins("You should not go to sea if you", "have a bad cold", &["feel sick on calm water", "can't swim"]));
    assert!(!joins("The boat is kept in good order so that", "the nets dry in two days;", &["the ropes last."]));
    assert!(joins("The last of the books belongs to", "Jenifer Penhale", &[", who found it."]));
    assert!(joins("The keeper was on watch until", "Quay News reported", &["that the storm was over. It was not."]));
    assert!(!joins("The boat was seen near the", "![ferry](ferry.jpg)", &["old pier, where it lay."]));
}
