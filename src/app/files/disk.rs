//! The calls by which files are written: a trait, so that tests can let each of them fail.

use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, Write};
use std::path::Path;

use tempfile::{NamedTempFile, TempPath};

use super::temporary;

pub(crate) trait Disk: Sync {
    /// A new temporary file in a folder.
    fn create(&self, folder: &Path) -> io::Result<NamedTempFile>;
    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize>;
    /// Gives a file the owner and the group of another.
    fn set_owner(&self, file: &File, like: &Metadata) -> io::Result<()>;
    fn set_mode(&self, file: &File, mode: Permissions) -> io::Result<()>;
    fn copy_attributes(&self, from: &File, to: &File) -> io::Result<()>;
    fn sync(&self, file: &File) -> io::Result<()>;
    fn metadata(&self, path: &Path) -> io::Result<Metadata>;
    /// Puts a temporary file in another's place. Where that fails, it is removed.
    fn rename(&self, from: TempPath, to: &Path) -> io::Result<()>;
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Makes renames in a folder last.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
}

/// The operating system's.
#[derive(Debug)]
pub(crate) struct Os;

impl Disk for Os {
    fn create(&self, folder: &Path) -> io::Result<NamedTempFile> {
        temporary::create(folder)
    }

    fn write(&self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        file.write(bytes)
    }

    #[cfg(unix)]
    fn set_owner(&self, file: &File, like: &Metadata) -> io::Result<()> {
        use std::os::unix::fs::{MetadataExt, fchown};
        let is = file.metadata()?;
        let uid = Some(like.uid()).filter(|&uid| uid != is.uid());
        let gid = Some(like.gid()).filter(|&gid| gid != is.gid());
        if uid.or(gid).is_some() { fchown(file, uid, gid) } else { Ok(()) }
    }

    #[cfg(not(unix))]
    fn set_owner(&self, _: &File, _: &Metadata) -> io::Result<()> {
        Ok(())
    }

    fn set_mode(&self, file: &File, mode: Permissions) -> io::Result<()> {
        file.set_permissions(mode)
    }

    #[cfg(unix)]
    fn copy_attributes(&self, from: &File, to: &File) -> io::Result<()> {
        use xattr::FileExt;
        let wanted = attributes(from)?;
        // Some come by themselves: a folder may have an access list for new files.
        for name in attributes(to)?.iter().filter(|name| !wanted.contains(name)) {
            to.remove_xattr(name)?;
        }
        for name in &wanted {
            if let Some(value) = from.get_xattr(name)? {
                to.set_xattr(name, &value)?;
            }
        }
        Ok(())
    }

    #[cfg(not(unix))]
    fn copy_attributes(&self, _: &File, _: &File) -> io::Result<()> {
        Ok(())
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        fs::metadata(path)
    }

    fn rename(&self, from: TempPath, to: &Path) -> io::Result<()> {
        from.persist(to).map_err(|e| e.error)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    /// Folders that can't be opened (elsewhere than on Unix), and file systems that can't do it, are left to themselves.
    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        if !cfg!(unix) {
            return Ok(());
        }
        match File::open(path)?.sync_all() {
            Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
            result => result,
        }
    }
}

/// The names of a file's extended attributes, except for the kernel's own: a new file gets those by the system's rules, and few
/// may set them.
#[cfg(unix)]
fn attributes(file: &File) -> io::Result<Vec<std::ffi::OsString>> {
    use xattr::FileExt;
    let own = |name: &std::ffi::OsString| {
        ![&b"security."[..], b"trusted."].iter().any(|prefix| name.as_encoded_bytes().starts_with(prefix))
    };
    match file.list_xattr() {
        Ok(names) => Ok(names.filter(own).collect()),
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}
