//! The page of `--review`: every edit in its article, to be accepted or refused. The page needs no network; what is refused is saved
//! to a list of refused edits. [`article`] writes the articles while they are cleaned, [`words`] shows text, [`template`] has the
//! rest of the page.

mod article;
mod template;
mod words;

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::files::{Held, resolve};
use super::report::visible;
use super::separator::escaped;
pub(crate) use article::Article;

/// Bytes of the articles that wait in memory until the page is written; the rest waits on the disk.
const HELD: usize = 1024 * 1024;

/// A page in the making.
pub(crate) struct Page {
    path: PathBuf,
    file: File,
    articles: Held,
    /// The names of the articles, and how many edits each has.
    list: Vec<(String, u64)>,
}

impl Page {
    /// A page that goes to a file, which is none of `taken`: the inputs, and where they go.
    pub(crate) fn new(path: &Path, taken: impl IntoIterator<Item = PathBuf>) -> Result<Self> {
        let real = resolve(path).ok();
        if taken.into_iter().any(|taken| taken == path || Some(&taken) == real.as_ref()) {
            bail!("--review {} is one of the files of the run: name another", path.display());
        }
        if path.exists() && !is_page(path) {
            bail!("--review {} holds something that is no page of this program: name another", path.display());
        }
        // What can't be written is known before anything is done.
        let file = File::options().write(true).create(true).truncate(false).open(path);
        let file = file.with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self { path: path.to_owned(), file, articles: Held::new(HELD), list: Vec::new() })
    }

    /// An article that has edits; `text` was written by an [`Article`]. `listed`: its name in a list of refused edits.
    pub(crate) fn add(&mut self, path: &Path, listed: &Path, text: &mut Held, edits: u64) -> Result<()> {
        if edits == 0 {
            return Ok(());
        }
        let name = path.as_os_str().as_encoded_bytes();
        let article =
            template::article(self.list.len(), &escaped(listed.as_os_str().as_encoded_bytes()), &visible(name));
        let (head, foot) = article.split_once(template::SLOT).expect("the template has a place for the text");
        let written = self.articles.write_all(head.as_bytes()).and_then(|()| text.give(&mut self.articles));
        written.and_then(|()| self.articles.write_all(foot.as_bytes())).with_context(|| self.cannot())?;
        self.list.push((visible(name), edits));
        Ok(())
    }

    /// Writes the page.
    pub(crate) fn finish(&mut self) -> Result<()> {
        let page = template::page(&self.list);
        let (head, foot) = page.split_once(template::SLOT).expect("the template has a place for the articles");
        let mut out = BufWriter::new(&self.file);
        let head = self.file.set_len(0).and_then(|()| out.write_all(head.as_bytes()));
        let written = head.and_then(|()| self.articles.give(&mut out)).and_then(|()| out.write_all(foot.as_bytes()));
        let written = written.and_then(|()| out.flush());
        written.with_context(|| format!("cannot write {}", self.path.display()))
    }

    fn cannot(&self) -> String {
        format!("cannot write {}", self.path.display())
    }
}

/// Whether a file is a page of an earlier run, or empty.
fn is_page(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(template::HEAD.len() as u64).read_to_end(&mut head));
    path.is_file() && read.is_ok() && (head.is_empty() || head == template::HEAD.as_bytes())
}
