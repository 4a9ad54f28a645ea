//! The log of a run's edits: what a record looks like ([`record`]), how it is written (`--edits`, [`write`]), and how a text is
//! put back by it (`--undo`, [`read`], [`undo`]).
//!
//! The records of an input stand together, in the order of the text; a last one holds length and checksum of the input.
//! So a log that breaks off is known, and what is put back is known to be the input. To stdout inputs go one behind the other:
//! their records, taken together, undo the whole.

mod read;
mod record;
mod undo;
mod write;

pub(crate) use read::Logged;
pub(crate) use record::Recorder;
pub(crate) use undo::undo;
pub(crate) use write::{Log, Turn};
