//! Names that no list has and the words around a form show: of companies, teams and products. The form ends such a name
//! ("Rowan Cola USA said") or begins it ("US Ecology said").

use super::habit::{Habit, Side};
use super::institution::{ACRONYMS, DATES, INSTITUTIONS, is_institution, run_is_institution, stem};
use super::left::{ends_sentence, is_form, is_starter};
use super::lists::{COMPANY_MARKS, COUNTRIES, PERSONS, PLACES, PROPER_ADJECTIVES};
use super::scan::{
    Case, after, bare, before, case_around, first_token, is_all_caps, last_token, starts_lower, starts_upper,
};
use crate::data::list;
use crate::english::country::REGIONS;
use crate::english::country::{Form, Letters};
use crate::english::lexicon::{self, Classes};

list!(
    /// Words that make an organisation's name with the country's name after them.
    NAME_HEADS,
    "usa/name-heads.txt"
);
list!(
    /// Verbs whose subject is a company.
    COMPANY_VERBS,
    "usa/company-verbs.txt"
);

/// Words before a form that make it no beginning of a name: what follows is said of a person or thing.
const DETERMINERS: [&str; 22] = [
    "a", "an", "another", "any", "both", "each", "every", "former", "her", "his", "its", "my", "no", "our", "several",
    "some", "the", "their", "these", "this", "two", "your",
];

/// Whether the form ends or begins a name, or is an acronym of other words. A name is remembered.
pub(super) fn is_company(text: &str, form: &Form, habit: &mut Habit) -> bool {
    let left = before(text, form.start);
    let rest = after(text, form.whole_end());
    let head = bare(last_token(left));
    if habit.knows(Side::Before, form, head) && left.ends_with(char::is_whitespace) {
        return true;
    }
    if ends_name(text, form) {
        habit.learn(Side::Before, form, head);
        return true;
    }
    let name = rest.trim_start();
    if name.len() == rest.len() || !starts_upper(name) {
        return is_closed_after_comma(text, form) || is_other_acronym(left, form);
    }
    let word = owner(first_token(name));
    let found = habit.knows(Side::After, form, word) || begins_name(left, form, name, habit, case_around(text, form));
    if found {
        habit.learn(Side::After, form, word);
    }
    found
}

/// "Universal Savings Accounts (USA)": the words before a bracket or a dash begin with the form's letters.
fn is_other_acronym(left: &str, form: &Form) -> bool {
    let Some(words) = left.strip_suffix('(').or(left.strip_suffix("--")).or(left.strip_suffix('—')) else {
        return false;
    };
    let mut words = words.split_whitespace().rev();
    let mut is = |letter: u8| words.next().is_some_and(|w| w.as_bytes()[0].eq_ignore_ascii_case(&letter));
    form.letters == Letters::Usa && is(b'a') && is(b's') && is(b'u')
}

/// Whether a form in a line of uppercase letters may begin a name that the text after the line shows.
pub(super) fn may_begin_name(text: &str, form: &Form) -> bool {
    let name = after(text, form.whole_end());
    let word = capitalised(owner(first_token(name)));
    name.starts_with(' ') && starts_upper(&word) && !belongs_to_country(&word, "")
}

/// "Rowe USA, Inc." but not "the U.S., Rowe Inc."
fn is_closed_after_comma(text: &str, form: &Form) -> bool {
    let rest = after(text, form.whole_end());
    rest.strip_prefix(", ").is_some_and(|rest| is_mark(first_token(rest)))
        && starts_upper(last_token(before(text, form.start)))
}

fn is_mark(token: &str) -> bool {
    let word = token.trim_end_matches([',', ';', ')', ':', '>']);
    COMPANY_MARKS.contains(word) || COMPANY_MARKS.contains(owner(word))
}

/// A word without the marks around it and without a possessive ending.
fn owner(token: &str) -> &str {
    let word = bare(token);
    ["'s", "’s", "'S", "’S"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}

/// Whether the capitalised word before the form is a name's, and no place's.
fn ends_name(text: &str, form: &Form) -> bool {
    let left = before(text, form.start);
    let right = after(text, form.whole_end());
    if let Some(left) = left.strip_suffix(['(', '[']) {
        // "Rowe (USA) Inc", "Rowe Corp (USA)".
        let rest = right.strip_prefix([')', ']']).unwrap_or("");
        let head = last_token(left);
        return starts_upper(head) && (is_mark(first_token(rest)) || is_mark(head) || NAME_HEADS.contains(head));
    }
    if !left.ends_with(char::is_whitespace) {
        return false;
    }
    let head = last_token(left);
    if right.starts_with('>') && left.contains('<') || starts_upper(head) && has_ticker(right.trim_start()) {
        return true;
    }
    if head == "in" && is_mark(last_token(&left[..left.trim_end().len() - head.len()])) {
        // "Harlow Motor Corp in U.S.A."
        return true;
    }
    let word = head.trim_start_matches(|c: char| !c.is_alphanumeric());
    if !starts_upper(word) || form.letters == Letters::Us && !is_alone(right) {
        return false;
    }
    if is_mark(word) {
        return true;
    }
    if !word.ends_with(char::is_alphanumeric) || owner(word) != word || is_no_name(word) {
        return false;
    }
    let case = case_around(text, form);
    let previous = last_token(&left[..left.trim_end().len() - head.len()]);
    let starts = previous.is_empty() || ends_sentence(previous) || head != word && previous.ends_with(',');
    let named = !lexicon::is_word(word) || is_listed(NAME_HEADS, word);
    if case == Case::Prose { named || !starts } else { named && form.letters == Letters::Usa }
}

/// Whether a list has a word, written as it is or in uppercase.
fn is_listed(list: crate::data::List, word: &str) -> bool {
    list.contains(word) || is_all_caps(word) && list.contains(&capitalised(word))
}

/// A word in uppercase as it is written elsewhere.
fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().into_iter().chain(chars.flat_map(char::to_lowercase)).collect()
}

/// Capitalised words before the country's name that make no name with it: places, dates, words of the sentence.
fn is_no_name(word: &str) -> bool {
    is_place(word)
        || is_listed(DATES, word)
        || REGIONS.contains_lower(word)
        || is_starter(word)
        || !lexicon::closed(word).is_empty()
        || is_form(word.rsplit('-').next().unwrap_or(word))
        || !word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '&' | '\'' | '’'))
}

fn is_place(word: &str) -> bool {
    is_listed(PLACES, word) || is_listed(COUNTRIES, word)
}

/// Whether the sentence goes on after the form, or ends: "T-Mobile US said", but not "Toyota US sales".
fn is_alone(right: &str) -> bool {
    let rest = right.trim_start();
    if rest.len() == right.len() {
        return !rest.starts_with(['-', '–', '/']);
    }
    let next = first_token(rest);
    let word = bare(next);
    if starts_upper(word) {
        return is_starter(word);
    }
    let verb = lexicon::likeliest(word).any(Classes::PAST.or(Classes::THIRD));
    !starts_lower(word) && !word.starts_with(|c: char| c.is_ascii_digit()) || verb || !lexicon::closed(word).is_empty()
}

/// Whether the words from `name` on make a name with the form before them.
fn begins_name(left: &str, form: &Form, name: &str, habit: &Habit, case: Case) -> bool {
    let last = last_token(left);
    let determined = DETERMINERS.iter().any(|word| last.eq_ignore_ascii_case(word));
    if left.ends_with('<') || !last.eq_ignore_ascii_case("the") && closes_as_company(name) {
        return true;
    }
    if !determined && (has_ticker(name) || is_unknown(name)) {
        return true;
    }
    if case != Case::Prose {
        return false;
    }
    let word = owner(first_token(name));
    if form.letters == Letters::Usa {
        if last.eq_ignore_ascii_case("the") && is_team(name) {
            return true;
        }
        let placed =
            ["in", "from", "to", "across", "outside", "the", "a", "an"].iter().any(|w| last.eq_ignore_ascii_case(w));
        let follows_place = last.ends_with(',') || is_place(last);
        return !placed && !follows_place && !belongs_to_country(word, name);
    }
    !determined && !belongs_to_country(word, name) && acts_as_company(left, name)
        || habit.differs(form) && is_odd_one(word, name, determined)
}

/// The run of capitalised words closes with a company's mark, within five words.
fn closes_as_company(name: &str) -> bool {
    for token in name.split_whitespace().take(5) {
        if is_mark(token) {
            return true;
        }
        if !starts_upper(token) && token != "&" || token.ends_with([',', '.']) && token.len() > 3 {
            return false;
        }
    }
    false
}

/// A stock's symbol after the name: `US WEST <USW>`, "US Rowe (NYSE: USR)".
fn has_ticker(name: &str) -> bool {
    let Some(end) = name.find(['<', '(']) else {
        return false;
    };
    let (run, mark) = name.split_at(end);
    let code = mark.get(1..).and_then(|rest| rest.split(['>', ')']).next()).unwrap_or("");
    let symbol =
        |code: &str| (1..=6).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_uppercase() || b == b'.');
    run.split_whitespace().count() <= 2
        && run.split_whitespace().all(|token| starts_upper(token) || token == "&")
        && if mark.starts_with('<') {
            symbol(code)
        } else {
            code.split_once(':').is_some_and(|(_, c)| symbol(c.trim()))
        }
}

/// A plural with a capital and nothing like it after it: "the USA Herons were".
fn is_team(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let (word, next) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let plural = lexicon::classes(bare(word)).any(Classes::PLURAL);
    plural && !starts_upper(next) && !belongs_to_country(owner(word), name)
}

/// A word that no list knows, alone at the end: "by US Presswire".
fn is_unknown(name: &str) -> bool {
    let word = name.trim_end();
    starts_upper(word)
        && !is_all_caps(word)
        && word.chars().all(char::is_alphabetic)
        && !lexicon::is_word(word)
        && !belongs_to_country(word, name)
}

/// An office, a body, a person's title, a people: what belongs to a country.
fn belongs_to_country(word: &str, name: &str) -> bool {
    is_institution(word)
        || PERSONS.contains(word)
        || PROPER_ADJECTIVES.contains(word)
        || COUNTRIES.contains(word)
        || PLACES.contains(word)
        || DATES.contains(word)
        || is_starter(word)
        || ACRONYMS.contains(stem(word))
        || word.is_empty()
        || run_is_institution(name)
}

/// "US Ecology said", "US Ecology, a unit of …"; a common noun with a capital also as "in US Ecology's fleet", "with US Ecology to".
fn acts_as_company(left: &str, name: &str) -> bool {
    let is_name = |token: &&str| starts_upper(token) && token.chars().all(char::is_alphanumeric);
    let run = name.split_whitespace().take_while(is_name).count();
    let mut rest = name.split_whitespace().skip(run);
    let next = rest.next().unwrap_or("");
    if (1..=3).contains(&run) && COMPANY_VERBS.contains(bare(next)) {
        return true;
    }
    let begins = left.trim().is_empty() || ends_sentence(last_token(left));
    if next.ends_with(',') && starts_upper(next) && run < 3 && begins {
        return matches!(rest.next(), Some("a" | "an" | "the" | "which" | "formed" | "based"));
    }
    let alone = match run {
        0 => owner(next) != bare(next) || next.ends_with(['.', ',', ';', ')']),
        1 => !lexicon::closed(next).is_empty(),
        _ => false,
    };
    alone && lexicon::classes(owner(first_token(name))).any(Classes::NOUN) && starts_lower(last_token(left))
}

/// In a document that writes the country otherwise: one form before a capital that is no institution's.
fn is_odd_one(word: &str, name: &str, determined: bool) -> bool {
    let direction = matches!(word, "East" | "North" | "South" | "West");
    let second = name.split_whitespace().nth(1).unwrap_or("");
    if determined || !is_institution(word) {
        return !belongs_to_country(word, name);
    }
    let plain = !starts_upper(second) && !matches!(second, "of" | "and" | "&");
    !run_is_institution(name)
        && !INSTITUTIONS.contains(bare(second))
        && (direction || plain && !INSTITUTIONS.contains(word))
}

#[cfg(test)]
mod tests {
    use super::super::scan::form;
    use super::*;

    fn named(text: &str) -> bool {
        is_company(text, &form(text), &mut Habit::default())
    }

    #[test]
    fn a_form_after_a_name_is_part_of_it() {
        for text in [
            "Both Corvin Oil Co USA and Tarn Gas raised prices.",
            "Growth was good at Blue Heron USA and at its sister chain.",
            "Netlark USA, with 400 shops, said so.",
            "It sold cars through Harlow Motor Corp U.S.A. in May.",
            "clients of Tam Hauer USA were told",
            "Harlow Motor Corp in U.S.A. said it was glad",
            "The carrier T-Fonica US said it would.",
            "The source is Fenton Prewett (U.S.A.) Inc. of York.",
            "made by Corvin and Company (USA).",
            "HARLOW BANK USA 1ST QTR NET",
            "a kind of “Captain USA” or so",
            "bought by Rowe USA, Inc. in May",
            "universal savings accounts--USA accounts--for all",
            "BAYERN USA <BAY> SALES RISE",
            "said <Tarn Geneva USA> in May",
        ] {
            assert!(named(text), "{text}");
        }
        for text in [
            "He moved to Houston USA in May.",
            "She was born in Ohio, USA, in May.",
            "Trading in the Eastern US and Canada fell.",
            "On Monday US stocks rose.",
            "Toyota US sales fell in May.",
            "Senior US officials said so.",
            "Storm Heads Past Mexico, Nears USA",
            "TROOPS LEAVE USA AT DAWN",
            "The Tarn's USA total fell.",
            "the United States of America (USA) is",
            "Love USA or leave it, they said.",
            "the U.S., Rowe Inc. said",
        ] {
            assert!(!named(text), "{text}");
        }
    }

    #[test]
    fn a_form_before_a_name_is_part_of_it() {
        for text in [
            "US Ecology said it would.",
            "US Tarnway, a unit of Corvin, closed.",
            "It has signed a pact with US Lantern Inc to ship lamps.",
            "US WEST <USW> UNIT NAMES A CHIEF",
            "It will buy <USA Harbour Advertising> in May.",
            "It offers its USA Direct service in Malta.",
            "The score put the USA Herons ahead at noon.",
            "They expect US Lantern's losses to shrink.",
            "a contract with US Lantern to ship lamps",
            "Pictures by Quay Images and US Presswire",
        ] {
            assert!(named(text), "{text}");
        }
        for text in [
            "US Attorney Bharara said so.",
            "the US Carnival Corporation agreed",
            "US Customs said so.",
            "US Democrats said so.",
            "US District Judge Ona Rowe said so.",
            "the USA Senate said so",
            "In USA Facebook has rivals, they said.",
            "Location: Houston, Texas USA Compensation: $60",
            "A US Champion said so.",
            "US EXPORTS RISE",
        ] {
            assert!(!named(text), "{text}");
        }
    }

    #[test]
    fn the_document_shows_names() {
        let mut habit = Habit::default();
        habit.write("Under U.S. law", &form("Under U.S. law"));
        for (text, is) in [
            ("its US Dial subsidiary", true),
            ("one US West directory", true),
            ("the US Congress is", false),
            ("a US Air Force base", false),
            ("retired from US Air Force duty", false),
        ] {
            assert_eq!(is_company(text, &form(text), &mut habit), is, "{text}");
        }
        let text = "GTE HAILS US DIAL RESULT";
        assert!(is_company(text, &form(text), &mut habit));
    }
}
