//! Whether a paragraph is English, by its function words: those of each language are counted against the English ones.

mod list;
mod read;

use self::list::{ENGLISH, FIRST_LANGUAGE, FOREIGN, WEAK};
use self::read::read;

/// A shorter paragraph can't be judged.
const WORDS: u32 = 8;
/// Function words that a language needs.
const LEAST: u32 = 2;
/// This many words that are English and no other language's, more than others have, decide it without the rest.
const LEAD: u32 = 4;
/// Whether a paragraph is English. `None`: undecided, since the paragraph has less than eight words, or neither English
/// nor another language has two function words in it.
///
/// It is not English when at least two function words of another language outnumber the English ones, words that both
/// languages have left out. A word with letters beyond ASCII counts for every other language; in a script without spaces
/// each letter is such a word.
pub(crate) fn is_english(text: &[u8]) -> Option<bool> {
    let (mut english, mut plain, mut foreign) = (0, 0, 0);
    let words = read(text, |kind| {
        english += u32::from(kind & ENGLISH != 0);
        plain += u32::from(kind == ENGLISH);
        foreign += u32::from(kind & ENGLISH == 0);
        plain >= foreign + LEAD
    });
    if words < WORDS {
        None
    } else if plain < foreign + LEAD && foreign >= LEAST && is_foreign(text, LEAST) {
        Some(false)
    } else {
        (english >= LEAST).then_some(true)
    }
}

/// Whether a text before which none could be judged may be English: not where one word of another language is all that it has.
pub(crate) fn may_open_english(text: &[u8]) -> bool {
    !is_foreign(text, 1)
}

/// Whether the words of one other language are enough: as many as that at least.
fn is_foreign(text: &[u8], least: u32) -> bool {
    let (mut english, mut shared, mut own, mut strong) = (0, [0; 32], [0; 32], [0; 32]);
    read(text, |kind| {
        if kind & ENGLISH != 0 {
            english += 1;
            count(kind, &mut shared);
        } else {
            count(kind, &mut own);
            count(if kind & WEAK == 0 { kind } else { 0 }, &mut strong);
        }
        false
    });
    (FIRST_LANGUAGE..32).any(|l| own[l] >= least && own[l] > english - shared[l] && strong[l] > 0)
}

fn count(kind: u32, counts: &mut [u32; 32]) {
    let mut left = kind & FOREIGN;
    while left != 0 {
        counts[left.trailing_zeros() as usize] += 1;
        left &= left - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{is_english, may_open_english};

    #[test]
    fn english_stays_english_among_foreign_names() {
        for text in [
            "The last ferry has left for the island, and no one knows when it will return.",
            "Anna von der Heyde and Guillermo de la Torre met Jean du Pré in Rio de Janeiro.",
            "Valéry Giscard d'Estaing and a coup d'état: the year that was.",
            "She read Der Spiegel, Le Monde and La Repubblica, as one does.",
            "He said \"ça va\" to the man on the quay, and that was all.",
            "ONE OF THOSE SHIPS WILL BE SOLD TO THE USA THIS WEEK",
            "They would die for a hat, as the war was on, and so am I.",
        ] {
            assert_eq!(is_english(text.as_bytes()), Some(true), "{text}");
        }
    }

    #[test]
    fn other_languages_are_detected() {
        for text in [
            "Drei Tage später flog er zusammen mit seiner Frau in die USA.",
            "NIEMAND KANN SAGEN, WAS AUS DEM KOCH UND SEINER FRAU WIRD",
            "Sailor and cook: \"Wir haben seit gestern kein Land mehr gesehen, und wir sind müde.\"",
            "L'île n'a plus qu'un seul bac, et il est en panne.",
            "Паром не ходит с понедельника, потому что сломался подшипник.",
            "两岛之间的渡轮从星期一起停航 USA",
        ] {
            assert_eq!(is_english(text.as_bytes()), Some(false), "{text}");
        }
    }

    #[test]
    fn short_paragraphs_and_lists_of_names_cannot_be_judged() {
        for text in [
            "",
            "Flug in die USA",
            "- - - - - - - - -",
            "Ada Lind, Tom Farrow, Ingrid Marsh, Joe Brandt, Eva Holm, Max Ott",
        ] {
            assert_eq!(is_english(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn a_first_line_needs_one_word_of_another_language() {
        for text in ["Der Hafen als US-Thema", "Schiffe fahren mit Holz in USA-Häfen"] {
            assert!(!may_open_english(text.as_bytes()), "{text}");
        }
        for text in ["US harbours", "Ships to sail for the island of La Paz", "Crew of Die Welle is back in US"] {
            assert!(may_open_english(text.as_bytes()), "{text}");
        }
    }

    /// A later stage may write another one.
    #[test]
    fn the_forms_of_the_countrys_name_are_alike() {
        for text in [
            "Der Koch flog in die USA. Und seine Frau blieb hier.",
            "Ships sail to the USA. De Vries sails on Monday.",
            "Ada Lind, USA, Tom Farrow, USA, Eva Holm",
            "NEWS OF THE USA AND FROM THE USA IN BRIEF",
            "Storm heads for the coast of the USA now",
        ] {
            let forms =
                ["US", "U.S.", "U.S", "U. S.", "U.S.A."].map(|form| is_english(text.replace("USA", form).as_bytes()));
            assert!(forms.iter().all(|judged| *judged == is_english(text.as_bytes())), "{text}: {forms:?}");
        }
    }
}
