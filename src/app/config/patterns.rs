//! Patterns of file names, in the language of .gitignore.

use std::path::Path;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::keys::{Fault, Text};

/// The longest pattern, in bytes.
const LONGEST: usize = 1024;

/// Patterns, each with its line in the file.
#[derive(Debug)]
pub(crate) struct Patterns {
    set: Gitignore,
    all: Vec<(String, usize)>,
}

/// Patterns of the command line.
pub(crate) fn typed(texts: &[String]) -> Result<Patterns, String> {
    let texts: Vec<Text<'_>> = texts.iter().map(|text| Text { text, at: 0 }).collect();
    Patterns::new(&texts, |_| 0).map_err(|fault| fault.message)
}

/// A path as patterns see it that hold below a folder. Of a file outside of it they see the name alone.
pub(crate) fn relative<'a>(path: &'a Path, base: &Path) -> &'a Path {
    path.strip_prefix(base).unwrap_or_else(|_| path.file_name().map_or(path, Path::new))
}

impl Default for Patterns {
    fn default() -> Self {
        Self { set: Gitignore::empty(), all: Vec::new() }
    }
}

impl Patterns {
    /// # Errors
    /// A pattern that is none, or all of them are too large together.
    pub(crate) fn new(texts: &[Text<'_>], line: impl Fn(usize) -> usize) -> Result<Self, Fault> {
        let mut set = GitignoreBuilder::new("");
        set.allow_unclosed_class(false);
        for text in texts {
            refuse_nothing(text.text).map_err(|message| Fault::new(text.at, message))?;
            set.add_line(None, text.text).map_err(|e| Fault::new(text.at, reason(e)))?;
        }
        let at = texts.first().map_or(0, |text| text.at);
        let set = set.build().map_err(|_| Fault::new(at, "the patterns are too large: use fewer or simpler ones"))?;
        Ok(Self { set, all: texts.iter().map(|t| (t.text.to_owned(), line(t.at))).collect() })
    }

    /// The pattern that takes this path, relative to the patterns' folder: the last one that matches it or a folder above it,
    /// unless it begins with `!`.
    pub(crate) fn taking(&self, path: &Path) -> Option<&str> {
        match self.set.matched_path_or_any_parents(path, false) {
            Match::Ignore(glob) => Some(glob.original()),
            _ => None,
        }
    }

    /// The line of the pattern that takes this path.
    pub(crate) fn line(&self, path: &Path) -> Option<usize> {
        let glob = self.taking(path)?;
        // A pattern's spaces at the end are not part of it.
        self.all.iter().rev().find(|(text, _)| text.starts_with(glob)).map(|&(_, line)| line)
    }

    /// Each pattern as it is written, with its line.
    pub(crate) fn all(&self) -> &[(String, usize)] {
        &self.all
    }
}

/// What .gitignore passes over in silence is an error here.
fn refuse_nothing(text: &str) -> Result<(), String> {
    match text.trim() {
        "" | "!" | "/" | "!/" => Err(format!("the pattern '{text}' matches nothing: write for example \"wire/**\"")),
        _ if text.len() > LONGEST => Err(format!("the pattern is longer than {LONGEST} bytes: use a simpler one")),
        _ if text.starts_with('#') => Err(format!("the pattern '{text}' is a comment: write '\\{text}'")),
        _ => Ok(()),
    }
}

/// What is wrong with a pattern. Its place says which one it is.
fn reason(error: ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => format!("this is no pattern of file names: {err}"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patterns(texts: &[&str]) -> Result<Patterns, Fault> {
        let texts: Vec<Text<'_>> = texts.iter().enumerate().map(|(at, &text)| Text { text, at }).collect();
        Patterns::new(&texts, |at| at)
    }

    #[test]
    fn patterns_are_those_of_gitignore() {
        let set = patterns(&["wire/**", "*.md", "/top.txt", "drafts/", "!keep.md"]).expect("the patterns are valid");
        for (path, line) in [
            ("wire/a.txt", Some(0)),
            ("wire/deep/a.txt", Some(0)),
            ("my/wire/a.txt", None),
            ("a.md", Some(1)),
            ("deep/a.md", Some(1)),
            ("deep/keep.md", None),
            ("top.txt", Some(2)),
            ("deep/top.txt", None),
            ("drafts/a.txt", Some(3)),
            ("deep/drafts/a.txt", Some(3)),
            ("drafts", None),
        ] {
            assert_eq!(set.line(Path::new(path)), line, "{path}");
        }
        assert_eq!(Patterns::default().line(Path::new("a.txt")), None);
    }

    #[test]
    fn what_is_no_pattern_is_reported_with_its_place() {
        for (bad, part) in [
            ("", "matches nothing"),
            ("!", "matches nothing"),
            ("#a", "'\\#a'"),
            ("[", "unclosed character class"),
            ("{a", "unclosed"),
        ] {
            let fault = patterns(&["a", bad]).expect_err("it is no pattern");
            assert!(fault.at == 1 && fault.message.contains(part) && !fault.message.contains('\n'), "{fault:?}");
        }
    }
}
