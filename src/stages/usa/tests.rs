//! Tests of the whole stage: the styles, the traps, and that a second run changes nothing.

use super::{Context, Habit, Usa, UsaStyle};
use crate::scope::Switches;

const BODY: Context = context(false);
const HEADING: Context = context(true);

const fn context(heading: bool) -> Context {
    Context {
        heading,
        starts: true,
        ends: true,
        address_above: false,
        above: String::new(),
        below: String::new(),
        broken: false,
    }
}

fn clean(text: &str, style: UsaStyle, context: &Context) -> String {
    let usa = Usa::new::<&str>(style, style, &[], Switches::default()).unwrap();
    let mut changes = Vec::new();
    usa.changes(text, 0, text.len(), context, &mut Habit::default(), &mut changes);
    let (mut out, mut at) = (String::new(), 0);
    for change in changes {
        out.push_str(&text[at..change.range.start]);
        out.push_str(&change.new);
        at = change.range.end;
    }
    out + &text[at..]
}

#[track_caller]
fn check(text: &str, dotted: &str, plain: &str, long: &str) {
    for (&style, want) in UsaStyle::ALL.iter().zip([dotted, plain, long]) {
        let got = clean(text, style, &BODY);
        assert_eq!(got, want, "{style:?}");
        assert_eq!(clean(&got, style, &BODY), got, "twice, {style:?}");
    }
}

#[test]
fn styles() {
    check("He left the USA.", "He left the U.S.", "He left the US.", "He left the USA.");
    check(
        "He left the U.S. It rained.",
        "He left the U.S. It rained.",
        "He left the US. It rained.",
        "He left the USA. It rained.",
    );
    check("the U. S. Senate", "the U.S. Senate", "the US Senate", "the USA Senate");
    check("the USA's coast", "the U.S.'s coast", "the US's coast", "the USA's coast");
    check("the U.S.’s coast", "the U.S.’s coast", "the US’s coast", "the USA’s coast");
    check("(in the U.S.).", "(in the U.S.).", "(in the US).", "(in the USA).");
    check("the “U.S.”.", "the “U.S.”.", "the “US”.", "the “USA”.");
    check("in the U.S.. It", "in the U.S. It", "in the US. It", "in the USA. It");
    check("in the U.S.A.. It", "in the U.S. It", "in the US. It", "in the USA. It");
    check("in the U.S... it", "in the U.S... it", "in the U.S... it", "in the U.S... it");
    check("in the US… it", "in the US… it", "in the US… it", "in the US… it");
    check(
        "non-US, US–Fiji, USA/Fiji",
        "non-U.S., U.S.–Fiji, U.S./Fiji",
        "non-US, US–Fiji, US/Fiji",
        "non-USA, USA–Fiji, USA/Fiji",
    );
}

#[test]
fn headings_have_no_period() {
    assert_eq!(clean("Storm heads for USA", UsaStyle::Dotted, &HEADING), "Storm heads for U.S.");
    assert_eq!(clean("Storm heads for U.S.", UsaStyle::Plain, &HEADING), "Storm heads for US");
    assert_eq!(clean("Storm heads for U.S.", UsaStyle::Plain, &BODY), "Storm heads for US.");
}

#[test]
fn the_line_below_decides_what_the_period_is() {
    for (below, broken, want) in [
        ("federation, as they said", false, "members of the US"),
        ("Judge Ona Rowe said so", true, "members of the US"),
        ("Judge Ona Rowe said so", false, "members of the US."),
        ("She said so", true, "members of the US."),
    ] {
        let context = Context { below: below.into(), broken, ..BODY };
        assert_eq!(clean("members of the U.S.", UsaStyle::Plain, &context), want, "{below}");
    }
}

#[test]
fn names_go_over_a_lines_end() {
    let below = Context { below: "TODAY. Our readers".into(), ..BODY };
    assert_eq!(clean("as reported by USA", UsaStyle::Dotted, &below), "as reported by USA");
    let above = Context { above: "managers of Corvin Oil Co, Tarn Tobacco".into(), ..BODY };
    assert_eq!(clean("USA, and others", UsaStyle::Dotted, &above), "USA, and others");
}

#[test]
fn pieces_and_code() {
    let usa = Usa::new::<&str>(UsaStyle::Plain, UsaStyle::Plain, &[], Switches::default()).unwrap();
    let mut changes = Vec::new();
    usa.changes("the USA and the USA and the USA", 8, 20, &BODY, &mut Habit::default(), &mut changes);
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].range, 16..19);
    assert_eq!(clean("the `USA`", UsaStyle::Plain, &BODY), "the `USA`");
    assert_eq!(clean("He left the U.S.", UsaStyle::Plain, &Context { ends: false, ..BODY }), "He left the U.S.");
}

/// Numbers that look random and are the same on every run.
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

#[test]
fn a_second_run_changes_nothing() {
    const PARTS: &[&str] = &[
        "US",
        "USA",
        "U.S.",
        "U.S",
        "U. S.",
        "U.S.A.",
        "U.S.A",
        "US",
        "U.S.",
        "USA",
        "U.S.",
        ".",
        ".",
        ",",
        "!",
        "?",
        "…",
        "...",
        ":",
        ";",
        "-",
        "–",
        "—",
        "/",
        "'",
        "’",
        "'s",
        "’s",
        "\"",
        "“",
        "”",
        "(",
        ")",
        "[",
        "]",
        "$",
        "#",
        "@",
        "*",
        "_",
        "`",
        "|",
        "&",
        "=",
        "\n",
        "\u{a0}",
        "é",
        "É",
        "世",
        "\u{1a}",
        "the",
        "The",
        "in the",
        "In",
        "a",
        "and",
        "of",
        "He",
        "Rowe",
        "Ona",
        "Senate",
        "Steel",
        "Open",
        "Today",
        "TODAY",
        "Team",
        "Miss",
        "Made in",
        "Born in the",
        "LET",
        "OF",
        "FOR",
        "GO",
        "TROOPS",
        "CONTACT",
        "CHANTS",
        "chanting",
        "v.",
        "v",
        "12",
        "101",
        "2032",
        "11.02",
        "10-year",
        "12 Elm Street,",
        "44101",
        "Highway",
        "NYSE:",
        "Inc.",
        "IBM",
        "FDA",
        "said",
        "led",
        "A",
        "S",
        "U",
        "U.",
        "S.",
        "A.",
        "J.",
        "western",
        "Fiji",
        "Monday",
        ".com",
        "Foods",
        "Health",
        "South",
        "Weekly",
    ];
    let mut rng = Lcg(7);
    let mut failures = Vec::new();
    let rounds = if cfg!(debug_assertions) { 3_000 } else { 400_000 };
    for _ in 0..rounds {
        let mut text = String::new();
        for _ in 0..2 + rng.below(9) {
            text.push_str(PARTS[rng.below(PARTS.len())]);
            if rng.below(3) > 0 {
                text.push(' ');
            }
        }
        for &style in UsaStyle::ALL {
            for context in [&BODY, &HEADING, &Context { ends: false, starts: false, ..BODY }] {
                let once = clean(&text, style, context);
                let twice = clean(&once, style, context);
                if twice != once {
                    failures.push(format!("{style:?} {text:?} -> {once:?} -> {twice:?} {context:?}"));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures[..failures.len().min(12)].join("\n"));
}

/// Paragraphs with a form at each `@`, with words around it that distinguish the country from a name. Where a period may
/// end the sentence the forms can't be alike.
const PLACES: [&str; 30] = [
    "Ships of the @ fleet left the quay at noon.",
    "The ferry was built in the @ and sold to Fiji.",
    "Two @-led talks failed, non-@ sources said.",
    "The @'s coast is long.",
    "Rowan Lamps @ said it would close.",
    "Clients of Tarn Lamps @ were told so.",
    "Rowan @ lamp sales fell in May.",
    "The source is Tarn Lamps (@) Inc. of York.",
    "The boat came from Houston, @, in May.",
    "In Houston @ ships are built.",
    "@ Lantern said it would close.",
    "@ Lantern, a unit of Tarn, has closed.",
    "They signed a pact with @ Lantern Inc to ship lamps.",
    "Engines came from the @ Lantern Corporation.",
    "The @ Senate met, and @ officials left.",
    "@ Attorney Rowe said so to the @ Navy.",
    "Its @ Lantern unit closed.",
    "They expect @ Lantern's losses to shrink.",
    "@ LANTERN <LTN> CUTS COSTS",
    "J. Rowe (@) 11.02",
    "The race went to HARBOUR LIGHT (@), a colt.",
    "The road was shut on @ 101 near the quay.",
    "See the [@](/@/x) page.",
    "Rowan Lamps, 12 Elm Street, Rowe, OH 44101 @ Tel: 12",
    "The patent is @ 7,123,456 and no other.",
    "It costs @ $40 in all.",
    "The @ Open begins in May.",
    "FERRY SINKS OFF @ COAST",
    "The @ is large, the @ said.",
    "Ona Rowe v. @ was heard in May.",
];

/// Which places of a document are edited when its forms are all `form`.
fn edited(picks: &[usize], form: &str, style: UsaStyle) -> Vec<bool> {
    let usa = Usa::new::<&str>(style, style, &[], Switches::default()).unwrap();
    let mut habit = Habit::default();
    let mut found = Vec::new();
    for pick in picks {
        let (mut text, mut starts) = (String::new(), Vec::new());
        for (i, part) in PLACES[*pick].split('@').enumerate() {
            if i > 0 {
                starts.push(text.len());
                text.push_str(form);
            }
            text.push_str(part);
        }
        let mut changes = Vec::new();
        usa.changes(&text, 0, text.len(), &BODY, &mut habit, &mut changes);
        found.extend(starts.iter().map(|start| changes.iter().any(|change| change.range.start == *start)));
    }
    found
}

proptest::proptest! {
    #[test]
    fn forms_that_are_all_alike_are_edited_alike(picks in proptest::collection::vec(0..PLACES.len(), 1..6)) {
        for (style, forms) in [
            (UsaStyle::Long, ["US", "U.S.", "U. S."]),
            (UsaStyle::Plain, ["U.S.", "U. S.", "U.S."]),
            (UsaStyle::Plain, ["USA", "U.S.A.", "USA"]),
            (UsaStyle::Dotted, ["USA", "U.S.A.", "U.S.A"]),
        ] {
            let first = edited(&picks, forms[0], style);
            for form in &forms[1..] {
                proptest::prop_assert_eq!(&edited(&picks, form, style), &first, "{} {:?} {:?}", form, style, picks);
            }
        }
    }
}
