//! Edits that are refused: by what an edit is known again ([`key`]), the file that names them ([`list`]), and what keeps them from
//! being made ([`filter`]).

mod filter;
mod key;
mod list;
#[cfg(test)]
mod tests;

pub(crate) use filter::{Event, Filter};
pub(crate) use key::{Around, Key};
pub(crate) use list::{Refused, append, line};
