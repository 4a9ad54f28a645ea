//! What the stages know of written English: sentence ends, abbreviations, closed word classes; and what is not English.

pub(crate) mod clause;
pub(crate) mod country;
pub(crate) mod ending;
pub(crate) mod language;
pub(crate) mod lexicon;
pub(crate) mod sentence;
mod table;
pub(crate) mod teaser;
pub(crate) mod token;

/// The first char boundary at or after an offset, at most the text's end.
pub(crate) fn ceil_boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len())
}
