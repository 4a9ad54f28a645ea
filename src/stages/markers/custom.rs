//! The user's own patterns.

use std::ops::Range;

use regex::bytes::{Regex, RegexBuilder};

use super::Context;
use crate::document::block::Layout;

/// A pattern that cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PatternError {
    /// It is no regular expression, or too large a one.
    #[error("marker pattern `{pattern}`: {reason}")]
    Invalid {
        /// The pattern as given.
        pattern: String,
        /// What is wrong with it, in one line.
        reason: String,
    },
    /// It matches where there is nothing.
    #[error("marker pattern `{pattern}` can match nothing: let it match one character at least")]
    Empty {
        /// The pattern as given.
        pattern: String,
    },
}

/// The most memory that one compiled pattern may take.
const SIZE_LIMIT: usize = 1 << 20;

/// Compiles a pattern. `^` and `$` are the ends of a paragraph.
pub(super) fn compile(pattern: &str) -> Result<Regex, PatternError> {
    let regex = RegexBuilder::new(pattern).crlf(true).size_limit(SIZE_LIMIT).build();
    let regex = regex.map_err(|e| PatternError::Invalid { pattern: pattern.to_owned(), reason: reason(&e) })?;
    if can_match_nothing(pattern) {
        return Err(PatternError::Empty { pattern: pattern.to_owned() });
    }
    Ok(regex)
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
pub(super) fn matches(patterns: &[Regex], text: &str, context: &Context) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for paragraph in paragraphs(text, context.layout) {
        for pattern in patterns {
            let ranges = pattern.find_iter(text[paragraph.clone()].as_bytes());
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
            Layout::Listed => memchr::memchr(b'\n', text[start..].as_bytes()),
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
