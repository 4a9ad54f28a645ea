//! Where the next candidate of a search is: each byte of the input is searched once, and a paragraph before it costs nothing.

use super::buffer::{Buffer, Span};

#[derive(Debug)]
pub(crate) struct NextMatch {
    /// Length in bytes of the longest thing that is searched for.
    longest: u64,
    /// Nothing begins before this offset, counted from where was looked first.
    clear: u64,
    /// Something begins right there.
    found: bool,
}

impl NextMatch {
    pub(crate) fn new(longest: usize) -> Self {
        Self { longest: longest as u64, clear: 0, found: false }
    }

    /// Whether something begins in the span. Spans must not go back.
    #[inline]
    pub(crate) fn is_in(&mut self, span: Span, buffer: &Buffer, find: impl Fn(&[u8]) -> Option<usize>) -> bool {
        span.end > self.clear && self.look(span, buffer, find)
    }

    /// The offset before which nothing begins, from `from` on. It may be `from` itself.
    #[inline]
    pub(crate) fn clear_until(&mut self, from: u64, buffer: &Buffer, find: impl Fn(&[u8]) -> Option<usize>) -> u64 {
        if self.clear <= from && !(self.found && self.clear == from) {
            self.look(Span::new(from, from), buffer, find);
        }
        self.clear.max(from)
    }

    fn look(&mut self, span: Span, buffer: &Buffer, find: impl Fn(&[u8]) -> Option<usize>) -> bool {
        if self.found && self.clear >= span.start {
            return true;
        }
        // What was found has been passed, or nothing was searched so far.
        let from = self.clear.max(span.start);
        let found = find(buffer.rest(from)).map(|i| from + i as u64);
        self.found = found.is_some();
        // What begins in the last bytes may not be there in full.
        self.clear = found.unwrap_or((buffer.end() + 1).saturating_sub(self.longest).max(span.end));
        self.found && self.clear < span.end
    }
}
