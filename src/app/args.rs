//! The arguments as typed.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches, Parser};
use copydesk::{Options, Stage, Truncated, UsaStyle};

use super::report;
use super::status::Status;

/// The bytes of a line. By its own name: clap takes a `Vec` for an argument of many values.
type Line = Vec<u8>;

const AFTER_HELP: &str = "\
Exit status: 0 done, 1 a file would change (--check, --diff), 2 error (a line on stderr says what to do), 130 Ctrl-C.

Examples:
  copydesk < scraped.txt > clean.txt
  copydesk --only markers,titles --stats scraped.txt > clean.txt
  copydesk --separator '\\f' < many-articles.txt > clean.txt
  copydesk -r articles --diff
  copydesk -r articles -w --glob '*.txt' --glob '!drafts/'
  copydesk -r articles --out-dir clean";

/// Cleans scraped news text: reads stdin or FILEs, writes the cleaned text to stdout, or to files.
///
/// Four stages run in this order, each can be switched off:
///
///   markers     strips SSI error markers and directives that no server expanded
///   titles      removes repeated title lines
///   truncation  joins sentences that were split, marks or drops those cut off
///   usa         writes USA, U.S. and US in one style
///
/// What no rule names stays byte for byte. Cleaning twice gives what cleaning once gave.
#[derive(Debug, Parser)]
#[command(name = "copydesk", bin_name = "copydesk", version, after_long_help = AFTER_HELP, verbatim_doc_comment, max_term_width = 100)]
pub(crate) struct Args {
    /// Files to clean, each a document of its own; `-` is stdin [default: stdin]
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<OsString>,

    /// Run these stages and no other, with commas between: markers, titles, truncation, usa
    #[arg(long, value_name = "STAGES", value_delimiter = ',', value_parser = value::<Stage>, help_heading = "Stages")]
    pub(crate) only: Option<Vec<Stage>>,

    /// Switch these stages off, with commas between
    #[arg(long, value_name = "STAGES", value_delimiter = ',', value_parser = value::<Stage>, help_heading = "Stages")]
    pub(crate) skip: Vec<Stage>,

    /// Strip what this regular expression matches, too; may be repeated
    #[arg(long, value_name = "REGEX", help_heading = "Stages")]
    pub(crate) marker: Vec<String>,

    /// What becomes of a sentence that was cut off: ellipsis marks it, drop removes it, keep leaves it
    #[arg(long, value_name = "WAY", default_value = "ellipsis", value_parser = value::<Truncated>, help_heading = "Stages")]
    pub(crate) truncated: Truncated,

    /// The style of the country's short name: U.S., US or USA
    #[arg(long, value_name = "STYLE", default_value = "U.S.", value_parser = value::<UsaStyle>, help_heading = "Stages")]
    pub(crate) usa_style: UsaStyle,

    /// Its style in titles and headings [default: that of the text]
    #[arg(long, value_name = "STYLE", value_parser = value::<UsaStyle>, help_heading = "Stages")]
    pub(crate) usa_headlines: Option<UsaStyle>,

    /// Leave this name as it is, for example 'US Weekly'; may be repeated
    #[arg(long, value_name = "NAME", help_heading = "Stages")]
    pub(crate) protect: Vec<String>,

    /// The line between two documents of a stream
    ///
    /// Escapes are understood: \f (form feed), \t, \0, \\ and \xHH. The line itself is passed on.
    #[arg(long, value_name = "LINE", value_parser = separator, help_heading = "Input")]
    pub(crate) separator: Option<Line>,

    /// Ignore configuration files
    #[arg(long, help_heading = "Input")]
    pub(crate) isolated: bool,

    /// Rewrite each FILE in place
    ///
    /// The new text replaces the old one in one step, or not at all. Mode, owner and extended attributes stay. Behind a
    /// symbolic link the file is rewritten, the link stays. A file that is clean is not touched.
    #[arg(short, long, conflicts_with_all = ["check", "diff", "out_dir"], help_heading = "Files")]
    pub(crate) write: bool,

    /// Name the files that would change; exit status 1 if there are any
    ///
    /// Nothing is written.
    #[arg(long, conflicts_with = "out_dir", help_heading = "Files")]
    pub(crate) check: bool,

    /// Show what would change as a unified diff; exit status 1 if something would
    ///
    /// Nothing is written. Control characters are written out, and very long lines shortened: a diff is for reading.
    #[arg(long, conflicts_with = "out_dir", help_heading = "Files")]
    pub(crate) diff: bool,

    /// Let FILE be a directory: take every text file below it
    ///
    /// Needs one of -w, --out-dir, --check and --diff. Hidden files and those that .gitignore or .ignore name are left out,
    /// symbolic links are not followed, binary and UTF-16 files are skipped with a message.
    #[arg(short = 'r', long, visible_alias = "recursive", help_heading = "Files")]
    pub(crate) batch: bool,

    /// With -r: take the files that match; leave out those behind '!'
    ///
    /// May be repeated: --glob '*.txt' --glob '!drafts/'. As in .gitignore, and as ripgrep's -g: the last one that matches counts, and what is taken so may be hidden or
    /// ignored otherwise.
    #[arg(short, long, value_name = "GLOB", requires = "batch", help_heading = "Files")]
    pub(crate) glob: Vec<String>,

    /// Write the cleaned files below DIR, each under its own name
    ///
    /// Files from a directory keep their places in it. DIR is made if it is missing; files of an earlier run in it are replaced. An input is never written over.
    #[arg(long, value_name = "DIR", help_heading = "Files")]
    pub(crate) out_dir: Option<PathBuf>,

    /// With -w: rewrite read-only files and those with several hard links, too
    ///
    /// The other names of such a file keep the old text. A file whose owner or extended attributes can't be kept is
    /// rewritten without them.
    #[arg(long, requires = "write", help_heading = "Files")]
    pub(crate) force: bool,

    /// Clean this many files at once [default: one a core]
    #[arg(long, value_name = "N", help_heading = "Files")]
    pub(crate) threads: Option<NonZeroUsize>,

    /// No progress bar, no summary, no word about files that are skipped
    #[arg(short, long, help_heading = "Files")]
    pub(crate) quiet: bool,

    /// Count edits by stage and rule, on stderr
    #[arg(long, help_heading = "Reports")]
    pub(crate) stats: bool,

    /// Show every edit on stderr: file and line, rule, before and after
    #[arg(long, help_heading = "Reports")]
    pub(crate) explain: bool,

    /// Print the table of rules and exit
    #[arg(long, help_heading = "Reports")]
    pub(crate) list_rules: bool,
}

impl Args {
    /// The library's options.
    pub(crate) fn options(&self) -> Options {
        let mut options = Options::default().truncated(self.truncated).usa_style(self.usa_style);
        if let Some(only) = &self.only {
            options = options.only(only.iter().copied());
        }
        options = options.skip(self.skip.iter().copied());
        if let Some(style) = self.usa_headlines {
            options = options.usa_headlines(style);
        }
        if let Some(line) = &self.separator {
            options = options.separator(line.clone());
        }
        options = self.marker.iter().fold(options, Options::marker);
        self.protect.iter().fold(options, Options::protect)
    }
}

/// Parses the command line. Help and version are printed here; an error is told in one line.
pub(crate) fn parse() -> Result<Args, Status> {
    let parsed = Args::command().try_get_matches().and_then(|m| Args::from_arg_matches(&m));
    parsed.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => match error.print() {
            Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
                report::error(&format!("cannot write to stdout: {e}"));
                Status::Error
            }
            _ => Status::Done,
        },
        _ => {
            report::error(&one_line(&error.to_string()));
            Status::Error
        }
    })
}

/// clap's message in one line: what is wrong, its tip, and where to look.
fn one_line(message: &str) -> String {
    let lines = message.lines().map(str::trim);
    let told: Vec<&str> =
        lines.filter(|l| !l.is_empty() && !l.starts_with("Usage:") && !l.starts_with("For more information")).collect();
    let told = told.join("; ");
    format!("{} (try 'copydesk --help')", told.trim_start_matches("error: ").trim_end_matches('.'))
}

fn value<T: std::str::FromStr<Err: std::fmt::Display>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|e: T::Err| e.to_string())
}

/// A line with its escapes resolved.
fn separator(text: &str) -> Result<Line, String> {
    let mut line = Vec::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            line.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            continue;
        }
        line.push(match chars.next() {
            Some('f') => b'\x0C',
            Some('t') => b'\t',
            Some('0') => 0,
            Some('\\') => b'\\',
            Some('x') => {
                let hex: String = chars.by_ref().take(2).collect();
                u8::from_str_radix(&hex, 16)
                    .ok()
                    .filter(|_| hex.len() == 2)
                    .ok_or("write \\x with two hexadecimal digits, as in \\x1E")?
            }
            _ => return Err("use \\f, \\t, \\0, \\xHH or \\\\ behind a backslash".to_owned()),
        });
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn separators_know_escapes() {
        assert_eq!(separator(r"\f"), Ok(vec![0x0C]));
        assert_eq!(separator(r"=\x1e\t\\"), Ok(b"=\x1e\t\\".to_vec()));
        assert!(separator(r"\n").is_err());
        assert!(separator(r"\x1").is_err());
    }

    #[test]
    fn a_separator_is_one_value() {
        let args = Args::try_parse_from(["copydesk", "--separator", r"%\t"]).expect("the arguments are valid");
        assert_eq!(args.separator.as_deref(), Some(&b"%\t"[..]));
    }

    #[test]
    fn an_error_is_one_line_with_a_tip() {
        let error = Args::try_parse_from(["copydesk", "--onyl", "usa"]).unwrap_err().to_string();
        let line = one_line(&error);
        assert!(line.contains("'--onyl'") && line.contains("'--only'") && !line.contains('\n'), "{line}");
    }
}
