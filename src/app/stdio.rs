//! Stdout and stderr, which may be closed when the program starts (`>&-`). The standard library opens `/dev/null` in their place
//! before `main` begins, and what is written there would be lost in silence: so they are looked at before.

use std::io::{self, Write};

use anyhow::{Context, Result};

#[cfg(unix)]
mod closed {
    use std::sync::atomic::{AtomicBool, Ordering};

    use rustix::io::fcntl_getfd;
    use rustix::stdio;

    static STDOUT: AtomicBool = AtomicBool::new(false);
    static STDERR: AtomicBool = AtomicBool::new(false);

    ctor::declarative::ctor! {
        /// Runs before the standard library is set up, and does nothing that needs it.
        #[ctor(unsafe)]
        fn look() {
            STDOUT.store(fcntl_getfd(stdio::stdout()).is_err(), Ordering::Relaxed);
            STDERR.store(fcntl_getfd(stdio::stderr()).is_err(), Ordering::Relaxed);
        }
    }

    pub(super) fn stdout() -> bool {
        STDOUT.load(Ordering::Relaxed)
    }

    pub(super) fn stderr() -> bool {
        STDERR.load(Ordering::Relaxed)
    }
}

#[cfg(not(unix))]
mod closed {
    pub(super) fn stdout() -> bool {
        false
    }

    pub(super) fn stderr() -> bool {
        false
    }
}

/// Makes sure that there is a stdout.
pub(crate) fn check_stdout() -> io::Result<()> {
    if closed::stdout() { Err(io::Error::other("it is closed")) } else { Ok(()) }
}

/// Stdout without the standard library's line buffer.
#[cfg(unix)]
pub(crate) type Stdout = std::fs::File;
#[cfg(not(unix))]
pub(crate) type Stdout = io::Stdout;

pub(crate) fn stdout() -> Result<Stdout> {
    check_stdout().and_then(|()| unbuffered(io::stdout())).context("cannot write to stdout")
}

#[cfg(unix)]
fn unbuffered(stdout: io::Stdout) -> io::Result<Stdout> {
    use std::os::fd::AsFd;
    Ok(stdout.as_fd().try_clone_to_owned()?.into())
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "as on Unix")]
fn unbuffered(stdout: io::Stdout) -> io::Result<Stdout> {
    Ok(stdout)
}

/// Stderr for what the user has asked for: whatever happens to it, the text goes on; what could not be printed is remembered.
#[derive(Debug)]
pub(crate) struct Stderr {
    failed: bool,
}

impl Stderr {
    pub(crate) fn new() -> Self {
        Self { failed: closed::stderr() }
    }

    /// Whether something could not be written. A reader that has gone is no failure.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed
    }
}

impl Write for Stderr {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = io::stderr().write_all(bytes);
        self.failed |= result.is_err_and(|error| error.kind() != io::ErrorKind::BrokenPipe);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
