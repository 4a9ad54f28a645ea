//! Finds markers in a text and decides which of them go.

use std::ops::Range;

use super::directive::{Directive, directive, first_closer};
use super::lex::{MAX_BACKSLASHES, Read, is_blank, is_line_end, skip_spaces, skip_spaces_back};
use super::naming::{Names, is_example};
use super::repair::Removal;
use super::strings::{bare, bracketed};
use super::{Context, Document, Markers, custom, kept};
use crate::reasons::Reason;

#[derive(Clone, Debug)]
struct Found {
    range: Range<usize>,
    reason: Reason,
    /// Quotation marks stand around it.
    quoted: bool,
    /// Its line holds nothing but bracketed strings.
    alone: bool,
}

impl Found {
    fn new(range: Range<usize>, reason: Reason) -> Self {
        Self { range, reason, quoted: false, alone: false }
    }

    /// An error string in its brackets.
    fn is_bracketed(&self) -> bool {
        matches!(self.reason, Reason::ProcessingError | Reason::OtherServerError)
    }

    fn is_directive(&self) -> bool {
        matches!(self.reason, Reason::PlainDirective | Reason::EscapedDirective)
    }
}

/// The markers in `window` that go. One that reaches out of it belongs to no piece of its line.
pub(super) fn removals(
    markers: &Markers,
    text: &str,
    window: Range<usize>,
    context: &Context,
    document: &Document,
) -> Vec<Removal> {
    let mut found = find(markers, text, context);
    if found.is_empty() {
        return Vec::new();
    }
    drop_code(text, &mut found, context);
    drop_quoted(text, &mut found);
    drop_named(text, &mut found, context, document);
    found
        .into_iter()
        .filter(|f| window.start <= f.range.start && f.range.end <= window.end)
        .filter(|f| markers.switches.has(f.reason))
        .map(|f| Removal { reason: f.reason, range: f.range })
        .collect()
}

/// Everything that reads as a marker, ascending, disjoint.
fn find(markers: &Markers, text: &str, context: &Context) -> Vec<Found> {
    let mut found = built_in(text, context);
    if markers.has_patterns() {
        found.extend(
            custom::matches(&markers.patterns, text, context)
                .into_iter()
                .map(|range| Found::new(range, Reason::UserPattern)),
        );
        found.sort_by_key(|f| f.range.start);
        let mut end = 0;
        found.retain(|f| {
            let stays = f.range.start >= end;
            end = if stays { f.range.end } else { end };
            stays
        });
    }
    found
}

/// Where a marker may begin, its backslashes included.
pub(super) fn starts(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    triggers(bytes).map(|at| at - slashes_before(bytes, at))
}

fn slashes_before(bytes: &[u8], at: usize) -> usize {
    bytes[..at].iter().rev().take(MAX_BACKSLASHES).take_while(|b| **b == b'\\').count()
}

fn built_in(text: &str, context: &Context) -> Vec<Found> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut end = 0;
    let mut bare_lines = BareLines::new(text, context);
    for at in triggers(bytes) {
        bare_lines.before(at, &mut end, &mut found);
        if at < end {
            continue;
        }
        let start = end.max(at - slashes_before(bytes, at));
        if let Some((to, reason)) = marker(text, start) {
            found.push(Found::new(start..to, reason));
            end = to;
        }
    }
    bare_lines.before(bytes.len() + 1, &mut end, &mut found);
    found
}

/// Bytes with which a marker can begin, its backslashes apart.
fn triggers(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let error = move |at: &usize| bytes.get(at + 1).is_some_and(|b| b.eq_ignore_ascii_case(&b'e'));
    let mut others = memchr::memchr3_iter(b'[', b'<', b'&', bytes).peekable();
    let mut round = memchr::memchr_iter(b'(', bytes).filter(error).peekable();
    std::iter::from_fn(move || match (others.peek(), round.peek()) {
        (Some(other), Some(next)) if next < other => round.next(),
        (None, _) => round.next(),
        _ => others.next(),
    })
}

fn marker(text: &str, at: usize) -> Option<(usize, Reason)> {
    if let Some((Read::To(end), reason)) = bracketed(text, at) {
        return Some((end, reason));
    }
    let end = match directive(text, at) {
        Directive::To(end) => end,
        Directive::Open(_) => first_closer(text, at)?,
        Directive::No => return None,
    };
    let is_plain = text.as_bytes()[at] == b'<';
    Some((end, if is_plain { Reason::PlainDirective } else { Reason::EscapedDirective }))
}

/// Looks at the lines for strings without brackets, in step with the other markers.
struct BareLines<'t> {
    text: &'t str,
    ends: bool,
    next: Option<usize>,
}

impl<'t> BareLines<'t> {
    fn new(text: &'t str, context: &Context) -> Self {
        let next = if context.starts { Some(0) } else { next_line(text, 0) };
        Self { text, ends: context.ends, next }
    }

    /// Adds those that begin before `limit`.
    fn before(&mut self, limit: usize, end: &mut usize, found: &mut Vec<Found>) {
        while let Some(line) = self.next.filter(|n| *n < limit) {
            self.next = next_line(self.text, line);
            if line < *end {
                continue;
            }
            let Read::To(to) = bare(self.text, line) else {
                continue;
            };
            if skip_spaces(self.text, to) < self.text.len() || self.ends {
                found.push(Found::new(skip_spaces(self.text, line)..to, Reason::BareError));
                *end = to;
                self.next = next_line(self.text, to);
            }
        }
    }
}

fn next_line(text: &str, at: usize) -> Option<usize> {
    memchr::memchr(b'\n', &text.as_bytes()[at..]).map(|n| at + n + 1)
}

/// Code keeps its markers.
fn drop_code(text: &str, found: &mut Vec<Found>, context: &Context) {
    let mut code = kept::code(text, context.layout, context.starts);
    code.sort_by_key(|range| range.start);
    let (mut n, mut reach) = (0, 0);
    found.retain(|f| {
        while code.get(n).is_some_and(|range| range.start <= f.range.start) {
            reach = reach.max(code[n].end);
            n += 1;
        }
        f.range.start >= reach
    });
}

/// Quotation marks around a marker, or around several that stand together, keep them.
fn drop_quoted(text: &str, found: &mut Vec<Found>) {
    let mut first = 0;
    while first < found.len() {
        let mut last = first;
        while last + 1 < found.len() && is_joint(&text[found[last].range.end..found[last + 1].range.start]) {
            last += 1;
        }
        let together = kept::is_quoted(text, &(found[first].range.start..found[last].range.end));
        for f in &mut found[first..=last] {
            f.quoted = together || first < last && kept::is_quoted(text, &f.range);
        }
        first = last + 1;
    }
    found.retain(|f| !f.quoted);
}

/// What joins several markers in one quotation.
fn is_joint(gap: &str) -> bool {
    gap.len() <= 16
        && !gap.contains('\n')
        && matches!(gap.trim(), "" | "," | ";" | "/" | "|" | "&" | "and" | "or" | ", and" | ", or")
}

/// In a text that has named the thing before, only bracketed strings alone on their lines go.
fn drop_named(text: &str, found: &mut Vec<Found>, context: &Context, document: &Document) {
    find_alone(text, found, context);
    let mut names = Names::beside(found.iter().map(|f| &f.range), text, context.layout, document.named);
    found.retain(|found| {
        let is_free = found.reason == Reason::UserPattern || found.is_bracketed() && found.alone;
        let is_talk = || found.is_directive() && is_example(text, &found.range, context.layout);
        let goes = is_free || !names.before(found.range.start) && !is_talk();
        if goes {
            names.skip(&found.range);
        }
        goes
    });
}

/// Finds out of each marker whether it is alone.
fn find_alone(text: &str, found: &mut [Found], context: &Context) {
    let mut so_far = false;
    for n in 0..found.len() {
        let f = &found[n];
        let left = skip_spaces_back(text, f.range.start);
        let begins = if left == 0 { context.starts } else { text.as_bytes()[left - 1] == b'\n' };
        let following = n > 0 && so_far && text[found[n - 1].range.end..f.range.start].chars().all(is_blank);
        so_far = f.is_bracketed() && (begins || following);
        found[n].alone = so_far;
    }
    let mut so_far = false;
    for n in (0..found.len()).rev() {
        let f = &found[n];
        let right = skip_spaces(text, f.range.end);
        let ends = is_line_end(text, right) && (right < text.len() || context.ends);
        let before = n + 1 < found.len() && so_far && right >= found[n + 1].range.start;
        so_far = f.is_bracketed() && (ends || before);
        found[n].alone &= so_far;
    }
}
