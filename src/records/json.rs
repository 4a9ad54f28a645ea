//! JSON Lines: where in a line the wanted strings are, what their text is, and how a text is written.

use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::map::OffsetMap;
use super::path::Paths;

/// A wanted field in a line: its number, and where its text is written, without the quotes; `None`: it is no string.
pub(super) type Found = (usize, Option<Range<usize>>);

/// Finds the wanted fields of a line in their order.
///
/// # Errors
/// It is no JSON.
pub(super) fn find(line: &[u8], wanted: &Paths, found: &mut Vec<Found>) -> Result<(), String> {
    let text = std::str::from_utf8(line).map_err(|_| "it is not UTF-8".to_owned())?;
    let mut json = serde_json::Deserializer::from_str(text);
    let finder = Finder { line: text, wanted, found };
    finder.deserialize(&mut json).and_then(|()| json.end()).map_err(|error| without_line(&error))
}

/// A line is one line: which one its reader knows.
fn without_line(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let what = message.strip_suffix(&place).unwrap_or(&message);
    if error.column() > 0 { format!("{what}, at byte {}", error.column()) } else { what.to_owned() }
}

/// Looks for the wanted fields in a value.
struct Finder<'a> {
    line: &'a str,
    wanted: &'a Paths,
    found: &'a mut Vec<Found>,
}

impl Finder<'_> {
    /// Where a part of the line is.
    fn place(&self, part: &str) -> Range<usize> {
        let start = part.as_ptr() as usize - self.line.as_ptr() as usize;
        start..start + part.len()
    }

    /// Takes a value that is wanted, or in which something is.
    fn take<E: serde::de::Error>(&mut self, value: &RawValue, wanted: &Paths) -> Result<(), E> {
        let (place, is_string) = (self.place(value.get()), value.get().starts_with('"'));
        let string = is_string.then(|| place.start + 1..place.end - 1);
        self.found.extend(wanted.fields.iter().map(|&field| (field, string.clone())));
        if wanted.is_end() {
            return Ok(());
        }
        let mut json = serde_json::Deserializer::from_str(value.get());
        Finder { line: self.line, wanted, found: &mut *self.found }.deserialize(&mut json).map_err(E::custom)
    }
}

impl<'de> DeserializeSeed<'de> for Finder<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Finder<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(wanted) = map.next_key_seed(Key(self.wanted))? {
            match wanted {
                Some(wanted) => self.take(map.next_value::<&RawValue>()?, wanted)?,
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        for index in 0.. {
            match self.wanted.at(index) {
                Some(wanted) => match seq.next_element::<&RawValue>()? {
                    Some(value) => self.take(value, wanted)?,
                    None => break,
                },
                None if seq.next_element::<IgnoredAny>()?.is_none() => break,
                None => {}
            }
        }
        Ok(())
    }

    // Nothing can be wanted in these.
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// What is wanted below a key.
struct Key<'a>(&'a Paths);

impl<'de, 'a> DeserializeSeed<'de> for Key<'a> {
    type Value = Option<&'a Paths>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'a> Visitor<'_> for Key<'a> {
    type Value = Option<&'a Paths>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.below(key))
    }
}

/// The text of a string that has escapes. Half of a surrogate pair becomes three bytes that are no UTF-8, as in WTF-8: nothing
/// cleans them.
pub(super) fn decode(written: &[u8], text: &mut Vec<u8>, map: &mut OffsetMap) {
    text.reserve(written.len());
    let mut at = 0;
    while let Some(escape) = memchr::memchr(b'\\', &written[at..]) {
        text.extend_from_slice(&written[at..at + escape]);
        at += escape;
        // Line ends come in pairs.
        while let Some([b'\\', letter]) = written.get(at..at + 2) {
            if *letter == b'u' {
                let (c, len) = unicode(&written[at..]);
                push(c, text);
                at += len;
            } else {
                text.push(plain(*letter));
                at += 2;
            }
            map.step(text.len(), at);
        }
    }
    text.extend_from_slice(&written[at..]);
}

/// The text of a string.
pub(super) fn text(written: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    decode(written, &mut text, &mut OffsetMap::default());
    text
}

/// What an escape of one letter is.
fn plain(letter: u8) -> u8 {
    match letter {
        b'b' => 8,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        itself => itself,
    }
}

/// The code point of a `\u` escape, or of two that are a surrogate pair, and their length in bytes.
fn unicode(written: &[u8]) -> (u32, usize) {
    let unit = |at: usize| {
        let escape = written.get(at..at + 6).filter(|escape| escape.starts_with(b"\\u"))?;
        u32::from_str_radix(std::str::from_utf8(&escape[2..]).ok()?, 16).ok()
    };
    let first = unit(0).unwrap_or(0xFFFD);
    match unit(6) {
        Some(second @ 0xDC00..0xE000) if (0xD800..0xDC00).contains(&first) => {
            (0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00), 12)
        }
        _ => (first, 6),
    }
}

fn push(c: u32, text: &mut Vec<u8>) {
    match char::from_u32(c) {
        Some(c) => text.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        None => text.extend([0xED, 0x80 | (c >> 6 & 0x3F) as u8, 0x80 | (c & 0x3F) as u8]),
    }
}

/// How a text is written in a string. `ascii`: nothing else, because the line has nothing else.
pub(super) fn encode(text: &[u8], ascii: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, after @ ..] = rest {
        rest = after;
        match first {
            b'"' | b'\\' => out.extend([b'\\', *first]),
            b'\n' => out.extend(b"\\n"),
            b'\r' => out.extend(b"\\r"),
            b'\t' => out.extend(b"\\t"),
            0..0x20 => out.extend(format!("\\u{first:04x}").into_bytes()),
            0x20..0x80 => out.push(*first),
            // Half a surrogate pair.
            0xED if matches!(after, [0xA0..=0xBF, 0x80..=0xBF, ..]) => {
                let unit = 0xD000 | u32::from(after[0] & 0x3F) << 6 | u32::from(after[1] & 0x3F);
                out.extend(format!("\\u{unit:04x}").into_bytes());
                rest = &after[2..];
            }
            _ if !ascii => out.push(*first),
            _ => {
                let whole = &text[text.len() - after.len() - 1..];
                let c = whole.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next()).unwrap_or('\u{FFFD}');
                for unit in c.encode_utf16(&mut [0; 2]) {
                    out.extend(format!("\\u{unit:04x}").into_bytes());
                }
                rest = &whole[c.len_utf8().min(whole.len())..];
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(line: &str, names: &[&str]) -> Result<Vec<(usize, Option<String>)>, String> {
        let mut found = Vec::new();
        find(line.as_bytes(), &Paths::new(names.iter().copied(), names.len()), &mut found)?;
        Ok(found.into_iter().map(|(field, place)| (field, place.map(|place| line[place].to_owned()))).collect())
    }

    fn decoded(written: &str) -> (Vec<u8>, OffsetMap) {
        let (mut text, mut map) = (Vec::new(), OffsetMap::default());
        decode(written.as_bytes(), &mut text, &mut map);
        (text, map)
    }

    #[test]
    fn fields_are_found_by_key_and_by_pointer() {
        let line =
            r#" {"id":1e400,"t\u0065xt":"a\"b","sub":{"text":"c","list":[1,{"x/y~":"d"}]},"text":"e","n":null} "#;
        let string = |field, text: &str| (field, Some(text.to_owned()));
        assert_eq!(found(line, &["text"]), Ok(vec![string(0, r#"a\"b"#), string(0, "e")]));
        assert_eq!(found(line, &["/sub/list/1/x~1y~0", "/sub/text"]), Ok(vec![string(1, "c"), string(0, "d")]));
        assert_eq!(found(line, &["n", "sub", "/sub/text", "no"]), Ok(vec![(1, None), string(2, "c"), (0, None)]));
        assert_eq!(found(r#"["a",["b"]]"#, &["/1/0", "/0", "text"]), Ok(vec![string(1, "a"), string(0, "b")]));
        assert_eq!(found(r#""text""#, &["text"]), Ok(vec![]));
    }

    #[test]
    fn what_is_no_json_is_reported() {
        for (line, message) in [
            (r#"{"text":"a""#, "EOF while parsing an object, at byte 11"),
            (r#"{"text":"a"} x"#, "trailing characters, at byte 14"),
            (r#"{"text":NaN}"#, "expected value, at byte 9"),
            ("{\"text\":\"a\tb\"}", "control character (\\u0000-\\u001F) found while parsing a string, at byte 10"),
        ] {
            assert_eq!(found(line, &["text"]), Err(message.to_owned()), "{line}");
        }
        assert_eq!(find(b"\"\xFF\"", &Paths::default(), &mut Vec::new()), Err("it is not UTF-8".to_owned()));
    }

    #[test]
    fn escapes_are_decoded_and_their_places_kept() {
        let (text, map) = decoded(r#"\"a\u00e9b\/\ud83d\uDE00c\ud83dd\u0000"#);
        assert_eq!(text, b"\"a\xC3\xA9b/\xF0\x9F\x98\x80c\xED\xA0\xBDd\0");
        for (range, written) in
            [(0..1, 0..2), (1..2, 2..3), (2..4, 3..9), (4..6, 9..12), (6..10, 12..24), (14..15, 31..32)]
        {
            assert_eq!(map.written(range.clone()), written, "{range:?}");
        }
    }

    #[test]
    fn a_line_of_ascii_stays_one() {
        assert_eq!(encode("\"é…😀\\\u{1}\n".as_bytes(), true), br#"\"\u00e9\u2026\ud83d\ude00\\\u0001\n"#);
        assert_eq!(encode("é\t\r".as_bytes(), false), "é\\t\\r".as_bytes());
        assert_eq!(encode(b"\xED\xA0\xBDx", true), br"\ud83dx");
    }

    proptest! {
        /// What is written is read by others, and by us, as it was.
        #[test]
        fn what_is_encoded_is_decoded(want: String, ascii: bool) {
            let written = String::from_utf8(encode(want.as_bytes(), ascii)).expect("chars stay whole");
            prop_assert_eq!(&serde_json::from_str::<String>(&format!("\"{written}\"")).expect("it is JSON"), &want);
            prop_assert!(!ascii || written.is_ascii());
            prop_assert_eq!(text(written.as_bytes()), want.into_bytes());
        }
    }
}
