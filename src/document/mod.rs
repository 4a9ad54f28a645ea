//! The text model: what a document is made of, and where its bytes are.
//!
//! Bytes in here are the input's and are addressed by their offset in it; what a stage makes of them is in [`text`].

pub(crate) mod assemble;
pub(crate) mod block;
pub(crate) mod buffer;
pub(crate) mod fence;
pub(crate) mod judge;
pub(crate) mod kind;
pub(crate) mod language;
pub(crate) mod layout;
pub(crate) mod lines;
mod markup;
pub(crate) mod next_match;
pub(crate) mod paragraph;
pub(crate) mod role;
pub(crate) mod text;
pub(crate) mod window;

/// How much of a document is held back at most, in bytes: the look-ahead of every stage together, a line that is cleaned
/// in one piece, a run of blank lines that may be moved.
pub(crate) const LIMIT: u64 = 64 * 1024;
