//! The written forms of the country's short name: where one stands and how far it reaches, and the canonical form in which
//! texts are judged. A later stage writes all forms in one style, so no earlier one may distinguish them.

use crate::data::list;
use std::borrow::Cow;

list!(
    /// Words for a part of a country before its name, in lowercase.
    REGIONS,
    "english/regions.txt"
);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Letters {
    Us,
    Usa,
}

/// One occurrence of a form. `start..end` are its letters and the periods between them; `dots` periods follow right after.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) letters: Letters,
    /// Written with periods between the letters: the first period after it may belong to the abbreviation.
    pub(crate) dotted: bool,
    pub(crate) dots: usize,
}

impl Form {
    /// Where the periods that touch the form end.
    pub(crate) fn tail(&self) -> usize {
        self.end + self.dots
    }

    /// The end of the form with the period that belongs to the abbreviation.
    pub(crate) fn whole_end(&self) -> usize {
        self.end + usize::from(self.dotted && self.dots > 0)
    }

    /// The form that begins at byte `at`, if one does and no longer token holds it.
    pub(crate) fn at(text: &str, at: usize) -> Option<Self> {
        match text.as_bytes().get(at..)? {
            [b'U', b'S', ..] if starts_token(text, at) => Self::plain(text, at),
            [b'U', b'.', ..] if starts_token(text, at) => Self::dotted(text, at),
            _ => None,
        }
    }

    fn plain(text: &str, start: usize) -> Option<Self> {
        let usa = text.as_bytes().get(start + 2) == Some(&b'A');
        let end = start + if usa { 3 } else { 2 };
        let letters = if usa { Letters::Usa } else { Letters::Us };
        Self { start, end, letters, dotted: false, dots: 0 }.with_dots(text)
    }

    fn dotted(text: &str, start: usize) -> Option<Self> {
        let bytes = text.as_bytes();
        let gap = gap_len(&text[start + 2..]);
        let s = start + 2 + gap;
        if bytes.get(s) != Some(&b'S') {
            return None;
        }
        let us = Self { start, end: s + 1, letters: Letters::Us, dotted: true, dots: 0 };
        if gap > 0 {
            // "U. S. A." and "U. S. S. Rowe" are no form of ours, and neither is one initial of several ("J. U. S. Rowe").
            let alone = bytes.get(s + 1) == Some(&b'.') && !begins_initial(text[s + 2..].trim_start());
            return if alone && !after_initial(text, start) { us.with_dots(text) } else { None };
        }
        if bytes.get(s + 1) == Some(&b'.') && bytes.get(s + 2) == Some(&b'A') {
            return Self { end: s + 3, letters: Letters::Usa, ..us }.with_dots(text);
        }
        us.with_dots(text)
    }

    /// Counts the periods right after it; a letter that touches makes it another token (`USS`, `U.S.C.`, `US.com`).
    fn with_dots(mut self, text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        while bytes.get(self.tail()) == Some(&b'.') {
            self.dots += 1;
        }
        let touches = match bytes.get(self.tail()) {
            Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric() || *byte == b'_',
            _ => text[self.tail()..].starts_with(is_word),
        };
        (!touches).then_some(self)
    }
}

/// One space between the letters, of those that stay on the line.
fn gap_len(rest: &str) -> usize {
    match rest.chars().next() {
        Some(c @ (' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')) => c.len_utf8(),
        _ => 0,
    }
}

fn starts_token(text: &str, at: usize) -> bool {
    if matches!(text.as_bytes()[..at], [] | [.., b' ']) {
        return true;
    }
    let mut back = text[..at].chars().rev();
    match back.next() {
        None => true,
        Some('.') => !back.next().is_some_and(is_word),
        Some('$' | '#' | '@' | '\\') => false,
        Some(c) => !is_word(c),
    }
}

/// One that begins no form of the country's name, which may be changed.
fn begins_initial(text: &str) -> bool {
    matches!(text.as_bytes(), [b'A'..=b'T' | b'V'..=b'Z', b'.', ..])
}

/// After another initial. One that could end a form of the country's name does not count, since it may be changed.
fn after_initial(text: &str, at: usize) -> bool {
    let mut back = text[..at].trim_end().chars().rev();
    back.next() == Some('.')
        && back.next().is_some_and(|c| c.is_uppercase() && !matches!(c, 'S' | 'A'))
        && back.next().is_none_or(char::is_whitespace)
}

/// A character of a token: a letter next to a form makes it another word.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The canonical text alone, and whether it holds a form.
pub(crate) fn canonical_text<'a>(text: &'a str, form: &str) -> (Cow<'a, str>, bool) {
    let mut has_form = false;
    (rewritten(text, form, |_, _| has_form = true), has_form)
}

/// The same of a text that may be one of its own.
pub(crate) fn in_one_form<'a>(text: Cow<'a, str>, form: &str) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => canonical_text(text, form).0,
        Cow::Owned(text) => Cow::Owned(canonical_text(&text, form).0.into_owned()),
    }
}

/// The text with every form written as `form`. Reports of each where it ends in the new text and in the text itself.
fn rewritten<'a>(text: &'a str, form: &str, mut report: impl FnMut(usize, usize)) -> Cow<'a, str> {
    let (mut out, mut done, mut from) = (String::new(), 0, 0);
    while let Some(i) = memchr::memchr(b'U', &text.as_bytes()[from..]) {
        let Some(found) = Form::at(text, from + i) else {
            from += i + 1;
            continue;
        };
        from = found.tail();
        if found.dots > 2 {
            continue;
        }
        // Nothing is copied as long as nothing is written otherwise.
        if &text[found.start..from] != form {
            if done == 0 {
                out = String::with_capacity(text.len() + form.len());
            }
            out.push_str(&text[done..found.start]);
            out.push_str(form);
            done = from;
        }
        report(from - done + out.len(), from);
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// A text in which every form of the country's name is the same, and its offsets as those of the text itself.
#[derive(Debug)]
pub(crate) struct Canonical<'a> {
    pub(crate) text: Cow<'a, str>,
    /// Of each form: where it ends in the canonical text and in the text itself.
    ends: Vec<(usize, usize)>,
    written: usize,
}

impl<'a> Canonical<'a> {
    /// Writes every form as `form`. Periods after one belong to it; before an ellipsis a form stays.
    pub(crate) fn new(text: &'a str, form: &'static str) -> Self {
        let mut ends = Vec::new();
        let text = rewritten(text, form, |end, own| ends.push((end, own)));
        Self { text, ends, written: form.len() }
    }

    /// The offset in the text itself. One inside a form is the form's end.
    pub(crate) fn original(&self, at: usize) -> usize {
        let passed = self.ends.partition_point(|&(end, _)| end <= at);
        let shifted = match passed.checked_sub(1).map(|i| self.ends[i]) {
            Some((end, own)) => own + (at - end),
            None => at,
        };
        match self.ends.get(passed) {
            Some(&(end, own)) if at + self.written > end => own,
            _ => shifted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(&str, usize)> {
        let at = text.find('U')?;
        Form::at(text, at).map(|f| (&text[f.start..f.end], f.dots))
    }

    #[test]
    fn every_form_is_found() {
        for (text, form, dots) in [
            ("in the USA now", "USA", 0),
            ("in the US.", "US", 1),
            ("the U.S. bank", "U.S", 1),
            ("the U.S bank", "U.S", 0),
            ("the U.S.A.", "U.S.A", 1),
            ("the U. S. bank", "U. S", 1),
            ("(USA)", "USA", 0),
            ("the U.S...", "U.S", 3),
        ] {
            assert_eq!(found(text), Some((form, dots)), "{text}");
        }
    }

    #[test]
    fn longer_tokens_are_none() {
        for text in [
            "USS Rowe",
            "USAF",
            "the U.S.S. Rowe",
            "U.S.C. 12",
            "US.com",
            "A.U.S.",
            "BUS",
            "U. S. A. Rowe",
            "J. U. S. Rowe",
            "US5",
            "$US 5",
            "U-S-A",
            "Us",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn canonical_texts_know_the_way_back() {
        let text = "the USA and U. S. ban. In the US. So.";
        let canonical = Canonical::new(text, "U.S.");
        assert_eq!(canonical.text, "the U.S. and U.S. ban. In the U.S. So.");
        for (at, own) in [(0, 0), (4, 4), (6, 7), (8, 7), (13, 12), (17, 17), (22, 22), (34, 33), (38, 37)] {
            assert_eq!(canonical.original(at), own, "{at}");
        }
        let text = "the U.S. and the USA, the U.S. and so";
        let canonical = Canonical::new(text, "U.S.");
        assert_eq!(canonical.text, "the U.S. and the U.S., the U.S. and so");
        for (at, own) in [(3, 3), (5, 8), (8, 8), (17, 17), (18, 20), (21, 20), (27, 26), (30, 30), (38, 37)] {
            assert_eq!(canonical.original(at), own, "{at}");
        }
        for (text, form) in [("no form here", "US"), ("in the US and out", "US")] {
            assert!(matches!(Canonical::new(text, form).text, Cow::Borrowed(_)));
        }
    }
}
