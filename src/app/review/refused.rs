//! Refused edits, as the page saves them: a line for each, with its key, its rule, its reason and its file.

use std::collections::HashSet;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::around::Key;
use crate::app::separator::{escaped, parse};

/// The edits that a file of refused edits names.
#[derive(Debug, Default)]
pub(crate) struct Refused {
    edits: HashSet<(Vec<u8>, Key)>,
}

impl Refused {
    /// # Errors
    /// It can't be read, or a line of it is none.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let name = path.display();
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
        let mut refused = Self::default();
        for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        {
            let Some(edit) = edit(line) else {
                bail!("{name}:{} can't be used: a line has a hash, a rule, a reason and a file", i + 1)
            };
            refused.edits.insert(edit);
        }
        Ok(refused)
    }

    /// How many edits of a file it names.
    pub(crate) fn count(&self, file: &Path) -> u64 {
        let file = plain(file.as_os_str().as_encoded_bytes());
        self.edits.iter().filter(|(name, _)| name == file).count() as u64
    }

    pub(crate) fn has(&self, file: &Path, key: Key) -> bool {
        self.edits.contains(&(plain(file.as_os_str().as_encoded_bytes()).to_vec(), key))
    }
}

fn edit(line: &str) -> Option<(Vec<u8>, Key)> {
    let mut parts = line.splitn(4, ' ');
    let key = parts.next()?.parse().ok()?;
    let file = parts.nth(2)?;
    Some((plain(&parse(file).ok()?).to_vec(), key))
}

fn plain(name: &[u8]) -> &[u8] {
    name.strip_prefix(b"./").unwrap_or(name)
}

/// How a file is named in a line.
pub(super) fn file(name: &[u8]) -> String {
    escaped(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let path = folder.path().join("refused");
        let name = "an owl\n\u{202E}.txt";
        let line = format!("00000000000000ff:2 country-name country-form {}\n", file(name.as_bytes()));
        std::fs::write(&path, format!("# Ours.\n\n{line}")).expect("there is room");
        let refused = Refused::open(&path).expect("it is one");
        let key = |text: &str| text.parse::<Key>().expect("it is one");
        assert!(
            refused.has(Path::new(name), key("00000000000000ff:2"))
                && !refused.has(Path::new(name), key("00000000000000ff"))
        );
        assert_eq!((refused.count(Path::new(name)), refused.count(Path::new("other"))), (1, 0));
        assert!(!refused.has(Path::new("other"), key("00000000000000ff:2")));
        for line in ["It rained.", "00000000000000ff country-name country-form", "ff a b c"] {
            std::fs::write(&path, line).expect("there is room");
            assert!(Refused::open(&path).is_err_and(|error| error.to_string().contains("refused:1 can't be used")));
        }
    }
}
