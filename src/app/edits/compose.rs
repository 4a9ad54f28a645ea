//! Two runs on a text as one: edits that make the last text of the first.

use copydesk::{Edit, Reason};

use super::read::Entry;
use crate::app::place::Within;
use crate::app::refused::Key;

/// A change between the text in the middle and one of the others.
struct Span {
    /// Where it begins in the middle.
    at: u64,
    middle: Vec<u8>,
    /// What the other text has there.
    other: Vec<u8>,
    reasons: Vec<Reason>,
    file: Vec<u8>,
    within: Option<Within>,
    key: Option<Key>,
    /// The other text is the first one.
    is_first: bool,
}

impl Span {
    /// Of an edit that has its middle at this place.
    fn new(entry: Entry, at: u64, is_first: bool) -> Self {
        let Edit { before, after, reasons, .. } = entry.edit;
        let (other, middle) = if is_first { (before, after) } else { (after, before) };
        let (other, middle, reasons) = (other.into_owned(), middle.into_owned(), reasons.into_owned());
        Self { at, middle, other, reasons, file: entry.file, within: entry.within, key: entry.key, is_first }
    }

    fn end(&self) -> u64 {
        self.at + self.middle.len() as u64
    }
}

/// `first` makes the second text of the first, `second` the third of the second; both ascend. What comes out is counted anew.
pub(super) fn compose(first: Vec<Entry>, second: Vec<Entry>) -> Vec<Entry> {
    let mut spans = of_first(first);
    spans.extend(second.into_iter().map(|entry| {
        let at = entry.edit.start;
        Span::new(entry, at, false)
    }));
    spans.sort_by_key(|span| span.at);
    // How much longer the middle is than the first text, up to here.
    let mut longer = 0_i128;
    let mut composed: Vec<Entry> = Vec::new();
    for group in touching(&spans) {
        let middle = middle_of(group);
        let (before, after) = (other(group, &middle, true), other(group, &middle, false));
        let start = u64::try_from(i128::from(group[0].at) - longer).unwrap_or_default();
        longer += middle.len() as i128 - before.len() as i128;
        if before != after {
            let reasons: Vec<Reason> = group.iter().flat_map(|span| span.reasons.iter().copied()).collect();
            let edit = Edit::new(start, before, after, reasons);
            let within = group.iter().find_map(|span| span.within.clone());
            let number = composed.len() as u64 + 1;
            let key = if let [span] = group { span.key } else { None };
            composed.push(Entry { file: group[0].file.clone(), number, edit, within, key });
        }
    }
    composed
}

/// Spans in the middle, which these edits write.
fn of_first(entries: Vec<Entry>) -> Vec<Span> {
    let mut longer = 0_i128;
    let span = |entry: Entry| {
        let at = u64::try_from(i128::from(entry.edit.start) + longer).unwrap_or_default();
        longer += entry.edit.after.len() as i128 - entry.edit.before.len() as i128;
        Span::new(entry, at, true)
    };
    entries.into_iter().map(span).collect()
}

/// Spans that overlap or touch, together.
fn touching(spans: &[Span]) -> impl Iterator<Item = &[Span]> {
    let mut end = 0;
    spans.chunk_by(move |span, next| {
        end = span.end().max(end);
        next.at <= end
    })
}

/// The text in the middle from the first of these spans to the end of the last: each byte is in one of them at least.
fn middle_of(group: &[Span]) -> Vec<u8> {
    let mut middle = Vec::new();
    for span in group {
        let seen = middle.len() - offset(span, group);
        middle.extend_from_slice(span.middle.get(seen..).unwrap_or_default());
    }
    middle
}

fn offset(span: &Span, group: &[Span]) -> usize {
    usize::try_from(span.at - group[0].at).expect("the bytes between are in memory")
}

/// What one of the other texts has in the place of these spans.
fn other(group: &[Span], middle: &[u8], is_first: bool) -> Vec<u8> {
    let (mut text, mut at) = (Vec::new(), 0);
    for span in group.iter().filter(|span| span.is_first == is_first) {
        let start = offset(span, group);
        text.extend_from_slice(&middle[at..start]);
        text.extend_from_slice(&span.other);
        at = start + span.middle.len();
    }
    text.extend_from_slice(&middle[at..]);
    text
}

#[cfg(test)]
pub(super) mod tests {
    use copydesk::restore;
    use proptest::prelude::*;

    use super::*;

    /// A text after some edits, each given by bytes that stay before it, bytes that go, and bytes that come.
    pub(in crate::app::edits) fn edited(text: &[u8], edits: &[(usize, usize, Vec<u8>)]) -> (Vec<u8>, Vec<Entry>) {
        let (mut at, mut out, mut made) = (0, Vec::new(), Vec::new());
        for (stay, go, come) in edits {
            let start = text.len().min(at + stay);
            let end = text.len().min(start + go);
            out.extend_from_slice(&text[at..start]);
            out.extend_from_slice(come);
            let (before, after) = (text[start..end].to_vec(), come.clone());
            let edit = Edit::new(start as u64, before, after, vec![Reason::CountryForm]);
            if edit.before != edit.after {
                made.push(Entry { file: b"a".to_vec(), number: made.len() as u64 + 1, edit, within: None, key: None });
            }
            at = end;
        }
        out.extend_from_slice(&text[at..]);
        (out, made)
    }

    proptest! {
        #[test]
        fn two_runs_are_undone_as_one(
            text in prop::collection::vec(b'a'..b'e', 0..40),
            edits in prop::collection::vec(prop::collection::vec((0..9_usize, 0..5_usize, prop::collection::vec(b'A'..b'E', 0..5)), 0..5), 3),
        ) {
            let (mut now, mut composed) = (text.clone(), Vec::new());
            for edits in &edits {
                let (next, made) = edited(&now, edits);
                composed = compose(composed, made);
                now = next;
                let edits: Vec<Edit<'_>> = composed.iter().map(|entry| entry.edit.clone()).collect();
                prop_assert_eq!(restore(&now, &edits).expect("they belong together"), &text[..]);
            }
        }
    }
}
