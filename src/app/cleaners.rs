//! Which cleaner a file gets, and which files are left alone.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use copydesk::records::{RecordFormat, Records};
use copydesk::{Cleaner, Stage};

use super::args::InputFormat;
use super::config::Configuration;
use super::input::Input;
use super::refused::Filter;
use super::settings::Settings;
use super::sniff;

/// The name of stdin, as it is typed.
pub(crate) const STDIN: &str = "-";

/// What is typed is a file's path; `None`: it is stdin.
pub(crate) fn file(typed: &Path) -> Option<&Path> {
    (typed.as_os_str() != STDIN).then_some(typed)
}

/// The cleaners of a run; shared by its threads.
#[derive(Debug)]
pub(crate) struct Cleaners {
    configuration: Configuration,
    /// The file as which stdin is treated.
    stdin: Option<PathBuf>,
}

impl Cleaners {
    pub(crate) fn new(configuration: Configuration, stdin: Option<PathBuf>) -> Self {
        Self { configuration, stdin }
    }

    /// Opens what was typed, under the name that it is to have.
    pub(crate) fn open(&self, path: &Path) -> Result<Input> {
        let input = Input::open(path)?;
        Ok(match &self.stdin {
            Some(name) if path.as_os_str() == STDIN => input.named(name),
            _ => input,
        })
    }

    /// The path by which what was typed is configured.
    fn file<'a>(&'a self, typed: &'a Path) -> Option<&'a Path> {
        file(typed).or(self.stdin.as_deref())
    }

    /// The cleaner for a file; [`STDIN`] is stdin.
    ///
    /// # Errors
    /// The file's configuration can't be used, or an option can't.
    pub(crate) fn cleaner_for(&self, path: &Path) -> Result<Arc<Cleaner>> {
        self.configuration.cleaner(self.file(path))
    }

    /// What keeps edits of a file from being made; `None`: nothing does, and nobody wants to know their keys.
    ///
    /// # Errors
    /// As [`Self::cleaner_for`].
    pub(crate) fn filter(&self, path: &Path, wants_keys: bool) -> Result<Option<Filter>> {
        let list = self.configuration.refused(self.file(path))?;
        let refused = list.and_then(|list| list.of(self.file(path).unwrap_or(path)));
        Ok((wants_keys || refused.is_some()).then(|| Filter::new(refused)))
    }

    /// How a list of refused edits names a file.
    pub(crate) fn listed(&self, path: &Path) -> PathBuf {
        let list = self.configuration.refused(self.file(path)).ok().flatten();
        list.map_or_else(|| path.to_owned(), |list| list.name_of(path))
    }

    /// Messages about refused edits that a whole file did not have, of the reasons that were looked for.
    pub(crate) fn stale(&self, path: &Path, name: &str, filter: &Filter) -> Vec<String> {
        let scopes = self.configuration.settings(self.file(path)).map_or(Vec::new(), |own| own.options().scopes());
        filter.stale(name, |reason| scopes.iter().any(|scope| scope.covers(reason)))
    }

    /// How an input is read whose fields are to be cleaned; `None`: it is a text. `found`: in a directory, where files of records
    /// are taken only if they are asked for.
    pub(crate) fn records(&self, path: &Path, input: &Input, settings: &Settings, found: bool) -> Option<Records> {
        let is_meant = || settings.wants_records() || !found && self.takes_fields(path);
        let named = || sniff::records_by_name(input.inner_name()).filter(|_| is_meant());
        let format = match settings.format {
            None => named()?,
            Some(InputFormat::Text) => return None,
            Some(InputFormat::JsonLines) => RecordFormat::JsonLines,
            Some(InputFormat::Csv) => RecordFormat::Csv,
            Some(InputFormat::Tsv) => RecordFormat::Tsv,
        };
        let fields =
            if settings.fields.is_empty() { vec!["text"] } else { settings.fields.iter().map(|f| &**f).collect() };
        let records = Records::new(format, fields);
        Some(match &settings.title_field {
            Some(name) => records.title_field(name),
            None => records,
        })
    }

    /// Whether a file of records is not cleaned as a text: that is done where only markers are looked for and no field is named.
    fn takes_fields(&self, path: &Path) -> bool {
        self.configuration.settings(self.file(path)).map_or(true, |own| own.runs_beside(Stage::Markers))
    }

    /// Why an input is left alone: it is structured, nobody says that it is text, and not only markers are looked for.
    pub(crate) fn refusal(&self, path: &Path, input: &Input, settings: &Settings) -> Option<String> {
        let what = input.structure().filter(|_| settings.format.is_none())?;
        let own = self.configuration.settings(self.file(path));
        let is_refused = own.is_ok_and(|own| own.runs_beside(Stage::Markers));
        let fields = match what {
            "JSON" => "--input-format jsonl cleans a field of each record, ",
            "CSV" => "--input-format csv cleans a column, ",
            "TSV" => "--input-format tsv cleans a column, ",
            _ => "",
        };
        is_refused.then(|| {
            format!("{} is {what}, no article: {fields}--input-format text cleans it all the same", input.name)
        })
    }

    /// Makes sure that there is a cleaner for every file, before one of them is written.
    ///
    /// # Errors
    /// As [`Self::cleaner_for`].
    pub(crate) fn check<'a>(&self, mut paths: impl Iterator<Item = &'a Path>) -> Result<()> {
        paths.try_for_each(|path| self.cleaner_for(path).map(drop))
    }

    /// Whether the file's configuration includes it by a pattern that counts; `None`: it has nothing to say of that.
    ///
    /// # Errors
    /// As [`Self::cleaner_for`].
    pub(crate) fn is_included(&self, path: &Path, counts: impl Fn(&str) -> bool) -> Result<Option<bool>> {
        self.configuration.includes(path, counts)
    }

    /// Whether a file stays as it is, even where it is named. Where the configuration can't be used, [`Self::cleaner_for`]
    /// says what is wrong.
    pub(crate) fn is_excluded(&self, path: &Path) -> bool {
        self.file(path).is_some_and(|path| self.configuration.excludes(path).is_ok_and(|origin| origin.is_some()))
    }
}
