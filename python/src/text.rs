//! Texts that Python owns, as bytes that any thread may read.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyBytes, PyString};

/// A `str` or `bytes`.
pub(crate) enum Text {
    Str(PyBackedStr),
    Bytes(PyBackedBytes),
}

impl Text {
    /// # Errors
    /// `UnicodeEncodeError` for a `str` with a lone surrogate, `TypeError` for what is neither `str` nor `bytes`.
    pub(crate) fn of(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(text) = value.cast::<PyString>() {
            return text.clone().try_into().map(Self::Str);
        }
        match value.cast::<PyBytes>() {
            Ok(bytes) => Ok(Self::Bytes(bytes.clone().into())),
            Err(_) => Err(PyTypeError::new_err(format!("expected str or bytes, not {}", value.get_type().name()?))),
        }
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Str(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }

    /// A new text of the same type.
    pub(crate) fn like<'py>(&self, py: Python<'py>, bytes: &[u8]) -> PyResult<Bound<'py, PyAny>> {
        match self {
            Self::Str(_) => Ok(PyString::from_bytes(py, bytes)?.into_any()),
            Self::Bytes(_) => Ok(PyBytes::new(py, bytes).into_any()),
        }
    }
}
