//! Which files a run takes, and where each of them goes: known before anything is written.

use std::collections::{HashMap, HashSet};
use std::fs::{self, FileType};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use ignore::{DirEntry, WalkBuilder};

use super::choice::Choice;
use super::out_dir::{OutDir, resolve};
use super::temporary::is_temporary;
use crate::app::cleaners::{Cleaners, STDIN};
use crate::app::edits::Logs;
use crate::app::input::is_a_directory;
use crate::app::report;
use crate::app::settings::{Mode, Settings};

/// Where a folder says what is to be ignored.
const IGNORE: [&str; 3] = [".gitignore", ".ignore", ".git/info/exclude"];
/// Bytes of such a file at most: patterns take hundreds of times their length in memory.
const LONGEST: u64 = 256 * 1024;

/// A file that is to be cleaned.
#[derive(Debug)]
pub(crate) struct Source {
    /// As typed, or as it was found below what was typed.
    pub(crate) path: PathBuf,
    /// Without links.
    pub(crate) real: PathBuf,
    /// It was found in a directory: nobody named it.
    pub(crate) found: bool,
    /// What it is called below the directory in which it was found, or in its own.
    pub(crate) relative: PathBuf,
}

/// The files of a run, in the order in which they are reported.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    pub(crate) sources: Vec<Source>,
    /// The directories that were walked through, without links.
    pub(crate) roots: Vec<PathBuf>,
    /// Files of these directories that are not taken because of their names.
    pub(crate) left_out: u64,
    /// Paths that can't be taken; each was reported.
    pub(crate) errors: u64,
}

/// What decides which files are taken.
struct Taking<'a> {
    settings: &'a Settings,
    cleaners: &'a Arc<Cleaners>,
    choice: Choice,
    /// Of what is undone, only what they name.
    undo: Option<&'a Logs>,
}

impl Taking<'_> {
    /// Whether a file that was found is taken.
    fn takes(&self, path: &Path) -> Result<bool> {
        self.undo.map_or_else(|| self.choice.takes(path, self.cleaners), |logs| Ok(logs.names(path)))
    }

    /// Names what is not taken, for those who want to know.
    fn report(&self, path: &Path, what: &str, why: &str) {
        if self.settings.verbose {
            report::note(&format!("{what}: {}: {why}", path.display()));
        }
    }
}

impl Listing {
    pub(crate) fn new(settings: &Settings, cleaners: &Arc<Cleaners>, undo: Option<&Logs>) -> Result<Self> {
        let mut listing = Self::default();
        let taking =
            Taking { settings, cleaners, choice: Choice::new(&settings.globs, settings.wants_records())?, undo };
        for path in &settings.paths {
            if let Err(error) = listing.add(path, &taking) {
                listing.fail(&error);
            }
        }
        if let Some(logs) = undo {
            let listed = listing.sources.iter().map(|source| &*source.path).collect();
            let walked = settings.paths.iter().filter(|path| path.is_dir());
            for error in logs.missing(&walked.collect::<Vec<_>>(), &listed) {
                listing.fail(&error);
            }
        }
        // A log is none of the files.
        let logs: Vec<PathBuf> = settings.logs().filter_map(|log| resolve(log).ok()).collect();
        listing.sources.retain(|source| !source.found || !logs.contains(&source.real));
        // A file that is named twice, or named and found, is cleaned once.
        if settings.paths.len() > 1 {
            let mut seen = HashSet::new();
            listing.sources.retain(|source| seen.insert(source.real.clone()));
        }
        Ok(listing)
    }

    fn fail(&mut self, error: &anyhow::Error) {
        report::error(&format!("{error:#}"));
        self.errors += 1;
    }

    fn add(&mut self, path: &Path, taking: &Taking<'_>) -> Result<()> {
        let Taking { settings, cleaners, .. } = taking;
        let metadata = if path.as_os_str() == STDIN { None } else { fs::metadata(path).ok() };
        match metadata {
            Some(metadata) if metadata.is_dir() && settings.recursive => self.walk(path, taking),
            Some(metadata) if metadata.is_dir() => bail!("{}", is_a_directory(&path.to_string_lossy())),
            Some(metadata) if !metadata.is_file() && settings.mode.writes() => {
                bail!("{} is no regular file: read it from stdin, and write to stdout", path.display())
            }
            _ if cleaners.is_excluded(path) => {
                taking.report(path, "excluded", "--exclude or its configuration says so");
                Ok(())
            }
            // What is missing is reported when it is opened, as all that can't be opened.
            _ => {
                let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
                let relative = path.file_name().unwrap_or(path.as_os_str()).into();
                self.sources.push(Source { path: path.to_owned(), real, found: false, relative });
                Ok(())
            }
        }
    }

    /// Hidden and ignored files are left out as ripgrep does it; links are not followed.
    fn walk(&mut self, root: &Path, taking: &Taking<'_>) -> Result<()> {
        let real_root = fs::canonicalize(root).with_context(|| format!("cannot open {}", root.display()))?;
        real_root.ancestors().try_for_each(can_be_ignored_by)?;
        let cleaners = Arc::clone(taking.cleaners);
        let refused = Arc::new(Mutex::new(Vec::new()));
        let refuse = Arc::clone(&refused);
        let walk = WalkBuilder::new(root)
            .overrides(taking.choice.globs().clone())
            .sort_by_file_name(Ord::cmp)
            .filter_entry(move |entry| {
                let is = |what: fn(&FileType) -> bool| entry.file_type().is_some_and(|kind| what(&kind));
                if is(FileType::is_dir) {
                    let result = can_be_ignored_by(entry.path());
                    return result.map_err(|e| refuse.lock().unwrap_or_else(PoisonError::into_inner).push(e)).is_ok();
                }
                !(is_temporary(entry.file_name()) || is(FileType::is_file) && cleaners.is_excluded(entry.path()))
            })
            .build();
        for entry in walk {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|t| t.is_file()) => {
                    let source = found(&entry, root, &real_root)?;
                    // What is wrong with a configuration is reported once all files are known.
                    if taking.takes(&source.path).unwrap_or(true) {
                        self.sources.push(source);
                    } else {
                        self.left_out += 1;
                        taking.report(&source.path, "left out", "its name is not that of a text");
                    }
                }
                Ok(_) => {}
                Err(error) => self.fail(&anyhow::Error::from(error).context("cannot read a directory")),
            }
        }
        for error in refused.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            self.fail(&error);
        }
        self.roots.push(real_root);
        Ok(())
    }

    /// Where each file goes, for [`Mode::OutDir`]; nothing is written if one of them would go over another.
    pub(crate) fn out_dir(&self, mode: &Mode) -> Result<Option<OutDir>> {
        let Mode::OutDir(typed) = mode else { return Ok(None) };
        let out = OutDir::new(typed, &self.roots)?;
        let sources: HashMap<&Path, &Source> = self.sources.iter().map(|s| (s.real.as_path(), s)).collect();
        let mut targets: HashMap<PathBuf, &Source> = HashMap::with_capacity(self.sources.len());
        for source in &self.sources {
            let target = out.target(&source.relative);
            if self.roots.iter().any(|root| target.starts_with(root)) || sources.contains_key(target.as_path()) {
                bail!("{} would go over an input: name another --out-dir", source.path.display());
            }
            if let Some(other) = targets.insert(target, source) {
                bail!(
                    "{} and {} would go to the same file: clean them in two runs, each with its own --out-dir",
                    other.path.display(),
                    source.path.display()
                );
            }
        }
        out.make()?;
        Ok(Some(out))
    }
}

fn found(entry: &DirEntry, root: &Path, real_root: &Path) -> Result<Source> {
    let path = entry.path();
    let relative = path.strip_prefix(root).with_context(|| format!("{} has moved", path.display()))?;
    let shown = if root == Path::new(".") { relative } else { path };
    Ok(Source { path: shown.to_owned(), real: real_root.join(relative), found: true, relative: relative.to_owned() })
}

/// Whether what a folder says of ignored files can be read: a device or a pipe in its place would have no end.
fn can_be_ignored_by(folder: &Path) -> Result<()> {
    for path in IGNORE.map(|name| folder.join(name)) {
        match fs::metadata(&path) {
            Ok(is) if !is.is_file() && !is.is_dir() => bail!("{} is no regular file: remove it", path.display()),
            Ok(is) if is.is_file() && is.len() > LONGEST => {
                bail!("{} is larger than {} KiB: make it shorter", path.display(), LONGEST / 1024)
            }
            _ => {}
        }
    }
    Ok(())
}
