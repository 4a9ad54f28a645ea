//! Conditions that can be removed, one at a time: `COPYDESK_MUTANT=N` removes the one with that number. This file goes into the
//! copy of the project that is tested.

use std::sync::LazyLock;

static REMOVED: LazyLock<usize> =
    LazyLock::new(|| std::env::var("COPYDESK_MUTANT").ok().and_then(|n| n.parse().ok()).unwrap_or(0));

/// An operand of `&&`: true once it is removed.
#[inline(never)]
pub(crate) fn and(number: usize, holds: bool) -> bool {
    holds || number == *REMOVED
}

/// An operand of `||`, the condition of an `if` or a guard: false once it is removed.
#[inline(never)]
pub(crate) fn or(number: usize, holds: bool) -> bool {
    holds && number != *REMOVED
}
