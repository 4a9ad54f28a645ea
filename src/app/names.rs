//! A list of files' names, as `find` and `git` print it.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::cleaners::STDIN;

/// Reads the names of a list, each on a line of its own or, with `null`, before a NUL byte; `-` is stdin.
pub(crate) fn read(list: &Path, null: bool) -> Result<Vec<PathBuf>> {
    let mut bytes = Vec::new();
    let read = match list.as_os_str() == STDIN {
        true => io::stdin().read_to_end(&mut bytes),
        false => File::open(list).and_then(|mut file| file.read_to_end(&mut bytes)),
    };
    read.with_context(|| format!("cannot read the list of names {}", list.display()))?;
    let names = bytes.split(|&byte| byte == if null { 0 } else { b'\n' });
    let names = names.map(|name| if null { name } else { name.strip_suffix(b"\r").unwrap_or(name) });
    names.filter(|name| !name.is_empty()).map(path).collect()
}

/// A name of a list is always a file's.
fn path(name: &[u8]) -> Result<PathBuf> {
    if name == STDIN.as_bytes() {
        return Ok(Path::new(".").join(STDIN));
    }
    os_string(name).map(PathBuf::from)
}

/// A name as the system has it.
#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere names are Unicode")]
pub(crate) fn os_string(name: &[u8]) -> Result<OsString> {
    use std::os::unix::ffi::OsStringExt;
    Ok(OsString::from_vec(name.to_vec()))
}

#[cfg(not(unix))]
pub(crate) fn os_string(name: &[u8]) -> Result<OsString> {
    let name = String::from_utf8(name.to_vec()).context("a name of the list is not UTF-8")?;
    Ok(name.into())
}
