//! SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/>): one run, a rule for each reason, a result for each edit.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use copydesk::{Edit, Reason};
use serde_json::{Value, json};

use super::Objects;
use crate::app::clean::Report;
use crate::app::place::{Located, Position};
use crate::app::report::{change, named};
use crate::app::stats::Stats;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) struct Sarif<'a> {
    file: Value,
    objects: Objects<'a>,
}

impl<'a> Sarif<'a> {
    pub(super) fn new(path: &Path, out: &'a mut dyn Write) -> Self {
        Self { file: json!({ "uri": uri(path) }), objects: Objects::new(out) }
    }
}

impl Report for Sarif<'_> {
    fn edit(&mut self, located: &Located<'_>) -> io::Result<()> {
        let edit = located.edit;
        let reason = edit.reasons[0];
        let region = region(located.start, located.end);
        let mut result = json!({
            "ruleId": reason.as_str(),
            "ruleIndex": reason as usize,
            "level": "warning",
            "message": { "text": format!("{}: {}", named(&edit.reasons), change(edit)) },
            "locations": [{ "physicalLocation": { "artifactLocation": self.file, "region": region } }],
        });
        if let Some(fix) = fix(edit, &self.file, &region) {
            result["fixes"] = fix;
        }
        self.objects.write(&result.to_string())
    }
}

fn region(start: Position, end: Position) -> Value {
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

/// What makes the edit; `None`: what it puts there is no text.
fn fix(edit: &Edit<'_>, file: &Value, region: &Value) -> Option<Value> {
    let after = std::str::from_utf8(&edit.after).ok()?;
    let replacement = json!({ "deletedRegion": region, "insertedContent": { "text": after } });
    Some(json!([{ "artifactChanges": [{ "artifactLocation": file, "replacements": [replacement] }] }]))
}

/// All that comes before the first result.
pub(super) fn head() -> String {
    let driver = json!({
        "name": "copydesk",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": Reason::ALL.iter().map(|&reason| rule(reason)).collect::<Vec<_>>(),
    });
    format!(
        "{{\"$schema\":{},\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{driver}}},\
         \"columnKind\":\"unicodeCodePoints\",\"results\":[\n",
        Value::from(SCHEMA)
    )
}

fn rule(reason: Reason) -> Value {
    let (info, rule) = (reason.info(), reason.rule().info());
    json!({
        "id": info.id,
        "shortDescription": { "text": format!("{}.", info.help) },
        "fullDescription": { "text": format!("{}: {}.", rule.id, rule.help) },
        "help": { "text": format!("Before:\n{}\nAfter:\n{}", info.before, info.after) },
        "defaultConfiguration": { "enabled": rule.on, "level": "warning" },
        "properties": { "stage": rule.stage.as_str(), "rule": rule.id },
    })
}

/// All that comes after the last result. A run that is not whole has left files out.
pub(super) fn tail(is_whole: bool, stats: Option<&Stats>) -> String {
    let invocation = json!({ "executionSuccessful": is_whole });
    let properties = stats.map_or(String::new(), |stats| format!(",\"properties\":{{\"stats\":{}}}", stats.json()));
    format!("\n],\"invocations\":[{invocation}]{properties}}}]}}\n")
}

/// A path as a reference, relative if it is.
fn uri(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    let bytes = bytes.strip_prefix(b"./").unwrap_or(bytes);
    let mut uri = String::from(if path.is_absolute() { "file://" } else { "" });
    for &byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(byte.into()),
            b'\\' if cfg!(windows) => uri.push('/'),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_reference() {
        for (path, want) in [
            ("./wire/a b.txt", "wire/a%20b.txt"),
            ("a:b%.txt", "a%3Ab%25.txt"),
            ("é.txt", "%C3%A9.txt"),
            #[cfg(unix)]
            ("/tmp/a.txt", "file:///tmp/a.txt"),
        ] {
            assert_eq!(uri(Path::new(path)), want);
        }
    }
}
