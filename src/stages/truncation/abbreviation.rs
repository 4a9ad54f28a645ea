//! A sentence that ends in an abbreviation: cut, or complete? The abbreviation's class asks for a word or not; else the
//! clauses decide.

use super::Tail;
use super::country::{self, is_country};
use super::role::{Prose, is_more_than_name};
use super::says::Says;
use super::verbless::{is_rest, is_telegraphic};
use crate::data::list;
use crate::english::clause::Tag;
use crate::english::lexicon::{self, Classes};
use crate::english::token::Token;
use crate::reasons::Reason;

/// Why the rest of the sentence is missing after the abbreviation that ends it, if it is.
pub(crate) fn cut(tail: &Tail<'_>) -> Option<Reason> {
    let words = tail.sentence();
    let (last, before) = words.split_last()?;
    if tail.has_open_bracket() && tail.prose() > Prose::None {
        return Some(Reason::LikelyBracket);
    }
    if last.trail.contains([')', ']', '"', '”']) {
        // A quotation or a remark ends here; only what asks for a name is cut.
        return None;
    }
    match asks_for_more(last, before, tail) {
        Says::Cut(reason) => Some(reason),
        Says::Whole => None,
        Says::Nothing => lacks_verb(tail),
    }
}

/// What the abbreviation itself says.
pub(super) fn asks_for_more(last: &Token<'_>, before: &[Token<'_>], tail: &Tail<'_>) -> Says {
    let class = lexicon::abbreviation(last.word);
    if is_country(last.word) {
        return country::goes_on(before, tail);
    }
    if last.lead.ends_with('-') {
        // "-v.": a program's option.
        return Says::Whole;
    }
    if let Some(at) = spaced_state(last, before) {
        return Says::of(state(&before[..at]), Reason::LikelyAbbreviation);
    }
    if is_acronym(last, tail) {
        return Says::Whole;
    }
    let initial = last.word.len() == 1 && last.is_capital() && before.last().is_some_and(Token::is_capital);
    if class.is_empty() || initial {
        return Says::of(initials(last, before, tail), Reason::LikelyAbbreviation);
    }
    if class.contains('o')
        && before.last().is_some_and(|w| {
            w.is("the") || region(w) || (w.is_lower() && w.trail.is_empty() && lexicon::closed(w.word).is_empty())
        })
    {
        return Says::Cut(Reason::LikelyAbbreviation);
    }
    let likely = |asks| Says::of(asks, Reason::LikelyAbbreviation);
    let sure = |asks, reason| Says::of(Some(asks), reason);
    match class.as_bytes()[0] {
        b't' if last.is_capital() && !class.contains('a') => sure(!is_label(before.last(), last), Reason::AfterTitle),
        b't' if last.is_capital() => sure(!is_street(before), Reason::AfterTitle),
        b'm' if last.is_capital() => sure(!is_person(last, before), Reason::AfterMonth),
        b'n' => sure(before_number(last, before), Reason::AfterNumberSign),
        b'l' => sure(latin(last, before), Reason::AfterLatin),
        b'P' => likely(Some(true)),
        b'e' => Says::of(Some(tail.reading().open_clause), Reason::LikelyClause),
        b'g' if last.is_capital() => sure(place_prefix(last, before), Reason::AfterPlacePrefix),
        b'S' if last.is_capital() => likely(state(before)),
        b'h' => likely(time(before)),
        b'o' => likely(Some(before.last().is_some_and(|w| lexicon::closed(w.word).contains('D')))),
        b'c' if last.is_any(&["Dept", "Depts"])
            && before.last().is_some_and(|w| w.is_lower() && !w.is("the") || w.is_number()) =>
        {
            likely(Some(true))
        }
        // "take them in."
        b'u' if last.is("in") && !before.last().is_some_and(Token::is_number) => Says::Whole,
        b'u' | b'w' | b'j' | b'c' | b'a' if last.is_capital() || class.contains(['u', 'c']) => Says::Nothing,
        _ => Says::Whole,
    }
}

/// "the aid of DRS.", "a lease to ADM.", "at noon PT.": an uppercase word in a text that is not all uppercase is no title,
/// rank or place.
fn is_acronym(last: &Token<'_>, tail: &Tail<'_>) -> bool {
    let letters = last.word.len() > 1 && last.word.bytes().all(|b| b.is_ascii_uppercase());
    letters && lexicon::abbreviation(last.word).starts_with(['g', 't', 'm']) && tail.words.iter().any(Token::is_lower)
}

/// Whether the sentence lacks a verb, and is more than a name or a heading.
fn lacks_verb(tail: &Tail<'_>) -> Option<Reason> {
    if is_rest(tail) {
        return None;
    }
    let reading = tail.reading();
    if reading.open_clause {
        return Some(Reason::LikelyClause);
    }
    let heading = tail.words.len() < 10
        && tail.words.last().is_some_and(|w| is_country(w.word))
        && !tail.words.iter().any(Token::pauses);
    if heading || reading.main_verb || is_labelled(tail.sentence()) || is_telegraphic(tail) {
        return None;
    }
    let country = || tail.start > 0 && tail.words.last().is_some_and(|w| is_country(w.word));
    let lacks = is_more_than_name(tail.sentence(), reading) || is_subject(tail) || is_name_after(tail) || country();
    lacks.then_some(Reason::LikelyVerb)
}

/// "Survivors: a brother, Thomas Jr.", "Updated on May 2 at 3 p.m.": a list after its label, and a time, have no verb.
fn is_labelled(words: &[Token<'_>]) -> bool {
    let stamp =
        |w: &Token<'_>| w.is_any(&["corrected", "edited", "filed", "posted", "published", "revised", "updated"]);
    words.iter().take(3).any(|w| w.trail.ends_with(':')) || words.iter().take(2).any(stamp)
}

/// "Orders fell by half. Hale Inc.": a company's name that is left alone after other sentences.
fn is_name_after(tail: &Tail<'_>) -> bool {
    let words = tail.sentence();
    let Some(last) = words.last() else {
        return false;
    };
    let closed = tail.start > 0 && tail.words[tail.start - 1].trail.starts_with(['.', '"', '”']);
    closed
        && lexicon::abbreviation(last.word).contains('c')
        && !matches!(tail.reading().tags.first(), Some(Tag::Adverb | Tag::Not | Tag::Coordinator))
}

/// "A report by the U.N." after other sentences.
fn is_subject(tail: &Tail<'_>) -> bool {
    tail.prose() == Prose::Strong && tail.start > 0 && tail.reading().tags.first() == Some(&Tag::Article)
}

/// "Reps." and the like after a noun in uppercase: "Customer Service Reps."
fn is_label(before: Option<&Token<'_>>, last: &Token<'_>) -> bool {
    last.word.ends_with('s')
        && before.is_some_and(|w| w.is_capital() && w.trail.is_empty() && lexicon::classes(w.word).any(Classes::NOUN))
}

/// A number and a name before: "18 Garnet St."
fn is_street(before: &[Token<'_>]) -> bool {
    for (names, word) in before.iter().rev().take(5).enumerate() {
        if word.is_number() {
            return names > 0 || !word.word.ends_with(|c: char| c.is_ascii_digit());
        }
        if !word.is_capital() {
            return false;
        }
    }
    false
}

/// "St.": a street after a name, a saint elsewhere. "Mt.", "Ft.": always before a name, but "5 ft."
fn place_prefix(last: &Token<'_>, before: &[Token<'_>]) -> bool {
    let Some(word) = before.last() else {
        return true;
    };
    if last.is("St") || last.is("Pt") {
        let ordinal = word.is_number() && word.word.ends_with(['t', 'd', 'h']);
        let name = word.is_capital() && word.trail.is_empty() && before.len() > 1;
        return !(ordinal || name);
    }
    !word.word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
}

/// "Jan.", "Dec.", "Mar." can be persons where a name's place is: "his sister, Jan.", "Ant and Dec."
fn is_person(last: &Token<'_>, before: &[Token<'_>]) -> bool {
    let Some((word, rest)) = before.split_last() else {
        return false;
    };
    if !last.is_any(&["Jan", "Jun", "Dec", "Mar"]) {
        return false;
    }
    let day = lexicon::abbreviation(word.word).starts_with('w') || word.word.ends_with("day");
    let listed = word.is_any(&["and", "or"]) && rest.last().is_some_and(Token::is_capital);
    (word.trail.contains(',') && word.is_lower()) || listed || (word.is_capital() && !day && !word.pauses())
}

/// "No.", "p.", "Vol.", "Sec.": not the words "no", "art", "fig", nor seconds.
fn before_number(last: &Token<'_>, before: &[Token<'_>]) -> bool {
    let Some(word) = before.last() else {
        return false;
    };
    if last.is_any(&["no", "nos"]) {
        return last.is_capital() && !word.pauses() && !word.is("no");
    }
    if last.is_any(&["art", "arts", "sec", "secs", "fig", "figs", "ch", "chap", "chaps", "para", "paras"]) {
        // "dates, figs, and nuts"
        return last.is_capital() && !word.trail.is_empty();
    }
    if last.is_any(&["p", "pp"]) && last.is_capital() {
        return false;
    }
    !word.is_number() || word.pauses() || last.is_any(&["p", "pp"])
}

/// "e.g.", "v.", "ca." go on; "ca" in uppercase is a state, "V" a numeral.
fn latin(last: &Token<'_>, before: &[Token<'_>]) -> bool {
    match last.word {
        "CA" | "V" | "VIZ" => false,
        "v" | "vs" => !before.is_empty(),
        _ => true,
    }
}

/// "N. J." after a place: where its first letter stands.
fn spaced_state(last: &Token<'_>, before: &[Token<'_>]) -> Option<usize> {
    let (first, place) = before.split_last()?;
    let letters = |w: &Token<'_>| w.word.len() == 1 && w.has_period();
    let named = letters(last) && letters(first) && place.last().is_some_and(|w| w.is_capital() && w.trail == ",");
    let state = || lexicon::abbreviation(&format!("{}.{}", first.word, last.word)).contains(['S', 'o']);
    (named && state()).then_some(place.len())
}

/// "its Durham, N.C." is used as an adjective; after a place the clauses decide.
fn state(before: &[Token<'_>]) -> Option<bool> {
    let at = before.len().checked_sub(1)?;
    if !before[at].trail.contains(',') {
        // "before Mass.", "was ill." are words; "of Tenn." hardly ends a sentence, but may.
        return (!lexicon::closed(before[at].word).contains('P')).then_some(false);
    }
    let place = before[..=at].iter().rev().take_while(|w| w.is_capital()).count();
    let head = before[..before.len() - place].last()?;
    let closed = lexicon::closed(head.word);
    let owned = closed.contains('D');
    if owned && !(head.is("the") && place > 1) { Some(true) } else { None }
}

list!(
    /// Where something begins that has no end yet, "from 8 a.m." is whole: "can be had from 8 a.m.".
    OPEN_ENDED, "english/open-ended.txt"
);

/// "a 9 a.m.", "between 8 a.m.", "from 8 a.m." go on.
fn time(before: &[Token<'_>]) -> Option<bool> {
    let at = before.len().checked_sub(1)?;
    let head = before[..at].last()?;
    let article = lexicon::closed(head.word).contains('D');
    let opens = head.is("between") || (head.is("from") && !before.iter().any(|w| w.is_listed(OPEN_ENDED)));
    if (article || opens) && !before[at].word.contains(['-', '–']) { Some(true) } else { None }
}

fn region(word: &Token<'_>) -> bool {
    word.is_any(&["East", "West", "South", "North", "Downtown", "Central"])
}

list!(
    /// Common given names.
    GIVEN_NAMES, "english/given-names.txt"
);

list!(
    /// Nouns that carry a letter: "vitamin C", "Group B", "World War I".
    LABELS, "english/letter-nouns.txt"
);

/// Single letters and other initials.
fn initials(last: &Token<'_>, before: &[Token<'_>], tail: &Tail<'_>) -> Option<bool> {
    let Some(word) = before.last() else {
        return Some(false);
    };
    let letters = last.word.chars().filter(|c| *c != '.').count();
    if !last.word.chars().all(|c| c == '.' || c.is_ascii_uppercase()) {
        return if last.word.contains('.') { None } else { Some(false) };
    }
    let compass = matches!(last.word, "N" | "S" | "E" | "W") && word.is_number() && !word.word.contains(['.', ',']);
    if compass {
        return Some(true);
    }
    let closed = lexicon::closed(word.word);
    // "the F.B.I." is a noun.
    if letters > 2
        || matches!(last.word, "B.C" | "A.D" | "C.E" | "T.V" | "I.D" | "I.Q" | "H.Q" | "D.J" | "P.R" | "O.K" | "P.C")
    {
        return None;
    }
    if letters == 2 {
        let name = word.is_capital() && word.trail.is_empty() && before.len() > 1;
        return if closed.contains('D') && !word.is_any(&["a", "an"]) {
            Some(true)
        } else if name {
            Some(!is_place_or_noun(word))
        } else {
            None
        };
    }
    if last.is("I") {
        return Some(false);
    }
    // "—sent in by Rose A."
    let credit = tail.words.len() < 9 && tail.words[0].lead.starts_with('—');
    if credit || !word.is_capital() && is_symbol(last, tail) || word.is_any(&WITHIN) || is_formed_noun(word) {
        return Some(false);
    }
    // "Zone A and B."
    let listed = word.is_any(&["and", "or"]) && before.len() > 1 && before[before.len() - 2].word.len() == 1;
    if listed || word.is_listed(LABELS) {
        return Some(false);
    }
    if word.has_period() {
        return Some(true);
    }
    if word.is_capital() && word.trail.is_empty() {
        let numeral = matches!(last.word, "I" | "V" | "X");
        return Some(!numeral && !is_nickname(before));
    }
    if word.is_any(&[
        "rated", "graded", "marked", "labelled", "labeled", "got", "gets", "scored", "tested", "called", "named",
        "type",
    ]) {
        return Some(false);
    }
    // "by W.", "having J.": no name before, but a place for one.
    Some(
        closed.contains(['P', 'p', 'k', 'C', 'T', 'S'])
            || matches!(tag_before(tail), Some(Tag::Participle | Tag::Finite | Tag::Be)),
    )
}

/// Prepositions after which a letter hardly stands for a person.
const WITHIN: [&str; 8] = ["at", "in", "into", "on", "through", "throughout", "under", "within"];

/// A letter that the paragraph has elsewhere, without a period: "the load L", "the operator U commutes".
fn is_symbol(last: &Token<'_>, tail: &Tail<'_>) -> bool {
    let plain = |w: &Token<'_>| w.word == last.word && matches!(w.trail, "" | ",");
    !matches!(last.word, "A" | "I") && tail.words.iter().any(plain)
}

/// "Deployment B.": a noun in -ment or -tion is no person's name.
fn is_formed_noun(word: &Token<'_>) -> bool {
    ["ment", "tion", "sion", "ness"].iter().any(|end| word.word.ends_with(end))
}

fn tag_before(tail: &Tail<'_>) -> Option<Tag> {
    tail.reading().tags.len().checked_sub(2).map(|at| tail.reading().tags[at])
}

/// "the rapper Nico D.": a name with a letter that is given to a person of the stage or to a minor.
fn is_nickname(before: &[Token<'_>]) -> bool {
    before.len().checked_sub(2).is_some_and(|at| {
        before[at].is_any(&["rapper", "singer", "dj", "mc", "artist", "nicknamed", "alias", "producer", "rappers"])
    })
}

fn is_place_or_noun(word: &Token<'_>) -> bool {
    word.is_any(&["Washington", "Mexico", "Vancouver", "Victoria"])
}
