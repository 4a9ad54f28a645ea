//! Finds how a text becomes again what it was: over all runs that a log, or one of several, has records of.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};

use super::choice::Choice;
use super::compose::compose;
use super::read::{Entry, Logged, Part, key};
use super::record::Sum;
use crate::app::cleaners::STDIN;
use crate::app::nearest::nearest;
use crate::app::report;

/// The logs of `--undo`, and which of their edits are undone.
pub(crate) struct Logs {
    logs: Vec<Logged>,
    pub(crate) choice: Choice,
}

/// A run on a text.
#[derive(Clone, Copy)]
struct Step<'l> {
    log: &'l Logged,
    part: Part,
}

/// Edits as they are read, or as they were composed.
pub(super) type Entries<'l> = Box<dyn Iterator<Item = io::Result<Entry>> + 'l>;

/// What leads back: the text that comes out, and the edits that had changed it.
pub(super) struct Back<'l> {
    pub(super) input: Sum,
    pub(super) entries: Entries<'l>,
}

impl Logs {
    /// # Errors
    /// A log can't be read, or it is none.
    pub(crate) fn open(paths: &[PathBuf], choice: Choice) -> Result<Option<Self>> {
        let logs = paths.iter().map(|path| Logged::open(path)).collect::<Result<Vec<_>>>()?;
        for log in logs.iter().filter(|log| log.broken.is_some()) {
            report::note(&match log.broken_file() {
                Some(file) => format!("{} breaks off in the records of {}", log.name, String::from_utf8_lossy(file)),
                None => format!("{} breaks off in its last line", log.name),
            });
        }
        Ok(Some(Self { logs, choice }).filter(|_| !paths.is_empty()))
    }

    /// The log that goes on with what stays, if none is named.
    ///
    /// # Errors
    /// It breaks off.
    pub(crate) fn last(&self) -> Result<Option<&Path>> {
        let Some(log) = self.logs.last().filter(|_| self.choice.is_some()) else { return Ok(None) };
        if log.broken.is_some() {
            bail!("{} breaks off and can't go on: name a log for the edits that stay with --edits", log.name);
        }
        Ok(Some(&log.path))
    }

    /// Whether a file was one of the runs'.
    pub(crate) fn names(&self, path: &Path) -> bool {
        self.logs.iter().any(|log| log.names().any(|name| name == key(path)))
    }

    /// An error for each file of these folders that a log names and that is not there.
    pub(crate) fn missing(&self, folders: &[&PathBuf], listed: &HashSet<&Path>) -> Vec<anyhow::Error> {
        let listed: HashSet<&[u8]> = listed.iter().map(|path| key(path)).collect();
        let is_below = |name: &[u8], folder: &[u8]| {
            let rest = name.strip_prefix(folder).filter(|_| !folder.is_empty());
            let is_current = folder.is_empty() || folder == b".";
            let rest_is_path = |rest: &[u8]| folder.ends_with(b"/") || rest.first().is_some_and(|&b| is_separator(b));
            rest.is_some_and(rest_is_path) || is_current && !name.first().is_some_and(|&b| is_separator(b))
        };
        let mut names: Vec<(&[u8], &Logged)> =
            self.logs.iter().flat_map(|l| l.names().map(move |name| (name, l))).collect();
        names.retain(|(name, _)| !listed.contains(name) && folders.iter().any(|folder| is_below(name, key(folder))));
        names.sort_by_key(|(name, _)| *name);
        names.dedup_by_key(|(name, _)| *name);
        let error = |(name, log): (&[u8], &Logged)| {
            anyhow!("cannot undo {}: {} names it, and it is not there", String::from_utf8_lossy(name), log.name)
        };
        names.into_iter().map(error).collect()
    }

    /// The steps back from a text that has this checksum.
    ///
    /// # Errors
    /// It is none of the texts that were written. The message begins with what can't be done.
    pub(super) fn back(&self, path: &Path, name: &str, is: Sum) -> Result<Back<'_>> {
        let of_name = |log: &'_ Logged| log.parts_of(key(path)).collect::<Vec<_>>();
        let is_named = path != Path::new(STDIN) && self.names(path);
        let parts = self.logs.iter().flat_map(|log| {
            let parts = if is_named { of_name(log) } else { vec![log.whole()] };
            parts.into_iter().map(move |part| Step { log, part })
        });
        let all: Vec<Step<'_>> = parts.collect();
        let steps = steps_from(&all, is);
        let is_as_it_was = || {
            let unedited = all.iter().all(|step| step.part.sums.input == step.part.sums.output);
            all.iter().any(|step| step.part.sums.input == is) || is_named && unedited && !all.is_empty()
        };
        if steps.is_empty() && !is_as_it_was() && !self.is_unwritten(path, is_named)? {
            return Err(anyhow!("cannot undo {name}: {}", self.why_not(path, is_named)));
        }
        let input = steps.last().map_or(is, |step| step.part.sums.input);
        Ok(Back { input, entries: entries(&steps)? })
    }

    /// Whether a log breaks off in the records of a file that it had not written yet.
    fn is_unwritten(&self, path: &Path, is_named: bool) -> io::Result<bool> {
        let broken = |log: &&Logged| is_named && log.broken_file() == Some(key(path));
        let mut logs = self.logs.iter().filter(broken).filter_map(|log| Some((log, log.broken.as_ref()?)));
        logs.next().map_or(Ok(false), |(log, broken)| log.is_unwritten(broken, path))
    }

    fn why_not(&self, path: &Path, is_named: bool) -> String {
        let logs: Vec<&str> = self.logs.iter().map(|log| &*log.name).collect();
        let logs = logs.join(" or ");
        if let Some(log) = self.logs.iter().find(|log| is_named && log.broken_file() == Some(key(path))) {
            return format!("{} breaks off in its records", log.name);
        }
        if is_named || path == Path::new(STDIN) {
            return format!("it is not the text that {logs} belongs to");
        }
        let nearest = self.nearest(path).map_or(String::new(), |name| format!(" (did you mean '{name}'?)"));
        format!("it is not in {logs}{nearest}, and not what went to stdout")
    }

    /// The name of a file of the runs that is most like this one.
    fn nearest(&self, path: &Path) -> Option<String> {
        let path = String::from_utf8_lossy(key(path));
        let names = self.logs.iter().flat_map(Logged::names).map(String::from_utf8_lossy);
        nearest(&path, names).map(Cow::into_owned)
    }
}

fn is_separator(byte: u8) -> bool {
    std::path::is_separator(byte.into())
}

/// The runs that lead to a text, the last one first.
fn steps_from<'l>(all: &[Step<'l>], is: Sum) -> Vec<Step<'l>> {
    let (mut now, mut steps) = (is, Vec::new());
    let mut left: Vec<&Step<'_>> = all.iter().filter(|step| step.part.sums.input != step.part.sums.output).collect();
    while let Some(i) = left.iter().rposition(|step| step.part.sums.output == now) {
        let step = left.remove(i);
        now = step.part.sums.input;
        steps.push(*step);
    }
    steps
}

/// One run's edits are read as they are needed; those of several are brought together in memory.
fn entries<'l>(steps: &[Step<'l>]) -> io::Result<Entries<'l>> {
    if let [step] = steps {
        return Ok(Box::new(step.log.edits(step.part)?));
    }
    let mut all = Vec::new();
    for step in steps.iter().rev() {
        all = compose(all, step.log.edits(step.part)?.collect::<io::Result<_>>()?);
    }
    Ok(Box::new(all.into_iter().map(Ok)))
}
