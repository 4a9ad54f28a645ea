//! Undoes the edits of a cleaned text: what comes out is compared with what the run had read.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use copydesk::{Edit, EditSink, restore_from};

use super::back::{Back, Logs};
use super::record::Sum;
use crate::app::clean::{Failure, Reporter};
use crate::app::files::Held;
use crate::app::input::Input;

/// Bytes of a stream that wait in memory until all of it is known; the rest waits on the disk.
const HELD: usize = 1024 * 1024;

/// Undoes what the runs did to a text. After a failure, what came out is of no use.
pub(crate) fn undo(logs: &Logs, path: &Path, input: &mut Input, out: &mut Reporter<'_>) -> Result<(), Failure> {
    let name = input.name.clone();
    let (is, mut held) = looked_through(path, input).map_err(Failure::Input)?;
    let back = logs.back(path, &name, is).map_err(Failure::Input)?;
    let reader: &mut dyn Read = match &mut held {
        Some(held) => held.reader().map_err(|error| Failure::Input(error.into()))?,
        None => input,
    };
    let result = restore(reader, back, out);
    result
        .map_err(|error| if out.has_failed() { out.failure(error) } else { Failure::Input(cannot(&name, &error)) })?;
    out.end()
}

fn cannot(name: &str, error: &io::Error) -> anyhow::Error {
    match error.kind() {
        ErrorKind::InvalidData => anyhow!("cannot undo {name}: it is not the text that its log belongs to ({error})"),
        _ => anyhow!("cannot undo {name}: {error}"),
    }
}

/// The checksum of a text. A stream is held meanwhile, since it is read once.
fn looked_through(path: &Path, input: &mut Input) -> Result<(Sum, Option<Held>)> {
    let cannot = || format!("cannot read {}", input.name);
    if path.metadata().is_ok_and(|is| is.is_file()) {
        let file = File::open(path).with_context(cannot)?;
        let sum = match input.compression {
            Some(compression) => Sum::of(compression.decoder(file)),
            None => Sum::of(file),
        };
        return Ok((sum.with_context(cannot)?, None));
    }
    let (mut sum, mut held) = (Sum::default(), Held::new(HELD));
    let mut piece = vec![0; 64 * 1024];
    loop {
        match input.read(&mut piece) {
            Ok(0) => return Ok((sum, Some(held))),
            Ok(n) => {
                sum.add(&piece[..n]);
                held.write_all(&piece[..n])?;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error).with_context(|| format!("cannot read all of {}", input.name)),
        }
    }
}

fn restore(reader: &mut dyn Read, back: Back<'_>, out: &mut Reporter<'_>) -> io::Result<()> {
    let mut summed = Summed { sum: Sum::default(), out };
    restore_from(reader, back.edits, &mut summed)?;
    if summed.sum == back.input {
        Ok(())
    } else {
        Err(io::Error::new(ErrorKind::InvalidData, "what was kept of the input reads otherwise"))
    }
}

/// Passes on a text and sums it up.
struct Summed<'a, 'r> {
    sum: Sum,
    out: &'a mut Reporter<'r>,
}

impl EditSink for Summed<'_, '_> {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sum.add(bytes);
        self.out.keep(bytes)
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        self.sum.add(&edit.after);
        self.out.edit(edit)
    }
}
