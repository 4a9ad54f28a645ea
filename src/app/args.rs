//! The arguments as typed.

use std::ffi::{OsStr, OsString};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Command, CommandFactory, FromArgMatches, Parser, ValueEnum, ValueHint};
use clap_complete::Shell;
use copydesk::{Lang, MarkerPattern, PatternError, Scope, Truncated, UsaStyle};

use super::config::keys::{Setting, Takes};
use super::report;
use super::separator::{self, Line};
use super::status::Status;
use super::stdio;

const AFTER_HELP: &str = "\
Exit status: 0 done, 1 a file would change (--check, --diff), 2 error (a line on stderr says what to do), 130 Ctrl-C.

Examples:
  copydesk < scraped.txt > clean.txt
  copydesk --only markers,titles --stats scraped.txt > clean.txt
  copydesk --separator '\\f' < many-articles.txt > clean.txt
  copydesk -r articles --diff
  copydesk -r articles -w --glob '!drafts/'
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
/// What no rule names stays byte for byte.
#[derive(Debug, Parser)]
#[command(name = "copydesk", bin_name = "copydesk", version, after_long_help = AFTER_HELP, verbatim_doc_comment, max_term_width = 100)]
pub(crate) struct Args {
    /// Files to clean, each a document of its own; `-` is stdin [default: stdin]
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) files: Vec<OsString>,

    /// Run these stages or rules and no other, with commas between: markers, titles, truncation, usa
    ///
    /// A stage brings its rules that are on by default. --list-rules shows the rules and their reasons, which are taken as well.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', hide_possible_values = true, value_parser = Choice::<Scope>::new(Takes::Scope), help_heading = "Stages")]
    pub(crate) only: Option<Vec<Scope>>,

    /// Switch these stages or rules off, with commas between
    #[arg(long, value_name = "NAMES", value_delimiter = ',', hide_possible_values = true, value_parser = Choice::<Scope>::new(Takes::Scope), help_heading = "Stages")]
    pub(crate) skip: Vec<Scope>,

    /// Switch these rules on that are off by default, with commas between: likely-cut
    #[arg(long, value_name = "NAMES", value_delimiter = ',', hide_possible_values = true, value_parser = Choice::<Scope>::new(Takes::Scope), help_heading = "Stages")]
    pub(crate) enable: Vec<Scope>,

    /// Strip what this regular expression matches, too; may be repeated
    ///
    /// It is matched within one paragraph: a line, or the lines of a wrapped one.
    #[arg(long, value_name = "REGEX", allow_hyphen_values = true, help_heading = "Stages")]
    pub(crate) marker: Vec<String>,

    /// What becomes of a sentence that was cut off: ellipsis marks it, drop removes it, keep leaves it [default: ellipsis]
    #[arg(long, value_name = "WAY", hide_possible_values = true, value_parser = Choice::<Truncated>::new(Takes::Truncated), help_heading = "Stages")]
    pub(crate) truncated: Option<Truncated>,

    /// The style of the country's short name: U.S., US or USA [default: U.S.]
    #[arg(long, value_name = "STYLE", hide_possible_values = true, value_parser = Choice::<UsaStyle>::new(Takes::Style), help_heading = "Stages")]
    pub(crate) usa_style: Option<UsaStyle>,

    /// Its style in titles and headings [default: that of the text]
    #[arg(long, value_name = "STYLE", hide_possible_values = true, value_parser = Choice::<UsaStyle>::new(Takes::Style), help_heading = "Stages")]
    pub(crate) usa_headlines: Option<UsaStyle>,

    /// Leave this name as it is, for example 'US Weekly'; may be repeated
    #[arg(long, value_name = "NAME", help_heading = "Stages")]
    pub(crate) protect: Vec<String>,

    /// What truncation and usa act on: auto (English paragraphs) or en (all) [default: auto]
    ///
    /// A paragraph is not English when function words of another language outnumber the English ones. One of less than eight
    /// words goes with those before it. Use en for English that has few of them, such as telegrams.
    #[arg(long, value_name = "LANG", hide_possible_values = true, value_parser = Choice::<Lang>::new(Takes::Lang), help_heading = "Stages")]
    pub(crate) lang: Option<Lang>,

    /// The line between two documents of a stream
    ///
    /// Escapes are understood: \f (form feed), \t, \0, \\ and \xHH. The line itself is passed on.
    #[arg(long, value_name = "LINE", value_parser = separator::parse, allow_hyphen_values = true, help_heading = "Input")]
    pub(crate) separator: Option<Line>,

    /// What the input is, whatever it looks like: text
    ///
    /// Without it structured input (CSV, TSV, JSON, XML, HTML, YAML, source code) is no article: recognised by its name or by its
    /// first bytes, it is refused where it would go to stdout, and left alone with -w, --check, --diff, --out-dir and -r.
    /// `--only markers` takes it all the same.
    #[arg(long, value_name = "FORMAT", hide_possible_values = true, conflicts_with = "undo", help_heading = "Input")]
    pub(crate) input_format: Option<InputFormat>,

    /// Rewrite each FILE in place
    ///
    /// The new text replaces the old one in one step, or not at all. Mode, owner and extended attributes stay. Through a
    /// symbolic link the file is rewritten, the link stays. A file that is clean is not touched.
    #[arg(short, long, visible_alias = "in-place", conflicts_with_all = ["check", "diff", "out_dir"], help_heading = "Files")]
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

    /// Let FILE be a directory: take the texts below it (*.txt, *.text, *.md, *.markdown)
    ///
    /// Needs one of -w, --out-dir, --check and --diff. --glob and the key 'include' of the configuration take other names.
    /// LICENSE*, COPYING*, CMakeLists.txt and requirements*.txt are taken only where a pattern names them. Hidden files and those
    /// that .gitignore or .ignore name are left out, symbolic links are not followed, binary and UTF-16 files are skipped with
    /// a message.
    #[arg(short = 'r', long, visible_alias = "recursive", help_heading = "Files")]
    pub(crate) batch: bool,

    /// With -r: take the files that match, and no others; leave out those after '!'
    ///
    /// May be repeated: --glob '*.txt' --glob '!drafts/'. As in .gitignore, and as ripgrep's -g: the last one that matches counts, and what is taken so may be hidden or
    /// ignored otherwise.
    #[arg(short, long, value_name = "GLOB", requires = "batch", help_heading = "Files")]
    pub(crate) glob: Vec<String>,

    /// Write the cleaned files below DIR, each under its own name
    ///
    /// Files from a directory keep their places in it. DIR is made if it is missing; files of an earlier run in it are replaced. An input is never written over.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Files")]
    pub(crate) out_dir: Option<PathBuf>,

    /// With -w: rewrite read-only files and those with several hard links, too
    ///
    /// The other names of such a file keep the old text. A file whose owner or extended attributes can't be kept is
    /// rewritten without them.
    #[arg(long, requires = "write", help_heading = "Files")]
    pub(crate) force: bool,

    /// Put back, byte for byte, what was cleaned with --edits LOG; may be repeated
    ///
    /// stdin or each FILE is a text as that run wrote it. The original goes where a cleaned text would go; with -w, into
    /// FILE's place. Name the FILEs as they were named then; one that no log names is taken for what went to stdout.
    /// A text that is not the one which was written is refused. Of several runs on a file all are undone, whatever the order
    /// of the LOGs. Configuration files are ignored.
    #[arg(long, value_name = "LOG", value_hint = ValueHint::FilePath, conflicts_with_all = ["edits", "only", "skip", "enable", "marker", "truncated", "usa_style", "usa_headlines", "protect", "lang", "separator", "config"], help_heading = "Files")]
    pub(crate) undo: Vec<PathBuf>,

    /// Clean this many files at once [default: one a core]
    #[arg(long, value_name = "N", value_parser = threads, help_heading = "Files")]
    pub(crate) threads: Option<NonZeroUsize>,

    /// No progress bar, no summary, no word about files that are rewritten or skipped
    #[arg(short, long, help_heading = "Files")]
    pub(crate) quiet: bool,

    /// Count edits by stage, rule and reason, on stderr
    #[arg(long, help_heading = "Reports")]
    pub(crate) stats: bool,

    /// Show every edit on stderr: file and line, rule and reason, before and after
    #[arg(long, help_heading = "Reports")]
    pub(crate) explain: bool,

    /// Record every edit in the file LOG, as lines of JSON
    ///
    /// An edit has the fields file, start (an offset in the input, in bytes), before, after, rules and reasons; what is no UTF-8
    /// is in hexadecimal digits, as before_hex. After a file's edits a line has length and CRC-32 of its input and of what
    /// came out: input_bytes, input_crc32, output_bytes, output_crc32. With --check and --diff it is what would be done. What
    /// was only noted is left out. With -w the edits are on the disk before the file is replaced. With -w and --out-dir the
    /// log of an earlier run goes on; otherwise a LOG that holds something is refused. --undo takes it.
    #[arg(long, value_name = "LOG", value_hint = ValueHint::FilePath, help_heading = "Reports")]
    pub(crate) edits: Option<PathBuf>,

    /// Print the rules and their reasons, with examples, and exit
    #[arg(long, help_heading = "Reports")]
    pub(crate) list_rules: bool,

    /// Take the settings of this file [default: the nearest copydesk.toml]
    ///
    /// Without it, a FILE has the settings of the copydesk.toml in its folder or in the nearest folder above, up to the
    /// root of a repository or to the home folder; stdin has those of the current folder. The command line beats the file.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "isolated", help_heading = "Configuration")]
    pub(crate) config: Option<PathBuf>,

    /// Ignore configuration files
    #[arg(long, help_heading = "Configuration")]
    pub(crate) isolated: bool,

    /// Print the settings that hold for FILE, and where each comes from, and exit
    #[arg(long, help_heading = "Configuration")]
    pub(crate) show_config: bool,

    /// Print completions for a shell and exit: bash, elvish, fish, powershell, zsh
    ///
    /// Write them to where the shell looks for completions, under the name that it wants.
    #[arg(
        long,
        value_name = "SHELL",
        hide_short_help = true,
        hide_possible_values = true,
        help_heading = "Configuration"
    )]
    pub(crate) completions: Option<Shell>,

    /// Print the man page and exit
    ///
    /// Read it with `copydesk --man | man -l -`, or write it to a folder man1 on the manual's path.
    #[arg(long, hide_short_help = true, help_heading = "Configuration")]
    pub(crate) man: bool,
}

/// What an input is taken for, whatever it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    Text,
}

impl Args {
    /// The settings that were typed, in the order in which they are applied.
    ///
    /// # Errors
    /// A pattern can't be used.
    pub(crate) fn settings(&self) -> Result<Vec<Setting>, PatternError> {
        let markers = self.marker.iter().map(|pattern| MarkerPattern::new(pattern).map(Setting::Marker));
        let markers = markers.collect::<Result<Vec<_>, _>>()?;
        let named = |scopes: &Vec<Scope>| Some(scopes).filter(|scopes| !scopes.is_empty()).cloned();
        let ways = self.truncated.map(Setting::Truncated).into_iter();
        let styles = self.usa_style.map(Setting::UsaStyle).into_iter();
        let only = self.only.clone().map(Setting::Only).into_iter();
        let all = only
            .chain(named(&self.skip).map(Setting::Skip))
            .chain(named(&self.enable).map(Setting::Enable))
            .chain(markers)
            .chain(ways)
            .chain(styles.chain(self.usa_headlines.map(Setting::UsaHeadlines)))
            .chain(self.protect.iter().cloned().map(Setting::Protect))
            .chain(self.lang.map(Setting::Lang))
            .chain(self.separator.clone().map(Setting::Separator))
            .collect();
        Ok(all)
    }
}

fn threads(text: &str) -> Result<NonZeroUsize, String> {
    text.parse().map_err(|_| "use a number from 1 on".to_owned())
}

/// A value by its name. Completions know the names; help does not repeat them.
#[derive(Clone)]
struct Choice<T> {
    takes: Takes,
    parse: fn(&str) -> Result<T, String>,
}

impl<T: FromStr<Err: std::fmt::Display>> Choice<T> {
    fn new(takes: Takes) -> Self {
        Self { takes, parse: super::config::keys::value }
    }
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Choice<T> {
    type Value = T;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<T, clap::Error> {
        TypedValueParser::parse_ref(&self.parse, command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.takes.choices()?.into_iter().map(PossibleValue::new)))
    }
}

/// Parses the command line. Help and version are printed here; an error is reported in one line.
pub(crate) fn parse() -> Result<Args, Status> {
    let parsed = Args::command().try_get_matches().and_then(|m| Args::from_arg_matches(&m));
    parsed.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            match stdio::check_stdout().and_then(|()| error.print()) {
                Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => {
                    report::error(&format!("cannot write to stdout: {e}"));
                    Status::Error
                }
                _ => Status::Done,
            }
        }
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
    let told = told.join("; ").replace(":; ", ": ");
    format!("{} (try 'copydesk --help')", told.trim_start_matches("error: ").trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn a_separator_is_one_value() {
        let args = Args::try_parse_from(["copydesk", "--separator", r"%\t"]).expect("the arguments are valid");
        assert_eq!(args.separator.as_deref(), Some(&b"%\t"[..]));
    }

    #[test]
    fn help_tells_the_defaults() {
        let command = Args::command();
        for (id, default) in [("truncated", Truncated::default().as_str()), ("usa_style", UsaStyle::default().as_str())]
        {
            let arg = command.get_arguments().find(|a| a.get_id() == id).expect("there is such an argument");
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.ends_with(&format!("[default: {default}]")), "{id}: {help}");
        }
    }

    #[test]
    fn completions_know_the_values() {
        let scopes = Scope::all().count();
        for (arg, values) in
            [("only", scopes), ("skip", scopes), ("truncated", 3), ("usa_style", 3), ("usa_headlines", 3), ("lang", 2)]
        {
            let command = Args::command();
            let arg = command.get_arguments().find(|a| a.get_id() == arg).expect("there is such an argument");
            assert_eq!(arg.get_possible_values().len(), values, "{arg}");
        }
    }

    #[test]
    fn an_error_is_one_line_with_a_tip() {
        let error = Args::try_parse_from(["copydesk", "--onyl", "usa"]).unwrap_err().to_string();
        let line = one_line(&error);
        assert!(line.contains("'--onyl'") && line.contains("'--only'") && !line.contains('\n'), "{line}");
    }
}
