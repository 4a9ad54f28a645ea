//! Gives each edit its key, and keeps those that are refused from being made. An edit waits until its key is known: for as much of
//! the text after it as that takes.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use copydesk::records::RecordProblem;
use copydesk::{Edit, Note, Reason};

use super::key::{Around, Key};
use super::list::RefusedEdits;

/// What waits.
#[derive(Debug)]
pub(crate) enum Event {
    Kept(Vec<u8>),
    /// With its key, as soon as that is known.
    Edit(Edit<'static>, Option<Key>),
    Note(Note),
    Field(u64, String),
    Problem(RecordProblem),
}

impl Event {
    /// The input's bytes.
    pub(crate) fn before(&self) -> &[u8] {
        match self {
            Self::Kept(bytes) => bytes,
            Self::Edit(edit, _) => &edit.before,
            Self::Note(_) | Self::Field(..) | Self::Problem(_) => &[],
        }
    }
}

/// A queue of what comes of an input.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    around: Around,
    waiting: VecDeque<Event>,
    /// Everything waits for the input's end.
    is_held: bool,
    refused: Option<Arc<RefusedEdits>>,
    /// The keys of those that were refused.
    seen: BTreeSet<Key>,
}

impl Filter {
    pub(crate) fn new(refused: Option<Arc<RefusedEdits>>) -> Self {
        Self { refused, ..Self::default() }
    }

    /// Lets nothing out before the input has ended.
    pub(crate) fn hold_all(&mut self) {
        self.is_held = true;
    }

    /// Bytes that stay. They may be known to the edits that wait, and wait all the same.
    pub(crate) fn pass(&mut self, bytes: &[u8]) {
        self.around.pass(bytes);
    }

    pub(crate) fn edit(&mut self, edit: Edit<'_>) {
        self.around.edit(&edit.before, &edit.after);
        self.waiting.push_back(Event::Edit(edit.into_owned(), None));
    }

    /// What is to wait for the edits before it.
    pub(crate) fn hold(&mut self, event: Event) {
        self.waiting.push_back(event);
    }

    /// Whether what comes next has to wait.
    pub(crate) fn waits(&self) -> bool {
        self.is_held || !self.waiting.is_empty()
    }

    /// The input has ended.
    pub(crate) fn end(&mut self) {
        self.around.end();
        self.is_held = false;
    }

    /// Messages about refused edits that there were not, of the reasons that count.
    pub(crate) fn stale(&self, name: &str, counts: impl Fn(Reason) -> bool) -> Vec<String> {
        self.refused.iter().flat_map(|refused| refused.stale(name, &self.seen, &counts)).collect()
    }

    /// What comes next and waits no longer. What is refused stays as it was.
    pub(crate) fn next(&mut self) -> Option<Event> {
        if self.is_held {
            return None;
        }
        let Event::Edit(_, None) = self.waiting.front()? else { return self.waiting.pop_front() };
        let key = self.around.next()?;
        let Some(Event::Edit(edit, _)) = self.waiting.pop_front() else { unreachable!("it was seen") };
        if !self.refused.as_ref().is_some_and(|refused| refused.has(key)) {
            return Some(Event::Edit(edit, Some(key)));
        }
        self.seen.insert(key);
        Some(Event::Kept(edit.before.into_owned()))
    }
}
