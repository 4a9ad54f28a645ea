//! Whole heads, decided: what goes, what takes over a cleaner wording, what stays.

use super::{Fate, Head, Line};
use crate::document::block::BlockShape;

const PROSE: &str =
    "Nobody at the harbour could say on Monday when the next boat would leave, or whether there would be one.";

/// Runs the stage on lines that are paragraphs of their own; gives the lines that are left.
fn left(lines: &[&str]) -> Vec<String> {
    let shape = BlockShape { lines: 1, short: 1, ..BlockShape::default() };
    judge(&lines.iter().map(|&text| Line { text, shape }).collect::<Vec<_>>())
}

fn judge(lines: &[Line<'_>]) -> Vec<String> {
    let mut head = Head::default();
    let taken = lines.iter().take_while(|l| !head.is_full() && head.push(l)).count();
    let (fates, mut titles) = head.finish();
    let (taken, mut out) = (fates.len(), Vec::new());
    for (line, fate) in lines.iter().zip(&fates) {
        match fate {
            Fate::Stays => out.push(line.text.to_owned()),
            Fate::Removed => {}
            Fate::Becomes { own, from, range } => {
                let mut text = line.text.to_owned();
                text.replace_range(own.clone(), &lines[*from].text[range.clone()]);
                out.push(text);
            }
        }
    }
    out.extend(
        lines[taken..]
            .iter()
            .filter(|l| {
                titles.pass(&l.shape);
                !titles.would_take(l)
            })
            .map(|l| l.text.to_owned()),
    );
    out
}

#[test]
fn copies_go_wherever_they_stand() {
    let title = "Ferry crew walks out over lost pay";
    assert_eq!(left(&[title, title, PROSE]), [title, PROSE]);
    assert_eq!(
        left(&[title, "By Ida Marsh", "3 May 2024", "FERRY CREW WALKS OUT OVER LOST PAY", PROSE]),
        [title, "By Ida Marsh", "3 May 2024", PROSE]
    );
    assert_eq!(left(&["World", title, "## Ferry crew walks out over lost pay.", PROSE]), ["World", title, PROSE]);
    assert_eq!(left(&[title, PROSE, title, PROSE]), [title, PROSE, PROSE]);
    assert_eq!(left(&["Gale warning", "By Ida Marsh", "Gale warning", PROSE]), ["Gale warning", "By Ida Marsh", PROSE]);
}

#[test]
fn the_cleaner_wording_takes_the_first_place() {
    let title = "Ferry crew walks out over lost pay";
    for other in [
        "Ferry crew walks out over lost pay - Sky News",
        "Home > World > Ferry crew walks out over lost pay",
        "VIDEO: Ferry crew walks out over lost pay",
        "Ferry crew walks out …",
        "Ferry crew walks out… | The Quay Post",
    ] {
        assert_eq!(left(&[other, "World", title, PROSE]), [title, "World", PROSE], "{other}");
        assert_eq!(left(&[title, other, PROSE]), [title, PROSE], "{other}");
    }
    assert_eq!(
        left(&["# Ferry crew walks out over lost pay | Digg", title, PROSE])[0],
        "# Ferry crew walks out over lost pay"
    );
}

#[test]
fn without_a_clean_copy_the_whole_one_stays() {
    let site = "Ferry crew walks out over lost pay - Sky News";
    assert_eq!(left(&["Ferry crew walks out…", site, PROSE]), [site, PROSE]);
    assert_eq!(left(&[site, "Ferry crew walks out…", PROSE]), [site, PROSE]);
    assert_eq!(left(&[site, PROSE]), [site, PROSE]);
    let body = [site, PROSE, "Ferry crew walks out over lost pay"];
    assert_eq!(left(&body), body[..2]);
}

#[test]
fn other_titles_stay() {
    let title = "Ferry crew walks out over lost pay";
    for other in [
        "Ferry crew walks out over lost pay - and the cooks join in",
        "Ferry crew walks out over lost pay: Part 2",
        "Ferry crew walks out over lost time",
        "Ferry crew walks out over lost pay, union says",
        "Ferry crew walks out",
    ] {
        assert_eq!(left(&[title, other, PROSE]), [title, other, PROSE], "{other}");
    }
}

#[test]
fn what_is_no_title_stays() {
    let title = "Ferry crew walks out over lost pay";
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
    ] {
        let lines = [title, other, "Exclusive", other, PROSE];
        assert_eq!(left(&lines), lines, "{other}");
    }
    let short = ["Gale warning", PROSE, "Gale warning"];
    assert_eq!(left(&short), short);
    let sentence = ["The lamp was lit again.", PROSE, "The lamp was lit again."];
    assert_eq!(left(&sentence), sentence);
}

#[test]
fn verse_stays() {
    let one = BlockShape { lines: 1, short: 1, ..BlockShape::default() };
    let verse = |text, index| Line { text, shape: BlockShape { lines: 4, short: 4, index, ..BlockShape::default() } };
    let title = Line { text: "The tide will bring him home", shape: one };
    let song = [
        verse("She set a lamp beside the door", 0),
        verse("The tide will bring him home", 1),
        verse("She swept and sanded all the floor", 2),
        verse("The tide will bring him home", 3),
    ];
    let prose = Line { text: PROSE, shape: one };
    for middle in [vec![], vec![prose]] {
        let lines: Vec<Line<'_>> = [vec![title], middle, song.to_vec(), vec![prose]].concat();
        assert_eq!(judge(&lines).len(), lines.len());
    }
}

#[test]
fn a_full_head_is_decided() {
    let lines: Vec<String> = (0..200).map(|i| format!("Ferry crew number {i} walks out")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(left(&lines), lines);
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
        assert_eq!(left(&[text, PROSE]), [text, PROSE]);
        left(&[text, text, text]);
    }
}
