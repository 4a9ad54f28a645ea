//! What the stages know of written English: sentence ends, abbreviations, closed word classes.
