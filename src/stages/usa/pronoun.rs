//! The pronoun in uppercase, which is no form of the country's name.

use super::habit::Habit;
use super::institution::{ACRONYMS, is_institution};
use super::scan::{Case, after, bare, before, case_around, first_token, is_all_caps, last_token, starts_digit};
use crate::data::list;
use crate::english::country::{Form, Letters};
use crate::english::lexicon::{self, Classes};

list!(
    /// Words in uppercase that a shouted pronoun may follow.
    SHOUTED_HEADS,
    "usa/shouted-heads.txt"
);
list!(
    /// Words in uppercase that follow a pronoun.
    SHOUTED_FOLLOWERS,
    "usa/shouted-followers.txt"
);

/// What one has, or does, "IN US".
const FAITH: [&str; 10] =
    ["BELIEVE", "BELIEVED", "BELIEVES", "CONFIDENCE", "FAITH", "HOPE", "INTERESTED", "INVEST", "LIVES", "TRUST"];

/// The pronoun in uppercase: "CONTACT US", "LET US GO", "Toys R US".
pub(super) fn is_pronoun(text: &str, form: &Form, habit: &Habit) -> bool {
    if form.dotted || form.letters != Letters::Us {
        return false;
    }
    let left = before(text, form.start);
    let rest = after(text, form.end);
    let head = last_token(left);
    let word = head.trim_matches(|c: char| !c.is_alphanumeric());
    if !left.ends_with(char::is_whitespace) {
        return false;
    }
    if word == "R" || is_single_word_in_caps(left, head, rest) {
        return true;
    }
    let prose = text.trim_end().ends_with(['.', '!', '?', '"', '”', '’', ')']);
    if prose && is_stressed(head, rest, !habit.has_country()) && case_around(text, form) == Case::Prose {
        return true;
    }
    if head.ends_with(|c: char| !c.is_alphanumeric()) {
        return false;
    }
    if is_navigation(left, head, rest) {
        return true;
    }
    if word == "IN" {
        // "LARGEST IN US" is the country, "BELIEVE IN US" is not.
        return FAITH.contains(&bare(last_token(left.trim_end().strip_suffix(head).unwrap_or(""))));
    }
    SHOUTED_HEADS.contains(word) && is_object(word, rest)
}

/// One uppercase word among lowercase ones: "both of US", "between US and them", "This is for US!"
fn is_single_word_in_caps(left: &str, head: &str, rest: &str) -> bool {
    match head {
        "of" => {
            let part = bare(last_token(left.trim_end().strip_suffix(head).unwrap_or(""))).to_ascii_lowercase();
            ["all", "any", "both", "each", "many", "most", "none", "some"].contains(&&*part) && ends_or_acts(rest)
        }
        "between" => ["and them", "and you"].iter().any(|pair| rest.trim_start().starts_with(pair)),
        "for" | "to" | "with" => rest.starts_with('!'),
        _ => false,
    }
}

/// Whether nothing follows, or a word that can be the verb of what stands before.
fn ends_or_acts(rest: &str) -> bool {
    let next = first_token(rest);
    let verb =
        |word: &str| lexicon::likeliest(word).any(Classes::BASE.or(Classes::PAST)) || !lexicon::closed(word).is_empty();
    next.is_empty()
        || !rest.starts_with(char::is_whitespace)
        || next.starts_with(char::is_lowercase) && verb(bare(next))
}

/// The pronoun, stressed: after a verb that is stressed as well ("WHICH CONCERNS US"), or as the object of a verb or a preposition
/// before a mark, where the country is `unnamed` so far.
fn is_stressed(head: &str, rest: &str, unnamed: bool) -> bool {
    let next = bare(first_token(rest));
    let closes = !rest.starts_with(char::is_whitespace) && !rest.starts_with(['-', '–', '/', '\'', '’', '"', '”'])
        || rest.starts_with("--");
    let verb = || lexicon::classes(head).any(Classes::BASE.or(Classes::THIRD).or(Classes::PAST));
    if is_all_caps(head) {
        return (closes || is_all_caps(next)) && head.len() > 2 && !ACRONYMS.contains(head) && verb();
    }
    let preposition = matches!(
        head,
        "about"
            | "among"
            | "before"
            | "behind"
            | "beside"
            | "between"
            | "for"
            | "of"
            | "than"
            | "toward"
            | "towards"
            | "upon"
            | "with"
    );
    unnamed
        && closes
        && head.chars().all(char::is_lowercase)
        && (preposition || verb() && lexicon::closed(head).is_empty())
}

/// A site's link with a slip: "Contact US", "### Follow US", "Follow US on".
fn is_navigation(left: &str, head: &str, rest: &str) -> bool {
    const BEFORE: [char; 12] = ['|', '.', '\n', '/', '•', '·', '»', '#', '*', '-', '[', '+'];
    const AFTER: [char; 9] = ['\n', '\r', '|', '#', '*', ']', '!', '•', '·'];
    if !head.starts_with(char::is_uppercase) {
        return false;
    }
    let before = left.trim_end().strip_suffix(head).unwrap_or(left).trim_end_matches(' ');
    if !before.is_empty() && !before.ends_with(BEFORE) {
        return false;
    }
    if rest.trim_start_matches(' ').chars().next().is_none_or(|c| AFTER.contains(&c)) {
        return lexicon::classes(head).any(Classes::BASE) || head.eq_ignore_ascii_case("about");
    }
    let next = first_token(rest);
    matches!(head, "Contact" | "About" | "Join" | "Follow" | "Email" | "Call" | "Support")
        && (!next.starts_with(char::is_alphanumeric) || matches!(next, "at" | "on" | "today" | "now" | "via" | "by"))
}

/// Whether what follows reads as if a pronoun preceded it.
fn is_object(head: &str, rest: &str) -> bool {
    if !rest.starts_with(char::is_whitespace) {
        return !rest.starts_with(['-', '–', '\'', '’', '/']);
    }
    let next = bare(first_token(rest));
    let after_preposition = lexicon::closed(head).contains(['P', 'p', 'k', 't', 'A', 'x']) || head == "JUST";
    if !is_all_caps(next) || SHOUTED_FOLLOWERS.contains(next) || matches!(head, "LET" | "LETS") {
        return true;
    }
    let gap = rest.len() - rest.trim_start().len();
    if starts_digit(next) || Form::at(rest, gap).is_some() {
        return true;
    }
    !after_preposition && !next.ends_with('S') && !is_shouted_institution(next)
}

fn is_shouted_institution(word: &str) -> bool {
    let mut title = String::with_capacity(word.len());
    for (i, c) in word.chars().enumerate() {
        if i == 0 {
            title.push(c);
        } else {
            title.extend(c.to_lowercase());
        }
    }
    is_institution(&title)
}

#[cfg(test)]
mod tests {
    use super::super::scan::form;
    use super::*;

    #[test]
    fn pronouns() {
        for text in [
            "JOIN US",
            "ABOUT US | TERMS",
            "THEY BELIEVE IN US",
            "LET US SING",
            "ALL OF US MUST",
            "wrote NONE OF US on it",
            "Contact US",
            "Toys R US",
            "HELP US REBUILD",
            "GIVE US 10",
            "TIP US",
            "### Follow US",
            "Why not the part WHICH CONCERNS US--be it so?",
            "In spite of their weight for US, such views may be shallow.",
            "What the sea promises US, that promise it will keep.",
        ] {
            assert!(is_pronoun(text, &form(text), &Habit::default()), "{text}");
        }
        for text in [
            "US ARMY GROWS",
            "THE US MUST",
            "HELP US FARMERS",
            "AID FOR US TROOPS",
            "the UK, US and",
            "CHINA SLAMS US PLAN",
            "LARGEST IN US",
            "VISIT US SENATE",
            "NATO US talks",
            "The ships sailed for US ports, they said.",
            "Iran talks of a deal with US, Fiji says",
            "They left the US, and stayed there.",
            "IRAN WARNS US",
        ] {
            assert!(!is_pronoun(text, &form(text), &Habit::default()), "{text}");
        }
    }
}
