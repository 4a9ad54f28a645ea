//! What is said of the rules and their reasons: `--list-rules` and `--explain-rule`.

use std::fmt::Write as _;

use copydesk::{Reason, Rule, Scope, Stage, Worth};

use super::report::printable;
use super::worth;

/// The table of rules: each stage's, with their reasons, help and examples.
pub(crate) fn list() -> String {
    let mut text = String::new();
    for (i, &stage) in Stage::ALL.iter().enumerate() {
        let _ = writeln!(text, "{}{}: {}", if i == 0 { "" } else { "\n" }, stage.as_str(), stage.help());
        for &rule in Rule::ALL.iter().filter(|rule| rule.info().stage == stage) {
            let off = if rule.info().on { "" } else { " (off by default)" };
            let _ = writeln!(text, "\n  {:<24}{}{off}", rule.as_str(), rule.info().help);
            rule.reasons().for_each(|reason| list_reason(reason, &mut text));
        }
    }
    text
}

fn list_reason(reason: Reason, text: &mut String) {
    let info = reason.info();
    let likely = if info.worth == Worth::Likely { " (likely)" } else { "" };
    let _ = writeln!(text, "    {:<22}{}{likely}", info.id, info.help);
    for (name, example) in [("before", info.before), ("after", info.after), ("stays", info.near)] {
        let _ = writeln!(text, "      {name:<8}{}", printable(example));
    }
    if let Some(pattern) = info.marker {
        let _ = writeln!(text, "      with    --marker '{}'", printable(pattern));
    }
}

/// A stage, a rule or a reason.
pub(crate) fn explain(scope: Scope) -> String {
    match scope {
        Scope::Stage(stage) => explain_stage(stage),
        Scope::Rule(rule) => explain_rule(rule),
        Scope::Reason(reason) => explain_reason(reason),
        // The library may come to know more.
        _ => format!("{scope}\n"),
    }
}

fn explain_stage(stage: Stage) -> String {
    let mut text = format!("{stage} (stage)\n\n{}.\n\nRules:\n", capitalized(stage.help()));
    for rule in Rule::ALL.iter().filter(|rule| rule.info().stage == stage) {
        let _ = writeln!(text, "  {:<24}{}", rule.as_str(), rule.info().help);
    }
    text
}

fn explain_rule(rule: Rule) -> String {
    let info = rule.info();
    let mut text = format!("{rule} (rule of the stage {}{})\n\n{}.\n\nReasons:\n", info.stage, off(rule), info.help);
    for reason in rule.reasons() {
        let _ = writeln!(text, "  {:<24}{}", reason.as_str(), reason.info().help);
    }
    for reason in rule.reasons() {
        let _ = write!(text, "\n{reason}\n\n{}", examples(reason));
    }
    text
}

fn explain_reason(reason: Reason) -> String {
    let (info, rule) = (reason.info(), reason.rule());
    let stage = rule.info().stage;
    let head = format!("{reason} (reason of the rule {rule}, stage {stage}{})\n\n{}.\n\n", off(rule), info.help);
    let flag = if rule.info().on { "skip" } else { "enable" };
    let switch = if rule.info().on { "off" } else { "on" };
    format!("{head}{}\nSwitched {switch} by: --{flag} {reason}\n", examples(reason))
}

fn off(rule: Rule) -> &'static str {
    if rule.info().on { "" } else { ", off by default" }
}

fn capitalized(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().into_iter().flat_map(char::to_uppercase).chain(rest).collect()
}

/// A change, a near miss, and what the reason is worth.
fn examples(reason: Reason) -> String {
    let info = reason.info();
    let mut text = String::new();
    for (name, example) in [("Changed", info.before), ("Into", info.after), ("Left alone", info.near)] {
        let _ = writeln!(text, "{name}:\n{}", indented(example));
    }
    if let Some(pattern) = info.marker {
        let _ = writeln!(text, "With: --marker '{}'\n", printable(pattern));
    }
    let _ = writeln!(text, "Measured: {}", worth::of(reason));
    text
}

fn indented(example: &str) -> String {
    example.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}
