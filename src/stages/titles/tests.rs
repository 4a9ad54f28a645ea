//! Whole texts, cleaned: what goes, what takes over a cleaner wording, what stays.

use crate::options::Options;
use crate::rules::Stage;

const PROSE: &str =
    "Nobody at the harbour could say on Monday when the next boat would leave, or whether there would be one.";
const TITLE: &str = "Ferry crew walks out over lost pay";

fn clean(text: &str) -> String {
    Options::default().only([Stage::Titles]).build().expect("the options are valid").clean(text).text
}

/// What is left of paragraphs with a blank line between them.
fn left(paragraphs: &[&str]) -> Vec<String> {
    clean(&paragraphs.join("\n\n")).trim_end().split("\n\n").map(str::to_owned).collect()
}

fn stays(paragraphs: &[&str]) {
    assert_eq!(left(paragraphs), paragraphs);
}

#[test]
fn copies_go_wherever_they_are() {
    assert_eq!(left(&[TITLE, TITLE, PROSE]), [TITLE, PROSE]);
    assert_eq!(
        left(&[TITLE, "By Ida Marsh", "3 May 2024", "FERRY CREW WALKS OUT OVER LOST PAY", PROSE]),
        [TITLE, "By Ida Marsh", "3 May 2024", PROSE]
    );
    assert_eq!(left(&["World", TITLE, "## Ferry crew walks out over lost pay.", PROSE]), ["World", TITLE, PROSE]);
    assert_eq!(left(&[TITLE, PROSE, TITLE, "It rained."]), [TITLE, PROSE, "It rained."]);
    assert_eq!(left(&["Gale warning", "By Ida Marsh", "Gale warning", PROSE]), ["Gale warning", "By Ida Marsh", PROSE]);
}

#[test]
fn the_cleaner_wording_takes_the_first_place() {
    for other in [
        "Ferry crew walks out over lost pay - Sky News",
        "Home > World > Ferry crew walks out over lost pay",
        "VIDEO: Ferry crew walks out over lost pay",
        "Ferry crew walks out …",
        "Ferry crew walks out… | The Quay Post",
    ] {
        assert_eq!(left(&[other, "World", TITLE, PROSE]), [TITLE, "World", PROSE], "{other}");
        assert_eq!(left(&[TITLE, other, PROSE]), [TITLE, PROSE], "{other}");
    }
    let marked = "# Ferry crew walks out over lost pay";
    assert_eq!(left(&["# Ferry crew walks out over lost pay | Digg", TITLE, PROSE]), [marked, PROSE]);
}

#[test]
fn without_a_clean_copy_the_whole_one_stays() {
    let site = "Ferry crew walks out over lost pay - Sky News";
    assert_eq!(left(&["Ferry crew walks out…", site, PROSE]), [site, PROSE]);
    assert_eq!(left(&[site, "Ferry crew walks out…", PROSE]), [site, PROSE]);
    stays(&[site, PROSE]);
    assert_eq!(left(&[site, PROSE, TITLE]), [site, PROSE]);
}

#[test]
fn uppercase_copies_take_no_place() {
    let (site, shout) = ("Opinion|Ferry crew walks out over lost pay", "FERRY CREW WALKS OUT OVER LOST PAY");
    assert_eq!(left(&[site, "Share this", shout, PROSE]), [TITLE, "Share this", PROSE]);
    assert_eq!(left(&["Ferry crew walks out over lost pay - Sky News", shout, PROSE]), [TITLE, PROSE]);
    // A clean copy in plain letters may.
    assert_eq!(left(&[site, shout, TITLE, PROSE]), [TITLE, PROSE]);
    // The first place stays as it is.
    assert_eq!(left(&[shout, TITLE, PROSE]), [shout, PROSE]);
    // What is missing in a cut title is nowhere else.
    stays(&["Ferry crew walks out…", shout, PROSE]);
    assert_eq!(left(&[shout, "Ferry crew walks out…", PROSE]), [shout, PROSE]);
}

#[test]
fn other_titles_stay() {
    for other in [
        "Ferry crew walks out over lost pay - and the cooks join in",
        "Ferry crew walks out over lost pay: Part 2",
        "Ferry crew walks out over lost time",
        "Ferry crew walks out over lost pay, union says",
        "Ferry crew walks out",
    ] {
        stays(&[TITLE, other, PROSE]);
    }
}

#[test]
fn what_is_no_title_stays() {
    for other in [
        "By Ida Marsh",
        "Ida Marsh",
        "3 May 2024",
        "WORLD NEWS",
        "Update",
        "Q:",
        "14",
        "- rope",
        "Owners promise a reply within the week",
        "The lamp on the quay, on Sunday. Photo: Ida Marsh",
    ] {
        stays(&[TITLE, other, "Exclusive", other, PROSE]);
    }
    stays(&["Gale warning", PROSE, "Gale warning"]);
    stays(&["The lamp was lit again.", PROSE, "The lamp was lit again."]);
}

#[test]
fn verse_stays() {
    let song = "She set a lamp beside the door\nThe tide will bring him home\nShe swept and sanded all the floor\nThe tide will bring him home";
    let title = "The tide will bring him home";
    stays(&[title, song, PROSE]);
    stays(&[title, PROSE, song, PROSE]);
    // A heading mark is no part of it.
    let marked = format!("{title}\n# {title}\n[Ida Marsh](/ida)\n\n{PROSE}");
    assert_eq!(clean(&marked), format!("{title}\n[Ida Marsh](/ida)\n\n{PROSE}"));
}

#[test]
fn verse_between_blank_lines_stays() {
    stays(&[
        "When the boats come in at the turn of the tide",
        "The lamp is burning still",
        "And the women look to the harbour side",
        "The lamp is burning still - Ida Marsh",
        PROSE,
    ]);
}

#[test]
fn a_title_over_two_lines_goes_whole() {
    let title = "Ferry Crews Walk Out in Three Northern Ports Over Lost Pay,\nOwners Ask for Talks";
    let one = "Ferry Crews Walk Out in Three Northern Ports Over Lost Pay, Owners Ask for Talks";
    assert_eq!(left(&[title, "Home", title, "Ida Marsh", PROSE]), [title, "Home", "Ida Marsh", PROSE]);
    assert_eq!(left(&[title, PROSE, title, PROSE]), [title, PROSE, PROSE]);
    assert_eq!(left(&[one, "Home", title, PROSE]), [one, "Home", PROSE]);
    assert_eq!(left(&[one, PROSE, title, PROSE]), [one, PROSE, PROSE]);
    assert_eq!(left(&[title, "Home", one, PROSE]), [title, "Home", PROSE]);
    // Nothing but its length shows that the first line goes on.
    let title = "Ferry Crews Walk Out in Three Northern Ports Over Lost\nPay and Broken Stoves";
    assert_eq!(left(&[title, "Home", title, "Ida Marsh", PROSE]), [title, "Home", "Ida Marsh", PROSE]);
    assert_eq!(left(&[title, PROSE, title, PROSE]), [title, PROSE, PROSE]);
    let three = "Ferry Crews of the Northern Line Walk Out in Ports,\nOwners Ask for Talks and Promise a New Stove for\nEach Deck";
    assert_eq!(left(&[three, "Home", three, PROSE]), [three, "Home", PROSE]);
    assert_eq!(left(&[three, PROSE, three, PROSE]), [three, PROSE, PROSE]);
}

#[test]
fn a_title_over_two_lines_takes_a_cleaner_wording() {
    let (site, clean) = (
        "Ferry Crews Walk Out in Three Northern Ports,\nOwners Ask for Talks | The Quay Post",
        "Ferry Crews Walk Out in Three Northern Ports,\nOwners Ask for Talks",
    );
    let one = "Ferry Crews Walk Out in Three Northern Ports, Owners Ask for Talks";
    assert_eq!(left(&[site, "Home", clean, PROSE]), [one, "Home", PROSE]);
    assert_eq!(left(&[site, "Home", one, PROSE]), [one, "Home", PROSE]);
    assert_eq!(left(&[clean, "Home", site, PROSE]), [clean, "Home", PROSE]);
}

#[test]
fn half_a_title_stays() {
    let (a, b) = (
        "A video that shows how a stolen boat was\nfound by the police was released. (Published 3 May)",
        "A video that shows how a stolen boat was\nfound by the police at dawn was released.",
    );
    stays(&[a, b, PROSE]);
    stays(&[a, PROSE, b, PROSE]);
    let (a, b) = (
        "Ferry Crews Walk Out in Three Northern Ports Over Lost\nPay and Broken Stoves",
        "Ferry Crews Walk Out in Three Northern Ports Over Lost\nTime and Broken Stoves",
    );
    stays(&[a, b, PROSE]);
    stays(&[a, PROSE, b, PROSE]);
    // The end of one.
    stays(&[
        "The harbour master has told the crews of the\nnorthern line that they will be paid",
        "The harbour master has told the cooks of the\nnorthern line that they will be paid",
        PROSE,
    ]);
}

#[test]
fn a_question_that_recurs_stays() {
    let question = "What do you like to eat?";
    stays(&[question, "— Fish, and bread.", question, "— Meat. I always have.", question, "— Nothing at all."]);
    stays(&["Three cooks", question, PROSE, question, "It is soup.", question, "I never eat."]);
    let news = "What's new in this boat";
    stays(&["Changes", news, "- a stove", "2.0", news, "- a bell", "1.0", news, "- a mast"]);
    stays(&[news, PROSE, news, "It has a stove now.", news, "It has a bell."]);
    // Twice it is a copy, and so is a headline or one over a text that was there before.
    assert_eq!(left(&[question, PROSE, question, "It is soup."]), [question, PROSE, "It is soup."]);
    assert_eq!(
        left(&[TITLE, PROSE, TITLE, "It rained.", TITLE, "It snowed."]),
        [TITLE, PROSE, "It rained.", "It snowed."]
    );
    assert_eq!(left(&[question, PROSE, question, PROSE, question, PROSE]), [question, PROSE, PROSE, PROSE]);
}

#[test]
fn a_full_head_is_decided() {
    let lines: Vec<String> = (0..200).map(|i| format!("Ferry crew number {i} walks out")).collect();
    stays(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let copies =
        ["Storm hits coast"].into_iter().chain(std::iter::repeat_n("Bridge is closed", 126)).collect::<Vec<_>>();
    assert_eq!(left(&copies), copies[..2]);
}

#[test]
fn any_text_is_taken() {
    for text in [
        "",
        " ",
        "…",
        "...",
        "|",
        " - ",
        ": ",
        "[",
        "](",
        "===",
        "# ",
        "**",
        "\u{1a}",
        "é|é",
        "a\u{300} – …",
        "UPDATE 1-",
        "u.",
        "\u{feff}U. S.",
    ] {
        clean(&format!("{text}\n\n{PROSE}"));
        clean(&[text; 3].join("\n"));
    }
}
