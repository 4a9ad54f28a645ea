//! The shape of a block: a run of non-blank lines, judged once on a bounded start of it.

/// How the lines of a block belong together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Every line is a paragraph of its own.
    #[default]
    Listed,
    /// The block is one paragraph, broken into lines of about one width.
    Wrapped,
}

/// Where a paragraph stands in its block, and what the block looks like. Counts cover the block's first lines, at most 16.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct BlockShape {
    pub(crate) layout: Layout,
    /// Lines in the block, at most 16 (a block of one line: 1).
    pub(crate) lines: u8,
    /// How many of them are short: at most 64 chars. Not counted in a block of one line.
    pub(crate) short: u8,
    /// How many of them end in a sentence's closing punctuation (`.`, `!`, `?`, also inside closing quotes or brackets).
    /// Not counted in a block of one line.
    pub(crate) closed: u8,
    /// Its lines break inside sentences, though it is no clear case of a wrapped block: where one line ends says nothing.
    pub(crate) broken: bool,
    /// A block before it in the document was wrapped or broken.
    pub(crate) after_broken: bool,
    /// The paragraph's place in the block: 0 is the first line; stays at 255 beyond.
    pub(crate) index: u8,
}

impl BlockShape {
    /// Whether the block is one of short lines that are no sentences: verse, a table, an address. What stands in it is not
    /// joined, so no line of it disappears.
    pub(crate) fn is_lines(&self) -> bool {
        self.layout == Layout::Listed
            && self.lines > 2
            && u32::from(self.short) * 3 >= u32::from(self.lines) * 2
            && u32::from(self.closed) * 2 <= u32::from(self.lines)
    }
}
