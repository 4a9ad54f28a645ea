//! Where the text comes from: stdin or a file.

use std::fs::{File, Metadata};
use std::io::{self, Cursor, IsTerminal, Read};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};

use super::cleaners::STDIN;
use super::report;

/// Bytes of a file among which a NUL byte says that it is binary; as many as git looks at.
const HEAD: usize = 8000;

/// An input and the name by which messages know it.
pub(crate) struct Input {
    pub(crate) name: String,
    reader: Box<dyn Read>,
    content: Content,
    place: Option<Place>,
    /// The file, where it is one that can be read twice.
    pub(crate) file: Option<(Arc<File>, Metadata)>,
}

/// Device and number of a regular file.
pub(crate) type Place = (u64, u64);

/// Where what is open stands, if it is a regular file.
#[cfg(unix)]
pub(crate) fn place(file: &impl std::os::fd::AsFd) -> Option<Place> {
    let is = rustix::fs::fstat(file).ok()?;
    let is_file = rustix::fs::FileType::from_raw_mode(is.st_mode).is_file();
    // The numbers are of other types elsewhere.
    #[allow(clippy::unnecessary_cast, reason = "as above")]
    is_file.then_some((is.st_dev as u64, is.st_ino as u64))
}

#[cfg(not(unix))]
pub(crate) fn place<F>(_: &F) -> Option<Place> {
    None
}

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Text,
    /// UTF-16 or UTF-32, by the name that iconv has for it.
    Wide(&'static str),
    Binary,
}

impl Input {
    /// Opens a file; `-` is stdin.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        if path == Path::new(STDIN) {
            return Self::stdin();
        }
        if path.as_os_str().is_empty() {
            bail!("a FILE has no name: name one, or '-' for stdin");
        }
        let name = path.to_string_lossy().into_owned();
        let file = File::open(path).with_context(|| format!("cannot open {name}"))?;
        let metadata = file.metadata().with_context(|| format!("cannot open {name}"))?;
        if metadata.is_dir() {
            bail!("{}", is_a_directory(&name));
        }
        if !metadata.is_file() {
            return Self::new(name, Box::new(file), None, None);
        }
        let (place, file) = (place(&file), Arc::new(file));
        Self::new(name, Box::new(Arc::clone(&file)), place, Some((file, metadata)))
    }

    /// Whether its name says that it is Markdown.
    pub(crate) fn is_markdown(&self) -> bool {
        let extension = Path::new(&self.name).extension().and_then(|e| e.to_str());
        extension.is_some_and(|e| e.eq_ignore_ascii_case("md") || e.eq_ignore_ascii_case("markdown"))
    }

    fn stdin() -> Result<Self> {
        let stdin = io::stdin();
        if stdin.is_terminal() {
            report::note("reading from the terminal; end with Ctrl-D, or name a FILE (try 'copydesk --help')");
        }
        let place = place(&stdin);
        Self::new("<stdin>".to_owned(), Box::new(unbuffered(stdin)?), place, None)
    }

    /// Of a stream no more is awaited here than a byte order mark.
    fn new(
        name: String,
        mut reader: Box<dyn Read>,
        place: Option<Place>,
        file: Option<(Arc<File>, Metadata)>,
    ) -> Result<Self> {
        let mut head = Vec::with_capacity(if file.is_some() { HEAD } else { 4 });
        let mut read_to = |length: usize, head: &mut Vec<u8>| {
            let more = (length - head.len()) as u64;
            reader.by_ref().take(more).read_to_end(head).with_context(|| format!("cannot read {name}"))
        };
        read_to(if file.is_some() { HEAD } else { 2 }, &mut head)?;
        if matches!(head[..], [0xFF, 0xFE] | [0, 0]) {
            read_to(4, &mut head)?;
        }
        let content = match head[..] {
            [0xFF, 0xFE, 0, 0, ..] => Content::Wide("UTF-32LE"),
            [0, 0, 0xFE, 0xFF, ..] => Content::Wide("UTF-32BE"),
            [0xFF, 0xFE, ..] => Content::Wide("UTF-16LE"),
            [0xFE, 0xFF, ..] => Content::Wide("UTF-16BE"),
            _ if file.is_some() && memchr::memchr(0, &head).is_some() => Content::Binary,
            _ => Content::Text,
        };
        Ok(Self { name, reader: Box::new(Cursor::new(head).chain(reader)), content, place, file })
    }

    /// Refuses what is written to while it is read: it would never end. A stream is no such file.
    pub(crate) fn not_at(self, output: Option<Place>) -> Result<Self> {
        if self.place.is_some() && self.place == output {
            bail!("{} is the output, too: write to another file, or rewrite it with -w", self.name);
        }
        Ok(self)
    }

    /// Refuses UTF-16 and UTF-32, before anything of it is written.
    pub(crate) fn not_wide(self) -> Result<Self> {
        if let Content::Wide(from) = self.content {
            bail!("{} is {}, not UTF-8: convert it first (iconv -f {from} -t UTF-8)", self.name, &from[..6]);
        }
        Ok(self)
    }

    /// Refuses what is no text.
    pub(crate) fn text(self) -> Result<Self> {
        if self.content == Content::Binary {
            bail!("{} is binary (there is a NUL byte among its first {HEAD}): leave it out", self.name);
        }
        self.not_wide()
    }
}

impl Read for Input {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.reader.read(into)
    }
}

/// What is said of a directory that nobody asked to walk through.
pub(crate) fn is_a_directory(name: &str) -> String {
    format!("{name} is a directory: add -r (with -w, --out-dir DIR, --check or --diff), or name the files in it")
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
