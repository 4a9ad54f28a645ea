//! A stream of records on its way through a cleaner, one record after the other.

use std::io;

use super::cut::{RecordCutter, RecordPiece};
use super::table::RecordsError;
use super::worker::RecordWorker;
use super::{ProblemKind, RecordProblem, RecordSink};

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
            self.piece(&piece, out)?;
        }
        Ok(())
    }

    fn piece(&mut self, piece: &RecordPiece, out: &mut dyn RecordSink) -> io::Result<()> {
        let bytes = match piece {
            RecordPiece::Records(chunk) => {
                self.done.1 += self.worker.clean(chunk, self.done, out)?;
                self.done.0 += chunk.len() as u64;
                return Ok(());
            }
            RecordPiece::Kept(bytes) => bytes,
            RecordPiece::TooLong { bytes, starts } => {
                if *starts {
                    self.done.1 += 1;
                    out.problem(RecordProblem { record: self.done.1, kind: ProblemKind::TooLong })?;
                }
                bytes
            }
        };
        self.done.0 += bytes.len() as u64;
        out.keep(bytes)
    }
}

impl From<RecordsError> for io::Error {
    fn from(error: RecordsError) -> Self {
        io::Error::new(io::ErrorKind::InvalidInput, error)
    }
}
