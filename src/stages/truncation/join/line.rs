//! Lines that begin in lowercase and are no rest of a sentence: bylines, dates, credits, a page's furniture.

use crate::data::list;
use crate::english::token::Token;

list!(
    /// Words with which a page's furniture begins, in lowercase.
    FURNITURE, "english/furniture.txt"
);

/// A line of furniture has no more words than this.
const SHORT: usize = 8;

/// Whether a paragraph that begins in lowercase is a line of its own.
pub(super) fn is_apart(text: &str, words: &[Token<'_>]) -> bool {
    let short = words.len() <= SHORT;
    let closed = text.trim_end().ends_with(['.', '!', '?', '”', '"']);
    // "title: Storm over the bay."
    let labelled = words.len() > 1 && words[0].trail.starts_with(':');
    labelled
        || short && !closed && (is_byline(words) || is_labelled(words) || is_furniture(words))
        || is_bracketed(text)
}

/// "by Ada Mills", "by ada mills"
fn is_byline(words: &[Token<'_>]) -> bool {
    words[0].word == "by" && (2..=5).contains(&words.len())
}

/// "updated: May 3, 2021", "photo: Ann Rowe", "rowe says:"
fn is_labelled(words: &[Token<'_>]) -> bool {
    words.iter().rev().skip(1).rev().take(3).any(|w| w.trail.starts_with(':'))
}

fn is_furniture(words: &[Token<'_>]) -> bool {
    words[0].is_listed(FURNITURE)
}

/// "(credit: Ann Rowe)", "(photo by …)": a remark about a picture in brackets of its own.
fn is_bracketed(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(['(', '[']) && text.ends_with([')', ']'])
}
