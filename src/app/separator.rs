//! The line between two documents, as it is typed: with escapes.

use std::fmt::Write as _;

/// The bytes of a line. By its own name: clap takes a `Vec` for an argument of many values.
pub(crate) type Line = Vec<u8>;

/// A line with its escapes resolved.
pub(crate) fn parse(text: &str) -> Result<Line, String> {
    let mut line = Vec::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            line.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            continue;
        }
        line.push(match chars.next() {
            Some('f') => b'\x0C',
            Some('t') => b'\t',
            Some('0') => 0,
            Some('\\') => b'\\',
            Some('x') => {
                let hex: String = chars.by_ref().take(2).collect();
                u8::from_str_radix(&hex, 16)
                    .ok()
                    .filter(|_| hex.len() == 2)
                    .ok_or("write \\x with two hexadecimal digits, as in \\x1E")?
            }
            _ => return Err("use \\f, \\t, \\0, \\xHH or \\\\ after a backslash".to_owned()),
        });
    }
    Ok(line)
}

/// The line with escapes, so that [`parse`] gives it back. What can't be seen is escaped.
pub(crate) fn escaped(line: &[u8]) -> String {
    let mut text = String::new();
    for &byte in line {
        match byte {
            b'\x0C' => text.push_str("\\f"),
            b'\t' => text.push_str("\\t"),
            b'\\' => text.push_str("\\\\"),
            b' '..=b'~' => text.push(byte.into()),
            _ => {
                let _ = write!(text, "\\x{byte:02X}");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_know_escapes() {
        assert_eq!(parse(r"\f"), Ok(vec![0x0C]));
        assert_eq!(parse(r"=\x1e\t\\"), Ok(b"=\x1e\t\\".to_vec()));
        assert!(parse(r"\n").is_err());
        assert!(parse(r"\x1").is_err());
    }

    #[test]
    fn what_is_escaped_is_parsed_to_the_same() {
        let every: Vec<u8> = (0..=255).collect();
        assert_eq!(parse(&escaped(&every)), Ok(every));
        assert_eq!(escaped("\x0C = é".as_bytes()), r"\f = \xC3\xA9");
    }
}
