//! Readers and sinks that fail: what came before the failure is cleaned and emitted, and nothing after it.

use std::io::{self, ErrorKind, Read};

use copydesk::{Cleaned, Cleaner, Edit, EditSink, Note, Options, Truncated};

/// Every stage acts, paragraphs are held, a note is made.
const ARTICLE: &str = "Ferry strike enters third week\n\nFERRY STRIKE ENTERS THIRD WEEK\n\n\
    No boat has left for the USA since Monday.\r\n\r\nThe crews want a stove on every\n\ndeck, as their fathers had. \
    Caf\u{e9} owners [an error occurred while processing this directive] wait for news from the\n\n\
    <!--#include virtual=\"/foot.html\" -->\n\nThe U.S.A. will not comment.";

fn cleaner() -> Cleaner {
    Options::default().build().expect("the options are valid")
}

/// Gives one byte a read, with an interruption before each, and fails where its text ends.
struct Faulty<'a> {
    text: &'a [u8],
    interrupted: bool,
}

impl Read for Faulty<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.interrupted = !self.interrupted;
        if self.interrupted {
            return Err(ErrorKind::Interrupted.into());
        }
        let (&byte, rest) = self.text.split_first().ok_or_else(|| io::Error::other("the disk is gone"))?;
        into[0] = byte;
        self.text = rest;
        Ok(1)
    }
}

#[test]
fn what_was_read_before_a_failure_comes_out() {
    let cleaner = cleaner();
    for end in 0..=ARTICLE.len() {
        let text = &ARTICLE.as_bytes()[..end];
        let mut reader = Faulty { text, interrupted: false };
        let (mut session, mut out) = (cleaner.session(), Cleaned::<Vec<u8>>::default());
        let error = loop {
            match session.read_from(&mut reader, &mut out) {
                Ok(n) => assert_eq!(n, 1, "an interruption is no end"),
                Err(error) => break error,
            }
        };
        assert_eq!(error.to_string(), "the disk is gone");
        session.finish(&mut out).expect("memory takes everything");
        assert_eq!(out, cleaner.clean_bytes(text), "{end} bytes");
    }
}

/// Takes a number of things, then fails for good.
struct Failing {
    taken: Cleaned<Vec<u8>>,
    left: usize,
    failed: bool,
}

impl Failing {
    fn after(left: usize) -> Self {
        Self { taken: Cleaned::<Vec<u8>>::default(), left, failed: false }
    }

    fn take(&mut self) -> io::Result<()> {
        assert!(!self.failed, "nothing is told after a failure");
        self.failed = self.left == 0;
        self.left = self.left.saturating_sub(1);
        if self.failed { Err(ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl EditSink for Failing {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.take()?;
        self.taken.keep(bytes)
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        self.take()?;
        self.taken.edit(edit)
    }

    fn note(&mut self, note: Note) -> io::Result<()> {
        self.take()?;
        self.taken.note(note)
    }
}

/// The text in reads of one length; the receiver's error, if it failed.
fn push(cleaner: &Cleaner, read: usize, out: &mut Failing) -> io::Result<()> {
    let mut session = cleaner.session();
    for piece in ARTICLE.as_bytes().chunks(read) {
        session.push(piece, out)?;
    }
    session.finish(out)
}

#[test]
fn a_receiver_may_fail_at_each_call() {
    let cleaner = Options::default().truncated(Truncated::Keep).build().expect("the options are valid");
    let whole = cleaner.clean_bytes(ARTICLE.as_bytes());
    assert!(whole.edits.len() > 5 && !whole.notes.is_empty(), "{whole:?}");
    for read in [1, 64, ARTICLE.len()] {
        let mut calls = 0;
        loop {
            let mut out = Failing::after(calls);
            let result = push(&cleaner, read, &mut out);
            let taken = &out.taken;
            assert!(whole.text.starts_with(&taken.text), "{calls} calls, reads of {read} bytes");
            assert!(whole.edits.starts_with(&taken.edits) && whole.notes.starts_with(&taken.notes));
            if !out.failed {
                assert_eq!((result.is_ok(), taken), (true, &whole));
                break;
            }
            assert_eq!(result.map_err(|error| error.kind()), Err(ErrorKind::StorageFull), "{calls} calls");
            calls += 1;
        }
        assert!(calls > whole.edits.len(), "every edit has failed once");
    }
}
