//! The error strings that servers put where an include failed: a table of what each writes by default, read in its source.
//! What a site configured by itself is for the user's own patterns.

use super::lex::{
    Read, char_at, char_before, continues_word, eat, eat_closer, eat_dashes, few_spaces, gap, is_line_end, skip_spaces,
    symbol,
};
use crate::reasons::Reason;

/// A string as its server writes it, read in any letter case with any white space between its words:
///
/// | token | reads |
/// |---|---|
/// | `a\|b` | one of these words |
/// | `NAME`, `'NAME'` | any name |
/// | `ELEMENT:` | a directive's name and a colon |
/// | `]`, `)` | the closing bracket, also after spaces or a period, or on the next line |
/// | `]?` | the same bracket right there, or nothing |
/// | `-->?` | the end of a comment, or nothing |
/// | `…` | a message up to the end of its line |
type Row = (&'static str, Reason);

/// The token for a message.
const MESSAGE: &[u8] = "…".as_bytes();

/// After `[`, which spaces may follow.
const SQUARE: [Row; 4] = [
    // nginx; Apache, Tomcat, OpenLiteSpeed, Apache::SSI and CGI::SSI.
    ("an error occurred while processing the|this directive ]", Reason::ProcessingError),
    // A handler in Go.
    ("an error occurred while processing ELEMENT: …", Reason::OtherServerError),
    // OpenLiteSpeed.
    ("error: stat() failed! ]?", Reason::OtherServerError),
    // Resin.
    ("'NAME' is an unknown command. ]", Reason::OtherServerError),
];

/// lighttpd's, after `(`. The gate (candidate.rs) knows the bracket with the letters that follow it.
const ROUND: [Row; 2] = [
    (
        concat!(
            "error: include directives recurse deeper than ",
            // The setting's name.
            "pre-defined ssi.recursion-max )"
        ),
        Reason::OtherServerError,
    ),
    ("error: include directives create an infinite loop )", Reason::OtherServerError),
];

/// lighttpd's, after `<!-- [`: a comment that nothing closes.
const COMMENT: [Row; 1] = [("an error occurred: directive too long ] -->?", Reason::OtherServerError)];

/// Without brackets, for a line of their own: a content management system's exception text, and two of IIS.
const BARE: [Row; 3] = [
    ("an error occurred while processing the|this directive", Reason::BareError),
    ("the NAME option is not enabled for #exec calls", Reason::BareError),
    ("error processing ssi file", Reason::BareError),
];

/// The names of directives: Apache's, then nginx's, then mod_perl's.
pub(super) const ELEMENTS: &[&str] = &[
    "include", "echo", "config", "set", "if", "elif", "else", "endif", "exec", "fsize", "flastmod", "printenv",
    "comment", "block", "endblock", "perl",
];

/// What is in the start of the first bare string, for it to go on in the next line.
const BEGUN: [&str; 3] = ["rror occ", "rror Occ", "RROR OCC"];

/// No error string is longer, spaces and a path included.
const MAX_LEN: usize = 1024;
/// The longest name, in bytes.
const NAME: usize = 40;
/// Marks around a name in quotation marks.
const QUOTES: [char; 3] = ['\'', '’', '‘'];

/// Reads the bracketed string that begins at `at`, where an opening bracket or its escape stands. Gives how far that came,
/// and the reason for which the string goes; nothing where no row fits.
pub(super) fn bracketed(text: &str, at: usize) -> Option<(Read, Reason)> {
    let (open, after) = symbol(text, at)?;
    let (rows, from): (&[Row], usize) = match open {
        '[' => (&SQUARE, few_spaces(text, after, 4)),
        '(' if ["err", "Err", "ERR"].iter().any(|s| text[after..].starts_with(s)) => (&ROUND, after),
        '<' => (&COMMENT, comment(text, after)?),
        _ => return None,
    };
    let mut cut = None;
    for (pattern, reason) in rows {
        match row(text, at, from, pattern) {
            Read::To(end) => return is_compact(&text[at..end]).then_some((Read::To(end), *reason)),
            Read::Cut => cut = cut.or(Some((Read::Cut, *reason))),
            Read::No => {}
        }
    }
    cut
}

/// Wrapped over two lines at most.
fn is_compact(marker: &str) -> bool {
    marker.len() <= MAX_LEN && memchr::memchr_iter(b'\n', marker.as_bytes()).count() <= 1
}

/// The bracket in a comment that begins before `after`.
fn comment(text: &str, after: usize) -> Option<usize> {
    let dashes = eat_dashes(text, eat(text, after, '!')?)?;
    eat(text, few_spaces(text, dashes, 4), '[')
}

/// Reads a row from `from`; the marker begins at `start`.
#[inline]
fn row(text: &str, start: usize, from: usize, pattern: &str) -> Read {
    // Most texts fail at the first letter.
    let first = text.as_bytes().get(from).zip(pattern.as_bytes().first());
    let may_be = first.is_some_and(|(a, b)| a.eq_ignore_ascii_case(b) || *b == b'\'' && !a.is_ascii_alphanumeric());
    if may_be { tokens(text, start, from, pattern) } else { Read::No }
}

// Apart, so that the look at the first letter is made where it is asked for.
#[inline(never)]
fn tokens(text: &str, start: usize, from: usize, pattern: &str) -> Read {
    let mut at = from;
    for (n, token) in pattern.as_bytes().split(|b| *b == b' ').enumerate() {
        let read = match token {
            b"]" => close(text, at, ']'),
            b")" => close(text, at, ')'),
            b"]?" => Read::To(eat(text, at, ']').unwrap_or(at)),
            b"-->?" => Read::To(eat_closer(text, skip_spaces(text, at)).unwrap_or(at)),
            MESSAGE => message(text, start, at).map_or(Read::No, Read::To),
            _ if n == 0 => word(text, at, token),
            _ => match gap(text, at) {
                Read::To(end) => word(text, end, token),
                other => other,
            },
        };
        match read {
            Read::To(end) => at = end,
            other => return other,
        }
    }
    Read::To(at)
}

/// One word of a row, in any letter case and not as a part of a longer word.
fn word(text: &str, at: usize, token: &[u8]) -> Read {
    let end = match token {
        b"NAME" => name(text, at, b"_"),
        b"'NAME'" => quoted_name(text, at),
        b"ELEMENT:" => element(text, at),
        _ => token.split(|b| *b == b'|').find_map(|word| literal(text, at, word)),
    };
    end.map_or(Read::No, Read::To)
}

fn literal(text: &str, at: usize, word: &[u8]) -> Option<usize> {
    let end = at + word.len();
    let read = text.as_bytes().get(at..end).filter(|read| read.eq_ignore_ascii_case(word))?;
    let whole = !read.last().is_some_and(u8::is_ascii_alphanumeric) || !continues_word(text, end);
    whole.then_some(end)
}

fn name(text: &str, at: usize, marks: &[u8]) -> Option<usize> {
    let is_in_name = |b: &u8| b.is_ascii_alphanumeric() || marks.contains(b);
    let len = text.as_bytes()[at..].iter().take(NAME + 1).take_while(|b| is_in_name(b)).count();
    (1..=NAME).contains(&len).then_some(at + len)
}

fn quoted_name(text: &str, at: usize) -> Option<usize> {
    let quote = |at: usize| symbol(text, at).filter(|(c, _)| QUOTES.contains(c)).map(|(_, end)| end);
    quote(name(text, quote(at)?, b"._-#")?)
}

fn element(text: &str, at: usize) -> Option<usize> {
    let end = name(text, at, b"")?;
    let is_element = ELEMENTS.iter().any(|element| element.eq_ignore_ascii_case(&text[at..end]));
    (is_element && char_at(text, end) == Some(':')).then_some(end + 1)
}

/// A closing bracket, also after spaces or a period.
fn close(text: &str, end: usize, bracket: char) -> Read {
    let mut at = few_spaces(text, end, 4);
    if char_at(text, at) == Some('.') {
        at = few_spaces(text, at + 1, 4);
    }
    if at == text.len() {
        return Read::Cut;
    }
    // The bracket may stand on the next line.
    if is_line_end(text, at) {
        at = few_spaces(text, at + text[at..].find('\n').map_or(0, |n| n + 1), 4);
    }
    eat(text, at, bracket).map_or(Read::No, Read::To)
}

/// A message that no bracket has to close: it ends its line, at a bracket, or before another string in the same line.
fn message(text: &str, start: usize, at: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[at..];
    let bytes = &bytes[..bytes.len().min(MAX_LEN)];
    let another = memchr::memmem::find(bytes, b"[an error occurred");
    let end = another.or_else(|| memchr::memchr(b'\n', bytes));
    let end = end.or_else(|| (at + bytes.len() == text.len()).then_some(bytes.len()))?;
    let message = text.get(at..at + end)?.split('\n').next().unwrap_or_default();
    // A message quoted as a whole ends at its quotation mark.
    let quote = char_before(text, start).filter(|c| "\"“'‘`".contains(*c)).map(|c| match c {
        '“' => '”',
        '‘' => '’',
        c => c,
    });
    let to = quote.and_then(|q| message.find(q)).or_else(|| message.find(']').map(|n| n + 1));
    Some(at + to.unwrap_or(message.trim_end().len()))
}

/// The strings without brackets that fill a line, from `at` (the line's start); several may stand in a row.
pub(super) fn bare(text: &str, at: usize) -> Read {
    let start = skip_spaces(text, at);
    let mut end = start;
    loop {
        match one_bare(text, skip_spaces(text, end)) {
            Read::To(to) if is_compact(&text[start..to]) => end = to,
            Read::Cut => return Read::Cut,
            _ => return Read::No,
        }
        if is_line_end(text, skip_spaces(text, end)) {
            return Read::To(end);
        }
    }
}

fn one_bare(text: &str, from: usize) -> Read {
    let mut cut = false;
    for (pattern, _) in &BARE {
        match row(text, from, from, pattern) {
            Read::To(end) if is_candidate(&text.as_bytes()[from..end]) => {
                return Read::To(end + usize::from(matches!(char_at(text, end), Some('.' | '!'))));
            }
            // Less than that says nothing.
            Read::Cut => cut |= BEGUN.iter().any(|s| text[from..].contains(s)),
            _ => {}
        }
    }
    if cut { Read::Cut } else { Read::No }
}

/// What the gate (candidate.rs) sees of these strings.
fn is_candidate(string: &[u8]) -> bool {
    [&b"rocessing"[..], b"ROCESSING", b"#exec", b"#EXEC", b"#Exec"]
        .iter()
        .any(|s| memchr::memmem::find(string, s).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> bool {
        matches!(bracketed(text, 0), Some((Read::To(end), _)) if end == text.len())
    }

    #[test]
    fn default_strings() {
        let directive = "an error occurred while processing this directive";
        let recursion = "recurse deeper than pre-defined ssi.recursion-max";
        for text in [
            "[an error occurred while processing the directive]",
            "['clock' is an unknown command.]",
            "[An  Error occurred while processing\nthis directive]",
            &format!(r"\[{directive}\]"),
            &format!("&#91;{directive}&#93;"),
            &format!("[ {directive} ]"),
            &format!("[{directive}\n]"),
            "[an error occurred while processing include: open /a.html: no such file",
            "(error: include directives create an infinite loop)",
            "[error: stat() failed!",
            &format!("(error: include directives {recursion})"),
            "<!-- [an error occurred: directive too long]",
        ] {
            assert!(whole(text), "{text}");
        }
    }

    #[test]
    fn near_strings_are_none() {
        for text in [
            "[an error occurred while processing this request]",
            "[an error\noccurred while\nprocessing this directive]",
            "[error processing directive]",
            "(error: include directives)",
            "[an error occurred while processing this directive",
            "[sic]",
            "[an error occurred while processing weather: none]",
            "[",
        ] {
            assert!(!matches!(bracketed(text, 0), Some((Read::To(_), _))), "{text}");
        }
    }

    #[test]
    fn bare_strings_fill_their_line() {
        assert!(matches!(bare("An error occurred while processing this directive.\nx", 0), Read::To(50)));
        assert!(matches!(bare("The CMD option is not enabled for #EXEC calls", 0), Read::To(_)));
        assert!(matches!(bare("Error processing SSI file\r\n", 0), Read::To(25)));
        assert_eq!(bare("an error occurred while processing this directive from Rome", 0), Read::No);
        assert_eq!(bare("an error occurred while", 0), Read::Cut);
        assert_eq!(bare("The", 0), Read::No);
    }
}
