//! Lines of markup: nothing in them is a sentence's.

/// Whether a line may be markup and nothing else, by its first byte: cheap.
pub(super) fn may_be_markup(line: &[u8]) -> bool {
    matches!(line.trim_ascii_start().first(), Some(b'<' | b'[' | b'!' | b'|' | b':' | b'-' | b'+' | b'*' | b'_'))
}

/// Whether a line is markup and nothing else: HTML's tags and comments, Markdown's images and the definitions of its links, the
/// rule below a table's head. A link with a text of its own is no such line: the text is the article's. `None`: it begins so,
/// and holds something else.
pub(super) fn is_markup(line: &str) -> Option<bool> {
    let line = line.trim();
    if is_table_rule(line) { Some(true) } else { is_row_of_parts(line) }
}

/// `|---|:-:|`, `+----+`
fn is_table_rule(line: &str) -> bool {
    line.bytes().all(|b| b"|+-=: \t".contains(&b)) && line.contains(['|', '+']) && line.contains(['-', '='])
}

/// Tags and images, with at most marks between them.
fn is_row_of_parts(line: &str) -> Option<bool> {
    let without_marks =
        |text: &'_ str| text.trim_start_matches(|c: char| c.is_whitespace() || "|,;·•*_".contains(c)).len();
    let (mut at, mut parts) = (line.len() - without_marks(line), 0);
    while let Some(len) = part(&line[at..]) {
        at = line.len() - without_marks(&line[at + len..]);
        parts += 1;
    }
    if parts > 0 && at < line.len() { None } else { Some(parts > 0) }
}

/// Length of the tag or image that begins a text.
fn part(text: &str) -> Option<usize> {
    if text.starts_with('<') { tag(text) } else { image(text) }
}

/// `<br>`, `</p>`, `<img src="…">`, `<!-- … -->`; not a directive, which may be a marker.
fn tag(text: &str) -> Option<usize> {
    if let Some(comment) = text.strip_prefix("<!--") {
        return if comment.starts_with('#') { None } else { text.find("-->").map(|at| at + 3) };
    }
    let name = text.strip_prefix("</").or(text.strip_prefix('<'))?;
    let len = name.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
    let ends = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name[len..].starts_with([' ', '/', '>', '\t']);
    if ends { text.find('>').map(|at| at + 1) } else { None }
}

/// `![text](target)`, `[![text](target)](target)`, `[<img>][id]`, `[id]: target`
fn image(text: &str) -> Option<usize> {
    let open = text.find('[').filter(|at| *at == 0 || *at == 1 && text.starts_with('!'))?;
    let close = open + closing(&text[open..], '[', ']')?;
    let following = &text[close..];
    if open == 0 && following.starts_with(": ") {
        // A definition takes the whole line: a target, and its title.
        let (target, title) = following[2..].trim_start().split_once(' ').unwrap_or((following[2..].trim_start(), ""));
        let is_definition =
            target.contains(['/', '#', '<']) && (title.is_empty() || title.trim_start().starts_with(['"', '\'', '(']));
        return is_definition.then_some(text.len());
    }
    if open == 0 && is_row_of_parts(&text[1..close - 1]) != Some(true) {
        return None;
    }
    match following.chars().next()? {
        '(' => Some(close + closing(following, '(', ')')?),
        '[' => Some(close + closing(following, '[', ']')?),
        _ => None,
    }
}

/// The offset after the bracket that closes the one with which a text begins.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        depth += i32::from(c == open) - i32::from(c == close);
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_links_images_and_rules_are_markup() {
        for line in [
            "<br>",
            "  </div></div>",
            "<p align=\"center\">",
            "<img src=\"/usa.png\" alt=\"The USA\">",
            "<!-- the USA -->",
            "![The USA](/usa.png \"The USA\")",
            "[![The USA](/usa.png)](/usa)",
            "[<img src=\"/usa.svg\">][usa] ![One][1] | ![Two](/2_(x))",
            "[usa]: https://example.org/usa \"The USA\"",
            "|---|:-:|",
            "--- | ---",
            "+----+----+",
        ] {
            assert!(may_be_markup(line.as_bytes()) && is_markup(line) == Some(true), "{line}");
        }
    }

    #[test]
    fn what_holds_text_is_none() {
        for line in [
            "",
            "<!--#echo var=\"USA\" -->",
            "---",
            "<p>In the USA.</p>",
            "<3 the USA",
            "< the USA >",
            "[The USA](/usa) is large.",
            "[The USA](/usa)",
            "![The USA](/usa.png) The USA",
            "[sic]",
            "[The USA]",
            "[Editor]: the USA is large",
            "[Editor]: Yes.",
            "[The USA](/usa",
            "| USA | 12 |",
            "- one",
            "*",
            "-5",
            "|",
        ] {
            assert!(!may_be_markup(line.as_bytes()) || is_markup(line) != Some(true), "{line}");
        }
    }
}
