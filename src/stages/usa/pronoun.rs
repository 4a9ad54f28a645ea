//! The pronoun in uppercase, which is no form of the country's name.

use super::around::{Around, Case};
use super::habit::Habit;
use super::institution::{ACRONYMS, is_institution};
use super::scan::{bare, capitalised, is_all_caps, starts_lower, starts_upper};
use crate::data::list;
use crate::english::country::{Form, Letters};
use crate::english::lexicon::{self, Classes};

list!(
    /// Words in uppercase that a pronoun in uppercase may follow.
    PRONOUN_HEADS,
    "usa/pronoun-heads.txt"
);
list!(
    /// Words in uppercase that follow a pronoun.
    PRONOUN_FOLLOWERS,
    "usa/pronoun-followers.txt"
);

list!(
    /// Prepositions that rather take a person than a country.
    PERSONAL,
    "usa/pronoun-prepositions.txt"
);
list!(
    /// What one has, or does, "IN US".
    TRUST,
    "usa/trust-words.txt"
);

/// The pronoun in uppercase: "CONTACT US", "LET US GO", "Toys R US".
pub(super) fn is_pronoun(form: &Around<'_>, habit: &Habit) -> bool {
    if form.dotted || form.letters != Letters::Us || form.touches_left() {
        return false;
    }
    let word = form.previous.trim_matches(|c: char| !c.is_alphanumeric());
    if word == "R" || is_emphasised(form) || is_stressed(form, habit) {
        return true;
    }
    if form.previous.ends_with(|c: char| !c.is_alphanumeric()) {
        return false;
    }
    is_navigation(form)
        || if word == "IN" {
            // "LARGEST IN US" is the country, "BELIEVE IN US" is not.
            TRUST.contains(bare(form.second_previous()))
        } else {
            PRONOUN_HEADS.contains(word) && is_object(form, word)
        }
}

/// One word in uppercase among others in lowercase: "both of US", "between US and them", "This is for US!"
fn is_emphasised(form: &Around<'_>) -> bool {
    match form.previous {
        "of" => {
            let part = bare(form.second_previous()).to_ascii_lowercase();
            matches!(&*part, "all" | "any" | "both" | "each" | "many" | "most" | "none" | "some") && ends_or_acts(form)
        }
        "between" => ["and them", "and you"].iter().any(|pair| form.right.trim_start().starts_with(pair)),
        "for" | "to" | "with" => form.right.starts_with('!'),
        _ => false,
    }
}

/// Whether a mark or nothing follows, or a word that can be the verb of what comes before.
fn ends_or_acts(form: &Around<'_>) -> bool {
    let word = bare(form.next);
    let verb = || lexicon::likeliest(word).any(Classes::BASE.or(Classes::PAST)) || !lexicon::closed(word).is_empty();
    word.is_empty() || starts_lower(form.next) && verb()
}

/// The pronoun, stressed in prose: after a verb that is stressed as well ("WHICH CONCERNS US"), or, where the country was not
/// named so far, as the object of a verb or a preposition before a mark.
fn is_stressed(form: &Around<'_>, habit: &Habit) -> bool {
    let head = form.previous;
    let closes =
        !form.right.starts_with(|c: char| c.is_whitespace() || "-–/'’\"”".contains(c)) || form.right.starts_with("--");
    let verb = || lexicon::classes(head).any(Classes::BASE.or(Classes::THIRD).or(Classes::PAST));
    let stressed = || {
        if is_all_caps(head) {
            head.len() > 2 && !ACRONYMS.contains(head) && verb()
        } else {
            !habit.has_country() && (PERSONAL.contains(head) || verb() && lexicon::closed(head).is_empty())
        }
    };
    let is_sentence = || form.text.trim_end().ends_with(['.', '!', '?', '"', '”', '’', ')']);
    closes && stressed() && is_sentence() && form.case() == Case::Prose
}

/// A site's link with a slip: "Contact US", "### Follow US", "Follow US on".
fn is_navigation(form: &Around<'_>) -> bool {
    const BEFORE: [char; 12] = ['|', '.', '\n', '/', '•', '·', '»', '#', '*', '-', '[', '+'];
    const AFTER: [char; 9] = ['\n', '\r', '|', '#', '*', ']', '!', '•', '·'];
    let (head, before) = (form.previous, form.earlier.trim_end_matches(' '));
    if !starts_upper(head) || !before.is_empty() && !before.ends_with(BEFORE) {
        return false;
    }
    if form.right.trim_start_matches(' ').chars().next().is_none_or(|c| AFTER.contains(&c)) {
        return lexicon::classes(head).any(Classes::BASE) || head.eq_ignore_ascii_case("about");
    }
    matches!(head, "Contact" | "About" | "Join" | "Follow" | "Email" | "Call" | "Support")
        && (!form.next.starts_with(char::is_alphanumeric)
            || matches!(form.next, "at" | "on" | "today" | "now" | "via" | "by"))
}

/// Whether what follows can follow a pronoun.
fn is_object(form: &Around<'_>, head: &str) -> bool {
    if form.touches_right() {
        return !form.right.starts_with(['-', '–', '\'', '’', '/']);
    }
    let next = bare(form.next);
    let after_preposition = || lexicon::closed(head).contains(['P', 'p', 'k', 't', 'A', 'x']);
    !is_all_caps(next)
        || PRONOUN_FOLLOWERS.contains(next)
        || !lexicon::closed(next).is_empty()
        || Form::at(form.right.trim_start(), 0).is_some()
        || !after_preposition() && !next.ends_with('S') && !is_institution(&capitalised(next))
}

#[cfg(test)]
mod tests {
    use super::super::around::around;
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
            assert!(is_pronoun(&around(text), &Habit::default()), "{text}");
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
            assert!(!is_pronoun(&around(text), &Habit::default()), "{text}");
        }
    }
}
