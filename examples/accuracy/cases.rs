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

use std::path::Path;

use copydesk::{Options, Stage, UsaStyle};
use serde_json::Value;

use super::files::{self, string};

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

/// The cases of a file. Those of stage `usa` come once for each style, with the style after their ids.
pub(crate) fn read(file: &Path, stage: &str) -> Result<Vec<Group>, String> {
    let options = match stage.parse::<Stage>() {
        Ok(stage) => Options::default().only([stage]),
        Err(_) => Options::default(),
    };
    let mut groups = Vec::new();
    for &style in UsaStyle::ALL.iter().filter(|&&s| stage == "usa" || s == UsaStyle::default()) {
        let by_style = (stage == "usa").then_some(style);
        let cases = files::lines(file, |line| parse(line, by_style))?.into_iter().flatten().collect();
        groups.push(Group { options: options.clone().usa_style(style), cases });
    }
    Ok(groups)
}

/// A line's case; none where it has no `expected` for the style.
fn parse(case: &Value, style: Option<UsaStyle>) -> Result<Option<Case>, String> {
    let (id, kind, input) = (string(case, "id")?, string(case, "kind")?, string(case, "input")?);
    let Some(style) = style.map(UsaStyle::as_str) else {
        return Ok(Some(Case { id, kind, input, expected: string(case, "expected")? }));
    };
    let styles = &case["expected"];
    if !styles.is_object() {
        return Err("'expected' has to be an object with an output for each style".to_owned());
    }
    let expected = styles.get(style).map(|_| string(styles, style)).transpose()?;
    Ok(expected.map(|expected| Case { id: format!("{id}/{style}"), kind, input, expected }))
}
