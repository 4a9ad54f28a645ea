//! Whether cleaning a text twice gives what cleaning it once gave.

use std::path::{Path, PathBuf};
use std::{fs, io};

use copydesk::{Options, Rule, Truncated, UsaStyle};

use super::mutate::Rng;

/// Options of a user, any of them.
pub(crate) fn options(rng: &mut Rng) -> Options {
    let style = UsaStyle::ALL[rng.below(UsaStyle::ALL.len())];
    let options = Options::default().usa_style(style).truncated(Truncated::ALL[rng.below(Truncated::ALL.len())]);
    if rng.below(4) == 0 { options.enable([Rule::LikelyCut]) } else { options }
}

/// What one cleaning and what two give, where these differ.
pub(crate) fn differs(options: &Options, text: &str) -> Option<(String, String)> {
    let cleaner = options.clone().build().expect("the options are valid");
    let once = cleaner.clean(text).text;
    let twice = cleaner.clean(&once).text;
    (once != twice).then_some((once, twice))
}

/// The text without what has nothing to do with it: lines, then words, as long as it differs.
pub(crate) fn shrink(options: &Options, text: &str) -> String {
    let mut text = text.to_owned();
    for separator in ["\n", " "] {
        let mut width = text.split(separator).count().div_ceil(2);
        while width > 0 {
            let mut at = 0;
            loop {
                let mut parts: Vec<&str> = text.split(separator).collect();
                if at >= parts.len() {
                    break;
                }
                parts.drain(at..(at + width).min(parts.len()));
                let shorter = parts.join(separator);
                if differs(options, &shorter).is_some() {
                    text = shorter;
                } else {
                    at += width;
                }
            }
            width /= 2;
        }
    }
    text
}

/// The texts of a folder, sorted by path: every `*.txt` at any depth, but of a folder with an `input.txt` that one alone.
pub(crate) fn read(folder: &Path) -> io::Result<Vec<String>> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    entries.sort();
    if let Some(input) = entries.iter().find(|path| path.ends_with("input.txt")) {
        entries = vec![input.clone()];
    }
    let mut texts = Vec::new();
    for path in entries {
        if path.is_dir() {
            texts.extend(read(&path)?);
        } else if path.extension().is_some_and(|e| e == "txt") {
            texts.push(String::from_utf8_lossy(&fs::read(path)?).into_owned());
        }
    }
    Ok(texts)
}
