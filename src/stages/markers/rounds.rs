//! Runs the stage on a text until nothing more goes: a removal may bring the parts of another marker together.

use std::borrow::Cow;
use std::ops::Range;

use super::{Context, Document, Markers, find, repair};
use crate::change::{Change, changed};
use crate::document::buffer::{Buffer, Span};
use crate::document::text::{Patch, Text};

/// Markers nested deeper than this are no scraper's work. Such a text stays as it is, whole, so that a second run finds the same.
const MAX_ROUNDS: usize = 12;

pub(super) fn changes(
    markers: &Markers,
    text: &str,
    window: Range<usize>,
    context: &Context,
    document: &Document,
    out: &mut Vec<Change>,
) {
    let mut done: Vec<Change> = Vec::new();
    let mut current = Cow::Borrowed(text);
    let mut to = window.end;
    for round in 0..MAX_ROUNDS {
        // The caller has seen that the text is a candidate. Mostly it is none any more when its marker has gone.
        let removals = if round == 0 || markers.is_candidate(current.as_bytes()) {
            find::removals(markers, &current, window.start..to, context, document)
        } else {
            Vec::new()
        };
        let mut edits = repair::changes(&current, removals, window.start..to, context);
        edits.retain(|edit| current[edit.range.clone()] != *edit.new);
        if edits.is_empty() {
            out.append(&mut done);
            return;
        }
        let next = changed(&current, &edits).into_owned();
        to = (to + next.len()).saturating_sub(current.len()).max(window.start);
        done = if done.is_empty() { edits } else { composed(text, &done, &edits) };
        current = Cow::Owned(next);
    }
}

/// The changes of a text that do what `first` does, and `then` after it.
fn composed(text: &str, first: &[Change], then: &[Change]) -> Vec<Change> {
    let mut buffer = Buffer::default();
    buffer.append(text.as_bytes());
    let mut current = Text::new(Span::new(0, text.len() as u64));
    current.apply(first, &buffer);
    current.apply(then, &buffer);
    let bytes = current.bytes(&buffer);
    let change = |patch: &Patch| Change {
        range: patch.input.start as usize..patch.input.end as usize,
        new: String::from_utf8_lossy(&bytes[patch.now.clone()]).into_owned().into(),
        // That of the outer marker.
        reason: *patch.reasons.last().expect("a patch has a reason"),
    };
    current.patches().iter().map(change).collect()
}
