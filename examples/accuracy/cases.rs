//! Labelled cases: how they are stored, and what each is cleaned with.
//!
//! A file of cases is JSON Lines, an object a line:
//!
//! - `id`: the case's name, unique in its file
//! - `kind`: what it shows; figures are given by kind
//! - `input`: the text
//! - `expected`: the text as it must come out; the same as `input` where it must stay. For stage `usa` an object with the
//!   output for each style that is tried: `{"U.S.": "…", "US": "…", "USA": "…"}`
//!
//! Other fields are for people and ignored.

use std::fs;
use std::path::Path;

use copydesk::{Options, Stage, UsaStyle};
use serde_json::Value;

/// What may be measured: the stages, each alone, and `all`, the default options.
pub(crate) const NAMES: &[&str] = &["titles", "markers", "truncation", "usa", "all"];

pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) input: String,
    pub(crate) expected: String,
}

/// Cases that are cleaned with the same options.
pub(crate) struct Group {
    pub(crate) options: Options,
    pub(crate) cases: Vec<Case>,
}

/// The cases of a file. Those of stage `usa` come once for each style, with the style behind their ids.
pub(crate) fn read(file: &Path, stage: &str) -> Result<Vec<Group>, String> {
    let text = fs::read_to_string(file).map_err(|e| format!("cannot read {}: {e}", file.display()))?;
    let options = match stage.parse::<Stage>() {
        Ok(stage) => Options::default().only([stage]),
        Err(_) => Options::default(),
    };
    let mut groups = Vec::new();
    for &style in UsaStyle::ALL.iter().filter(|&&s| stage == "usa" || s == UsaStyle::default()) {
        let by_style = (stage == "usa").then_some(style);
        let mut cases = Vec::new();
        for (i, line) in text.lines().enumerate() {
            let case = parse(line, by_style).map_err(|e| format!("{}:{}: {e}", file.display(), i + 1))?;
            cases.extend(case);
        }
        groups.push(Group { options: options.clone().usa_style(style), cases });
    }
    Ok(groups)
}

/// A line's case; none where it has no `expected` for the style.
fn parse(line: &str, style: Option<UsaStyle>) -> Result<Option<Case>, String> {
    let case: Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
    let field = |name: &str| string(&case[name], name);
    let (mut id, mut expected) = (field("id")?, &case["expected"]);
    if let Some(style) = style {
        let Some(by_style) = expected.as_object() else {
            return Err("'expected' has to be an object with an output for each style".to_owned());
        };
        let Some(output) = by_style.get(style.as_str()) else { return Ok(None) };
        id = format!("{id}/{}", style.as_str());
        expected = output;
    }
    Ok(Some(Case { id, kind: field("kind")?, input: field("input")?, expected: string(expected, "expected")? }))
}

fn string(value: &Value, name: &str) -> Result<String, String> {
    value.as_str().map(str::to_owned).ok_or_else(|| format!("'{name}' is missing or no string"))
}
