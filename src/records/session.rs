//! A stream of records on its way through a cleaner, one record after the other.

use std::io;

use super::RecordSink;
use super::cut::RecordCutter;
use super::table::RecordsError;
use super::worker::RecordWorker;

/// Cleans a stream of records piece by piece. How it is cut into pieces changes nothing.
#[derive(Debug)]
pub struct RecordSession {
    cutter: RecordCutter,
    worker: RecordWorker,
    /// Bytes and records that are done.
    done: (u64, u64),
}

impl RecordSession {
    pub(super) fn new(cutter: RecordCutter, worker: RecordWorker) -> Self {
        Self { cutter, worker, done: (0, 0) }
    }

    /// Takes the next bytes of the input.
    ///
    /// # Errors
    /// The sink's; or a [`RecordsError`], with [`io::ErrorKind::InvalidInput`]: nothing was emitted then.
    pub fn push(&mut self, bytes: &[u8], out: &mut dyn RecordSink) -> io::Result<()> {
        self.cutter.push(bytes);
        self.run(false, out)
    }

    /// The end of the input.
    ///
    /// # Errors
    /// As [`push`](Self::push).
    pub fn finish(mut self, out: &mut dyn RecordSink) -> io::Result<()> {
        self.run(true, out)
    }

    fn run(&mut self, is_all: bool, out: &mut dyn RecordSink) -> io::Result<()> {
        while let Some(piece) = self.cutter.next_piece(is_all)? {
            self.done.1 += self.worker.clean(&piece, self.done, out)?;
            self.done.0 += piece.bytes().len() as u64;
        }
        Ok(())
    }
}

impl From<RecordsError> for io::Error {
    fn from(error: RecordsError) -> Self {
        io::Error::new(io::ErrorKind::InvalidInput, error)
    }
}
