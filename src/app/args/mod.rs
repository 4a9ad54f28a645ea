//! The arguments as typed. What options there are says [`table`]; [`parse`] reads a command line by it, [`help`] explains it,
//! [`hints`] answers what is not in it.

pub(crate) mod help;
mod hints;
mod parse;
pub(crate) mod table;

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use copydesk::{Lang, MarkerPattern, PatternError, Scope, Truncated, UsaStyle};

use super::config::keys::Setting;
use super::edits::Numbers;
use super::formats::Format;
use super::report;
use super::separator::Line;
use super::status::Status;

/// The command line: each option with its values, without what follows from them.
#[derive(Debug, Default)]
pub(crate) struct Args {
    pub(crate) files: Vec<OsString>,

    pub(crate) write: bool,
    pub(crate) interactive: bool,
    pub(crate) check: bool,
    pub(crate) diff: bool,
    pub(crate) out_dir: Option<PathBuf>,
    pub(crate) force: bool,
    pub(crate) undo: Vec<PathBuf>,
    pub(crate) rule: Vec<Scope>,
    pub(crate) edit: Vec<Numbers>,
    pub(crate) file: Vec<String>,
    pub(crate) refused: Option<PathBuf>,

    pub(crate) recursive: bool,
    pub(crate) glob: Vec<String>,
    pub(crate) exclude: Vec<String>,
    pub(crate) files_from: Option<PathBuf>,
    pub(crate) null: bool,
    pub(crate) stdin_filename: Option<PathBuf>,
    pub(crate) input_format: Option<InputFormat>,
    pub(crate) field: Vec<String>,
    pub(crate) title_field: Option<String>,
    pub(crate) lenient: bool,
    pub(crate) decompress: bool,
    pub(crate) separator: Option<Line>,
    pub(crate) threads: Option<NonZeroUsize>,

    pub(crate) only: Option<Vec<Scope>>,
    pub(crate) skip: Vec<Scope>,
    pub(crate) enable: Vec<Scope>,
    pub(crate) truncated: Option<Truncated>,
    pub(crate) mark: Option<String>,
    pub(crate) ignore_regex: Vec<String>,
    pub(crate) usa_style: Option<UsaStyle>,
    pub(crate) usa_headlines: Option<UsaStyle>,
    pub(crate) protect: Vec<String>,
    pub(crate) marker: Vec<String>,
    pub(crate) lang: Option<Lang>,

    pub(crate) explain: bool,
    pub(crate) stats: bool,
    pub(crate) output_format: Option<Format>,
    pub(crate) edits: Option<PathBuf>,
    pub(crate) review: Option<PathBuf>,
    pub(crate) from_log: Vec<PathBuf>,
    pub(crate) color: When,
    pub(crate) quiet: bool,
    pub(crate) verbose: bool,

    pub(crate) config: Option<PathBuf>,
    pub(crate) isolated: bool,

    /// What is printed instead of a text.
    pub(crate) print: Option<Print>,
}

/// What is printed instead of a text; the first one on the command line counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Print {
    ShortHelp,
    Help,
    Version,
    ListRules,
    ExplainRule(Scope),
    ShowConfig,
    /// For the shell of this name.
    Completions(&'static str),
    Man,
}

/// What an input is taken for, whatever it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InputFormat {
    Text,
    JsonLines,
    Csv,
    Tsv,
}

/// Whether there is colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum When {
    /// On a terminal.
    #[default]
    Auto,
    Always,
    Never,
}

impl Args {
    /// The settings that were typed, in the order in which they are applied.
    ///
    /// # Errors
    /// A pattern can't be used.
    pub(crate) fn settings(&self) -> Result<Vec<Setting>, PatternError> {
        let compiled =
            |patterns: &[String]| patterns.iter().map(|p| MarkerPattern::new(p)).collect::<Result<Vec<_>, _>>();
        let (markers, ignored) = (compiled(&self.marker)?, compiled(&self.ignore_regex)?);
        let named = |scopes: &Vec<Scope>| Some(scopes).filter(|scopes| !scopes.is_empty()).cloned();
        let only = self.only.clone().map(Setting::Only).into_iter();
        let all = only
            .chain(named(&self.skip).map(Setting::Skip))
            .chain(named(&self.enable).map(Setting::Enable))
            .chain(markers.into_iter().map(Setting::Marker))
            .chain(self.truncated.map(Setting::Truncated))
            .chain(self.mark.clone().map(Setting::Mark))
            .chain(self.usa_style.map(Setting::UsaStyle))
            .chain(self.usa_headlines.map(Setting::UsaHeadlines))
            .chain(self.protect.iter().cloned().map(Setting::Protect))
            .chain(ignored.into_iter().map(Setting::Ignore))
            .chain(self.lang.map(Setting::Lang))
            .chain(self.separator.clone().map(Setting::Separator))
            .collect();
        Ok(all)
    }
}

/// The arguments of this run. An error is reported in one line.
pub(crate) fn parse() -> Result<Args, Status> {
    parse::parse(std::env::args_os().skip(1)).map_err(|message| {
        report::error(&format!("{message} (try 'copydesk -h')"));
        Status::Error
    })
}
