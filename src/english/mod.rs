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

/// The last char boundary at or before an offset, at most the text's end.
pub(crate) fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

/// Of eight bytes the high bits of those that are lowercase letters of ASCII.
#[inline]
fn lowercase_letters(eight: u64) -> u64 {
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    let from = |first: u8| (eight & !HIGH) + u64::from_le_bytes([0x80 - first; 8]);
    from(b'a') & !from(b'z' + 1) & !eight & HIGH
}
