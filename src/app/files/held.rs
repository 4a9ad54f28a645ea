//! What there is to say of a file until it is its turn: in memory, and on the disk when it gets long.

use std::io::{self, Read, Seek, Write};

use tempfile::{SpooledTempFile, env, spooled_tempfile};

use super::temporary::nameless;

pub(crate) struct Held(SpooledTempFile);

impl Held {
    /// Up to this many bytes are held in memory.
    pub(crate) fn new(bytes: usize) -> Self {
        Self(spooled_tempfile(bytes))
    }

    /// Whether there is nothing.
    pub(crate) fn is_empty(&mut self) -> io::Result<bool> {
        Ok(self.0.stream_position()? == 0)
    }

    /// Reads from its beginning.
    pub(crate) fn reader(&mut self) -> io::Result<&mut impl Read> {
        self.0.rewind()?;
        Ok(&mut self.0)
    }

    /// Gives all of it.
    pub(crate) fn give(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let reader = self.reader()?;
        let mut piece = [0; 16 * 1024];
        loop {
            match reader.read(&mut piece)? {
                0 => return Ok(()),
                n => out.write_all(&piece[..n])?,
            }
        }
    }
}

impl Write for Held {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(|error| {
            let folder = env::temp_dir();
            let message = format!(
                "what there is to say of it can't be held in {}: {}: set TMPDIR to a directory with room",
                folder.display(),
                nameless(error)
            );
            io::Error::other(message)
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
