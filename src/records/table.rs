//! The columns of a table, by its header.

use super::csv::{Scanner, Verdict};
use super::{Fields, RecordFormat};

/// Why records can't be cleaned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordsError {
    /// The header lacks a column: its name, and the columns that exist.
    #[error("there is no column '{0}'; there are {1}")]
    NoColumn(String, String),
    /// There is no header that can be read.
    #[error("its first line is no header of a table")]
    NoHeader,
}

/// Where the wanted fields are in each row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) delimiter: u8,
    pub(super) columns: usize,
    /// Columns, in their order, with the numbers of the fields; a column is in it twice if it has the title and is cleaned.
    pub(super) wanted: Vec<(usize, usize)>,
    /// The first row is a header.
    pub(super) has_header: bool,
}

impl Table {
    /// Reads the first row, which ends at `end`.
    pub(super) fn new(format: RecordFormat, first: &[u8], fields: &Fields) -> Result<Self, RecordsError> {
        let delimiters: &[u8] = if format == RecordFormat::Tsv { b"\t" } else { b",;\t|" };
        let mut error = RecordsError::NoHeader;
        for &delimiter in delimiters {
            match Self::with(delimiter, first, fields) {
                // A delimiter that is nowhere is none.
                Ok(table) if table.columns > 1 || delimiter == delimiters[0] => return Ok(table),
                Ok(_) => {}
                // What there is by the usual delimiter.
                Err(other) if error == RecordsError::NoHeader => error = other,
                Err(_) => {}
            }
        }
        Err(error)
    }

    fn with(delimiter: u8, first: &[u8], fields: &Fields) -> Result<Self, RecordsError> {
        let mut scanner = Scanner::new(delimiter, None, usize::MAX);
        let row = scanner.next(first, true).filter(|row| row.verdict == Verdict::Sound && row.end == first.len());
        row.ok_or(RecordsError::NoHeader)?;
        let names: Vec<Vec<u8>> = scanner.fields.iter().map(|field| field.text(first)).collect();
        let mut table = Self { delimiter, columns: names.len(), wanted: Vec::new(), has_header: false };
        for (number, name) in fields.names.iter().enumerate() {
            let named = names.iter().position(|known| *known == name.as_bytes());
            let counted = || name.parse().ok().filter(|n| (1..=names.len()).contains(n)).map(|n: usize| n - 1);
            let column = named.or_else(counted).ok_or_else(|| RecordsError::NoColumn(name.clone(), listed(&names)))?;
            table.has_header |= named.is_some();
            let is_new = table.wanted.iter().all(|&(known, _)| known != column);
            table.wanted.extend((is_new || number >= fields.cleaned).then_some((column, number)));
        }
        table.wanted.sort_unstable();
        Ok(table)
    }
}

/// Names in a row.
fn listed(names: &[Vec<u8>]) -> String {
    let names = names.iter().map(|name| format!("'{}'", String::from_utf8_lossy(name)));
    names.collect::<Vec<_>>().join(", ")
}
