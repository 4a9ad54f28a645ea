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
//! - `joins_ok`: true where it is right as well if lines are joined, or left apart, in other places
//! - `refused`: true where the program takes the text for no article: the case is not one of the stages, and left out
//!
//! Other fields are for people and ignored.

use std::path::{Path, PathBuf};

use copydesk::{Options, Rule, Scope, Stage, UsaStyle};
use serde_json::Value;

use super::files::{entries, lines, stem, string};

/// What may be measured: the stages, each alone; a rule that is off by default, with its stage; `all`, the default options.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let stages = Stage::ALL.iter().map(|stage| stage.as_str());
    stages.chain(rules_that_are_off().map(Rule::as_str)).chain(["all"])
}

/// Sets with this in their name hold patterns that went wrong in real text, and say what has to stay by default.
const FIELD: &str = "field";

pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) input: String,
    pub(crate) expected: String,
    /// White space may differ from what is expected.
    pub(crate) joins_ok: bool,
}

impl Case {
    /// A text that must stay as it is.
    pub(crate) fn stays(id: String, kind: &str, text: String) -> Self {
        Self { id, kind: kind.to_owned(), input: text.clone(), expected: text, joins_ok: false }
    }

    /// Whether the output is the expected one.
    pub(crate) fn is_met_by(&self, output: &str) -> bool {
        output == self.expected || self.joins_ok && output.split_whitespace().eq(self.expected.split_whitespace())
    }
}

/// Cases that are cleaned with the same options.
pub(crate) struct Group {
    pub(crate) options: Options,
    pub(crate) cases: Vec<Case>,
}

/// The rules that are off by default.
pub(crate) fn rules_that_are_off() -> impl Iterator<Item = Rule> {
    Rule::ALL.iter().copied().filter(|rule| !rule.info().on)
}

/// The files of what is measured: `DIR/NAME.jsonl`, and of `DIR/NAME/SET.jsonl` the sets whose names begin with `set`. Where a rule
/// has none, it takes those of its stage, except for what has to stay by default.
pub(crate) fn files(dir: &Path, name: &str, set: &str) -> Result<Vec<PathBuf>, String> {
    let mut files = entries(&dir.join(name), "jsonl")?;
    files.retain(|file| stem(file).starts_with(set));
    let single = dir.join(name).with_extension("jsonl");
    if set.is_empty() && single.is_file() {
        files.push(single);
    }
    if let (true, Ok(rule)) = (files.is_empty(), name.parse::<Rule>()) {
        files = self::files(dir, rule.info().stage.as_str(), set)?;
        files.retain(|file| !stem(file).contains(FIELD));
    }
    Ok(files)
}

fn options(name: &str) -> Options {
    match name.parse() {
        Ok(Scope::Rule(rule)) => Options::default().only([rule.info().stage]).enable([rule]),
        Ok(scope) => Options::default().only([scope]),
        Err(_) => Options::default(),
    }
}

/// The cases of a file. Those of stage `usa` come once for each style, with the style after their ids.
pub(crate) fn read(file: &Path, name: &str) -> Result<Vec<Group>, String> {
    let by_style = name == Stage::Usa.as_str();
    let mut groups = Vec::new();
    for &style in UsaStyle::ALL.iter().filter(|&&s| by_style || s == UsaStyle::default()) {
        let cases = lines(file, |line| parse(line, by_style.then_some(style)))?.into_iter().flatten().collect();
        groups.push(Group { options: options(name).usa_style(style), cases });
    }
    Ok(groups)
}

/// A line's case; none where it has no `expected` for the style, or is not about the stages.
fn parse(case: &Value, style: Option<UsaStyle>) -> Result<Option<Case>, String> {
    let (id, kind, input) = (string(case, "id")?, string(case, "kind")?, string(case, "input")?);
    let joins_ok = case["joins_ok"] == true;
    if case["refused"] == true {
        return Ok(None);
    }
    let Some(style) = style.map(UsaStyle::as_str) else {
        return Ok(Some(Case { id, kind, input, expected: string(case, "expected")?, joins_ok }));
    };
    let styles = &case["expected"];
    if !styles.is_object() {
        return Err("'expected' has to be an object with an output for each style".to_owned());
    }
    let expected = styles.get(style).map(|_| string(styles, style)).transpose()?;
    Ok(expected.map(|expected| Case { id: format!("{id}/{style}"), kind, input, expected, joins_ok }))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::json;

    use super::*;

    #[test]
    fn a_rule_without_cases_of_its_own_takes_those_of_its_stage() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let named = |name: &str, set: &str| {
            let files = files(folder.path(), name, set).expect("the folder can be read");
            files.iter().map(|file| stem(file)).collect::<Vec<_>>()
        };
        fs::create_dir(folder.path().join("truncation")).expect("a folder can be made");
        for file in ["truncation/dev.jsonl", "truncation/dev-field.jsonl", "truncation.jsonl"] {
            fs::write(folder.path().join(file), "").expect("a file can be written");
        }
        assert_eq!(named("truncation", ""), ["dev-field", "dev", "truncation"]);
        assert_eq!(named("truncation", "dev-"), ["dev-field"]);
        assert_eq!(named("likely-cut", ""), ["dev", "truncation"]);
        fs::write(folder.path().join("likely-cut.jsonl"), "").expect("a file can be written");
        assert_eq!(named("likely-cut", ""), ["likely-cut"]);
        assert!(named("usa", "").is_empty());
    }

    #[test]
    fn a_case_of_usa_is_one_for_each_style_that_it_names() {
        let case = json!({"id": "u1", "kind": "form", "input": "the USA", "expected": {"US": "the US"}});
        let parsed = |style| parse(&case, Some(style)).expect("it is a case").map(|case| (case.id, case.expected));
        assert_eq!(parsed(UsaStyle::Plain), Some(("u1/US".to_owned(), "the US".to_owned())));
        assert_eq!(parsed(UsaStyle::Dotted), None);
        assert!(parse(&case, None).is_err());
    }

    #[test]
    fn a_case_may_leave_joins_open_and_one_that_is_refused_is_left_out() {
        let mut case = json!({"id": "t1", "kind": "link", "input": "a\nb", "expected": "a\nb", "joins_ok": true});
        let parsed = parse(&case, None).expect("it is a case").expect("it is about a stage");
        assert!(parsed.is_met_by("a b") && !parsed.is_met_by("a b …"));
        case["refused"] = true.into();
        assert!(parse(&case, None).expect("it is a case").is_none());
    }
}
