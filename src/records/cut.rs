//! Cuts a stream of records where one ends, so that each chunk can be cleaned by itself.

use std::sync::Arc;

use memchr::{memchr, memrchr};

use super::csv::Scanner;
use super::table::{RecordsError, Table};
use super::{RecordFormat, Records};
use crate::document::assemble::BOM;

/// Whole records.
#[derive(Clone, Debug)]
pub struct RecordChunk {
    pub(super) bytes: Vec<u8>,
    pub(super) table: Option<Arc<Table>>,
}

/// A piece of a stream of records, as a worker takes it.
#[derive(Clone, Debug)]
pub enum RecordPiece {
    /// What is cleaned.
    Records(RecordChunk),
    /// What stays in any case: a byte order mark, a header.
    Kept(Vec<u8>),
    /// Part of a record that is too long: it stays, and is reported with its first part.
    TooLong {
        /// The part.
        bytes: Vec<u8>,
        /// The record begins here.
        starts: bool,
    },
}

impl RecordPiece {
    /// The bytes of the stream.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Records(RecordChunk { bytes, .. }) | Self::Kept(bytes) | Self::TooLong { bytes, .. } => bytes,
        }
    }
}

/// Cuts a stream of records: [pushed](Self::push) in pieces of any length, [taken](Self::next_piece) in such that end where a
/// record ends.
#[derive(Debug)]
pub struct RecordCutter {
    records: Records,
    pending: Vec<u8>,
    /// Up to where a line's end was looked for.
    searched: usize,
    scanner: Scanner,
    table: Option<Arc<Table>>,
    begun: bool,
    /// Inside a record that is too long.
    skipping: bool,
}

impl RecordCutter {
    pub(super) fn new(records: Records) -> Self {
        let delimiter = if records.format == RecordFormat::Tsv { b'\t' } else { b',' };
        Self {
            pending: Vec::new(),
            searched: 0,
            scanner: Scanner::new(delimiter, None, records.longest),
            table: None,
            begun: false,
            skipping: false,
            records,
        }
    }

    /// Takes the next bytes of the stream.
    pub fn push(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
    }

    /// The next piece, as long as can be; `None`: more bytes are needed, or (`is_all`) there are no more.
    ///
    /// # Errors
    /// The header lacks a column. Nothing was taken then.
    pub fn next_piece(&mut self, is_all: bool) -> Result<Option<RecordPiece>, RecordsError> {
        if !self.begun {
            if self.pending.len() < BOM.len() && BOM.starts_with(&self.pending) && !is_all {
                return Ok(None);
            }
            self.begun = true;
            if self.pending.starts_with(BOM) {
                return Ok(Some(RecordPiece::Kept(self.take(BOM.len()))));
            }
        }
        if self.records.format != RecordFormat::JsonLines && self.table.is_none() {
            let Some(end) = self.header(is_all)? else { return Ok(None) };
            if end > 0 {
                return Ok(Some(RecordPiece::Kept(self.take(end))));
            }
        }
        Ok(self.records(is_all))
    }

    /// Reads the header: how many bytes it has with the empty lines before it, 0 if it is a record. `None`: there is none yet.
    fn header(&mut self, is_all: bool) -> Result<Option<usize>, RecordsError> {
        let blank = self.pending.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        if blank > 0 {
            // They pass before the header is read.
            return Ok(Some(blank));
        }
        let Some(row) = self.scanner.next(&self.pending, is_all) else {
            return if self.pending.len() > self.records.longest { Err(RecordsError::NoHeader) } else { Ok(None) };
        };
        let table = Table::new(self.records.format, &self.pending[..row.end], &self.records.fields)?;
        let end = if table.has_header { row.end } else { 0 };
        self.scanner = Scanner::new(table.delimiter, Some(table.columns), self.records.longest);
        self.table = Some(Arc::new(table));
        Ok(Some(end))
    }

    fn records(&mut self, is_all: bool) -> Option<RecordPiece> {
        if self.skipping {
            return self.skip(false);
        }
        let end = if self.table.is_some() { self.end_of_rows(is_all) } else { self.end_of_lines(is_all) };
        if end > 0 {
            let bytes = self.take(end);
            return Some(RecordPiece::Records(RecordChunk { bytes, table: self.table.clone() }));
        }
        (self.pending.len() > self.records.longest).then(|| self.skip(true)).flatten()
    }

    /// Part of a record that is too long, up to the line's end: what follows in a quoted field can't be known to belong to it.
    fn skip(&mut self, starts: bool) -> Option<RecordPiece> {
        let newline = memchr(b'\n', &self.pending);
        self.skipping = newline.is_none();
        let bytes = self.take(newline.map_or(self.pending.len(), |at| at + 1));
        self.scanner.restart(0);
        (!bytes.is_empty()).then_some(RecordPiece::TooLong { bytes, starts })
    }

    fn end_of_lines(&mut self, is_all: bool) -> usize {
        let found = memrchr(b'\n', &self.pending[self.searched..]).map_or(0, |at| self.searched + at + 1);
        self.searched = self.pending.len();
        if is_all { self.pending.len() } else { found }
    }

    fn end_of_rows(&mut self, is_all: bool) -> usize {
        let mut end = 0;
        while let Some(row) = self.scanner.next(&self.pending, is_all) {
            end = row.end;
        }
        end
    }

    /// Takes the first bytes.
    fn take(&mut self, n: usize) -> Vec<u8> {
        let rest = self.pending.split_off(n);
        self.searched = 0;
        if self.table.is_some() {
            self.scanner.restart(0);
        }
        std::mem::replace(&mut self.pending, rest)
    }
}
