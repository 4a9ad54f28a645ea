//! Roles, judged from single lines.

use super::*;

#[test]
fn words_are_divided_at_white_space() {
    for text in
        ["", " ", "a", " a  b\t“c”\u{a0}d \u{2003}é\u{3000}", "x\u{b}y\u{85}z", "Jo's (pier), it's", " - -- x- '"]
    {
        let tokens: Vec<_> = Tokens::of(text).collect();
        assert_eq!(tokens, text.split_whitespace().collect::<Vec<_>>(), "{text:?}");
        assert_eq!(count_words(text), words_in(text).count(), "{text:?}");
    }
    assert_eq!(words_in("“Jo's” – (pier), é").collect::<Vec<_>>(), ["Jo's", "pier", "é"]);
}

fn is(text: &str) -> Role {
    role_alone(text)
}

#[test]
fn roles() {
    for text in
        ["By Ida Marsh", "Ida Marsh, politics editor", "Ida Marsh and Tom Ode | Staff", "Written by Ida Marsh in Cork"]
    {
        assert_eq!(is(text), Role::Byline, "{text}");
    }
    for text in ["3 May 2024", "2024-05-03T09:12:00Z", "Published 9:12 AM EDT May 3, 2024", "Friday", "2 hours ago"] {
        assert_eq!(is(text), Role::Date, "{text}");
    }
    for text in ["Ferry crew walks out over lost pay", "Is the ferry lost?", "Why Nobody Sails. Why You Should."] {
        assert_eq!(is(text), Role::Heading, "{text}");
    }
    for text in ["The ferry is lost.", "\"Soup.\"", "It has been sung on the quay for a hundred years:"] {
        assert_eq!(is(text), Role::Prose, "{text}");
    }
    assert_eq!(is("- rope and tar"), Role::ListItem);
    assert_eq!(is("Rovers 2 1"), Role::TableRow);
    assert_eq!(is("WORLD NEWS"), Role::Kicker);
    assert_eq!(is("Key points"), Role::Label);
    assert_eq!(is("(Reuters)"), Role::SignOff);
    assert_eq!(is("Photo: Ida Marsh"), Role::Caption);
    assert_eq!(is("LONDON (AP) —"), Role::Dateline);
}

/// Each line with its role: what is expected, and what is found.
#[test]
fn every_line_of_the_table_has_its_role() {
    let lines = include_str!("lines.txt").lines().filter(|line| !line.starts_with('#'));
    let lines: Vec<_> = lines.map(|line| line.split_once('\t').expect("a role and a line")).collect();
    let wrong = lines.iter().filter(|(role, line)| name(is(line)) != *role);
    let wrong: Vec<String> = wrong.map(|(role, line)| format!("{role}, not {}: {line}", name(is(line)))).collect();
    assert!(lines.len() > 300 && wrong.is_empty(), "{} of {}:\n{}", wrong.len(), lines.len(), wrong.join("\n"));
}

fn name(role: Role) -> &'static str {
    match role {
        Role::Heading => "heading",
        Role::Kicker => "kicker",
        Role::Label => "label",
        Role::Byline => "byline",
        Role::Dateline => "dateline",
        Role::Date => "date",
        Role::ListItem => "item",
        Role::TableRow => "row",
        Role::Caption => "caption",
        Role::SignOff => "signoff",
        Role::Prose => "prose",
    }
}

#[test]
fn section_headings() {
    let shape = BlockShape { lines: 1, short: 1, ..BlockShape::default() };
    let heading = |text: &str| is_section_heading(text, &shape);
    for text in [
        "Related news",
        "More on this story:",
        "RELATED LINKS",
        "You may also like",
        "See also",
        "## External links",
        "What happens next",
        "Elsewhere on the web",
        "Top stories",
    ] {
        assert!(heading(text), "{text}");
    }
    for text in [
        "Ferry crew walks out over lost pay",
        "By Ida Marsh",
        "Ida Marsh",
        "3 May 2024",
        "LONDON",
        "(Reuters)",
        "The ferry is lost.",
        "- more rope",
        "Best wishes,",
        "Rovers 2 1",
        "Photo: Ida Marsh",
        "Ida Marsh:",
        "And read the stars above,",
        "",
    ] {
        assert!(!heading(text), "{text}");
    }
    let verse = BlockShape { lines: 4, short: 4, ..BlockShape::default() };
    assert!(!is_section_heading("The latest news", &verse));
}

/// What lines are made of: words of the lists, marks, names.
const PIECES: [&str; 64] = [
    "By",
    "by",
    "From",
    "Compiled",
    "Posted",
    "Ida",
    "Marsh",
    "in",
    "and",
    "Cork",
    "May",
    "Monday",
    "3",
    "2024",
    "9:12",
    "a.m.",
    "Ends",
    "END",
    "30",
    "Copyright",
    "All rights reserved",
    "Best wishes,",
    "Regards",
    "Photo",
    "photo:",
    "Getty",
    "Image caption",
    "/AP",
    "(Reuters)",
    "Photograph by",
    "WORLD",
    "NEWS",
    "news",
    "Sport",
    "Update",
    "Watch:",
    "Share",
    "Sign up",
    "Key points",
    "Q:",
    "-",
    "—",
    "|",
    "•",
    ">",
    "/",
    "(",
    ")",
    "\"",
    "“",
    "©",
    "o",
    "*",
    "1.",
    "a)",
    "\t",
    ",",
    ".",
    "?",
    "U.S.",
    "Ferry",
    "runs",
    "aground",
    "é",
];

proptest::proptest! {
    #[test]
    fn a_cheap_look_misses_nothing(
        picks in proptest::collection::vec((0..PIECES.len(), proptest::bool::weighted(0.8)), 1..8),
    ) {
        let mut text = String::new();
        for (pick, blank) in picks {
            text.push_str(PIECES[pick]);
            text.push_str(if blank { " " } else { "" });
        }
        let text = text.trim();
        let look = Look::at(text);
        for (may_be, is, role) in CHECKS {
            proptest::prop_assert!(may_be(&look) || !is(text), "{:?}: {}", role, text);
        }
    }
}
