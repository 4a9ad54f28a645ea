//! The terminal on which is asked: a line is an answer. A signal ends the waiting for it.

use std::io::{self, Write};

use anyhow::Result;

use crate::app::interrupt::Stop;

pub(super) struct Terminal {
    input: Input,
    stop: Stop,
}

impl Terminal {
    pub(super) fn new(stop: &Stop) -> Result<Self> {
        Ok(Self { input: Input::new()?, stop: stop.clone() })
    }

    /// Shows a text. A terminal that is gone is noticed when it is read from.
    pub(super) fn say(&self, text: &str) {
        let _ = io::stderr().write_all(text.as_bytes());
    }

    /// The line that is typed after a text; `None`: the input has ended, or the run is to end.
    pub(super) fn ask(&mut self, text: &str, prompt: &str) -> Option<String> {
        self.say(text);
        self.say(prompt);
        let line = self.line();
        if line.is_none() {
            self.say("\n");
        }
        line
    }

    fn line(&mut self) -> Option<String> {
        let mut line = Vec::new();
        while !line.ends_with(b"\n") {
            if self.stop.is_set() || self.input.read(&mut line).ok()? == Some(0) {
                return None;
            }
        }
        Some(String::from_utf8_lossy(&line).into_owned())
    }
}

/// Stdin without a buffer: what is not read yet can be waited for.
#[cfg(unix)]
struct Input(std::fs::File);

#[cfg(unix)]
impl Input {
    fn new() -> Result<Self> {
        crate::app::input::unbuffered(io::stdin()).map(Self)
    }

    /// Appends what comes, and gives how many bytes; `None`: nothing has come yet. A read would go on after a signal, a wait ends.
    fn read(&mut self, line: &mut Vec<u8>) -> io::Result<Option<usize>> {
        use std::io::Read;

        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        // A signal that comes just before the wait is noticed after it.
        let most = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };
        match poll(&mut [PollFd::new(&self.0, PollFlags::IN)], Some(&most)) {
            Ok(0) | Err(rustix::io::Errno::INTR) => return Ok(None),
            ready => ready?,
        };
        let mut piece = [0; 1024];
        let n = self.0.read(&mut piece)?;
        line.extend_from_slice(&piece[..n]);
        Ok(Some(n))
    }
}

#[cfg(not(unix))]
struct Input(io::Stdin);

#[cfg(not(unix))]
impl Input {
    #[allow(clippy::unnecessary_wraps, reason = "as on Unix")]
    fn new() -> Result<Self> {
        Ok(Self(io::stdin()))
    }

    fn read(&mut self, line: &mut Vec<u8>) -> io::Result<Option<usize>> {
        use std::io::BufRead;
        self.0.lock().read_until(b'\n', line).map(Some)
    }
}
