//! What comes out: kept bytes, edits and notes, emitted to a sink in the input's order.

use std::borrow::Cow;
use std::io::{self, ErrorKind, Read, Write};
use std::ops::Range;

use crate::reasons::Reason;

/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;

/// A range of the input that reads otherwise in the output.
///
/// Edits of one document are ascending and disjoint. Two may touch; they never overlap. `before` and `after` differ.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edit<'a> {
    /// Where it begins in the input, in bytes.
    pub start: u64,
    /// The input's bytes.
    pub before: Cow<'a, [u8]>,
    /// The output's bytes.
    pub after: Cow<'a, [u8]>,
    /// Why it was made, in their order: at least one.
    pub reasons: Cow<'a, [Reason]>,
}

impl<'a> Edit<'a> {
    /// An edit that begins at an offset in the input, in bytes.
    pub fn new(
        start: u64,
        before: impl Into<Cow<'a, [u8]>>,
        after: impl Into<Cow<'a, [u8]>>,
        reasons: impl Into<Cow<'a, [Reason]>>,
    ) -> Self {
        Self { start, before: before.into(), after: after.into(), reasons: reasons.into() }
    }

    /// The range of the input, in bytes.
    pub fn range(&self) -> Range<u64> {
        self.start..self.start + self.before.len() as u64
    }

    fn borrowed(&self) -> Edit<'_> {
        Edit::new(self.start, &*self.before, &*self.after, &*self.reasons)
    }

    /// The same edit with bytes of its own.
    pub fn into_owned(self) -> Edit<'static> {
        Edit {
            start: self.start,
            before: Cow::Owned(self.before.into_owned()),
            after: Cow::Owned(self.after.into_owned()),
            reasons: Cow::Owned(self.reasons.into_owned()),
        }
    }
}

/// Something that was seen and left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// Where it is in the input, in bytes.
    pub at: u64,
    /// Why it was noted.
    pub reason: Reason,
}

/// Takes what comes out of a session, in the input's order. An error ends the session: nothing more is emitted after it.
///
/// `Vec<u8>` and [`WriteSink`] keep the output alone, [`Cleaned`] everything. One of your own sees each edit as it is made:
///
/// ```
/// use std::io;
///
/// use copydesk::{Cleaner, Edit, EditSink};
///
/// struct Count(u64);
///
/// impl EditSink for Count {
///     fn keep(&mut self, _: &[u8]) -> io::Result<()> {
///         Ok(())
///     }
///
///     fn edit(&mut self, _: Edit<'_>) -> io::Result<()> {
///         self.0 += 1;
///         Ok(())
///     }
/// }
///
/// let mut edits = Count(0);
/// let mut session = Cleaner::default().session();
/// session.push(b"Ships sail to the USA every week.\n", &mut edits)?;
/// session.finish(&mut edits)?;
/// assert_eq!(edits.0, 1);
/// # io::Result::Ok(())
/// ```
pub trait EditSink {
    /// Bytes that stay as they are. Neighbours mostly come in one call, but how they are cut has no meaning.
    ///
    /// # Errors
    /// Whatever keeps the sink from taking them.
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Bytes that read otherwise in the output.
    ///
    /// # Errors
    /// Whatever keeps the sink from taking them.
    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()>;

    /// Something that was seen and left as it is: emitted before the bytes that it is about.
    ///
    /// # Errors
    /// Whatever keeps the sink from taking it.
    fn note(&mut self, note: Note) -> io::Result<()> {
        let _ = note;
        Ok(())
    }
}

impl<S: EditSink + ?Sized> EditSink for &mut S {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        (**self).keep(bytes)
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        (**self).edit(edit)
    }

    fn note(&mut self, note: Note) -> io::Result<()> {
        (**self).note(note)
    }
}

/// Keeps the output in memory.
impl EditSink for Vec<u8> {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.extend_from_slice(bytes);
        Ok(())
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        self.extend_from_slice(&edit.after);
        Ok(())
    }
}

/// Writes the output to a writer. It does not buffer: small edits are small writes.
#[derive(Clone, Copy, Debug, Default)]
pub struct WriteSink<W>(pub W);

impl<W: Write> EditSink for WriteSink<W> {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        self.0.write_all(&edit.after)
    }
}

/// An output and what was done to the input: text, or bytes that may be no valid UTF-8.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cleaned<T = String> {
    /// The output.
    pub text: T,
    /// Every edit, in the input's order. With the output they give the input back: [`restore`].
    pub edits: Vec<Edit<'static>>,
    /// What was seen and left.
    pub notes: Vec<Note>,
}

/// Keeps everything in memory.
impl EditSink for Cleaned<Vec<u8>> {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.text.keep(bytes)
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        self.text.extend_from_slice(&edit.after);
        self.edits.push(edit.into_owned());
        Ok(())
    }

    fn note(&mut self, note: Note) -> io::Result<()> {
        self.notes.push(note);
        Ok(())
    }
}

/// Why a text could not be restored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RestoreError {
    /// The edits are not in the input's order, or overlap.
    #[error("the edit at byte {0} of the input overlaps the one before it")]
    Order(u64),
    /// The output does not read as the edit says.
    #[error("the output does not hold what the edit at byte {0} of the input wrote")]
    Mismatch(u64),
}

impl From<RestoreError> for io::Error {
    fn from(error: RestoreError) -> Self {
        io::Error::new(ErrorKind::InvalidData, error)
    }
}

/// The input, from the output and the edits that made it: bytes in, bytes out.
///
/// # Errors
/// The output or the edits are not what a session emitted.
///
/// ```
/// let cleaned = copydesk::Cleaner::default().clean("Ships sail to the USA.\n");
/// let input = copydesk::restore(cleaned.text.as_bytes(), &cleaned.edits).unwrap();
/// assert_eq!(input, b"Ships sail to the USA.\n");
/// ```
pub fn restore(output: &[u8], edits: &[Edit<'_>]) -> Result<Vec<u8>, RestoreError> {
    let mut input = Vec::with_capacity(output.len());
    match restore_from(output, edits.iter().map(|edit| Ok(edit.borrowed())), &mut input) {
        Ok(()) => Ok(input),
        Err(error) => Err(error.downcast().expect("memory gives and takes everything")),
    }
}

/// As [`restore`], in bounded memory: reads the output, takes the edits one by one, and emits the input with the inverse of
/// each edit, which begins at an offset in the output and whose `after` holds the input's bytes.
///
/// # Errors
/// Those of the reader, of the edits and of the sink; or a [`RestoreError`], with [`ErrorKind::InvalidData`]: the sink has
/// already been given the bytes before it; discard them.
///
/// ```
/// use copydesk::{Cleaner, restore_from};
///
/// let cleaned = Cleaner::default().clean("Ships sail to the USA.\n");
/// let mut input = Vec::new();
/// restore_from(cleaned.text.as_bytes(), cleaned.edits.into_iter().map(Ok), &mut input)?;
/// assert_eq!(input, b"Ships sail to the USA.\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn restore_from<'e>(
    mut output: impl Read,
    edits: impl IntoIterator<Item = io::Result<Edit<'e>>>,
    out: &mut dyn EditSink,
) -> io::Result<()> {
    let mut piece = vec![0; PIECE];
    let (mut input_at, mut output_at) = (0, 0);
    for edit in edits {
        let edit = edit?;
        let mismatch = || RestoreError::Mismatch(edit.start);
        let kept = edit.start.checked_sub(input_at).ok_or(RestoreError::Order(edit.start))?;
        if keep(&mut output, kept, &mut piece, out)? < kept || !begins_with(&mut output, &edit.after, &mut piece)? {
            return Err(mismatch().into());
        }
        let start = output_at + kept;
        input_at = edit.start.checked_add(edit.before.len() as u64).ok_or_else(mismatch)?;
        output_at = start + edit.after.len() as u64;
        out.edit(Edit::new(start, edit.after, edit.before, edit.reasons))?;
    }
    keep(&mut output, u64::MAX, &mut piece, out).map(drop)
}

/// Emits a number of bytes as kept, fewer where the output ends; gives how many.
fn keep(output: &mut impl Read, bytes: u64, piece: &mut [u8], out: &mut dyn EditSink) -> io::Result<u64> {
    let mut kept = 0;
    while kept < bytes {
        let most = usize::try_from(bytes - kept).map_or(piece.len(), |most| most.min(piece.len()));
        match output.read(&mut piece[..most]) {
            Ok(0) => break,
            Ok(n) => {
                out.keep(&piece[..n])?;
                kept += n as u64;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(kept)
}

/// Whether these bytes come next.
fn begins_with(output: &mut impl Read, bytes: &[u8], piece: &mut [u8]) -> io::Result<bool> {
    for part in bytes.chunks(piece.len()) {
        match output.read_exact(&mut piece[..part.len()]) {
            Ok(()) if piece[..part.len()] == *part => {}
            Ok(()) => return Ok(false),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: u64, before: &'static str, after: &'static str) -> Edit<'static> {
        Edit::new(start, before.as_bytes(), after.as_bytes(), vec![Reason::CountryForm])
    }

    #[test]
    fn edits_that_are_not_the_outputs_are_refused() {
        assert_eq!(restore(b"a b", &[edit(2, "c", "x")]), Err(RestoreError::Mismatch(2)));
        assert_eq!(restore(b"a b", &[edit(9, "c", "b")]), Err(RestoreError::Mismatch(9)));
        assert_eq!(restore(b"a b", &[edit(2, "c", "b"), edit(1, "c", "b")]), Err(RestoreError::Order(1)));
        assert_eq!(restore(b"a b", &[edit(u64::MAX, "c", "b")]), Err(RestoreError::Mismatch(u64::MAX)));
        assert_eq!(restore(b"a b", &[edit(2, "c", "b")]), Ok(b"a c".to_vec()));
    }

    /// Reads that give a byte at a time, and are interrupted before each.
    struct Slow<'a>(&'a [u8], bool);

    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            self.1 = !self.1;
            let most = into.len().min(1);
            if self.1 { Err(ErrorKind::Interrupted.into()) } else { self.0.read(&mut into[..most]) }
        }
    }

    #[test]
    fn restoring_emits_edits_of_the_output() {
        let edits = [edit(1, "xyz", ""), edit(4, "", "12"), edit(6, "c", "d")];
        let mut back = Cleaned::<Vec<u8>>::default();
        restore_from(Slow(b"a12bbd!", false), edits.iter().cloned().map(Ok), &mut back).expect("it is the output");
        assert_eq!(back.text, b"axyzbbc!");
        assert_eq!(back.edits, [edit(1, "", "xyz"), edit(1, "12", ""), edit(5, "d", "c")]);
        assert_eq!(restore(&back.text, &back.edits), Ok(b"a12bbd!".to_vec()));
    }
}
