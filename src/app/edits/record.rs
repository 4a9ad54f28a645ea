//! A record is a line of JSON. Bytes that are no UTF-8 stand in hexadecimal digits, in a field whose name ends in `_hex`.

use std::fmt::Write as _;
use std::io::{self, Read, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use copydesk::{Edit, Reason};
use crc32fast::Hasher;
use serde_json::{Map, Value};

use crate::app::place::{Located, Within};
use crate::app::refused::Key;

/// A line of a log.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Record {
    /// `{"file":…,"number":…,"line":…,"column":…,"start":…,"before":…,"after":…,"stages":[…],"rules":[…],"reasons":[…]}`, with
    /// `"record":…,"field":…` before `start` where it is in a record, and `"key":…` at the end where that is known.
    Edit { edit: Edit<'static>, number: u64, within: Option<Within>, key: Option<Key> },
    /// `{"file":…,"input_bytes":…,"input_crc32":…,"output_bytes":…,"output_crc32":…}`: the last one of an input.
    End(Sums),
}

/// An input, and what came out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    pub(crate) input: Sum,
    pub(crate) output: Sum,
}

impl Sums {
    /// Those of two inputs, one after the other.
    pub(crate) fn then(self, next: Self) -> Self {
        Self { input: self.input.then(next.input), output: self.output.then(next.output) }
    }
}

/// A text by its length and its CRC-32, as zlib has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) bytes: u64,
    crc: u32,
}

impl Sum {
    pub(crate) fn add(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        let mut crc = Hasher::new_with_initial(self.crc);
        crc.update(bytes);
        self.crc = crc.finalize();
    }

    /// That of this text and another one after it.
    fn then(self, next: Self) -> Self {
        let mut crc = Hasher::new_with_initial_len(self.crc, self.bytes);
        crc.combine(&Hasher::new_with_initial_len(next.crc, next.bytes));
        Self { bytes: self.bytes.saturating_add(next.bytes), crc: crc.finalize() }
    }

    /// That of all there is to read.
    pub(crate) fn of(mut reader: impl Read) -> io::Result<Self> {
        let mut sum = Self::default();
        io::copy(&mut reader, &mut sum)?;
        Ok(sum)
    }
}

impl Write for Sum {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.add(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes the records of an input while it is cleaned.
pub(crate) struct Recorder<'a> {
    /// The field that names the file.
    file: String,
    sums: Sums,
    out: &'a mut dyn Write,
}

impl<'a> Recorder<'a> {
    pub(crate) fn new(path: &Path, out: &'a mut dyn Write) -> Self {
        Self { file: field("file", path.as_os_str().as_encoded_bytes()), sums: Sums::default(), out }
    }

    pub(crate) fn kept(&mut self, bytes: &[u8]) {
        self.sums.input.add(bytes);
        self.sums.output.add(bytes);
    }

    pub(crate) fn edit(&mut self, located: &Located<'_>) -> io::Result<()> {
        let edit = located.edit;
        self.sums.input.add(&edit.before);
        self.sums.output.add(&edit.after);
        writeln!(self.out, "{}", record(&self.file, located))
    }

    /// What was recorded may be read.
    pub(crate) fn pause(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// The input has ended.
    pub(crate) fn end(&mut self) -> io::Result<()> {
        let Sums { input, output } = self.sums;
        let line = format!(
            "{{{},\"input_bytes\":{},\"input_crc32\":{},\"output_bytes\":{},\"output_crc32\":{}}}\n",
            self.file, input.bytes, input.crc, output.bytes, output.crc
        );
        self.out.write_all(line.as_bytes())?;
        self.out.flush()
    }
}

/// The object of an edit. `file`: the field that names the file.
pub(crate) fn record(file: &str, located: &Located<'_>) -> String {
    let Located { edit, number, start, within, key, .. } = located;
    let within = within.map_or(String::new(), |within| {
        format!(",\"record\":{},{}", within.record, field("field", within.field.as_bytes()))
    });
    let key = key.map_or(String::new(), |key| format!(",\"key\":\"{key}\""));
    let names = |name: fn(Reason) -> &'static str| {
        let mut names: Vec<&str> = edit.reasons.iter().map(|&reason| name(reason)).collect();
        names.dedup();
        Value::from(names)
    };
    format!(
        "{{{file},\"number\":{number},\"line\":{},\"column\":{}{within},\"start\":{},{},{},\"stages\":{},\"rules\":{},\"reasons\":{}{key}}}",
        start.line,
        start.column,
        edit.start,
        field("before", &edit.before),
        field("after", &edit.after),
        names(|reason| reason.rule().info().stage.as_str()),
        names(|reason| reason.rule().as_str()),
        Value::from(edit.reasons.iter().map(|reason| reason.as_str()).collect::<Vec<_>>()),
    )
}

/// A field that holds bytes.
pub(crate) fn field(name: &str, bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => format!("\"{name}\":{}", Value::from(text)),
        Err(_) => {
            bytes.iter().fold(format!("\"{name}_hex\":\""), |mut out, byte| {
                let _ = write!(out, "{byte:02x}");
                out
            }) + "\""
        }
    }
}

/// The file's name, and what a line says of it.
pub(crate) fn parse(line: &[u8]) -> Result<(Vec<u8>, Record)> {
    let Value::Object(record) = serde_json::from_slice(line)? else { bail!("it is no object") };
    let number = |name: &str| record.get(name).and_then(Value::as_u64).with_context(|| format!("it has no {name}"));
    let crc = |name: &str| number(name)?.try_into().with_context(|| format!("its {name} is too large"));
    let file = bytes(&record, "file")?;
    if record.contains_key("input_bytes") {
        let input = Sum { bytes: number("input_bytes")?, crc: crc("input_crc32")? };
        let output = Sum { bytes: number("output_bytes")?, crc: crc("output_crc32")? };
        return Ok((file, Record::End(Sums { input, output })));
    }
    let start = number("start")?;
    let (before, after) = (bytes(&record, "before")?, bytes(&record, "after")?);
    let reasons = record.get("reasons").and_then(Value::as_array).context("it has no reasons")?;
    // Another version may have known other reasons: what was done can be undone all the same.
    let reasons: Vec<Reason> = reasons.iter().filter_map(|id| id.as_str()?.parse().ok()).collect();
    let edit = Edit::new(start, before, after, reasons);
    let key = record.get("key").and_then(Value::as_str).and_then(|key| key.parse().ok());
    Ok((file, Record::Edit { edit, number: number("number").unwrap_or_default(), within: within(&record), key }))
}

/// The record and the field that an edit is in, if it is in one.
fn within(record: &Map<String, Value>) -> Option<Within> {
    let field = record.get("field")?.as_str()?.to_owned();
    Some(Within { record: record.get("record")?.as_u64()?, field })
}

/// The file's name in a line that breaks off, if that is whole.
pub(crate) fn name_of_part(line: &[u8]) -> Option<Vec<u8>> {
    let text = |rest: &[u8]| serde_json::Deserializer::from_slice(rest).into_iter::<String>().next()?.ok();
    match line.strip_prefix(b"{\"file\":") {
        Some(rest) => text(rest).map(String::into_bytes),
        None => unhex(&text(line.strip_prefix(b"{\"file_hex\":")?)?),
    }
}

fn bytes(record: &Map<String, Value>, name: &str) -> Result<Vec<u8>> {
    let text = |name: &str| record.get(name).and_then(Value::as_str);
    let hex = || text(&format!("{name}_hex")).and_then(unhex);
    text(name).map(|text| text.as_bytes().to_vec()).or_else(hex).with_context(|| format!("it has no {name}"))
}

fn unhex(digits: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = digits.chars().map(|c| u8::try_from(c.to_digit(16)?).ok()).collect();
    let (pairs, rest) = digits.as_ref()?.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(|[high, low]| (high << 4) | low).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines for an edit and the end of an input.
    fn lines(file: &Path, edit: &Edit<'_>) -> Vec<u8> {
        use crate::app::place::Locator;
        let mut out = Vec::new();
        let mut recorder = Recorder::new(file, &mut out);
        let located = Locator::default().locate(edit);
        recorder.edit(&located).and_then(|()| recorder.end()).expect("memory takes everything");
        out
    }

    fn edit(before: &'static [u8], after: &'static [u8]) -> Edit<'static> {
        Edit::new(7, before, after, Reason::ALL)
    }

    #[test]
    fn a_checksum_is_that_of_zlib() {
        let mut sum = Sum::default();
        sum.add(b"12345");
        sum.add(b"");
        sum.add(b"6789");
        assert_eq!(sum, Sum { bytes: 9, crc: 0xCBF4_3926 });
        let parts = [&b"123"[..], b"", b"456789"].map(|part| Sum::of(part).expect("memory can be read"));
        assert_eq!(parts[0].then(parts[1]).then(parts[2]), sum);
    }

    #[test]
    fn what_is_written_is_read() {
        for (before, after) in
            [(&b"USA"[..], &b"U.S."[..]), (b"\"\\\n\r\t\0\xE2\x80\xA8", b""), (b"\xFFa\x0A", b"\x00\x80")]
        {
            let edit = edit(before, after);
            let out = lines(Path::new("a \"b\".txt"), &edit);
            let read: Vec<_> = out.split_inclusive(|&b| b == b'\n').map(|l| parse(l).expect("it is one")).collect();
            let mut sums = Sums::default();
            sums.input.add(before);
            sums.output.add(after);
            let file = b"a \"b\".txt".to_vec();
            assert_eq!(
                read,
                [
                    (file.clone(), Record::Edit { edit, number: 1, within: None, key: None }),
                    (file.clone(), Record::End(sums))
                ]
            );
            for part in [&out[..out.len() - 1], &out[..24]] {
                assert_eq!(name_of_part(part), Some(file.clone()));
            }
            assert_eq!(name_of_part(&out[..20]), None);
        }
    }

    #[test]
    fn lines_are_json() {
        let edit = Edit::new(7, b"US\xFF", b"U.S.\n", &[Reason::CountryForm]);
        let want = "{\"file\":\"-\",\"number\":1,\"line\":1,\"column\":1,\"start\":7,\"before_hex\":\"5553ff\",\"after\":\"U.S.\\n\",\"stages\":[\"usa\"],\"rules\":[\"country-name\"],\"reasons\":[\"country-form\"]}\n\
                    {\"file\":\"-\",\"input_bytes\":3,\"input_crc32\":698537043,\"output_bytes\":5,\"output_crc32\":4078182256}\n";
        assert_eq!(String::from_utf8_lossy(&lines(Path::new("-"), &edit)), want);
    }

    #[test]
    fn what_is_no_record_is_reported() {
        for (line, message) in [
            ("[]", "it is no object"),
            (r#"{"start":1}"#, "it has no file"),
            (r#"{"file":"a"}"#, "it has no start"),
            (r#"{"file":"a","start":-1}"#, "it has no start"),
            (r#"{"file":"a","start":1,"before":"x"}"#, "it has no after"),
            (r#"{"file":"a","start":1,"before_hex":"4","after":""}"#, "it has no before"),
            (r#"{"file":"a","start":1,"before_hex":"4g","after":""}"#, "it has no before"),
            (r#"{"file":"a","start":1,"before":"x","after":""}"#, "it has no reasons"),
            (r#"{"file":"a","input_bytes":1}"#, "it has no input_crc32"),
            (r#"{"file":"a","input_bytes":1,"input_crc32":4294967296}"#, "its input_crc32 is too large"),
            (r#"{"file":"a","input_bytes":1,"input_crc32":1}"#, "it has no output_bytes"),
        ] {
            assert_eq!(parse(line.as_bytes()).expect_err(line).to_string(), message);
        }
        parse(b"{\"file\":\"a\"").expect_err("it breaks off");
    }
}
