//! How `--check` and `--stats` say what they found: for people, for programs, for GitHub, and for code scanning.

pub(crate) mod github;
mod json;
mod sarif;

use std::io::{self, Write};
use std::path::Path;

use super::clean::Report;
use super::explain::Explain;
use super::stats::Stats;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// The names of the files alone.
    #[default]
    Names,
    /// A line for each edit.
    Text,
    Json,
    Github,
    Sarif,
}

impl Format {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Text => "text",
            Self::Json => "json",
            Self::Github => "github",
            Self::Sarif => "sarif",
        }
    }

    /// Whether a program is to read it, so that nothing else is to be said.
    pub(crate) fn is_for_programs(self) -> bool {
        matches!(self, Self::Json | Self::Github | Self::Sarif)
    }

    /// What reports the edits of a file to stdout; `name` is for people, `path` for programs.
    pub(crate) fn report<'a>(
        self,
        name: &str,
        path: &Path,
        colours: bool,
        out: &'a mut dyn Write,
    ) -> Option<Box<dyn Report + 'a>> {
        match self {
            Self::Names => None,
            Self::Text => Some(Box::new(Explain::new(name, colours, out))),
            Self::Json => Some(Box::new(json::Json::new(path, out))),
            Self::Github => Some(Box::new(github::Github::new(name, out))),
            Self::Sarif => Some(Box::new(sarif::Sarif::new(path, out))),
        }
    }

    /// What comes before the edits of all files.
    pub(crate) fn begin(self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Json => out.write_all(b"[\n"),
            Self::Sarif => out.write_all(sarif::head().as_bytes()),
            Self::Names | Self::Text | Self::Github => Ok(()),
        }
    }

    /// What is between those of two files.
    pub(crate) fn separator(self) -> &'static str {
        if matches!(self, Self::Json | Self::Sarif) { BETWEEN } else { "" }
    }

    /// What comes after them. `stats`: the counts, if they are asked for.
    pub(crate) fn end(self, is_whole: bool, stats: Option<&Stats>, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Json => out.write_all(b"\n]\n"),
            Self::Sarif => out.write_all(sarif::tail(is_whole, stats).as_bytes()),
            Self::Names | Self::Text | Self::Github => Ok(()),
        }
    }
}

/// What is between two objects of a list.
const BETWEEN: &str = ",\n";

/// Writes objects with what belongs between them.
struct Objects<'a> {
    out: &'a mut dyn Write,
    is_first: bool,
}

impl<'a> Objects<'a> {
    fn new(out: &'a mut dyn Write) -> Self {
        Self { out, is_first: true }
    }

    fn write(&mut self, object: &str) -> io::Result<()> {
        let between = if std::mem::take(&mut self.is_first) { "" } else { BETWEEN };
        write!(self.out, "{between}{object}")
    }
}
