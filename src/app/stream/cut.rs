//! Cuts a stream of texts after a separator, so that each part can be cleaned by itself.

use memchr::memmem::FinderRev;

/// Bytes after which a document is passed on in parts.
const LONG: usize = 1024 * 1024;

/// Part of a stream of documents.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) bytes: Vec<u8>,
    /// A document ends with it.
    pub(super) ends: bool,
}

#[derive(Debug)]
pub(super) struct TextCutter {
    separator: FinderRev<'static>,
    pending: Vec<u8>,
    /// Up to where separators were looked for.
    searched: usize,
}

impl TextCutter {
    pub(super) fn new(separator: &[u8]) -> Self {
        Self { separator: FinderRev::new(separator).into_owned(), pending: Vec::new(), searched: 0 }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
    }

    /// The next part, as long as can be; `None`: more bytes are needed, or (`is_all`) there are no more.
    pub(super) fn next(&mut self, is_all: bool) -> Option<Part> {
        let (end, ends) = match self.last_separator() {
            _ if is_all => (self.pending.len(), true),
            Some(end) => (end, true),
            None if self.pending.len() > LONG => (self.pending.len() - self.separator.needle().len() - 2, false),
            None => return None,
        };
        // What may be a separator stays whole, at the start of what is left.
        let end = if ends { end } else { memchr::memrchr(b'\n', &self.pending[..end]).map_or(end, |at| at + 1) };
        let rest = self.pending.split_off(end);
        self.searched = 0;
        let bytes = std::mem::replace(&mut self.pending, rest);
        (!bytes.is_empty()).then_some(Part { bytes, ends })
    }

    /// Where the line of the last separator ends.
    fn last_separator(&mut self) -> Option<usize> {
        let len = self.separator.needle().len();
        // One that was not whole may be now.
        let from = self.searched.saturating_sub(len + 8);
        self.searched = self.pending.len();
        let mut to = self.pending.len();
        while let Some(at) = self.separator.rfind(&self.pending[from..to]).map(|at| from + at) {
            if let Some(end) = self.line_end(at, at + len) {
                return Some(end);
            }
            to = at + len - 1;
        }
        None
    }

    /// The end of a line that is a separator.
    fn line_end(&self, at: usize, end: usize) -> Option<usize> {
        let is_start = at == 0 || self.pending[at - 1] == b'\n';
        let rest = &self.pending[end..];
        let ending = if rest.starts_with(b"\r\n") { 2 } else { usize::from(rest.starts_with(b"\n")) };
        (is_start && ending > 0).then_some(end + ending)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &[u8], size: usize) -> Vec<Part> {
        let mut cutter = TextCutter::new(b"\x0C");
        let mut parts = Vec::new();
        for piece in text.chunks(size) {
            cutter.push(piece);
            parts.extend(std::iter::from_fn(|| cutter.next(false)));
        }
        parts.extend(std::iter::from_fn(|| cutter.next(true)));
        parts
    }

    #[test]
    fn parts_end_after_a_separator() {
        let text = b"a\n\x0C\nb\x0C\n\x0C\r\n\xEF\xBB\xBFc\n\x0C\nd";
        let is_cut = |bytes: &[u8]| bytes.ends_with(b"\x0C\n") || bytes.ends_with(b"\x0C\r\n");
        for size in 1..text.len() {
            let parts = parts(text, size);
            assert_eq!(parts.iter().flat_map(|part| part.bytes.clone()).collect::<Vec<_>>(), text);
            let inner = &parts[..parts.len() - 1];
            assert!(inner.iter().all(|part| part.ends && is_cut(&part.bytes)), "{parts:?}");
        }
        assert_eq!(parts(text, 1).len(), 4);
        assert_eq!(parts(b"", 1), []);
    }

    #[test]
    fn a_long_document_is_passed_on_in_parts() {
        let text = [b"word\n".repeat(LONG / 2).as_slice(), b"\x0C\nnext"].concat();
        let parts = parts(&text, 4096);
        assert!(parts.len() > 2 && parts.iter().all(|part| part.bytes.len() <= LONG + 4096));
        let ends: Vec<bool> = parts.iter().map(|part| part.ends).collect();
        assert_eq!(ends.iter().filter(|ends| **ends).count(), 2);
        assert_eq!(parts.iter().flat_map(|part| part.bytes.clone()).collect::<Vec<_>>(), text);
    }
}
