//! The class `Cleaner`.

use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use copydesk::Cleaned;
use pyo3::exceptions::{PyTypeError, PyUnicodeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyString, PyTuple};

use crate::arrow::ArrowData;
use crate::settings::{Settings, string, strings};
use crate::text::Text;
use crate::{batch, edits, output};

/// Cleans texts. It is made once, of the options of the command line, and may be used from any thread, copied and pickled.
///
/// >>> from copydesk import Cleaner
/// >>> cleaner = Cleaner(only="usa", usa_style="US")
/// >>> cleaner.clean("Ships sail to the USA every week.")
/// 'Ships sail to the US every week.'
///
/// Every option has the name and the meaning of the program's.
///
/// only, skip, enable
///     Stages (markers, titles, truncation, usa), rules or reasons: those that run and no other, those that do not, and those
///     that run beside the others. `copydesk.rules()` has their names.
/// usa_style
///     How the country is written: "U.S." (the default), "US" or "USA".
/// usa_headlines
///     The same for titles and headings, where they are to differ.
/// truncated
///     What becomes of a sentence that was cut off: "ellipsis" (the default), "drop" or "keep".
/// mark
///     What marks a cut, " …" by default.
/// protect
///     Names that keep their form of the country's name.
/// marker, ignore_regex
///     Regular expressions, in the syntax of Rust's regex crate: what stage markers strips as well, and what no stage touches.
/// lang
///     "auto" (the default) judges which paragraphs are English, "en" says that all are.
/// separator
///     The line between two documents, where one text holds several.
/// markdown
///     Whether the texts are Markdown: what is indented is code there.
///
/// Raises ValueError for a value that an option does not take; the message names the option and what it takes.
#[pyclass(module = "copydesk", frozen)]
pub(crate) struct Cleaner {
    settings: Settings,
    cleaner: copydesk::Cleaner,
}

#[pymethods]
impl Cleaner {
    #[new]
    #[pyo3(signature = (*, only=None, skip=None, enable=None, usa_style=None, usa_headlines=None, truncated=None, mark=None,
        protect=None, marker=None, ignore_regex=None, lang=None, separator=None, markdown=false))]
    #[allow(clippy::too_many_arguments, reason = "they are Python's keyword arguments")]
    fn new(
        only: Option<&Bound<'_, PyAny>>,
        skip: Option<&Bound<'_, PyAny>>,
        enable: Option<&Bound<'_, PyAny>>,
        usa_style: Option<&Bound<'_, PyAny>>,
        usa_headlines: Option<&Bound<'_, PyAny>>,
        truncated: Option<&Bound<'_, PyAny>>,
        mark: Option<&Bound<'_, PyAny>>,
        protect: Option<&Bound<'_, PyAny>>,
        marker: Option<&Bound<'_, PyAny>>,
        ignore_regex: Option<&Bound<'_, PyAny>>,
        lang: Option<&Bound<'_, PyAny>>,
        separator: Option<&Bound<'_, PyAny>>,
        markdown: bool,
    ) -> PyResult<Self> {
        let settings = Settings {
            only: strings("only", only)?,
            skip: strings("skip", skip)?.unwrap_or_default(),
            enable: strings("enable", enable)?.unwrap_or_default(),
            usa_style: string("usa_style", usa_style)?,
            usa_headlines: string("usa_headlines", usa_headlines)?,
            truncated: string("truncated", truncated)?,
            mark: string("mark", mark)?,
            protect: strings("protect", protect)?.unwrap_or_default(),
            marker: strings("marker", marker)?.unwrap_or_default(),
            ignore_regex: strings("ignore_regex", ignore_regex)?.unwrap_or_default(),
            lang: string("lang", lang)?,
            separator: string("separator", separator)?,
            markdown,
        };
        Ok(Self { cleaner: settings.cleaner()?, settings })
    }

    /// The cleaned text, of the type that came: str or bytes. Bytes that are no valid UTF-8 stay as they are. A text without
    /// an edit is returned itself, not a copy.
    ///
    /// >>> Cleaner().clean("Ships sail to the USA.")
    /// 'Ships sail to the U.S.'
    /// >>> Cleaner().clean(b"Ships sail to the USA.")
    /// b'Ships sail to the U.S.'
    fn clean<'py>(&self, py: Python<'py>, text: Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let given = Text::of(&text)?;
        let cleaned = py.detach(|| output::clean(&mut self.cleaner.session(), given.as_bytes(), check_signals))?;
        cleaned.map_or(Ok(text), |bytes| given.like(py, &bytes))
    }

    /// What `clean` would change, in the text's order, with offsets in the text: code points of a str, bytes of bytes.
    ///
    /// >>> [edit] = Cleaner().edits("Ships sail to the USA.")
    /// >>> edit.start, edit.end, edit.before, edit.after, edit.rule, edit.reason
    /// (18, 22, 'USA.', 'U.S.', 'country-name', 'country-form')
    fn edits<'py>(&self, py: Python<'py>, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        let given = Text::of(text)?;
        edits::list(py, &given, &self.cleaned(py, &given)?)
    }

    /// The cleaned text and its edits, in one go. `copydesk.undo` gives the text back by both.
    ///
    /// >>> cleaned, edits = Cleaner().clean_with_edits("Ships sail to the USA.")
    /// >>> copydesk.undo(cleaned, edits)
    /// 'Ships sail to the USA.'
    fn clean_with_edits<'py>(
        &self,
        py: Python<'py>,
        text: &Bound<'py, PyAny>,
    ) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyList>)> {
        let given = Text::of(text)?;
        let cleaned = self.cleaned(py, &given)?;
        let output = if cleaned.edits.is_empty() { text.clone() } else { given.like(py, &cleaned.text)? };
        Ok((output, edits::list(py, &given, &cleaned)?))
    }

    /// Each text cleaned as a document of its own, in a list: str, bytes, or None, which stays None. All cores work unless
    /// `threads` says how many; the GIL is released meanwhile, and Ctrl-C is heard.
    ///
    /// >>> Cleaner().clean_many(["Ships sail to the USA.", None, b"The US Senate met."])
    /// ['Ships sail to the U.S.', None, b'The U.S. Senate met.']
    #[pyo3(signature = (texts, *, threads=None))]
    fn clean_many<'py>(
        &self,
        py: Python<'py>,
        texts: &Bound<'py, PyAny>,
        threads: Option<isize>,
    ) -> PyResult<Bound<'py, PyList>> {
        let threads = batch::threads(threads)?;
        let mut values = values(texts)?;
        let given = values.iter().enumerate().map(item).collect::<PyResult<Vec<_>>>()?;
        let bytes: Vec<_> = given.iter().map(|text| text.as_ref().map(Text::as_bytes)).collect();
        for (at, text) in batch::clean(py, &self.cleaner, &bytes, threads)? {
            if let Some(given) = &given[at] {
                values[at] = given.like(py, &text)?;
            }
        }
        PyList::new(py, values)
    }

    /// Arrow data cleaned, each text as a document of its own: an array of strings or binary of any kind, chunked or not, or the
    /// `columns` of a table. Whatever has the Arrow PyCapsule interface is taken: arrays, Series, tables and data frames of
    /// pyarrow, polars, pandas and DuckDB, among others. They take what is returned the same way. Nulls and types are kept.
    /// `threads` is as in `clean_many`.
    ///
    /// >>> import pyarrow
    /// >>> texts = pyarrow.array(["Ships sail to the USA.", None])
    /// >>> pyarrow.array(Cleaner().clean_arrow(texts)).to_pylist()
    /// ['Ships sail to the U.S.', None]
    /// >>> table = pyarrow.table({"id": [1, 2], "text": texts})
    /// >>> pyarrow.table(Cleaner().clean_arrow(table, columns="text")).to_pylist()
    /// [{'id': 1, 'text': 'Ships sail to the U.S.'}, {'id': 2, 'text': None}]
    #[pyo3(signature = (data, *, columns=None, threads=None))]
    fn clean_arrow(
        &self,
        data: &Bound<'_, PyAny>,
        columns: Option<&Bound<'_, PyAny>>,
        threads: Option<isize>,
    ) -> PyResult<ArrowData> {
        let (threads, columns) = (batch::threads(threads)?, strings("columns", columns)?);
        let clean = |texts: &[Option<&[u8]>]| batch::clean(data.py(), &self.cleaner, texts, threads);
        ArrowData::of(data)?.cleaned(data.py(), columns.as_deref(), clean)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let arguments = self.settings.arguments(py)?;
        let shown = arguments.iter().map(|(name, value)| Ok(format!("{name}={}", value.repr()?)));
        Ok(format!("Cleaner({})", shown.collect::<PyResult<Vec<_>>>()?.join(", ")))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> Option<bool> {
        other.cast::<Self>().ok().map(|other| self.settings == other.get().settings)
    }

    fn __hash__(&self) -> u64 {
        BuildHasherDefault::<DefaultHasher>::default().hash_one(&self.settings)
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
        Ok((PyTuple::empty(py), self.settings.arguments(py)?))
    }
}

impl Cleaner {
    fn cleaned(&self, py: Python<'_>, text: &Text) -> PyResult<Cleaned<Vec<u8>>> {
        py.detach(|| {
            let mut cleaned = Cleaned::default();
            output::feed(&mut self.cleaner.session(), text.as_bytes(), &mut cleaned, check_signals)?;
            Ok(cleaned)
        })
    }
}

/// Raises what a signal handler raises.
fn check_signals() -> PyResult<()> {
    Python::attach(|py| py.check_signals())
}

/// The items of an iterable, which must not be one text.
fn values<'py>(texts: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    if texts.is_instance_of::<PyString>() || texts.is_instance_of::<PyBytes>() {
        let name = texts.get_type().name()?.to_string();
        return Err(PyTypeError::new_err(format!("texts: expected an iterable of texts, not one {name}: use clean")));
    }
    texts.try_iter()?.collect()
}

/// An item of a batch. Errors say which it is.
fn item((at, value): (usize, &Bound<'_, PyAny>)) -> PyResult<Option<Text>> {
    if value.is_none() {
        return Ok(None);
    }
    let py = value.py();
    Text::of(value).map(Some).map_err(|error| {
        let message = format!("texts[{at}]: {}", error.value(py));
        let named = if error.is_instance_of::<PyUnicodeError>(py) {
            PyValueError::new_err(message)
        } else {
            PyTypeError::new_err(message)
        };
        named.set_cause(py, Some(error));
        named
    })
}
