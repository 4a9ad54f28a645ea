//! What comes out: kept bytes, edits and notes, told to a receiver in the input's order.

use std::borrow::Cow;
use std::io;
use std::ops::Range;

use crate::rules::Rule;

/// A range of the input that reads otherwise in the output.
///
/// Edits of one document are ascending and disjoint. Two may touch; they never overlap. `before` and `after` differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit<'a> {
    /// Where it begins in the input, in bytes.
    pub start: u64,
    /// The input's bytes.
    pub before: Cow<'a, [u8]>,
    /// The output's bytes.
    pub after: Cow<'a, [u8]>,
    /// The rules that made it, in their order: at least one.
    pub rules: Cow<'a, [Rule]>,
}

impl Edit<'_> {
    /// The range of the input, in bytes.
    pub fn range(&self) -> Range<u64> {
        self.start..self.start + self.before.len() as u64
    }

    /// The same edit with bytes of its own.
    pub fn into_owned(self) -> Edit<'static> {
        Edit {
            start: self.start,
            before: Cow::Owned(self.before.into_owned()),
            after: Cow::Owned(self.after.into_owned()),
            rules: Cow::Owned(self.rules.into_owned()),
        }
    }
}

/// Something that was seen and left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where it is in the input, in bytes.
    pub at: u64,
    /// The rule that saw it.
    pub rule: Rule,
}

/// Takes what comes out of a session. An error ends the session: nothing more is told after it.
pub trait Receiver {
    /// Bytes that stay as they are.
    ///
    /// # Errors
    /// Whatever keeps the receiver from taking them.
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Bytes that read otherwise.
    ///
    /// # Errors
    /// Whatever keeps the receiver from taking them.
    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()>;

    /// Something that was seen and left as it is: told before the bytes that it is about.
    ///
    /// # Errors
    /// Whatever keeps the receiver from taking it.
    fn note(&mut self, note: Note) -> io::Result<()> {
        let _ = note;
        Ok(())
    }
}

/// Why a text could not be restored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RestoreError {
    /// The edits are not in the input's order, or overlap.
    #[error("the edit at byte {0} of the input overlaps the one before it")]
    Order(u64),
    /// The output does not read as the edit says.
    #[error("the output does not hold what the edit at byte {0} of the input wrote")]
    Mismatch(u64),
}

/// The input, from the output and the edits that made it: bytes in, bytes out.
///
/// # Errors
/// The output or the edits are not what a session told.
///
/// ```
/// let cleaned = copydesk::Cleaner::default().clean("Ships sail to the USA.\n");
/// let input = copydesk::restore(cleaned.text.as_bytes(), &cleaned.edits).unwrap();
/// assert_eq!(input, b"Ships sail to the USA.\n");
/// ```
pub fn restore(output: &[u8], edits: &[Edit<'_>]) -> Result<Vec<u8>, RestoreError> {
    let mut input = Vec::with_capacity(output.len());
    let mut at = 0;
    for edit in edits {
        let kept = edit.start.checked_sub(input.len() as u64).ok_or(RestoreError::Order(edit.start))?;
        let end = usize::try_from(kept)
            .ok()
            .and_then(|kept| kept.checked_add(at))
            .ok_or(RestoreError::Mismatch(edit.start))?;
        let kept = output.get(at..end).ok_or(RestoreError::Mismatch(edit.start))?;
        input.extend_from_slice(kept);
        if !output[end..].starts_with(&edit.after) {
            return Err(RestoreError::Mismatch(edit.start));
        }
        input.extend_from_slice(&edit.before);
        at = end + edit.after.len();
    }
    input.extend_from_slice(&output[at..]);
    Ok(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: u64, before: &'static str, after: &'static str) -> Edit<'static> {
        Edit {
            start,
            before: before.as_bytes().into(),
            after: after.as_bytes().into(),
            rules: vec![Rule::CountryName].into(),
        }
    }

    #[test]
    fn edits_that_are_not_the_outputs_are_refused() {
        assert_eq!(restore(b"a b", &[edit(2, "c", "x")]), Err(RestoreError::Mismatch(2)));
        assert_eq!(restore(b"a b", &[edit(9, "c", "b")]), Err(RestoreError::Mismatch(9)));
        assert_eq!(restore(b"a b", &[edit(2, "c", "b"), edit(1, "c", "b")]), Err(RestoreError::Order(1)));
        assert_eq!(restore(b"a b", &[edit(2, "c", "b")]), Ok(b"a c".to_vec()));
    }
}
