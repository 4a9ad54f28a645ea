//! Folders, texts, and files that hold a JSON object a line.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// What a folder holds with this extension, sorted; nothing where there is no such folder.
pub(crate) fn entries(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let listed = fs::read_dir(folder).and_then(|entries| entries.map(|e| Ok(e?.path())).collect::<Result<Vec<_>, _>>());
    let mut paths = listed.map_err(|e| format!("cannot read {}: {e}", folder.display()))?;
    paths.retain(|path| path.extension().unwrap_or_default() == OsStr::new(extension));
    paths.sort();
    Ok(paths)
}

/// Every `.txt` below a folder, in a fixed order.
pub(crate) fn texts(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = entries(folder, "txt")?;
    for below in entries(folder, "")?.iter().filter(|path| path.is_dir()) {
        files.extend(texts(below)?);
    }
    Ok(files)
}

pub(crate) fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

pub(crate) fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|e| error(file, &e))
}

/// A text that may not be valid UTF-8.
pub(crate) fn read_bytes(file: &Path) -> Result<Vec<u8>, String> {
    fs::read(file).map_err(|e| error(file, &e))
}

fn error(file: &Path, error: &std::io::Error) -> String {
    format!("cannot read {}: {error}", file.display())
}

/// What `parse` makes of each line of a file. An error names file and line.
pub(crate) fn lines<T>(file: &Path, parse: impl Fn(&Value) -> Result<T, String>) -> Result<Vec<T>, String> {
    let text = read(file)?;
    let parsed = text.lines().enumerate().map(|(i, line)| {
        let value = serde_json::from_str(line).map_err(|e| e.to_string());
        value.and_then(|value| parse(&value)).map_err(|e| format!("{}:{}: {e}", file.display(), i + 1))
    });
    parsed.collect()
}

/// A field that is a string.
pub(crate) fn string(object: &Value, name: &str) -> Result<String, String> {
    object[name].as_str().map(str::to_owned).ok_or_else(|| format!("'{name}' is missing or no string"))
}
