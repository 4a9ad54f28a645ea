//! Configuration: which settings hold for a file. They come from its copydesk.toml ([`search`], [`file`]) and from the
//! command line, which beats it. What keys there are says [`keys`].

mod compiled;
mod file;
pub(crate) mod keys;
pub(crate) mod patterns;
#[cfg(test)]
mod schema;
mod search;
mod show;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result, anyhow};
use copydesk::{Cleaner, Options, Stage};

use self::compiled::Compiled;
use self::file::{File, Level};
use self::keys::Setting;
use self::patterns::Patterns;
use self::search::Search;
use super::args::Args;
use super::refused::Refused;

pub(crate) use self::search::absolute;
pub(crate) use self::show::show;

/// Cleaners that are kept, so that files with the same settings share one.
const CLEANERS: usize = 64;

/// Gives the settings for every file. May be shared by threads.
#[derive(Debug)]
pub(crate) struct Configuration {
    command_line: Vec<Setting>,
    /// Of `--exclude`, relative to the current folder.
    excluded: Patterns,
    /// Of `--refused`.
    refused: Option<Arc<Refused>>,
    source: Source,
    /// The current folder.
    current: PathBuf,
    cleaners: Mutex<HashMap<CleanerKey, Arc<Cleaner>>>,
}

/// The configuration file, and those of its overrides that hold.
type CleanerKey = (Option<PathBuf>, Vec<usize>);

#[derive(Debug)]
enum Source {
    /// `--isolated`
    Nothing,
    /// `--config`
    Named(Arc<File>),
    Search(Search),
}

impl Configuration {
    /// # Errors
    /// The file of `--config` can't be used, or a pattern of the command line can't.
    pub(crate) fn new(args: &Args) -> Result<Self> {
        // What is put back is not cleaned.
        let is_undo = !args.undo.is_empty();
        let isolated = args.isolated || is_undo;
        let current = std::env::current_dir().or_else(|e| if isolated { Ok(PathBuf::new()) } else { Err(e) });
        let current = current.context("cannot find the current folder (use --isolated to do without configuration)")?;
        let source = match &args.config {
            _ if isolated => Source::Nothing,
            Some(path) => {
                let name = path.to_string_lossy().into_owned();
                let file = File::read(path.clone(), name, current.clone(), &current, &mut Compiled::default())?;
                Source::Named(Arc::new(file))
            }
            None => Source::Search(Search::new(current.clone(), std::env::home_dir())),
        };
        let excluded = patterns::typed(&args.exclude).map_err(|message| anyhow!("--exclude: {message}"))?;
        let refused = args.refused.as_deref().filter(|_| !is_undo).map(Refused::typed).transpose()?.map(Arc::new);
        let (command_line, cleaners) = (args.settings()?, Mutex::default());
        Ok(Self { command_line, excluded, refused, source, current, cleaners })
    }

    /// The settings for a file; `None` is stdin, which has those of the current folder.
    ///
    /// # Errors
    /// There is a configuration, and it can't be used.
    pub(crate) fn settings(&self, path: Option<&Path>) -> Result<FileSettings<'_>> {
        let path = path.map(|path| search::absolute(path, &self.current));
        let file = self.file(path.as_deref())?;
        let overrides = match (&file, &path) {
            (Some(file), Some(path)) => file.overrides_of(path),
            _ => Vec::new(),
        };
        Ok(FileSettings { file, overrides, command_line: &self.command_line })
    }

    /// The cleaner for a file; `None` is stdin.
    ///
    /// # Errors
    /// There is a configuration, and it can't be used; or the command line has a value that can't.
    pub(crate) fn cleaner(&self, path: Option<&Path>) -> Result<Arc<Cleaner>> {
        let settings = self.settings(path)?;
        let key = (settings.file.as_ref().map(|file| file.path.clone()), settings.overrides.clone());
        let mut cleaners = self.cleaners.lock().expect("no thread panics while it holds the lock");
        if let Some(cleaner) = cleaners.get(&key) {
            return Ok(Arc::clone(cleaner));
        }
        let cleaner = Arc::new(settings.options().build()?);
        // Overrides can be combined in more ways than there is memory for.
        if cleaners.len() >= CLEANERS {
            cleaners.clear();
        }
        cleaners.insert(key, Arc::clone(&cleaner));
        Ok(cleaner)
    }

    /// Where it stands that this file is left alone. A configuration is no text to be cleaned: it names what is looked for.
    ///
    /// # Errors
    /// There is a configuration, and it can't be used.
    pub(crate) fn excludes(&self, path: &Path) -> Result<Option<String>> {
        let path = search::absolute(path, &self.current);
        if path.file_name().is_some_and(|name| name == search::NAME) {
            return Ok(Some("a configuration".to_owned()));
        }
        if self.excluded.taking(patterns::relative(&path, &self.current)).is_some() {
            return Ok(Some(Origin::CommandLine.to_string()));
        }
        let file = self.file(Some(&path))?;
        let mut lists = self.refused.iter().chain(file.iter().flat_map(|file| &file.refused));
        if lists.any(|list| list.path == path) {
            return Ok(Some("a list of refused edits".to_owned()));
        }
        let Some(file) = file else { return Ok(None) };
        if search::absolute(&file.path, &self.current) == path {
            return Ok(Some("a configuration".to_owned()));
        }
        Ok(file.excludes(&path).map(|line| Origin::File(&file.name, line).to_string()))
    }

    /// Whether a pattern that counts includes a file of a directory; `None`: the configuration does not say which ones are.
    ///
    /// # Errors
    /// There is a configuration, and it can't be used.
    pub(crate) fn includes(&self, path: &Path, counts: impl Fn(&str) -> bool) -> Result<Option<bool>> {
        let path = search::absolute(path, &self.current);
        Ok(self.file(Some(&path))?.and_then(|file| file.includes(&path).map(|pattern| pattern.is_some_and(counts))))
    }

    /// The list of the edits that are not made in a file; `None` is stdin.
    ///
    /// # Errors
    /// There is a configuration, and it can't be used.
    pub(crate) fn refused(&self, path: Option<&Path>) -> Result<Option<Arc<Refused>>> {
        let path = path.map(|path| search::absolute(path, &self.current));
        Ok(match &self.refused {
            None => self.file(path.as_deref())?.and_then(|file| file.refused.clone()),
            refused => refused.clone(),
        })
    }

    /// The configuration file for a file, given by its absolute path.
    fn file(&self, path: Option<&Path>) -> Result<Option<Arc<File>>> {
        match &self.source {
            Source::Nothing => Ok(None),
            Source::Named(file) => Ok(Some(Arc::clone(file))),
            Source::Search(search) => search.of_folder(path.map_or(&self.current, |p| p.parent().unwrap_or(p))),
        }
    }
}

/// What holds for a file.
#[derive(Debug)]
pub(crate) struct FileSettings<'a> {
    file: Option<Arc<File>>,
    /// Those of the file that hold, ascending.
    overrides: Vec<usize>,
    command_line: &'a [Setting],
}

/// Where a setting comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin<'a> {
    /// The name of the configuration file, and the line.
    File(&'a str, usize),
    CommandLine,
}

impl fmt::Display for Origin<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(name, line) => write!(f, "{name}:{line}"),
            Self::CommandLine => f.write_str("command line"),
        }
    }
}

impl FileSettings<'_> {
    /// Every setting, in the order in which they are applied.
    pub(crate) fn each(&self) -> impl Iterator<Item = (&Setting, Origin<'_>)> {
        let file = self.file.as_deref();
        let levels = file.into_iter().flat_map(|file| {
            let overrides = self.overrides.iter().map(|&i| &file.overrides[i]);
            std::iter::once(&file.top).chain(overrides).flat_map(|level| placed(file, level))
        });
        levels.chain(self.command_line.iter().map(|setting| (setting, Origin::CommandLine)))
    }

    /// Whether any stage but this one runs.
    pub(crate) fn runs_beside(&self, stage: Stage) -> bool {
        self.options().scopes().iter().any(|scope| scope.stage() != stage)
    }

    /// The library's options.
    pub(crate) fn options(&self) -> Options {
        self.each().fold(Options::default(), |options, (setting, _)| setting.apply(options))
    }
}

fn placed<'a>(file: &'a File, level: &'a Level) -> impl Iterator<Item = (&'a Setting, Origin<'a>)> {
    level.settings.iter().map(|placed| (&placed.setting, Origin::File(&file.name, placed.line)))
}
