//! The readings of a title line: the line as it stands, and what is left of it when a site's name, a section, a label or a
//! breadcrumb is taken off; each perhaps cut short with an ellipsis.

use std::ops::Range;

use super::affix::{Evidence, Mark, Side, evidence, is_label};
use super::key;
use crate::document::role::{count_words, is_section_name, strip_heading_marks, words_in};
use crate::english::teaser::without_link;

/// One reading of a line.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// The comparison key; of a cut reading, without the ellipsis.
    pub(super) key: String,
    /// How sure it is that what was taken off is no part of the title; `None` for the whole line.
    pub(super) off: Option<Evidence>,
    /// The reading ends in an ellipsis.
    pub(super) cut: bool,
    /// Where it stands in the line.
    pub(super) range: Range<usize>,
    pub(super) words: usize,
}

/// The most separators of a line that are looked at.
const SEPARATORS: usize = 8;

/// The range of a line without heading marks and outer spaces.
pub(super) fn bare_range(text: &str) -> Range<usize> {
    let bare = strip_heading_marks(text);
    let start = bare.as_ptr() as usize - text.as_ptr() as usize;
    start..start + bare.len()
}

/// The readings of a line, the whole line first. A teaser's link after an ellipsis is no part of it: it will go.
pub(super) fn forms(text: &str) -> Vec<Form> {
    let bare = without_link(strip_heading_marks(text));
    let form = |part: &str, off| form(part, off, part.as_ptr() as usize - text.as_ptr() as usize);
    let mut forms = vec![form(bare, None)];
    let mut bounds = separators(bare);
    let has_label = bare.starts_with(['[', '(']) || bare.ends_with([']', ')']) || wire_label(bare).is_some();
    if bounds.is_empty() && !has_label {
        return forms;
    }
    bounds.truncate(SEPARATORS);
    let plain = is_plain(bare);
    for (left, right) in cores(bare, &bounds, plain) {
        let Some(core) = bare.get(left.at..right.at).map(str::trim) else {
            continue;
        };
        if core.is_empty() || core.len() == bare.len() || is_section_name(core) {
            continue;
        }
        let (sure, taken) = (left.sure.min(right.sure), left.longest.max(right.longest));
        let core = form(core, Some(sure));
        if is_title_left(&core, sure, taken) && !forms.iter().any(|f| f.key == core.key) {
            forms.push(core);
        }
    }
    forms
}

fn form(text: &str, off: Option<Evidence>, at: usize) -> Form {
    let cut = cut_text(text);
    let whole = cut.unwrap_or(text);
    Form { key: key::key(whole), off, cut: cut.is_some(), range: at..at + text.len(), words: count_words(whole) }
}

/// The text before an ellipsis that ends it.
fn cut_text(text: &str) -> Option<&str> {
    let inner = text
        .strip_suffix("[...]")
        .or_else(|| text.strip_suffix("[…]"))
        .or_else(|| text.strip_suffix('…'))
        .or_else(|| text.strip_suffix("..."))?;
    Some(inner.trim_end().trim_end_matches([',', ';', ':', '-', '–', '—', '.']).trim_end())
}

/// Whether what is left is a title: the greater part of the line, or what was taken off is sure.
fn is_title_left(core: &Form, sure: Evidence, taken: usize) -> bool {
    let weak = sure < Evidence::Strong && (core.words < 4 || core.words < taken);
    core.words >= 2 && !weak
}

/// The title has words in lowercase of some length, besides the small words of a title in uppercase.
fn is_plain(text: &str) -> bool {
    let (mut small, mut all) = (0, 0);
    for word in words_in(text) {
        all += 1;
        small += usize::from(
            word.chars().next().is_some_and(char::is_lowercase)
                && word.len() >= 4
                && !matches!(word, "from" | "with" | "into" | "over" | "than"),
        );
    }
    small >= 1 && small * 5 >= all
}

/// A place where a line may be taken apart.
#[derive(Clone, Copy, Debug)]
struct Bound {
    start: usize,
    end: usize,
    mark: Mark,
}

/// An edge of a core: where it is, how sure the pieces beyond it are, the longest of them in words.
#[derive(Clone, Copy, Debug)]
struct Edge {
    at: usize,
    sure: Evidence,
    longest: usize,
}

/// The cores: every run of pieces with only names and labels before and after it.
fn cores(bare: &str, bounds: &[Bound], plain: bool) -> Vec<(Edge, Edge)> {
    let lefts = left_edges(bare, bounds, plain);
    let rights = right_edges(bare, bounds, plain);
    let pairs = lefts.iter().flat_map(|l| rights.iter().map(move |r| (*l, *r)));
    pairs.filter(|(l, r)| l.at < r.at && (l.at > 0 || r.at < bare.len())).collect()
}

fn left_edges(bare: &str, bounds: &[Bound], plain: bool) -> Vec<Edge> {
    let mut edge = Edge { at: 0, sure: Evidence::Strong, longest: 0 };
    let mut edges = vec![edge];
    if let Some((end, sure)) = label_in_brackets(bare) {
        edges.push(Edge { at: end, sure, longest: 2 });
    }
    if let Some(end) = wire_label(bare) {
        edges.push(Edge { at: end, ..edge });
    }
    for bound in bounds {
        let piece = bare.get(edge.at..bound.start).unwrap_or_default();
        let sure = evidence(piece, bound.mark, Side::Before, plain);
        if sure == Evidence::None {
            break;
        }
        edge = Edge { at: bound.end, sure: edge.sure.min(sure), longest: edge.longest.max(count_words(piece)) };
        edges.push(edge);
    }
    edges
}

fn right_edges(bare: &str, bounds: &[Bound], plain: bool) -> Vec<Edge> {
    let mut edge = Edge { at: bare.len(), sure: Evidence::Strong, longest: 0 };
    let mut edges = vec![edge];
    if let Some((start, sure)) = label_after_in_brackets(bare) {
        edges.push(Edge { at: start, sure, longest: 2 });
    }
    for bound in bounds.iter().rev().filter(|b| b.mark != Mark::Colon) {
        let piece = bare.get(bound.end..edge.at).unwrap_or_default();
        let sure = evidence(piece, bound.mark, Side::After, plain);
        if sure == Evidence::None {
            break;
        }
        edge = Edge { at: bound.start, sure: edge.sure.min(sure), longest: edge.longest.max(count_words(piece)) };
        edges.push(edge);
    }
    edges
}

/// The end of a bracketed label at the start: `[Video] `.
fn label_in_brackets(bare: &str) -> Option<(usize, Evidence)> {
    let square = bare.starts_with('[');
    let close = match bare.as_bytes().first()? {
        b'[' => bare.find(']')?,
        b'(' => bare.find(')')?,
        _ => return None,
    };
    let sure = evidence(&bare[1..close], Mark::Brackets, Side::Before, !square);
    let colon = bare[close + 1..].starts_with(':');
    (sure != Evidence::None && bare[close + 1..].starts_with([' ', ':']))
        .then_some((close + 1 + usize::from(colon), sure))
}

/// The start of a bracketed label at the end: ` (VIDEO)`.
fn label_after_in_brackets(bare: &str) -> Option<(usize, Evidence)> {
    let square = bare.ends_with(']');
    let open = match bare.as_bytes().last()? {
        b']' => bare.rfind('[')?,
        b')' => bare.rfind('(')?,
        _ => return None,
    };
    let sure = evidence(&bare[open + 1..bare.len() - 1], Mark::Brackets, Side::After, !square);
    (sure != Evidence::None && bare[..open].ends_with(' ')).then_some((open, sure))
}

/// The end of an agency's label that a hyphen binds to the title: `UPDATE 1-`, `EXCLUSIVE-`.
fn wire_label(bare: &str) -> Option<usize> {
    let dash = bare.bytes().take(24).position(|b| b == b'-')?;
    let label = bare[..dash].trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let uppercase = label.len() >= 3 && label.bytes().all(|b| b.is_ascii_uppercase());
    let known = uppercase && is_label(&label.to_lowercase());
    (known && bare[dash + 1..].starts_with(char::is_uppercase)).then_some(dash + 1)
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        '-' | '–'
            | '—'
            | '―'
            | '−'
            | '|'
            | '»'
            | '›'
            | '«'
            | '‹'
            | '·'
            | '•'
            | '>'
            | '/'
            | '→'
            | '｜'
            | '~'
            | '¦'
            | ':'
    )
}

/// The separators of a line in their order: at most a few before the title and a few after it count.
fn separators(bare: &str) -> Vec<Bound> {
    let mut bounds: Vec<Bound> = Vec::new();
    // Faster than a search that stops.
    let may_have_any =
        bare.bytes().fold(false, |any, b| any | matches!(b, b'-' | b'|' | b'>' | b'/' | b'~' | b':' | 0x80..));
    if !may_have_any {
        return bounds;
    }
    for (at, c) in bare.char_indices() {
        if !is_separator(c) {
            continue;
        }
        let end = at + c.len_utf8();
        if bounds.last().is_some_and(|b| b.end > at) {
            continue;
        }
        let before = bare[..at].ends_with(char::is_whitespace) || at == 0 && matches!(c, '|' | '»' | '›');
        let doubled = bare[end..].starts_with(c) && matches!(c, '-' | ':' | '/' | '|' | '>');
        let end = end + usize::from(doubled);
        let following = end == bare.len() || bare[end..].starts_with(char::is_whitespace);
        let mark = match c {
            '-' | '–' | '—' | '―' | '−' if before && following => Mark::Dash,
            '|' | '»' | '›' | '«' | '‹' | '·' | '•' | '>' | '/' | '→' | '｜' | '~' | '¦' if before && following => {
                Mark::Bar
            }
            '|' if at > 0 && end < bare.len() => Mark::Bar,
            ':' if before && following => Mark::Bar,
            ':' if following && !doubled && end < bare.len() => Mark::Colon,
            _ => continue,
        };
        bounds.push(Bound { start: at, end, mark });
    }
    if bounds.len() > 2 * SEPARATORS {
        bounds.clear();
    }
    bounds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        forms(text).into_iter().skip(1).map(|f| f.key).collect()
    }

    #[test]
    fn takes_off_names_and_labels() {
        for line in [
            "Ferry runs aground off Cork - BBC News",
            "Ferry runs aground off Cork | UK News | Sky News",
            "Home > World > Ferry runs aground off Cork",
            "WATCH: Ferry runs aground off Cork",
            "[Video] Ferry runs aground off Cork",
            "UPDATE 1-Ferry runs aground off Cork",
            "EXCLUSIVE-Ferry runs aground off Cork",
            "The Quay Post: Ferry runs aground off Cork",
            "Ferry runs aground off Cork :: Digg",
            "Ferry runs aground off Cork // The Quay Post",
            "News >> World >> Ferry runs aground off Cork",
            "Ferry runs aground off Cork || Digg",
            "Ferry runs aground off Cork (VIDEO)",
        ] {
            assert!(keys(line).contains(&"ferry runs aground off cork".to_owned()), "{line}: {:?}", keys(line));
        }
    }

    #[test]
    fn leaves_clauses() {
        for line in [
            "Ferry runs aground - and nobody is hurt",
            "Ferry runs aground: Part 2",
            "Ferry runs aground - day two",
            "The ferry: how it ran aground",
        ] {
            assert!(keys(line).is_empty(), "{line}: {:?}", keys(line));
        }
    }

    #[test]
    fn detects_a_cut() {
        let cut = &forms("Ferry runs aground off …")[0];
        assert!(cut.cut && cut.words == 4 && cut.key == "ferry runs aground off");
        assert_eq!(forms("Ferry runs aground off … Read more »")[0].key, cut.key);
    }
}
