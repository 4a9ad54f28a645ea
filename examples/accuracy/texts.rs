//! Folders of real texts.

use std::path::{Path, PathBuf};

use copydesk::Edit;

use super::files;
use super::labels::Labels;

/// A text and its name: the path below its folder, or a case's id.
pub(crate) struct Text {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl Text {
    /// Lines that hold more than white space.
    pub(crate) fn lines(&self) -> usize {
        self.bytes.split(|&b| b == b'\n').filter(|line| !line.trim_ascii().is_empty()).count()
    }

    /// What is before and after an edit: a bounded number of bytes, without those that are half a char.
    pub(crate) fn around(&self, edit: &Edit<'_>, margin: usize) -> [String; 2] {
        let at = |offset: u64| usize::try_from(offset).expect("the edit is in the text");
        let (start, end) = (at(edit.range().start), at(edit.range().end));
        let pre = String::from_utf8_lossy(&self.bytes[start.saturating_sub(margin)..start]);
        let post = String::from_utf8_lossy(&self.bytes[end..self.bytes.len().min(end + margin)]);
        let half = char::REPLACEMENT_CHARACTER;
        [pre.trim_start_matches(half).to_owned(), post.trim_end_matches(half).to_owned()]
    }
}

/// The `.txt` files below a folder. Where it has labels, they are below `texts` in it.
pub(crate) struct Texts {
    pub(crate) name: String,
    pub(crate) labels: Option<Labels>,
    root: PathBuf,
    files: Vec<PathBuf>,
}

impl Texts {
    pub(crate) fn open(folder: &Path) -> Result<Self, String> {
        let labels = folder.join("labels.jsonl");
        let (labels, root) = match labels.exists() {
            true => (Some(Labels::read(&labels)?), folder.join("texts")),
            false => (None, folder.to_owned()),
        };
        let files = files::texts(&root)?;
        if files.is_empty() {
            return Err(format!("no texts (.txt) in {}", root.display()));
        }
        let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned();
        Ok(Self { name, labels, root, files })
    }

    pub(crate) fn read(&self) -> impl Iterator<Item = Result<Text, String>> {
        self.files.iter().map(|file| {
            let parts = file.strip_prefix(&self.root).expect("the file is below the folder").iter();
            let parts: Vec<_> = parts.map(|part| part.to_string_lossy()).collect();
            Ok(Text { name: parts.join("/"), bytes: files::read_bytes(file)? })
        })
    }
}
