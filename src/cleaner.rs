//! The cleaner: compiled options, shared by sessions.

use std::io::{self, Read, Write};
use std::sync::Arc;

use crate::document::assemble::Assembler;
use crate::document::language::Language;
use crate::document::layout::Strip;
use crate::options::{Lang, Marker, Options, OptionsError};
use crate::pipeline::Pipeline;
use crate::rules::Stage;
use crate::scope::Switches;
use crate::script::{Cleaned, WriteSink};
use crate::session::Session;
use crate::stages::ignore::Ignored;
use crate::stages::markers::stage::MarkersStage;
use crate::stages::markers::{MarkerPattern, Markers};
use crate::stages::titles::stage::TitlesStage;
use crate::stages::truncation::stage::TruncationStage;
use crate::stages::truncation::{Truncated, is_mark};
use crate::stages::usa::stage::UsaStage;
use crate::stages::{ActiveStage, usa::Usa};

/// Cleans texts. Made of [`Options`]. Threads may share it, and a clone is cheap: it shares what was compiled.
#[derive(Clone, Debug)]
pub struct Cleaner {
    switches: Switches,
    markers: Arc<Markers>,
    usa: Arc<Usa>,
    truncated: Truncated,
    mark: Arc<str>,
    ignored: Ignored,
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
        let ignored = options.ignored.into_iter().map(Marker::compiled).collect::<Result<Vec<_>, _>>()?;
        let ignored = Ignored::new(ignored.iter().map(MarkerPattern::regex));
        let markers = options.markers.into_iter().map(Marker::compiled).collect::<Result<_, _>>()?;
        let headlines = options.usa_headlines.unwrap_or(options.usa_style);
        let usa = Usa::new(options.usa_style, headlines, &options.protected, options.switches)?;
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

    /// The line between two documents of a stream, without its ending: see [`Options::separator`].
    pub fn separator(&self) -> Option<&[u8]> {
        self.separator.as_deref()
    }

    /// Cleans a text.
    pub fn clean(&self, text: &str) -> Cleaned {
        let Cleaned { text, edits, notes } = self.clean_bytes(text.as_bytes());
        Cleaned { text: String::from_utf8(text).expect("edits replace whole chars by whole chars"), edits, notes }
    }

    /// Cleans bytes: those that are no valid UTF-8 stay as they are, and the text around them is cleaned.
    pub fn clean_bytes(&self, bytes: &[u8]) -> Cleaned<Vec<u8>> {
        let mut out = Cleaned::default();
        let mut session = self.session();
        session.push(bytes, &mut out).and_then(|()| session.finish(&mut out)).expect("memory takes everything");
        out
    }

    /// Cleans what a reader gives, up to its end, in bounded memory, and writes the output.
    ///
    /// # Errors
    /// The reader's or the writer's. What was written before it is the start of the output.
    ///
    /// ```no_run
    /// use std::io::{BufWriter, stdin, stdout};
    ///
    /// copydesk::Cleaner::default().clean_to(stdin(), BufWriter::new(stdout()))?;
    /// # std::io::Result::Ok(())
    /// ```
    pub fn clean_to(&self, mut reader: impl Read, writer: impl Write) -> io::Result<()> {
        let mut out = WriteSink(writer);
        let mut session = self.session();
        while session.read_from(&mut reader, &mut out)? > 0 {}
        session.finish(&mut out)?;
        out.0.flush()
    }

    /// Begins a stream. The session is independent of the cleaner and can be moved to another thread.
    pub fn session(&self) -> Session {
        let stages = Stage::ALL.iter().filter(|&&s| self.switches.any(s));
        let stages = stages.map(|&s| self.stage(s)).collect();
        let markers = self.switches.any(Stage::Markers).then(|| Arc::clone(&self.markers) as Arc<dyn Strip>);
        Session::new(
            Assembler::new(self.separator.clone(), markers, self.markdown),
            Pipeline::new(stages, self.separator.clone(), self.language(), self.ignored.clone(), self.all_candidates),
        )
    }

    fn language(&self) -> Language {
        let asks = [Stage::Truncation, Stage::Usa].iter().any(|&stage| self.switches.any(stage));
        Language::new(self.lang == Lang::English || !asks)
    }

    fn stage(&self, stage: Stage) -> Box<dyn ActiveStage> {
        match stage {
            Stage::Markers => Box::new(MarkersStage::new(Arc::clone(&self.markers))),
            Stage::Titles => Box::new(TitlesStage::new(self.switches)),
            Stage::Truncation => Box::new(TruncationStage::new(self.truncated, Arc::clone(&self.mark), self.switches)),
            Stage::Usa => Box::new(UsaStage::new(Arc::clone(&self.usa))),
        }
    }
}
