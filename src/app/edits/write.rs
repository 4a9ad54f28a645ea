//! The log while it is written: appended to, an input's records at once and in the order of the inputs.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result, bail};

use super::read::{Broken, Logged};
use crate::app::files::{Held, lock, resolve};
use crate::app::input::{Place, place};

/// Bytes of an input's records that wait in memory until it is their turn; the rest waits on the disk.
const HELD: usize = 128 * 1024;

pub(crate) struct Log {
    name: String,
    pub(crate) place: Option<Place>,
    state: Mutex<State>,
    /// More inputs had their turn.
    passed: Condvar,
}

struct State {
    file: File,
    /// Bytes of whole inputs.
    written: u64,
    failed: bool,
    /// The input whose turn it is, and those after it that are done.
    next: usize,
    done: BTreeSet<usize>,
}

impl Log {
    /// Opens the file. One that holds something may be all that an earlier run can be undone by: a run that writes files goes on
    /// with it (`goes_on`), others refuse it. Nor is it among `taken`: the inputs, and where they go.
    pub(crate) fn create(typed: &Path, taken: impl IntoIterator<Item = PathBuf>, goes_on: bool) -> Result<Self> {
        let name = typed.to_string_lossy().into_owned();
        // A pipe of the shell's has no such path.
        let real = resolve(typed).ok();
        if taken.into_iter().any(|path| path == typed || Some(&path) == real.as_ref()) {
            bail!("--edits {name} is one of the files of the run: name another");
        }
        if is_pipe(typed) {
            bail!("--edits {name} is a pipe: name a file");
        }
        let file = File::options().append(true).create(true).open(typed).map_err(|e| cannot_write(&name, &e))?;
        let metadata = file.metadata().map_err(|e| cannot_write(&name, &e))?;
        if metadata.is_file() && !lock(&file) {
            bail!("--edits {name} is the log of another run that goes on: name another");
        }
        let written = match metadata.len() {
            0 => 0,
            _ if !metadata.is_file() => 0,
            _ if goes_on => go_on(typed, &file)?,
            _ => bail!(
                "--edits {name} holds something already, and only -w and --out-dir go on with a log: name another"
            ),
        };
        let place = place(&file);
        let state = State { file, written, failed: false, next: 0, done: BTreeSet::new() };
        Ok(Self { name, place, state: Mutex::new(state), passed: Condvar::new() })
    }

    /// The records of an input that is one of several, by its number.
    pub(crate) fn turn(&self, input: usize) -> Turn<'_> {
        Turn { log: self, input, held: Some(Held::new(HELD)) }
    }

    /// Whether it takes no more.
    pub(crate) fn has_failed(&self) -> bool {
        self.state().failed
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Goes on with a log, and gives its length. What a run that was stopped has left of the records of a file that it did not write
/// is taken away.
fn go_on(typed: &Path, file: &File) -> Result<u64> {
    let name = typed.display();
    let log =
        Logged::open(typed).with_context(|| format!("--edits {name} holds something that is no log: name another"))?;
    if let (Some(Broken { name: None, .. }), 0) = (&log.broken, log.end()) {
        bail!("--edits {name} holds something that is no log: name another");
    }
    if let Some(broken) = &log.broken {
        let of = log.broken_file().map(|name| String::from_utf8_lossy(name).into_owned());
        if !of.as_deref().is_some_and(|of| log.is_unwritten(broken, Path::new(of)).unwrap_or(false)) {
            bail!(
                "--edits {name} breaks off in the records of {}, which may be changed: name another",
                of.as_deref().unwrap_or("a file")
            );
        }
        file.set_len(log.end()).with_context(|| format!("cannot write {name}"))?;
    }
    Ok(log.end())
}

/// A named pipe has no end and is read once; to open one would be to wait for its reader.
#[cfg(unix)]
fn is_pipe(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    path.metadata().is_ok_and(|is| is.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_pipe(_: &Path) -> bool {
    false
}

fn cannot_write(name: &str, error: &io::Error) -> io::Error {
    // Not of the kind that it was: a reader of the log that has gone is no reason to be silent.
    io::Error::other(format!("cannot write {name}: {error}"))
}

/// Without turns: there is one input at a time.
impl Write for &Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.state().file.write(bytes).map_err(|e| cannot_write(&self.name, &e))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl State {
    fn append(&mut self, held: &mut Held, sync: bool) -> io::Result<()> {
        if self.failed {
            return Err(io::Error::other("it takes no more"));
        }
        let result = held.give(&mut self.file).and_then(|()| if sync { self.sync() } else { Ok(()) });
        self.failed = result.is_err();
        if self.failed {
            // A pipe has no length.
            let _ = self.file.set_len(self.written);
        } else {
            self.written = self.file.metadata()?.len();
        }
        result
    }

    /// A device need not know how.
    fn sync(&self) -> io::Result<()> {
        match self.file.sync_data() {
            Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
            result => result,
        }
    }
}

/// The records of an input until they are written. Dropped before, it leaves none, and the next one has its turn.
pub(crate) struct Turn<'l> {
    log: &'l Log,
    input: usize,
    held: Option<Held>,
}

impl Turn<'_> {
    /// Waits until those before it are done, and writes. `sync`: it is on the disk then.
    pub(crate) fn write(&mut self, sync: bool) -> Result<()> {
        let Some(mut held) = self.held.take() else { return Ok(()) };
        let waits = |state: &mut State| state.next != self.input;
        let mut state = self.log.passed.wait_while(self.log.state(), waits).unwrap_or_else(PoisonError::into_inner);
        Ok(state.append(&mut held, sync).map_err(|e| cannot_write(&self.log.name, &e))?)
    }
}

impl Write for Turn<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.as_mut().map_or(Ok(bytes.len()), |held| held.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut guard = self.log.state();
        let State { next, done, .. } = &mut *guard;
        done.insert(self.input);
        while done.remove(next) {
            *next += 1;
        }
        drop(guard);
        self.log.passed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(folder: &Path) -> (PathBuf, Log) {
        let path = folder.join("log");
        let log = Log::create(&path, [], false).expect("there is room for a file");
        (path, log)
    }

    #[test]
    fn inputs_are_written_in_their_order() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let (path, log) = log(folder.path());
        let mut turns: Vec<Turn<'_>> = (0..9).map(|input| log.turn(input)).collect();
        std::thread::scope(|scope| {
            while let Some(mut turn) = turns.pop() {
                scope.spawn(move || {
                    let input = turn.input;
                    write!(turn, "{input}").expect("there is room");
                    // Some fail, and some are written early.
                    if input % 4 != 3 {
                        turn.write(input % 2 == 0).expect("there is room");
                        turn.write(false).expect("it is written already");
                    }
                });
            }
        });
        assert_eq!(std::fs::read_to_string(path).expect("it is there"), "0124568");
    }

    #[test]
    fn what_holds_something_or_is_taken_is_refused() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let (path, _) = log(folder.path());
        Log::create(&path, [], false).expect("it is empty");
        let refused = |taken: &[PathBuf]| Log::create(&path, taken.to_vec(), false).err().map(|e| e.to_string());
        let real = std::fs::canonicalize(&path).expect("it is there");
        assert!(refused(&[real]).is_some_and(|message| message.contains("one of the files")));
        std::fs::write(&path, "x").expect("there is room");
        assert!(refused(&[]).is_some_and(|message| message.contains("holds something already")));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_fails_is_given_up() {
        let log = Log::create(Path::new("/dev/full"), [], false).expect("it opens");
        let mut turns = [0, 1].map(|input| log.turn(input));
        for turn in &mut turns {
            turn.write_all(b"x").expect("it is held");
        }
        let messages = turns.map(|mut turn| turn.write(true).expect_err("it is full").to_string());
        assert!(messages[0].starts_with("cannot write /dev/full: No space left"), "{messages:?}");
        assert_eq!(messages[1], "cannot write /dev/full: it takes no more");
        assert!(log.has_failed());
    }
}
