//! Lines of the input that are judged together, before anything is made of them.

use super::buffer::Span;

/// Lines that come one after the other: their spans, without their endings, and their bytes.
#[derive(Default)]
pub(crate) struct Lines<'b> {
    spans: Vec<Span>,
    texts: Vec<&'b [u8]>,
}

impl<'b> Lines<'b> {
    pub(crate) fn len(&self) -> usize {
        self.spans.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    pub(crate) fn push(&mut self, span: Span, text: &'b [u8]) {
        self.spans.push(span);
        self.texts.push(text);
    }

    pub(crate) fn clear(&mut self) {
        self.spans.clear();
        self.texts.clear();
    }

    pub(crate) fn spans(&self) -> &[Span] {
        &self.spans
    }

    pub(crate) fn texts(&self) -> &[&'b [u8]] {
        &self.texts
    }
}
