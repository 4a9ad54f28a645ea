//! The period after a form with periods: does it also end a sentence, or does it belong to the abbreviation alone?

use super::Context;
use super::around::Around;
use super::institution::{DATES, PROPER_ADJECTIVES, belongs, is_institution};
use super::left::{Left, ends_sentence, is_starter, left_of};
use super::scan::{
    bare, first_token, first_two, is_all_caps, is_close_quote, is_open_quote, last_token, pieces, starts_lower,
    starts_upper, stem,
};
use crate::english::clause::{self, Tag};
use crate::english::country::Form;
use crate::english::lexicon::{self, Classes};
use crate::english::sentence;
use crate::english::token::{Token, tokens};

/// What the period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    /// The end of a sentence as well.
    Sentence,
    /// Part of the abbreviation alone.
    Abbreviation,
    /// Undecided: the form stays.
    Open,
}

/// Judges the one period after the form.
pub(super) fn judge(form: &Around<'_>, context: &Context) -> Period {
    let rest = form.right;
    let direct = rest.trim_start_matches(|c: char| is_close_quote(c) || matches!(c, ')' | ']' | '*' | '}'));
    let closers = &rest[..rest.len() - direct.len()];
    let direct = skip_note(direct);
    let bracketed = closers.contains([')', ']', '}']);
    if direct.starts_with(|c: char| !c.is_whitespace()) || bracketed && !is_sentence_in_brackets(form.left) {
        return Period::Abbreviation;
    }
    let next = direct.trim_start_matches(|c: char| c.is_whitespace() || "*_[\u{ad}\u{200b}\u{feff}".contains(c));
    if next.is_empty() {
        let is_end = context.ends && form.whole_end() + rest.len() == form.text.len();
        return before_line(form, context).unwrap_or_else(|| at_end(form, is_end));
    }
    if !context.starts && form.text[..form.start].trim().is_empty() {
        return Period::Open;
    }
    let left = left_of(form);
    let quoted = closers.contains(is_close_quote);
    match next.chars().next().unwrap_or(' ') {
        _ if bracketed => Period::Sentence,
        c if c.is_lowercase() => Period::Abbreviation,
        c if c.is_uppercase() && quoted => before_capital_quoted(next),
        c if c.is_uppercase() => match before_capital(next, left) {
            Period::Abbreviation if are_two_clauses(form, next, left) => Period::Open,
            Period::Sentence if is_introduction(form, next) => Period::Open,
            found => found,
        },
        c if c.is_ascii_digit() && !quoted => before_number(next, left),
        '(' => before_bracket(next),
        c if is_open_quote(c) && quoted => Period::Sentence,
        c if is_open_quote(c) => before_quotation(next),
        c if "-–—&/+|=,.;:…$€£#".contains(c) => Period::Abbreviation,
        _ => Period::Open,
    }
}

/// A text without the footnote's mark at its start: `[12]`.
fn skip_note(text: &str) -> &str {
    let note = text.strip_prefix('[').map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    note.and_then(|rest| rest.strip_prefix(']')).unwrap_or(text)
}

/// What the line below says of a form at the end of a line: one that begins in lowercase continues it, and in a block whose
/// lines break inside sentences any does.
fn before_line(form: &Around<'_>, context: &Context) -> Option<Period> {
    if starts_lower(&context.below) {
        return Some(Period::Abbreviation);
    }
    let joined = format!("{}\n{}", form.text, context.below);
    let alone = || Context { below: String::new(), ..context.clone() };
    (context.broken && !context.below.is_empty()).then(|| judge(&Around::new(&joined, **form), &alone()))
}

/// At the paragraph's end the period is the sentence's; a form alone on its line has no sentence, and after "a" it is cut off.
fn at_end(form: &Around<'_>, is_end: bool) -> Period {
    if !is_end {
        Period::Open
    } else if !form.left.contains(char::is_alphabetic) || matches!(form.previous, "a" | "an") {
        Period::Abbreviation
    } else {
        Period::Sentence
    }
}

/// "(He lives in the U.S.)": a bracket that begins with a capital, after a sentence's end.
fn is_sentence_in_brackets(left: &str) -> bool {
    left.rfind(['(', '[']).is_some_and(|open| {
        let (outside, inner) = (left[..open].trim_end(), &left[open + 1..]);
        starts_upper(inner) && pieces(inner).count() >= 3 && (outside.is_empty() || ends_sentence(last_token(outside)))
    })
}

fn before_capital(next: &str, left: Left) -> Period {
    if left == Left::Start {
        return Period::Abbreviation;
    }
    let (first, second) = first_two(next);
    let word = bare(first);
    if Form::at(next, 0).is_some()
        || is_starter(word)
        || left != Left::Modifier && DATES.contains(word) && is_finite(second)
    {
        Period::Sentence
    } else if belongs(next) || is_closed_noun(next) || left == Left::Modifier {
        Period::Abbreviation
    } else if left == Left::Pair
        || left == Left::Phrase && PROPER_ADJECTIVES.contains(word)
        || is_modifier(next)
        // A sign-off at the paragraph's end is none: "(…) the U.S. PTI".
        || is_all_caps(stem(first)) && !second.is_empty()
    {
        Period::Open
    } else {
        Period::Sentence
    }
}

/// Whether a word is rather a finite verb than anything else.
fn is_finite(token: &str) -> bool {
    let word = bare(token);
    lexicon::closed(word).contains(['A', 'M']) || lexicon::likeliest(word).any(Classes::PAST.or(Classes::THIRD))
}

/// "the U.S. Tarnfest team, which", "the U.S. Flag and": no sentence begins so.
fn is_modifier(next: &str) -> bool {
    let (first, second) = first_two(next);
    let singular = || lexicon::likeliest(first).any(Classes::NOUN) && !lexicon::classes(first).any(Classes::PLURAL);
    matches!(second, "and" | "but" | "or" | "that" | "which") && singular()
        || second.ends_with([',', ';', ')'])
            && starts_lower(second)
            && lexicon::likeliest(bare(second)).any(Classes::NOUN.or(Classes::PLURAL))
}

/// "He moved to the U.S. President Rowe met him there": before the form and after it is a clause with its verb.
fn are_two_clauses(form: &Around<'_>, next: &str, left: Left) -> bool {
    if !matches!(left, Left::Phrase | Left::Place) {
        return false;
    }
    let words = tokens(before(form), 0);
    let sentence = sentence::last(&words);
    sentence.len() > 3 && clause::read(sentence).is_whole() && begins_clause(next)
}

/// "Since he came to the U.S. Mr. Rowe has lived there": a clause that waits for the main one.
fn is_introduction(form: &Around<'_>, next: &str) -> bool {
    const JOINS: [&str; 9] = ["After", "Although", "As", "Because", "Before", "If", "Since", "When", "While"];
    let words = tokens(before(form), 0);
    let sentence = sentence::last(&words);
    let verbs = || clause::read(sentence).tags.iter().filter(|tag| **tag == Tag::Finite).count();
    let first = bare(first_token(next));
    sentence.first().is_some_and(|word| word.is_any(&JOINS))
        && (matches!(first, "Dr" | "Mr" | "Mrs" | "Ms") || !is_starter(first))
        && !sentence.iter().any(Token::pauses)
        && verbs() < 2
}

/// The text before the form, and the form.
fn before<'a>(form: &Around<'a>) -> &'a str {
    &form.text[form.start - form.left.len()..form.end]
}

/// Whether a name comes and a word that can only be its verb: not "Agency based on", "Office said."
fn begins_clause(next: &str) -> bool {
    let words = tokens(next, 0);
    let named = |w: &&Token<'_>| w.trail.is_empty() && (w.is_capital() || w.is_any(&["and", "for", "of", "the"]));
    let names = words.iter().take_while(named).count();
    let tags = clause::read(&words[..words.len().min(names + 4)]).tags;
    let nouns = tags.iter().skip(names).take(2).take_while(|tag| **tag == Tag::Noun).count();
    let at = names + nouns;
    let past = |word: &Token<'_>| {
        let classes = lexicon::classes(word.word);
        let object = || words.get(at + 1).is_some_and(|w| lexicon::closed(w.word).contains(['D', 'd', 'O', 'Y']));
        classes.any(Classes::PAST) && (!classes.any(Classes::PARTICIPLE) || word.trail.is_empty() && object())
    };
    match tags.get(at) {
        Some(Tag::Auxiliary) => true,
        Some(Tag::Finite) => past(&words[at]),
        _ => false,
    }
}

/// A run of capitalised words that closes the sentence holds no verb, so it is none of its own: "the U.S. Deep South."
fn is_closed_noun(next: &str) -> bool {
    let mut words = pieces(next).take(4).map(|token| token.trim_end_matches(is_close_quote));
    let closes = |word: &&str| word.ends_with(['.', '?', '!']) && word.len() > 4;
    let end = words.find(|word| !starts_upper(word) || closes(word));
    // "U.K." need not close it.
    end.is_some_and(|word| starts_upper(word) && word.split('.').any(|part| part.len() > 1))
}

/// After a closing quotation mark: a closed word class or a speaker begins a sentence; else it is undecided.
fn before_capital_quoted(next: &str) -> Period {
    let first = first_token(next);
    let is_speaker = || {
        let verb = pieces(next).skip(1).take(3).find(|token| !starts_upper(token));
        !is_institution(first) && !first.ends_with([',', '.', ';', ':']) && verb.is_some_and(is_finite)
    };
    if is_starter(bare(first)) || is_speaker() { Period::Sentence } else { Period::Open }
}

/// "the U.S. 10-year note", "the U.S. 7th Fleet", "the U.S. 2032 race"; a sentence rarely begins with a figure.
fn before_number(next: &str, left: Left) -> Period {
    let (first, second) = first_two(next);
    let digits = first.bytes().take_while(u8::is_ascii_digit).count();
    let year = digits == 4 && bare(first).len() == 4;
    if !matches!(left, Left::Phrase | Left::Place)
        || first[digits..].starts_with('-')
        || is_institution(second)
        || year && !is_finite(second)
    {
        Period::Abbreviation
    } else if starts_upper(second) {
        Period::Sentence
    } else {
        Period::Open
    }
}

/// `the U.S. "We stay," he said` begins a sentence, `the U.S. "Dream Team"` need not.
fn before_quotation(next: &str) -> Period {
    let inner = next.trim_start_matches(is_open_quote);
    let speech = inner.split(['"', '”', '»']).next().unwrap_or("").trim_end();
    if starts_lower(inner) {
        Period::Abbreviation
    } else if speech.len() == inner.len() || speech.ends_with([',', '.', '?', '!', '…', '—']) {
        Period::Sentence
    } else {
        Period::Open
    }
}

/// "in the U.S. (Reporting by Ann Rowe)" ends a sentence, "the U.S. (and Peru)" does not.
fn before_bracket(next: &str) -> Period {
    let Some((inner, rest)) = next[1..].split_once(')') else {
        return Period::Open;
    };
    let is_sentence = inner.ends_with('.') && pieces(inner).count() > 2;
    if starts_upper(inner) && (is_sentence || rest.trim().is_empty()) { Period::Sentence } else { Period::Abbreviation }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge_first(text: &str) -> Period {
        let form = text.match_indices('U').find_map(|(i, _)| Form::at(text, i).filter(|f| f.dotted)).unwrap();
        judge(&Around::new(text, form), &Context { starts: true, ends: true, ..Context::default() })
    }

    #[test]
    fn sentence_ends() {
        for text in [
            "Most sail to the U.S. She stayed.",
            "They sell it in the U.S. Farmers in Peru grow it.",
            "It is banned in the U.S. Ona Rowe, a baker, said so.",
            "It is banned in the western U.S. Chinese makers objected.",
            "He went to the U.S.",
            "He went to the U.S. \"I like it,\" he said.",
            "\"I went to the U.S.\"",
            "\"I like the U.S.\" She left.",
            "\"We like the U.S.\" Rowe said.",
            "He left. (He was tired of the U.S.) Then",
            "It sells in the UK and U.S. It may grow.",
            "Ships left the U.S. (Reporting by Ona Rowe)",
            "It fell in the U.S. Health officials said so.",
            "It is on sale in the U.S. 12 Rowe Street Films said so.",
            "He was sent to the U.S. PTI",
        ] {
            assert_eq!(judge_first(text), Period::Sentence, "{text}");
        }
    }

    #[test]
    fn abbreviations() {
        for text in [
            "to the U.S. Senate",
            "U.S. President Ona Rowe",
            "said U.S. District Judge Ona Rowe",
            "The U.S. Rowe Prize",
            "to the U.S. Health Department",
            "by the U.S. Anti-Litter Agency",
            "in the U.S. and Peru",
            "the U.S.'s share",
            "(U.S.) Gulf",
            "the U.S., which",
            "it opened in the U.S. Monday with",
            "the U.S. 10-year note",
            "the U.S. FDA said",
            "sold in the U.S. Market. It",
            "on the edge of the U.S. Deep South. It",
            "by the U.S. 7th Fleet",
            "ships from the U.S. (and Peru) sank.",
            "U.S.",
        ] {
            assert_eq!(judge_first(text), Period::Abbreviation, "{text}");
        }
    }

    #[test]
    fn open() {
        for text in [
            "“wetlands of the U.S.” Ditch Rule",
            "captain of the U.S. Tarnfest team, Ona Rowe",
            "of the U.S. Flag but not",
            "sold in the U.S. IBM rose",
            "in the U.S. \"Dream Team\" shirts",
        ] {
            assert_eq!(judge_first(text), Period::Open, "{text}");
        }
    }
}
