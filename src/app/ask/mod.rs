//! `--interactive`: asks about each edit of a file before any of it is written. [`shown`] is what there is to see of an edit,
//! [`terminal`] reads the answers.

mod shown;
mod terminal;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::Result;
use copydesk::{Edit, Reason};

use super::clean::Failure;
use super::interrupt::Stop;
use super::place::Locator;
use super::refused::{Event, Key, append, line};
use super::settings::Settings;
use shown::Shown;
use terminal::Terminal;

/// What is typed, and what it does.
const ANSWERS: [(char, &str); 9] = [
    ('y', "make this edit"),
    ('n', "do not make it"),
    ('a', "make this edit and all later ones in this file"),
    ('d', "make neither this edit nor any later one in this file"),
    ('A', "make this edit and every later one for this reason, in all files"),
    ('D', "make neither this edit nor any later one for this reason, in any file"),
    ('r', "do not make it, and add it to the list of --refused"),
    ('q', "quit: this file and those after it stay as they are"),
    ('?', "print help"),
];

/// Asks about the edits of a run, file by file.
pub(crate) struct Asker {
    terminal: Terminal,
    stop: Stop,
    colours: bool,
    /// The list to which edits may be added.
    list: Option<PathBuf>,
    /// Whether edits for a reason are made from now on.
    of_reason: HashMap<Reason, bool>,
    /// The same of all edits of the file at hand.
    of_file: Option<bool>,
    /// Edits of the file at hand that go to the list, and their lines.
    refused: HashSet<Key>,
    lines: String,
}

/// An edit, and what is said of it.
struct Question<'q> {
    edit: &'q Edit<'q>,
    key: Option<Key>,
    /// The file in a list of refused edits.
    listed: &'q Path,
    text: String,
}

impl Asker {
    pub(crate) fn new(settings: &Settings, stop: &Stop) -> Result<Self> {
        Ok(Self {
            terminal: Terminal::new(stop)?,
            stop: stop.clone(),
            colours: settings.colours.err,
            list: settings.refused.clone(),
            of_reason: HashMap::new(),
            of_file: None,
            refused: HashSet::new(),
            lines: String::new(),
        })
    }

    /// Asks about all that came of a file, and gives what is left of it; `listed`: the file's name in a list of refused edits.
    pub(crate) fn ask(&mut self, name: &str, listed: &Path, events: Vec<Event>) -> Result<Vec<Event>, Failure> {
        (self.of_file, self.refused, self.lines) = Default::default();
        let count = events.iter().filter(|event| matches!(event, Event::Edit(..))).count();
        let text: Vec<u8> = events.iter().flat_map(Event::before).copied().collect();
        let mut locator = Locator::default();
        let answered = events.into_iter().map(|event| {
            let Event::Edit(edit, key) = event else {
                locator.pass(event.before());
                return Ok(event);
            };
            let located = locator.locate(&edit);
            let shown = Shown { name, count, located: &located, text: &text, colours: self.colours };
            let question = Question { edit: &edit, key, listed, text: shown.to_string() };
            let is_made = self.known(&question).map_or_else(|| self.decide(&question), Ok)?;
            Ok(if is_made { Event::Edit(edit, key) } else { Event::Kept(edit.before.into_owned()) })
        });
        answered.collect()
    }

    /// The file is written: what is refused for ever goes to the list.
    pub(crate) fn written(&mut self) -> Result<()> {
        let lines = std::mem::take(&mut self.lines);
        self.list.as_ref().filter(|_| !lines.is_empty()).map_or(Ok(()), |list| append(list, &lines))
    }

    /// What follows from earlier answers.
    fn known(&self, question: &Question<'_>) -> Option<bool> {
        let of_reasons = || question.edit.reasons.iter().map(|reason| self.of_reason.get(reason).copied());
        let is_refused = question.key.is_some_and(|key| self.refused.contains(&key));
        match self.of_file {
            _ if is_refused || of_reasons().any(|made| made == Some(false)) => Some(false),
            None => of_reasons().all(|made| made == Some(true)).then_some(true),
            of_file => of_file,
        }
    }

    /// Asks until there is an answer. The end of the input is a wish to quit.
    fn decide(&mut self, question: &Question<'_>) -> Result<bool, Failure> {
        loop {
            let typed = self.terminal.ask(&question.text, &self.prompt());
            match typed.as_deref().map_or("q", str::trim) {
                "y" => return Ok(true),
                "n" => return Ok(false),
                "a" => return Ok(*self.of_file.insert(true)),
                "d" => return Ok(*self.of_file.insert(false)),
                "A" => return Ok(self.answer_for_reasons(question, true)),
                "D" => return Ok(self.answer_for_reasons(question, false)),
                "r" if self.list.is_some() => return Ok(self.refuse(question)),
                "q" => {
                    self.stop.quit();
                    return Err(Failure::Stopped);
                }
                _ => self.terminal.say(&self.help()),
            }
        }
    }

    fn answer_for_reasons(&mut self, question: &Question<'_>, is_made: bool) -> bool {
        self.of_reason.extend(question.edit.reasons.iter().map(|&reason| (reason, is_made)));
        is_made
    }

    fn refuse(&mut self, Question { edit, key, listed, .. }: &Question<'_>) -> bool {
        if let Some(key) = *key {
            self.refused.insert(key);
            self.lines += &line(key, &edit.reasons, listed);
        }
        false
    }

    /// The answers that can be given.
    fn answers(&self) -> impl Iterator<Item = &'static (char, &'static str)> + use<> {
        let has_list = self.list.is_some();
        ANSWERS.iter().filter(move |(letter, _)| *letter != 'r' || has_list)
    }

    fn prompt(&self) -> String {
        let letters: Vec<String> = self.answers().map(|(letter, _)| letter.to_string()).collect();
        let prompt = format!("Make this edit [{}]?", letters.join(","));
        if self.colours { format!("\x1b[1;34m{prompt}\x1b[0m ") } else { prompt + " " }
    }

    fn help(&self) -> String {
        self.answers().map(|(letter, help)| format!("{letter} - {help}\n")).collect()
    }
}
