//! What is printed of the figures by reason.

use copydesk::Reason;

use super::reasons::Counts;
use super::table;
use super::worth::{Tally, name};

impl Counts {
    /// A table of all reasons. Below it those that are not worth what `src/reasons.rs` says, and of each reason's edits that
    /// are wrong or new as many as are to be shown.
    pub(crate) fn report(&self, show: usize) -> String {
        let mut text = self.table() + "\n";
        for folder in &self.folders {
            text += &format!("{} ‰: edits in 1000 lines of {}, which has {}\n", folder.name, folder.name, folder.lines);
        }
        for (reason, tally) in self.disagreeing() {
            let (worth, measured) = (name(reason.info().worth), tally.measured().as_str());
            text += &format!("{reason}: src/reasons.rs says {worth}, measured is {measured}\n");
        }
        for (reason, edits) in &self.doubtful {
            edits.iter().take(show).for_each(|edit| text += &format!("--- {reason}: {edit}\n"));
        }
        text
    }

    pub(crate) fn tally(&self, reason: Reason) -> Tally {
        self.tallies.get(&reason).copied().unwrap_or_default()
    }

    fn disagreeing(&self) -> impl Iterator<Item = (Reason, Tally)> {
        let tallies = Reason::ALL.iter().map(|&reason| (reason, self.tally(reason)));
        tallies.filter(|(reason, tally)| !tally.measured().allows(reason.info().worth))
    }

    fn table(&self) -> String {
        let mut head = ["rule", "reason", "worth", "measured"].map(str::to_owned).to_vec();
        let words = head.len();
        head.extend(["cases: right", "wrong", "real text: right", "harmless", "wrong", "new"].map(str::to_owned));
        head.extend(self.folders.iter().map(|folder| format!("{} ‰", folder.name)));
        let rows: Vec<_> = Reason::ALL.iter().map(|&reason| self.row(reason)).collect();
        table::markdown(&head, words, &rows)
    }

    fn row(&self, reason: Reason) -> Vec<String> {
        let (info, tally) = (reason.info(), self.tally(reason));
        let is_first = info.rule.reasons().next() == Some(reason);
        let rule = if is_first { info.rule.as_str() } else { "" };
        let words = [rule, info.id, name(info.worth), tally.measured().as_str()];
        words.map(str::to_owned).into_iter().chain(self.figures(reason, "–")).collect()
    }

    fn figures(&self, reason: Reason, none: &'static str) -> impl Iterator<Item = String> {
        let tally = self.tally(reason);
        let (cases, real) = (tally.cases, tally.real);
        let numbers = [cases.right, cases.wrong, real.right, tally.harmless, real.wrong, tally.new];
        let per_folder = self.folders.iter().map(move |folder| match folder.per_1000_lines(reason) {
            0.0 => none.to_owned(),
            rate => format!("{rate:.2}"),
        });
        numbers.into_iter().map(|n| n.to_string()).chain(per_folder)
    }

    /// The rows of data/program/worth.tsv.
    pub(crate) fn tsv(&self) -> String {
        let row = |reason: Reason| format!("{reason}\t{}\n", self.figures(reason, "-").collect::<Vec<_>>().join("\t"));
        let mut rows: Vec<String> = Reason::ALL.iter().map(|&reason| row(reason)).collect();
        rows.sort();
        rows.concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worth_that_is_not_measured_is_reported() {
        let mut counts = Counts::default();
        counts.tallies.entry(Reason::AfterComma).or_default().add_case(true);
        counts.tallies.entry(Reason::AfterArticle).or_default().add_case(false);
        counts.doubtful.insert(Reason::AfterArticle, vec!["one".to_owned(), "two".to_owned()]);
        let report = counts.report(1);
        let (table, notes) = report.split_once("\n\n").expect("the table ends in a blank line");
        assert_eq!(notes, "after-article: src/reasons.rs says sure, measured is poor\n--- after-article: one\n");
        assert_eq!(table.lines().count(), 2 + Reason::ALL.len());
        let row = |reason: &str| {
            let row = table
                .lines()
                .find(|line| line.split('|').any(|cell| cell.trim() == reason))
                .expect("every reason has a row");
            row.split('|').map(str::trim).skip(2).collect::<Vec<_>>()
        };
        assert_eq!(row("after-comma"), ["after-comma", "sure", "sure", "1", "0", "0", "0", "0", "0", ""]);
        assert_eq!(
            row("processing-error"),
            ["processing-error", "sure", "none seen", "0", "0", "0", "0", "0", "0", ""]
        );
    }
}
