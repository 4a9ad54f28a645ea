//! Undoes the edits of a cleaned text: what comes out is compared with what the run had read.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use copydesk::{Edit, EditSink, restore_from};

use super::back::{Back, Logs};
use super::choice::Fate;
use super::read::Entry;
use super::record::{Recorder, Sum};
use crate::app::clean::{Failure, Report, Reporter};
use crate::app::files::Held;
use crate::app::input::Input;
use crate::app::place::{Located, Locator, Within};
use crate::app::refused::{Around, Key};
use crate::app::review::Article;

/// Bytes of a stream that wait in memory until all of it is known; the rest waits on the disk.
const HELD: usize = 1024 * 1024;

/// Who takes the edits that stay.
#[derive(Default)]
pub(crate) struct Rest<'a> {
    pub(crate) recorder: Option<Recorder<'a>>,
    pub(crate) article: Option<Article<'a>>,
}

/// What there is to say of an undo.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Undone {
    /// Edits that were put back whole, though they were made for other reasons as well.
    whole: u64,
    /// Refused edits that are not among those of the text.
    missing: u64,
}

impl Undone {
    pub(crate) fn messages(self, name: &str) -> impl Iterator<Item = String> {
        let number = |n: u64| if n == 1 { "1 edit was".to_owned() } else { format!("{n} edits were") };
        let (whole, missing) = (number(self.whole), number(self.missing));
        let whole = format!("{name}: {whole} made for other reasons as well, and put back whole");
        let missing = format!("{name}: {missing} refused that the log does not have, or no longer");
        [(self.whole, whole), (self.missing, missing)].into_iter().filter(|(n, _)| *n > 0).map(|(_, message)| message)
    }
}

/// Undoes what the runs did to a text, or what is chosen of it; the edits that stay go to `rest`. After a failure, what came out is of no use.
pub(crate) fn undo(
    logs: &Logs,
    path: &Path,
    input: &mut Input,
    out: &mut Reporter<'_>,
    rest: Rest<'_>,
) -> Result<Undone, Failure> {
    let name = input.name.clone();
    let (is, mut held) = looked_through(path, input).map_err(Failure::Input)?;
    let back = logs.back(path, &name, is).map_err(Failure::Input)?;
    let keys = (logs.choice.by_key().is_some() || rest.article.is_some()).then(|| -> Result<_> {
        let back = logs.back(path, &name, is)?;
        keys(&mut *again(path, input, &mut held)?, back).map_err(|error| cannot(&name, &error))
    });
    let keys = keys.transpose().map_err(Failure::Input)?.unwrap_or_default();
    let refused = logs.choice.by_key().map(|refused| refused.of(path));
    let reader: &mut dyn Read = match &mut held {
        Some(held) => held.reader().map_err(|error| Failure::Input(error.into()))?,
        None => input,
    };
    let next = Cell::default();
    let mut putter = Putter::new(out, rest, &next);
    let is_refused = |key: Option<Key>| refused.iter().flatten().any(|edits| key.is_some_and(|key| edits.has(key)));
    let result = putter.put_back(reader, back, &keys, |entry, key| match &refused {
        Some(_) if !is_refused(key) => Fate::Stays,
        _ => logs.choice.fate(entry),
    });
    let Putter { out, rest, whole, has_rest_failed, .. } = putter;
    result.map_err(|error| match error {
        error if has_rest_failed => Failure::Log(error),
        error if out.has_failed() => out.failure(error),
        error => Failure::Input(cannot(&name, &error)),
    })?;
    rest.end().map_err(Failure::Log)?;
    let missing = refused.flatten().map_or(0, |refused| refused.missing(&keys.into_iter().collect()));
    out.end().map(|()| Undone { whole, missing })
}

fn cannot(name: &str, error: &io::Error) -> anyhow::Error {
    match error.kind() {
        ErrorKind::InvalidData => anyhow!("cannot undo {name}: it is not the text that its log belongs to ({error})"),
        _ => anyhow!("cannot undo {name}: {error}"),
    }
}

/// The text once more, from its beginning.
fn again<'h>(path: &Path, input: &Input, held: &'h mut Option<Held>) -> Result<Box<dyn Read + 'h>> {
    Ok(match held {
        Some(held) => Box::new(held.reader()?),
        None => opened(path, input)?,
    })
}

/// A file from its beginning, as what is in it.
fn opened(path: &Path, input: &Input) -> Result<Box<dyn Read + Send>> {
    let file = File::open(path).with_context(|| format!("cannot read {}", input.name))?;
    Ok(match input.compression {
        Some(compression) => compression.decoder(file),
        None => Box::new(file),
    })
}

/// The keys of all edits, in their order: those of the log, in which edits beside them may be put back already, or as the text has them.
fn keys(reader: &mut dyn Read, back: Back<'_>) -> io::Result<Vec<Key>> {
    let mut around = Around::default();
    let mut known = Vec::new();
    let edits = back.entries.map(|entry| {
        let entry = entry?;
        known.push(entry.key);
        Ok(entry.edit)
    });
    restore_from(reader, edits, &mut Keys(&mut around))?;
    around.end();
    let found = std::iter::from_fn(|| around.next());
    Ok(known.into_iter().zip(found).map(|(known, found)| known.unwrap_or(found)).collect())
}

struct Keys<'a>(&'a mut Around);

impl EditSink for Keys<'_> {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.pass(bytes);
        Ok(())
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        self.0.edit(&edit.after, &edit.before);
        Ok(())
    }
}

/// The checksum of a text. A stream is held meanwhile, since it is read once.
fn looked_through(path: &Path, input: &mut Input) -> Result<(Sum, Option<Held>)> {
    if path.metadata().is_ok_and(|is| is.is_file()) {
        let sum = Sum::of(opened(path, input)?).with_context(|| format!("cannot read {}", input.name))?;
        return Ok((sum, None));
    }
    let (mut sum, mut held) = (Sum::default(), Held::new(HELD));
    let mut piece = vec![0; 64 * 1024];
    loop {
        match input.read(&mut piece) {
            Ok(0) => return Ok((sum, Some(held))),
            Ok(n) => {
                sum.add(&piece[..n]);
                held.write_all(&piece[..n])?;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error).with_context(|| format!("cannot read all of {}", input.name)),
        }
    }
}

impl Rest<'_> {
    fn kept(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(recorder) = &mut self.recorder {
            recorder.kept(bytes);
        }
        self.article.as_mut().map_or(Ok(()), |article| article.kept(bytes))
    }

    fn edit(&mut self, located: &Located<'_>) -> io::Result<()> {
        self.recorder.as_mut().map_or(Ok(()), |recorder| recorder.edit(located))?;
        self.article.as_mut().map_or(Ok(()), |article| article.edit(located))
    }

    fn end(mut self) -> io::Result<()> {
        self.recorder.as_mut().map_or(Ok(()), Recorder::end)?;
        self.article.as_mut().map_or(Ok(()), Report::end)
    }
}

/// Puts back what is chosen. All of the text is summed up as it was, whatever is chosen: so each edit is known to be right, and
/// with it every choice of them.
struct Putter<'a, 'r, 'l> {
    out: &'a mut Reporter<'r>,
    /// Takes the edits that stay.
    rest: Rest<'l>,
    has_rest_failed: bool,
    /// What the log says of the edit that comes next.
    next: &'a Cell<Option<Next>>,
    sum: Sum,
    /// Where it is in the text as it was.
    locator: Locator,
    whole: u64,
}

struct Next {
    fate: Fate,
    number: u64,
    within: Option<Within>,
    key: Option<Key>,
}

impl<'a, 'r, 'l> Putter<'a, 'r, 'l> {
    fn new(out: &'a mut Reporter<'r>, rest: Rest<'l>, next: &'a Cell<Option<Next>>) -> Self {
        let (sum, locator) = (Sum::default(), Locator::default());
        Self { out, rest, has_rest_failed: false, next, sum, locator, whole: 0 }
    }

    /// `keys`: those of the edits, if they count.
    fn put_back(
        &mut self,
        reader: &mut dyn Read,
        back: Back<'_>,
        keys: &[Key],
        fate: impl Fn(&Entry, Option<Key>) -> Fate,
    ) -> io::Result<()> {
        let next = self.next;
        let edits = back.entries.enumerate().map(|(i, entry)| {
            let entry = entry?;
            let key = keys.get(i).copied().or(entry.key);
            next.set(Some(Next { fate: fate(&entry, key), number: entry.number, within: entry.within, key }));
            Ok(entry.edit)
        });
        restore_from(reader, edits, self)?;
        if self.sum == back.input {
            Ok(())
        } else {
            Err(io::Error::new(ErrorKind::InvalidData, "what was kept of the input reads otherwise"))
        }
    }

    /// Bytes that the text had and has.
    fn pass(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.locator.pass(bytes);
        self.rest.kept(bytes).inspect_err(|_| self.has_rest_failed = true)
    }

    /// `edit` is made backwards.
    fn record(&mut self, edit: &Edit<'_>, next: &Next) -> io::Result<()> {
        let made = Edit::new(self.locator.offset, &*edit.after, &*edit.before, &*edit.reasons);
        let located =
            Located { number: next.number, within: next.within.as_ref(), key: next.key, ..self.locator.locate(&made) };
        self.rest.edit(&located).inspect_err(|_| self.has_rest_failed = true)
    }
}

impl EditSink for Putter<'_, '_, '_> {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sum.add(bytes);
        self.pass(bytes)?;
        self.out.keep(bytes)
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        self.sum.add(&edit.after);
        let next = self.next.take().expect("an edit is emitted when it was read");
        if next.fate == Fate::Stays {
            self.record(&edit, &next)?;
            return self.out.keep(&edit.before);
        }
        self.whole += u64::from(next.fate == Fate::GoesBackWhole);
        self.pass(&edit.after)?;
        self.out.edit(edit)
    }
}

#[cfg(test)]
mod tests {
    use std::ops::RangeInclusive;

    use copydesk::restore;
    use proptest::prelude::*;

    use super::super::choice::Choice;
    use super::super::compose::tests::edited;
    use super::super::record::{Record, Sums, parse};
    use super::*;

    /// What comes out if the edits with these numbers are put back, and the lines for those that stay.
    fn put_back(now: &[u8], was: &[u8], entries: &[Entry], numbers: &[u64]) -> (Vec<u8>, Vec<u8>) {
        // None at all is a choice, too.
        let numbers: Vec<RangeInclusive<u64>> = numbers.iter().chain(&[u64::MAX]).map(|&n| n..=n).collect();
        let choice = Choice::new(&[], &numbers, &[]).expect("there are no patterns");
        let (mut text, mut lines) = (Vec::new(), Vec::new());
        let mut out = Reporter::new(&mut text, [], None);
        let rest = Rest { recorder: Some(Recorder::new(Path::new("a"), &mut lines)), article: None };
        let back = Back {
            input: Sum::of(was).expect("memory gives everything"),
            entries: Box::new(entries.iter().cloned().map(Ok)),
        };
        let next = Cell::default();
        let mut putter = Putter::new(&mut out, rest, &next);
        putter.put_back(&mut &now[..], back, &[], |entry, _| choice.fate(entry)).expect("they belong together");
        putter.rest.end().expect("memory takes everything");
        drop(out);
        (text, lines)
    }

    /// Entries and sums of lines.
    fn read(lines: &[u8]) -> (Vec<Entry>, Option<Sums>) {
        let (mut entries, mut sums) = (Vec::new(), None);
        for line in lines.split_inclusive(|&byte| byte == b'\n') {
            match parse(line).expect("it was recorded") {
                (file, Record::Edit { edit, number, within, key }) => {
                    entries.push(Entry { file, number, edit, within, key });
                }
                (_, Record::End(end)) => sums = Some(end),
            }
        }
        (entries, sums)
    }

    /// The text with some of the edits.
    fn with(text: &[u8], entries: &[Entry], mut has: impl FnMut(u64) -> bool) -> Vec<u8> {
        let (mut out, mut at) = (Vec::new(), 0);
        for Entry { number, edit, .. } in entries {
            let start = edit.start as usize;
            out.extend_from_slice(&text[at..start]);
            out.extend_from_slice(if has(*number) { &edit.after } else { &edit.before });
            at = start + edit.before.len();
        }
        out.extend_from_slice(&text[at..]);
        out
    }

    proptest! {
        /// What some edits did comes back, then what some of the others did: each text is the one that they never touched.
        #[test]
        fn a_choice_is_put_back_and_the_rest_stays(
            text in prop::collection::vec(b'a'..b'e', 0..40),
            made in prop::collection::vec((0..4_usize, 0..5_usize, prop::collection::vec(b'A'..b'E', 0..5)), 0..9),
            first in prop::collection::vec(1..9_u64, 0..6),
            second in prop::collection::vec(1..9_u64, 0..6),
        ) {
            let (now, entries) = edited(&text, &made);
            let (once, lines) = put_back(&now, &text, &entries, &first);
            prop_assert_eq!(&once, &with(&text, &entries, |n| !first.contains(&n)));
            let (rest, sums) = read(&lines);
            let is_left: Vec<Entry> = entries.iter().filter(|e| !first.contains(&e.number)).cloned().collect();
            prop_assert_eq!(&rest, &is_left);
            let sum = |text: &[u8]| Sum::of(text).expect("memory gives everything");
            prop_assert_eq!(sums, Some(Sums { input: sum(&text), output: sum(&once) }));
            let (twice, lines) = put_back(&once, &text, &rest, &second);
            prop_assert_eq!(&twice, &with(&text, &entries, |n| !first.contains(&n) && !second.contains(&n)));
            let edits: Vec<Edit<'_>> = read(&lines).0.into_iter().map(|entry| entry.edit).collect();
            prop_assert_eq!(restore(&twice, &edits).expect("they belong together"), text);
        }
    }
}
