//! Writes files whole or not at all: into a temporary file beside them, which then takes their place.
//!
//! At every moment either the old or the new text stands there, whole, whatever fails and whenever the power goes. A file
//! without an edit is never written.

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use copydesk::{Edit, EditSink};
use tempfile::NamedTempFile;

use super::disk::Disk;
use super::temporary;
use crate::app::clean::Sink;
use crate::app::compress::{Compression, Encoder};

/// Writes the files of a run.
pub(crate) struct Writer<'d> {
    disk: &'d dyn Disk,
    force: bool,
    /// Folders that were searched for what killed runs have left.
    swept: Mutex<HashSet<PathBuf>>,
    /// Folders in which files were renamed.
    renamed: Mutex<BTreeSet<PathBuf>>,
}

impl<'d> Writer<'d> {
    /// `force`: files are also rewritten where something of them besides the text would be lost.
    pub(crate) fn new(disk: &'d dyn Disk, force: bool) -> Self {
        Self { disk, force, swept: Mutex::default(), renamed: Mutex::default() }
    }

    /// A file that is rewritten as soon as there is an edit, compressed as it is. `path` is its own path, not that of a link.
    pub(crate) fn in_place<'w>(&'w self, path: &'w Path, Original { file, was, compression }: Original) -> Rewrite<'w> {
        let kind = Kind::InPlace;
        Rewrite { writer: self, target: path, kind, path, file, was, seen: 0, compression, temporary: None }
    }

    /// A file whose text goes to `target`, below `root`, compressed as it is; `path` is where it is read.
    pub(crate) fn copy<'w>(
        &'w self,
        path: &'w Path,
        Original { file, was, compression }: Original,
        target: &'w Path,
        root: &Path,
    ) -> Result<Rewrite<'w>> {
        self.make_way(target, root)?;
        let kind = Kind::Copy;
        let mut rewrite =
            Rewrite { writer: self, target, kind, path, file, was, seen: 0, compression, temporary: None };
        rewrite.begin()?;
        Ok(rewrite)
    }

    /// Makes the renames last. To be called when all files are written.
    pub(crate) fn finish(&self) -> Vec<anyhow::Error> {
        let folders = std::mem::take(&mut *self.renamed.lock().unwrap_or_else(PoisonError::into_inner));
        let sync = |folder: &PathBuf| self.disk.sync_folder(folder).err().map(|e| (folder.clone(), e));
        let failed = folders.iter().filter_map(sync);
        failed.map(|(f, e)| anyhow::Error::from(e).context(format!("cannot sync {}", f.display()))).collect()
    }

    /// Makes the folders between a root and a target. No link on the way may lead out of the root, and none may stand in the
    /// target's place.
    fn make_way(&self, target: &Path, root: &Path) -> Result<()> {
        let mut folders: Vec<&Path> = target.ancestors().skip(1).take_while(|f| *f != root).collect();
        folders.reverse();
        for folder in folders {
            match fs::symlink_metadata(folder) {
                Ok(metadata) if metadata.is_dir() => {}
                Ok(_) => bail!("{} is not a directory: remove it", folder.display()),
                // Another thread may be faster.
                Err(_) => match self.disk.create_folder(folder) {
                    Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                        return Err(error).with_context(|| format!("cannot make {}", folder.display()));
                    }
                    _ => {}
                },
            }
        }
        match fs::symlink_metadata(target) {
            Ok(metadata) if !metadata.is_file() => {
                bail!("{} is not a regular file: remove it", target.display())
            }
            _ => Ok(()),
        }
    }

    fn create(&self, folder: &Path) -> Result<NamedTempFile> {
        if self.swept.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned()) {
            temporary::sweep(folder);
        }
        self.disk.create(folder).with_context(|| format!("cannot make a temporary file in {}", folder.display()))
    }
}

fn folder_of(path: &Path) -> Result<&Path> {
    path.parent().with_context(|| format!("{} is no file", path.display()))
}

/// A file that is read.
pub(crate) struct Original {
    pub(crate) file: Arc<File>,
    /// What it was when it was opened.
    pub(crate) was: Metadata,
    pub(crate) compression: Option<Compression>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    InPlace,
    Copy,
}

/// A file's new text, on its way into the file's place. Dropped before it is finished, it leaves nothing on the disk.
pub(crate) struct Rewrite<'w> {
    writer: &'w Writer<'w>,
    kind: Kind,
    target: &'w Path,
    /// What is read, and what it was when it was opened.
    path: &'w Path,
    file: Arc<File>,
    was: Metadata,
    /// Bytes of the file that are decided.
    seen: u64,
    /// How it is compressed.
    compression: Option<Compression>,
    temporary: Option<Encoder<BufWriter<Temporary<'w>>>>,
}

impl Rewrite<'_> {
    /// Puts the new text in its place; without an edit the file stays as it is. `record` is called before, when nothing else
    /// is left to be done.
    pub(crate) fn finish(mut self, record: impl FnOnce() -> Result<()>) -> Result<()> {
        let Some(encoder) = self.temporary.take() else { return Ok(()) };
        let file = encoder.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?.file;
        self.take_over(file.as_file())?;
        self.writer.disk.sync(file.as_file()).context("cannot sync the temporary file")?;
        record()?;
        // Last: until then it may take its time.
        self.is_as_it_was()?;
        let folder = folder_of(self.target)?.to_owned();
        // The file stays open, and so locked, until it has its name: another run must not take it for a leftover.
        let (_locked, path) = file.into_parts();
        self.writer.disk.rename(path, self.target).context("cannot rename the temporary file")?;
        self.writer.renamed.lock().unwrap_or_else(PoisonError::into_inner).insert(folder);
        Ok(())
    }

    /// Begins to write: what was kept so far is read once more.
    fn begin(&mut self) -> Result<()> {
        if self.kind == Kind::InPlace && !self.writer.force {
            may_be_replaced(self.target, &self.was)?;
        }
        let file = self.writer.create(folder_of(self.target)?)?;
        let out = BufWriter::with_capacity(64 * 1024, Temporary { disk: self.writer.disk, file });
        let mut out = Encoder::new(self.compression, out);
        if self.seen > 0 {
            self.read_again(&mut out)?;
        }
        self.temporary = Some(out);
        Ok(())
    }

    /// Reads once more what was kept so far.
    fn read_again(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut again = Again::new(Arc::clone(&self.file))?;
        match self.compression {
            Some(compression) => io::copy(&mut compression.decoder(again).take(self.seen), out)?,
            None => io::copy(&mut (&mut again).take(self.seen), out)?,
        };
        Ok(())
    }

    /// Owner, mode and extended attributes, in this order: a new owner takes set-id bits away, and a mode narrows what an
    /// access list gives. A copy takes only the mode.
    fn take_over(&self, file: &File) -> Result<()> {
        let disk = self.writer.disk;
        if self.kind == Kind::Copy {
            return disk.set_mode(file, plain(&self.was)).context("cannot set the mode");
        }
        let owner = disk.set_owner(file, &self.was);
        // Set-id bits are for the owner who set them.
        let mode = if owner.is_ok() { self.was.permissions() } else { plain(&self.was) };
        if !self.writer.force {
            owner.context("its owner can't be kept (--force rewrites it all the same)")?;
        }
        disk.set_mode(file, mode).context("its mode can't be kept")?;
        match disk.copy_attributes(&self.file, file) {
            Err(_) if self.writer.force => Ok(()),
            result => result.context("its extended attributes can't be kept (--force rewrites it all the same)"),
        }
    }

    /// What another program wrote meanwhile must not be lost.
    fn is_as_it_was(&self) -> Result<()> {
        let is = self.writer.disk.metadata(self.path).context("it can't be found any more")?;
        let is_read = self.compression.is_some() || self.seen == self.was.len();
        if !is_read || is.len() != self.was.len() || identity(&is)? != identity(&self.was)? {
            bail!("another program changed it meanwhile: run this again");
        }
        Ok(())
    }
}

/// Permissions without set-id bits.
#[cfg(unix)]
fn plain(metadata: &Metadata) -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    fs::Permissions::from_mode(metadata.permissions().mode() & 0o777)
}

/// Other systems have none.
#[cfg(not(unix))]
fn plain(metadata: &Metadata) -> fs::Permissions {
    metadata.permissions()
}

/// A rename would get around a read-only file's mode, and part hard links.
fn may_be_replaced(path: &Path, metadata: &Metadata) -> Result<()> {
    if metadata.permissions().readonly() || !is_writable(path) {
        bail!("it is read-only: make it writable, or add --force");
    }
    #[cfg(unix)]
    if let n @ 2.. = std::os::unix::fs::MetadataExt::nlink(metadata) {
        bail!("it has {n} hard links, and the others would keep the old text: add --force if they may");
    }
    Ok(())
}

#[cfg(unix)]
fn is_writable(path: &Path) -> bool {
    rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok()
}

#[cfg(not(unix))]
fn is_writable(_: &Path) -> bool {
    true
}

/// What distinguishes a file from another in its place, or from itself before it was written to or given to others.
#[cfg(unix)]
fn identity(metadata: &Metadata) -> io::Result<impl PartialEq + use<>> {
    use std::os::unix::fs::MetadataExt;
    let access = (metadata.mode(), metadata.uid(), metadata.gid());
    Ok((metadata.dev(), metadata.ino(), metadata.modified()?, access))
}

#[cfg(not(unix))]
fn identity(metadata: &Metadata) -> io::Result<std::time::SystemTime> {
    metadata.modified()
}

impl Sink for Rewrite<'_> {}

impl EditSink for Rewrite<'_> {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(out) = &mut self.temporary {
            out.write_all(bytes)?;
        }
        self.seen += bytes.len() as u64;
        Ok(())
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        if self.temporary.is_none() {
            self.begin().map_err(|e| io::Error::other(format!("{e:#}")))?;
        }
        self.seen += edit.before.len() as u64;
        self.temporary.as_mut().map_or(Ok(()), |out| out.write_all(&edit.after))
    }
}

struct Temporary<'d> {
    disk: &'d dyn Disk,
    file: NamedTempFile,
}

impl Write for Temporary<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.write(self.file.as_file_mut(), bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Reads a file from its beginning without moving the place where others read it.
struct Again {
    file: Arc<File>,
    at: u64,
}

#[cfg(unix)]
impl Again {
    #[allow(clippy::unnecessary_wraps, reason = "as on other systems")]
    fn new(file: Arc<File>) -> io::Result<Self> {
        Ok(Self { file, at: 0 })
    }
}

#[cfg(unix)]
impl Read for Again {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = std::os::unix::fs::FileExt::read_at(&*self.file, into, self.at)?;
        self.at += n as u64;
        Ok(n)
    }
}

/// Elsewhere the place is moved, and moved back at the end.
#[cfg(not(unix))]
impl Again {
    fn new(file: Arc<File>) -> io::Result<Self> {
        use std::io::Seek;
        let at = (&*file).stream_position()?;
        (&*file).rewind()?;
        Ok(Self { file, at })
    }
}

#[cfg(not(unix))]
impl Read for Again {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        (&*self.file).read(into)
    }
}

#[cfg(not(unix))]
impl Drop for Again {
    fn drop(&mut self) {
        use std::io::Seek;
        let _ = (&*self.file).seek(io::SeekFrom::Start(self.at));
    }
}
