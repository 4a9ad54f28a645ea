//! One file: read, cleaned, and printed or written as the run's mode wants it.

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result, anyhow};
use copydesk::records::Records;
use copydesk::{Edit, EditSink};

use super::diff::Diff;
use super::held::Held;
use super::hunk::Style;
use super::list::Source;
use super::out_dir::OutDir;
use super::write::{Original, Writer};
use crate::app::ask::Asker;
use crate::app::clean::{Ask, Failure, Report, Reporter, Sink, clean};
use crate::app::cleaners::{Cleaners, file};
use crate::app::edits::{Log, Logs, Recorder, Rest, Turn, Undone, undo};
use crate::app::explain::explain;
use crate::app::formats::Format;
use crate::app::input::Input;
use crate::app::interrupt::Stop;
use crate::app::refused::Filter;
use crate::app::report::{self, visible};
use crate::app::review::Article;
use crate::app::settings::{Mode, Settings};
use crate::app::stats::Stats;

/// Bytes of a file's texts that wait in memory until it is their turn; the rest waits on the disk.
const HELD: usize = 128 * 1024;

/// What every file of a run is cleaned with.
pub(crate) struct Job<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) cleaners: &'a Cleaners,
    pub(crate) out_dir: Option<&'a OutDir>,
    pub(crate) writer: &'a Writer<'a>,
    pub(crate) log: Option<&'a Log>,
    pub(crate) undo: Option<&'a Logs>,
    /// Who asks about edits; one thread does then.
    pub(crate) asker: Option<&'a Mutex<Asker>>,
    pub(crate) stop: &'a Stop,
    /// For each file that has parts.
    pub(crate) threads: NonZeroUsize,
}

/// How it went with one file.
pub(crate) enum End {
    Clean,
    /// There were edits.
    Changed,
    /// It is no text, and nobody named it; or it is no article.
    Skipped(anyhow::Error),
    /// It is no article, and nobody named it.
    LeftOut(String),
    Failed(anyhow::Error),
    /// The run is to end.
    Stopped,
}

/// What there is to say of a file, to be printed when it is its turn.
pub(crate) struct Outcome {
    pub(crate) end: End,
    pub(crate) stats: Stats,
    /// For stdout.
    pub(crate) out: Held,
    /// For stderr.
    pub(crate) err: Held,
    /// For the page of the edits, and how many it shows.
    pub(crate) page: Held,
    pub(crate) shown: u64,
}

/// A file in the making.
struct Task<'a> {
    source: &'a Source,
    /// What is cleaned of it, if it is no text.
    records: Option<Records>,
    outcome: Outcome,
    /// Its part of the log, if there is one.
    turn: Option<Turn<'a>>,
}

impl Job<'_> {
    /// Whether no other file is to be begun.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.is_set() || self.log.is_some_and(Log::has_failed)
    }

    /// `i`: its number among the files of the run.
    pub(crate) fn run(&self, i: usize, source: &Source) -> Outcome {
        let turn = self.log.map(|log| log.turn(i));
        let mut task = Task { source, records: None, outcome: Outcome::new(End::Clean), turn };
        match self.attempt(&mut task) {
            Ok(end @ (End::Clean | End::Changed)) => match record(&mut task.turn, false) {
                Ok(()) => Outcome { end, ..task.outcome },
                Err(error) => Outcome::new(End::Failed(error)),
            },
            Ok(end) => Outcome::new(end),
            // What was found until then is not done.
            Err(error) => Outcome::new(End::Failed(error)),
        }
    }

    fn attempt(&self, task: &mut Task<'_>) -> Result<End> {
        let input = match self.take(self.cleaners.open(&task.source.path)?) {
            Err(error) if task.source.found => return Ok(End::Skipped(error)),
            input => input?,
        };
        if self.undo.is_none() {
            task.records = self.cleaners.records(&task.source.path, &input, self.settings, task.source.found);
            let refusal = || self.cleaners.refusal(&task.source.path, &input, self.settings);
            if let Some(refusal) = if task.records.is_none() { refusal() } else { None } {
                return Ok(task.source.left_alone(anyhow!(refusal)));
            }
        }
        match self.settings.mode {
            Mode::Diff => self.diff(task, input),
            Mode::Write | Mode::OutDir(_) => self.write(task, input),
            Mode::Check | Mode::Print => self.check(task, input),
        }
    }

    /// Refuses what is not for this run.
    fn take(&self, input: Input) -> Result<Input> {
        match self.undo {
            None => input.text()?.not_at(self.log.and_then(|log| log.place)),
            Some(_) => Ok(input),
        }
    }

    fn check(&self, task: &mut Task<'_>, mut input: Input) -> Result<End> {
        if input.is_empty() && file(&task.source.path).is_none() {
            report::say(&mut task.outcome.err, "stdin is empty: nothing was checked")?;
        }
        let end = self.clean(task, &mut input, &mut Nowhere)?;
        if matches!(end, End::Changed) && self.settings.output == Format::Names {
            writeln!(task.outcome.out, "{}", visible(input.name.as_bytes()))?;
        }
        Ok(end)
    }

    fn diff(&self, task: &mut Task<'_>, mut input: Input) -> Result<End> {
        let mut out = std::mem::replace(&mut task.outcome.out, Held::new(0));
        let name = file(&task.source.path).map_or(input.name.as_bytes(), |path| path.as_os_str().as_encoded_bytes());
        let style = Style { colours: self.settings.colours.out, on_screen: self.settings.on_screen };
        let mut diff = Diff::new(name, style, &mut out);
        let end = self.clean(task, &mut input, &mut diff)?;
        diff.finish().with_context(|| format!("cannot show {}", input.name))?;
        task.outcome.out = out;
        Ok(end)
    }

    fn write(&self, task: &mut Task<'_>, mut input: Input) -> Result<End> {
        let context = format!("cannot write {}", input.name);
        let (file, was) = input.file.take().with_context(|| format!("{context}: it is no regular file"))?;
        let original = Original { file, was, compression: input.compression };
        let target = self.out_dir.map(|out| out.target(&task.source.relative));
        let rewrite = match self.out_dir.zip(target.as_ref()) {
            Some((out, target)) => self.writer.copy(&task.source.real, original, target, out.root()),
            None => Ok(self.writer.in_place(&task.source.real, original)),
        };
        let mut rewrite = rewrite.with_context(|| context.clone())?;
        let end = self.clean(task, &mut input, &mut rewrite)?;
        if !matches!(end, End::Stopped) {
            let in_place = self.out_dir.is_none();
            rewrite.finish(|| record(&mut task.turn, in_place)).context(context)?;
            self.asker.map_or(Ok(()), |asker| locked(asker).written())?;
        }
        Ok(end)
    }

    /// Cleans an input into a sink, and keeps what there is to say of it.
    fn clean(&self, task: &mut Task<'_>, input: &mut Input, sink: &mut dyn Sink) -> Result<End> {
        let Task { source, records, outcome, turn } = task;
        let name = input.name.clone();
        let Outcome { out, err, page, shown, .. } = outcome;
        let path = file(&source.path).unwrap_or(Path::new(&name));
        let list = self.settings.listing().report(&name, path, self.settings.colours.out, out);
        let mut article = self.settings.review.as_ref().map(|_| Article::new(page, shown));
        let shown = article.take_if(|_| self.undo.is_none()).map(|article| Box::new(article) as Box<dyn Report>);
        let reports = explain(&name, self.settings, err).into_iter().chain(list).chain(shown);
        let mut recorder = turn.as_mut().map(|turn| Recorder::new(&source.path, turn));
        let (filter, ask) = (self.filter(source)?, self.asker.map(|asker| self.ask(asker, source, &name)));
        let mut reporter =
            Reporter::new(sink, reports, recorder.take_if(|_| self.undo.is_none())).filter(filter).ask(ask);
        let mut undone = Undone::default();
        let result = match self.undo {
            Some(logs) => {
                undo(logs, &source.path, input, &mut reporter, Rest { recorder, article }).map(|done| undone = done)
            }
            None => {
                let cleaner = self.cleaners.cleaner_for(&source.path)?;
                clean(&cleaner, records.as_ref(), input, self.threads, &mut reporter, self.stop)
            }
        };
        let (seen, stats) = (std::mem::take(&mut reporter.records), std::mem::take(&mut reporter.stats));
        let filter = reporter.take_filter().filter(|_| result.is_ok());
        drop(reporter);
        outcome.stats = stats;
        if seen.lack_the_field() && outcome.stats.made == 0 && !self.settings.wants_records() {
            return Ok(source.left_alone(anyhow!("{name} has no field 'text': --field names another")));
        }
        if self.undo.is_some() && outcome.stats.made == 0 && self.settings.edits.is_none() {
            // All is as the log says.
            *turn = None;
        }
        let stale = filter.iter().flat_map(|filter| self.cleaners.stale(&source.path, &name, filter));
        for message in seen.messages(&name, outcome.stats.left).into_iter().chain(undone.messages(&name)).chain(stale) {
            report::say(&mut outcome.err, &message)?;
        }
        self.end(source, &name, result, outcome.stats.made > 0)
    }

    /// What goes before the reports.
    fn filter(&self, source: &Source) -> Result<Option<Filter>> {
        let wants_keys = self.settings.review.is_some() || self.asker.is_some();
        if self.undo.is_some() { Ok(None) } else { self.cleaners.filter(&source.path, wants_keys) }
    }

    fn ask<'s>(&'s self, asker: &'s Mutex<Asker>, source: &Source, name: &'s str) -> Ask<'s> {
        let listed = self.cleaners.listed(&source.path);
        Box::new(move |events| locked(asker).ask(name, &listed, events))
    }

    fn end(&self, source: &Source, name: &str, result: Result<(), Failure>, is_changed: bool) -> Result<End> {
        match result {
            Err(Failure::Columns(error)) if !self.settings.wants_records() => Ok(source.left_alone(error)),
            Err(Failure::Columns(error)) => Err(error),
            Ok(()) if is_changed => Ok(End::Changed),
            Ok(()) => Ok(End::Clean),
            Err(Failure::Stopped) => Ok(End::Stopped),
            Err(Failure::Input(error)) => Err(error),
            Err(Failure::Output(error) | Failure::Log(error)) if self.settings.mode.writes() => {
                Err(anyhow!("cannot write {name}: {error}"))
            }
            Err(Failure::Output(error) | Failure::Log(error)) => Err(anyhow!("cannot show {name}: {error}")),
        }
    }
}

impl Source {
    /// It is no article: an error only where nobody said that it is.
    fn left_alone(&self, why: anyhow::Error) -> End {
        if self.found { End::LeftOut(format!("{why:#}")) } else { End::Skipped(why) }
    }
}

impl Outcome {
    pub(crate) fn new(end: End) -> Self {
        Self {
            end,
            stats: Stats::default(),
            out: Held::new(HELD),
            err: Held::new(HELD),
            page: Held::new(HELD),
            shown: 0,
        }
    }
}

fn locked(asker: &Mutex<Asker>) -> MutexGuard<'_, Asker> {
    asker.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes the records of a file, if there is a log.
fn record(turn: &mut Option<Turn<'_>>, sync: bool) -> Result<()> {
    turn.as_mut().map_or(Ok(()), |turn| turn.write(sync))
}

/// Where the text goes when only the edits count.
struct Nowhere;

impl Sink for Nowhere {}

impl EditSink for Nowhere {
    fn keep(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn edit(&mut self, _: Edit<'_>) -> io::Result<()> {
        Ok(())
    }
}
