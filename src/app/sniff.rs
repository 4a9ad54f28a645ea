//! What the first bytes of an input say: an encoding, a compression, or that it is structured and no article. How the bytes come
//! in makes no difference: what is decided of some of them holds whatever follows.

use std::ffi::OsStr;
use std::path::Path;

use copydesk::records::RecordFormat;

/// Bytes that are looked at, at most.
pub(crate) const LOOK: usize = 64 * 1024;

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Text,
    /// UTF-16 or UTF-32, by the name that iconv has for it.
    Wide(&'static str),
    /// The program that decompresses it.
    Compressed(&'static str),
    Binary,
    /// No article: what it is.
    Structured(&'static str),
}

/// First bytes that decide. A longer one comes before one that it begins with; `*` is any byte.
const SIGNATURES: [(&[u8], Content); 9] = [
    (b"\xFF\xFE\0\0", Content::Wide("UTF-32LE")),
    (b"\0\0\xFE\xFF", Content::Wide("UTF-32BE")),
    (b"\xFF\xFE", Content::Wide("UTF-16LE")),
    (b"\xFE\xFF", Content::Wide("UTF-16BE")),
    (b"\x1F\x8B", Content::Compressed("gzip")),
    (b"\x28\xB5\x2F\xFD", Content::Compressed("zstd")),
    (b"\xFD7zXZ\0", Content::Compressed("xz")),
    (b"BZh*1AY&SY", Content::Compressed("bzip2")),
    (b"PK\x03\x04", Content::Compressed("unzip")),
];
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Beginnings of what is no article, in two parts with or without white space between.
const MARKUP: [(&[u8], &[u8], &str); 4] =
    [(b"{", b"\"", "JSON"), (b"[", b"{", "JSON"), (b"<?xml", b"", "XML"), (b"<!doctype", b"html", "HTML")];

/// Endings of names, and what such files are.
const ENDINGS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/", "program/structured.txt"));
/// Whole names of source code whose endings do not say so.
const SOURCES: [&str; 3] = ["CMakeLists.txt", "Dockerfile", "Makefile"];

/// Bare column names that make a header, and rows of as many columns that have to follow it.
const COLUMNS: usize = 3;
const ROWS: usize = 2;

/// What a file is by its name, if that is structured.
pub(crate) fn by_name(path: &Path) -> Option<Content> {
    let name = path.file_name().and_then(OsStr::to_str)?;
    if SOURCES.contains(&name) {
        return Some(Content::Structured("source code"));
    }
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    let mut rows = ENDINGS.lines().filter_map(|line| line.split_once('\t'));
    rows.find(|(known, _)| *known == ending).map(|(_, what)| Content::Structured(what))
}

/// How the records of a file are written, by its name.
pub(crate) fn records_by_name(path: &Path) -> Option<RecordFormat> {
    match &*path.extension()?.to_str()?.to_ascii_lowercase() {
        "jsonl" | "ndjson" => Some(RecordFormat::JsonLines),
        "csv" => Some(RecordFormat::Csv),
        "tsv" => Some(RecordFormat::Tsv),
        _ => None,
    }
}

/// What an input is by its first bytes, with `is_all` all that there are. `None`: more have to be seen.
pub(crate) fn by_bytes(bytes: &[u8], is_all: bool) -> Option<Content> {
    let head = Head { bytes, is_all: is_all || bytes.len() >= LOOK };
    match head.signature().and_then(|()| head.structure()) {
        Ok(()) => Some(Content::Text),
        Err(Found::Is(content)) => Some(content),
        Err(Found::More) => None,
    }
}

/// What ends the search.
enum Found {
    Is(Content),
    /// What was seen so far does not decide.
    More,
}

/// What is left when a look has found nothing.
type Look<T = ()> = Result<T, Found>;

/// The first bytes of an input, or what follows some of them.
#[derive(Clone, Copy)]
struct Head<'a> {
    bytes: &'a [u8],
    is_all: bool,
}

impl<'a> Head<'a> {
    fn skip(self, n: usize) -> Self {
        Self { bytes: &self.bytes[n..], ..self }
    }

    /// More bytes could decide, if there are more.
    fn more<T>(self, otherwise: T) -> Look<T> {
        if self.is_all { Ok(otherwise) } else { Err(Found::More) }
    }

    /// What follows a pattern with which the bytes begin, in any case of the letters; `None`: they begin otherwise.
    fn after(self, pattern: &[u8]) -> Look<Option<Self>> {
        let is = |(byte, wanted): (&u8, &u8)| *wanted == b'*' || byte.eq_ignore_ascii_case(wanted);
        match self.bytes.iter().zip(pattern).all(is) {
            false => Ok(None),
            true if self.bytes.len() < pattern.len() => self.more(None),
            true => Ok(Some(self.skip(pattern.len()))),
        }
    }

    /// Without the white space before it.
    fn trimmed(self) -> Look<Self> {
        let rest = Self { bytes: self.bytes.trim_ascii_start(), ..self };
        if rest.bytes.is_empty() { self.more(rest) } else { Ok(rest) }
    }

    fn signature(self) -> Look {
        for (pattern, content) in SIGNATURES {
            if self.after(pattern)?.is_some() {
                return Err(Found::Is(content));
            }
        }
        Ok(())
    }

    fn structure(self) -> Look {
        let text = self.after(MARK)?.unwrap_or(self);
        text.markup()?;
        text.table()
    }

    /// JSON, XML and HTML, where that is certain: two strings with white space between.
    fn markup(self) -> Look {
        let text = self.trimmed()?;
        for (first, second, what) in MARKUP {
            let Some(rest) = text.after(first)? else { continue };
            if rest.trimmed()?.after(second)?.is_some() {
                return Err(Found::Is(Content::Structured(what)));
            }
        }
        Ok(())
    }

    /// A header of bare names over rows with as many columns.
    fn table(self) -> Look {
        let Some((delimiter, columns, mut rest)) = self.header()? else { return Ok(()) };
        for _ in 0..ROWS {
            match rest.row(delimiter)? {
                Some((n, end)) if n == columns => rest = rest.skip(end),
                _ => return Ok(()),
            }
        }
        Err(Found::Is(Content::Structured(if delimiter == b'\t' { "TSV" } else { "CSV" })))
    }

    /// The delimiter, the number of names, and what follows the line.
    fn header(self) -> Look<Option<(u8, usize, Self)>> {
        let (mut delimiter, mut columns, mut is_start) = (None, 1, true);
        for (i, &byte) in self.bytes.iter().enumerate() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'_' => is_start = false,
                b'0'..=b'9' | 0x80.. if !is_start => {}
                b',' | b'\t' | b';' if !is_start && delimiter.is_none_or(|known| known == byte) => {
                    (delimiter, columns, is_start) = (Some(byte), columns + 1, true);
                }
                b'\r' if !is_start && self.bytes.get(i + 1).is_none_or(|&next| next == b'\n') => {}
                b'\n' if !is_start && columns >= COLUMNS => {
                    return Ok(delimiter.map(|delimiter| (delimiter, columns, self.skip(i + 1))));
                }
                _ => return Ok(None),
            }
        }
        self.more(None)
    }

    /// The number of columns of a row, and where it ends; `None`: there is none. A field in quotes may hold delimiters and line
    /// ends, except for TSV, which has no quotes.
    fn row(self, delimiter: u8) -> Look<Option<(usize, usize)>> {
        let (mut columns, mut field) = (1, Field::Start);
        for (i, &byte) in self.bytes.iter().enumerate() {
            field = match (field, byte) {
                (Field::Start, b'"') if delimiter != b'\t' => Field::Quoted,
                // A quote that is doubled is one of the text.
                (Field::Closed, b'"') => Field::Quoted,
                (Field::Quoted, b'"') => Field::Closed,
                (Field::Quoted, _) => Field::Quoted,
                (_, b'\n') => return Ok(Some((columns, i + 1))),
                (_, byte) if byte == delimiter => {
                    columns += 1;
                    Field::Start
                }
                _ => Field::Bare,
            };
        }
        self.more((!self.bytes.is_empty()).then_some((columns, self.bytes.len())))
    }
}

/// Where in a field a byte is.
#[derive(Clone, Copy)]
enum Field {
    Start,
    Bare,
    Quoted,
    /// After a quote that may be the last one.
    Closed,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is(bytes: &[u8]) -> Content {
        by_bytes(bytes, true).expect("all of it was seen")
    }

    #[test]
    fn names_show_what_is_no_article() {
        for (name, what) in [
            ("a/wire.csv", Some("CSV")),
            ("WIRE.JSON", Some("JSON")),
            ("story.txt.py", Some("source code")),
            ("deep/CMakeLists.txt", Some("source code")),
            ("Makefile", Some("source code")),
            ("a.html", Some("HTML")),
            ("story.txt", None),
            ("csv", None),
            (".md", None),
            ("Storm in the U.S. today", None),
            ("py/story", None),
        ] {
            assert_eq!(by_name(Path::new(name)), what.map(Content::Structured), "{name}");
        }
    }

    #[test]
    fn structured_beginnings_are_certain_ones() {
        for (text, what) in [
            ("{\"a\": 1}", "JSON"),
            ("\u{FEFF} \n{\n  \"a\"", "JSON"),
            ("[{", "JSON"),
            ("[\n  {}", "JSON"),
            ("<?xml version", "XML"),
            ("\n<!DOCTYPE html>\n<p>", "HTML"),
            ("<!doctype  HTML", "HTML"),
            ("id,title,body\n1,\"Owl, set \"\"free\"\"\nat dawn\",x\n2,y,z\n", "CSV"),
            ("id;title;body\r\n1;a;b\r\n2;c;d", "CSV"),
            ("id\ttitle\tb_2\n1\t\"Owl\tx\n2\t\tz\n", "TSV"),
            ("Größe,b,c\n,,\n,,\n", "CSV"),
        ] {
            assert_eq!(is(text.as_bytes()), Content::Structured(what), "{text:?}");
        }
    }

    #[test]
    fn what_could_be_an_article_is_one() {
        for text in [
            "",
            "\n\n",
            "{ad} Rain is due.",
            "{{\"slot\"}}",
            "[an error occurred]",
            "[\"Rain\"]",
            "<p>Rain.</p>",
            "<!-- note -->",
            "<!doctype book>",
            "Rain, wind and sun\nOne, two, three\nFour, five, six\n",
            "Rain,wind,sun\nIt rained, blew, and shone, they said.\nA dry day, a wet one, a third.\n",
            "Rain,wind,sun\na,b,c\n",
            "Rain,wind\na,b\nc,d\n",
            "Rain,wind;sun\na,b;c\nd,e;f\n",
            "Rain,2nd,sun\na,b,c\nd,e,f\n",
            "Rain,,sun\na,b,c\nd,e,f\n",
            "PK",
            "BZh is a name",
        ] {
            assert_eq!(is(text.as_bytes()), Content::Text, "{text:?}");
        }
    }

    #[test]
    fn encodings_and_compressions_are_known_by_their_first_bytes() {
        for (bytes, content) in [
            (&b"\xFF\xFEa\0"[..], Content::Wide("UTF-16LE")),
            (b"\xFF\xFE\0\0", Content::Wide("UTF-32LE")),
            (b"\xFF\xFE", Content::Wide("UTF-16LE")),
            (b"\x1F\x8B\x08", Content::Compressed("gzip")),
            (b"(\xB5/\xFD$", Content::Compressed("zstd")),
            (b"BZh91AY&SY", Content::Compressed("bzip2")),
            (b"\xFD7zXZ\0", Content::Compressed("xz")),
            (b"(no text)", Content::Text),
        ] {
            assert_eq!(is(bytes), content, "{bytes:?}");
        }
    }

    #[test]
    fn little_is_awaited_of_a_text() {
        for text in ["Owl ", "Owl\n", "\u{FEFF}Owl.", "<p", "[a", "{a", "A,b,\n", "\"", "1"] {
            assert_eq!(by_bytes(text.as_bytes(), false), Some(Content::Text), "{text:?}");
        }
        for text in ["", "\n", "O", "\u{FEFF}", "{", "[ ", "<!doc", "a,b,c\n1,2,3\n"] {
            assert_eq!(by_bytes(text.as_bytes(), false), None, "{text:?}");
        }
        assert_eq!(by_bytes(&b"a,".repeat(LOOK), false), Some(Content::Text));
    }

    proptest! {
        /// What is decided of the first bytes is what all of them say.
        #[test]
        fn reads_make_no_difference(pieces in prop::collection::vec(prop::sample::select(vec![
            "{", "\"", "[", "<", "?xml", "!doctype", " html", "a", "b_1", ",", ";", "\t", "\n", "\r\n", "\r", " ", "é", "\u{FEFF}", "BZh9", "1AY&SY", "PK\u{3}",
        ]), 0..24)) {
            let text = pieces.concat();
            let whole = is(text.as_bytes());
            for n in 0..text.len() {
                if let Some(content) = by_bytes(&text.as_bytes()[..n], false) {
                    prop_assert_eq!(content, whole, "{} bytes", n);
                }
            }
        }
    }
}
