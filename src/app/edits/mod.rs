//! The log of a run's edits: what a record looks like ([`record`]), how it is written (`--edits`, [`write`]), and how a text is
//! put back by it (`--undo`): a log is looked through ([`read`]), the runs that lead to the text are found ([`back`]) and taken
//! together ([`compose`]), some of the edits are chosen ([`choice`]), and they are put back ([`undo`]).
//!
//! The records of an input are together, in the order of the text; a last one has length and checksum of the input and of what
//! came out. So a log that breaks off is known, and what is put back is known to be the input. To stdout inputs go one after the
//! other: their records, taken together, undo the whole.

mod back;
mod choice;
mod compose;
mod read;
mod record;
mod undo;
mod write;

pub(crate) use back::Logs;
pub(crate) use choice::{Choice, NONE_CHOSEN, Numbers, numbers};
pub(crate) use record::{Recorder, field, record};
pub(crate) use undo::{Rest, Undone, undo};
pub(crate) use write::{Log, Turn};
