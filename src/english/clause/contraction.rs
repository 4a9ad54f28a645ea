//! Words with an apostrophe: "he's", "don't", "the town's".

use super::Tag;
use crate::english::lexicon;

/// The parts before and after a word's last apostrophe.
fn at_apostrophe(word: &str) -> Option<(&str, &str)> {
    // Most words have none; the curly one begins with this byte.
    let may_be = word.bytes().any(|b| matches!(b, b'\'' | 0xE2));
    may_be.then(|| word.rsplit_once(['\'', '’'])).flatten()
}

/// "he's", "they'll": subject and verb in one.
pub(crate) fn has_own_verb(word: &str) -> bool {
    let Some((head, tail)) = at_apostrophe(word) else {
        return false;
    };
    let closed = lexicon::closed(head);
    let subject = closed.contains(['J', 'Y', 'W', 'T'])
        || head.eq_ignore_ascii_case("there")
        || head.eq_ignore_ascii_case("here");
    subject && matches!(tail.to_ascii_lowercase().as_str(), "s" | "re" | "ve" | "ll" | "d" | "m")
}

/// The tag of a contraction.
pub(super) fn contraction(word: &str) -> Option<Tag> {
    let (head, tail) = at_apostrophe(word)?;
    let tail = tail.to_ascii_lowercase();
    if tail == "t" && head.ends_with(['n', 'N']) {
        return Some(Tag::Auxiliary);
    }
    if tail == "s" && head.eq_ignore_ascii_case("let") {
        return Some(Tag::Finite);
    }
    if has_own_verb(word) {
        return Some(Tag::Pronoun);
    }
    if tail == "s" || tail.is_empty() {
        return Some(Tag::Article);
    }
    None
}
