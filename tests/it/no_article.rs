//! What is no article stays: front matter, code, lines of markup. Stage `markers` acts there all the same, except in code.

use copydesk::{Options, Stage};

use crate::support::{MARKER, check, clean_in_reads, shown};

/// Lines that three stages would act on.
const FAULTS: &str = "Storm heads for USA\n\nStorm heads for USA\n\nShips from the USA were seen off the\n";

/// The output for a text, and all invariants.
fn cleaned(options: &Options, text: &str) -> String {
    String::from_utf8(check(options, text.as_bytes()).text).expect("it is text")
}

fn stays(options: &Options, text: &str) {
    assert_eq!(cleaned(options, text), text);
}

fn changes(options: &Options, text: &str) {
    assert_ne!(cleaned(options, text), text);
}

#[test]
fn front_matter_stays() {
    let body = "It rained.\n";
    for (head, is_front) in [
        ("---\ntitle: Storm in USA\n---\n", true),
        ("---\r\ntitle: Storm in USA\r\n---\r\n", true),
        ("\u{feff}---\ntitle: Storm in USA\n---\n", true),
        ("---\ntitle: >\n  Storm in the\n\n  USA\ntags:\n- USA\n# in the USA\n---\n", true),
        ("+++\ntitle = 'Storm in USA'\n[extra]\nplace = 'USA'\n+++\n", true),
        ("---\ntitle: Storm in USA\n+++\n", false),
        ("---\ntitle: Storm in USA\nIt rained.\n---\n", false),
        ("---\ntitle: Storm in USA\n", false),
        ("\n---\ntitle: Storm in USA\n---\n", false),
        ("----\ntitle: Storm in USA\n----\n", false),
        ("It rained.\n---\ntitle: Storm in USA\n---\n", false),
    ] {
        let text = format!("{head}{body}");
        let options = Options::default();
        if is_front { stays(&options, &text) } else { changes(&options, &text) }
    }
}

#[test]
fn front_matter_has_an_end() {
    let lines = |n: usize| format!("---\n{}title: Storm in USA\n---\n", "key: value\n".repeat(n - 1));
    stays(&Options::default(), &lines(64));
    changes(&Options::default(), &lines(65));
    let long = |n: usize| format!("---\ntitle: {} USA\n---\n", "word ".repeat(n));
    stays(&Options::default(), &long(13_000));
    changes(&Options::default(), &long(13_200));
    // A title there is none of the article's, and the article has its own.
    let text = format!("---\ntitle: Storm\n---\n\nStorm\n\n{MARKER}\n\nStorm\n\nIt rained.\n");
    assert_eq!(cleaned(&Options::default(), &text), "---\ntitle: Storm\n---\n\nStorm\n\nIt rained.\n");
}

/// A line between documents is none of front matter, and each document may have its own.
#[test]
fn front_matter_in_a_stream() {
    let front = "---\ntitle: Storm in USA\n---\n";
    stays(&Options::default().separator("%%"), &format!("{front}It rained.\n%%\n{front}It rained.\n"));
    changes(&Options::default().separator("---"), front);
    changes(&Options::default().separator("title: x"), "---\ntitle: x\nplace: USA\n---\n");
}

#[test]
fn fenced_code_stays() {
    for fence in ["```", "```sh", "~~~", "   ```"] {
        let close = fence.trim_end_matches("sh");
        let text = format!("Snow fell.\n\n{fence}\n{FAULTS}{MARKER}\n{close}\n\nSnow melted.\n");
        stays(&Options::default(), &text);
        let followed = format!("{text}\nSnow fell in the USA.\n");
        assert_eq!(cleaned(&Options::default(), &followed), followed.replace("in the USA.", "in the U.S."));
    }
    // Nothing is joined across it, and nothing with it.
    stays(&Options::default(), "He said that the pier is shut, and he went to the\n\n```\n```\n\nmill in the end.\n");
}

#[test]
fn indented_code_stays_in_markdown() {
    let markdown = Options::default().markdown(true);
    let code = "The program:\n\n    # Storm heads for USA\n    sail --to USA\n\n\tsail --to USA\n\nSnow fell.\n";
    stays(&markdown, code);
    changes(&Options::default(), code);
    for article in [
        // A list item's second paragraph, and one that goes on in an indented line.
        "- Snow fell.\n\n    It fell in the USA.\n",
        "1. Snow fell.\n\n    It fell in the USA.\n",
        "Snow fell in the streets\n    of the USA.\n",
        "   It fell in the USA.\n",
    ] {
        changes(&markdown, article);
    }
    stays(&markdown, "- Snow fell.\n\nThe program:\n\n    sail --to USA\n");
}

/// A session may know better what its text is.
#[test]
fn a_session_can_be_set_to_markdown() {
    let (text, cleaner) = ("The program:\n\n    sail --to USA\n", Options::default().build().expect("they are valid"));
    let mut out = copydesk::Cleaned::<Vec<u8>>::default();
    let mut session = cleaner.session().markdown(true);
    session.push(text.as_bytes(), &mut out).and_then(|()| session.finish(&mut out)).expect("a collector takes it");
    assert_eq!(shown(&out.text), shown(text.as_bytes()));
    assert_ne!(shown(&clean_in_reads(&cleaner, text.as_bytes(), 7).text), shown(text.as_bytes()));
}

#[test]
fn lines_of_markup_stay() {
    for line in [
        "<img src=\"/ferry.jpg\" alt=\"Ferry in the USA\">",
        "![Ferry in the USA](/ferry.jpg)",
        "[![Ferry in the USA](/ferry.jpg)](/usa)",
        "<!-- Ferry in the USA -->",
    ] {
        for (before, after) in [("", ""), ("Snow fell.\n", "\nSnow melted."), ("Snow fell.\n\n", "\n\nSnow melted.")] {
            stays(&Options::default(), &format!("{before}{line}{after}\n"));
        }
        let marked = format!("Snow fell.\n\n{line} {MARKER}\n");
        assert_eq!(cleaned(&Options::default(), &marked), format!("Snow fell.\n\n{line}\n"));
        changes(&Options::default(), &format!("{line} in the USA\n"));
    }
    changes(&Options::default(), "[Ferry in the USA](/ferry)\n");
}

/// What is no article has no language either.
#[test]
fn what_is_no_article_says_nothing_of_the_language() {
    let german = "Der Koch flog noch am selben Tag zurück in die USA, und niemand weiß, warum.\n\n";
    let code = "```\nIt was one of those that they had in the end.\n```\n\n";
    stays(&Options::default().only([Stage::Usa]), &format!("{german}{code}Flug in die USA\n"));
}
