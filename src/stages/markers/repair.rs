//! The text around what is removed: brackets and emphasis marks that held nothing else, punctuation left alone on its line,
//! one space between words and none before punctuation, a line's end between text before and text after.

use std::borrow::Cow;
use std::ops::Range;

use super::Context;
use super::kept::{closes, opens};
use super::lex::{char_at, char_before, is_line_end, line_end, line_start, skip_spaces, skip_spaces_back};
use crate::change::Change;
use crate::document::block::Layout;
use crate::reasons::Reason;

/// Something that goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Removal {
    pub(super) range: Range<usize>,
    pub(super) reason: Reason,
}

/// The most brackets or emphasis marks around one marker.
const MAX_PAIRS: usize = 4;

/// The changes that take out `removals` (ascending, disjoint, inside `window`) and mend the text around them. Text before the
/// window stays.
pub(super) fn changes(text: &str, removals: Vec<Removal>, window: Range<usize>, context: &Context) -> Vec<Change> {
    let from = window.start;
    let mut removals = merge(text, removals);
    for _ in 0..MAX_PAIRS {
        if !widen(text, &mut removals, &window) {
            break;
        }
        removals = merge(text, removals);
    }
    let mut changes = Vec::new();
    let mut rest = &removals[..];
    while let Some(first) = rest.first() {
        let together =
            1 + rest.windows(2).take_while(|w| !text[w[0].range.end..w[1].range.start].contains('\n')).count();
        let (cluster, others) = rest.split_at(together);
        let floor = changes.last().map_or(from, |change: &Change| change.range.end.max(from));
        match emptied_lines(text, cluster, from, context).map(|range| tail_kept(text, range, cluster, floor, context)) {
            Some(range) => changes.push(Change { range, new: Cow::Borrowed(""), reason: first.reason }),
            None => changes.extend(cluster.iter().map(|removal| mend(text, removal, from, context))),
        }
        rest = others;
    }
    changes
}

/// Removals with nothing but spaces between become one.
fn merge(text: &str, removals: Vec<Removal>) -> Vec<Removal> {
    let mut merged: Vec<Removal> = Vec::with_capacity(removals.len());
    for removal in removals {
        match merged.last_mut() {
            Some(last) if skip_spaces(text, last.range.end) >= removal.range.start => {
                last.range.end = removal.range.end;
            }
            _ => merged.push(removal),
        }
    }
    merged
}

/// Takes in brackets and emphasis marks that hold nothing but the marker.
fn widen(text: &str, removals: &mut [Removal], window: &Range<usize>) -> bool {
    let mut widened = false;
    let mut floor = window.start;
    for n in 0..removals.len() {
        let ceiling = removals.get(n + 1).map_or(window.end, |next| next.range.start);
        let range = &mut removals[n].range;
        let wide = brackets(text, range).or_else(|| emphasis(text, range));
        if let Some(wide) = wide.filter(|wide| wide.start >= floor && wide.end <= ceiling) {
            *range = wide;
            widened = true;
        }
        floor = range.end;
    }
    widened
}

/// Round brackets, or square ones that are no link's.
fn brackets(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let start = skip_spaces_back(text, range.start);
    let end = skip_spaces(text, range.end);
    let held = match (char_before(text, start)?, char_at(text, end)?) {
        ('(', ')') => true,
        ('[', ']') => char_at(text, end + 1) != Some('('),
        _ => false,
    };
    held.then(|| start - 1..end + 1)
}

fn emphasis(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let mark = char_before(text, range.start).filter(|c| matches!(c, '*' | '_'))?;
    let before = text[..range.start].bytes().rev().take(4).take_while(|b| char::from(*b) == mark).count();
    let after = text[range.end..].bytes().take(4).take_while(|b| char::from(*b) == mark).count();
    (before == after && before < 4).then(|| range.start - before..range.end + after)
}

/// The lines of a cluster, where nothing but punctuation is left of them. Their last line's end goes with them, if the text
/// has one.
fn emptied_lines(text: &str, cluster: &[Removal], from: usize, context: &Context) -> Option<Range<usize>> {
    let (first, last) = (&cluster.first()?.range, &cluster.last()?.range);
    let start = line_start(text, first.start);
    let end = line_end(text, last.end);
    let whole = start >= from && (start > 0 || context.starts) && (end < text.len() || context.ends);
    let is_left = |range: Range<usize>| !text[range].chars().all(is_litter);
    let gaps = cluster.windows(2).any(|w| is_left(w[0].range.end..w[1].range.start));
    if !whole || is_left(start..first.start) || gaps || is_left(last.end..end) {
        return None;
    }
    let next = text[end..].find('\n').map_or(end, |n| end + n + 1);
    Some(start..next)
}

/// In a wrapped paragraph, a full stop or comma after the marker is the line before's, and moves there.
fn tail_kept(text: &str, lines: Range<usize>, cluster: &[Removal], floor: usize, context: &Context) -> Range<usize> {
    let (Some(first), Some(last)) = (cluster.first(), cluster.last()) else {
        return lines;
    };
    let end = skip_spaces(text, last.range.end);
    let is_tail = char_at(text, end).is_some_and(|c| begins_closed(c, end == last.range.end, ""));
    let begins = text[lines.start..first.range.start].trim().is_empty();
    let before = text[..lines.start].trim_end().len();
    let is_body =
        context.layout == Layout::Wrapped && text[..before].ends_with(char::is_alphanumeric) && before >= floor;
    if is_tail && begins && is_body && cluster.len() == 1 { before..end } else { lines }
}

/// Spaces and punctuation, which say nothing on a line of their own. Not backticks: they may be a code fence.
fn is_litter(c: char) -> bool {
    let general = matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '«' | '»' | '·' | '¡' | '¿' | '、' | '。' | '\u{200b}' | '\u{feff}');
    c.is_whitespace() || general || (c.is_ascii_punctuation() && !matches!(c, '`' | '$' | '%' | '&' | '@'))
}

/// Removes from within a line, or from lines whose rest stays.
fn mend(text: &str, removal: &Removal, from: usize, context: &Context) -> Change {
    let Removal { range, reason } = removal;
    let left = skip_spaces_back(text, range.start).max(from.min(range.start));
    let right = skip_spaces(text, range.end);
    let change = |range: Range<usize>, new: Cow<'static, str>| Change { range, new, reason: *reason };
    let at_start = if left == 0 { context.starts } else { text[..left].ends_with('\n') };
    let at_end = is_line_end(text, right) && (right < text.len() || context.ends);
    if at_end {
        // Spaces that indent nothing go as well.
        return change(left..right, Cow::Borrowed(""));
    }
    if at_start {
        return change(range.start..right, Cow::Borrowed(""));
    }
    let wants_space = wants_space(text, left..range.start, range.end..right);
    if let Some(n) = memchr::memchr(b'\n', &text.as_bytes()[range.clone()]) {
        let ending = if text.as_bytes()[..range.start + n].ends_with(b"\r") { "\r\n" } else { "\n" };
        return change(left..right, Cow::Borrowed(if wants_space { ending } else { "" }));
    }
    space(text, left..range.start, range.end..right, wants_space, change)
}

/// Leaves one space or none between what precedes and what follows; a table's tabs stay.
fn space(
    text: &str,
    before: Range<usize>,
    after: Range<usize>,
    wanted: bool,
    change: impl Fn(Range<usize>, Cow<'static, str>) -> Change,
) -> Change {
    let (a, b) = (&text[before.clone()], &text[after.clone()]);
    let nothing = Cow::Borrowed("");
    match (a.contains('\t'), b.contains('\t')) {
        (true, true) => change(before.end..after.start, nothing),
        (true, false) => change(before.end..after.end, nothing),
        (false, true) => change(before.start..after.start, nothing),
        _ if !wanted => change(before.start..after.end, nothing),
        _ if a.chars().count() == 1 => change(before.end..after.end, nothing),
        _ if b.chars().count() == 1 => change(before.start..after.start, nothing),
        _ => change(before.start..after.end, Cow::Borrowed(" ")),
    }
}

/// Whether a space belongs between the text that ends where `before` (the spaces before the marker) begins, and the text that
/// begins where `after` (the spaces after it) ends.
fn wants_space(text: &str, before: Range<usize>, after: Range<usize>) -> bool {
    let (Some(l), Some(r)) = (char_before(text, before.start), char_at(text, after.end)) else {
        return true;
    };
    let l_glued = before.is_empty();
    let r_glued = after.is_empty();
    let l_rest = &text[..before.start - l.len_utf8()];
    let r_rest = &text[after.end + r.len_utf8()..];
    let is_hyphen = |c: char| matches!(c, '-' | '‐' | '‑');
    if l_glued && r_glued && (is_hyphen(l) || is_hyphen(r)) {
        return false;
    }
    !ends_open(l, l_glued, l_rest) && !begins_closed(r, r_glued, r_rest)
}

/// Whether text that ends in `l` takes no space after it.
fn ends_open(l: char, glued: bool, rest: &str) -> bool {
    let spaced = char_before(rest, rest.len()).is_none_or(char::is_whitespace);
    match l {
        '(' | '[' | '{' | '¿' | '¡' => true,
        '“' | '‘' | '„' | '‚' | '«' | '‹' | '「' | '『' => glued,
        '"' | '\'' | '`' => glued && opens(l, rest) && spaced_or_open(rest),
        '$' | '£' | '€' | '#' | '@' | '/' | '\\' | '~' | '>' => glued,
        '–' | '—' => glued && !spaced,
        _ => false,
    }
}

fn spaced_or_open(rest: &str) -> bool {
    char_before(rest, rest.len()).is_none_or(|c| c.is_whitespace() || !c.is_alphanumeric())
}

/// Whether text that begins with `r` takes no space before it.
fn begins_closed(r: char, glued: bool, rest: &str) -> bool {
    let next = rest.chars().next();
    let ends_word = next.is_none_or(|c| !c.is_alphanumeric());
    match r {
        // ".NET", ".5" and an ellipsis are no full stop.
        '.' if !glued => ends_word && next != Some('.'),
        ':' if !glued => next.is_none_or(|c| c.is_whitespace() || is_closer(c)),
        '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' => true,
        '…' | '%' | '°' | '/' | '<' | '–' | '—' => glued,
        '”' | '»' | '›' | '」' | '』' => true,
        '’' | '\'' if glued && is_suffix(rest) => true,
        '"' | '\'' | '’' => glued && closes(r, rest),
        _ => false,
    }
}

fn is_closer(c: char) -> bool {
    matches!(c, ')' | ']' | '"' | '”' | '\'' | '’')
}

/// What an apostrophe ties to the word before it.
fn is_suffix(rest: &str) -> bool {
    let word = rest.find(|c: char| !c.is_alphanumeric()).map_or(rest, |end| &rest[..end]);
    ["s", "t", "d", "m", "ll", "re", "ve", "S"].contains(&word)
}
