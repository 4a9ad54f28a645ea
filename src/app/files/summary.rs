//! What a run over files comes to.

use copydesk::Stage;

use super::one::End;
use crate::app::cleaners::file;
use crate::app::report;
use crate::app::settings::{Mode, Settings};
use crate::app::stats::Stats;
use crate::app::status::Status;

#[derive(Debug, Default)]
pub(crate) struct Summary {
    clean: u64,
    changed: u64,
    skipped: u64,
    /// Files of directories that are no texts by their names, or no articles.
    pub(crate) left_out: u64,
    pub(crate) errors: u64,
    pub(crate) stats: Stats,
}

impl Summary {
    /// Counts a file. The edits of one that could not be done are not counted.
    pub(crate) fn count(&mut self, end: &End, stats: &Stats) {
        match end {
            End::Clean => self.clean += 1,
            End::Changed => self.changed += 1,
            End::Skipped(_) => self.skipped += 1,
            End::LeftOut(_) => self.left_out += 1,
            End::Failed(_) => self.errors += 1,
            End::Stopped => {}
        }
        if matches!(end, End::Clean | End::Changed) {
            self.stats.add(stats);
        }
    }

    pub(crate) fn status(&self, mode: &Mode) -> Status {
        let changed = if self.changed > 0 && !mode.writes() { Status::WouldChange } else { Status::Done };
        let failed = if self.errors > 0 { Status::Error } else { Status::Done };
        changed.merge(failed)
    }

    /// Whether there was no file to be cleaned, and nothing went wrong.
    pub(crate) fn is_empty(&self) -> bool {
        self.clean + self.changed + self.skipped + self.errors == 0
    }

    /// What was skipped is counted in any case.
    pub(crate) fn print_skipped(&self, settings: &Settings) {
        if self.skipped > 0 && !settings.verbose {
            let them = if self.skipped == 1 { "it" } else { "them" };
            report::note(&format!("skipped {}: -v names {them}", number(self.skipped, "file")));
        }
    }

    /// How to mend what `--check` has named.
    pub(crate) fn advise(&self, settings: &Settings) {
        let files = number(self.changed, "file");
        let them = if self.changed == 1 { "it" } else { "them" };
        match self.changed {
            0 => {}
            _ if settings.paths.iter().all(|path| file(path).is_none()) => {
                report::note("the text would change: it is cleaned without --check, --diff shows how");
            }
            _ => {
                report::note(&format!(
                    "{files} would change: -w in place of --check rewrites {them}, --diff shows how"
                ));
            }
        }
    }

    pub(crate) fn print(&self, mode: &Mode) {
        report::note(&self.line(mode));
    }

    fn line(&self, mode: &Mode) -> String {
        let stages = Stage::ALL.iter().map(|&s| format!("{} {}", s.as_str(), self.stats.edits(s)));
        let stages: Vec<String> = stages.collect();
        let some = |n: u64, what: &str| if n > 0 { format!(", {n} {what}") } else { String::new() };
        let (skipped, left_out) = (some(self.skipped, "skipped"), some(self.left_out, "left out"));
        format!(
            "{}, {} {}, {} ({}){skipped}{left_out}, {}",
            number(self.clean + self.changed, "file"),
            self.changed,
            if mode.writes() { "changed" } else { "would change" },
            number(self.stats.made, "edit"),
            stages.join(", "),
            number(self.errors, "error")
        )
    }
}

/// A number of things.
pub(crate) fn number(n: u64, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_counts_in_singular_and_plural() {
        let mut summary = Summary { clean: 1, ..Summary::default() };
        let none = "1 file, 0 changed, 0 edits (markers 0, titles 0, truncation 0, usa 0), 0 errors";
        assert_eq!(summary.line(&Mode::Write), none);
        summary = Summary { clean: 4, changed: 2, skipped: 3, left_out: 5, errors: 1, stats: Stats::default() };
        let some = "6 files, 2 would change, 0 edits (markers 0, titles 0, truncation 0, usa 0), 3 skipped, 5 left out, 1 error";
        assert_eq!(summary.line(&Mode::Check), some);
        assert_eq!(summary.status(&Mode::Check), Status::Error);
        summary.errors = 0;
        assert_eq!(summary.status(&Mode::Diff), Status::WouldChange);
        assert_eq!(summary.status(&Mode::Write), Status::Done);
    }
}
