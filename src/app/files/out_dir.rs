//! The directory that takes the cleaned files of another one. No input may lie in it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

#[derive(Debug)]
pub(crate) struct OutDir {
    /// Without links.
    root: PathBuf,
}

impl OutDir {
    /// Makes nothing yet. `inputs` are the directories that are walked through.
    pub(crate) fn new(typed: &Path, inputs: &[PathBuf]) -> Result<Self> {
        let root = resolve(typed).with_context(|| format!("--out-dir {} can't be used", typed.display()))?;
        if root.exists() && !root.is_dir() {
            bail!("--out-dir {} is no directory: name another", typed.display());
        }
        if let Some(input) = inputs.iter().find(|input| root.starts_with(input)) {
            bail!(
                "--out-dir {} lies in the input {}: name a directory outside of it, or use -w to rewrite the files",
                typed.display(),
                input.display()
            );
        }
        Ok(Self { root })
    }

    pub(crate) fn make(&self) -> Result<()> {
        fs::create_dir_all(&self.root).with_context(|| format!("cannot make {}", self.root.display()))
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn target(&self, relative: &Path) -> PathBuf {
        self.root.join(relative)
    }
}

/// A path without links, of which the last parts need not exist.
pub(crate) fn resolve(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(path).is_err() => {
            let name = path.file_name().ok_or(error)?;
            let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
            Ok(resolve(parent)?.join(name))
        }
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_resolved_from_what_is_there() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let real = fs::canonicalize(folder.path()).expect("it is there");
        assert_eq!(resolve(&folder.path().join("a/b")).expect("it can be made"), real.join("a/b"));
        assert!(resolve(&folder.path().join("a/../b")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let real = fs::canonicalize(folder.path()).expect("it is there");
        fs::create_dir(real.join("in")).expect("it can be made");
        std::os::unix::fs::symlink("in", real.join("out")).expect("a link can be made");
        std::os::unix::fs::symlink("nowhere", real.join("broken")).expect("a link can be made");
        for path in ["in", "in/clean", "out", "out/clean/more"] {
            assert!(OutDir::new(&real.join(path), &[real.join("in")]).is_err(), "{path}");
        }
        assert!(OutDir::new(&real.join("broken"), &[]).is_err());
        assert_eq!(
            OutDir::new(&real.join("inner"), &[real.join("in")]).expect("it is beside").root(),
            real.join("inner")
        );
    }
}
