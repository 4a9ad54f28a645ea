//! Many texts cleaned on several threads, while Python goes on and Ctrl-C is heard.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use copydesk::Cleaner;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::output;

/// Texts that a thread takes at once.
const TAKEN: usize = 16;
/// How long a signal may wait.
const PATIENCE: Duration = Duration::from_millis(50);

/// The outputs that differ from their inputs, each with its index, ascending.
pub(crate) type Changed = Vec<(usize, Vec<u8>)>;

/// The number of threads that is meant by what the caller gave.
///
/// # Errors
/// `ValueError`: the number is not positive.
pub(crate) fn threads(given: Option<isize>) -> PyResult<NonZeroUsize> {
    match given {
        None => Ok(thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)),
        Some(n) => usize::try_from(n).ok().and_then(NonZeroUsize::new).ok_or_else(|| {
            PyValueError::new_err(format!("threads: {n} is not positive: use 1 or more, or None for every core"))
        }),
    }
}

/// Cleans each text as a document of its own. The GIL is released meanwhile.
///
/// # Errors
/// What a signal handler raises: `KeyboardInterrupt` for Ctrl-C.
pub(crate) fn clean(
    py: Python<'_>,
    cleaner: &Cleaner,
    texts: &[Option<&[u8]>],
    threads: NonZeroUsize,
) -> PyResult<Changed> {
    let queue = Queue { cleaner, texts, next: AtomicUsize::new(0), stop: AtomicBool::new(false) };
    py.detach(|| queue.run(threads.get().min(texts.len().div_ceil(TAKEN))))
}

struct Queue<'a> {
    cleaner: &'a Cleaner,
    texts: &'a [Option<&'a [u8]>],
    next: AtomicUsize,
    stop: AtomicBool,
}

impl Queue<'_> {
    fn run(&self, threads: usize) -> PyResult<Changed> {
        let (sender, done) = mpsc::channel();
        thread::scope(|scope| {
            for sender in vec![sender; threads] {
                // The receiver outlives the threads.
                scope.spawn(move || sender.send(self.work()));
            }
            let mut all = Changed::new();
            let mut result = Ok(());
            loop {
                match done.recv_timeout(PATIENCE) {
                    Ok(changed) => all.extend(changed),
                    Err(RecvTimeoutError::Timeout) if result.is_ok() => {
                        result = Python::attach(|py| py.check_signals());
                        self.stop.store(result.is_err(), Ordering::Relaxed);
                    }
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                }
            }
            all.sort_unstable_by_key(|&(at, _)| at);
            result.map(|()| all)
        })
    }

    /// Cleans texts until there are none left.
    fn work(&self) -> Changed {
        let mut session = self.cleaner.session();
        let mut changed = Changed::new();
        loop {
            let first = self.next.fetch_add(TAKEN, Ordering::Relaxed);
            let taken = self.texts.iter().enumerate().skip(first).take(TAKEN);
            for (at, text) in taken.clone() {
                let Some(text) = text else { continue };
                match output::clean(&mut session, text, || self.go_on()) {
                    Ok(Some(text)) => changed.push((at, text)),
                    Ok(None) => {}
                    Err(Stopped) => return changed,
                }
            }
            if taken.len() == 0 || self.go_on().is_err() {
                return changed;
            }
        }
    }

    fn go_on(&self) -> Result<(), Stopped> {
        if self.stop.load(Ordering::Relaxed) { Err(Stopped) } else { Ok(()) }
    }
}

struct Stopped;
