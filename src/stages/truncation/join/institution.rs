//! "the U.S." "Coast Guard searched it": the institution whose name begins with the country.

use super::super::{Tail, country};
use crate::data::list;
use crate::english::lexicon;
use crate::english::token::Token;

/// "the U.S.": a name may follow, even where the sentence could end.
pub(super) fn is_after_country(tail: &Tail<'_>) -> bool {
    tail.words.last().is_some_and(|w| country::is_country(w.word) && w.trail == ".")
}

list!(
    /// Nouns that head an institution's name and ask for an article.
    HEADS, "english/institution-heads.txt"
);

/// "Fish and Wildlife Service announced", "Embassy in": an institution's name that lacks its article.
pub(super) fn names_institution(words: &[Token<'_>]) -> bool {
    let runs = |at: usize| {
        let inner = words[at].is_any(&["and", "for", "of"]) && words.get(at + 1).is_some_and(Token::is_capital);
        words[at].is_capital() || inner
    };
    let mut end = 0;
    while end < words.len() && runs(end) {
        end += 1;
        if !words[end - 1].trail.is_empty() {
            break;
        }
    }
    let Some(last) = words[..end].last() else {
        return false;
    };
    let heads = |w: &Token<'_>| w.is_capital() && w.is_listed(HEADS);
    let headed = heads(last) || words[..end].windows(2).any(|w| heads(&w[0]) && w[1].is_any(&["for", "of"]));
    let goes_on = words.get(end).is_some_and(|w| w.is_lower() && !lexicon::closed(w.word).is_empty());
    // "Department of Agriculture's"
    let owns = last.word.ends_with("'s") || last.word.ends_with("’s");
    lexicon::closed(words[0].word).is_empty() && headed && (goes_on || owns || last.trail.starts_with(['.', ',']))
}
