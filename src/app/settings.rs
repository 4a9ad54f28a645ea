//! What the arguments come to: which of them go together, and what the terminal says to them.

use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use anyhow::{Result, bail};
use copydesk::Scope;

use super::args::{Args, InputFormat, When};
use super::cleaners::STDIN;
use super::edits::{Choice, Logs, Numbers};
use super::formats::Format;
use super::names;

/// What becomes of a cleaned text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// All go to stdout, one after the other.
    Print,
    /// The names of the files that would change go to stdout.
    Check,
    /// What would change goes to stdout.
    Diff,
    /// Each file is rewritten.
    Write,
    /// Each file is written below a directory.
    OutDir(PathBuf),
}

impl Mode {
    fn of(args: &Args) -> Self {
        match (&args.out_dir, args.write || args.interactive, args.diff, args.check) {
            (Some(folder), ..) => Mode::OutDir(folder.clone()),
            (None, true, ..) => Mode::Write,
            (None, false, true, _) => Mode::Diff,
            (None, false, false, true) => Mode::Check,
            _ if !args.from_log.is_empty() => Mode::Check,
            (None, false, false, false) => Mode::Print,
        }
    }

    /// Whether files are written.
    pub(crate) fn writes(&self) -> bool {
        matches!(self, Mode::Write | Mode::OutDir(_))
    }
}

/// A run's settings, except for those of the cleaners.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) mode: Mode,
    /// The paths as typed, stdin where there is none.
    pub(crate) paths: Vec<PathBuf>,
    /// Each edit is asked about.
    pub(crate) interactive: bool,
    pub(crate) recursive: bool,
    pub(crate) globs: Vec<String>,
    /// What the inputs are; recognised, if none.
    pub(crate) format: Option<InputFormat>,
    /// The fields of records that are cleaned; none: the usual one.
    pub(crate) fields: Vec<String>,
    pub(crate) title_field: Option<String>,
    /// Records that can't be cleaned are no error.
    pub(crate) lenient: bool,
    /// What is compressed is not compressed again.
    pub(crate) decompress: bool,
    pub(crate) force: bool,
    /// As many as there are processors, if none.
    threads: Option<NonZeroUsize>,
    pub(crate) quiet: bool,
    /// What is skipped is named.
    pub(crate) verbose: bool,
    pub(crate) stats: bool,
    pub(crate) output: Format,
    pub(crate) explain: bool,
    /// Where the edits are recorded.
    pub(crate) edits: Option<PathBuf>,
    /// Whose edits are undone.
    pub(crate) undo: Vec<PathBuf>,
    /// Which of the edits.
    pub(crate) scopes: Vec<Scope>,
    pub(crate) numbers: Vec<Numbers>,
    pub(crate) edited: Vec<String>,
    pub(crate) refused: Option<PathBuf>,
    /// Where a page of the edits goes.
    pub(crate) review: Option<PathBuf>,
    /// The logs are looked at, and nothing is undone.
    is_shown: bool,
    pub(crate) colours: Colours,
    /// Stdout is a terminal.
    pub(crate) on_screen: bool,
}

/// Whether what goes to stdout and to stderr has colours.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Colours {
    pub(crate) out: bool,
    pub(crate) err: bool,
}

impl Colours {
    fn new(when: When) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
        let (out, err) = match when {
            When::Always => (true, true),
            When::Never => (false, false),
            When::Auto if set("NO_COLOR") => (false, false),
            When::Auto if set("CLICOLOR_FORCE") => (true, true),
            When::Auto => (io::stdout().is_terminal(), io::stderr().is_terminal()),
        };
        Self { out, err }
    }
}

impl Settings {
    pub(crate) fn new(args: &Args) -> Result<Self> {
        let mode = Mode::of(args);
        if args.interactive && !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
            bail!("--interactive asks on a terminal, and stdin or stderr is none: use --review for a page");
        }
        if args.recursive && mode == Mode::Print {
            bail!("-r does not say what becomes of the files: add -w (rewrite them), --out-dir DIR, --check or --diff");
        }
        if args.review.is_some() && mode == Mode::Print {
            bail!(
                "--review does not say what becomes of the files: add -w, --out-dir DIR, --check or --diff, or --from-log LOG"
            );
        }
        let mut paths: Vec<PathBuf> = args.files.iter().map(PathBuf::from).collect();
        let is_listed = args.files_from.is_some();
        if let Some(list) = &args.files_from {
            paths.extend(names::read(list, args.null)?);
        }
        if args.recursive && paths.is_empty() && !is_listed {
            bail!("-r needs a PATH: name a directory ('.' is this one)");
        }
        if mode.writes() && (paths.is_empty() && !is_listed || paths.iter().any(|p| p.as_os_str() == STDIN)) {
            let flag = match mode {
                _ if args.interactive => "--interactive",
                Mode::Write => "-w",
                _ => "--out-dir",
            };
            bail!("stdin has no file to write to: name FILEs with {flag}, or omit it to write to stdout");
        }
        if args.edits.iter().chain(&args.undo).chain(&args.from_log).any(|log| log.as_os_str() == STDIN) {
            bail!("a log of edits is a file of its own: name one (stdin and stdout are for the text)");
        }
        if paths.is_empty() && !is_listed {
            paths.push(STDIN.into());
        }
        let names_fields = !args.field.is_empty() || args.title_field.is_some();
        let is_unnamed = args.input_format.is_none() && args.stdin_filename.is_none();
        if names_fields && is_unnamed && paths.iter().any(|path| path.as_os_str() == STDIN) {
            bail!("fields are those of records, and stdin is a text: add --input-format jsonl, csv or tsv");
        }
        if names_fields && args.input_format == Some(InputFormat::Text) {
            bail!("fields are those of records: --input-format jsonl, csv or tsv has them");
        }
        let output = args.output_format.unwrap_or_default();
        Ok(Self {
            mode,
            paths,
            interactive: args.interactive,
            recursive: args.recursive,
            globs: args.glob.clone(),
            format: args.input_format,
            fields: args.field.clone(),
            title_field: args.title_field.clone(),
            lenient: args.lenient,
            decompress: args.decompress,
            force: args.force,
            threads: if args.interactive { Some(NonZeroUsize::MIN) } else { args.threads },
            quiet: args.quiet || output.is_for_programs() || !args.from_log.is_empty(),
            verbose: args.verbose,
            stats: args.stats,
            output,
            explain: args.explain,
            edits: args.edits.clone(),
            undo: args.undo.iter().chain(&args.from_log).cloned().collect(),
            scopes: args.rule.clone(),
            numbers: args.edit.clone(),
            edited: args.file.clone(),
            refused: args.refused.clone(),
            review: args.review.clone(),
            is_shown: !args.from_log.is_empty(),
            colours: Colours::new(args.color),
            on_screen: io::stdout().is_terminal(),
        })
    }

    /// What is undone, if anything is.
    ///
    /// # Errors
    /// A log can't be read, or a pattern is none.
    pub(crate) fn undone(&self) -> Result<Option<Logs>> {
        let choice = if self.is_shown {
            Choice::none()
        } else {
            Choice::new(&self.scopes, &self.numbers, &self.edited)?.refused(self.refused.as_deref())?
        };
        Logs::open(&self.undo, choice)
    }

    /// Every log of the run.
    pub(crate) fn logs(&self) -> impl Iterator<Item = &Path> {
        self.edits.iter().chain(&self.undo).map(|log| &**log)
    }

    /// How the edits of a file are listed on stdout; the names alone, if the run lists none.
    pub(crate) fn listing(&self) -> Format {
        if self.mode == Mode::Check { self.output } else { Format::Names }
    }

    /// Whether it was said that there are records, so that a file without the field is an error.
    pub(crate) fn wants_records(&self) -> bool {
        !self.fields.is_empty() || self.format.is_some_and(|format| format != InputFormat::Text)
    }

    /// How many threads clean a stream of texts: one, unless the user has said how many.
    pub(crate) fn asked_threads(&self) -> NonZeroUsize {
        self.threads.unwrap_or(NonZeroUsize::MIN)
    }

    /// How many threads clean the files of a run. Asked for where there are some: the system takes its time to answer.
    pub(crate) fn threads(&self) -> NonZeroUsize {
        self.threads.or_else(|| available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
    }
}
