//! The one owner of held input. Everyone else holds spans.

use std::io::{self, Read};

/// A range of the input, in bytes from its beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: u64,
    pub(crate) end: u64,
}

impl Span {
    pub(crate) fn new(start: u64, end: u64) -> Self {
        debug_assert!(start <= end, "span {start}..{end}");
        Self { start, end }
    }

    pub(crate) fn len(self) -> u64 {
        self.end - self.start
    }

    pub(crate) fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// Bytes asked of a reader at once.
const READ: usize = 128 * 1024;

/// What memory is asked for by.
const PAGE: usize = 4 * 1024;

/// The held part of the input: from what is not yet decided to what was read last.
#[derive(Debug, Default)]
pub(crate) struct Buffer {
    /// Initialised to its whole length, so that a reader can fill it in place.
    bytes: Vec<u8>,
    filled: usize,
    /// Offset in the input of `bytes[0]`.
    base: u64,
}

impl Buffer {
    /// The offset after the last byte that was read.
    pub(crate) fn end(&self) -> u64 {
        self.base + self.filled as u64
    }

    pub(crate) fn slice(&self, span: Span) -> &[u8] {
        &self.bytes[self.index(span.start)..self.index(span.end)]
    }

    /// Everything from an offset to the end of what was read.
    pub(crate) fn rest(&self, start: u64) -> &[u8] {
        &self.bytes[self.index(start)..self.filled]
    }

    /// The span's bytes with those around it that are still held, at most `before` and `after` of them, and the span's place
    /// in them.
    pub(crate) fn around(&self, span: Span, before: u64, after: u64) -> (&[u8], usize) {
        let start = span.start.saturating_sub(before).max(self.base);
        let end = (span.end + after).min(self.end());
        (self.slice(Span::new(start, end)), (span.start - start) as usize)
    }

    /// The bytes before a span, at most `most` of them: as many are held of what was let go.
    pub(crate) fn before(&self, span: Span, most: u64) -> &[u8] {
        self.slice(Span::new(span.start.saturating_sub(most).max(self.base), span.start))
    }

    /// The bytes that follow a span, at most `most` of them, as far as they were read.
    pub(crate) fn after(&self, span: Span, most: usize) -> &[u8] {
        let rest = self.rest(span.end);
        &rest[..rest.len().min(most)]
    }

    pub(crate) fn append(&mut self, bytes: &[u8]) {
        self.make_room(bytes.len());
        self.bytes[self.filled..self.filled + bytes.len()].copy_from_slice(bytes);
        self.filled += bytes.len();
    }

    /// Reads once from `reader`; 0 at its end.
    pub(crate) fn read_from(&mut self, reader: &mut impl Read) -> io::Result<usize> {
        self.make_room(READ);
        loop {
            match reader.read(&mut self.bytes[self.filled..self.filled + READ]) {
                Ok(n) => {
                    self.filled += n;
                    return Ok(n);
                }
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    }

    /// Forgets what lies before an offset.
    pub(crate) fn release(&mut self, before: u64) {
        let n = self.index(before.max(self.base));
        if n > 0 {
            self.bytes.copy_within(n..self.filled, 0);
            self.filled -= n;
            self.base += n as u64;
        }
    }

    fn make_room(&mut self, n: usize) {
        if self.bytes.is_empty() {
            // Zeroed memory as the system gives it, untouched until it is used; a short text in one piece takes little.
            self.bytes = vec![0; n.next_multiple_of(PAGE)];
        } else if self.bytes.len() - self.filled < n {
            self.bytes.resize((self.filled + n).next_multiple_of(READ), 0);
        }
    }

    fn index(&self, offset: u64) -> usize {
        (offset - self.base) as usize
    }
}
