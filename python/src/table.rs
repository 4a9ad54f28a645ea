//! The table of rules, for `copydesk.rules()`.

use copydesk::{Reason, Rule};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyList, PyTuple, PyType};

use crate::edits::class;

/// Every rule, in the order of the stages: what it does, whether it is on by default, and the reasons for which it acts, each with
/// an example.
///
/// >>> import copydesk
/// >>> rule = next(rule for rule in copydesk.rules() if rule.name == "country-name")
/// >>> rule.stage, rule.on
/// ('usa', True)
/// >>> reason = rule.reasons[0]
/// >>> reason.name, reason.before, reason.after
/// ('country-form', 'Ships sail to the USA every week.\n', 'Ships sail to the U.S. every week.\n')
#[pyfunction]
pub(crate) fn rules(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let class = class(py, &CLASS, "Rule")?;
    let list = PyList::empty(py);
    for rule in Rule::ALL {
        let info = rule.info();
        let reasons = rule.reasons().map(|reason| self::reason(py, reason)).collect::<PyResult<Vec<_>>>()?;
        let reasons = PyTuple::new(py, reasons)?;
        list.append(class.call1((info.id, info.stage.as_str(), info.help, info.on, reasons))?)?;
    }
    Ok(list)
}

fn reason(py: Python<'_>, reason: Reason) -> PyResult<Bound<'_, PyAny>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let info = reason.info();
    class(py, &CLASS, "Reason")?.call1((info.id, info.help, info.before, info.after, info.near))
}
