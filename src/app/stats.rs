//! How often each reason made an edit.

use std::fmt::Write as _;
use std::io::Write;

use copydesk::{Edit, Reason, Rule, Stage};
use serde_json::{Map, Value, json};

use super::formats::{Format, github};

/// How often each reason made an edit, and what was only noted.
#[derive(Debug)]
pub(crate) struct Stats {
    /// By reason: an edit that two reasons made counts for both.
    edits: [u64; Reason::ALL.len()],
    /// Of all reasons, each once.
    pub(crate) made: u64,
    notes: u64,
    /// Records, and fields of records, that could not be cleaned.
    pub(crate) left: u64,
}

impl Default for Stats {
    fn default() -> Self {
        Self { edits: [0; Reason::ALL.len()], made: 0, notes: 0, left: 0 }
    }
}

impl Stats {
    pub(crate) fn count(&mut self, edit: &Edit<'_>) {
        self.made += 1;
        for &reason in edit.reasons.iter() {
            self.edits[reason as usize] += 1;
        }
    }

    pub(crate) fn note(&mut self) {
        self.notes += 1;
    }

    pub(crate) fn add(&mut self, other: &Stats) {
        for (sum, more) in self.edits.iter_mut().zip(other.edits) {
            *sum += more;
        }
        self.made += other.made;
        self.notes += other.notes;
        self.left += other.left;
    }

    /// The edits of a stage. One that two reasons made counts for both.
    pub(crate) fn edits(&self, stage: Stage) -> u64 {
        self.sum(|reason| reason.rule().info().stage == stage)
    }

    fn of_rule(&self, rule: Rule) -> u64 {
        self.sum(|reason| reason.rule() == rule)
    }

    fn sum(&self, counts: impl Fn(Reason) -> bool) -> u64 {
        Reason::ALL.iter().filter(|&&reason| counts(reason)).map(|&reason| self.edits[reason as usize]).sum()
    }

    /// The rules of a stage that made edits.
    fn rules(&self, stage: Stage) -> impl Iterator<Item = Rule> {
        Rule::ALL.iter().copied().filter(move |&rule| rule.info().stage == stage && self.of_rule(rule) > 0)
    }

    /// The reasons of a rule that made edits.
    fn reasons(&self, rule: Rule) -> impl Iterator<Item = (Reason, u64)> {
        rule.reasons().map(|reason| (reason, self.edits[reason as usize])).filter(|(_, edits)| *edits > 0)
    }

    /// Prints the counts. In SARIF they are part of the results.
    pub(crate) fn print(&self, format: Format, out: &mut dyn Write) {
        let text = match format {
            Format::Names | Format::Text => self.table(),
            Format::Json => format!("{}\n", self.json()),
            Format::Github => github::notice("copydesk", &self.line()),
            Format::Sarif => String::new(),
        };
        let _ = out.write_all(text.as_bytes());
    }

    fn table(&self) -> String {
        let mut text = String::new();
        for &stage in Stage::ALL {
            let _ = writeln!(text, "{:<30}{:>10}", stage.as_str(), self.edits(stage));
            for rule in self.rules(stage) {
                let _ = writeln!(text, "  {:<28}{:>10}", rule.as_str(), self.of_rule(rule));
                for (reason, edits) in self.reasons(rule) {
                    let _ = writeln!(text, "    {:<26}{edits:>10}", reason.as_str());
                }
            }
        }
        if self.notes > 0 {
            let _ = writeln!(text, "{:<30}{:>10}", "noted and kept", self.notes);
        }
        if self.left > 0 {
            let _ = writeln!(text, "{:<30}{:>10}", "records left as they are", self.left);
        }
        text
    }

    /// An object: stages, in them their rules that made edits, in these their reasons.
    pub(crate) fn json(&self) -> Value {
        let stages = Stage::ALL.iter().map(|&stage| {
            let rules: Map<String, Value> =
                self.rules(stage).map(|rule| (rule.to_string(), self.json_of_rule(rule))).collect();
            (stage.to_string(), json!({ "edits": self.edits(stage), "rules": rules }))
        });
        json!({ "edits": self.made, "noted": self.notes, "left": self.left, "stages": stages.collect::<Map<_, _>>() })
    }

    fn json_of_rule(&self, rule: Rule) -> Value {
        let reasons: Map<String, Value> =
            self.reasons(rule).map(|(reason, edits)| (reason.to_string(), edits.into())).collect();
        json!({ "edits": self.of_rule(rule), "reasons": reasons })
    }

    fn line(&self) -> String {
        let rules = Stage::ALL.iter().flat_map(|&stage| self.rules(stage));
        let rules: Vec<String> = rules.map(|rule| format!("{rule} {}", self.of_rule(rule))).collect();
        format!("{} edits{}{}", self.made, if rules.is_empty() { "" } else { ": " }, rules.join(", "))
    }
}
