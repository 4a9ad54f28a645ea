//! A cheap proof that nothing is to be done about an open end: most headings and bylines, without a word being read.

use super::adjective::ATTRIBUTIVE;
use super::country::is_country;
use super::join::Following;
use super::open::BARE_TITLES;
use super::{WINDOW, teaser};
use crate::english::lexicon::{self, Classes};

/// Whether a paragraph that ends in a letter or a digit surely stays as it is before the next one, while no likely reason is
/// on: its last word is a name, a number or an ordinary word, no teaser's link ends it, and what follows begins with a capital,
/// or in lowercase and is no prose. When in doubt, no.
pub(super) fn stays_open(text: &str, next: &Following<'_>) -> bool {
    let body = text.trim_end();
    last_word(body).is_some_and(|word| {
        is_whole(word) && teaser::link(body).is_none() && (begins_apart(next.text) || is_apart(body, word, next))
    })
}

/// Whether a paragraph in lowercase does not close, and so is no rest that nothing asks for, or comes after another item.
/// Texts are taken as they are, so they must not hold the country's name.
fn is_apart(body: &str, word: &str, next: &Following<'_>) -> bool {
    let plain = |text: &str| memchr::memchr(b'U', text.as_bytes()).is_none();
    word.ends_with(|c: char| c.is_ascii_alphabetic())
        && next.text.starts_with(|c: char| c.is_ascii_lowercase())
        && plain(next.text)
        && next.beyond.iter().all(|text| plain(text))
        && (is_item(body) || !next.goes_on())
}

/// Whether a text begins in lowercase and is one sentence at most: such a line is joined only where its end asks for it.
fn is_item(body: &str) -> bool {
    body.len() <= WINDOW
        && body.starts_with(|c: char| c.is_ascii_lowercase())
        && !body.bytes().any(|b| matches!(b, b'.' | b'!' | b'?' | 0xE2))
}

/// The last word, where it ends the text and is letters and digits only.
fn last_word(body: &str) -> Option<&str> {
    let start = body.bytes().rposition(|b| !b.is_ascii_alphanumeric())?;
    let word = &body[start + 1..];
    (!word.is_empty() && body.as_bytes()[start] == b' ').then_some(word)
}

/// Whether a sentence may end in a word, and no noun, name or number has to follow it.
fn is_whole(word: &str) -> bool {
    let asks = || {
        let adjective = || ATTRIBUTIVE.contains_lower(word) || lexicon::classes(word).only(Classes::ADJECTIVE);
        word.starts_with(|c: char| c.is_ascii_lowercase()) && adjective()
    };
    lexicon::closed(word).is_empty() && !BARE_TITLES.contains(&word) && !is_country(word) && !asks()
}

/// Whether a paragraph begins as no rest does, and is no teaser's link.
fn begins_apart(next: &str) -> bool {
    let text = next.trim_start();
    let capital = text.trim_start_matches(['"', '“']).starts_with(|c: char| c.is_ascii_uppercase());
    capital && teaser::link(text.trim_end()) != Some(0)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::super::{Context, Decision, Next, decide};
    use super::*;
    use crate::reasons::Worth;

    fn stays_open(text: &str, next: &[&str]) -> bool {
        let beyond: Vec<_> = next[1..].iter().map(|text| Cow::Borrowed(*text)).collect();
        super::stays_open(text, &Following { text: next[0], context: &Context::default(), beyond: &beyond })
    }

    fn stays(text: &str, next: &[&str]) -> bool {
        let context = Context::default();
        let beyond: Vec<_> = next[1..].iter().map(|text| Cow::Borrowed(*text)).collect();
        let decision = decide(text, &context, Next::Paragraph { text: next[0], context: &context, beyond: &beyond });
        match decision {
            Decision::Keep => true,
            Decision::Cut { reason, .. } => reason.info().worth == Worth::Likely,
            Decision::Join { .. } | Decision::Link { .. } => false,
        }
    }

    #[test]
    fn headings_and_bylines_stay() {
        let next = ["The gale had turned."];
        assert!(stays_open("ferries and boats", &["harbor news and", "the gale had turned."]));
        assert!(!stays_open("Ferries and boats", &["harbor news and", "the gale had turned."]));
        for text in ["Storm nears the port", "By Ada Mills", "Ferry fares rise by 12", "Who lit the lamp that night"] {
            assert!(stays_open(text, &next) && stays(text, &next), "{text}");
        }
        for text in [
            "They waited for the",
            "He met Mr",
            "Ships of the US",
            "Storm",
            "They were unable",
            "Storm nears… Continue reading",
        ] {
            assert!(!stays_open(text, &next), "{text}");
        }
        for next in ["the gale had turned.", "2 boats", "Read more", ", and so on", "[The gale] turned."] {
            assert!(!stays_open("Storm nears the port", &[next]), "{next}");
        }
        assert!(stays_open("Storm nears the port", &["harbor news"]));
        assert!(!stays_open("Storm nears the port", &["of Ely", "and its boats."]));
    }

    proptest::proptest! {
        #[test]
        fn what_stays_is_left_the_long_way(
            picks in proptest::collection::vec(0..WORDS.len(), 1..12),
            last in 0..lexicon::words().count(),
            capital: bool,
            next in proptest::collection::vec(0..NEXT.len(), 1..5),
        ) {
            let mut text = picks.iter().map(|at| WORDS[*at]).collect::<Vec<_>>().join(" ");
            let word = lexicon::words().nth(last).unwrap_or_default();
            let first = if capital { word[..1].to_ascii_uppercase() } else { word[..1].to_owned() };
            text = format!("{text} {first}{}", &word[1..]);
            let next: Vec<&str> = next.into_iter().map(|at| NEXT[at]).collect();
            proptest::prop_assert!(!stays_open(&text, &next) || stays(&text, &next), "{text} | {next:?}");
        }
    }

    const WORDS: [&str; 40] = [
        "The", "the", "A", "a", "by", "of", "and", "that", "who", "was", "were", "is", "given", "between", "both",
        "Mr", "Mills", "gale", "ferry", "ferries", "sank", "sailed", "(two", "said", "“So", "he", "harbor.", "U.S.",
        "12", "very", "not", "to", "on", "as", "more", "than", "like", "old", "its", "Then",
    ];
    const NEXT: [&str; 16] = [
        "The gale had turned.",
        "Ada Mills",
        "Ada Mills said so.",
        "“Go,” he said.",
        "Read more",
        "Harbor",
        "Monday evening. It rained.",
        "University of Ely, the keeper said.",
        "the gale had turned.",
        "harbor",
        "who came by boat, and",
        "or a ferry",
        "th Street",
        "said the keeper of the light",
        "iPhones",
        "more boats than the harbor holds",
    ];
}
