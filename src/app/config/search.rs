//! Where the configuration of a file is found: in its folder, or in the nearest folder above that has one.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};

use anyhow::Result;

use super::compiled::Compiled;
use super::file::File;

/// The file's name.
pub(crate) const NAME: &str = "copydesk.toml";

/// Finds files and keeps what was found. May be shared by threads.
#[derive(Debug)]
pub(crate) struct Search {
    /// Names in messages are relative to it.
    current: PathBuf,
    /// The home folder, as it is given and as it is without links.
    home: Vec<PathBuf>,
    found: Mutex<Found>,
}

#[derive(Debug, Default)]
struct Found {
    /// Of each folder that was looked into.
    files: HashMap<PathBuf, Option<Arc<File>>>,
    compiled: Compiled,
}

impl Search {
    pub(crate) fn new(current: PathBuf, home: Option<PathBuf>) -> Self {
        let real = home.as_ref().and_then(|home| home.canonicalize().ok());
        Self { current, home: home.into_iter().chain(real).collect(), found: Mutex::default() }
    }

    /// The configuration for the files of a folder, given by its absolute path.
    ///
    /// # Errors
    /// There is one, and it can't be used.
    pub(crate) fn of_folder(&self, folder: &Path) -> Result<Option<Arc<File>>> {
        let mut found = self.found.lock().expect("no thread panics while it holds the lock");
        let Found { files, compiled } = &mut *found;
        let mut passed = Vec::new();
        let mut file = None;
        for folder in folder.ancestors() {
            if let Some(known) = files.get(folder) {
                file.clone_from(known);
                break;
            }
            passed.push(folder.to_owned());
            let path = folder.join(NAME);
            if exists(&path) {
                let name = shown(&path, &self.current);
                file = Some(Arc::new(File::read(path, name, folder.to_owned(), &self.current, compiled)?));
                break;
            }
            if self.is_last(folder) {
                break;
            }
        }
        files.extend(passed.into_iter().map(|folder| (folder, file.clone())));
        Ok(file)
    }

    /// The root of a repository and the home folder are the last ones to be looked into.
    fn is_last(&self, folder: &Path) -> bool {
        exists(&folder.join(".git")) || self.home.iter().any(|home| home == folder)
    }
}

/// A link that leads nowhere exists, too: reading it then shows what is wrong.
fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// The path as messages show it: relative to the current folder if it is below.
pub(crate) fn shown(path: &Path, current: &Path) -> String {
    path.strip_prefix(current).unwrap_or(path).to_string_lossy().into_owned()
}

/// The absolute path, by its text alone: a link in it is not followed, so a folder that is reached by a link has the
/// configuration of the place where the link stands.
pub(crate) fn absolute(path: &Path, current: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for part in current.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                whole.pop();
            }
            part => whole.push(part),
        }
    }
    whole
}
