//! The error strings that servers put where an include failed. Each is a server's default, read in its source; what a site
//! configured by itself is for the user's own patterns.

use super::lex::{Read, char_at, char_before, eat, eat_closer, few_blanks, is_line_end, phrase, skip_blanks, symbol};

/// The names of directives: Apache's, then nginx's, then mod_perl's.
pub(super) const ELEMENTS: &[&str] = &[
    "include", "echo", "config", "set", "if", "elif", "else", "endif", "exec", "fsize", "flastmod", "printenv",
    "comment", "block", "endblock", "perl",
];

/// Strings without brackets, for a line of their own. The first is the default of nginx and Apache as a content management
/// system's exception text has it; the others are IIS's.
const BARE: &[&str] = &[
    "an error occurred while processing the|this directive",
    "the * option is not enabled for #exec calls",
    "error processing ssi file",
];

/// What is in the start of the first one, for it to go on in the next line.
const BEGUN: [&str; 3] = ["rror occ", "rror Occ", "RROR OCC"];

/// No error string is longer, blanks and a path included.
const MAX_LEN: usize = 1024;

/// The bracketed string that begins at `at`, where an opening bracket or its escape stands.
pub(super) fn bracketed(text: &str, at: usize) -> Read {
    let Some((open, after)) = symbol(text, at) else {
        return Read::No;
    };
    let read = match open {
        '[' => square(text, at, after),
        '(' => round(text, after),
        '<' => comment(text, after),
        _ => Read::No,
    };
    match read {
        Read::To(end) if !is_compact(&text[at..end]) => Read::No,
        other => other,
    }
}

/// Wrapped over two lines at most.
fn is_compact(marker: &str) -> bool {
    marker.len() <= MAX_LEN && memchr::memchr_iter(b'\n', marker.as_bytes()).count() <= 1
}

fn square(text: &str, at: usize, after: usize) -> Read {
    let from = few_blanks(text, after, 4);
    match phrase(text, from, "an error occurred while processing the|this directive") {
        Read::To(end) => return closed(text, end, ']'),
        Read::Cut if from < text.len() => return Read::Cut,
        _ => {}
    }
    if let Read::To(end) = phrase(text, from, "an error occurred while processing *") {
        return handler(text, at, end);
    }
    match phrase(text, from, "error: stat() failed!") {
        Read::To(end) => return Read::To(eat(text, end, ']').unwrap_or(end)),
        Read::Cut if from < text.len() => return Read::Cut,
        _ => {}
    }
    unknown_command(text, from)
}

/// A closing bracket, also behind a blank or a period.
fn closed(text: &str, end: usize, bracket: char) -> Read {
    let mut at = few_blanks(text, end, 4);
    if char_at(text, at) == Some('.') {
        at = few_blanks(text, at + 1, 4);
    }
    if at == text.len() {
        return Read::Cut;
    }
    // The bracket may stand on the next line.
    if is_line_end(text, at) {
        at = few_blanks(text, at + text[at..].find('\n').map_or(0, |n| n + 1), 4);
    }
    eat(text, at, bracket).map_or(Read::No, Read::To)
}

/// A Go handler's string: the directive's name, a colon and a message that no bracket closes; it ends its line.
fn handler(text: &str, at: usize, name_end: usize) -> Read {
    let name_start =
        name_end - text.as_bytes()[..name_end].iter().rev().take_while(|b| b.is_ascii_alphanumeric()).count();
    let is_element = ELEMENTS.iter().any(|e| e.eq_ignore_ascii_case(&text[name_start..name_end]));
    if !is_element || char_at(text, name_end) != Some(':') {
        return Read::No;
    }
    let bytes = &text.as_bytes()[name_end..];
    let bytes = &bytes[..bytes.len().min(MAX_LEN)];
    // Another string may follow in the same line.
    let another = memchr::memmem::find(bytes, b"[an error occurred");
    let end = another.or_else(|| memchr::memchr(b'\n', bytes));
    let end = end.or_else(|| (name_end + bytes.len() == text.len()).then_some(bytes.len()));
    let Some(message) = end.and_then(|end| text.get(name_end..name_end + end)) else {
        return Read::No;
    };
    let message = message.split('\n').next().unwrap_or_default();
    // A message quoted as a whole ends at its quotation mark.
    let quote = char_before(text, at).filter(|c| "\"“'‘`".contains(*c)).map(|c| match c {
        '“' => '”',
        '‘' => '’',
        c => c,
    });
    let to = quote.and_then(|q| message.find(q)).or_else(|| message.find(']').map(|n| n + 1));
    Read::To(to.map_or_else(|| name_end + message.trim_end().len(), |n| name_end + n))
}

/// Resin's `['NAME' is an unknown command.]`.
fn unknown_command(text: &str, from: usize) -> Read {
    const QUOTES: [char; 3] = ['\'', '’', '‘'];
    let Some((_, name)) = symbol(text, from).filter(|(c, _)| QUOTES.contains(c)) else {
        return Read::No;
    };
    let len = text.as_bytes()[name..]
        .iter()
        .take(41)
        .take_while(|b| b.is_ascii_alphanumeric() || b"._-#".contains(b))
        .count();
    let Some((_, after)) = symbol(text, name + len).filter(|(c, _)| len > 0 && QUOTES.contains(c)) else {
        return Read::No;
    };
    let gap = skip_blanks(text, after);
    match phrase(text, gap, "is an unknown command.") {
        Read::To(end) if gap > after => eat(text, end, ']').map_or(Read::No, Read::To),
        Read::Cut if gap > after => Read::Cut,
        _ => Read::No,
    }
}

/// lighttpd's strings in round brackets.
fn round(text: &str, after: usize) -> Read {
    macro_rules! string {
        ($end:literal) => {
            concat!("error: include directives ", $end)
        };
    }
    const STRINGS: [&str; 2] =
        [string!("recurse deeper than pre-defined ssi.recursion-max"), string!("create an infinite loop")];
    // The candidates know these three.
    if !["err", "Err", "ERR"].iter().any(|s| text[after..].starts_with(s)) {
        return Read::No;
    }
    let mut cut = false;
    for string in STRINGS {
        match phrase(text, after, string) {
            Read::To(end) => return closed(text, end, ')'),
            Read::Cut => cut = true,
            Read::No => {}
        }
    }
    if cut { Read::Cut } else { Read::No }
}

/// lighttpd's `<!-- [an error occurred: directive too long] `, a comment that nothing closes.
fn comment(text: &str, after: usize) -> Read {
    let open = || {
        let dashes = eat(text, after, '!').and_then(|at| super::lex::eat_dashes(text, at))?;
        eat(text, few_blanks(text, dashes, 4), '[')
    };
    let Some(from) = open() else { return Read::No };
    match phrase(text, from, "an error occurred: directive too long") {
        Read::To(end) => match eat(text, end, ']') {
            Some(end) => Read::To(eat_closer(text, skip_blanks(text, end)).unwrap_or(end)),
            None => Read::No,
        },
        other => other,
    }
}

/// The strings without brackets that fill a line, from `at` (the line's start); several may stand in a row.
pub(super) fn bare(text: &str, at: usize) -> Read {
    let start = skip_blanks(text, at);
    let mut end = start;
    loop {
        match one_bare(text, skip_blanks(text, end)) {
            Read::To(to) if is_compact(&text[start..to]) => end = to,
            Read::Cut => return Read::Cut,
            _ => return Read::No,
        }
        if is_line_end(text, skip_blanks(text, end)) {
            return Read::To(end);
        }
    }
}

fn one_bare(text: &str, from: usize) -> Read {
    let mut cut = false;
    for string in BARE {
        match phrase(text, from, string) {
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

/// What the search for candidates sees of these strings.
fn is_candidate(string: &[u8]) -> bool {
    [&b"rocessing"[..], b"ROCESSING", b"#exec", b"#EXEC", b"#Exec"]
        .iter()
        .any(|s| memchr::memmem::find(string, s).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> bool {
        bracketed(text, 0) == Read::To(text.len())
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
            assert!(!matches!(bracketed(text, 0), Read::To(_)), "{text}");
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
