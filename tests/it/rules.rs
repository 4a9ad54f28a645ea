//! The table of rules holds: every row is well made, and its example is what the program does.

use std::collections::HashSet;

use copydesk::{Options, Rule, RuleInfo};

use crate::support::check;

fn table() -> impl Iterator<Item = (Rule, RuleInfo)> {
    Rule::ALL.iter().map(|&rule| (rule, rule.info()))
}

/// What the example of a rule is run with.
fn options(info: &RuleInfo) -> Options {
    let options = Options::default().only([info.stage]);
    info.marker.into_iter().fold(options, Options::marker)
}

#[test]
fn ids_are_unique_and_in_kebab_case() {
    let mut seen = HashSet::new();
    for (_, info) in table() {
        let id = info.id;
        assert!(seen.insert(id), "{id} stands twice in the table");
        let words = || id.split('-');
        assert!(words().all(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase())), "{id} is not kebab-case");
    }
}

#[test]
fn rules_stand_in_the_order_of_the_stages() {
    assert!(table().map(|(_, info)| info.stage).is_sorted());
}

#[test]
fn help_is_one_short_line() {
    for (_, info) in table() {
        let (id, help) = (info.id, info.help);
        assert!(!help.is_empty() && help.chars().count() <= 80, "{id}: help has {} chars", help.chars().count());
        assert!(!help.contains('\n') && !help.ends_with('.'), "{id}: help is a line without a period at its end");
        assert!(help.starts_with(|c: char| c.is_ascii_uppercase()), "{id}: help begins with a capital");
    }
}

#[test]
fn every_example_is_what_its_stage_does() {
    for (rule, info) in table() {
        let out = check(&options(&info), info.before.as_bytes());
        assert_eq!(String::from_utf8_lossy(&out.output), info.after, "{}", info.id);
        assert!(out.edits.iter().any(|e| e.rules.contains(&rule)), "{}: no edit of {:?} names it", info.id, out.edits);
        for edit in &out.edits {
            let stages: Vec<_> = edit.rules.iter().map(|r| r.info().stage).collect();
            assert!(stages.iter().all(|&s| s == info.stage), "{}: an edit of another stage: {edit:?}", info.id);
        }
    }
}

/// An example that holds without its pattern would show nothing of it.
#[test]
fn an_example_needs_its_pattern() {
    for (_, info) in table().filter(|(_, info)| info.marker.is_some()) {
        let out = check(&Options::default().only([info.stage]), info.before.as_bytes());
        assert_eq!(String::from_utf8_lossy(&out.output), info.before, "{}", info.id);
    }
}

#[cfg(feature = "cli")]
#[test]
fn list_rules_shows_every_row() {
    let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_copydesk")).arg("--list-rules").unwrap();
    let page = String::from_utf8(output.stdout).expect("the table is UTF-8");
    for (_, info) in table() {
        let mut rows = page.lines().skip_while(|l| l.split_whitespace().next() != Some(info.id));
        let mut row = || rows.next().unwrap_or_default();
        assert_eq!(row(), format!("  {:<20}{}", info.id, info.help));
        assert_eq!(row(), format!("    before  {}", info.before.replace('\n', "⏎")));
        assert_eq!(row(), format!("    after   {}", info.after.replace('\n', "⏎")));
        if let Some(pattern) = info.marker {
            assert_eq!(row(), format!("    with    --marker '{pattern}'"));
        }
    }
}
