//! What a run over files comes to.

use copydesk::Stage;

use super::one::End;
use crate::app::report::{self, Stats};
use crate::app::settings::Mode;
use crate::app::status::Status;

#[derive(Debug, Default)]
pub(crate) struct Summary {
    clean: u64,
    changed: u64,
    skipped: u64,
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

    pub(crate) fn print(&self, mode: &Mode) {
        report::note(&self.line(mode));
    }

    fn line(&self, mode: &Mode) -> String {
        let stages = Stage::ALL.iter().map(|&s| format!("{} {}", s.as_str(), self.stats.edits(Some(s))));
        let stages: Vec<String> = stages.collect();
        let skipped = if self.skipped > 0 { format!(", {} skipped", self.skipped) } else { String::new() };
        format!(
            "{}, {} {}, {} ({}){skipped}, {}",
            number(self.clean + self.changed, "file"),
            self.changed,
            if mode.writes() { "changed" } else { "would change" },
            number(self.stats.edits(None), "edit"),
            stages.join(", "),
            number(self.errors, "error")
        )
    }
}

fn number(n: u64, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_counts_in_singular_and_plural() {
        let mut summary = Summary { clean: 1, changed: 0, skipped: 0, errors: 0, stats: Stats::default() };
        let none = "1 file, 0 changed, 0 edits (markers 0, titles 0, truncation 0, usa 0), 0 errors";
        assert_eq!(summary.line(&Mode::Write), none);
        summary = Summary { clean: 4, changed: 2, skipped: 3, errors: 1, stats: Stats::default() };
        let some = "6 files, 2 would change, 0 edits (markers 0, titles 0, truncation 0, usa 0), 3 skipped, 1 error";
        assert_eq!(summary.line(&Mode::Check), some);
        assert_eq!(summary.status(&Mode::Check), Status::Error);
        summary.errors = 0;
        assert_eq!(summary.status(&Mode::Diff), Status::WouldChange);
        assert_eq!(summary.status(&Mode::Write), Status::Done);
    }
}
