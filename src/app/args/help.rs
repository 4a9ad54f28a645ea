//! `-h`, one screen written by hand, and `--help`, made of the table of options.

use std::fmt::Write as _;

use copydesk::Stage;

use super::table::{Group, OPTIONS, Opt};

/// Columns of `--help`.
const WIDTH: usize = 80;

/// The most used options.
pub(crate) const SHORT: &str = "\
Cleans scraped news text: strips server-side include errors, removes repeated
titles, mends split and cut-off sentences, writes USA, U.S. and US in one style.

Usage:
  copydesk [FILE]... > clean.txt    Clean the FILEs, or stdin, to stdout
  copydesk --diff FILE...           Show what would change
  copydesk -w FILE...               Rewrite the files in place
  copydesk -w -r DIR                Rewrite all texts below a directory
  copydesk --check FILE...          Only report, for CI and hooks

Options:
  -w, --write            Rewrite each FILE in place
      --diff             Show what would change as a unified diff
  -l, --check            Name the files that would change; exit status 1 if any
  -r, --recursive        Take the texts below each FILE that is a directory
  -g, --glob GLOB        With -r: take the files that match; '!GLOB': leave out
      --exclude GLOB     Leave files that match alone
      --out-dir DIR      Write the cleaned files below DIR
      --only NAMES       Run only these: markers, titles, truncation, usa
      --skip NAMES       Switch stages or rules off
      --truncated WAY    Cut-off sentences: ellipsis (default), drop or keep
      --usa-style STYLE  Write U.S. (default), US or USA
      --protect NAME     Leave a name as it is, for example 'US Weekly'
      --explain          Show every edit, with its place and its reason
      --stats            Count the edits
      --edits LOG        Record every edit in LOG
      --undo LOG         Put back what was cleaned with --edits LOG
  -q, --quiet            Print no progress bar, no summary, no file names
  -h, --help             -h: this screen, --help: every option
  -V, --version          Print the version

More: copydesk --help        every option, exit status, examples
      copydesk --list-rules  what each rule does
      copydesk --man         the manual
";

/// What the program does, for `--help` and the man page.
pub(crate) const ABOUT: &str =
    "Cleans scraped news text: reads stdin or FILEs, and writes the cleaned text to stdout, or to files.";
pub(crate) const STAGES: &str = "Four stages run in this order; each can be switched off:";
pub(crate) const KEPT: &str = "What no rule names stays as it is, byte for byte.";

pub(crate) const FILE: (&str, &str) =
    ("FILE", "A text to clean, each a document of its own; '-' is stdin, which is read if no FILE is named");

/// Exit statuses, and what each means.
pub(crate) const EXIT: [(&str, &str); 4] = [
    ("0", "Everything was done."),
    ("1", "With --check or --diff: a file would change."),
    (
        "2",
        "Something could not be done; a line on stderr says what, and what to do about it. Other FILEs are still cleaned.",
    ),
    ("130", "Ctrl-C (143: SIGTERM, 129: the terminal was closed)."),
];

pub(crate) const EXAMPLES: [&str; 6] = [
    "copydesk < scraped.txt > clean.txt",
    "copydesk --only markers,titles --stats scraped.txt > clean.txt",
    "copydesk --separator '\\f' < many-articles.txt > clean.txt",
    "copydesk -r articles --diff",
    "copydesk -r articles -w --exclude drafts/",
    "copydesk -r articles --out-dir clean",
];

/// `--help`.
pub(crate) fn long() -> String {
    let mut page = String::new();
    wrap(&mut page, 0, ABOUT);
    let _ = writeln!(page, "\nUsage: copydesk [OPTIONS] [FILE]...\n");
    wrap(&mut page, 0, STAGES);
    page.push('\n');
    for stage in Stage::ALL {
        let _ = writeln!(page, "  {:<12}{}", stage.as_str(), stage.help());
    }
    page.push('\n');
    wrap(&mut page, 0, KEPT);
    let _ = writeln!(page, "\nArguments:\n  [{}]...", FILE.0);
    wrap(&mut page, 10, FILE.1);
    for group in Group::ALL {
        let _ = writeln!(page, "\n{}:", group.title());
        for opt in OPTIONS.iter().filter(|opt| opt.group == group) {
            let _ = writeln!(page, "  {}", spelled(opt));
            wrap(&mut page, 10, &opt.explained());
        }
    }
    let _ = writeln!(page, "\nExit status:");
    for (status, meaning) in EXIT {
        wrap_after(&mut page, &format!("  {status:<6}"), meaning);
    }
    let _ = writeln!(page, "\nExamples:");
    EXAMPLES.iter().for_each(|example| {
        let _ = writeln!(page, "  {example}");
    });
    page
}

/// The option's names, with its value's.
fn spelled(opt: &Opt) -> String {
    let short = opt.short.map_or("    ".to_owned(), |letter| format!("-{letter}, "));
    let names: Vec<String> = opt.names().map(|name| format!("--{name}")).collect();
    let value = opt.value.map_or(String::new(), |(name, _)| format!(" {name}"));
    format!("{short}{}{value}", names.join(", "))
}

/// Lines of the page's width, each indented.
fn wrap(page: &mut String, indent: usize, text: &str) {
    wrap_after(page, &" ".repeat(indent), text);
}

/// As [`wrap`], with something in the first line's indent.
fn wrap_after(page: &mut String, head: &str, text: &str) {
    let mut line = head.to_owned();
    for word in text.split(' ') {
        if line.len() > head.len() {
            if line.chars().count() + 1 + word.chars().count() > WIDTH {
                let _ = writeln!(page, "{line}");
                line = " ".repeat(head.len());
            } else {
                line.push(' ');
            }
        }
        line.push_str(word);
    }
    let _ = writeln!(page, "{line}");
}

#[cfg(test)]
mod tests {
    use super::super::table;
    use super::*;

    /// What the screen names is there, with the same letter and value.
    #[test]
    fn the_screen_agrees_with_the_table() {
        assert!(SHORT.lines().count() <= 45 && SHORT.lines().all(|line| line.chars().count() <= 80));
        let rows = SHORT.lines().filter(|line| line.starts_with("  -") || line.starts_with("      --"));
        for row in rows {
            let name = row.split("--").nth(1).and_then(|rest| rest.split(' ').next()).expect("a row has a long name");
            let opt = table::long(name).unwrap_or_else(|| panic!("there is no --{name}"));
            assert!(row.starts_with(&format!("  {} ", spelled_once(opt))), "{row}");
        }
    }

    fn spelled_once(opt: &Opt) -> String {
        spelled(&Opt { alias: None, ..*opt })
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        let page = long();
        assert!(page.lines().all(|line| line.chars().count() <= WIDTH), "{page}");
        for opt in OPTIONS {
            assert!(page.contains(&format!("\n  {}\n", spelled(opt))), "{}", opt.long);
        }
    }
}
