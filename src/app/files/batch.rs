//! Several threads clean the files of a run; what there is to say comes in the order of the files all the same.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use anyhow::anyhow;

use super::list::Source;
use super::one::{End, Job, Outcome};
use super::progress::Progress;
use super::summary::{Summary, number};
use crate::app::report;
use crate::app::review::Page;
use crate::app::settings::Mode;
use crate::app::stdio::Stderr;

/// Files that may be done before the oldest one that is not: what there is to say of them is held.
const AHEAD: usize = 64;

/// Cleans all files. An error is that of stdout.
pub(crate) fn run(
    job: &Job<'_>,
    sources: &[Source],
    progress: &Progress,
    (summary, page): (&mut Summary, Option<&mut Page>),
    stderr: &mut Stderr,
) -> io::Result<()> {
    let teller = Teller { job, sources, progress, summary, page, stderr, has_printed: false, failed: None };
    let queue = Queue {
        state: Mutex::new(State { taken: 0, told: 0, waiters: 0, waiting: BTreeMap::new(), teller }),
        told: Condvar::new(),
    };
    let work = || {
        while let Some(i) = queue.take(sources.len(), job) {
            queue.give(i, guarded(job, i, &sources[i]));
        }
    };
    thread::scope(|scope| {
        for _ in 1..job.settings.threads().get().min(sources.len()) {
            // Where there is no room for one more, those that there are do it all.
            if thread::Builder::new().spawn_scoped(scope, work).is_err() {
                break;
            }
        }
        work();
    });
    let state = queue.state.into_inner().unwrap_or_else(PoisonError::into_inner);
    state.teller.failed.map_or(Ok(()), Err)
}

/// Cleans a file. A panic is its failure: nobody else would say that it is done, and the others would wait for that.
fn guarded(job: &Job<'_>, i: usize, source: &Source) -> Outcome {
    catch_unwind(AssertUnwindSafe(|| job.run(i, source))).unwrap_or_else(|_| {
        let name = source.path.display();
        Outcome::new(End::Failed(anyhow!("cannot clean {name}: the program has a bug (see above): please report it")))
    })
}

/// Gives out the files in their order, and takes what came of them in any order.
struct Queue<'a> {
    state: Mutex<State<'a>>,
    /// More was reported.
    told: Condvar,
}

struct State<'a> {
    taken: usize,
    told: usize,
    /// Threads that wait until more is reported.
    waiters: usize,
    waiting: BTreeMap<usize, Outcome>,
    teller: Teller<'a>,
}

impl Queue<'_> {
    /// The next file. The thread that has the oldest one never waits here, so one always goes on.
    fn take(&self, files: usize, job: &Job<'_>) -> Option<usize> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = |s: &mut State<'_>| s.taken >= s.told + AHEAD && s.teller.failed.is_none();
        let mut state = state;
        if waits(&mut state) {
            state.waiters += 1;
            state = self.told.wait_while(state, waits).unwrap_or_else(PoisonError::into_inner);
            state.waiters -= 1;
        }
        if state.taken == files || job.is_stopped() || state.teller.failed.is_some() {
            return None;
        }
        state.taken += 1;
        Some(state.taken - 1)
    }

    fn give(&self, i: usize, outcome: Outcome) {
        let mut guard = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state = &mut *guard;
        state.waiting.insert(i, outcome);
        while let Some(outcome) = state.waiting.remove(&state.told) {
            state.teller.tell(state.told, outcome);
            state.told += 1;
        }
        // To wake nobody takes as long as to wake somebody.
        if state.waiters > 0 {
            self.told.notify_all();
        }
    }
}

/// Prints what there is to say.
struct Teller<'a> {
    job: &'a Job<'a>,
    sources: &'a [Source],
    progress: &'a Progress,
    summary: &'a mut Summary,
    page: Option<&'a mut Page>,
    stderr: &'a mut Stderr,
    /// There was something for stdout.
    has_printed: bool,
    /// Stdout takes no more.
    failed: Option<io::Error>,
}

impl Teller<'_> {
    /// `i`: the number of the file.
    fn tell(&mut self, i: usize, mut outcome: Outcome) {
        self.summary.count(&outcome.end, &outcome.stats);
        self.progress.advance();
        let path = &self.sources[i].path;
        let added = self
            .page
            .as_mut()
            .map_or(Ok(()), |page| page.add(path, &self.job.cleaners.listed(path), &mut outcome.page, outcome.shown));
        if let Err(error) = added {
            report::error(&format!("{error:#}"));
            self.summary.errors += 1;
            self.page = None;
        }
        if self.failed.is_none() {
            self.failed = self.print(i, &mut outcome).err();
        }
    }

    /// What there is to say of how it went with a file.
    fn message(&self, i: usize, outcome: &Outcome) -> Option<String> {
        let settings = self.job.settings;
        match &outcome.end {
            End::Failed(error) => Some(format!("{error:#}")),
            _ if settings.quiet => None,
            End::Skipped(error) => settings.verbose.then(|| format!("skipped: {error:#}")),
            End::LeftOut(why) => settings.verbose.then(|| format!("left out: {why}")),
            End::Changed if settings.mode == Mode::Write => {
                let done = if self.job.undo.is_some() { "restored" } else { "rewrote" };
                let edits = number(outcome.stats.made, "edit");
                Some(format!("{done} {}: {edits}", self.sources[i].path.display()))
            }
            _ => None,
        }
    }

    fn print(&mut self, i: usize, outcome: &mut Outcome) -> io::Result<()> {
        let message = self.message(i, outcome);
        if message.is_none() && outcome.err.is_empty()? && outcome.out.is_empty()? {
            return Ok(());
        }
        let (stderr, has_printed, output) = (&mut *self.stderr, &mut self.has_printed, self.job.settings.listing());
        self.progress.beside(|| {
            outcome.err.give(stderr)?;
            if let Some(message) = message {
                report::error(&message);
            }
            let mut stdout = io::stdout().lock();
            if !outcome.out.is_empty()? && std::mem::replace(has_printed, true) {
                stdout.write_all(output.separator().as_bytes())?;
            }
            outcome.out.give(&mut stdout)?;
            stdout.flush()
        })
    }
}
