//! What protects a marker: quotation marks directly around it, and code (in backticks, indented, in HTML's tags).

use std::ops::Range;

use super::lex::{char_before, entity, is_blank, symbol};
use crate::document::block::Layout;

/// The stretches of the text that are code, ascending; they may overlap.
pub(super) fn code(text: &str, layout: Layout, starts: bool) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let indented_block =
        layout == Layout::Listed || text.lines().all(|line| line.trim().is_empty() || is_indented(line));
    let may_have_spans = memchr::memchr2(b'`', b'<', text.as_bytes()).is_some();
    let mut at = 0;
    for line in lines(text) {
        let is_start = at > 0 || starts;
        if is_start && indented_block && is_indented(line) {
            ranges.push(at..at + line.len());
        }
        // Where every line is a paragraph of its own, a span ends with it at the latest.
        if may_have_spans && layout == Layout::Listed {
            spans(line, at, &mut ranges);
        }
        at += line.len();
    }
    if may_have_spans && layout != Layout::Listed {
        spans(text, 0, &mut ranges);
    }
    ranges
}

/// The lines with their endings.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
        let (line, following) = rest.split_at(end);
        rest = following;
        (!line.is_empty()).then_some(line)
    })
}

/// The stretches of code inside a paragraph.
fn spans(paragraph: &str, at: usize, ranges: &mut Vec<Range<usize>>) {
    backticks(paragraph, at, ranges);
    tags(paragraph, at, ranges);
}

fn is_indented(line: &str) -> bool {
    line.starts_with("    ") || line.trim_start_matches(' ').starts_with('\t')
}

/// Markdown's code spans: a run of backticks up to the next run of the same length.
fn backticks(text: &str, from: usize, ranges: &mut Vec<Range<usize>>) {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in memchr::memchr_iter(b'`', text.as_bytes()) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    // The next run of the same length, for each; found from the end, so that one pass is enough.
    let mut latest: Vec<(usize, usize)> = Vec::new();
    let mut next = vec![None; runs.len()];
    for (n, run) in runs.iter().enumerate().rev() {
        let entry = latest.iter_mut().find(|(len, _)| *len == run.len());
        next[n] = entry.as_ref().map(|(_, at)| *at);
        match entry {
            _ if opens_quote(text, run) => {}
            Some(entry) => entry.1 = n,
            None => latest.push((run.len(), n)),
        }
    }
    let mut n = 0;
    while n < runs.len() {
        match next[n] {
            Some(close) => {
                ranges.push(from + runs[n].start..from + runs[close].end);
                n = close + 1;
            }
            None => n += 1,
        }
    }
}

/// A run after a space and before a word opens: it does not close a span (``old `quotes' like these``).
fn opens_quote(text: &str, run: &Range<usize>) -> bool {
    let before = char_before(text, run.start).is_none_or(|c| c.is_whitespace() || c == '(');
    before && text[run.end..].chars().next().is_some_and(|c| !c.is_whitespace() && !c.is_ascii_punctuation())
}

/// HTML's elements for code, where they are closed.
fn tags(text: &str, from: usize, ranges: &mut Vec<Range<usize>>) {
    const NAMES: [&str; 5] = ["code", "pre", "samp", "kbd", "tt"];
    let mut open: [Option<usize>; 5] = [None; 5];
    for at in memchr::memchr_iter(b'<', text.as_bytes()) {
        let rest = &text.as_bytes()[at + 1..];
        let closes = rest.first() == Some(&b'/');
        let rest = &rest[usize::from(closes)..];
        let is_name = |name: &&str| {
            rest.get(..name.len()).is_some_and(|r| r.eq_ignore_ascii_case(name.as_bytes()))
                && rest.get(name.len()).is_some_and(|b| *b == b'>' || *b == b' ')
        };
        let Some(n) = NAMES.iter().position(is_name) else {
            continue;
        };
        if !closes {
            open[n].get_or_insert(at);
        } else if let Some(start) = open[n].take() {
            ranges.push(from + start..from + at);
        }
    }
}

/// Whether quotation marks stand directly around `range`: at most a space or an emphasis mark between, after it
/// a punctuation mark too.
pub(super) fn is_quoted(text: &str, range: &Range<usize>) -> bool {
    let before = last_quote(strip_end(&text[..range.start]));
    let Some((open, _)) = before.filter(|(q, outside)| opens(*q, outside)) else {
        return false;
    };
    let mut after = strip_start(&text[range.end..]);
    if let Some(rest) = after.strip_prefix(['.', ',', ';', ':', '!', '?']) {
        after = strip_start(rest);
    }
    let Some((close, len)) = symbol(after, 0) else {
        return false;
    };
    family(open) == family(close) && closes(close, &after[len..])
}

/// Without a space, an emphasis mark and a space at the end.
fn strip_end(text: &str) -> &str {
    let text = text.strip_suffix(is_blank).unwrap_or(text);
    let marks = text.bytes().rev().take(3).take_while(|b| matches!(b, b'*' | b'_')).count();
    let text = &text[..text.len() - marks];
    if marks > 0 { text.strip_suffix(is_blank).unwrap_or(text) } else { text }
}

fn strip_start(text: &str) -> &str {
    let text = text.strip_prefix(is_blank).unwrap_or(text);
    let marks = text.bytes().take(3).take_while(|b| matches!(b, b'*' | b'_')).count();
    let text = &text[marks..];
    if marks > 0 { text.strip_prefix(is_blank).unwrap_or(text) } else { text }
}

/// Kinds of quotation mark that go together.
fn family(c: char) -> Option<bool> {
    match c {
        '"' | '“' | '”' | '„' | '‟' | '″' | '«' | '»' | '「' | '」' | '『' | '』' | '《' | '》' | '〝' | '〞'
        | '〟' | '＂' => Some(true),
        '\'' | '‘' | '’' | '‚' | '‛' | '′' | '‹' | '›' | '`' | '´' | '〈' | '〉' | '＇' => {
            Some(false)
        }
        _ => None,
    }
}

/// The quotation mark at the end of `text`, also an entity, and what stands before it.
fn last_quote(text: &str) -> Option<(char, &str)> {
    let c = char_before(text, text.len())?;
    if c == ';' {
        let from = memchr::memrchr(b'&', &text.as_bytes()[text.len().saturating_sub(20)..])?;
        let at = text.len().saturating_sub(20) + from;
        let (c, end) = entity(text, at)?;
        return (end == text.len() && family(c).is_some()).then(|| (c, &text[..at]));
    }
    family(c)?;
    Some((c, text[..text.len() - c.len_utf8()].trim_end_matches('\\')))
}

/// Whether a quotation mark after `outside` opens.
pub(super) fn opens(quote: char, outside: &str) -> bool {
    if matches!(quote, '“' | '„' | '‟' | '‘' | '‚' | '‛' | '「' | '『' | '《' | '〈' | '〝') {
        return true;
    }
    char_before(outside, outside.len()).is_none_or(|c| !c.is_alphanumeric() && !".,;!?)]}%…".contains(c))
}

/// Whether a quotation mark before `outside` closes.
pub(super) fn closes(quote: char, outside: &str) -> bool {
    matches!(quote, '」' | '』' | '》' | '〉' | '〞' | '〟')
        || outside.chars().next().is_none_or(|c| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> bool {
        let start = text.find('[').unwrap();
        is_quoted(text, &(start..text.rfind(']').unwrap() + 1))
    }

    #[test]
    fn quotation_marks_directly_around() {
        for text in [
            "\"[m]\"",
            "read “[m]” for",
            "'[m]'",
            "“[m] ”",
            "\"*[m]*\"",
            "「[m]」",
            "&quot;[m]&quot;",
            "\"[m].\"",
            "\\\"[m]\\\"",
            "(`[m]`)",
        ] {
            assert!(quoted(text), "{text}");
        }
        for text in
            ["\"[m] and more\"", "left.\" [m] \"Then", "the \"boss\" [m] \"too\"", "\"[m]", "\"[m]'", "it's [m]'s"]
        {
            assert!(!quoted(text), "{text}");
        }
    }

    #[test]
    fn code_in_backticks_indents_and_tags() {
        let code = |text| code(text, Layout::Listed, true);
        assert_eq!(code("a `b` c").first(), Some(&(2..5)));
        assert_eq!(code("a ``b ` c``").first(), Some(&(2..11)));
        assert!(code("a `b c").is_empty());
        assert_eq!(code("    a").first(), Some(&(0..5)));
        assert_eq!(code("x <code>a</code>").first(), Some(&(2..9)));
        assert!(code("the `old' and `new' way").is_empty());
    }
}
