//! Runs the stage on a text until nothing more goes: a removal may bring the parts of another marker together.

use std::borrow::Cow;
use std::ops::Range;

use super::{Context, Document, Markers, Stripped, find, repair};
use crate::change::{Change, changed};
use crate::document::buffer::{Buffer, Span};
use crate::document::text::{Patch, Text};

/// Markers nested deeper than this are no scraper's work. Such a text stays as it is, whole, so that a second run finds the same.
const MAX_ROUNDS: usize = 12;

/// Strips a text that is a candidate.
pub(super) fn strip<'t>(
    markers: &Markers,
    text: &'t str,
    window: Range<usize>,
    context: &Context,
    document: &Document,
) -> Stripped<'t> {
    let mut done: Vec<Change> = Vec::new();
    let mut current = Cow::Borrowed(text);
    let mut to = window.end;
    for round in 0..MAX_ROUNDS {
        // Mostly the text is no candidate any more when its marker has gone.
        let is_candidate = round == 0 || markers.is_candidate(current.as_bytes());
        let removals = if is_candidate {
            find::removals(markers, &current, window.start..to, context, document)
        } else {
            Vec::new()
        };
        let mut edits = repair::changes(&current, removals, window.start..to, context);
        edits.retain(|edit| current[edit.range.clone()] != *edit.new);
        if edits.is_empty() {
            return Stripped { changes: done, text: current, is_candidate };
        }
        let next = changed(&current, &edits).into_owned();
        to = (to + next.len()).saturating_sub(current.len()).max(window.start);
        done = if done.is_empty() { edits } else { composed(text, &done, &edits) };
        current = Cow::Owned(next);
    }
    Stripped { changes: Vec::new(), text: Cow::Borrowed(text), is_candidate: true }
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
