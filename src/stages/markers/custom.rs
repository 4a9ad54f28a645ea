//! The user's own patterns.

use std::ops::Range;

use regex::bytes::{Regex, RegexBuilder};

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
/// Texts with each kind of place at which a pattern might match nothing.
const PROBES: [&str; 6] = ["", "a", " ", "\n", "a b. c\r\n\r\nd\n", "0-_é "];

/// Compiles a pattern.
pub(super) fn compile(pattern: &str) -> Result<Regex, PatternError> {
    let regex = RegexBuilder::new(pattern).multi_line(true).crlf(true).size_limit(SIZE_LIMIT).build();
    let regex = regex.map_err(|e| PatternError::Invalid { pattern: pattern.to_owned(), reason: reason(&e) })?;
    let matches_nothing = PROBES.iter().any(|probe| regex.find_iter(probe.as_bytes()).any(|m| m.is_empty()));
    if matches_nothing {
        return Err(PatternError::Empty { pattern: pattern.to_owned() });
    }
    Ok(regex)
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
pub(super) fn matches(patterns: &[Regex], text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for pattern in patterns {
        let ranges = pattern.find_iter(text.as_bytes()).map(|m| m.range()).filter(|r| !r.is_empty());
        found.extend(ranges.filter(|r| text.is_char_boundary(r.start) && text.is_char_boundary(r.end)));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_that_matches_nothing_is_an_error() {
        for pattern in ["", "x*", "^", "$", r"\b", r"\bq*", "(a|)"] {
            assert!(matches!(compile(pattern), Err(PatternError::Empty { .. })), "{pattern}");
        }
        assert!(compile("x+").is_ok());
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
