//! The cleaner: compiled options, shared by sessions.

use std::io;
use std::sync::Arc;

use crate::document::assemble::Assembler;
use crate::document::language::Language;
use crate::document::layout::Strip;
use crate::options::{Lang, Marker, Options, OptionsError};
use crate::pipeline::Pipeline;
use crate::rules::Stage;
use crate::scope::Switches;
use crate::script::{Edit, Note, Receiver};
use crate::session::Session;
use crate::stages::markers::stage::MarkersStage;
use crate::stages::markers::{MarkerPattern, Markers};
use crate::stages::titles::stage::TitlesStage;
use crate::stages::truncation::stage::TruncationStage;
use crate::stages::truncation::{Truncated, is_mark};
use crate::stages::usa::stage::UsaStage;
use crate::stages::{Run, usa::Usa};

/// Cleans texts. Made of [`Options`]; may be shared by threads.
#[derive(Clone, Debug)]
pub struct Cleaner {
    switches: Switches,
    markers: Arc<Markers>,
    usa: Arc<Usa>,
    truncated: Truncated,
    mark: Arc<str>,
    ignored: Arc<[MarkerPattern]>,
    lang: Lang,
    markdown: bool,
    separator: Option<Vec<u8>>,
    all_candidates: bool,
}

impl Options {
    /// Makes the cleaner.
    ///
    /// # Errors
    /// A pattern is no regular expression, can match nothing or is too large; a protected name holds no form of the
    /// country's name; the mark is no mark; the separator is empty or holds a line's end.
    pub fn build(self) -> Result<Cleaner, OptionsError> {
        Cleaner::new(self)
    }
}

impl Default for Cleaner {
    /// Every stage, with its default settings.
    fn default() -> Self {
        Options::default().build().expect("the default options are valid")
    }
}

impl Cleaner {
    pub(crate) fn new(options: Options) -> Result<Self, OptionsError> {
        if options.separator.as_ref().is_some_and(|s| s.is_empty() || s.contains(&b'\n') || s.ends_with(b"\r")) {
            return Err(OptionsError::Separator);
        }
        let mark = options.mark.as_deref().unwrap_or(Options::MARK);
        if !is_mark(mark) {
            return Err(OptionsError::Mark(mark.to_owned()));
        }
        let ignored = options.ignored.into_iter().map(Marker::compiled).collect::<Result<_, _>>()?;
        let markers = options.markers.into_iter().map(Marker::compiled).collect::<Result<_, _>>()?;
        let headlines = options.usa_headlines.unwrap_or(options.usa_style);
        let usa = Usa::new(options.usa_style, headlines, &options.protected, options.switches)
            .map_err(|e| OptionsError::Protect(e.to_string()))?;
        Ok(Self {
            switches: options.switches,
            markers: Arc::new(Markers::with(markers, options.switches)),
            usa: Arc::new(usa),
            truncated: options.truncated,
            mark: mark.into(),
            ignored,
            lang: options.lang,
            markdown: options.markdown,
            separator: options.separator,
            all_candidates: options.all_candidates,
        })
    }

    /// Cleans a text.
    pub fn clean(&self, text: &str) -> Cleaned {
        let collected = self.clean_bytes(text.as_bytes());
        // Edits replace whole chars by whole chars.
        let text =
            String::from_utf8(collected.output).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
        Cleaned { text, edits: collected.edits, notes: collected.notes }
    }

    /// Cleans bytes: those that are no valid UTF-8 stay as they are, and the text around them is cleaned.
    pub fn clean_bytes(&self, bytes: &[u8]) -> Collector {
        let mut out = Collector::default();
        let mut session = self.session();
        session.push(bytes, &mut out).and_then(|()| session.finish(&mut out)).expect("a collector takes everything");
        out
    }

    /// Begins a stream.
    pub fn session(&self) -> Session {
        let stages = Stage::ALL.iter().filter(|&&s| self.switches.any(s));
        let stages = stages.map(|&s| self.stage(s)).collect();
        let markers = self.switches.any(Stage::Markers).then(|| Arc::clone(&self.markers) as Arc<dyn Strip>);
        Session::new(
            Assembler::new(self.separator.clone(), markers, self.markdown),
            Pipeline::new(
                stages,
                self.separator.clone(),
                self.language(),
                Arc::clone(&self.ignored),
                self.all_candidates,
            ),
        )
    }

    fn language(&self) -> Language {
        let asks = [Stage::Truncation, Stage::Usa].iter().any(|&stage| self.switches.any(stage));
        Language::new(self.lang == Lang::English || !asks)
    }

    fn stage(&self, stage: Stage) -> Box<dyn Run> {
        match stage {
            Stage::Markers => Box::new(MarkersStage::new(Arc::clone(&self.markers))),
            Stage::Titles => Box::new(TitlesStage::new(self.switches)),
            Stage::Truncation => Box::new(TruncationStage::new(self.truncated, Arc::clone(&self.mark), self.switches)),
            Stage::Usa => Box::new(UsaStage::new(Arc::clone(&self.usa))),
        }
    }
}

/// A cleaned text and what was done to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// The output.
    pub text: String,
    /// Every edit, in the input's order. With the output they give the input back: [`restore`](crate::restore).
    pub edits: Vec<Edit<'static>>,
    /// What was seen and left.
    pub notes: Vec<Note>,
}

/// A receiver that keeps everything in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collector {
    /// The output so far, in bytes.
    pub output: Vec<u8>,
    /// Every edit, in the input's order.
    pub edits: Vec<Edit<'static>>,
    /// What was seen and left.
    pub notes: Vec<Note>,
}

impl Receiver for Collector {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.output.extend_from_slice(bytes);
        Ok(())
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        self.output.extend_from_slice(&edit.after);
        self.edits.push(edit.into_owned());
        Ok(())
    }

    fn note(&mut self, note: Note) -> io::Result<()> {
        self.notes.push(note);
        Ok(())
    }
}
