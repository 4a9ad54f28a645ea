//! Runs the stage on a text until nothing more goes: a removal may bring the parts of another marker together.

use std::borrow::Cow;
use std::ops::Range;

use super::{Context, Document, Markers, find, repair};
use crate::change::Change;
use crate::reasons::Reason;

/// Markers nested deeper than this are no scraper's work. Such a text stays as it is, whole, so that a second run finds the same.
const MAX_ROUNDS: usize = 12;

/// A piece of the text as it has become.
#[derive(Clone, Debug)]
enum Piece {
    Kept(Range<usize>),
    /// New text in place of what lies between the kept pieces beside it.
    New(Cow<'static, str>, Reason),
}

pub(super) fn changes(
    markers: &Markers,
    text: &str,
    window: Range<usize>,
    context: &Context,
    document: &Document,
    out: &mut Vec<Change>,
) {
    let mut pieces = vec![Piece::Kept(0..text.len())];
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
            collect(text, &pieces, out);
            return;
        }
        let next = apply(&current, &edits);
        to = (to + next.len()).saturating_sub(current.len()).max(window.start);
        pieces = cut(pieces, &edits);
        current = Cow::Owned(next);
    }
}

/// The text with its edits.
pub(super) fn apply(text: &str, edits: &[Change]) -> String {
    let mut new = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        new.push_str(&text[at..edit.range.start]);
        new.push_str(&edit.new);
        at = edit.range.end;
    }
    new.push_str(&text[at..]);
    new
}

fn len(piece: &Piece) -> usize {
    match piece {
        Piece::Kept(range) => range.len(),
        Piece::New(new, _) => new.len(),
    }
}

/// The first `at` bytes of a piece, and the rest.
fn split(piece: Piece, at: usize) -> (Piece, Piece) {
    match piece {
        Piece::Kept(range) => (Piece::Kept(range.start..range.start + at), Piece::Kept(range.start + at..range.end)),
        Piece::New(new, reason) => {
            let (a, b) = new.split_at(at);
            (Piece::New(Cow::Owned(a.to_owned()), reason), Piece::New(Cow::Owned(b.to_owned()), reason))
        }
    }
}

/// Cuts the edits, which are ranges of the current text, out of its pieces.
fn cut(pieces: Vec<Piece>, edits: &[Change]) -> Vec<Piece> {
    let mut new = Vec::with_capacity(pieces.len() + 2 * edits.len());
    let mut pieces = pieces.into_iter();
    let mut current = pieces.next();
    let mut at = 0;
    for edit in edits {
        advance(&mut pieces, &mut current, &mut at, edit.range.start, |piece| new.push(piece));
        let reason = edit.reason;
        // The removal is marked even where no text takes its place, so that its reason is known.
        new.push(Piece::New(edit.new.clone(), reason));
        advance(&mut pieces, &mut current, &mut at, edit.range.end, |_| {});
    }
    new.extend(current);
    new.extend(pieces);
    new
}

/// Hands over the pieces up to offset `to`.
fn advance(
    pieces: &mut std::vec::IntoIter<Piece>,
    current: &mut Option<Piece>,
    at: &mut usize,
    to: usize,
    mut take: impl FnMut(Piece),
) {
    while *at < to {
        let Some(piece) = current.take() else { return };
        let length = len(&piece);
        if *at + length <= to {
            *at += length;
            take(piece);
            *current = pieces.next();
        } else {
            let (a, b) = split(piece, to - *at);
            *at = to;
            take(a);
            *current = Some(b);
        }
    }
}

/// What lies between the pieces that stayed is what changed.
fn collect(text: &str, pieces: &[Piece], out: &mut Vec<Change>) {
    let mut start = 0;
    let mut new: Cow<'static, str> = Cow::Borrowed("");
    let mut reason = None;
    let mut close = |range: Range<usize>, new: Cow<'static, str>, reason: Option<Reason>| {
        if let Some(reason) = reason.filter(|_| text[range.clone()] != *new) {
            out.push(Change { range, new, reason });
        }
    };
    for piece in pieces {
        match piece {
            Piece::Kept(range) if range.is_empty() => {}
            Piece::Kept(range) => {
                close(start..range.start, std::mem::take(&mut new), reason.take());
                start = range.end;
            }
            Piece::New(text, r) => {
                reason = reason.or(Some(*r));
                if new.is_empty() {
                    new = text.clone();
                } else if !text.is_empty() {
                    new.to_mut().push_str(text);
                }
            }
        }
    }
    close(start..text.len(), new, reason);
}
