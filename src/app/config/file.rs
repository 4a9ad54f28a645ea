//! One configuration file: read, and parsed with the place of every value.

use std::fs::File as Handle;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::compiled::Compiled;
use super::keys::{self, Fault, Key, KeyInfo, Place, Setting, Takes, Text};
use super::patterns::{Patterns, relative};
use super::search::shown;
use crate::app::refused::Refused;

/// The most bytes that a file may have.
const SIZE: u64 = 256 * 1024;
/// The most regular expressions in a file.
const MARKERS: usize = 256;
/// The most patterns of file names in a file.
const PATTERNS: usize = 1024;
/// Longest message, in chars: it may quote an untrusted file.
const MESSAGE: usize = 400;

/// A configuration file.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) path: PathBuf,
    /// As messages show it.
    pub(crate) name: String,
    /// The folder to which patterns are relative.
    base: PathBuf,
    pub(crate) top: Level,
    pub(crate) overrides: Vec<Level>,
    /// Edits that are not made, if a list of them is named.
    pub(crate) refused: Option<Arc<Refused>>,
}

/// The settings of the file's top, or of a table of `[[overrides]]`.
#[derive(Debug, Default)]
pub(crate) struct Level {
    /// Where it begins.
    pub(crate) line: usize,
    /// Of `exclude`, or of `files`.
    pub(crate) patterns: Patterns,
    /// Of `include`, where it is set.
    pub(crate) include: Option<Patterns>,
    /// Of `refused`, where it is set, with its line.
    pub(crate) refused: Option<(String, usize)>,
    pub(crate) settings: Vec<Placed>,
}

/// A setting and its line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) setting: Setting,
    pub(crate) line: usize,
}

impl File {
    /// Reads a file. It has to be a regular file: what is a pipe or a device is not opened.
    pub(crate) fn read(
        path: PathBuf,
        name: String,
        base: PathBuf,
        current: &Path,
        compiled: &mut Compiled,
    ) -> Result<Self> {
        let kind = std::fs::metadata(&path).with_context(|| format!("cannot read the configuration {name}"))?;
        if !kind.is_file() {
            bail!("{name} is taken for a configuration and is no regular file: name another, or use --isolated");
        }
        let mut bytes = Vec::new();
        let file = Handle::open(&path).with_context(|| format!("cannot read the configuration {name}"))?;
        file.take(SIZE + 1).read_to_end(&mut bytes).with_context(|| format!("cannot read the configuration {name}"))?;
        if bytes.len() as u64 > SIZE {
            bail!("the configuration {name} is larger than {} KiB: make it shorter", SIZE / 1024);
        }
        let (top, overrides) = parse(&bytes, compiled).map_err(|e| anyhow::anyhow!("{name}:{e}"))?;
        let mut file = Self { path, name, base, top, overrides, refused: None };
        file.refused = file.read_refused(current)?.map(Arc::new);
        Ok(file)
    }

    fn read_refused(&self, current: &Path) -> Result<Option<Refused>> {
        let Some((list, line)) = &self.top.refused else { return Ok(None) };
        let path = self.base.join(list);
        let refused = Refused::configured(&path, shown(&path, current), current.to_owned());
        refused.map(Some).with_context(|| format!("{}:{line}: refused", self.name))
    }

    /// The line of the pattern by which the file is left alone.
    pub(crate) fn excludes(&self, path: &Path) -> Option<usize> {
        self.top.patterns.line(relative(path, &self.base))
    }

    /// The pattern by which the file is taken from a directory, if there is one; `None`: there are no patterns that say so.
    pub(crate) fn includes(&self, path: &Path) -> Option<Option<&str>> {
        self.top.include.as_ref().map(|patterns| patterns.taking(relative(path, &self.base)))
    }

    /// The tables of `[[overrides]]` that hold for the file, by their indices.
    pub(crate) fn overrides_of(&self, path: &Path) -> Vec<usize> {
        let path = relative(path, &self.base);
        (0..self.overrides.len()).filter(|&i| self.overrides[i].patterns.line(path).is_some()).collect()
    }
}

/// Gives the top and the overrides, or `LINE:COLUMN: message`.
fn parse(bytes: &[u8], compiled: &mut Compiled) -> Result<(Level, Vec<Level>), String> {
    let text = std::str::from_utf8(bytes).map_err(|e| {
        let valid = String::from_utf8_lossy(&bytes[..e.valid_up_to()]);
        Lines::new(&valid).message(&Fault::new(e.valid_up_to(), "not valid UTF-8: save the file as UTF-8"))
    })?;
    let lines = Lines::new(text);
    levels(text, &lines, compiled).map_err(|fault| lines.message(&fault))
}

fn levels(text: &str, lines: &Lines<'_>, compiled: &mut Compiled) -> Result<(Level, Vec<Level>), Fault> {
    let table = DeTable::parse(text).map_err(|e| {
        let at = e.span().map_or(0, |span| span.start);
        Fault::new(at, e.message().lines().collect::<Vec<_>>().join(" "))
    })?;
    let mut parser = Parser { lines, compiled, markers: 0, patterns: 0, overrides: Vec::new() };
    let top = parser.level(table.get_ref(), 0, Place::Top)?;
    Ok((top, parser.overrides))
}

struct Parser<'a> {
    lines: &'a Lines<'a>,
    compiled: &'a mut Compiled,
    markers: usize,
    patterns: usize,
    overrides: Vec<Level>,
}

impl Parser<'_> {
    /// `at` is where the table begins.
    fn level(&mut self, table: &DeTable<'_>, at: usize, place: Place) -> Result<Level, Fault> {
        let mut level = Level { line: self.lines.line(at), ..Level::default() };
        let mut found: Vec<(Key, Placed)> = Vec::new();
        let mut has_files = false;
        for (name, value) in in_order(table) {
            let row = keys::find(name.get_ref(), place).map_err(|e| Fault::new(name.span().start, e))?;
            if row.takes == Takes::Tables {
                self.overrides(row, value)?;
                continue;
            }
            let texts = texts(row, value)?;
            if row.takes == Takes::Pattern {
                limit(&mut self.patterns, PATTERNS, &texts, "use fewer or wider ones")?;
                let patterns = Patterns::new(&texts, |at| self.lines.line(at))?;
                has_files |= row.key == Key::Files && !texts.is_empty();
                match row.key {
                    Key::Include => level.include = Some(patterns),
                    _ => level.patterns = patterns,
                }
            }
            if row.takes == Takes::Regex {
                limit(&mut self.markers, MARKERS, &texts, "write some as one, with '|' between")?;
            }
            if row.takes == Takes::File {
                level.refused = texts.first().map(|text| self.file(row, *text)).transpose()?;
            }
            let settings = keys::settings(row, value.span().start, &texts, self.compiled)?;
            let placed = |(at, setting)| (row.key, Placed { setting, line: self.lines.line(at) });
            found.extend(settings.into_iter().map(placed));
        }
        if place == Place::Override && !has_files {
            return Err(Fault::new(at, "this table has no 'files': say for which files it holds"));
        }
        // The order of application, not that of the file.
        found.sort_by_key(|&(key, _)| key);
        level.settings = found.into_iter().map(|(_, placed)| placed).collect();
        Ok(level)
    }

    fn file(&self, row: &KeyInfo, Text { text, at }: Text<'_>) -> Result<(String, usize), Fault> {
        let missing = || Fault::new(at, format!("{}: it is empty: name a file", row.name));
        if text.is_empty() { Err(missing()) } else { Ok((text.to_owned(), self.lines.line(at))) }
    }

    fn overrides(&mut self, row: &KeyInfo, value: &Spanned<DeValue<'_>>) -> Result<(), Fault> {
        let wrong = |value: &Spanned<DeValue<'_>>| {
            Fault::new(
                value.span().start,
                format!("{0} are tables: write [[{0}]] before the settings of each", row.name),
            )
        };
        for item in value.get_ref().as_array().ok_or_else(|| wrong(value))? {
            let table = item.get_ref().as_table().ok_or_else(|| wrong(item))?;
            let level = self.level(table, item.span().start, Place::Override)?;
            self.overrides.push(level);
        }
        Ok(())
    }
}

/// Counts patterns before they are compiled.
fn limit(count: &mut usize, most: usize, texts: &[Text<'_>], advice: &str) -> Result<(), Fault> {
    if let Some(text) = texts.get(most - *count) {
        return Err(Fault::new(text.at, format!("more than {most} patterns: {advice}")));
    }
    *count += texts.len();
    Ok(())
}

/// The entries of a table as the file has them, so that the first fault is the one that is reported.
fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<(&'t Spanned<std::borrow::Cow<'i, str>>, &'t Spanned<DeValue<'i>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    entries
}

/// The strings of a value, each with its offset.
fn texts<'t>(row: &KeyInfo, value: &'t Spanned<DeValue<'_>>) -> Result<Vec<Text<'t>>, Fault> {
    let text = |value: &'t Spanned<DeValue<'_>>| {
        let wrong = || {
            let want = if row.many { "a string or an array of strings" } else { "a string" };
            let found = value.get_ref().type_str();
            Fault::new(value.span().start, format!("{}: expected {want}, found {found}", row.name))
        };
        let text = value.get_ref().as_str().ok_or_else(wrong)?;
        Ok(Text { text, at: value.span().start })
    };
    match value.get_ref() {
        DeValue::Array(array) if row.many => array.iter().map(text).collect(),
        _ => Ok(vec![text(value)?]),
    }
}

/// Lines and columns of offsets, from 1.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|i| i + 1)).collect();
        Self { text, starts }
    }

    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|&start| start <= at)
    }

    /// In chars.
    fn column(&self, at: usize) -> usize {
        let start = self.starts[self.line(at) - 1];
        self.text.get(start..at).map_or(1, |before| before.chars().count() + 1)
    }

    fn message(&self, fault: &Fault) -> String {
        let mut message: String = fault.message.chars().take(MESSAGE).collect();
        if message.len() < fault.message.len() {
            message.push('…');
        }
        format!("{}:{}: {message}", self.line(fault.at), self.column(fault.at))
    }
}

/// Whether a text is a configuration.
#[cfg(test)]
pub(super) fn parses(text: &str) -> bool {
    parse(text.as_bytes(), &mut Compiled::default()).is_ok()
}
