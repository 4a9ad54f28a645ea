//! What a paragraph is in its document: heading, byline, date, list item, prose … Judged from its own words
//! alone; where nothing decides, a short text without closing punctuation is a heading, any other is prose.

mod credit;
pub(crate) mod item;
mod look;
mod row;
#[cfg(test)]
mod tests;

use std::cell::LazyCell;

use credit::{is_byline, is_caption, is_dateline, is_sign_off};
use item::is_list_item;
use look::{Look, Marks};
use row::{is_date, is_table_row};

use super::block::{BlockShape, Layout};
use crate::data::list;
use crate::english::country::canonical_text;
use crate::english::ending::may_be_cut;
use crate::english::token::next_piece;

list!(
    /// Names of a site's sections, word by word.
    SECTIONS, "titles/sections.txt");
list!(
    /// Standing heads: `update`, `what we know so far`.
    LABELS, "titles/labels.txt");
list!(
    /// How a page's invitations begin.
    INVITATIONS, "titles/invitations.txt");
list!(
    /// What headings over links are made of.
    HEADING_WORDS, "titles/heading-words.txt");

/// The part that a paragraph plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A title or a heading: short, and no sentence.
    Heading,
    /// A section's name or a breadcrumb above a title.
    Kicker,
    /// A speaker's or a section's label: `Q:`, `Update`.
    Label,
    /// Who wrote it.
    Byline,
    /// A place, and perhaps a date or an agency, alone.
    Dateline,
    /// A date or a time, with what a site puts beside it.
    Date,
    ListItem,
    TableRow,
    /// A picture's credit or caption.
    Caption,
    /// An agency's or a letter's end.
    SignOff,
    Prose,
}

/// The longest text that is looked at as a heading, in bytes.
pub(crate) const HEADING_MAX: usize = 400;

/// How a role is detected: a cheap look, which never misses a text of the role, and the check itself.
type Check = (fn(&Look<'_>) -> bool, fn(&str) -> bool, Role);

const CHECKS: [Check; 10] = [
    (|look| look.first.len() < 2, is_list_item, Role::ListItem),
    (row::may_be_date, is_date, Role::Date),
    (|look| look.first.is_empty() || look.marks.any(Marks::DIGIT | Marks::TAB), is_table_row, Role::TableRow),
    (credit::may_be_byline, is_byline, Role::Byline),
    (credit::may_be_sign_off, is_sign_off, Role::SignOff),
    (|_| true, is_caption, Role::Caption),
    (|look| look.marks.any(Marks::COMMA | Marks::HYPHEN | Marks::OTHER), is_dateline, Role::Dateline),
    (|_| true, is_label, Role::Label),
    (may_be_kicker, is_kicker, Role::Kicker),
    (|look| look.text.len() > 70 || look.marks.any(Marks::STOP | Marks::COLON), is_prose, Role::Prose),
];

/// The role of a paragraph by its words alone, whatever the block.
pub(crate) fn role_alone(text: &str) -> Role {
    let text = &*canonical_text(without_ellipsis(text.trim()), "US").0;
    if text.len() > HEADING_MAX {
        return if is_list_item(text) { Role::ListItem } else { Role::Prose };
    }
    if is_plain_prose(text) {
        return Role::Prose;
    }
    let look = Look::at(text);
    let found = CHECKS.iter().find(|(may_be, is, _)| may_be(&look) && is(text));
    found.map_or(Role::Heading, |&(_, _, role)| role)
}

/// A text has the role that it would have if nothing marked it as cut: the mark may be one that was put there.
pub(crate) fn without_ellipsis(text: &str) -> &str {
    let bare = ["[…]", "[...]", "…", "..."].iter().find_map(|mark| text.strip_suffix(mark));
    bare.map_or(text, str::trim_end)
}

/// The common case, recognised at little cost: long, begins with a word, ends in a full stop.
fn is_plain_prose(text: &str) -> bool {
    let ends = text.trim_end_matches(['"', '”', '’', '\'']).ends_with('.') && !may_be_cut(text.as_bytes());
    let begins = text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '“' | '‘' | '\''));
    text.len() > 100
        && ends
        && begins
        && !text.contains('\t')
        && !is_caption(text)
        && !is_title_case(text)
        && (begins_with_word(text) || !is_list_item(text))
}

/// Whether a word of at least two letters begins the text: no list item does.
fn begins_with_word(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    letters > 1 && text[letters..].starts_with(' ')
}

/// A block of four lines or more that are all short.
fn is_verse_block(shape: &BlockShape) -> bool {
    shape.layout == Layout::Listed && shape.lines >= 4 && shape.short == shape.lines
}

/// Whether the text is the heading of a section that may stand empty (`Related news`, `More on this story:`): short, no
/// closing punctuation but a colon, and no title, name, date, caption, verse or sentence.
pub(crate) fn is_section_heading(text: &str, shape: &BlockShape) -> bool {
    let text = &*canonical_text(text, "US").0;
    let text = strip_heading_marks(text);
    if text.is_empty() || text.len() > 80 || text.contains('\n') || is_verse_block(shape) {
        return false;
    }
    let bare = text.trim_end_matches([':', ' ']);
    let words = count_words(bare);
    if words == 0 || words > 7 || bare.ends_with(['.', '!', '?', '…', ',', ';', '"', '”', ')']) {
        return false;
    }
    let named = || words_in(bare).any(|w| HEADING_WORDS.contains_lower(w));
    let asks = |w: &str| QUESTIONS.iter().any(|question| question.eq_ignore_ascii_case(w));
    let question = || words <= 5 && words_in(bare).next().is_some_and(asks);
    let plain = || words <= 3 && words > 1 && words_in(bare).skip(1).all(|w| w.chars().all(char::is_lowercase));
    let heads = if text.ends_with(':') {
        // A colon after a sentence's words announces a list or a quotation.
        words <= 6 && !is_speaker(bare) || named()
    } else {
        words <= 6 && named() || question() || plain()
    };
    heads && matches!(role_alone(text), Role::Heading | Role::Label | Role::Kicker)
}

/// A name before a colon: `MODERATOR`, `Jane Roe`.
fn is_speaker(bare: &str) -> bool {
    let known = words_in(bare).any(|w| HEADING_WORDS.contains_lower(w));
    !known && words_in(bare).all(starts_upper) && count_words(bare) <= 3
}

/// Words with which a heading asks.
pub(crate) const QUESTIONS: [&str; 5] = ["what", "where", "when", "how", "why"];

/// The words of a text, without the punctuation around them; a token of punctuation alone is none.
pub(crate) fn words_in(text: &str) -> impl Iterator<Item = &str> {
    Tokens::of(text).map(trim_marks).filter(|t| !t.is_empty())
}

/// How many words [`words_in`] gives.
pub(crate) fn count_words(text: &str) -> usize {
    if !text.is_ascii() {
        return words_in(text).count();
    }
    let (mut words, mut counted) = (0, 0);
    for byte in text.bytes() {
        let (letter, blank) = WORD_BYTES[usize::from(byte)];
        words += usize::from(letter & !counted);
        counted = (counted | letter) & !blank;
    }
    words
}

/// Of each ASCII byte: 1 if it makes a token a word, and 1 if it ends one.
static WORD_BYTES: [(u8, u8); 256] = {
    let mut bytes = [(0, 0); 256];
    let mut byte = 0;
    while byte < 128 {
        let b = byte as u8;
        bytes[byte] = ((b.is_ascii_alphanumeric() || b == b'\'') as u8, matches!(b, b'\t'..=b'\r' | b' ') as u8);
        byte += 1;
    }
    bytes
};

/// A token without the punctuation around it.
fn trim_marks(token: &str) -> &str {
    match token.as_bytes() {
        // Most tokens are words and nothing else.
        [b'A'..=b'Z' | b'a'..=b'z', .., b'a'..=b'z'] => token,
        _ => token.trim_matches(|c: char| !c.is_alphanumeric() && c != '\''),
    }
}

/// Splits at white space as `str::split_whitespace` does.
struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let piece = next_piece(self.text, self.at)?;
        self.at = piece.end;
        Some(&self.text[piece])
    }
}

pub(crate) fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// The text without the marks of a Markdown or wiki heading, and without outer spaces.
pub(crate) fn strip_heading_marks(text: &str) -> &str {
    // Most lines begin with a letter, and marks stand at the start.
    if matches!(text.as_bytes(), [b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z', .., b'!'..=b'~']) {
        return text;
    }
    let text = text.trim();
    let hashes = text.len() - text.trim_start_matches('#').len();
    if (1..=6).contains(&hashes) && text[hashes..].starts_with([' ', '\t']) {
        let inner = text[hashes..].trim();
        let bare = inner.trim_end_matches('#');
        return if bare.ends_with([' ', '\t']) { bare.trim_end() } else { inner };
    }
    let marks = text.len() - text.trim_start_matches('=').len();
    let back = text.len() - text.trim_end_matches('=').len();
    if (1..=6).contains(&marks) && back == marks && text.len() > 2 * marks {
        return text[marks..text.len() - marks].trim();
    }
    for mark in ["**", "__", "'''"] {
        let inner = text.strip_prefix(mark).and_then(|t| t.strip_suffix(mark));
        if let Some(inner) = inner.filter(|i| !i.trim().is_empty() && !i.contains(mark)) {
            return inner.trim();
        }
    }
    text
}

/// What a site's page invites its reader to: `Share this story`, `Sign up for our newsletter`.
fn is_furniture(text: &str) -> bool {
    let begins = |s: &str| text.get(..s.len()).is_some_and(|start| start.eq_ignore_ascii_case(s));
    let first = text.as_bytes().first().map_or([0], |byte| [byte.to_ascii_lowercase()]);
    std::str::from_utf8(&first).is_ok_and(|first| INVITATIONS.beginning(first).any(begins))
        && count_words(text) <= 10
        && !text.contains(": ")
}

fn is_label(text: &str) -> bool {
    if is_furniture(text) {
        return true;
    }
    if text.len() > 40 {
        return false;
    }
    let bare = text.trim_end_matches([':', ' ', '.']);
    text.ends_with(':') && count_words(bare) <= 4 || LABELS.contains_lower(bare)
}

/// Whether every word is one of a section's name.
pub(crate) fn is_section_name(text: &str) -> bool {
    let mut words = text
        .split(|c: char| c.is_whitespace() || c == '&')
        .map(|w| w.trim_matches([',', '.', '\'']))
        .filter(|w| !w.is_empty())
        .peekable();
    let is_one = |w: &str| SECTIONS.contains_lower(w) || w.eq_ignore_ascii_case("u.s") || w.eq_ignore_ascii_case("u.k");
    words.peek().is_some() && words.all(is_one)
}

fn may_be_kicker(look: &Look<'_>) -> bool {
    look.first.is_empty() || look.marks.any(Marks::BAR | Marks::OTHER) || SECTIONS.contains_lower(look.first)
}

/// Names of sections, or a breadcrumb of short parts.
fn is_kicker(text: &str) -> bool {
    if text.len() > 120 || text.contains('\n') {
        return false;
    }
    const MARKS: [char; 7] = ['|', '>', '»', '›', '/', '•', '·'];
    let marked = text.bytes().any(|b| matches!(b, b'|' | b'>' | b'/' | 0x80..)) && text.contains(MARKS);
    if !marked {
        return is_section_name(text);
    }
    let (mut parts, mut sections, mut longest) = (0, 0, 0);
    for part in text.split(MARKS).map(str::trim).filter(|p| !p.is_empty()) {
        parts += 1;
        sections += usize::from(is_section_name(part));
        longest = longest.max(count_words(part));
    }
    let crumbs = text.contains(['>', '»', '›']);
    parts > 0 && (sections == parts || parts >= 2 && longest <= 3 && (crumbs || sections >= 1 && parts >= 3))
}

/// A sentence or more: closing punctuation after enough words, an introduction with a colon, or sheer length.
fn is_prose(text: &str) -> bool {
    let words = LazyCell::new(|| count_words(text));
    // A word and a space take two bytes at the least.
    if text.len() > 240 || text.len() > 70 && *words >= 36 {
        return true;
    }
    // Without punctuation there is one sentence, and no end.
    if memchr::memchr3(b'.', b'!', b'?', text.as_bytes()).is_none() && !text.contains(':')
        || is_title_case(text) && *words <= 25
    {
        return false;
    }
    let bare = text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '*', '_', ' ']);
    if bare.ends_with('.') && !may_be_cut(bare.as_bytes()) {
        return *words >= 3 || text.starts_with(['"', '“']);
    }
    // After a space it is what a template left.
    if bare.ends_with(':') && !bare.ends_with(" :") {
        return *words >= 5;
    }
    if bare.ends_with(['?', '!']) {
        return sentences(bare) >= 2 || *words >= 18 || text.ends_with(['"', '”']) && text.starts_with(['"', '“']);
    }
    sentences(bare) >= 3
}

/// Title case on every longer word, three at least: a title, whatever ends it.
fn is_title_case(text: &str) -> bool {
    if has_small_word(text.as_bytes()) {
        return false;
    }
    let mut long = 0;
    words_in(text).filter(|w| w.len() >= 5).all(|w| {
        long += 1;
        !w.chars().next().is_some_and(char::is_lowercase)
    }) && long >= 3
}

/// Fast check: a space and five lowercase letters.
fn has_small_word(text: &[u8]) -> bool {
    text.windows(6).any(|six| six[0] == b' ' && six[1..].iter().all(u8::is_ascii_lowercase))
}

/// How many times a sentence seems to end in the text, its own end counted.
fn sentences(text: &str) -> usize {
    let mut count = 1;
    for (at, _) in text.match_indices(['.', '!', '?']) {
        let next = &text[at + 1..];
        let rest = next.trim_start_matches(['"', '”', '’', '\'', ')']);
        let before = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        if rest.starts_with(' ')
            && before.chars().count() > 3
            && rest.trim_start().chars().next().is_some_and(char::is_uppercase)
        {
            count += 1;
        }
    }
    count
}
