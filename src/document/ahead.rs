//! Where the next candidate of a search is: each byte of the input is searched once, and a paragraph before it costs nothing.

use super::buffer::{Buffer, Span};

#[derive(Debug)]
pub(crate) struct Ahead {
    /// Length in bytes of the longest thing that is searched for.
    longest: u64,
    /// Nothing is there before this offset, counted from where was looked first.
    next: Option<u64>,
    searched: u64,
}

impl Ahead {
    pub(crate) fn new(longest: usize) -> Self {
        Self { longest: longest as u64, next: None, searched: 0 }
    }

    /// Whether something begins in the span. Spans must not go back.
    pub(crate) fn is_in(&mut self, span: Span, buffer: &Buffer, find: impl Fn(&[u8]) -> Option<usize>) -> bool {
        loop {
            match self.next {
                Some(at) if at >= span.end => return false,
                Some(at) if at >= span.start => return true,
                // What was found lies behind us.
                Some(_) => {
                    self.next = None;
                    self.searched = span.start;
                }
                None if self.searched >= span.end => return false,
                None => {
                    let from = self.searched.max(span.start);
                    self.next = find(buffer.rest(from)).map(|i| from + i as u64);
                    // What begins in the last bytes may not be there in full.
                    self.searched = (buffer.end() + 1).saturating_sub(self.longest).max(span.end);
                    if self.next.is_none() {
                        return false;
                    }
                }
            }
        }
    }
}
