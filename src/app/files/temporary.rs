//! Temporary files. Those that a killed process leaves can be recognised: each is locked as long as its process lives.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

const PREFIX: &str = ".copydesk-";
const SUFFIX: &str = ".tmp";
/// Random characters between the two.
const RANDOM: usize = 12;

/// Whether a name is that of a temporary file of ours.
pub(crate) fn is_temporary(name: &OsStr) -> bool {
    let random = name.to_str().and_then(|n| n.strip_prefix(PREFIX)?.strip_suffix(SUFFIX));
    random.is_some_and(|r| r.len() == RANDOM && r.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// A new file that only its owner may read; removed when it is dropped.
pub(crate) fn create(folder: &Path) -> io::Result<NamedTempFile> {
    loop {
        let file =
            Builder::new().prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM).tempfile_in(folder).map_err(nameless)?;
        // Another run may have taken it for a leftover before it was locked; then it has no name any more, or will have none.
        if lock(file.as_file()) && has_a_name(file.as_file())? {
            return Ok(file);
        }
    }
}

/// An error without the name that nobody has typed.
pub(super) fn nameless(error: io::Error) -> io::Error {
    match error.to_string().split_once(" at path \"") {
        Some((cause, _)) => io::Error::new(error.kind(), cause.to_owned()),
        None => error,
    }
}

/// Removes what killed processes have left in a folder. What can't be removed stays: it harms nobody.
pub(crate) fn sweep(folder: &Path) {
    let Ok(entries) = folder.read_dir() else { return };
    for entry in entries.flatten().filter(|e| is_temporary(&e.file_name())) {
        if !entry.file_type().is_ok_and(|t| t.is_file()) {
            continue;
        }
        // The lock is held until the file is removed: nobody can begin to use it meanwhile.
        if let Some(_locked) = File::open(entry.path()).ok().filter(is_abandoned) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Locks a file that nobody else has locked. On a file system without locks it counts as locked.
#[cfg(unix)]
pub(crate) fn lock(file: &File) -> bool {
    use rustix::fs::{FlockOperation, flock};
    flock(file, FlockOperation::NonBlockingLockExclusive) != Err(rustix::io::Errno::WOULDBLOCK)
}

#[cfg(unix)]
fn is_abandoned(file: &File) -> bool {
    use rustix::fs::{FlockOperation, flock};
    flock(file, FlockOperation::NonBlockingLockExclusive).is_ok()
}

#[cfg(unix)]
fn has_a_name(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    Ok(file.metadata()?.nlink() > 0)
}

#[cfg(not(unix))]
pub(crate) fn lock(_: &File) -> bool {
    true
}

#[cfg(not(unix))]
fn is_abandoned(_: &File) -> bool {
    false
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "as on Unix")]
fn has_a_name(_: &File) -> io::Result<bool> {
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinguished() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let file = create(folder.path()).expect("there is room for a file");
        assert!(is_temporary(file.path().file_name().expect("a file has a name")));
        for name in [".copydesk-.tmp", ".copydesk-notes.tmp", "copydesk-abcdefghijkl.tmp", ".copydesk-abcde.ghijkl.tmp"]
        {
            assert!(!is_temporary(OsStr::new(name)), "{name}");
        }
    }

    #[test]
    fn an_error_names_no_temporary_file() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let error = create(&folder.path().join("missing")).expect_err("there is no such folder").to_string();
        assert!(error.contains("os error") && !error.contains(PREFIX), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_in_use_is_not_swept() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let used = create(folder.path()).expect("there is room for a file");
        let left = folder.path().join(".copydesk-abcdefghijkl.tmp");
        let other = folder.path().join(".copydesk-notes.tmp");
        for path in [&left, &other] {
            std::fs::write(path, "Rain.").expect("there is room for a file");
        }
        let link = folder.path().join(".copydesk-abcdefghijkm.tmp");
        std::os::unix::fs::symlink(&other, &link).expect("a link can be made");
        sweep(folder.path());
        assert!(used.path().exists() && other.exists() && link.exists() && !left.exists());
    }
}
