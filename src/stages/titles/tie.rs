//! Whether a line of a block goes on in the next one: a title, a caption, a sentence may be broken over several.

use crate::document::role::{Role, count_words, strip_heading_marks};
use crate::english::lexicon;
use crate::english::teaser::without_link;

/// How a line hangs together with the next one of its block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tie {
    #[default]
    None,
    /// It may go on: it is as long as a line may be, or ends in a word that seldom ends a title.
    Open,
    /// It goes on.
    Sure,
}

/// Chars between which a line may be one that was broken at a width.
const WIDTHS: std::ops::RangeInclusive<usize> = 45..=110;

/// How a line hangs together with the next one, whose role is asked for where it decides.
pub(super) fn tie(line: &str, next: &str, role: impl Fn() -> Role) -> Tie {
    let (line, next) = (without_link(line.trim()), next.trim());
    let is_marked = |text: &str| strip_heading_marks(text).len() < text.len();
    if is_closed(line) || is_marked(line) || is_marked(next) || is_part(line, next) {
        return Tie::None;
    }
    // A sentence of which it was a link.
    if next.starts_with([',', ';']) {
        return Tie::Sure;
    }
    let end = end_tie(line);
    let lower =
        begins_lower(next) && count_words(line) >= 3 && (count_words(next) >= 2 || WIDTHS.contains(&line.len()));
    let open = end == Tie::Open || is_full(line, next);
    let may_follow = || match role() {
        Role::Heading | Role::Prose => true,
        // The end of one.
        Role::Caption => lower && count_words(next) > 4,
        Role::Kicker => lower && next.split(' ').next().is_some_and(|word| !lexicon::closed(word).is_empty()),
        _ => false,
    };
    if !(lower || open || end == Tie::Sure) || !may_follow() {
        Tie::None
    } else if lower || end == Tie::Sure {
        Tie::Sure
    } else {
        Tie::Open
    }
}

/// A line that something ends: a sentence, a question, a quotation, a cut.
pub(super) fn is_closed(line: &str) -> bool {
    line.ends_with(['.', '!', '?', '…', '"', '”', ')', ']', ':'])
}

/// Whether the next line has only one of a bracket's or a directive's ends, and the line has not the other: it is a part of
/// something else.
fn is_part(line: &str, next: &str) -> bool {
    let open =
        |text: &str, (from, to): (&str, &str)| text.matches(from).count() as isize - text.matches(to).count() as isize;
    let bytes = next.as_bytes();
    let has_end = memchr::memchr2(b'[', b']', bytes).or_else(|| memchr::memchr2(b'<', b'>', bytes)).is_some();
    has_end
        && [("[", "]"), ("<!--", "-->")]
            .iter()
            .any(|&ends| open(next, ends) != 0 && open(line, ends) + open(next, ends) != 0)
}

fn begins_lower(line: &str) -> bool {
    line.trim_start_matches(['"', '“', '‘', '\'', '(']).starts_with(char::is_lowercase)
}

/// What the last mark or word of a line says.
fn end_tie(line: &str) -> Tie {
    if line.ends_with([',', '–', '—', '-', '&', '(', '/', '“', '‘']) {
        return Tie::Sure;
    }
    let word = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    match lexicon::closed(word).as_bytes().first() {
        Some(b'C' | b'D') => Tie::Sure,
        Some(b'A' | b'M' | b'P' | b'S' | b'W' | b'k' | b'p' | b't') => Tie::Open,
        _ => Tie::None,
    }
}

/// Whether the next line's first word had no room in the line.
fn is_full(line: &str, next: &str) -> bool {
    let (own, other) = (line.chars().count(), next.chars().count());
    let first = next.split_whitespace().next().map_or(0, |word| word.chars().count());
    let is_uppercase = |text: &str| !text.contains(char::is_lowercase);
    WIDTHS.contains(&own) && own + 1 + first > other && (!is_uppercase(line) || is_uppercase(next))
}

/// The end of a line that has passed: enough to see whether it went on.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tail {
    bytes: [u8; 16],
    len: usize,
}

impl Tail {
    pub(super) fn of(line: &[u8]) -> Self {
        let line = line.trim_ascii_end();
        let end = line.last_chunk::<16>();
        let mut tail = Self { bytes: end.copied().unwrap_or_default(), len: line.len().min(16) };
        if end.is_none() {
            tail.bytes[..line.len()].copy_from_slice(line);
        }
        tail
    }

    /// Whether the line goes on in the next one of its block.
    pub(super) fn goes_on_in(&self, next: &str) -> bool {
        let end = String::from_utf8_lossy(&self.bytes[..self.len]);
        !end.is_empty() && !is_closed(&end) && (begins_lower(next.trim_start()) || end_tie(&end) == Tie::Sure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::role::role_alone;

    fn tie(line: &str, next: &str) -> Tie {
        super::tie(line, next, || role_alone(next))
    }

    #[test]
    fn lines_that_go_on() {
        for (line, next) in [
            ("Ferry crew walks out over lost pay after", "talks fail"),
            ("Ferry Crew Walks Out Over Lost Pay, Owners", "and Cooks"),
            ("Ferry Crews Walk Out in Three Ports,", "Owners Ask for Talks"),
            ("The Old Harbour Lamp and the", "Keeper Who Lost It"),
            ("A deckhand waits beside the ferry in Port Alden on Monday", "while the owners met."),
        ] {
            assert_eq!(tie(line, next), Tie::Sure, "{line}");
            assert!(Tail::of(line.as_bytes()).goes_on_in(next), "{line}");
        }
        assert_eq!(tie("Ferry crew walks out over lost pay", ", which the owners regret"), Tie::Sure);
        assert!(Tail::of("The letter, “".as_bytes()).goes_on_in("Ferry crew walks out”"));
        for (line, next) in [
            ("Ferry Crews Walk Out in Three Northern Ports Over Lost", "Pay and Broken Stoves"),
            ("WHAT TO KNOW ABOUT", "THE LAMP"),
            ("FERRY CREWS WALK OUT IN THREE NORTHERN PORTS OVER LOST", "PAY"),
        ] {
            assert_eq!(tie(line, next), Tie::Open, "{line}");
        }
    }

    #[test]
    fn lines_that_end() {
        for (line, next) in [
            ("Ferry crew walks out over lost pay", "Owners promise a reply"),
            ("Ferry crew walks out over lost pay", "by Ada Marsh"),
            ("Ferry crew walks out over lost pay", "share"),
            ("Ferry crew walks out over lost pay.", "it says"),
            ("# Ferry crew walks out over lost pay", "and what it means"),
            ("Why did the crew walk out of the northern line's boats?", "Owners reply"),
            (
                "Ferry crew walks out over lost pay, owners say in a note",
                "The owners of the northern line wrote to all of them on Monday.",
            ),
            ("FERRY CREWS WALK OUT IN THREE NORTHERN PORTS OVER PAY", "Author"),
            ("", "lamp"),
        ] {
            assert_eq!(tie(line, next), Tie::None, "{line}");
        }
        assert!(!Tail::of(b"").goes_on_in("lamp") && !Tail::of("Is there a lamp?".as_bytes()).goes_on_in("lamp"));
    }
}
