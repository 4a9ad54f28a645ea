//! What the stages know of written English: sentence ends, abbreviations, closed word classes; and what is not English.

pub(crate) mod clause;
pub(crate) mod country;
pub(crate) mod language;
pub(crate) mod lexicon;
pub(crate) mod sentence;
mod table;
pub(crate) mod token;
