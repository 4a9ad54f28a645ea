//! A cleaned text on its way back: what comes out is held against what the run had read.

use std::io::{self, ErrorKind};

use anyhow::anyhow;
use copydesk::{Edit, Receiver, restore_from};

use super::read::Part;
use super::record::Sum;
use crate::app::clean::{Failure, Reporter};
use crate::app::input::Input;

/// Undoes what the run did to a text. After a failure, what came out is of no use.
pub(crate) fn undo(part: &Part<'_>, input: &mut Input, out: &mut Reporter<'_>) -> Result<(), Failure> {
    let sums: Vec<Sum> = part.sums().collect();
    let mut checked = Checked { left: &sums, got: Sum::default(), out };
    let result = part.edits().and_then(|edits| restore_from(&mut *input, edits, &mut checked));
    let result = result.and_then(|()| checked.finish());
    result.map_err(|error| match error.kind() {
        _ if out.has_failed() => out.failure(error),
        ErrorKind::InvalidData => Failure::Input(anyhow!(
            "cannot undo {}: it is not the text that {} belongs to ({error})",
            input.name,
            part.log.name
        )),
        _ => Failure::Input(anyhow!("cannot undo {}: {error}", input.name)),
    })
}

/// Passes on the inputs, one behind the other, and makes sure that they are.
struct Checked<'a, 'r> {
    left: &'a [Sum],
    /// Of the first that is left.
    got: Sum,
    out: &'a mut Reporter<'r>,
}

impl Checked<'_, '_> {
    fn check(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        loop {
            self.end_those_that_are_full()?;
            if bytes.is_empty() {
                return Ok(());
            }
            let room = self.left.first().ok_or_else(other)?.bytes - self.got.bytes;
            let (now, later) = bytes.split_at(usize::try_from(room).unwrap_or(usize::MAX).min(bytes.len()));
            self.got.add(now);
            bytes = later;
        }
    }

    fn end_those_that_are_full(&mut self) -> io::Result<()> {
        while let Some((sum, left)) = self.left.split_first().filter(|(sum, _)| sum.bytes == self.got.bytes) {
            if self.got != *sum {
                return Err(other());
            }
            (self.left, self.got) = (left, Sum::default());
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.end_those_that_are_full()?;
        if self.left.is_empty() { Ok(()) } else { Err(other()) }
    }
}

fn other() -> io::Error {
    io::Error::new(ErrorKind::InvalidData, "what was kept of the input reads otherwise")
}

impl Receiver for Checked<'_, '_> {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.check(bytes)?;
        self.out.keep(bytes)
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        self.check(&edit.after)?;
        self.out.edit(edit)
    }
}
