//! The user's own patterns.

use std::ops::Range;
use std::sync::Arc;

use regex::bytes::{Regex, RegexBuilder};

use super::Context;
use crate::document::block::Layout;

/// A pattern that cannot be used. The message is one line and says what to do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternError {
    /// It is no regular expression, or too large a one.
    #[error("pattern `{pattern}`: {}", reason(error))]
    Invalid {
        /// The pattern as given.
        pattern: String,
        /// What is wrong with it. The message says it in one line, so it is no [source](std::error::Error::source).
        error: regex::Error,
    },
    /// It matches where there is nothing.
    #[error("pattern `{pattern}` can match nothing: let it match one character at least")]
    Empty {
        /// The pattern as given.
        pattern: String,
    },
}

/// The memory that one compiled pattern may take: the least of these that is enough counts as its size.
const SIZES: [usize; 3] = [1 << 16, 1 << 18, 1 << 20];
/// The memory in which a search keeps what it has worked out, for each pattern and thread.
const CACHE: usize = 1 << 16;

/// A pattern of [`Options::marker`](crate::Options::marker) or [`Options::ignore`](crate::Options::ignore), compiled. Clones share it, so options that have patterns in common
/// need not compile them again.
#[derive(Clone)]
pub struct MarkerPattern {
    pub(super) regex: Arc<Regex>,
    size: usize,
}

impl MarkerPattern {
    /// Compiles a pattern: a regular expression in the syntax of the `regex` crate.
    ///
    /// # Errors
    /// It is no regular expression, it can match nothing, or it takes more than 1 MiB.
    pub fn new(pattern: &str) -> Result<Self, PatternError> {
        compile(pattern)
    }

    /// The pattern as it was given.
    pub fn as_str(&self) -> &str {
        self.regex.as_str()
    }

    pub(crate) fn regex(&self) -> Arc<Regex> {
        Arc::clone(&self.regex)
    }

    /// The memory that it takes, in bytes and rounded up: 64 KiB, 256 KiB or 1 MiB.
    pub fn size(&self) -> usize {
        self.size
    }
}

impl PartialEq for MarkerPattern {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for MarkerPattern {}

impl std::fmt::Debug for MarkerPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.as_str().fmt(f)
    }
}

/// Compiles a pattern. `^` and `$` are the ends of a paragraph.
fn compile(pattern: &str) -> Result<MarkerPattern, PatternError> {
    let build = |size| RegexBuilder::new(pattern).crlf(true).size_limit(size).dfa_size_limit(CACHE).build();
    let is_too_big = |result: &Result<Regex, _>| matches!(result, Err(regex::Error::CompiledTooBig(_)));
    let mut built = SIZES.iter().map(|&size| (size, build(size)));
    let (size, regex) =
        built.find(|(size, result)| *size == SIZES[2] || !is_too_big(result)).expect("the last one ends it");
    let regex = regex.map_err(|error| PatternError::Invalid { pattern: pattern.to_owned(), error })?;
    if can_match_nothing(pattern) {
        return Err(PatternError::Empty { pattern: pattern.to_owned() });
    }
    Ok(MarkerPattern { regex: Arc::new(regex), size })
}

/// Whether a pattern that compiles can match where there is nothing.
fn can_match_nothing(pattern: &str) -> bool {
    let parsed = regex_syntax::ParserBuilder::new().crlf(true).utf8(false).build().parse(pattern);
    parsed.is_ok_and(|hir| hir.properties().minimum_len() == Some(0))
}

/// The last line of the error says what is wrong; the lines before it draw the place.
fn reason(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(limit) => format!("larger than {limit} bytes when compiled: repeat less"),
        other => {
            let text = other.to_string();
            let line = text.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
            line.strip_prefix("error: ").unwrap_or(line).to_owned()
        }
    }
}

/// Every match of every pattern, ascending; where two overlap, the first one stays.
pub(super) fn matches(patterns: &[MarkerPattern], text: &str, context: &Context) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for paragraph in paragraphs(text, context.layout) {
        for pattern in patterns {
            let ranges = pattern.regex.find_iter(text[paragraph.clone()].as_bytes());
            let ranges = ranges.map(|m| m.start() + paragraph.start..m.end() + paragraph.start);
            found.extend(ranges.filter(|r| text.is_char_boundary(r.start) && text.is_char_boundary(r.end)));
        }
    }
    found.sort_by_key(|range| (range.start, range.end));
    let mut end = 0;
    found.retain(|range| {
        let stays = range.start >= end;
        end = if stays { range.end } else { end };
        stays
    });
    found
}

/// The paragraphs of a text, without their line endings: it is one, or each of its lines is.
fn paragraphs(text: &str, layout: Layout) -> impl Iterator<Item = Range<usize>> {
    let mut rest = Some(0);
    std::iter::from_fn(move || {
        let start = rest?;
        let newline = match layout {
            Layout::Listed => memchr::memchr(b'\n', &text.as_bytes()[start..]),
            Layout::Wrapped => None,
        };
        rest = newline.map(|at| start + at + 1);
        let end = newline.map_or(text.len(), |at| start + at);
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_that_matches_nothing_is_an_error() {
        for pattern in
            ["", "x*", "^", "$", r"\b", r"\bq*", "(a|)", r"q?\B", "(?m)^(note: )*$", r"\s{0,2}", "(?x) # note"]
        {
            assert!(matches!(compile(pattern), Err(PatternError::Empty { .. })), "{pattern}");
        }
        for pattern in ["x+", "^x", "a*b", r"[^\x00-\x7F]", r"(?-u:\xFF)", "(?i)ad|note"] {
            assert!(compile(pattern).is_ok(), "{pattern}");
        }
    }

    #[test]
    fn a_line_of_a_wrapped_paragraph_is_no_start_or_end() {
        let pattern = [compile("^note: |,$").expect("a pattern")];
        let found = |layout| {
            let context = Context { layout, ..Context::default() };
            matches(&pattern, "note: the pier,\nnote: and the\npier,", &context).len()
        };
        assert_eq!((found(Layout::Wrapped), found(Layout::Listed)), (2, 4));
    }

    #[test]
    fn the_size_of_a_pattern_is_known_and_clones_share_it() {
        for (pattern, size) in [(r"\{\{ad-slot-\d+\}\}", 1 << 16), (r"\w{4}", 1 << 18), (r"\w{16}", 1 << 20)] {
            let pattern = MarkerPattern::new(pattern).expect("it is a pattern");
            assert_eq!(pattern.size(), size, "{pattern:?}");
            assert!(Arc::ptr_eq(&pattern.regex, &pattern.clone().regex));
        }
    }

    #[test]
    fn an_error_is_one_line_that_names_the_pattern() {
        for pattern in ["a(", r"\p{Nope}", "(?:a{1000}){1000}"] {
            let text = compile(pattern).unwrap_err().to_string();
            assert!(text.contains(pattern) && !text.contains('\n'), "{text}");
        }
    }

    #[test]
    fn a_pattern_has_a_size_and_a_depth() {
        let large = compile(r"\pL{4000}").unwrap_err().to_string();
        assert!(large.ends_with("larger than 1048576 bytes when compiled: repeat less"), "{large}");
        let deep = compile(&format!("{}x{}", "(".repeat(10_000), ")".repeat(10_000))).unwrap_err().to_string();
        assert!(deep.ends_with("exceed the maximum number of nested parentheses/brackets (250)"), "{deep}");
    }
}
