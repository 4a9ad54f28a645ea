//! What a cleaner does: the stages that run, and their settings.

use crate::names::names;
use crate::scope::{Scope, Switches};
use crate::stages::markers::{MarkerPattern, PatternError};
use crate::stages::truncation::Truncated;
use crate::stages::usa::{ProtectError, UsaStyle};

/// Which paragraphs the stages `truncation` and `usa`, which know English, act on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lang {
    /// Those that are English, judged by their function words.
    #[default]
    Auto,
    /// All: the text is known to be English.
    English,
}

impl Lang {
    /// Every value, in the order in which help shows them.
    pub const ALL: &'static [Self] = &[Self::Auto, Self::English];

    /// The name by which options know it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::English => "en",
        }
    }
}

names!(Lang, "language that can be set", "auto or en");

/// Why no cleaner can be made of some options. The message is one line and says what to do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum OptionsError {
    /// A pattern that can't be used.
    #[error(transparent)]
    Marker(#[from] PatternError),
    /// A name that can't be protected.
    #[error(transparent)]
    Protect(#[from] ProtectError),
    /// A text that can't mark a cut.
    #[error("'{0}' can't mark a cut: use up to 64 bytes in one line, without a space at the end")]
    Mark(String),
    /// A separator that is no line: it is empty, or holds a line's end (a carriage return at its end belongs to that).
    #[error("the separator is one line that is not empty, without its line's end")]
    Separator,
}

/// The settings of a [`Cleaner`](crate::Cleaner). Those that are not named have their defaults: every stage, style `U.S.`, cut sentences
/// marked, the language judged, the whole input one document and no Markdown.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub(crate) switches: Switches,
    pub(crate) usa_style: UsaStyle,
    pub(crate) usa_headlines: Option<UsaStyle>,
    pub(crate) protected: Vec<String>,
    pub(crate) markers: Vec<Marker>,
    pub(crate) truncated: Truncated,
    pub(crate) mark: Option<String>,
    pub(crate) ignored: Vec<Marker>,
    pub(crate) lang: Lang,
    pub(crate) markdown: bool,
    pub(crate) separator: Option<Vec<u8>>,
    pub(crate) all_candidates: bool,
}

/// A pattern of the user's.
#[derive(Clone)]
pub(crate) enum Marker {
    Text(String),
    Compiled(MarkerPattern),
}

impl Marker {
    pub(crate) fn compiled(self) -> Result<MarkerPattern, PatternError> {
        match self {
            Self::Text(pattern) => MarkerPattern::new(&pattern),
            Self::Compiled(pattern) => Ok(pattern),
        }
    }
}

impl std::fmt::Debug for Marker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(pattern) => pattern.fmt(f),
            Self::Compiled(pattern) => pattern.fmt(f),
        }
    }
}

impl Options {
    /// What [`mark`](Self::mark) is by default.
    pub const MARK: &'static str = crate::stages::truncation::MARK;

    /// Runs these stages, rules and reasons and no other. A stage brings its rules that are on by default. The order in which
    /// they run is always that of [`Rule::ALL`](crate::Rule::ALL).
    #[must_use]
    pub fn only(mut self, scopes: impl IntoIterator<Item = impl Into<Scope>>) -> Self {
        self.switches = Switches::NONE;
        self.enable(scopes)
    }

    /// Switches stages, rules and reasons off.
    #[must_use]
    pub fn skip(mut self, scopes: impl IntoIterator<Item = impl Into<Scope>>) -> Self {
        self.switches = scopes.into_iter().fold(self.switches, |on, scope| on.without(scope.into()));
        self
    }

    /// Switches stages, rules and reasons on beside those that are, also rules that are off by default.
    #[must_use]
    pub fn enable(mut self, scopes: impl IntoIterator<Item = impl Into<Scope>>) -> Self {
        self.switches = scopes.into_iter().fold(self.switches, |on, scope| on.with(scope.into()));
        self
    }

    /// What is on: the shortest list that [`only`](Self::only) would take for it.
    pub fn scopes(&self) -> Vec<Scope> {
        self.switches.scopes()
    }

    /// The style of the country's short name.
    #[must_use]
    pub fn usa_style(mut self, style: UsaStyle) -> Self {
        self.usa_style = style;
        self
    }

    /// Another style in titles and headings, as the AP's stylebook has it (`US` there, `U.S.` in the text).
    #[must_use]
    pub fn usa_headlines(mut self, style: UsaStyle) -> Self {
        self.usa_headlines = Some(style);
        self
    }

    /// A name that keeps its form of the country's name, exactly as it is written here, beside those that are built in.
    #[must_use]
    pub fn protect(mut self, name: impl Into<String>) -> Self {
        self.protected.push(name.into());
        self
    }

    /// A regular expression (syntax of the `regex` crate) whose matches stage `markers` strips beside the built-in ones.
    #[must_use]
    pub fn marker(mut self, pattern: impl Into<String>) -> Self {
        self.markers.push(Marker::Text(pattern.into()));
        self
    }

    /// As [`Self::marker`], with a pattern that is compiled already.
    #[must_use]
    pub fn marker_pattern(mut self, pattern: MarkerPattern) -> Self {
        self.markers.push(Marker::Compiled(pattern));
        self
    }

    /// What becomes of sentences that were cut off.
    #[must_use]
    pub fn truncated(mut self, truncated: Truncated) -> Self {
        self.truncated = truncated;
        self
    }

    /// What stands where the rest of a cut sentence is missing: a space and an ellipsis (U+2026) by default. It has 64 bytes at
    /// most, is in one line, and does not end in a space.
    #[must_use]
    pub fn mark(mut self, mark: impl Into<String>) -> Self {
        self.mark = Some(mark.into());
        self
    }

    /// A regular expression (syntax of the `regex` crate) of text that no stage may touch. It is matched within one paragraph, as
    /// it stands when a stage is about to change it.
    #[must_use]
    pub fn ignore(mut self, pattern: impl Into<String>) -> Self {
        self.ignored.push(Marker::Text(pattern.into()));
        self
    }

    /// As [`Self::ignore`], with a pattern that is compiled already.
    #[must_use]
    pub fn ignore_pattern(mut self, pattern: MarkerPattern) -> Self {
        self.ignored.push(Marker::Compiled(pattern));
        self
    }

    /// Which paragraphs count as English.
    #[must_use]
    pub fn lang(mut self, lang: Lang) -> Self {
        self.lang = lang;
        self
    }

    /// The texts are Markdown: what is indented is code there. Code in fences, front matter and lines of markup are known
    /// everywhere. [`Session::markdown`](crate::Session::markdown) says it of one text.
    #[must_use]
    pub fn markdown(mut self, markdown: bool) -> Self {
        self.markdown = markdown;
        self
    }

    /// The line (its bytes, without the line ending) that stands between two documents of a stream.
    #[must_use]
    pub fn separator(mut self, line: impl Into<Vec<u8>>) -> Self {
        self.separator = Some(line.into());
        self
    }

    /// Sends every paragraph through every stage, also where a look shows that there is nothing to do. The output is the
    /// same, more slowly: for tests.
    #[doc(hidden)]
    #[must_use]
    pub fn all_candidates(mut self, all: bool) -> Self {
        self.all_candidates = all;
        self
    }
}
