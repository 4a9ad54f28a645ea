//! Word lists that several files of the stage ask.

use crate::data::list;

list!(
    /// Words that close a company's name.
    COMPANY_MARKS,
    "usa/company-marks.txt"
);
list!(
    /// Countries and demonyms.
    COUNTRIES,
    "usa/countries.txt"
);
list!(
    /// Places, and words that end a place's name.
    PLACES,
    "usa/places.txt"
);
list!(
    /// Adjectives that always have a capital.
    PROPER_ADJECTIVES,
    "usa/proper-adjectives.txt"
);
