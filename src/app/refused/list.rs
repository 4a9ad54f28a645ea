//! The file of refused edits: a line for each, with its key, its rule, its reason and its file.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use copydesk::Reason;

use super::key::Key;
use crate::app::cleaners::STDIN;
use crate::app::config::absolute;
use crate::app::names::os_string;
use crate::app::separator::{escaped, parse};

/// The most bytes that such a file may have.
const SIZE: u64 = 64 * 1024 * 1024;

/// The edits that a file of refused edits names.
#[derive(Debug)]
pub(crate) struct Refused {
    /// Its own path, as messages show it.
    pub(crate) list: String,
    pub(crate) path: PathBuf,
    current: PathBuf,
    files: HashMap<PathBuf, Arc<RefusedEdits>>,
}

/// Those of one file.
#[derive(Debug)]
pub(crate) struct RefusedEdits {
    /// The list, as messages show it.
    list: String,
    lines: BTreeMap<Key, Line>,
}

#[derive(Debug)]
struct Line {
    number: usize,
    /// None that another version may have known.
    reason: Option<Reason>,
}

impl Refused {
    /// The list that the user names: names of files are relative to the current folder, or to that of the list.
    ///
    /// # Errors
    /// It can't be read, or a line of it is none.
    pub(crate) fn typed(path: &Path) -> Result<Self> {
        let current = std::env::current_dir().unwrap_or_default();
        Self::open(path, path.to_string_lossy().into_owned(), current.clone(), &[&current])
    }

    /// The list that a configuration names: names of files are relative to its folder.
    ///
    /// # Errors
    /// It can't be read, or a line of it is none.
    pub(crate) fn configured(path: &Path, name: String, current: PathBuf) -> Result<Self> {
        // To open a pipe or a device could be to wait for it.
        if path.metadata().is_ok_and(|is| !is.is_file()) {
            bail!("{name} is no regular file: name another");
        }
        Self::open(path, name, current, &[])
    }

    fn open(path: &Path, list: String, current: PathBuf, bases: &[&Path]) -> Result<Self> {
        let mut text = String::new();
        let file = File::open(path).with_context(|| format!("cannot read {list}"))?;
        file.take(SIZE + 1).read_to_string(&mut text).with_context(|| format!("cannot read {list}"))?;
        if text.len() as u64 > SIZE {
            bail!("{list} is larger than {} MiB: make it shorter", SIZE / 1024 / 1024);
        }
        let path = absolute(path, &current);
        let folder = folder(&path);
        let mut files: HashMap<PathBuf, BTreeMap<Key, Line>> = HashMap::new();
        for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        {
            let number = i + 1;
            let Some((key, reason, name)) = edit(line) else {
                bail!("{list}:{number} can't be used: a line has a hash, a rule, a reason and a file")
            };
            for place in bases.iter().chain(&[folder]).map(|base| placed(&name, base)) {
                files.entry(place).or_default().entry(key).or_insert(Line { number, reason });
            }
        }
        let edits = |lines| Arc::new(RefusedEdits { list: list.clone(), lines });
        let files = files.into_iter().map(|(file, lines)| (file, edits(lines))).collect();
        Ok(Self { list, path, current, files })
    }

    /// What it has of a file, as it is named on the command line.
    pub(crate) fn of(&self, file: &Path) -> Option<Arc<RefusedEdits>> {
        self.files.get(&placed(file, &self.current)).cloned()
    }

    /// How it names a file.
    pub(crate) fn name_of(&self, file: &Path) -> PathBuf {
        placed(file, &self.current).strip_prefix(folder(&self.path)).unwrap_or(file).to_owned()
    }
}

#[cfg(test)]
impl FromIterator<Key> for RefusedEdits {
    fn from_iter<T: IntoIterator<Item = Key>>(keys: T) -> Self {
        let lines = keys.into_iter().map(|key| (key, Line { number: 1, reason: None })).collect();
        Self { list: String::new(), lines }
    }
}

impl RefusedEdits {
    pub(crate) fn has(&self, key: Key) -> bool {
        self.lines.contains_key(&key)
    }

    /// How many are not among those that were seen.
    pub(crate) fn missing(&self, seen: &BTreeSet<Key>) -> u64 {
        self.lines.keys().filter(|key| !seen.contains(key)).count() as u64
    }

    /// A message for each that was not seen, if its reason is one of those that count.
    pub(crate) fn stale(
        &self,
        file: &str,
        seen: &BTreeSet<Key>,
        counts: impl Fn(Reason) -> bool,
    ) -> impl Iterator<Item = String> {
        let counts = move |line: &Line| line.reason.is_none_or(&counts);
        let stale = self.lines.iter().filter(move |(key, line)| !seen.contains(key) && counts(line));
        let mut numbers: Vec<usize> = stale.map(|(_, line)| line.number).collect();
        numbers.sort_unstable();
        let message = move |n| format!("{}:{n}: {file} has no such edit any more: remove the line", self.list);
        numbers.into_iter().map(message)
    }
}

/// The line of an edit.
pub(crate) fn line(key: Key, reasons: &[Reason], file: &Path) -> String {
    let names = reasons.first().map_or(("-", "-"), |reason| (reason.rule().as_str(), reason.as_str()));
    format!("{key} {} {} {}\n", names.0, names.1, escaped(file.as_os_str().as_encoded_bytes()))
}

/// Adds lines to a list.
pub(crate) fn append(path: &Path, lines: &str) -> Result<()> {
    let text = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let end = if text.is_empty() || text.ends_with(b"\n") { "" } else { "\n" };
    let mut file = File::options().append(true).open(path)?;
    file.write_all(format!("{end}{lines}").as_bytes()).with_context(|| format!("cannot write {}", path.display()))
}

fn edit(line: &str) -> Option<(Key, Option<Reason>, PathBuf)> {
    let mut parts = line.splitn(4, ' ');
    let key = parts.next()?.parse().ok()?;
    let reason = parts.nth(1)?.parse().ok();
    let name = os_string(&parse(parts.next()?).ok()?).ok()?;
    Some((key, reason, name.into()))
}

/// The folder of a list.
fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// Where a file is that is named relative to a folder; stdin is everywhere.
fn placed(name: &Path, base: &Path) -> PathBuf {
    if name.as_os_str() == STDIN { name.to_owned() } else { absolute(name, base) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        text.parse().expect("it is one")
    }

    #[test]
    fn lines_are_read() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let path = folder.path().join("refused");
        let name = "an owl\n\u{202E}.txt";
        let line = format!("00000000000000ff country-name country-form ./{}\n", escaped(name.as_bytes()));
        std::fs::write(&path, format!("# Ours.\n\n{line}")).expect("there is room");
        let refused = Refused::typed(&path).expect("it is one");
        // Relative to the current folder, and to that of the list.
        for file in [Path::new(name).to_owned(), folder.path().join(name)] {
            let edits = refused.of(&file).expect("there is one");
            assert!(edits.has(key("00000000000000ff")) && !edits.has(key("0000000000000001")));
        }
        assert!(refused.of(Path::new("other")).is_none());
        assert_eq!(refused.name_of(&folder.path().join("in/a.txt")), Path::new("in/a.txt"));
        assert_eq!(refused.name_of(Path::new("a.txt")), Path::new("a.txt"));
        for line in ["It rained.", "00000000000000ff country-name country-form", "ff a b c"] {
            std::fs::write(&path, line).expect("there is room");
            assert!(Refused::typed(&path).is_err_and(|error| error.to_string().contains("refused:1 can't be used")));
        }
    }

    #[test]
    fn what_is_stale_is_reported_by_its_line() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let path = folder.path().join("refused");
        let line = |key: u64, reason: &str| format!("{key:016x} rule {reason} -\n");
        let reasons = ["country-form", "adjacent-copy", "of-another-version", "country-form"];
        std::fs::write(&path, (9..).zip(reasons).map(|(key, reason)| line(key, reason)).collect::<String>())
            .expect("there is room");
        let name = "list".to_owned();
        let refused = Refused::configured(&path, name.clone(), PathBuf::new()).expect("it is one");
        let edits = refused.of(Path::new(STDIN)).expect("there are some");
        let seen = BTreeSet::from([key("0000000000000009")]);
        assert_eq!(edits.missing(&seen), 3);
        let stale: Vec<String> = edits.stale("<stdin>", &seen, |reason| reason == Reason::CountryForm).collect();
        let message = |n| format!("list:{n}: <stdin> has no such edit any more: remove the line");
        assert_eq!(stale, [message(3), message(4)]);
        assert!(Refused::configured(folder.path(), name, PathBuf::new()).is_err());
    }
}
