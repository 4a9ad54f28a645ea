//! A log that was written: looked through once, so that it is known to be one and where each input's records stand.

use std::collections::HashMap;
use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Take};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use copydesk::Edit;

use super::record::{Record, Sum, parse};
use crate::app::cleaners::STDIN;
use crate::app::report;

pub(crate) struct Logged {
    path: PathBuf,
    pub(super) name: String,
    inputs: Vec<Logging>,
    /// The number of each file's first place.
    by_name: HashMap<Vec<u8>, usize>,
}

/// The records of an input.
struct Logging {
    sum: Sum,
    /// Where they stand in the log.
    start: u64,
    end: u64,
}

impl Logged {
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let name = path.to_string_lossy().into_owned();
        let file = File::open(path).with_context(|| format!("cannot open {name}"))?;
        if !file.metadata().is_ok_and(|is| is.is_file()) {
            bail!("--undo {name} is no regular file: write the log to one first");
        }
        let mut log = Self { path: path.to_owned(), name, inputs: Vec::new(), by_name: HashMap::new() };
        log.read(&mut BufReader::new(file))?;
        Ok(log)
    }

    fn read(&mut self, reader: &mut dyn BufRead) -> Result<()> {
        let (mut start, mut end) = (0, 0);
        let mut of: Option<Vec<u8>> = None;
        let mut line = Vec::new();
        for number in 1u64.. {
            line.clear();
            let n = reader.read_until(b'\n', &mut line).with_context(|| format!("cannot read {}", self.name))?;
            if !line.ends_with(b"\n") {
                break;
            }
            end += n as u64;
            let place = || format!("{}:{number} can't be used", self.name);
            let (file, record) = parse(&line).with_context(place)?;
            if of.as_ref().is_some_and(|of| *of != file) {
                return Err(anyhow::anyhow!("the records before it are not all").context(place()));
            }
            of = Some(file);
            if let Record::End(sum) = record {
                let name = of.take().unwrap_or_default();
                self.by_name.entry(plain(&name).to_vec()).or_insert(self.inputs.len());
                self.inputs.push(Logging { sum, start, end });
                start = end;
            }
        }
        if of.is_some() || !line.is_empty() {
            report::note(&format!("{} breaks off: the file that its last records are of was not written", self.name));
        }
        Ok(())
    }

    /// Whether a file was one of the run's.
    pub(crate) fn names(&self, path: &Path) -> bool {
        self.by_name.contains_key(key(path))
    }

    /// What undoes a text: the records of the file, or where the run did not know it (as stdin), all of them: it may be what
    /// went to stdout.
    pub(crate) fn part(&self, path: &Path) -> Part<'_> {
        let own = self.by_name.get(key(path)).filter(|_| path != Path::new(STDIN));
        let inputs = own.map_or(&self.inputs[..], |&i| &self.inputs[i..=i]);
        Part { log: self, inputs, is_undone: false }
    }
}

/// The name by which a file is looked up.
fn key(path: &Path) -> &[u8] {
    plain(path.as_os_str().as_encoded_bytes())
}

/// `./a` is `a`.
fn plain(name: &[u8]) -> &[u8] {
    name.strip_prefix(b"./").unwrap_or(name)
}

/// The records of one input, or of several that stand one behind the other.
pub(crate) struct Part<'l> {
    pub(super) log: &'l Logged,
    inputs: &'l [Logging],
    /// The text is what it was before: there is nothing to undo.
    is_undone: bool,
}

impl Part<'_> {
    /// As it is for a file that may have been put back already, as by a run that was stopped.
    pub(crate) fn of_file(self, path: &Path) -> io::Result<Self> {
        let [Logging { sum, .. }] = self.inputs else { return Ok(self) };
        let is_file = |is: Metadata| is.is_file() && is.len() == sum.bytes;
        let is_undone = path.metadata().is_ok_and(is_file) && Sum::of(File::open(path)?)? == *sum;
        Ok(Self { is_undone, ..self })
    }

    /// What the inputs were.
    pub(super) fn sums(&self) -> impl Iterator<Item = Sum> {
        self.inputs.iter().map(|input| input.sum)
    }

    /// The edits, with their places in the inputs, one behind the other.
    pub(super) fn edits(&self) -> io::Result<Edits> {
        let start = self.inputs.first().map_or(0, |first| first.start);
        let end = self.inputs.last().filter(|_| !self.is_undone).map_or(start, |last| last.end);
        let mut file = File::open(&self.log.path)?;
        file.seek(SeekFrom::Start(start))?;
        Ok(Edits { records: BufReader::new(file.take(end - start)), before: 0 })
    }
}

pub(super) struct Edits {
    records: BufReader<Take<File>>,
    /// Bytes of the inputs before.
    before: u64,
}

impl Edits {
    fn read(&mut self) -> Result<Option<Edit<'static>>> {
        let mut line = Vec::new();
        loop {
            line.clear();
            if self.records.read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            match parse(&line)?.1 {
                Record::Edit(edit) => return Ok(Some(Edit { start: self.before.saturating_add(edit.start), ..edit })),
                Record::End(sum) => self.before = self.before.saturating_add(sum.bytes),
            }
        }
    }
}

impl Iterator for Edits {
    type Item = io::Result<Edit<'static>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().map_err(|e| io::Error::other(format!("its log can't be read: {e:#}"))).transpose()
    }
}
