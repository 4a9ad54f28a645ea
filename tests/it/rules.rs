//! The tables of rules and reasons hold: every row is well made, and its examples are what the program does.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use copydesk::{Cleaned, Options, Reason, ReasonInfo, Rule, Scope, Stage, Worth};

use crate::support::check;

fn table() -> impl Iterator<Item = (Reason, ReasonInfo)> {
    Reason::ALL.iter().map(|&reason| (reason, reason.info()))
}

/// What the examples of a reason are run with: its stage alone, with its rule.
fn options(info: &ReasonInfo) -> Options {
    let options = Options::default().only([info.rule.info().stage]).enable([info.rule]);
    info.marker.into_iter().fold(options, Options::marker)
}

fn text(out: &Cleaned<Vec<u8>>) -> String {
    String::from_utf8_lossy(&out.text).into_owned()
}

#[test]
fn names_are_unique_and_in_kebab_case() {
    let mut seen = HashSet::new();
    for scope in Scope::all() {
        let id = scope.as_str();
        assert!(seen.insert(id), "{id} is used twice");
        let words = || id.split('-');
        assert!(words().all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase())), "{id} is not kebab-case");
        assert_eq!(id.parse(), Ok(scope));
    }
}

#[test]
fn rows_are_in_the_order_of_stages_and_rules() {
    assert!(Rule::ALL.iter().map(|rule| rule.info().stage).is_sorted());
    assert!(table().map(|(_, info)| info.rule).is_sorted());
    assert!(Rule::ALL.iter().all(|rule| rule.reasons().count() > 0));
}

#[test]
fn help_is_one_short_line() {
    let rules = Rule::ALL.iter().map(|rule| (rule.as_str(), rule.info().help));
    for (id, help) in rules.chain(table().map(|(_, info)| (info.id, info.help))) {
        assert!(!help.is_empty() && help.chars().count() <= 90, "{id}: help has {} chars", help.chars().count());
        assert!(!help.contains('\n') && !help.ends_with('.'), "{id}: help is a line without a period at its end");
        assert!(help.starts_with(|c: char| c.is_ascii_uppercase()), "{id}: help begins with a capital");
    }
}

#[test]
fn a_likely_reason_belongs_to_a_rule_that_is_off() {
    for (_, info) in table() {
        assert_eq!(info.worth == Worth::Sure, info.rule.info().on, "{}", info.id);
    }
}

#[test]
fn every_example_is_what_its_stage_does() {
    for (reason, info) in table() {
        let out = check(&options(&info), info.before.as_bytes());
        assert_eq!(text(&out), info.after, "{}", info.id);
        assert!(out.edits.iter().any(|e| e.reasons.contains(&reason)), "{}: not among {:?}", info.id, out.edits);
        for edit in &out.edits {
            let stage = |reason: &Reason| reason.rule().info().stage;
            assert!(edit.reasons.iter().all(|r| stage(r) == stage(&reason)), "{}: {edit:?}", info.id);
        }
    }
}

#[test]
fn every_near_miss_stays() {
    for (_, info) in table() {
        let out = check(&options(&info), info.near.as_bytes());
        assert_eq!(text(&out), info.near, "{}", info.id);
    }
}

/// Switched off, a reason makes no edit.
#[test]
fn a_reason_that_is_off_makes_no_edit() {
    for (reason, info) in table() {
        let out = check(&options(&info).skip([reason]), info.before.as_bytes());
        assert!(out.edits.iter().all(|e| !e.reasons.contains(&reason)), "{}: {:?}", info.id, out.edits);
    }
}

#[test]
fn what_is_on_is_listed_in_short() {
    let scopes = |options: Options| options.scopes().iter().map(|s| s.as_str()).collect::<Vec<_>>().join(",");
    assert_eq!(scopes(Options::default()), "markers,titles,truncation,usa");
    assert_eq!(scopes(Options::default().skip([Stage::Usa, Stage::Titles])), "markers,truncation");
    assert_eq!(
        scopes(Options::default().only([Scope::from(Stage::Truncation), Rule::LikelyCut.into()])),
        "truncation,likely-cut"
    );
    assert_eq!(scopes(Options::default().only([Stage::Usa]).skip([Rule::DoubledPeriod])), "country-name");
    assert_eq!(scopes(Options::default().only(Vec::<Stage>::new())), "");
}

/// An example that holds without its pattern would show nothing of it.
#[test]
fn an_example_needs_its_pattern() {
    for (_, info) in table().filter(|(_, info)| info.marker.is_some()) {
        let out = check(&Options::default().only([info.rule.info().stage]), info.before.as_bytes());
        assert_eq!(text(&out), info.before, "{}", info.id);
    }
}

/// What docs/rules.md says before the rules.
const INTRODUCTION: &str = "\
# Rules and reasons

A stage has rules, and a rule has reasons: the patterns for which it acts. Every edit names its rule and its reason (`--explain`,
`--stats`, `--edits`).

- `--only`, `--skip` and `--enable` take the names of stages, rules and reasons. A stage brings its rules that are on by default.
  A rule that is off has to be named: `--enable likely-cut`.
- A reason is **sure** if its edits are right in real text, where most paragraphs are whole. A **likely** one is right often enough
  only in texts that are known to be cut, so its rule is off by default. [accuracy.md](accuracy.md) has the measure, and what each
  reason is worth by it.
- The examples are documents, and `⏎` is a line's end: what is changed (*before*, *after*), and one much like it that *stays*.

This page is made from the tables in `src/rules.rs` and `src/reasons.rs`, and a test runs the examples; `copydesk --list-rules`
prints the same.
";

/// docs/rules.md, made from the tables.
fn page() -> String {
    let overview = Rule::ALL.iter().map(|rule| {
        let info = rule.info();
        let default = if info.on { "on" } else { "off" };
        format!("| `{}` | [`{rule}`](#{rule}) | {} | {default} |\n", info.stage, info.help)
    });
    let overview: String = overview.collect();
    let stages: String = Stage::ALL.iter().map(|&stage| section(stage)).collect();
    format!("{INTRODUCTION}\n| stage | rule | what it does | by default |\n|---|---|---|---|\n{overview}{stages}")
}

fn section(stage: Stage) -> String {
    let mut text = format!("\n## Stage `{stage}`\n\nIt {}.\n", stage.help());
    for rule in Rule::ALL.iter().filter(|rule| rule.info().stage == stage) {
        let off = if rule.info().on { "" } else { " Off by default." };
        text += &format!("\n### `{rule}`\n\n{}.{off}\n", rule.info().help);
        text.extend(rule.reasons().map(|reason| entry(&reason.info())));
    }
    text
}

fn entry(info: &ReasonInfo) -> String {
    let worth = worth(info.worth);
    let line = |(name, example): (&str, &str)| format!("{name:<8}{}\n", example.replace('\n', "⏎"));
    let examples: String = [("before", info.before), ("after", info.after), ("stays", info.near)].map(line).concat();
    let with = info.marker.map_or(String::new(), |pattern| format!("with    --marker '{pattern}'\n"));
    format!("\n**`{}`** ({worth}): {}.\n\n```text\n{examples}{with}```\n", info.id, info.help)
}

fn worth(worth: Worth) -> &'static str {
    match worth {
        Worth::Sure => "sure",
        Worth::Likely => "likely",
    }
}

/// With UPDATE_DOCS=1 in the environment it writes the page.
#[test]
fn the_page_of_rules_is_that_of_the_tables() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    if fs::read_to_string(&file).unwrap_or_default() == page() {
        return;
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, page()).expect("the file can be written");
    }
    panic!("docs/rules.md is not what the tables make: run UPDATE_DOCS=1 cargo test --test it rules::");
}

/// The table of figures in docs/accuracy.md, made of data/program/worth.tsv and the tables.
fn figures() -> String {
    let rows = include_str!("../../data/program/worth.tsv").lines().filter(|line| !line.starts_with('#'));
    let rows: Vec<Vec<&str>> = rows.map(|line| line.split('\t').collect()).collect();
    let mut text = String::from(
        "| rule | reason | worth | cases: right | wrong | real text: right | harmless | wrong | new | field ‰ | clean ‰ | languages ‰ |\n\
         |---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for (reason, info) in table() {
        let is_first = info.rule.reasons().next() == Some(reason);
        let rule = if is_first { format!("`{}`", info.rule) } else { String::new() };
        let row = rows.iter().find(|row| row[0] == info.id).unwrap_or_else(|| panic!("worth.tsv has no {}", info.id));
        let cells: Vec<&str> = row[1..].iter().map(|cell| if *cell == "-" { "–" } else { cell }).collect();
        text += &format!("| {rule} | `{}` | {} | {} |\n", info.id, worth(info.worth), cells.join(" | "));
    }
    assert_eq!(rows.len(), Reason::ALL.len(), "worth.tsv has a row for each reason and no other");
    text
}

/// With UPDATE_DOCS=1 in the environment it writes the table.
#[test]
fn the_table_of_figures_is_that_of_the_data() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/accuracy.md");
    let page = fs::read_to_string(&file).expect("the page is there");
    let (before, rest) = page.split_once("<!-- reasons -->\n").expect("the page has a place for the table");
    let (_, after) = rest.split_once("<!-- end of reasons -->").expect("the table has an end");
    let made = format!("{before}<!-- reasons -->\n\n{}\n<!-- end of reasons -->{after}", figures());
    if made == page {
        return;
    }
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, made).expect("the file can be written");
    }
    panic!("docs/accuracy.md is not what data/program/worth.tsv makes: run UPDATE_DOCS=1 cargo test --test it rules::");
}

#[cfg(feature = "cli")]
#[test]
fn list_rules_shows_every_row() {
    let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_copydesk")).arg("--list-rules").unwrap();
    let page = String::from_utf8(output.stdout).expect("the table is UTF-8");
    for &rule in Rule::ALL {
        let off = if rule.info().on { "" } else { " (off by default)" };
        let row = format!("\n  {:<24}{}{off}\n", rule.as_str(), rule.info().help);
        assert!(page.contains(&row), "{row}");
    }
    for (_, info) in table() {
        let likely = if info.worth == Worth::Likely { " (likely)" } else { "" };
        let mut row = format!("    {:<22}{}{likely}\n", info.id, info.help);
        for (name, example) in [("before", info.before), ("after", info.after), ("stays", info.near)] {
            row += &format!("      {name:<8}{}\n", example.replace('\n', "⏎"));
        }
        if let Some(pattern) = info.marker {
            row += &format!("      with    --marker '{pattern}'\n");
        }
        assert!(page.contains(&row), "{row}");
    }
}
