//! What may come before or after a title on its line: a site's name, a section, a label. A site's name is not known in
//! advance; its form shows it: uppercase letters, few words, a newspaper's word, a domain.

use crate::data::list;
use crate::document::role::{Role, count_words, is_section_name, role_alone, starts_upper, words_in};
use crate::english::lexicon::{self, Classes};

list!(
    /// Labels that stand before a title.
    LABELS, "titles/labels.txt");
list!(
    /// Words that newspapers and broadcasters carry in their names.
    OUTLETS, "titles/outlets.txt");

/// How sure it is that a piece of a title's line is no part of the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Evidence {
    None,
    /// It may be one, where the rest of the line stands in another line of the head by itself.
    Guess,
    /// It has the form of a name.
    Weak,
    /// It has a site's, a section's or a label's own words.
    Strong,
}

/// What stands between the piece and the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A hyphen or a dash between spaces: it occurs in titles as well.
    Dash,
    /// A bar, guillemet, double colon: hardly ever in a title.
    Bar,
    /// A colon, after a label or a name.
    Colon,
    /// Round or square brackets around the piece.
    Brackets,
}

list!(
    /// Words with which a clause begins or that make one: no name holds them.
    CLAUSE, "titles/clause-words.txt");
list!(
    /// Words that make a part of a series, not a site: `Part 2`, `Day Four`.
    SERIAL, "titles/serial-words.txt");
list!(
    /// Numbers in words.
    NUMBERS, "titles/numbers.txt");
/// Small words inside names.
const PARTICLES: [&str; 18] =
    ["of", "the", "and", "for", "de", "la", "le", "el", "al", "del", "der", "die", "du", "on", "in", "n", "von", "y"];

/// Where the piece stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// Whether the piece is a site's name, a section or a label. `plain`: the title itself has words in lowercase, so that
/// uppercase letters mark a name.
pub(super) fn evidence(piece: &str, mark: Mark, side: Side, plain: bool) -> Evidence {
    match by_name(piece, mark, side, plain) {
        // A name that a template left out.
        Evidence::None if piece.trim().is_empty() => Evidence::Strong,
        Evidence::None if side == Side::After && may_be_furniture(piece.trim(), mark) => Evidence::Guess,
        found => found,
    }
}

/// What a page puts after its title and is no name: a section's or the site's own description after a bar, a date, an
/// author.
fn may_be_furniture(piece: &str, mark: Mark) -> bool {
    let count = count_words(piece);
    if count == 0 || count > 12 || !matches!(mark, Mark::Bar | Mark::Dash) {
        return false;
    }
    if is_full_date(piece) {
        return true;
    }
    let lower = piece.to_lowercase();
    if is_serial(&lower, false) {
        return false;
    }
    let author = || piece.strip_prefix("by ").or(piece.strip_prefix("By ")).is_some_and(is_named);
    let coined = || count == 1 && piece.len() >= 4 && !lexicon::is_word(piece);
    // In a title in uppercase a clause looks like a name, except for its verb.
    let named = || count <= 7 && !has_clause(&lower, piece) && is_named(piece) && !has_verb(piece);
    author() || if mark == Mark::Bar { starts_upper(piece) } else { coined() || named() }
}

/// A date with its year: what a page shows, not what distinguishes one part of a series from the next.
fn is_full_date(piece: &str) -> bool {
    let digits = piece.bytes().filter(u8::is_ascii_digit).count();
    let numbers = || piece.split(['.', '/', '-']).filter(|n| n.parse::<u16>().is_ok()).count();
    digits >= 5 && (role_alone(piece) == Role::Date || numbers() == 3)
}

/// Whether a word is rather a verb than anything else.
pub(super) fn has_verb(piece: &str) -> bool {
    let verb = Classes::BASE.or(Classes::THIRD).or(Classes::PAST).or(Classes::PARTICIPLE);
    words_in(piece).any(|word| lexicon::likeliest(word).any(verb))
}

/// What the piece's own words say.
fn by_name(piece: &str, mark: Mark, side: Side, plain: bool) -> Evidence {
    let piece = piece.trim().trim_end_matches(['.', '…', ' ']);
    let count = count_words(piece);
    if piece.is_empty()
        || piece.len() > 60
        || count == 0
        || count > 7
        || piece.contains(['?', ';', '"', '“', '”', '\n'])
        || piece.ends_with('!')
    {
        return Evidence::None;
    }
    let lower = piece.to_lowercase();
    // After a title lowercase letters say more of it: "- in pictures", "- what we know".
    let label = is_label(&lower)
        && (side == Side::Before || mark == Mark::Brackets || starts_upper(piece) && !has_clause(&lower, piece));
    let section = is_section_name(piece) && (starts_upper(piece) || mark != Mark::Dash);
    if label || section || is_domain(piece) {
        return Evidence::Strong;
    }
    if mark == Mark::Brackets {
        let word = count <= 2 && !is_serial(&lower, false) && !has_clause(&lower, piece) && is_named(piece) && !plain;
        return if is_outlet(&lower) && is_named(piece) {
            Evidence::Strong
        } else if word {
            Evidence::Weak
        } else {
            Evidence::None
        };
    }
    let outlet = is_outlet(&lower) || is_numbered_name(piece);
    if is_serial(&lower, outlet) || has_clause(&lower, piece) {
        return Evidence::None;
    }
    let one = count == 1 && mark == Mark::Bar;
    if !is_named(piece) && !one {
        return Evidence::None;
    }
    if is_outlet(&lower) || count == 1 && is_coined(piece) {
        return Evidence::Strong;
    }
    let most = match mark {
        Mark::Bar => 5,
        _ if plain => 5,
        _ => 2,
    };
    if count <= most && !piece.contains(',') { Evidence::Weak } else { Evidence::None }
}

/// Words of a clause, or small words at the start.
fn has_clause(lower: &str, piece: &str) -> bool {
    words_in(lower).enumerate().any(|(i, w)| {
        let particle = i > 0 && w == "to" && starts_upper(piece);
        !particle && CLAUSE.contains(w) || i == 0 && matches!(w, "and" | "for" | "in" | "on" | "of")
    })
}

/// `video`, `[watch]`, `breaking news`: a label before or after a title.
pub(super) fn is_label(lower: &str) -> bool {
    LABELS.contains(lower)
        || lower
            .split_once(['/', '+', '&', ','])
            .is_some_and(|(a, b)| LABELS.contains(a.trim()) && LABELS.contains(b.trim()))
}

/// `nj.com`, `Express.co.uk`.
fn is_domain(piece: &str) -> bool {
    let Some((name, end)) = piece.rsplit_once('.') else {
        return false;
    };
    let ends = (2..=6).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_lowercase());
    ends && name.len() >= 2 && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
}

/// A newspaper's or broadcaster's word: anywhere in a short name, else at the start or the end.
fn is_outlet(lower: &str) -> bool {
    let known = |w: &str| {
        let w = w.trim_end_matches("'s").trim_end_matches("’s");
        OUTLETS.contains(w) || w.split_once('-').is_some_and(|(a, b)| OUTLETS.contains(a) || OUTLETS.contains(b))
    };
    let count = count_words(lower);
    words_in(lower).enumerate().any(|(i, w)| (count <= 5 || i == 0 || i + 1 == count) && known(w))
}

/// A number or a word of a series. A number in a broadcaster's name does not count (`Channel 4`).
fn is_serial(lower: &str, outlet: bool) -> bool {
    words_in(lower).any(|w| {
        let digits = w.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'/' | b'-' | b':' | b'.'));
        let year = digits && w.len() == 4 && (w.starts_with("19") || w.starts_with("20"));
        year || !outlet && (digits || NUMBERS.contains(w))
            || SERIAL.contains(w) && (!outlet || words_in(lower).any(|n| n.len() <= 2 && n.parse::<u8>().is_ok()))
    })
}

/// A name and its own number, as broadcasters have them: `France 24`.
fn is_numbered_name(piece: &str) -> bool {
    let mut words = words_in(piece);
    let (Some(name), Some(number), None) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    let known = SERIAL.contains(&name.to_lowercase()) || is_section_name(name);
    !known && starts_upper(name) && number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit())
}

/// Every word has a capital or is a number or a particle between; the words of sections and of outlets may be small (`World
/// news`, `Ada Marsh's blog`).
fn is_named(piece: &str) -> bool {
    let mut any = false;
    for (i, word) in words_in(piece).enumerate() {
        let small = i > 0 && (PARTICLES.contains(&word) || is_section_name(word) || OUTLETS.contains(word));
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let capital = word.chars().any(char::is_uppercase) || digits > 0;
        if !(capital || small) {
            return false;
        }
        any |= word.chars().any(char::is_uppercase) || digits > 0 && digits < word.len();
    }
    any
}

/// A name as only a brand writes it: an uppercase letter inside (`VentureBeat`), three or more of them (`NPR`), or a digit.
fn is_coined(piece: &str) -> bool {
    let inner = piece.chars().skip(1).any(char::is_uppercase);
    let letters = piece.chars().filter(|c| c.is_alphabetic()).count();
    inner && letters >= 3 && (piece.chars().any(char::is_lowercase) || letters <= 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sites() {
        for name in [
            "BBC News",
            "The Quay Post",
            "nj.com",
            "Channel 4 News",
            "VentureBeat",
            "World news",
            "NPR",
            "The Globe and Mail",
        ] {
            assert_eq!(evidence(name, Mark::Dash, Side::After, true), Evidence::Strong, "{name}");
        }
        assert_eq!(evidence("Digg", Mark::Dash, Side::After, true), Evidence::Weak);
        assert_eq!(evidence("Video", Mark::Brackets, Side::Before, true), Evidence::Strong);
    }

    #[test]
    fn clauses_and_parts_are_no_names() {
        for piece in [
            "and nobody knows why",
            "but who pays?",
            "Part 2",
            "Day Four",
            "But Who Pays",
            "2019",
            "in pictures",
            "What We Know So Far",
            "a night on the pass",
        ] {
            assert_eq!(evidence(piece, Mark::Dash, Side::After, true), Evidence::None, "{piece}");
        }
    }
}
