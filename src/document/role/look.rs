//! A cheap look at a line: which marks stand in it, and its first word. Most checks of a role need no more to say no.

use std::ops::BitOr;

/// What the cheap looks go by.
pub(super) struct Look<'a> {
    pub(super) text: &'a str,
    pub(super) marks: Marks,
    /// The letters at its start, if a space or the end follows them; else empty, and nothing is known of it.
    pub(super) first: &'a str,
}

impl<'a> Look<'a> {
    pub(super) fn at(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let marks = bytes.iter().fold(0, |all, byte| all | MARKS[usize::from(*byte)]);
        let end = bytes.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(bytes.len());
        let first = if matches!(bytes.get(end), None | Some(b' ')) { &text[..end] } else { "" };
        Self { text, marks: Marks(marks), first }
    }

    /// Whether the first word is the first one of a phrase, in any case.
    pub(super) fn begins_one_of(&self, phrases: &[&str]) -> bool {
        let first = self.first.as_bytes();
        phrases.iter().any(|phrase| {
            let phrase = phrase.as_bytes();
            matches!(phrase.get(first.len()), None | Some(b' '))
                && phrase.get(..first.len()).is_some_and(|start| start.eq_ignore_ascii_case(first))
        })
    }
}

/// Classes of bytes that stand in a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks(u8);

impl Marks {
    pub(super) const DIGIT: Self = Self(1);
    pub(super) const TAB: Self = Self(1 << 1);
    pub(super) const COMMA: Self = Self(1 << 2);
    pub(super) const HYPHEN: Self = Self(1 << 3);
    /// A bar, a slash, an angle bracket.
    pub(super) const BAR: Self = Self(1 << 4);
    /// A period, a question or an exclamation mark.
    pub(super) const STOP: Self = Self(1 << 5);
    pub(super) const COLON: Self = Self(1 << 6);
    /// Anything beyond ASCII.
    pub(super) const OTHER: Self = Self(1 << 7);

    /// Whether one of these stands in the line.
    pub(super) fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }
}

impl BitOr for Marks {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

static MARKS: [u8; 256] = {
    let mut marks = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mark = match byte as u8 {
            b'0'..=b'9' => Marks::DIGIT.0,
            b'\t' => Marks::TAB.0,
            b',' => Marks::COMMA.0,
            b'-' => Marks::HYPHEN.0,
            b'|' | b'/' | b'<' | b'>' => Marks::BAR.0,
            b'.' | b'!' | b'?' => Marks::STOP.0,
            b':' => Marks::COLON.0,
            0x80.. => Marks::OTHER.0,
            _ => 0,
        };
        marks[byte] = mark;
        byte += 1;
    }
    marks
};
