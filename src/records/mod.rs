//! Records: files that hold a text in a field of each record, as JSON Lines, CSV and TSV do.
//!
//! Each field is a document of its own. Nothing but what is edited is written anew: all other bytes come out as they came, and
//! an edit is one of the file's own bytes, so that [`restore`](crate::restore) works on files of records as on texts.
//!
//! ```
//! use copydesk::records::{RecordFormat, Records};
//! use copydesk::{Cleaned, Cleaner};
//!
//! let records = Records::new(RecordFormat::JsonLines, ["text"]);
//! let mut session = records.session(&Cleaner::default());
//! let mut out = Cleaned::<Vec<u8>>::default();
//! session.push(b"{\"id\": 1e2, \"text\": \"Ships sail to the USA.\"}\n", &mut out)?;
//! session.finish(&mut out)?;
//! assert_eq!(out.text, b"{\"id\": 1e2, \"text\": \"Ships sail to the U.S.\"}\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod csv;
mod cut;
mod json;
mod map;
mod path;
mod session;
mod table;
#[cfg(test)]
mod tests;
mod worker;

use std::fmt;
use std::io;
use std::sync::Arc;

use crate::cleaner::Cleaner;
use crate::script::{Cleaned, EditSink};
pub use cut::{RecordChunk, RecordCutter, RecordPiece};
pub use session::RecordSession;
pub use table::RecordsError;
pub use worker::RecordWorker;

/// Bytes of the longest record that is cleaned. Longer ones are kept as they are, and reported.
pub const LONGEST_RECORD: usize = 64 * 1024 * 1024;

/// How records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordFormat {
    /// A JSON value a line.
    JsonLines,
    /// A header and rows, as RFC 4180 has them. The delimiter is a comma; a semicolon, a tab or a bar where the header has the
    /// fields only so.
    Csv,
    /// The same with tabs. A line that can't be read with quotes is read without.
    Tsv,
}

/// Which fields of records are cleaned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Records {
    format: RecordFormat,
    fields: Arc<Fields>,
    longest: usize,
}

/// The names of the wanted fields: those that are cleaned, then that of the title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Fields {
    names: Vec<String>,
    /// How many are cleaned.
    cleaned: usize,
    paths: path::Paths,
}

impl Fields {
    fn new(names: Vec<String>, cleaned: usize) -> Self {
        let paths = path::Paths::new(names.iter().map(|name| &**name), cleaned);
        Self { names, cleaned, paths }
    }
}

impl Records {
    /// The names of the fields that are cleaned: a key, or a JSON Pointer (RFC 6901), which begins with a slash; of a table a
    /// column's name, or its number, which counts from 1.
    pub fn new(format: RecordFormat, fields: impl IntoIterator<Item: Into<String>>) -> Self {
        let mut names: Vec<String> = Vec::new();
        for name in fields.into_iter().map(Into::into) {
            if names.iter().all(|known| path::keys(known) != path::keys(&name)) {
                names.push(name);
            }
        }
        let cleaned = names.len();
        Self { format, fields: Arc::new(Fields::new(names, cleaned)), longest: LONGEST_RECORD }
    }

    /// The field that holds the title of the text: a copy of it in the text is a repeated title. It is not cleaned, unless it is
    /// one of the fields.
    #[must_use]
    pub fn title_field(self, name: impl Into<String>) -> Self {
        let Fields { names, cleaned, .. } = &*self.fields;
        let mut names = names[..*cleaned].to_vec();
        names.push(name.into());
        Self { fields: Arc::new(Fields::new(names, *cleaned)), ..self }
    }

    /// Begins a stream of records.
    pub fn session(&self, cleaner: &Cleaner) -> RecordSession {
        RecordSession::new(self.cutter(), self.worker(cleaner))
    }

    /// Cuts a stream of records into pieces, each of which a [worker](Self::worker) of any thread can clean.
    pub fn cutter(&self) -> RecordCutter {
        RecordCutter::new(self.clone())
    }

    /// Cleans the pieces of a [cutter](Self::cutter).
    pub fn worker(&self, cleaner: &Cleaner) -> RecordWorker {
        RecordWorker::new(self.clone(), cleaner)
    }
}

/// A record that was left as it is, or a field of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordProblem {
    /// The record's number, from 1; a header does not count.
    pub record: u64,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// Why a record was left as it is, or a field of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// It can't be read: why.
    Malformed(String),
    /// It lacks the field of this name.
    Missing(String),
    /// The field of this name is no string.
    NotText(String),
    /// It has this number of columns, and the header another one.
    Columns(usize, usize),
    /// It is over [`LONGEST_RECORD`].
    TooLong,
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(why) => f.write_str(why),
            Self::Missing(field) => write!(f, "there is no field '{field}'"),
            Self::NotText(field) => write!(f, "the field '{field}' is no string"),
            Self::Columns(is, header) => write!(f, "it has {is} columns, and the header has {header}"),
            Self::TooLong => write!(f, "it is longer than {} MiB", LONGEST_RECORD / 1024 / 1024),
        }
    }
}

/// Takes what comes out of records, in their order.
pub trait RecordSink: EditSink {
    /// The edits and notes up to the next call are in this field of this record, which counts from 1; `name` is as it was given.
    ///
    /// # Errors
    /// Whatever keeps the sink from taking it.
    fn field(&mut self, record: u64, name: &str) -> io::Result<()> {
        let _ = (record, name);
        Ok(())
    }

    /// A record or a field is left as it is. It comes before the bytes that it is about.
    ///
    /// # Errors
    /// Whatever keeps the sink from taking it.
    fn problem(&mut self, problem: RecordProblem) -> io::Result<()> {
        let _ = problem;
        Ok(())
    }
}

impl RecordSink for Vec<u8> {}
impl RecordSink for Cleaned<Vec<u8>> {}
