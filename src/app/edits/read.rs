//! A log that was written: looked through once, so that it is known to be one and where each input's records are.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Take};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use copydesk::Edit;

use super::record::{Record, Sums, name_of_part, parse};
use crate::app::place::Within;
use crate::app::refused::Key;

#[derive(Debug)]
pub(crate) struct Logged {
    pub(super) path: PathBuf,
    pub(super) name: String,
    pub(super) parts: Vec<Part>,
    /// The numbers of each file's parts.
    by_name: HashMap<Vec<u8>, Vec<usize>>,
    pub(super) broken: Option<Broken>,
}

/// An edit, and what a log says of it besides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The file as it was named.
    pub(super) file: Vec<u8>,
    /// 0: the log has none.
    pub(super) number: u64,
    pub(super) edit: Edit<'static>,
    pub(super) within: Option<Within>,
    pub(super) key: Option<Key>,
}

/// The records of an input, or of all inputs of the log one after the other.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Part {
    pub(super) sums: Sums,
    /// Where they are in the log.
    start: u64,
    pub(super) end: u64,
}

/// Records at the end of the log without the last one of their input.
#[derive(Debug)]
pub(super) struct Broken {
    /// The input, if there is enough to know it.
    pub(super) name: Option<Vec<u8>>,
    start: u64,
    end: u64,
}

impl Logged {
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let name = path.to_string_lossy().into_owned();
        // To open a named pipe would be to wait for a writer.
        let kind = path.metadata().with_context(|| format!("cannot open {name}"))?;
        if !kind.is_file() {
            bail!("{name} is no regular file: write the log to one first");
        }
        let file = File::open(path).with_context(|| format!("cannot open {name}"))?;
        let mut log = Self { path: path.to_owned(), name, parts: Vec::new(), by_name: HashMap::new(), broken: None };
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
            if let Record::End(sums) = record {
                let name = of.take().unwrap_or_default();
                self.by_name.entry(plain(&name).to_vec()).or_default().push(self.parts.len());
                self.parts.push(Part { sums, start, end });
                start = end;
            }
        }
        if of.is_some() || !line.is_empty() {
            self.broken = Some(Broken { name: of.or_else(|| name_of_part(&line)), start, end });
        }
        Ok(())
    }

    /// Where the records of the last whole input end.
    pub(super) fn end(&self) -> u64 {
        self.parts.last().map_or(0, |last| last.end)
    }

    /// The file in whose records the log breaks off.
    pub(super) fn broken_file(&self) -> Option<&[u8]> {
        self.broken.as_ref()?.name.as_deref().map(plain)
    }

    /// The names of its files, by which they are looked up.
    pub(super) fn names(&self) -> impl Iterator<Item = &[u8]> {
        self.by_name.keys().map(|name| &**name).chain(self.broken_file())
    }

    /// The parts of a file that has this name.
    pub(super) fn parts_of(&self, name: &[u8]) -> impl Iterator<Item = Part> {
        self.by_name.get(name).into_iter().flatten().map(|&i| self.parts[i])
    }

    /// All inputs, one after the other.
    pub(super) fn whole(&self) -> Part {
        let join = |whole: Part, part: &Part| Part { sums: whole.sums.then(part.sums), end: part.end, ..whole };
        self.parts.iter().fold(Part::default(), join)
    }

    /// The edits of a part, with their places in the inputs, one after the other.
    pub(super) fn edits(&self, part: Part) -> io::Result<Edits> {
        self.records(part.start, part.end)
    }

    fn records(&self, start: u64, end: u64) -> io::Result<Edits> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(start))?;
        Ok(Edits { records: BufReader::new(file.take(end - start)), before: 0 })
    }

    /// Whether a file is as it was before the edits in whose records the log breaks off: it holds what they have taken away, and
    /// not what they have put there. The run was stopped then before it wrote the file.
    pub(super) fn is_unwritten(&self, broken: &Broken, file: &Path) -> io::Result<bool> {
        let mut file = File::open(file)?;
        let (mut edits, mut is_old, mut news, mut is_new) = (0, true, 0, true);
        let mut longer = 0_i128;
        for edit in self.records(broken.start, broken.end)? {
            let edit = edit?.edit;
            edits += 1;
            is_old &= holds(&mut file, i128::from(edit.start), &edit.before)?;
            if !edit.after.is_empty() {
                news += 1;
                is_new &= holds(&mut file, i128::from(edit.start) + longer, &edit.after)?;
            }
            longer += edit.after.len() as i128 - edit.before.len() as i128;
        }
        Ok(edits > 0 && is_old && !(news > 0 && is_new))
    }
}

/// Whether a file has these bytes at an offset.
fn holds(file: &mut File, at: i128, bytes: &[u8]) -> io::Result<bool> {
    let Ok(at) = u64::try_from(at) else { return Ok(false) };
    file.seek(SeekFrom::Start(at))?;
    let mut there = Vec::new();
    file.take(bytes.len() as u64).read_to_end(&mut there)?;
    Ok(there == bytes)
}

/// The name by which a file is looked up.
pub(super) fn key(path: &Path) -> &[u8] {
    plain(path.as_os_str().as_encoded_bytes())
}

/// `./a` is `a`.
pub(super) fn plain(name: &[u8]) -> &[u8] {
    name.strip_prefix(b"./").unwrap_or(name)
}

pub(super) struct Edits {
    records: BufReader<Take<File>>,
    /// Bytes of the inputs before.
    before: u64,
}

impl Edits {
    fn read(&mut self) -> Result<Option<Entry>> {
        let mut line = Vec::new();
        loop {
            line.clear();
            if self.records.read_until(b'\n', &mut line)? == 0 {
                return Ok(None);
            }
            match parse(&line)? {
                (file, Record::Edit { mut edit, number, within, key }) => {
                    edit.start = self.before.saturating_add(edit.start);
                    return Ok(Some(Entry { file, number, edit, within, key }));
                }
                (_, Record::End(sums)) => self.before = self.before.saturating_add(sums.input.bytes),
            }
        }
    }
}

impl Iterator for Edits {
    type Item = io::Result<Entry>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().map_err(|e| io::Error::other(format!("its log can't be read: {e:#}"))).transpose()
    }
}
