//! Where a sentence begins. A period ends a sentence only where it is no abbreviation's, or where a new one plainly follows.

use super::lexicon::{abbreviation, closed};
use super::token::Token;
use crate::data::list;

/// The index of the token that begins the last sentence.
pub(crate) fn last_start(tokens: &[Token<'_>]) -> usize {
    (1..tokens.len()).rev().find(|&at| begins(tokens, at)).unwrap_or(0)
}

/// The tokens of the last sentence.
pub(crate) fn last<'t, 'a>(tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
    &tokens[last_start(tokens)..]
}

/// Whether a sentence begins at a token.
pub(crate) fn begins(tokens: &[Token<'_>], at: usize) -> bool {
    let Some((before, token)) = at.checked_sub(1).map(|b| (&tokens[b], &tokens[at])) else {
        return at == 0;
    };
    if before.trail.is_empty() {
        return false;
    }
    if before.trail.contains(['!', '?']) {
        return !token.is_lower() && !token.trail.starts_with([',', '—']);
    }
    if !before.trail.contains(['.', '…']) || token.is_lower() || token.word.is_empty() {
        return false;
    }
    if !before.has_period() {
        return !before.trail.contains(',');
    }
    if before.trail.contains(',') {
        return false;
    }
    ends_after_word(tokens, at - 1, token)
}

/// Whether a word's period ends its sentence when `next` follows.
fn ends_after_word(tokens: &[Token<'_>], at: usize, next: &Token<'_>) -> bool {
    let word = tokens[at].word;
    let class = abbreviation(word);
    let letters = word.contains('.') || (word.len() == 1 && tokens[at].is_capital());
    if class.is_empty() && !letters {
        return true;
    }
    let starter = !closed(next.word).is_empty() || !next.lead.is_empty();
    if class.is_empty() {
        // Initials and other letters: "vitamin C. It", "T.J. His".
        return starter;
    }
    if is_plain_word(&tokens[at]) {
        return true;
    }
    match class.as_bytes()[0] {
        b't' | b'n' | b'l' | b'g' if !class.contains(['a', 'u', 'c']) => false,
        b'h' => next.is_capital() && abbreviation(next.word).is_empty() && !next.is_listed(ZONES),
        _ => starter,
    }
}

list!(
    /// Time zones after an hour.
    ZONES, "english/time-zones.txt"
);

list!(
    /// Ordinary words that abbreviations spell.
    SPELLED,
    "english/spelled-words.txt"
);

/// Whether an abbreviation's letters are written as the ordinary word that they spell ("no", "sat", "art").
fn is_plain_word(token: &Token<'_>) -> bool {
    token.is_lower() && token.is_listed(SPELLED)
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn last(text: &str) -> &str {
        let all = tokens(text, 0);
        &text[all[last_start(&all)].range.start..]
    }

    #[test]
    fn a_sentence_begins_after_a_plain_period_only() {
        assert_eq!(last("Nobody came. The hall was empty"), "The hall was empty");
        assert_eq!(last("She met Dr. Okafor on Jan. 4 in St. Ives"), "She met Dr. Okafor on Jan. 4 in St. Ives");
        assert_eq!(last("They live in the U.S. The rest stayed"), "The rest stayed");
        assert_eq!(last("The U.S. Senate voted"), "The U.S. Senate voted");
        assert_eq!(last("“Why?” she asked"), "“Why?” she asked");
        assert_eq!(last("It closes at 6 p.m. Drivers wait"), "Drivers wait");
        assert_eq!(last("The answer was no. Then he left"), "Then he left");
    }
}
