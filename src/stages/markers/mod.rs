//! Stage `markers`: strips the error strings of servers that expand server-side includes, directives that nobody expanded,
//! and what the user's patterns match. Here is the decision about one text; which lines belong together, empty lines and
//! section headings are the engine's.

mod candidate;
mod custom;
mod directive;
mod find;
mod headings;
mod kept;
mod lex;
mod naming;
mod pieces;
#[cfg(test)]
mod properties;
mod repair;
mod rounds;
pub(crate) mod stage;
mod strings;
#[cfg(test)]
mod tests;
mod wrapped;

pub(crate) use candidate::LONGEST_NEEDLE;
pub use custom::{MarkerPattern, PatternError};
pub(crate) use wrapped::{Continue, Open};

use std::borrow::Cow;
use std::ops::Range;

use crate::change::Change;
use crate::document::block::Layout;
use crate::document::layout::Strip;
use crate::scope::Switches;

/// The compiled stage, shared by all documents.
#[derive(Debug)]
pub(crate) struct Markers {
    pub(crate) switches: Switches,
    patterns: Vec<MarkerPattern>,
    candidates: candidate::Candidates,
}

/// What is carried from paragraph to paragraph of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Document {
    /// The text has named server-side includes.
    named: bool,
}

/// A text without what goes of it.
#[derive(Debug)]
pub(crate) struct Stripped<'t> {
    /// What it takes, ascending and disjoint.
    pub(crate) changes: Vec<Change>,
    pub(crate) text: Cow<'t, str>,
    /// Whether it may still hold something: the start of a marker, a name.
    is_candidate: bool,
}

/// What stands around a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Context {
    pub(crate) layout: Layout,
    /// The text begins where a line begins (not in the middle of an over-long line).
    pub(crate) starts: bool,
    /// The text ends where a line ends.
    pub(crate) ends: bool,
}

impl Default for Context {
    fn default() -> Self {
        Self { layout: Layout::Listed, starts: true, ends: true }
    }
}

impl Markers {
    /// Compiles the user's patterns. A pattern that can match nothing is an error, and so is one that is no regular expression.
    #[cfg(test)]
    pub(crate) fn new(patterns: &[String], switches: Switches) -> Result<Self, PatternError> {
        let patterns = patterns.iter().map(|pattern| MarkerPattern::new(pattern)).collect::<Result<_, _>>()?;
        Ok(Self::with(patterns, switches))
    }

    /// With the user's patterns.
    pub(crate) fn with(patterns: Vec<MarkerPattern>, switches: Switches) -> Self {
        Self { switches, patterns, candidates: candidate::Candidates::new() }
    }

    /// Whether `strip`, `observe` or `opens` could do anything with this text.
    pub(crate) fn is_candidate(&self, text: &[u8]) -> bool {
        !self.patterns.is_empty() || self.candidates.is_in(text)
    }

    /// The first bracket, tag or entity that may begin a marker.
    pub(crate) fn find_bracket(bytes: &[u8]) -> Option<usize> {
        candidate::bracket(bytes)
    }

    /// The same for an underscore.
    pub(crate) fn find_rare(bytes: &[u8]) -> Option<usize> {
        candidate::rare(bytes)
    }

    /// The first piece of a string that makes a candidate without these, at most [`LONGEST_NEEDLE`] bytes long.
    pub(crate) fn find_needle(&self, bytes: &[u8]) -> Option<usize> {
        self.candidates.needle(bytes)
    }

    /// Whether the user gave patterns.
    pub(crate) fn has_patterns(&self) -> bool {
        !self.patterns.is_empty()
    }

    /// A text without what goes of it. Running again on the result changes nothing.
    ///
    /// A last line that is emptied leaves the line end before it: the text then ends in one, and its own terminator, outside,
    /// is to go.
    pub(crate) fn strip<'t>(&self, text: &'t str, context: &Context, document: &Document) -> Stripped<'t> {
        self.strip_in(text, 0..text.len(), context, document)
    }

    /// The same, where only what begins in the window goes; text around it is context.
    fn strip_in<'t>(
        &self,
        text: &'t str,
        window: Range<usize>,
        context: &Context,
        document: &Document,
    ) -> Stripped<'t> {
        if self.is_candidate(text.as_bytes()) {
            rounds::strip(self, text, window, context, document)
        } else {
            Stripped { changes: Vec::new(), text: Cow::Borrowed(text), is_candidate: false }
        }
    }

    /// What goes of a line that is read by itself. None where it matters to the next ones: it opens what they may close, or
    /// names what they may hold.
    fn changes_alone(&self, line: &str) -> Option<Vec<Change>> {
        let stripped = self.strip(line, &Context::default(), &Document::default());
        let matters = || self.opens(&stripped).is_some() || naming::is_named(&stripped.text, Layout::Listed);
        if stripped.is_candidate && matters() { None } else { Some(stripped.changes) }
    }

    /// Takes note of what a paragraph says, as it stays. Once a paragraph, in order.
    pub(crate) fn observe(&self, text: &str, layout: Layout, document: &mut Document) {
        document.named = document.named || naming::is_named(text, layout);
    }
}

impl Strip for Markers {
    fn strip_each(&self, lines: &[&str]) -> Option<Vec<Vec<Change>>> {
        if self.has_patterns() {
            return None;
        }
        lines.iter().map(|line| self.changes_alone(line)).collect()
    }

    fn strip_together(&self, lines: &[&str]) -> Option<String> {
        if !lines.iter().any(|line| self.is_candidate(line.as_bytes())) {
            return None;
        }
        let text = lines.join("\n");
        let mut stripped = self.strip(&text, &Context::default(), &Document::default()).text.into_owned();
        // What goes on in the next block would go as well.
        stripped.truncate(wrapped::open_from(&stripped));
        (stripped.len() < text.len()).then_some(stripped)
    }
}
