//! The extension module of the Python package `copydesk`: the library's cleaner for `str`, `bytes` and batches of them.
//!
//! [`cleaner`] is the class, made of [`settings`]. A text is cleaned in [`output`], many are in [`batch`], Arrow's in [`arrow`] and [`column`]; [`edits`] hands edits to
//! Python, [`table`] the rules. What is pure Python is in `package/`.

mod arrow;
mod batch;
mod cleaner;
mod column;
mod edits;
mod output;
mod settings;
mod table;
mod text;

use pyo3::prelude::*;

/// The compiled part of copydesk.
#[pymodule]
mod _copydesk {
    #[pymodule_export]
    use super::arrow::ArrowData;
    #[pymodule_export]
    use super::cleaner::Cleaner;
    #[pymodule_export]
    use super::table::rules;

    #[pymodule_export]
    #[allow(non_upper_case_globals, reason = "the name that Python knows")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
