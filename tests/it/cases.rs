//! The labelled cases, `cases/STAGE.jsonl`: what that stage alone (`likely-cut`: truncation with that rule, `all`: every stage,
//! default options) must make of a text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use copydesk::{Options, Rule, Stage};
use serde_json::Value;

use crate::support::{check, shown};

/// Cases of stage `truncation` with the rule that is off by default.
const LIKELY: &str = "likely-cut";

struct Case {
    id: String,
    input: String,
    expected: String,
    options: Options,
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/cases"))
}

/// Every case; one of stage `usa` gives a case for each style, `ID/STYLE`.
fn cases() -> Vec<Case> {
    let names = Stage::ALL.iter().map(|s| s.as_str()).chain([LIKELY, "all"]);
    names
        .flat_map(|name| {
            let file = folder().join(name).with_extension("jsonl");
            let text = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
            text.lines().flat_map(|line| cases_of(name, line)).collect::<Vec<_>>()
        })
        .collect()
}

fn cases_of(name: &str, line: &str) -> Vec<Case> {
    let case: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{name}: {e}: {line}"));
    let field = |field: &str| match &case[field] {
        Value::String(text) => text.clone(),
        _ => panic!("{name}: no {field}: {line}"),
    };
    let (id, input) = (field("id"), field("input"));
    assert!(id.starts_with(&format!("{name}-")) && !field("kind").contains(' '), "{name}: id or kind: {line}");
    let options = match name.parse::<Stage>() {
        Ok(stage) => Options::default().only([stage]),
        Err(_) if name == LIKELY => Options::default().only([Stage::Truncation]).enable([Rule::LikelyCut]),
        Err(_) => Options::default(),
    };
    let Value::Object(styles) = &case["expected"] else {
        return vec![Case { id, input, expected: field("expected"), options }];
    };
    let style = |(style, expected): (&String, &Value)| Case {
        id: format!("{id}/{style}"),
        input: input.clone(),
        expected: expected.as_str().expect("a style's text").to_owned(),
        options: options.clone().usa_style(style.parse().expect("a style")),
    };
    styles.iter().map(style).collect()
}

/// The cases that are known to fail: `ID REASON` a line, sorted by id.
fn known_failures() -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder().join("known_failures.txt")).expect("the list can be read");
    let rows: Vec<_> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once(' ').unwrap_or_else(|| panic!("no reason: {line}")))
        .collect();
    assert!(rows.is_sorted_by(|a, b| a.0 < b.0), "known_failures.txt is not sorted, or names a case twice");
    rows.into_iter().map(|(id, reason)| (id.to_owned(), reason.to_owned())).collect()
}

#[test]
fn every_case_comes_out_as_expected() {
    let mut known = known_failures();
    let mut report = String::new();
    for case in cases() {
        let got = check(&case.options, case.input.as_bytes()).text;
        match (got == case.expected.as_bytes(), known.remove(&case.id)) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(_)) => writeln!(report, "{} passes: take it off known_failures.txt", case.id).unwrap(),
            (false, None) => {
                let [input, want, got] = [case.input.as_bytes(), case.expected.as_bytes(), &got].map(shown);
                writeln!(report, "{}\n  in   {input}\n  want {want}\n  got  {got}", case.id).unwrap();
            }
        }
    }
    for id in known.keys() {
        writeln!(report, "{id} is on known_failures.txt, and there is no such case").unwrap();
    }
    assert!(report.is_empty(), "{report}");
}

/// A text with all its apostrophes straight, or those inside words curly.
fn straight(text: &str) -> String {
    text.replace('’', "'")
}

fn curly(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_inside = |at: usize| {
        let is_letter = |at: usize| chars.get(at).is_some_and(|c| c.is_alphanumeric());
        at > 0 && is_letter(at + 1) && (is_letter(at - 1) || chars[at - 1] == '.')
    };
    chars.iter().enumerate().map(|(at, &c)| if c == '\'' && is_inside(at) { '’' } else { c }).collect()
}

#[test]
fn straight_and_curly_apostrophes_are_alike() {
    let mut texts = 0;
    for case in cases() {
        let input = straight(&case.input);
        let other = curly(&input);
        if other == input {
            continue;
        }
        texts += 1;
        let cleaner = case.options.build().expect("the options are right");
        let [cleaned, other] = [input, other].map(|text| straight(&cleaner.clean(&text).text));
        assert_eq!(other, cleaned, "{}", case.id);
    }
    assert!(texts >= 40, "only {texts} cases have apostrophes");
}

#[test]
fn there_are_cases_of_both_sorts_for_every_stage() {
    let cases = cases();
    let ids: BTreeSet<_> = cases.iter().map(|c| &c.id).collect();
    assert_eq!(ids.len(), cases.len(), "two cases have one id");
    let documents: BTreeSet<_> = cases.iter().map(|c| c.id.split('/').next()).collect();
    assert!(documents.len() >= 300, "only {} cases", documents.len());
    for &stage in Stage::ALL {
        let of_stage = || cases.iter().filter(|c| c.id.starts_with(stage.as_str()));
        let stay = of_stage().filter(|c| c.input == c.expected).count();
        let change = of_stage().count() - stay;
        assert!(stay >= 20 && change >= 20, "{stage:?}: {change} must change, {stay} must stay");
    }
}
