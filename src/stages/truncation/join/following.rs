//! What follows a paragraph that may go on in it: prose that closes, a link's few words, a list.

use std::borrow::Cow;

use super::super::{Context, role};
use super::{asks, line};
use crate::english::ending::{self, Ending};
use crate::english::floor_boundary;
use crate::english::lexicon;
use crate::english::sentence;
use crate::english::token::{Token, first_token, tokens};
use crate::reasons::Reason;

/// How many bytes of a paragraph are read.
pub(super) const AHEAD: usize = 512;
/// The first words of a paragraph are within this many bytes.
const FIRST: usize = 64;
/// Words of a stressed phrase that is on a line of its own.
const PIECE: usize = 4;
/// Words of a link at most.
const LINK: usize = 6;
/// A line that was broken at a column's width is no shorter than this, in bytes.
const FULL_LINE: usize = 50;

/// The paragraph after the one that is judged.
pub(in super::super) struct Following<'a> {
    pub(in super::super) text: &'a str,
    pub(in super::super) context: &'a Context,
    /// The paragraphs after it, as far as they are known.
    pub(in super::super) beyond: &'a [Cow<'a, str>],
}

impl Following<'_> {
    /// The spaces at its start, in bytes.
    pub(super) fn skip(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    /// Its first words: of one that begins in lowercase the very first are enough.
    pub(super) fn words(&self) -> Vec<Token<'_>> {
        let text = &self.text[self.skip()..];
        tokens(start_of(text, if begins_lower(text) { FIRST } else { AHEAD }), 0)
    }

    /// Whether the paragraph is prose that closes, perhaps only with those after it: several parts of one sentence. Short
    /// lines one after the other, and parts that end in a semicolon, are a list.
    pub(in super::super) fn goes_on(&self) -> bool {
        let mut parts =
            std::iter::once(self.text).chain(self.beyond.iter().map(|text| &**text)).map(str::trim).peekable();
        let mut short_before = false;
        while let Some(part) = parts.next() {
            if closes(part) || has_sentence(part) {
                return true;
            }
            let Some(next) = parts.peek() else { return false };
            if goes_on_with_mark(next) || next.starts_with(')') || begins_joined(next) {
                return true;
            }
            let short = part.split_whitespace().nth(PIECE).is_none();
            let listed = short && short_before || !short && part.len() < FULL_LINE || part.ends_with(';');
            if listed || !begins_lower(next) {
                return false;
            }
            short_before = short;
        }
        false
    }

    /// A few words that stand apart because they were a link: the sentence goes on after them.
    pub(super) fn is_link(&self, cut: Reason) -> bool {
        let text = self.text.trim();
        let short = text.split_whitespace().nth(LINK).is_none() && ending::of(text) == Ending::Open;
        let rest = self.beyond.first().map_or("", |text| text.trim());
        // A page's number stands between the parts of a sentence as well.
        let named = text.bytes().any(|b| !b.is_ascii_digit());
        let goes_on = goes_on_with_mark(rest) || named && begins_lower(rest) && (closes(rest) || has_sentence(rest));
        asks(cut)
            && short
            && goes_on
            && !role::is_timed_label(&tokens(text, 0))
            && !text.starts_with('!')
            && !line::is_apart(rest, &tokens(start_of(rest, FIRST), 0))
    }

    pub(super) fn is_followed_by_lower(&self) -> bool {
        self.text.trim_end().ends_with(';') || self.beyond.first().is_some_and(|text| begins_lower(text))
    }

    /// A short line set apart, that ends in a comma like the one before it, and the line after it begins in lowercase, too.
    pub(super) fn is_verse_after(&self, text: &str) -> bool {
        let is_line = |line: &str| line.trim().len() < FULL_LINE && line.trim_end().ends_with(',');
        self.context.shape.index == 0 && is_line(text) && is_line(self.text) && self.is_followed_by_lower()
    }

    pub(super) fn is_question(&self) -> bool {
        self.text.trim_end().ends_with('?')
    }
}

pub(in super::super) fn begins_lower(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase)
}

/// ", who found it", ". It rained": no paragraph begins so, but the rest of one does.
pub(super) fn goes_on_with_mark(text: &str) -> bool {
    let rest = text.strip_prefix([',', '.', ';']);
    // ". . . ." leads to a page's number.
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ')', '"', '”']) && !rest.starts_with(" ."))
}

/// Whether a paragraph begins in lowercase with a word that joins it to the one before.
fn begins_joined(text: &str) -> bool {
    begins_lower(text) && first_token(start_of(text, FIRST)).is_some_and(|first| joins(&first))
}

/// Whether a paragraph closes like prose.
fn closes(text: &str) -> bool {
    let text = ending::without_notes(text.trim_end());
    let marks = text.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
    matches!(ending::of(text), Ending::Closed | Ending::Abbreviation) && marks.ends_with(['.', '!', '?', ':'])
}

/// Whether a sentence ends inside a text's start, and another begins.
pub(in super::super) fn has_sentence(text: &str) -> bool {
    let start = start_of(text, AHEAD);
    let marked = || memchr::memchr3(b'.', b'!', b'?', start.as_bytes()).is_some() || start.contains('…');
    marked() && sentence::last_start(&tokens(start, 0)) > 0
}

/// The first bytes of a text, at most as many as are given.
pub(in super::super) fn start_of(text: &str, most: usize) -> &str {
    &text[..floor_boundary(text, most)]
}

/// Whether a first word joins what follows to what came before: "of", "and", "to", "that".
pub(super) fn joins(first: &Token<'_>) -> bool {
    lexicon::closed(first.word).contains(['P', 'p', 'C', 'J', 'T', 'W'])
}
