//! Places where a form is a code or part of a number: roads, law reports and cases, tables of results, postal addresses.

use super::around::{Around, Case};
use super::scan::{bare, first_two, is_all_caps, is_word, last_token, pieces, starts_digit, starts_upper, tokens_back};
use super::token::STATES;
use crate::data::list;
use crate::english::country::Letters;
use crate::english::floor_boundary;
use crate::english::lexicon;

list!(
    /// Countries and demonyms.
    COUNTRIES,
    "usa/countries.txt"
);
list!(
    /// Places, and words that end a place's name.
    PLACES,
    "usa/places.txt"
);
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
pub(super) fn is_road(form: &Around<'_>) -> bool {
    if form.letters == Letters::Usa {
        return false;
    }
    let mut words = pieces(form.right).skip(1);
    if ROAD_WORDS.contains(form.next) {
        return words.take(2).any(starts_digit);
    }
    let digits = form.next.bytes().take_while(u8::is_ascii_digit).count();
    let suffix = &form.next[digits..];
    let suffix = suffix.strip_prefix(['A', 'B', 'N', 'S', 'E', 'W']).unwrap_or(suffix);
    (1..=3).contains(&digits)
        && if suffix.is_empty() { goes_on_after_road(form, words.next()) } else { is_road_mark(suffix) }
}

/// Whether the mark after a number can be one after a road's: not "U.S. 10-year note".
fn is_road_mark(suffix: &str) -> bool {
    let mut chars = suffix.chars();
    match chars.next() {
        Some('/' | '\'' | '’') => true,
        Some('.' | ',' | ';' | ')' | '"' | '”' | '?' | '!') => !chars.next().is_some_and(is_word),
        _ => false,
    }
}

/// Whether the word after a number can follow a road's. After "the" only a noun for part of a road can.
fn goes_on_after_road(form: &Around<'_>, next: Option<&str>) -> bool {
    next.is_none_or(|token| {
        let word = bare(token);
        if form.previous.eq_ignore_ascii_case("the") {
            ROAD_FOLLOWERS.contains(word) && lexicon::closed(word).is_empty()
        } else {
            ROAD_FOLLOWERS.contains(word) || word.is_empty() || token.starts_with('(')
        }
    })
}

/// A law report or a case: "347 U.S. 483", "410 U.S. at 153", "U.S. v. Rowe", "Rowe v. U.S.".
pub(super) fn is_law(form: &Around<'_>) -> bool {
    let next = form.next;
    let volume = form.previous.trim_start_matches(['(', '[', '"', '“']);
    let page = || starts_digit(next) && !next.ends_with("th") && !next.contains('-');
    (1..=4).contains(&volume.len()) && volume.bytes().all(|b| b.is_ascii_digit()) && (next == "at" || page())
        || next == "Const."
        || matches!(next, "v." | "v") && is_party(first_two(form.right).1)
        || matches!(form.previous, "v." | "v") && is_party(form.second_previous())
}

/// Whether a party is one of a case and not of a match.
fn is_party(party: &str) -> bool {
    let name = bare(party);
    starts_upper(name) && !COUNTRIES.contains(name)
}

/// A country code in brackets: after a name with a mark, a time or a place in the same line ("J. Rowe (USA) 11.02"), or
/// after a name in uppercase ("HARBOUR LIGHT (USA)").
pub(super) fn is_result(form: &Around<'_>) -> bool {
    let (Some(head), Some(tail)) = (form.left.strip_suffix(['(', '[']), form.right.strip_prefix([')', ']'])) else {
        return false;
    };
    let head = head.rsplit(['\n', '\r']).next().unwrap_or(head);
    let tail = tail.split(['\n', '\r']).next().unwrap_or(tail);
    let tail = &tail[..floor_boundary(tail, 48)];
    starts_upper(bare(last_token(head))) && (is_name_in_caps(form, head) || is_placed(head) || has_mark(tail))
}

/// Whether the words before the bracket are in uppercase and the text is not: two words, or one too long for an acronym.
fn is_name_in_caps(form: &Around<'_>, head: &str) -> bool {
    let mut words = tokens_back(head).map(bare);
    let (last, previous) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    is_all_caps(last) && (last.len() > 5 || is_all_caps(previous)) && form.case() == Case::Prose
}

/// A time, a distance or a score: digits with a point, a colon or a dash between ("11.02", "2:04:11", "6-3").
fn has_mark(text: &str) -> bool {
    let is_mark = |w: &[u8]| w[0].is_ascii_digit() && matches!(w[1], b'.' | b':' | b'-') && w[2].is_ascii_digit();
    text.as_bytes().windows(3).any(is_mark)
}

/// A place before the name: "1. J. Rowe", "3 J. Rowe", "; 2, J. Rowe".
fn is_placed(head: &str) -> bool {
    let entry = head.rsplit(';').next().unwrap_or(head).trim_start();
    let digits = entry.bytes().take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&digits) && entry[digits..].starts_with(['.', ')', ' ', ',', '='])
}

/// The last part of a postal address: after a postal code, after a street's number and name, or alone in the last line.
pub(super) fn is_address(form: &Around<'_>, address_above: bool) -> bool {
    let rest = form.right.trim_start_matches([')', '.', '"']);
    let begins_line = || matches!(form.left.trim_end_matches([' ', '\t']).bytes().last(), None | Some(b'\n'));
    let ends_line = rest.is_empty() || rest.starts_with(['\n', '\r']);
    address_above && ends_line && begins_line()
        || is_postal_code(form.previous) && (!rest.starts_with(' ') || is_state(form.second_previous()))
        || form.previous.ends_with(',') && has_street(form.left)
}

/// "OH 44101", "Ohio 44101".
fn is_state(token: &str) -> bool {
    let state = token.trim_end_matches(',');
    STATES.contains(state) || PLACES.contains(state)
}

/// "55802,", "02115-1234", in any country's five digits.
fn is_postal_code(token: &str) -> bool {
    let code = token.trim_end_matches([',', ';', '.']);
    let (zip, more) = code.split_once('-').unwrap_or((code, "0000"));
    zip.len() == 5 && more.len() == 4 && zip.bytes().chain(more.bytes()).all(|b| b.is_ascii_digit())
}

/// A number and a street's word after it, among the numbers and capitalised words that end the text.
fn has_street(left: &str) -> bool {
    let is_part = |token: &&str| !bare(token).starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase());
    let is_street = |token: &&str| STREETS.contains(token.trim_end_matches([',', ';']));
    let mut tokens = tokens_back(left).take_while(is_part);
    let street = tokens.find(is_street);
    street.is_some_and(|token| bare(token) == "Box" || tokens.any(|token| starts_digit(bare(token))))
}

#[cfg(test)]
mod tests {
    use super::super::around::around;
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
            assert!(is_road(&around(text)), "{text}");
        }
        for text in [
            "the U.S. 10-year note",
            "US 7th Fleet",
            "the US 2032 race",
            "gave the US 15 in all",
            "the U.S. 30 years ago",
            "US 4.5 percent",
            "USA 12 in",
        ] {
            assert!(!is_road(&around(text)), "{text}");
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
            assert!(is_law(&around(text)), "{text}");
        }
        for text in
            ["the US v England match", "Peru v. USA", "In 2014 U.S. forces", "the 50 U.S. states", "USA v. Canada"]
        {
            assert!(!is_law(&around(text)), "{text}");
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
            assert!(is_result(&around(text)), "{text}");
        }
        for text in ["The pilot (US) sat", "Ann Rowe (US) and Ona Li (Fiji) sat", "in the (US) Gulf"] {
            assert!(!is_result(&around(text)), "{text}");
        }
        for text in [
            "12 Elm Street, Rowe, OH 44101, USA.",
            "Elm Parkway, Rowe, WA 98011 USA Tel: 12",
            "Rowe Inc., PO Box 9, Rowe, Ohio, U.S.A.",
            "Rowe\nOhio 44101\nUSA",
        ] {
            assert!(is_address(&around(text), false), "{text}");
        }
        for text in
            ["in 1999 he left Elm Street, Rowe, for Japan, the USA", "in Rowe, Ohio, USA", "on 4 May, USA officials"]
        {
            assert!(!is_address(&around(text), false), "{text}");
        }
        assert!(is_address(&around("USA"), true));
    }
}
