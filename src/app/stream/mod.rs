//! A stream of documents that can be cleaned one by one: records, or texts between separators. By one thread, or by several,
//! with the same bytes.
//!
//! A thread reads and cuts, at the ends of documents; workers clean the parts; what they make comes out in the order of the parts
//! ([`Tape`]). What is there is cleaned: a part ends where a read would wait.

mod cut;
mod tape;

use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::{Context, anyhow};
use copydesk::records::{RecordCutter, RecordPiece, RecordSink, RecordWorker, Records, RecordsError};
use copydesk::{Cleaner, Edit, EditSink, Note, Session};

use super::clean::{Failure, Reporter};
use super::input::{Input, Source};
use super::interrupt::Stop;
use cut::{Part, TextCutter};
use tape::Tape;

/// Bytes that are read at once, and after which a part is cut.
const READ: usize = 64 * 1024;
const PART: usize = 256 * 1024;

/// Cuts a stream.
enum Cutter {
    Records(Box<RecordCutter>),
    Texts(TextCutter),
}

/// What is cut.
enum Piece {
    Records(RecordPiece),
    Text(Part),
}

impl Cutter {
    fn push(&mut self, bytes: &[u8]) {
        match self {
            Self::Records(cutter) => cutter.push(bytes),
            Self::Texts(cutter) => cutter.push(bytes),
        }
    }

    fn next(&mut self, is_all: bool) -> Result<Option<Piece>, RecordsError> {
        Ok(match self {
            Self::Records(cutter) => cutter.next_piece(is_all)?.map(Piece::Records),
            Self::Texts(cutter) => cutter.next(is_all).map(Piece::Text),
        })
    }
}

/// Cleans records; gives their number.
pub(crate) fn records(
    records: &Records,
    cleaner: &Cleaner,
    input: &mut Input,
    threads: NonZeroUsize,
    out: &mut Reporter<'_>,
    stop: &Stop,
) -> Result<u64, Failure> {
    let stream = Stream::new(Cutter::Records(Box::new(records.cutter())), input, stop);
    run(stream, || Worker::Records(Box::new(records.worker(cleaner))), threads, out)
}

/// Cleans the texts between separators, with several threads.
pub(crate) fn texts(
    separator: &[u8],
    cleaner: &Cleaner,
    input: &mut Input,
    threads: NonZeroUsize,
    out: &mut Reporter<'_>,
    stop: &Stop,
) -> Result<(), Failure> {
    let markdown = input.is_markdown();
    let stream = Stream::new(Cutter::Texts(TextCutter::new(separator)), input, stop);
    let worker = || Worker::Texts { session: Box::new(cleaner.session().markdown(markdown)), given: 0 };
    run(stream, worker, threads, out).map(drop)
}

/// What is read, and cut.
struct Stream {
    cutter: Cutter,
    source: Source,
    name: String,
    stop: Stop,
    piece: Vec<u8>,
    /// Bytes since the last part.
    unread: usize,
    ended: bool,
    /// The input can't be read any further: said when all before it is out.
    failed: Option<io::Error>,
}

impl Stream {
    fn new(cutter: Cutter, input: &mut Input, stop: &Stop) -> Self {
        let (source, name) = (input.take_source(), input.name.clone());
        let (piece, stop) = (vec![0; READ], stop.clone());
        Self { cutter, source, name, stop, piece, unread: 0, ended: false, failed: None }
    }

    /// The next piece; `None`: there are no more.
    fn next(&mut self) -> Result<Option<Piece>, Failure> {
        loop {
            if self.stop.is_set() {
                return Err(Failure::Stopped);
            }
            // What is there is read up to a part's length, but no piece waits for what is not.
            if self.unread > 0 && self.unread < PART && !self.ended && self.source.is_ready() {
                self.read();
                continue;
            }
            self.unread = 0;
            match self.cutter.next(self.ended).map_err(|error| self.columns(&error))? {
                None if self.ended => return self.end().map(|()| None),
                None => self.read(),
                piece => return Ok(piece),
            }
        }
    }

    /// The end, or why there is more that can't be read.
    fn end(&mut self) -> Result<(), Failure> {
        let cannot = |error| anyhow::Error::new(error).context(format!("cannot read all of {}", self.name));
        self.failed.take().map_or(Ok(()), |error| Err(Failure::Input(cannot(error))))
    }

    fn columns(&self, error: &RecordsError) -> Failure {
        Failure::Columns(anyhow!("{}: {error}: --field NAME says which to clean", self.name))
    }

    fn read(&mut self) {
        match self.source.read(&mut self.piece) {
            Ok(0) => self.ended = true,
            Ok(n) => {
                self.cutter.push(&self.piece[..n]);
                self.unread += n;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => (self.ended, self.failed) = (true, Some(error)),
        }
    }
}

/// Cleans pieces.
enum Worker {
    Records(Box<RecordWorker>),
    /// `given`: bytes that the session was given.
    Texts {
        session: Box<Session>,
        given: u64,
    },
}

impl Worker {
    /// Cleans a piece; gives the number of its records. `before`: the bytes and the records before it.
    fn clean(&mut self, piece: &Piece, before: (u64, u64), out: &mut dyn RecordSink) -> io::Result<u64> {
        match (self, piece) {
            (Self::Records(worker), Piece::Records(piece)) => worker.clean(piece, before, out),
            (Self::Texts { session, given }, Piece::Text(part)) => {
                let mut out = Shifted { by: before.0.wrapping_sub(*given), out };
                session.push(&part.bytes, &mut out)?;
                if part.ends {
                    session.end_input(&mut out)?;
                }
                *given += part.bytes.len() as u64;
                Ok(0)
            }
            _ => unreachable!("a cutter makes one kind of pieces"),
        }
    }
}

/// A sink for which offsets are others.
struct Shifted<'a> {
    by: u64,
    out: &'a mut dyn RecordSink,
}

impl EditSink for Shifted<'_> {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.keep(bytes)
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        let mut edit = edit;
        edit.start = edit.start.wrapping_add(self.by);
        self.out.edit(edit)
    }

    fn note(&mut self, note: Note) -> io::Result<()> {
        let mut note = note;
        note.at = note.at.wrapping_add(self.by);
        self.out.note(note)
    }
}

impl Piece {
    /// Bytes of the input.
    fn len(&self) -> u64 {
        let len = match self {
            Self::Records(piece) => piece.bytes().len(),
            Self::Text(part) => part.bytes.len(),
        };
        len as u64
    }

    /// Whether what comes after it is to be cleaned by the same worker.
    fn goes_on(&self) -> bool {
        matches!(self, Self::Text(part) if !part.ends)
    }
}

fn run(
    mut stream: Stream,
    worker: impl Fn() -> Worker,
    threads: NonZeroUsize,
    out: &mut Reporter<'_>,
) -> Result<u64, Failure> {
    let first = stream.next()?;
    // A short stream is done before threads would have begun.
    if threads.get() == 1 || stream.ended {
        return alone(first, stream, worker(), out);
    }
    // One waits for each, so that no worker waits for the reader.
    let (jobs, taken) = sync_channel(threads.get());
    let taken = Arc::new(Mutex::new(taken));
    for _ in 0..threads.get() {
        let (mut worker, taken) = (worker(), Arc::clone(&taken));
        spawn(move || work(&mut worker, &taken))?;
    }
    let (turns, come) = sync_channel(2 * threads.get());
    // It may wait for input for as long as it likes, also when nothing of it is wanted any more: so nobody waits for it.
    spawn(move || read(first, stream, &jobs, &turns))?;
    let records = collect(&come, out)?;
    out.end().map(|()| records)
}

fn spawn(work: impl FnOnce() + Send + 'static) -> Result<(), Failure> {
    let spawned = thread::Builder::new().spawn(work).context("cannot start a thread: --threads 1 needs none");
    spawned.map(drop).map_err(Failure::Input)
}

/// One thread does all.
fn alone(first: Option<Piece>, mut stream: Stream, mut worker: Worker, out: &mut Reporter<'_>) -> Result<u64, Failure> {
    let (mut next, mut before) = (Ok(first), (0, 0));
    while let Some(piece) = next? {
        before.1 += worker.clean(&piece, before, out).map_err(|error| out.failure(error))?;
        before.0 += piece.len();
        out.pause()?;
        next = stream.next();
    }
    out.end().map(|()| before.1)
}

/// Pieces for a worker, one after the other.
struct Job {
    first: Piece,
    more: Option<Receiver<Piece>>,
    tapes: SyncSender<Tape>,
}

/// Reads all, and gives out jobs. Ends early when nobody takes them.
fn read(first: Option<Piece>, mut stream: Stream, jobs: &SyncSender<Job>, turns: &SyncSender<Turn>) {
    let mut open: Option<SyncSender<Piece>> = None;
    let mut next = Ok(first);
    loop {
        let piece = match next {
            Ok(Some(piece)) => piece,
            Ok(None) => return,
            Err(failure) => return drop(turns.send(Err(failure))),
        };
        let goes_on = piece.goes_on();
        let is_taken = match &open {
            Some(job) => job.send(piece).is_ok(),
            None => {
                let (tapes, made) = sync_channel(1);
                let (pieces, more) = sync_channel(1);
                let more = goes_on.then_some(more);
                open = goes_on.then_some(pieces);
                turns.send(Ok(made)).is_ok() && jobs.send(Job { first: piece, more, tapes }).is_ok()
            }
        };
        if !is_taken {
            return;
        }
        if !goes_on {
            open = None;
        }
        next = stream.next();
    }
}

/// Does jobs as long as there are some.
fn work(worker: &mut Worker, jobs: &Mutex<Receiver<Job>>) {
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { first, more, tapes }) = job else { return };
        let (mut before, mut next) = ((0, 0), Some(first));
        while let Some(piece) = next {
            let mut tape = Tape::new(piece.len(), !piece.goes_on());
            tape.records = worker.clean(&piece, before, &mut tape).expect("memory takes everything");
            before = (before.0 + tape.bytes, before.1 + tape.records);
            if tapes.send(tape).is_err() {
                return;
            }
            next = more.as_ref().and_then(|more| more.recv().ok());
        }
    }
}

/// What comes of a job, when it is its turn; or why there are no more.
type Turn = Result<Receiver<Tape>, Failure>;

/// Lets out what the workers make, in the order of the jobs; gives the number of records.
fn collect(turns: &Receiver<Turn>, out: &mut Reporter<'_>) -> Result<u64, Failure> {
    let mut before = (0, 0);
    while let Some(turn) = wait(turns, out)? {
        let (tapes, (start, records)) = (turn?, before);
        loop {
            let Some(tape) = wait(&tapes, out)? else {
                return Err(Failure::Input(anyhow!("the program has a bug (see above): please report it")));
            };
            let is_last = tape.is_last;
            before = (before.0 + tape.bytes, before.1 + tape.records);
            tape.play(start, records, out).map_err(|error| out.failure(error))?;
            if is_last {
                break;
            }
        }
    }
    Ok(before.1)
}

/// The next one; `None`: there are no more. Before it waits, all that there is goes out.
fn wait<T>(from: &Receiver<T>, out: &mut Reporter<'_>) -> Result<Option<T>, Failure> {
    match from.try_recv() {
        Ok(next) => Ok(Some(next)),
        Err(TryRecvError::Disconnected) => Ok(None),
        Err(TryRecvError::Empty) => {
            out.pause()?;
            Ok(from.recv().ok())
        }
    }
}
