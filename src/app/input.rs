//! Where the text comes from: stdin or a file.

use std::fs::{File, Metadata};
use std::io::{self, Cursor, IsTerminal, Read};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail};

use super::cleaners::STDIN;
use super::compress::Compression;
use super::report;
use super::sniff::{self, Content};

/// Bytes of a file among which a NUL byte says that it is binary; as many as git looks at.
const HEAD: usize = 8000;

/// An input and the name by which messages know it.
pub(crate) struct Input {
    pub(crate) name: String,
    source: Source,
    content: Content,
    pub(crate) compression: Option<Compression>,
    empty: bool,
    place: Option<Place>,
    /// The file, where it is one that can be read twice.
    pub(crate) file: Option<(Arc<File>, Metadata)>,
}

/// A name without the ending of a compressed file.
pub(crate) fn uncompressed(name: &Path) -> &Path {
    let ending = name.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    let stem = name.file_stem().map(Path::new);
    match (ending, stem) {
        (Some(ending), Some(stem)) if Compression::ENDINGS.contains(&&*ending) => stem,
        _ => name,
    }
}

/// What is read.
pub(crate) struct Source {
    reader: Box<dyn Read + Send>,
    /// A pipe or the like, where a read may have to wait.
    waits: Option<Arc<File>>,
}

impl Source {
    /// Whether a read would not wait, as far as can be known: `false` only makes parts smaller.
    pub(crate) fn is_ready(&self) -> bool {
        self.waits.as_ref().is_none_or(is_readable)
    }
}

impl Read for Source {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.reader.read(into)
    }
}

#[cfg(unix)]
fn is_readable(file: &Arc<File>) -> bool {
    use rustix::event::{PollFd, PollFlags, poll};
    let mut polled = [PollFd::new(file, PollFlags::IN)];
    poll(&mut polled, Some(&rustix::event::Timespec::default())).is_ok_and(|n| n > 0)
}

#[cfg(not(unix))]
fn is_readable(_: &Arc<File>) -> bool {
    false
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

/// The same of a regular file by what is known of it.
#[cfg(unix)]
fn place_of(metadata: &Metadata) -> Option<Place> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn place_of(_: &Metadata) -> Option<Place> {
    None
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
            return Self::new(name, stream(file), None, None);
        }
        let (place, file) = (place_of(&metadata), Arc::new(file));
        let source = Source { reader: Box::new(Arc::clone(&file)), waits: None };
        Self::new(name, source, place, Some((file, metadata)))
    }

    /// The same input under another name.
    pub(crate) fn named(self, path: &Path) -> Self {
        Self { name: path.to_string_lossy().into_owned(), ..self }
    }

    /// Its name without the ending that says how it is compressed.
    pub(crate) fn inner_name(&self) -> &Path {
        let name = Path::new(&self.name);
        if self.compression.is_some() { uncompressed(name) } else { name }
    }

    /// Whether there is nothing to read.
    pub(crate) fn is_empty(&self) -> bool {
        self.empty
    }

    /// Whether its name says that it is Markdown.
    pub(crate) fn is_markdown(&self) -> bool {
        let extension = self.inner_name().extension().and_then(|e| e.to_str());
        extension.is_some_and(|e| e.eq_ignore_ascii_case("md") || e.eq_ignore_ascii_case("markdown"))
    }

    fn stdin() -> Result<Self> {
        let stdin = io::stdin();
        if stdin.is_terminal() {
            report::note("reading from the terminal; end with Ctrl-D, or name a FILE (try 'copydesk --help')");
        }
        let place = place(&stdin);
        let file = unbuffered(stdin)?;
        let source = if place.is_some() { Source { reader: Box::new(file), waits: None } } else { stream(file) };
        Self::new("<stdin>".to_owned(), source, place, None)
    }

    /// Reads as little as says what it is, of a file as much as may say that it is binary.
    fn new(name: String, source: Source, place: Option<Place>, file: Option<(Arc<File>, Metadata)>) -> Result<Self> {
        let (content, compression, empty) = (Content::Text, None, false);
        let mut input = Self { name, source, content, compression, empty, place, file };
        input.recognise()?;
        let program = if let Content::Compressed(program) = input.content { program } else { "" };
        if let Some(compression) = Compression::by_program(program) {
            input.source = Source { reader: compression.decoder(input.take_source()), waits: None };
            input.compression = Some(compression);
            input.recognise()?;
        }
        Ok(input)
    }

    /// Reads as little as says what it is.
    fn recognise(&mut self) -> Result<()> {
        let input = self;
        // Of a stream no more is read than is needed.
        let looks_further = input.file.is_some() || input.compression.is_some();
        let mut head = Vec::new();
        let mut ended = input.look(&mut head, HEAD);
        while ended.is_ok() && looks_further && head.len() < HEAD {
            ended = input.look(&mut head, HEAD);
        }
        let is_binary = looks_further && memchr::memchr(0, &head[..head.len().min(HEAD)]).is_some();
        input.content = loop {
            match sniff::by_bytes(&head, ended.is_err()) {
                Some(Content::Text | Content::Structured(_)) if is_binary => break Content::Binary,
                Some(content) => break content,
                None => ended = input.look(&mut head, sniff::LOOK),
            }
        };
        let is_all = matches!(ended, Err(None));
        let failed = match ended {
            Err(Some(error)) if head.is_empty() => {
                return Err(error).with_context(|| format!("cannot read {}", input.name));
            }
            Err(failed) => failed,
            Ok(()) => None,
        };
        input.empty = head.is_empty();
        let Source { reader, waits } = input.take_source();
        let head = Cursor::new(head);
        let reader: Box<dyn Read + Send> =
            if is_all { Box::new(head) } else { Box::new(head.chain(Rest { failed, reader })) };
        input.source = Source { reader, waits };
        Ok(())
    }

    /// Takes what is left to be read.
    pub(crate) fn take_source(&mut self) -> Source {
        std::mem::replace(&mut self.source, Source { reader: Box::new(io::empty()), waits: None })
    }

    /// Reads once, so that there are `most` bytes at most. An error says that there are no more, and why.
    fn look(&mut self, head: &mut Vec<u8>, most: usize) -> Result<(), Option<io::Error>> {
        let seen = head.len();
        head.resize(most, 0);
        let n = loop {
            match self.source.read(&mut head[seen..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => break result,
            }
        };
        head.truncate(seen + *n.as_ref().unwrap_or(&0));
        match n {
            Ok(0) => Err(None),
            Ok(_) => Ok(()),
            Err(error) => Err(Some(error)),
        }
    }

    /// Refuses what is written to while it is read: it would never end. A stream is no such file.
    pub(crate) fn not_at(self, output: Option<Place>) -> Result<Self> {
        if self.place.is_some() && self.place == output {
            bail!("{} is the output, too: write to another file, or rewrite it with -w", self.name);
        }
        Ok(self)
    }

    /// Refuses UTF-16, UTF-32 and what is compressed, before anything of it is written.
    pub(crate) fn readable(self) -> Result<Self> {
        let name = &self.name;
        match self.content {
            Content::Wide(from) => {
                bail!("{name} is {}, not UTF-8: convert it first (iconv -f {from} -t UTF-8)", &from[..6])
            }
            Content::Binary if self.compression.is_some() => {
                bail!("{name} holds no text: decompress it to see what it is")
            }
            Content::Compressed(_) if self.compression.is_some() => {
                bail!("{name} is compressed twice: decompress it first")
            }
            Content::Compressed("unzip") => bail!("{name} is a zip archive: unpack it first"),
            Content::Compressed(with) => bail!("{name} is compressed: decompress it first ({with} -dc)"),
            _ => Ok(self),
        }
    }

    /// Refuses what is no text.
    pub(crate) fn text(self) -> Result<Self> {
        if self.content == Content::Binary {
            bail!("{} is binary (there is a NUL byte among its first {HEAD}): leave it out", self.name);
        }
        self.readable()
    }

    /// What it is, if it is structured and no article.
    pub(crate) fn structure(&self) -> Option<&'static str> {
        match sniff::by_name(self.inner_name()).unwrap_or(self.content) {
            Content::Structured(what) => Some(what),
            _ => None,
        }
    }
}

/// What follows the bytes that were looked at.
struct Rest {
    /// The read after them failed.
    failed: Option<io::Error>,
    reader: Box<dyn Read + Send>,
}

impl Read for Rest {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.failed.take().map_or_else(|| self.reader.read(into), Err)
    }
}

impl Read for Input {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.source.read(into)
    }
}

/// A pipe or a device.
#[cfg(unix)]
fn stream(file: File) -> Source {
    let file = Arc::new(file);
    Source { reader: Box::new(Arc::clone(&file)), waits: Some(file) }
}

#[cfg(not(unix))]
fn stream(reader: impl Read + Send + 'static) -> Source {
    Source { reader: Box::new(reader), waits: None }
}

/// What is said of a directory that nobody asked to walk through.
pub(crate) fn is_a_directory(name: &str) -> String {
    format!("{name} is a directory: add -r (with -w, --out-dir DIR, --check or --diff), or name the files in it")
}

/// Stdin without the standard library's buffer: reads are large, and one copy is saved.
#[cfg(unix)]
pub(crate) fn unbuffered(stdin: io::Stdin) -> Result<File> {
    use std::os::fd::AsFd;
    Ok(File::from(stdin.as_fd().try_clone_to_owned().context("cannot read stdin")?))
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "as on Unix")]
fn unbuffered(stdin: io::Stdin) -> Result<io::Stdin> {
    Ok(stdin)
}
