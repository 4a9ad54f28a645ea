//! Who wrote it, who took the picture, where it was written: bylines, captions, datelines, sign-offs.

use super::look::{Look, Marks};
use super::row::is_date;
use super::{count_words, starts_upper, words_in};
use crate::data::list;

list!(
    /// Words that newspapers and broadcasters carry in their names.
    OUTLETS, "titles/outlets.txt");
list!(
    /// What a byline says its author does.
    JOBS, "titles/job-titles.txt");
list!(
    /// How letters close.
    CLOSINGS, "titles/closings.txt");

const BYLINE_STARTS: [&str; 14] = [
    "by",
    "compiled by",
    "contributed by",
    "edited by",
    "from",
    "interview by",
    "photos by",
    "posted by",
    "published by",
    "report by",
    "reported by",
    "reporting by",
    "story by",
    "written by",
];

pub(super) fn may_be_byline(look: &Look<'_>) -> bool {
    look.first.is_empty()
        || look.marks.any(Marks::COMMA | Marks::BAR | Marks::HYPHEN)
        || look.begins_one_of(&BYLINE_STARTS)
        || in_place(look.text).is_some()
}

/// Where ` in ` stands in a short line.
fn in_place(text: &str) -> Option<usize> {
    if text.len() < 60 { text.as_bytes().windows(4).position(|four| four == b" in ") } else { None }
}

/// `By Jane Roe`, `Jane Roe, politics editor`, `Jane Roe and John Doe | Staff`.
pub(super) fn is_byline(text: &str) -> bool {
    if text.len() > 160 || text.ends_with(['?', '!']) {
        return false;
    }
    if text.eq_ignore_ascii_case("by") {
        return true;
    }
    let first = text.as_bytes().first().map(u8::to_ascii_lowercase);
    for start in BYLINE_STARTS.iter().filter(|start| first == start.bytes().next()) {
        let Some(head) = text.get(..start.len()) else {
            continue;
        };
        let rest = &text[start.len()..];
        if !head.eq_ignore_ascii_case(start) || !rest.starts_with([' ', ':', '\n']) {
            continue;
        }
        let rest = rest.trim_start_matches([':', ' ', '\n']);
        if *start != "from" {
            return is_names(rest);
        }
        // "From Jane Roe in Cork": a name of two words must follow.
        let mut names = words_in(rest);
        return names.by_ref().take(2).filter(|w| starts_upper(w)).count() == 2
            && names.next().is_some_and(|w| w == "in");
    }
    let bytes = text.as_bytes();
    let hyphen = memchr::memchr_iter(b'-', bytes).find(|&at| text[..at].ends_with(' ') && text[at..].starts_with("- "));
    let mark = memchr::memchr2(b',', b'|', bytes);
    let Some(at) = [mark, hyphen.map(|at| at - 1), in_place(text)].into_iter().flatten().min() else {
        return false;
    };
    let (name, work) = text.split_at(at);
    if !(2..=9).contains(&count_words(name)) || !is_names(name) {
        return false;
    }
    let comma = work.starts_with(',');
    let parts = name.split([',', '&']).flat_map(|p| p.split(" and ")).all(|p| count_words(p) <= 4);
    parts && is_work(work, comma)
}

/// `, politics editor`, ` | Staff`, `, BBC News`, ` in Cork`: what follows an author's name.
/// A newspaper's name counts only after a comma: a bar and a newspaper's name follow titles as well.
fn is_work(work: &str, comma: bool) -> bool {
    let lower = work.to_lowercase();
    if count_words(&lower) > 7 {
        return false;
    }
    let outlet = comma && words_in(&lower).last().is_some_and(|w| OUTLETS.contains(w));
    let mut rest = words_in(&lower).skip_while(|w| !JOBS.contains(w)).skip_while(|w| JOBS.contains(w));
    let job = words_in(&lower).any(|w| JOBS.contains(w))
        && rest.next().is_none_or(|w| outlet || matches!(w, "and" | "at" | "for" | "in" | "of"));
    job || outlet && words_in(work).all(|w| starts_upper(w) || matches!(w, "of" | "the" | "for" | "and"))
}

/// Nothing but capitalised words and the small words between names.
fn is_names(text: &str) -> bool {
    let mut words = 0;
    for word in words_in(text) {
        words += 1;
        let small = [
            "and", "with", "for", "of", "the", "de", "da", "van", "von", "der", "den", "la", "le", "bin", "al", "in",
            "at", "on",
        ];
        if !(starts_upper(word)
            || words > 1
                && (small.contains(&word)
                    || word.bytes().any(|b| b.is_ascii_digit() || b == b'@')
                    || JOBS.contains(word)))
        {
            return false;
        }
        if words == 1 && small.contains(&word.to_lowercase().as_str()) {
            return false;
        }
    }
    words > 0
}

pub(super) fn may_be_sign_off(look: &Look<'_>) -> bool {
    look.text.len() <= 60
        && (look.marks.any(Marks::COMMA | Marks::STOP | Marks::OTHER)
            || look.first.is_empty()
            || look.begins_one_of(&["all rights reserved", "copyright", "end", "ends"]))
}

pub(super) fn is_sign_off(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    let wrapped = text.starts_with('(') && text.ends_with([')', '.']) || text.starts_with(['—', '–', '-', '―']);
    if bare.is_empty() || matches!(bare, "ENDS" | "30" | "Ends" | "END" | "End") {
        return true;
    }
    if wrapped && count_words(bare) <= 4 && words_in(bare).all(|w| starts_upper(w) || matches!(w, "and" | "the")) {
        return true;
    }
    bare.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("copyright "))
        || bare.eq_ignore_ascii_case("all rights reserved")
        || text.ends_with([',', '.']) && CLOSINGS.contains_lower(bare)
}

pub(super) fn is_caption(text: &str) -> bool {
    let bare = text.trim_start_matches(['(', '[', '©', ' ']);
    const STARTS: [&str; 19] = [
        "above:",
        "below:",
        "caption:",
        "copyright",
        "credit:",
        "credits:",
        "file photo",
        "getty",
        "illustration:",
        "image caption",
        "image copyright",
        "image credit",
        "image source",
        "image:",
        "photo by ",
        "photo:",
        "photograph by ",
        "photograph:",
        "picture:",
    ];
    let first = bare.as_bytes().first().map(u8::to_ascii_lowercase);
    let begins = |s: &str| bare.get(..s.len()).is_some_and(|start| start.eq_ignore_ascii_case(s));
    if STARTS.iter().any(|s| first == s.bytes().next() && begins(s)) || text.starts_with('©') {
        return true;
    }
    const INSIDE: [&str; 6] = ["(Photo:", "(Image:", "(Credit:", "(Photo by", "(AP Photo", "Photograph by "];
    const ENDS: [&str; 10] = [
        "/AP",
        "/AP)",
        "/Getty Images",
        "/Getty Images)",
        "/Reuters",
        "/Reuters)",
        "/AFP",
        "AP Photo)",
        "(Getty Images)",
        "Getty Images",
    ];
    if ends_in_credit(text) {
        return true;
    }
    let mut places = memchr::memchr2_iter(b'(', b'P', text.as_bytes());
    text.ends_with(['P', 's', ')']) && ENDS.iter().any(|e| text.ends_with(e))
        || places.any(|at| {
            let may_be = matches!(text.as_bytes().get(at + 1), Some(b'A' | b'C' | b'I' | b'P' | b'h'));
            may_be && INSIDE.iter().any(|mark| text[at..].starts_with(mark))
        })
}

/// A sentence and then who took the picture: `The mayor in Cork. Photo: Ida Marsh`.
fn ends_in_credit(text: &str) -> bool {
    let mut colons = memchr::memrchr_iter(b':', text.as_bytes());
    let Some(at) = colons.find(|at| text[at + 1..].starts_with(' ')) else { return false };
    let (before, credit) = (&text[..at], &text[at + 2..]);
    let word = [" Credit", " Image", " Photo", " Photograph", " Picture"].iter().find_map(|w| before.strip_suffix(w));
    word.is_some_and(|sentence| sentence.ends_with(['.', '!', ')'])) && count_words(credit) <= 6
}

/// `LONDON (AP) —`, `Cork, May 3`.
pub(super) fn is_dateline(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    let dashed =
        text.ends_with(['—', '–', '-']) && words_in(text).next().is_some_and(|w| w.chars().all(|c| !c.is_lowercase()));
    let Some((place, rest)) = text.split_once(',') else {
        return dashed;
    };
    dashed
        || is_date(rest.trim_end_matches(['-', '—', '–', ' ', ':']))
            && count_words(place) <= 3
            && words_in(place).all(starts_upper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_name_the_author() {
        for text in [
            "by",
            "By Ida Marsh",
            "By: Ida Marsh",
            "By\nIda Marsh",
            "Reported by Ida Marsh and Tom Ode",
            "By Ida Marsh, 3rd editor",
            "From Ida Marsh in Cork",
            "Ida Marsh, politics editor",
            "Ida Marsh - staff writer",
            "Ida Marsh | Reporter",
            "Ida Marsh & Tom Ode, reporters",
            "Ida Marsh, Harbour Times",
            "Ida Marsh, editor of the Harbour Times",
            "Ida van der Marsh, editor",
        ] {
            assert!(is_byline(text), "{text}");
        }
        for text in [
            "",
            "Bystanders",
            "By the harbour",
            "By Ida Marsh?",
            "By and by",
            "by the",
            "From Cork in May",
            "From Ida Marsh",
            "From Ida Marsh of Cork",
            "Ida, politics editor",
            "Ida Marsh",
            "Ida Marsh - winner",
            "Ida Marsh, winner",
            "Ida Marsh, editor who left us",
            "Ida Marsh | Harbour Times",
            "ida marsh, editor",
            "The Ida Marsh, editor",
            "Ida Marsh wrote it, editor",
            "Ida Marsh, lost Times",
            "Ida Anna Maria Jo Lou Marsh, editor",
        ] {
            assert!(!is_byline(text), "{text}");
        }
        assert!(is_byline(&format!("By {}", "Ida ".repeat(39))) && !is_byline(&format!("By {}", "Ida ".repeat(40))));
    }

    #[test]
    fn letters_and_reports_are_signed_off() {
        for text in [
            "ENDS",
            "-30-",
            "***",
            "(Reuters)",
            "(Harbour Times and Star).",
            "— Ida Marsh",
            "-Ida Marsh",
            "Copyright 2024 Harbour Times",
            "All rights reserved.",
            "Yours sincerely,",
            "Best regards,",
        ] {
            assert!(is_sign_off(text), "{text}");
        }
        for text in [
            "ends",
            "(the harbour)",
            "(Harbour) Times",
            "— the harbour",
            "Ida Marsh",
            "(Ida Marsh Tom Ode Lou)",
            "Copyrights",
            "Yours sincerely",
            "All rights",
        ] {
            assert!(!is_sign_off(text), "{text}");
        }
    }

    #[test]
    fn captions_name_a_picture_or_who_took_it() {
        for text in [
            "Photo: the harbour",
            "(Photo by Ida Marsh",
            "[Image: the harbour",
            "© Ida Marsh",
            "Getty Images of the harbour",
            "The harbour at dusk (Photo: Ida Marsh)",
            "The harbour (AP Photo/Ida Marsh)",
            "The harbour at dusk. Photograph by Ida Marsh",
            "Ida Marsh/AP",
            "Ida Marsh/Reuters)",
            "Ida Marsh for Getty Images",
            "The harbour is lit. Photo: Ida Marsh",
        ] {
            assert!(is_caption(text), "{text}");
        }
        for text in [
            "",
            "Photos of the harbour",
            "The harbour (photo: Ida Marsh)",
            "Ida Marsh/APA",
            "The harbour in Photo: Ida Marsh",
            "The harbour is lit. Photo:Ida Marsh",
            "The harbour is lit. Photo: it was taken by one of its own keepers",
            "The (Post) is out",
        ] {
            assert!(!is_caption(text), "{text}");
        }
    }

    #[test]
    fn datelines_are_a_place_and_a_dash_or_a_date() {
        for text in ["LONDON (AP) —", "CORK -", "CORK, Ireland –", "Cork, May 3", "Cork Quay, 3 May 2024 –"] {
            assert!(is_dateline(text), "{text}");
        }
        for text in [
            "Cork —",
            "CORK",
            "Cork, Ireland",
            "cork, May 3",
            "Cork and the Harbour, May 3",
            "Port of Spain, 3 May 2024 –",
            "Cork, May 3 at the quay",
        ] {
            assert!(!is_dateline(text), "{text}");
        }
        assert!(!is_dateline(&format!("{} —", "CORK ".repeat(12))));
    }
}
