//! A session: one stream of documents on its way through a cleaner's stages.

use std::io::{self, Read};

use crate::document::assemble::{Assembler, Event};
use crate::document::buffer::Buffer;
use crate::pipeline::Pipeline;
use crate::script::EditSink;

/// Bytes that are taken at once.
const PIECE: usize = 128 * 1024;

/// Cleans a stream piece by piece. Decisions reach the sink as soon as they are made; how the input is cut into pieces
/// affects when it is called, never with what.
///
/// ```
/// use copydesk::{Cleaned, Cleaner};
///
/// let mut session = Cleaner::default().session();
/// let mut out = Cleaned::<Vec<u8>>::default();
/// for piece in ["Ships sail to the U", "SA ev", "ery week.\n"] {
///     session.push(piece.as_bytes(), &mut out)?;
/// }
/// session.finish(&mut out)?;
/// assert_eq!(out.text, b"Ships sail to the U.S. every week.\n");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Session {
    buffer: Buffer,
    assembler: Assembler,
    pipeline: Pipeline,
}

impl Session {
    pub(crate) fn new(assembler: Assembler, pipeline: Pipeline) -> Self {
        Self { buffer: Buffer::default(), assembler, pipeline }
    }

    /// Says, before the first bytes come, whether the text is Markdown: as [`Options::markdown`](crate::Options::markdown),
    /// which it replaces.
    #[must_use]
    pub fn markdown(mut self, markdown: bool) -> Self {
        self.assembler.set_markdown(markdown);
        self
    }

    /// Takes the next bytes of the input.
    ///
    /// # Errors
    /// The sink's. The session can't go on after it.
    pub fn push(&mut self, bytes: &[u8], out: &mut dyn EditSink) -> io::Result<()> {
        // Piece by piece, so that no more is held than with small reads.
        for piece in bytes.chunks(PIECE) {
            self.buffer.append(piece);
            self.run(false, out)?;
        }
        Ok(())
    }

    /// Reads once from `reader`, and takes what it gave: the number of bytes, 0 at its end.
    ///
    /// # Errors
    /// The reader's (after `Interrupted` it is asked again) or the sink's.
    pub fn read_from(&mut self, reader: &mut impl Read, out: &mut dyn EditSink) -> io::Result<usize> {
        let n = self.buffer.read_from(reader)?;
        self.run(false, out)?;
        Ok(n)
    }

    /// The end of an input, after which another one may begin: everything that is held is decided and emitted. What comes next is
    /// cleaned as if by a session of its own, but offsets go on counting, and what the session has allocated is used again.
    ///
    /// # Errors
    /// The sink's. The session can't go on after it.
    ///
    /// ```
    /// use copydesk::{Cleaned, Cleaner};
    ///
    /// let mut session = Cleaner::default().session();
    /// let mut out = Cleaned::<Vec<u8>>::default();
    /// for text in ["Ferry strike ends\n", "Ferry strike ends\n\nShips sail again.\n"] {
    ///     session.push(text.as_bytes(), &mut out)?;
    ///     session.end_input(&mut out)?;
    /// }
    /// assert!(out.edits.is_empty());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn end_input(&mut self, out: &mut dyn EditSink) -> io::Result<()> {
        self.last_of_input(&[], out)
    }

    /// Takes the last bytes of an input and [ends](Self::end_input) it.
    pub(crate) fn last_of_input(&mut self, bytes: &[u8], out: &mut dyn EditSink) -> io::Result<()> {
        let (before, last) = bytes.split_at(bytes.len().saturating_sub(PIECE));
        self.push(before, out)?;
        self.buffer.append(last);
        self.run(true, out)?;
        // Nothing of this input may be context of the next.
        self.buffer.release(self.buffer.end());
        self.assembler.restart(&self.buffer);
        Ok(())
    }

    /// The end of the input: everything that is held is decided and emitted.
    ///
    /// # Errors
    /// The sink's.
    pub fn finish(mut self, out: &mut dyn EditSink) -> io::Result<()> {
        self.run(true, out)
    }

    fn run(&mut self, eof: bool, out: &mut dyn EditSink) -> io::Result<()> {
        loop {
            self.pipeline.pass_clean_lines(&mut self.assembler, &self.buffer, eof, out)?;
            let Some(event) = self.assembler.next(&self.buffer, eof) else { break };
            match event {
                Event::Paragraph(paragraph) => {
                    self.pipeline.push(paragraph, &self.buffer, out)?;
                    if let Some((start, shape)) = self.pipeline.take_reshaped() {
                        self.assembler.reshape(start, shape);
                    }
                }
                Event::Pass(span) => self.pipeline.emitter.pass(span, &self.buffer, out)?,
                Event::Blank(span) => {
                    self.pipeline.force(&self.buffer, out)?;
                    self.pipeline.emitter.blank(span, &self.buffer, out)?;
                }
                Event::End(gap) => self.pipeline.finish(gap, &self.buffer, out)?,
            }
        }
        self.pipeline.emitter.flush(&self.buffer, out)?;
        self.pipeline.settle(&self.buffer);
        let held = self.pipeline.needed_from().unwrap_or(u64::MAX).min(self.assembler.needed_from());
        // Some bytes before a piece of a long line are its context.
        self.buffer.release(held.saturating_sub(crate::document::assemble::MARGIN));
        Ok(())
    }
}
