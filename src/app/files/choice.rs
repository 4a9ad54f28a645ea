//! Which of the files in a directory a run takes, by their names.

use std::path::Path;

use anyhow::{Context, Result};
use ignore::overrides::{Override, OverrideBuilder};

use crate::app::cleaners::Cleaners;
use crate::app::input::uncompressed;
use crate::app::sniff::records_by_name;

/// Endings of the files that are taken, unless a glob or the configuration says otherwise.
pub(crate) const ENDINGS: [&str; 4] = ["txt", "text", "md", "markdown"];
/// How names begin and end that are no article's whatever patterns match: they are taken only where a pattern names them.
const NO_ARTICLES: [(&str, &str); 4] =
    [("LICENSE", ""), ("COPYING", ""), ("CMakeLists", ".txt"), ("requirements", ".txt")];

/// The globs of `--glob`, relative to where the program runs.
#[derive(Debug)]
pub(crate) struct Choice {
    globs: Override,
    /// Those among them that name what is no article.
    naming: Override,
    /// Files of records are taken as well.
    records: bool,
}

impl Choice {
    /// `records`: files of records are taken as well.
    pub(crate) fn new(globs: &[String], records: bool) -> Result<Self> {
        let names = |glob: &&String| NO_ARTICLES.iter().any(|(prefix, _)| names(glob, prefix));
        Ok(Self { globs: build(globs.iter())?, naming: build(globs.iter().filter(names))?, records })
    }

    pub(crate) fn globs(&self) -> &Override {
        &self.globs
    }

    /// Whether a file is taken that no glob leaves out.
    ///
    /// # Errors
    /// The file's configuration can't be used.
    pub(crate) fn takes(&self, path: &Path, cleaners: &Cleaners) -> Result<bool> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_named_so = |(prefix, suffix): &(&str, &str)| name.starts_with(prefix) && name.ends_with(suffix);
        if let Some((prefix, _)) = NO_ARTICLES.into_iter().find(is_named_so) {
            let is_included = || cleaners.is_included(path, |pattern| names(pattern, prefix));
            return Ok(self.naming.matched(path, false).is_whitelist() || is_included()?.unwrap_or(false));
        }
        if self.globs.num_whitelists() > 0 {
            return Ok(true);
        }
        Ok(cleaners.is_included(path, |_| true)?.unwrap_or_else(|| self.has_an_ending(path)))
    }
}

impl Choice {
    fn has_an_ending(&self, path: &Path) -> bool {
        let path = uncompressed(path);
        let is_text = || path.extension().is_some_and(|ending| ENDINGS.iter().any(|e| ending.eq_ignore_ascii_case(e)));
        is_text() || self.records && records_by_name(path).is_some()
    }
}

/// Whether a pattern is not only so wide that it matches such a name.
fn names(pattern: &str, prefix: &str) -> bool {
    pattern.rsplit('/').next().is_some_and(|last| last.starts_with(prefix))
}

fn build<'g>(globs: impl Iterator<Item = &'g String>) -> Result<Override> {
    let mut builder = OverrideBuilder::new(std::env::current_dir().context("cannot find the current directory")?);
    for glob in globs {
        builder.add(glob).with_context(|| format!("the glob '{glob}' is wrong"))?;
    }
    builder.build().context("the globs are too many")
}
