//! Where the text comes from: stdin or a file.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Cursor, IsTerminal, Read};

use anyhow::{Context, Result, bail};

use super::report;

/// An input and the name by which messages know it.
pub(crate) struct Input {
    pub(crate) name: String,
    reader: Box<dyn Read>,
}

impl Input {
    /// Opens a file; `-` is stdin. UTF-16 is refused here, before anything of it is written.
    pub(crate) fn open(path: &OsStr) -> Result<Self> {
        if path == "-" {
            return Self::stdin();
        }
        let name = path.to_string_lossy().into_owned();
        let file = File::open(path).with_context(|| format!("cannot open {name}"))?;
        if file.metadata().is_ok_and(|m| m.is_dir()) {
            bail!("{name} is a directory: name the files in it");
        }
        Self::new(name, Box::new(file))
    }

    pub(crate) fn stdin() -> Result<Self> {
        let stdin = io::stdin();
        if stdin.is_terminal() {
            report::note("reading from the terminal; end with Ctrl-D, or name a FILE (try 'copydesk --help')");
        }
        Self::new("<stdin>".to_owned(), Box::new(unbuffered(stdin)?))
    }

    fn new(name: String, mut reader: Box<dyn Read>) -> Result<Self> {
        let mut head = Vec::with_capacity(2);
        reader.by_ref().take(2).read_to_end(&mut head).with_context(|| format!("cannot read {name}"))?;
        if let [0xFF, 0xFE] | [0xFE, 0xFF] = head[..] {
            let from = if head[0] == 0xFF { "UTF-16LE" } else { "UTF-16BE" };
            bail!("{name} is UTF-16, not UTF-8: convert it first (iconv -f {from} -t UTF-8)");
        }
        Ok(Self { name, reader: Box::new(Cursor::new(head).chain(reader)) })
    }
}

impl Read for Input {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.reader.read(into)
    }
}

/// Stdin without the standard library's buffer: reads are large, and one copy is saved.
#[cfg(unix)]
fn unbuffered(stdin: io::Stdin) -> Result<File> {
    use std::os::fd::AsFd;
    Ok(File::from(stdin.as_fd().try_clone_to_owned().context("cannot read stdin")?))
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "as on Unix")]
fn unbuffered(stdin: io::Stdin) -> Result<io::Stdin> {
    Ok(stdin)
}
