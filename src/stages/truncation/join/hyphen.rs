//! A word broken by a hyphen: does the hyphen stay?

use super::super::Tail;
use super::super::role::Prose;
use super::Seam;
use crate::data::list;
use crate::english::lexicon::{self, Classes};
use crate::english::token::Token;
use crate::reasons::Reason;

/// A word broken by a hyphen, or a compound.
pub(super) fn hyphen(tail: &Tail<'_>, words: &[Token<'_>]) -> Option<Seam> {
    let first = &words[0];
    if tail.prose() == Prose::None {
        return None;
    }
    let last = tail.words.last()?;
    let head = last.word.rsplit('-').next().unwrap_or(last.word);
    let second = first.word.split('-').next().unwrap_or(first.word);
    let from = tail.text.len();
    // "-4-" is a page's number.
    if last.word.contains("://") || last.word.starts_with("www.") || last.lead.ends_with('-') {
        return None;
    }
    if is_suspended(words) {
        return Some(Seam { from, with: " ", reason: Reason::SuspendedHyphen });
    }
    let whole = format!("{head}{second}");
    let keeps = keeps_hyphen(head, second, &whole, last);
    // "re-" "a new one"
    if !keeps && last.is_lower() && !lexicon::is_word(&whole) && (!first.lead.is_empty() || lexicon::is_word(second)) {
        return None;
    }
    let (from, reason) = if keeps { (from, Reason::SplitCompound) } else { (from - 1, Reason::BrokenWord) };
    Some(Seam { from, with: "", reason })
}

/// "the mid-" "to long-term plan", "pre-" "and post-war": the hyphen waits for the second half's word.
fn is_suspended(words: &[Token<'_>]) -> bool {
    words[0].is_any(&["and", "or", "to"]) && words.iter().skip(1).take(3).any(|w| w.word.contains('-'))
}

list!(
    /// Prefixes that keep their hyphen.
    PREFIXES, "english/prefixes.txt"
);

fn keeps_hyphen(head: &str, second: &str, whole: &str, last: &Token<'_>) -> bool {
    if head.contains('.') || head.chars().all(|c| c.is_uppercase() || c.is_numeric()) || last.is_number() {
        return true;
    }
    let bare = whole.split(['\'', '’']).next().unwrap_or(whole);
    if lexicon::is_word(bare) && (!head.eq_ignore_ascii_case("non") || bare.eq_ignore_ascii_case("nonsense")) {
        return false;
    }
    let second = second.split(['\'', '’']).next().unwrap_or(second);
    let prefix = PREFIXES.contains_lower(head);
    if lexicon::is_word(head) || prefix {
        return second.len() > 1 && (lexicon::is_word(second) || is_formed(second));
    }
    last.is_capital() && follows_name(second)
}

/// "Paris-" "based": not the second half of a name, as in "Christ-" "mas".
fn follows_name(second: &str) -> bool {
    let classes = lexicon::classes(second);
    let verbal = classes.any(Classes::PAST.or(Classes::PARTICIPLE).or(Classes::ING));
    verbal || lexicon::likeliest(second) == Classes::ADJECTIVE || NAMED.contains(&second)
}

/// Nouns that make a compound with a name.
const NAMED: [&str; 8] = ["area", "class", "era", "level", "size", "style", "type", "wide"];

/// "bodied", "natured", "handedly": made from a noun, and found only in compounds.
fn is_formed(word: &str) -> bool {
    let adjective = word.strip_suffix("ly").unwrap_or(word);
    let Some(stem) = adjective.strip_suffix("ed").filter(|s| s.len() > 2) else {
        return false;
    };
    let noun = |base: &str| lexicon::classes(base).any(Classes::NOUN);
    noun(stem) || noun(&format!("{stem}e")) || stem.strip_suffix('i').is_some_and(|s| noun(&format!("{s}y")))
}
