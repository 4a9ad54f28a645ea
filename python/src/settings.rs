//! A cleaner's settings as Python gives them: keyword arguments with the names of the command line's options.

use std::fmt::Display;
use std::str::FromStr;

use copydesk::{Cleaner, Lang, MarkerPattern, Options, Rule, Scope, Stage};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

/// What the caller set; what is `None` or empty has its default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Settings {
    pub(crate) only: Option<Vec<String>>,
    pub(crate) skip: Vec<String>,
    pub(crate) enable: Vec<String>,
    pub(crate) usa_style: Option<String>,
    pub(crate) usa_headlines: Option<String>,
    pub(crate) truncated: Option<String>,
    pub(crate) mark: Option<String>,
    pub(crate) protect: Vec<String>,
    pub(crate) marker: Vec<String>,
    pub(crate) ignore_regex: Vec<String>,
    pub(crate) lang: Option<String>,
    pub(crate) separator: Option<String>,
    pub(crate) markdown: bool,
}

impl Settings {
    /// # Errors
    /// `ValueError` that names the option and says what it takes.
    pub(crate) fn cleaner(&self) -> PyResult<Cleaner> {
        let mut options = Options::default();
        if let Some(only) = &self.only {
            options = options.only(scopes("only", only)?);
        }
        options = options.skip(scopes("skip", &self.skip)?).enable(scopes("enable", &self.enable)?);
        options = self.styled(options)?;
        for pattern in &self.marker {
            options = options.marker_pattern(MarkerPattern::new(pattern).map_err(|e| invalid("marker", e))?);
        }
        for pattern in &self.ignore_regex {
            options = options.ignore_pattern(MarkerPattern::new(pattern).map_err(|e| invalid("ignore_regex", e))?);
        }
        let mut options = options.markdown(self.markdown);
        // Each is checked alone, so that the message can name it.
        for name in &self.protect {
            Options::default().protect(name).build().map_err(|e| invalid("protect", e))?;
            options = options.protect(name);
        }
        if let Some(mark) = &self.mark {
            Options::default().mark(mark).build().map_err(|e| invalid("mark", e))?;
            options = options.mark(mark);
        }
        if let Some(separator) = &self.separator {
            options = options.separator(separator.as_bytes());
        }
        options.build().map_err(|e| invalid("separator", e))
    }

    /// The options that take one of a few names.
    fn styled(&self, mut options: Options) -> PyResult<Options> {
        if let Some(style) = &self.usa_style {
            options = options.usa_style(named("usa_style", style)?);
        }
        if let Some(style) = &self.usa_headlines {
            options = options.usa_headlines(named("usa_headlines", style)?);
        }
        if let Some(way) = &self.truncated {
            options = options.truncated(named("truncated", way)?);
        }
        Ok(match &self.lang {
            Some(lang) => options.lang(named::<Lang>("lang", lang)?),
            None => options,
        })
    }

    /// The keyword arguments that make the same settings: those that are not the default, in the order of the signature.
    pub(crate) fn arguments<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let arguments = PyDict::new(py);
        let lists = |list: &Vec<String>| Some(list.clone()).filter(|list| !list.is_empty());
        let many = |name: &str, value: Option<Vec<String>>| value.map_or(Ok(()), |v| arguments.set_item(name, v));
        many("only", self.only.clone())?;
        many("skip", lists(&self.skip))?;
        many("enable", lists(&self.enable))?;
        many("protect", lists(&self.protect))?;
        many("marker", lists(&self.marker))?;
        many("ignore_regex", lists(&self.ignore_regex))?;
        let one = |name: &str, value: &Option<String>| value.as_ref().map_or(Ok(()), |v| arguments.set_item(name, v));
        one("usa_style", &self.usa_style)?;
        one("usa_headlines", &self.usa_headlines)?;
        one("truncated", &self.truncated)?;
        one("mark", &self.mark)?;
        one("lang", &self.lang)?;
        one("separator", &self.separator)?;
        if self.markdown {
            arguments.set_item("markdown", true)?;
        }
        Ok(arguments)
    }
}

/// A string.
///
/// # Errors
/// `TypeError` that names the option.
pub(crate) fn string(option: &str, value: Option<&Bound<'_, PyAny>>) -> PyResult<Option<String>> {
    value.map(|value| cast(option, "a str", value)?.extract()).transpose()
}

/// A string, or several.
///
/// # Errors
/// `TypeError` that names the option.
pub(crate) fn strings(option: &str, value: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Vec<String>>> {
    const EXPECTED: &str = "a str or an iterable of them";
    let Some(value) = value else { return Ok(None) };
    match value.try_iter() {
        Ok(items) if !value.is_instance_of::<PyString>() => {
            items.map(|item| cast(option, EXPECTED, &item?)?.extract()).collect::<PyResult<_>>().map(Some)
        }
        _ => Ok(Some(vec![cast(option, EXPECTED, value)?.extract()?])),
    }
}

fn cast<'a, 'py>(option: &str, expected: &str, value: &'a Bound<'py, PyAny>) -> PyResult<&'a Bound<'py, PyString>> {
    let name = value.get_type().name()?;
    value.cast().map_err(|_| PyTypeError::new_err(format!("{option}: expected {expected}, not {name}")))
}

fn scopes(option: &str, names: &[String]) -> PyResult<Vec<Scope>> {
    names.iter().map(|name| name.parse().map_err(|_| unknown(option, name))).collect()
}

fn unknown(option: &str, name: &str) -> PyErr {
    let stages: Vec<_> = Stage::ALL.iter().map(|stage| stage.as_str()).collect();
    let rules: Vec<_> = Rule::ALL.iter().map(|rule| rule.as_str()).collect();
    let known =
        format!("a stage ({}), a rule ({}) or a reason of copydesk.rules()", stages.join(", "), rules.join(", "));
    PyValueError::new_err(format!("{option}: no stage, rule or reason is named '{name}': use {known}"))
}

fn named<T: FromStr<Err: Display>>(option: &str, name: &str) -> PyResult<T> {
    name.parse().map_err(|error| invalid(option, error))
}

fn invalid(option: &str, error: impl Display) -> PyErr {
    PyValueError::new_err(format!("{option}: {error}"))
}
