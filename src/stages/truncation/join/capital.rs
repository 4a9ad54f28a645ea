//! The next paragraph begins with a capital, a number or a mark: is it what the cut asks for?

use super::super::{Tail, abbreviation, country, role};
use super::following::{AHEAD, start_of};
use super::{asks, is_caption};
use crate::data::list;
use crate::english::clause;
use crate::english::ending::{self, Ending};
use crate::english::lexicon::{self, Classes};
use crate::english::sentence;
use crate::english::token::{Token, tokens};
use crate::reasons::Reason;

/// A sentence of fewer words needs no verb: "Wolves."
const SHORTEST: usize = 4;

/// The next paragraph begins with a capital, a number or a mark: the rest where it is the noun, name or number that the cut
/// wants, or a piece that could not stand alone.
pub(super) fn capital_start(tail: &Tail<'_>, cut: Reason, words: &[Token<'_>], ahead: &str) -> Option<Reason> {
    let first = &words[0];
    let last = tail.words.last()?;
    // A speaker's label begins a paragraph of its own.
    let titled = lexicon::abbreviation(last.word).starts_with('t');
    let label = first.trail.starts_with(':') && !titled;
    // "by G." "G is a point."
    let symbol = last.word.len() == 1 && first.word == last.word && !first.has_period();
    if label
        || symbol
        || begins_in_uppercase(words)
        || first.lead.starts_with(['"', '“', '•', '-', '>'])
        || (!lexicon::closed(first.word).is_empty() && !is_initial(first))
    {
        return None;
    }
    // A single letter is an initial.
    let class = if last.word.len() == 1 && last.is_capital() { "" } else { lexicon::abbreviation(last.word) };
    let abbreviated = last.has_period();
    if abbreviated && !country::is_country(last.word) {
        if first.is_number() {
            let letters = last.word.len() == 1 || last.word.contains('.');
            let named = class.contains(['l', 'o']) || letters && !role::is_item(ahead);
            let asks = class.contains(['m', 'n']) || named && !is_page_number(words);
            return asks.then_some(Reason::RestNumber);
        }
        if class.contains('h') && lexicon::abbreviation(first.word).contains(['m', 'w']) {
            return Some(Reason::RestNumber);
        }
        if class.contains(['m', 'n', 'h']) && !class.contains('t') {
            let inside = tail.has_open_bracket() && !has_verb(words);
            return inside.then_some(Reason::RestPiece);
        }
        let company = class.starts_with(['c', 'u', 'w', 'j', 'e']) && !last.word.contains('.');
        // "Clare St. Beats Central Conn. St."
        let titled = class.contains('g') && role::is_title_case(&tail.words, tail.closed());
        let named = if is_letter_after_word(tail) { is_surname(words) } else { !company && !titled && is_name(words) };
        // "**Step 3:**"
        let is_bold = first.lead.contains('*');
        return (named && !is_bold && !is_heading(words, ahead)).then_some(Reason::RestName);
    }
    if country::is_country(last.word) {
        let pauses = || tail.words.iter().any(Token::pauses);
        let headline = role::is_title_case(&tail.words, tail.closed()) && !pauses();
        let named = first.is_capital()
            && !headline
            && (is_institution(words) || (words.get(1).is_some_and(Token::is_capital) && is_piece(words)));
        return named.then_some(Reason::RestInstitution);
    }
    if first.is_number() && cut == Reason::LikelyWord && is_piece(words) {
        return Some(Reason::RestNumber);
    }
    // "between seven and" "13:00", but no telephone number.
    let alone = words.len() == 1 && !is_page_number(words);
    if asks(cut) && alone && first.is_number() && first.lead.is_empty() && first.word.len() < 6 {
        return Some(Reason::RestNumber);
    }
    let asks = asks(cut) || cut == Reason::LikelyObject;
    let outcome = || is_outcome(last, first) && is_alone(words);
    let rest = asks && (is_piece(words) || is_lone_noun(last, words) || is_named_phrase(last, words) || outcome());
    rest.then_some(Reason::RestPiece)
}

/// "the judgment of the court is" "Affirmed."
pub(in super::super) fn is_outcome(last: &Token<'_>, first: &Token<'_>) -> bool {
    let is_be = last.trail.is_empty() && last.is_any(&["are", "be", "been", "is", "was", "were"]);
    is_be && first.is_capital() && lexicon::classes(first.word).any(Classes::PARTICIPLE)
}

/// Whether the first word is a sentence's last one.
fn is_alone(words: &[Token<'_>]) -> bool {
    words[0].trail.starts_with('.') && (words.len() == 1 || sentence::begins(words, 1))
}

/// "TIDES RISE: …": two words in uppercase begin a line of their own.
fn begins_in_uppercase(words: &[Token<'_>]) -> bool {
    let uppercase = |w: &Token<'_>| w.word.len() > 3 && w.word.bytes().all(|b| b.is_ascii_uppercase());
    matches!(words, [first, second, ..] if uppercase(first) && uppercase(second))
}

/// A number alone on its line, without a mark: of a page or a paragraph.
fn is_page_number(words: &[Token<'_>]) -> bool {
    matches!(words, [number] if number.trail.is_empty() && number.word.bytes().all(|b| b.is_ascii_digit()))
}

/// "met on" "Monday evening to discuss it", "a proposal by" "Dr. Hale to sell": a day, a month or a person after a
/// preposition, and no verb of their own.
fn is_named_phrase(last: &Token<'_>, words: &[Token<'_>]) -> bool {
    let first = &words[0];
    let asks = last.trail.is_empty() && last.is_lower() && lexicon::closed(last.word).contains(['P', 'p']);
    let class = lexicon::abbreviation(first.word);
    let short = first.has_period() && class.contains(['m', 'w', 't']);
    asks && first.is_capital() && (short || CALENDAR.contains(first.word)) && !has_verb(words)
}

/// "in the" "U.S.", "Norway and" "Sweden. Exports rose.", "the winter of" "2019.": a name or a year that is a sentence's whole
/// rest; a noun only where nothing follows it.
fn is_lone_noun(last: &Token<'_>, words: &[Token<'_>]) -> bool {
    let first = &words[0];
    let asks = last.trail.is_empty() && lexicon::closed(last.word).contains(['D', 'P', 'p', 'C']);
    let name = || !lexicon::is_word(first.word);
    let noun =
        || words.len() == 1 && !first.is("yes") && lexicon::classes(first.word).any(Classes::NOUN.or(Classes::PLURAL));
    let year = || first.word.len() == 4 && first.word.bytes().all(|b| b.is_ascii_digit());
    asks && is_alone(words) && (first.is_capital() && (name() || noun()) || year())
}

fn is_initial(token: &Token<'_>) -> bool {
    token.word.len() == 1 && token.is_capital() && token.has_period()
}

/// A line without an end, every word with a capital.
fn is_heading(words: &[Token<'_>], ahead: &str) -> bool {
    ending::of(ahead.trim_end()) == Ending::Open
        && words.len() < 10
        && words.iter().all(|w| !w.is_lower() || !lexicon::closed(w.word).is_empty())
}

/// "Pier C.", "Triple H.": a single letter that is no initial after a given name ("Ada M.") or a small word ("by W.").
fn is_letter_after_word(tail: &Tail<'_>) -> bool {
    let [.., before, last] = &tail.words[..] else { return false };
    let initial = last.word.len() == 1 && last.is_capital();
    initial && before.is_capital() && !before.has_period() && !before.is_listed(abbreviation::GIVEN_NAMES)
}

/// "Hale was", "Hale, the mayor": one name, and an auxiliary or a comma after it.
fn is_surname(words: &[Token<'_>]) -> bool {
    let first = &words[0];
    let verb = |w: &Token<'_>| w.is_lower() && lexicon::closed(w.word).contains(['A', 'M']);
    let followed = || words.get(1).is_some_and(verb);
    first.is_capital() && (first.trail.starts_with(',') || first.trail.is_empty() && followed())
}

/// Whether a paragraph begins with what may be a person's or a place's name.
fn is_name(words: &[Token<'_>]) -> bool {
    let first = &words[0];
    if !first.is_capital() {
        return false;
    }
    let followed = words.get(1).is_some_and(|w| w.is_capital() && first.trail.is_empty())
        || (first.trail == "," && !lexicon::classes(first.word).only(Classes::ADVERB));
    let classes = lexicon::classes(first.word.trim_end_matches("'s").trim_end_matches("’s"));
    let common = classes.only(Classes::ADVERB)
        || classes.only(Classes::ADJECTIVE)
        || classes.any(Classes::PLURAL.or(Classes::ING))
        || lexicon::likeliest(first.word) == Classes::ADVERB
        || classes.any(Classes::PARTICIPLE);
    followed || !common || first.word.ends_with("’s")
}

list!(
    /// Words of offices and institutions that carry the country's name.
    INSTITUTIONS, "english/institutions.txt"
);

fn is_institution(words: &[Token<'_>]) -> bool {
    let names = words.iter().take(4).take_while(|w| w.is_capital());
    names
        .filter(|w| {
            let word = w.word.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches(['\'', '’']);
            INSTITUTIONS.iter().any(|known| word.eq_ignore_ascii_case(known))
        })
        .count()
        > 0
}

list!(
    /// The days of the week and the months.
    CALENDAR, "usa/weekdays-months.txt"
);

fn has_verb(words: &[Token<'_>]) -> bool {
    let end = (1..words.len()).find(|&at| sentence::begins(words, at)).unwrap_or(words.len());
    clause::read(&words[..end]).main_verb
}

/// Whether a paragraph begins with a name and is no sentence by itself: "Alden are cheaper", "May 2002 to June 2003". After
/// an article also where a noun without its own follows: "Alden harbour master was".
pub(in super::super) fn begins_no_sentence(text: &str, cut: Reason) -> bool {
    let words = tokens(start_of(text, AHEAD), 0);
    let names = words.iter().take_while(|w| w.is_capital() && w.lead.is_empty()).count();
    let (Some(name), Some(next)) = (words[..names].last(), words.get(names)) else { return false };
    let unbroken = words[..names].iter().all(|w| w.trail.is_empty());
    if CALENDAR.contains(words[0].word) || is_caption(&words) {
        return next.is_number();
    }
    let plural = next.is_any(&["are", "were"]) && !name.word.ends_with('s');
    let noun = lexicon::likeliest(next.word).any(Classes::NOUN) && lexicon::closed(next.word).is_empty();
    let owned = cut == Reason::AfterArticle && noun && words.get(names + 1).is_some_and(Token::is_lower);
    let verbless = || !(1..SHORTEST).any(|at| at >= words.len() || sentence::begins(&words, at)) && !has_verb(&words);
    lexicon::closed(words[0].word).is_empty() && (unbroken && (plural || owned) || verbless())
}

/// A piece that could not stand alone: it is closed and has no verb. A question can: "Coming to the fair?"
fn is_piece(words: &[Token<'_>]) -> bool {
    let end = (1..words.len()).find(|&at| sentence::begins(words, at)).unwrap_or(words.len());
    let sentence = &words[..end];
    let closed = words[end - 1].trail.contains(['.', '!']);
    let may_be_verb = |at: usize| {
        let classes = lexicon::classes(words[at].word);
        let third = classes.any(Classes::THIRD)
            && at > 0
            && !words[at - 1].is_number()
            && !lexicon::closed(words[at - 1].word).contains(['D', 'd', 'P']);
        words[at].is_lower() && (third || classes.any(Classes::PAST))
    };
    closed && end > 1 && !clause::read(sentence).main_verb && !(0..end).any(may_be_verb)
}
