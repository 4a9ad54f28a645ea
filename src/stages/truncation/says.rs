//! What a word at the end says of it by itself.

use crate::reasons::Reason;

/// What an abbreviation at the end says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// More has to follow.
    Cut(Reason),
    /// The sentence can end here.
    Whole,
    /// The clauses decide.
    Nothing,
}

impl Says {
    /// `Some(true)`: more has to follow. `Some(false)`: nothing has to. `None`: the clauses decide.
    pub(super) fn of(asks: Option<bool>, reason: Reason) -> Self {
        match asks {
            Some(true) => Self::Cut(reason),
            Some(false) => Self::Whole,
            None => Self::Nothing,
        }
    }
}
