//! Names that no list has and the words around a form show: of companies, teams and products. The form ends such a name
//! ("Rowan Cola USA said") or begins it ("US Ecology said").

use super::around::{Around, Case};
use super::habit::{Habit, Side};
use super::institution::{ACRONYMS, DATES, is_institution, run_is_institution};
use super::left::{ends_sentence, is_starter};
use super::place::{COUNTRIES, PLACES};
use super::scan::{
    bare, capitalised, first_token, first_two, is_all_caps, is_possessive, last_token, pieces, starts_lower,
    starts_upper, stem, tokens_back,
};
use crate::data::{List, list};
use crate::english::country::{Form, Letters, REGIONS};
use crate::english::lexicon::{self, Classes};

list!(
    /// Words that close a company's name, without a period.
    COMPANY_MARKS,
    "usa/company-marks.txt"
);
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

/// Whether the form ends or begins a name, or is an acronym of other words. A name is remembered.
pub(super) fn is_company(form: &Around<'_>, habit: &mut Habit) -> bool {
    let head = bare(form.previous);
    if !form.touches_left() && habit.knows(Side::Before, form, head) || ends_name(form) {
        habit.learn(Side::Before, form, head);
        return true;
    }
    if form.touches_right() || !starts_upper(form.next) {
        return is_other_acronym(form);
    }
    let word = stem(form.next);
    let found = habit.knows(Side::After, form, word) || begins_name(form, habit);
    if found {
        habit.learn(Side::After, form, word);
    }
    found
}

/// "Universal Savings Accounts (USA)": the words before a bracket or a dash begin with the form's letters.
fn is_other_acronym(form: &Around<'_>) -> bool {
    if form.letters == Letters::Us {
        return false;
    }
    let words = form.left.trim_end_matches(['(', '-', '—']);
    let initials = || tokens_back(words).filter_map(|word| word.chars().next());
    words.len() < form.left.len() && initials().take(3).map(|c| c.to_ascii_uppercase()).eq(['A', 'S', 'U'])
}

/// Whether a form in a line of uppercase may begin a name that the text after the line shows.
pub(super) fn may_begin_name(form: &Around<'_>) -> bool {
    starts_upper(form.next) && !belongs_to_country(&capitalised(stem(form.next)), "")
}

/// Whether the token closes a company's name.
fn is_mark(token: &str) -> bool {
    COMPANY_MARKS.contains(stem(token))
}

/// Whether the capitalised word before the form is a name's, and no place's.
fn ends_name(form: &Around<'_>) -> bool {
    if let Some(left) = form.left.strip_suffix(['(', '[']) {
        // "Rowe (USA) Inc", "Rowe Corp (USA)".
        let rest = form.right.strip_prefix([')', ']']).unwrap_or("");
        let head = last_token(left);
        return starts_upper(head) && (is_mark(first_token(rest)) || is_mark(head) || NAME_HEADS.contains(head));
    }
    if form.touches_left() {
        return false;
    }
    let head = form.previous;
    if form.right.starts_with('>') && form.left.contains('<') || starts_upper(head) && has_ticker(form.right) {
        return true;
    }
    if head == "in" && is_mark(form.second_previous()) {
        // "Harlow Motor Corp in U.S.A."
        return true;
    }
    let word = head.trim_start_matches(|c: char| !c.is_alphanumeric());
    if !starts_upper(word) || form.letters == Letters::Us && !is_alone(form) {
        return false;
    }
    if is_mark(word) {
        return true;
    }
    if !word.ends_with(char::is_alphanumeric) || is_possessive(word) || is_no_name(word) {
        return false;
    }
    let previous = form.second_previous();
    let starts = previous.is_empty() || ends_sentence(previous);
    let named = !lexicon::is_word(word) || is_listed(NAME_HEADS, word);
    if form.case() == Case::Prose { named || !starts } else { named && form.letters == Letters::Usa }
}

/// Whether a list has a word, written as it is or in uppercase.
fn is_listed(list: List, word: &str) -> bool {
    list.contains(word) || is_all_caps(word) && list.contains(&capitalised(word))
}

/// Capitalised words before the country's name that make no name with it: places, dates, words of the sentence.
fn is_no_name(word: &str) -> bool {
    let is_form = || word.rsplit('-').next().is_some_and(|last| Form::at(last, 0).is_some());
    is_place(word)
        || is_listed(DATES, word)
        || REGIONS.contains_lower(word) && !is_direction(word)
        || !lexicon::closed(word).is_empty()
        || !word.chars().all(|c| c.is_alphanumeric() || "-.&'’".contains(c))
        || is_form()
}

/// "West US" may be a name, "Western US" is none.
fn is_direction(word: &str) -> bool {
    matches!(word, "East" | "North" | "South" | "West")
}

fn is_place(word: &str) -> bool {
    is_listed(PLACES, word) || is_listed(COUNTRIES, word)
}

/// Whether the sentence goes on after the form, or ends: "T-Mobile US said", but not "Toyota US sales".
fn is_alone(form: &Around<'_>) -> bool {
    if form.touches_right() {
        return !form.right.starts_with(['-', '–', '/']);
    }
    let word = bare(form.next);
    if starts_upper(word) {
        return is_starter(word);
    }
    let verb = || lexicon::likeliest(word).any(Classes::PAST.or(Classes::THIRD));
    !starts_lower(word) || !lexicon::closed(word).is_empty() || verb()
}

/// Whether the words after the form make a name with it.
fn begins_name(form: &Around<'_>, habit: &Habit) -> bool {
    let (last, name) = (form.previous, form.right.trim_start());
    let after_the = last.eq_ignore_ascii_case("the");
    let determined = lexicon::closed(last).contains(['D', 'd']);
    if form.left.ends_with('<') || !after_the && closes_as_company(name) {
        return true;
    }
    if !determined && (has_ticker(name) || is_unknown(name)) {
        return true;
    }
    if form.case() != Case::Prose {
        return false;
    }
    let word = stem(form.next);
    if form.letters == Letters::Usa {
        if after_the && is_team(name) {
            return true;
        }
        let placed = ["in", "from", "to", "across", "outside", "the", "a", "an"];
        let placed = placed.iter().any(|word| last.eq_ignore_ascii_case(word));
        return !placed && !last.ends_with(',') && !is_place(last) && !belongs_to_country(word, name);
    }
    !determined && !belongs_to_country(word, name) && acts_as_company(form)
        || habit.differs(form) && is_odd_one(name, determined)
}

/// The run of capitalised words closes with a company's mark, within five words.
fn closes_as_company(name: &str) -> bool {
    let mut tokens = pieces(name).take(5).peekable();
    while let Some(token) = tokens.next() {
        if is_mark(token) {
            return true;
        }
        // "Solutions, Inc."
        let apposed = token.ends_with(',') && tokens.peek().is_some_and(|next| is_mark(next));
        if !starts_upper(token) && token != "&" || token.ends_with([',', '.']) && !apposed {
            return false;
        }
    }
    false
}

/// A stock's symbol after at most two words of a name: `US WEST <USW>`, "US Rowe (NYSE: USR)".
fn has_ticker(name: &str) -> bool {
    let Some((run, mark)) = memchr::memchr2(b'<', b'(', name.as_bytes()).map(|at| name.split_at(at)) else {
        return false;
    };
    let code = mark[1..].split(['>', ')']).next().unwrap_or("");
    let code = if mark.starts_with('<') { code } else { code.split_once(':').map_or("", |(_, code)| code.trim()) };
    let mut words = pieces(run);
    (1..=6).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_uppercase() || b == b'.')
        && words.clone().count() <= 2
        && words.all(starts_upper)
}

/// A plural with a capital and nothing like it after it: "the USA Herons were".
fn is_team(name: &str) -> bool {
    let (word, next) = first_two(name);
    let plural = lexicon::classes(bare(word)).any(Classes::PLURAL);
    plural && !starts_upper(next) && !belongs_to_country(stem(word), name)
}

/// A word that no list knows, alone at the end: "by US Presswire".
fn is_unknown(name: &str) -> bool {
    let word = name.trim_end();
    word.chars().all(char::is_alphabetic)
        && !is_all_caps(word)
        && !lexicon::is_word(word)
        && !belongs_to_country(word, name)
}

/// An office, a body, a person's title, a people: what belongs to a country.
fn belongs_to_country(word: &str, name: &str) -> bool {
    is_institution(word)
        || is_place(word)
        || DATES.contains(word)
        || ACRONYMS.contains(word)
        || is_starter(word)
        || run_is_institution(name)
}

/// "US Ecology said", "US Ecology, a unit of …"; a common noun with a capital also as "in US Ecology's fleet", "with US
/// Ecology to".
fn acts_as_company(form: &Around<'_>) -> bool {
    let is_name = |token: &&str| starts_upper(token) && token.chars().all(char::is_alphanumeric);
    let run = pieces(form.right).take_while(is_name).count();
    let mut rest = pieces(form.right).skip(run);
    let next = rest.next().unwrap_or("");
    if COMPANY_VERBS.contains(bare(next)) {
        return true;
    }
    let begins = form.previous.is_empty() || ends_sentence(form.previous);
    if next.ends_with(',') && begins {
        return matches!(rest.next(), Some("a" | "an" | "the" | "which" | "formed" | "based"));
    }
    let alone = match run {
        0 => is_possessive(next) || next.ends_with(['.', ',', ';', ')']),
        1 => !lexicon::closed(next).is_empty(),
        _ => false,
    };
    let noun = || bare(form.next).split(['\'', '’']).next().unwrap_or("");
    alone && starts_lower(form.previous) && lexicon::classes(noun()).any(Classes::NOUN)
}

/// In a document that writes the country otherwise: one form before a capital that is no institution's.
fn is_odd_one(name: &str, determined: bool) -> bool {
    let (first, second) = first_two(name);
    !belongs_to_country(stem(first), name) || !determined && is_direction(first) && !is_institution(second)
}

#[cfg(test)]
mod tests {
    use super::super::around::around;
    use super::*;

    fn named(text: &str) -> bool {
        is_company(&around(text), &mut Habit::default())
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
            "A fleet of US Lantern Ferries, Inc. sank.",
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
        habit.write(&around("Under U.S. law"));
        for (text, is) in [
            ("its US Dial subsidiary", true),
            ("one US West directory", true),
            ("the US Congress is", false),
            ("a US Air Force base", false),
            ("retired from US Air Force duty", false),
        ] {
            assert_eq!(is_company(&around(text), &mut habit), is, "{text}");
        }
        let text = "GTE HAILS US DIAL RESULT";
        assert!(is_company(&around(text), &mut habit));
    }
}
