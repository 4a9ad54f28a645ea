//! Places where a form is a code or part of a number: roads, law reports and cases, tables of results, postal addresses.

use super::lists::{COUNTRIES, PLACES};
use super::scan::{
    Case, after, bare, before, case_around, first_token, is_all_caps, is_word, last_token, starts_digit, starts_upper,
};
use super::token::STATES;
use crate::data::list;
use crate::english::country::{Form, Letters};

list!(
    /// Words between the country's name and a road's number.
    ROAD_WORDS,
    "usa/road-words.txt"
);
list!(
    /// Words that follow a road's number.
    ROAD_FOLLOWERS,
    "usa/road-followers.txt"
);
list!(
    /// Words of a street address.
    STREETS,
    "usa/streets.txt"
);

/// A numbered road: "U.S. 101 near", "US 30 in both directions", "U.S. Highway 14".
pub(super) fn is_road(text: &str, form: &Form) -> bool {
    if form.letters == Letters::Usa {
        return false;
    }
    let rest = after(text, form.whole_end());
    if !rest.starts_with(char::is_whitespace) {
        return false;
    }
    let mut words = rest.split_whitespace();
    let Some(first) = words.next() else {
        return false;
    };
    if ROAD_WORDS.contains(first) {
        return words.by_ref().take(2).any(starts_digit);
    }
    let digits = first.bytes().take_while(u8::is_ascii_digit).count();
    let suffix = first[digits..].trim_start_matches(['A', 'B', 'N', 'S', 'E', 'W']);
    if digits == 0 || digits > 3 || first[digits..].len() - suffix.len() > 1 || suffix.starts_with(is_word) {
        return false;
    }
    let left = before(text, form.start);
    !is_score(left, suffix, words.clone()) && follows_road(left, suffix, words.next())
}

/// What follows a road's number: nothing, punctuation, a preposition. After "the" only a noun for part of a road.
fn follows_road(left: &str, suffix: &str, next: Option<&str>) -> bool {
    if !suffix.is_empty() {
        let mut chars = suffix.chars();
        let mark = chars.next().unwrap_or(' ');
        let more = chars.next().is_some_and(is_word);
        return matches!(mark, '.' | ',' | ';' | ')' | '"' | '”' | '?' | '!' | '/' | '\'' | '’')
            && (!more || matches!(mark, '/' | '\'' | '’'));
    }
    let noun = |w: &str| {
        w.len() > 3
            && !matches!(
                w,
                "near"
                    | "with"
                    | "into"
                    | "from"
                    | "that"
                    | "will"
                    | "were"
                    | "where"
                    | "when"
                    | "while"
                    | "since"
                    | "during"
                    | "just"
            )
    };
    next.is_none_or(|raw| {
        let w = bare(raw);
        (ROAD_FOLLOWERS.contains(w) || w.is_empty() || raw.starts_with('('))
            && (!last_token(left).eq_ignore_ascii_case("the") || noun(w))
    })
}

/// "Japan 3, US 1", "US 3, Japan 1": a line of scores or counts, unless the other number is a road's as well.
fn is_score<'a>(left: &str, suffix: &str, mut words: impl Iterator<Item = &'a str>) -> bool {
    let scorer = |token: &str| starts_upper(token) && !is_road_sign(token);
    let joint = left.trim_end();
    let joint = joint.strip_suffix("and").or_else(|| joint.strip_suffix([',', ';'])).unwrap_or("");
    let number = last_token(joint);
    let name = joint.trim_end().strip_suffix(number).map_or("", last_token);
    is_count(number) && scorer(name)
        || suffix.starts_with([',', ';']) && words.next().is_some_and(scorer) && words.next().is_some_and(starts_digit)
}

fn is_count(token: &str) -> bool {
    let digits = token.trim_end_matches([',', ';']);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// What stands before a road's number: "Hwy", the country's own name.
fn is_road_sign(token: &str) -> bool {
    ROAD_WORDS.contains(token) || Form::at(token, 0).is_some()
}

/// A law report or a case: "347 U.S. 483", "410 U.S. at 153", "U.S. v. Rowe", "Rowe v. U.S.".
pub(super) fn is_law(text: &str, form: &Form) -> bool {
    let left = before(text, form.start);
    let rest = after(text, form.whole_end());
    let last = last_token(left);
    let mut words = rest.split_whitespace();
    let next = words.next().unwrap_or("");
    if !rest.starts_with(char::is_whitespace) {
        return is_versus(last) && is_case_party(last_token(&left[..left.trim_end().len() - last.len()]), last);
    }
    let number = !last.is_empty() && last.trim_start_matches(['(', '[', '"', '“']).bytes().all(|b| b.is_ascii_digit());
    if number
        && last.len() < 6
        && (starts_digit(next) && last.len() <= 4 && !next.ends_with("th") && !next.contains('-')
            || next == "at"
            || next.starts_with("__")
            || next == "App.")
    {
        return true;
    }
    if next == "Const." || next == "App." && number {
        return true;
    }
    if is_versus(next) {
        return words.next().is_some_and(|party| is_case_party(party, next));
    }
    is_versus(last) && is_case_party(last_token(&left[..left.trim_end().len() - last.len()]), last)
}

fn is_versus(word: &str) -> bool {
    matches!(word, "v." | "v" | "vs.")
}

/// A party to a case begins with a capital and is no national team.
fn is_case_party(party: &str, versus: &str) -> bool {
    let name = bare(party);
    starts_upper(name) && !COUNTRIES.contains(name) && (versus == "v." || versus == "v" || party.ends_with(','))
}

/// A country code in brackets: after a name with a mark, a time or a place in the same line ("J. Rowe (USA) 11.02"), or
/// after a name in uppercase ("HARBOUR LIGHT (USA)").
pub(super) fn is_result(text: &str, form: &Form) -> bool {
    let left = before(text, form.start);
    let rest = after(text, form.whole_end());
    let (Some(head), Some(tail)) = (left.strip_suffix(['(', '[']), rest.strip_prefix([')', ']'])) else {
        return false;
    };
    let head = head.rsplit(['\n', '\r']).next().unwrap_or(head);
    let tail = tail.split(['\n', '\r']).next().unwrap_or(tail);
    if !starts_upper(bare(last_token(head))) {
        return false;
    }
    let near = &tail[..floor(tail, 48)];
    is_name_in_capitals(text, form, head)
        || has_mark(near)
        || is_placed(head)
        || first_token(near).trim_start_matches(['-', '–', ',']).bytes().any(|b| b.is_ascii_digit())
        || near.trim_start().starts_with(['-', '–'])
            && starts_digit(near.trim_start()[..].trim_start_matches(['-', '–', ' ']))
}

/// Whether the words before the bracket are in uppercase and the text is not: two words, or one too long for an acronym.
fn is_name_in_capitals(text: &str, form: &Form, head: &str) -> bool {
    let mut words = head.split_whitespace().rev().map(bare);
    let (last, previous) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    is_all_caps(last) && (last.len() > 5 || is_all_caps(previous)) && case_around(text, form) == Case::Prose
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A time, a distance or a score: digits with a point, a colon or a dash between ("11.02", "2:04:11", "6-3").
fn has_mark(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(3).any(|w| w[0].is_ascii_digit() && matches!(w[1], b'.' | b':' | b'-') && w[2].is_ascii_digit())
        || text.contains("pts") && bytes.iter().any(u8::is_ascii_digit)
}

/// A place before the name: "1. J. Rowe", "3 J. Rowe", "; 2, J. Rowe".
fn is_placed(head: &str) -> bool {
    let entry = head.rsplit([';']).next().unwrap_or(head).trim_start();
    let digits = entry.bytes().take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&digits) && entry[digits..].starts_with(['.', ')', ' ', ',', '='])
}

/// The last part of a postal address: after a postal code, or after a street's number and name.
pub(super) fn is_address(text: &str, form: &Form, address_above: bool) -> bool {
    let left = before(text, form.start);
    let rest = after(text, form.tail()).trim_start_matches([')', '.', '"']);
    let line_start = left.trim_end_matches([' ', '\t']);
    let alone = (line_start.is_empty() && left.len() == form.start || line_start.ends_with('\n'))
        && (rest.is_empty() || rest.starts_with(['\n', '\r']));
    if alone && (address_above || is_postal_code(last_token(left))) {
        return true;
    }
    let last = last_token(left);
    if is_postal_code(last) && is_in_state(left, last) {
        return true;
    }
    if is_postal_code(last) && !left.ends_with('(') {
        return !starts_upper(bare(first_token(rest)))
            && (rest.is_empty() || !rest.starts_with(' ') || last.ends_with(','));
    }
    last.ends_with(',') && has_street(left)
}

/// Whether a state stands before the postal code: "OH 44101", "Ohio 44101".
fn is_in_state(left: &str, code: &str) -> bool {
    let left = left.trim_end();
    let state = last_token(left[..left.len() - code.len()].trim_end()).trim_end_matches(',');
    STATES.contains(state) || PLACES.contains(state)
}

/// "55802,", "02115-1234", in any country's five digits.
fn is_postal_code(token: &str) -> bool {
    let code = token.trim_end_matches([',', ';', '.']);
    let (zip, more) = code.split_once('-').unwrap_or((code, ""));
    zip.len() == 5
        && zip.bytes().all(|b| b.is_ascii_digit())
        && (more.is_empty() || more.len() == 4 && more.bytes().all(|b| b.is_ascii_digit()))
}

/// A number and, within five capitalised words, a street's word, all after the last sentence's end; then commas only.
fn has_street(left: &str) -> bool {
    let mut number = 0;
    let mut street = false;
    for token in left.split_whitespace() {
        let word = bare(token);
        if starts_digit(word) {
            number = 6;
        } else if STREETS.contains(bare_street(token)) && number > 0 {
            street = true;
            number -= 1;
        } else if !starts_upper(word) && !word.is_empty() {
            street = false;
            number = 0;
        } else if number > 0 {
            number -= 1;
        }
        if matches!(word, "Box") {
            number = 6;
            street = true;
        }
    }
    street
}

fn bare_street(token: &str) -> &str {
    token.trim_end_matches([',', ';'])
}

#[cfg(test)]
mod tests {
    use super::super::scan::form;
    use super::*;

    #[test]
    fn roads() {
        for text in [
            "on U.S. 12 near Rowe",
            "shut US 31 in June",
            "U.S. Route 6",
            "US Hwy. 2",
            "US 12 (Elm Road)",
            "US 12, Hwy 14",
            "US 12 and",
            "on US 12, US 14",
            "off U.S. 9.",
            "where U.S. 20, a toll road",
            "the U.S. 20 bridge",
            "U.S. 1A at noon",
        ] {
            assert!(is_road(text, &form(text)), "{text}");
        }
        for text in [
            "the U.S. 10-year note",
            "US 7th Fleet",
            "the US 2032 race",
            "Peru 3, US 1",
            "US 3, Peru 1",
            "gave the US 15 in all",
            "the U.S. 30 years ago",
            "US 4.5 percent",
            "USA 12 in",
        ] {
            assert!(!is_road(text, &form(text)), "{text}");
        }
    }

    #[test]
    fn law() {
        for text in [
            "cited 301 U.S. 12 there",
            "301 U.S. at 14",
            "in U.S. v. Rowe the",
            "U.S. v Rowe",
            "Rowe v. U.S., decided",
            "Rowe v. U.S. was",
        ] {
            assert!(is_law(text, &form(text)), "{text}");
        }
        for text in
            ["the US v England match", "Peru v. USA", "In 2014 U.S. forces", "the 50 U.S. states", "USA v. Canada"]
        {
            assert!(!is_law(text, &form(text)), "{text}");
        }
    }

    #[test]
    fn results_and_addresses() {
        for text in [
            "J. Rowe (USA) 11.02",
            "1. J. Rowe (US)",
            "Ann Rowe (US) beat Ona Li 6-3 6-4",
            "The race went to HARBOUR LIGHT (USA), a colt",
        ] {
            assert!(is_result(text, &form(text)), "{text}");
        }
        for text in ["The pilot (US) sat", "Ann Rowe (US) and Ona Li (Fiji) sat", "in the (US) Gulf"] {
            assert!(!is_result(text, &form(text)), "{text}");
        }
        for text in [
            "12 Elm Street, Rowe, OH 44101, USA.",
            "Elm Parkway, Rowe, WA 98011 USA Tel: 12",
            "Rowe Inc., PO Box 9, Rowe, Ohio, U.S.A.",
            "Rowe\nOhio 44101\nUSA",
        ] {
            assert!(is_address(text, &form(text), false), "{text}");
        }
        for text in
            ["in 1999 he left Elm Street, Rowe, for Japan, the USA", "in Rowe, Ohio, USA", "on 4 May, USA officials"]
        {
            assert!(!is_address(text, &form(text), false), "{text}");
        }
        assert!(is_address("USA", &form("USA"), true));
    }
}
