//! Edits as Python sees them: objects of the dataclass `copydesk.Edit`, with offsets in the units of the text.

use copydesk::{Cleaned, Edit, Reason};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyList, PyTuple, PyType};

use crate::text::Text;

/// The dataclass of this name in `copydesk._types`.
pub(crate) fn class<'py>(py: Python<'py>, cell: &PyOnceLock<Py<PyType>>, name: &str) -> PyResult<Bound<'py, PyType>> {
    cell.import(py, "copydesk._types", name).cloned()
}

/// The edits of a text as a list. Offsets count code points of a `str`, and bytes of `bytes`.
pub(crate) fn list<'py>(py: Python<'py>, text: &Text, cleaned: &Cleaned<Vec<u8>>) -> PyResult<Bound<'py, PyList>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let class = class(py, &CLASS, "Edit")?;
    let mut position = Position { text, byte: 0, unit: 0 };
    let list = PyList::empty(py);
    for edit in &cleaned.edits {
        let range = edit.range();
        let (start, end) = (position.move_to(range.start), position.move_to(range.end));
        let (rules, reasons) = names(edit);
        let (rules, reasons) = (PyTuple::new(py, rules)?, PyTuple::new(py, reasons)?);
        let (before, after) = (text.like(py, &edit.before)?, text.like(py, &edit.after)?);
        list.append(class.call1((start, end, before, after, rules, reasons))?)?;
    }
    Ok(list)
}

/// The names of an edit's rules, each once, and of its reasons.
fn names(edit: &Edit<'_>) -> (Vec<&'static str>, Vec<&'static str>) {
    let mut rules: Vec<_> = edit.reasons.iter().map(|reason| reason.rule().as_str()).collect();
    rules.dedup();
    (rules, edit.reasons.iter().copied().map(Reason::as_str).collect())
}

/// A place in a text, in bytes and in its own units.
struct Position<'a> {
    text: &'a Text,
    byte: usize,
    unit: usize,
}

impl Position<'_> {
    /// Moves forward to an offset in bytes, and gives the one in units.
    fn move_to(&mut self, byte: u64) -> usize {
        let byte = usize::try_from(byte).expect("the text is in memory");
        self.unit += match self.text {
            Text::Str(text) => text[self.byte..byte].chars().count(),
            Text::Bytes(_) => byte - self.byte,
        };
        self.byte = byte;
        self.unit
    }
}
