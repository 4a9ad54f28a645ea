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

use crate::change::{Change, changed};
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

    /// Whether `changes`, `observe` or `opens` could do anything with this text.
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

    /// Adds the changes that one text needs, ascending and disjoint. Only what begins in `from..to` goes; text around it is
    /// context. Running again on the result changes nothing.
    ///
    /// A last line that is emptied leaves the line end before it: the text then ends in one, and its own terminator, outside,
    /// is to go.
    pub(crate) fn changes(
        &self,
        text: &str,
        from: usize,
        to: usize,
        context: &Context,
        document: &Document,
        out: &mut Vec<Change>,
    ) {
        if self.is_candidate(text.as_bytes()) {
            rounds::changes(self, text, from..to, context, document, out);
        }
    }

    /// What goes of a line that is read by itself. None where it matters to the next ones: it opens what they may close, or
    /// names what they may hold.
    fn changes_alone(&self, line: &str) -> Option<Vec<Change>> {
        let (mut changes, mut document) = (Vec::new(), Document::default());
        if self.candidates.is_in(line.as_bytes()) {
            rounds::changes(self, line, 0..line.len(), &Context::default(), &document, &mut changes);
            let stays = changed(line, &changes);
            if self.opens(&stays).is_some() {
                return None;
            }
            self.observe(&stays, Layout::Listed, &mut document);
        }
        (!document.named).then_some(changes)
    }

    /// Takes note of what a paragraph says, as it stays. Once a paragraph, in order.
    pub(crate) fn observe(&self, text: &str, layout: Layout, document: &mut Document) {
        document.named = document.named || self.candidates.is_in(text.as_bytes()) && naming::is_named(text, layout);
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
        let mut changes = Vec::new();
        self.changes(&text, 0, text.len(), &Context::default(), &Document::default(), &mut changes);
        let mut stripped = changed(&text, &changes).into_owned();
        // What goes on in the next block would go as well.
        stripped.truncate(wrapped::open_from(&stripped));
        (stripped.len() < text.len()).then_some(stripped)
    }
}
