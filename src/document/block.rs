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
    /// How many of them are short: at most 64 chars.
    pub(crate) short: u8,
    /// How many of them end in a sentence's closing punctuation (`.`, `!`, `?`, also inside closing quotes or brackets).
    pub(crate) closed: u8,
    /// The paragraph's place in the block: 0 is the first line; stays at 255 beyond.
    pub(crate) index: u8,
}
