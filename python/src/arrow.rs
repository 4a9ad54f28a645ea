//! Arrow data in and out by the PyCapsule interface, without a copy on either way.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, StructArray, new_empty_array};
use arrow_schema::{DataType, FieldRef, Fields};
use arrow_select::concat::concat;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use pyo3_arrow::ffi::{ArrayIterator, to_array_pycapsules, to_schema_pycapsule, to_stream_pycapsule};
use pyo3_arrow::input::AnyArray;

use crate::batch::Changed;
use crate::column;

/// Cleaned Arrow data: what `Cleaner.clean_arrow` gives. It has the chunks and the type of the data that came, and the Arrow PyCapsule
/// interface, by which other libraries take it without a copy: `pyarrow.array`, `pyarrow.chunked_array` and `pyarrow.table`,
/// `polars.Series` and `polars.DataFrame`, `pandas.Series.from_arrow`, DuckDB.
#[pyclass(module = "copydesk", frozen)]
pub(crate) struct ArrowData {
    chunks: Vec<ArrayRef>,
    field: FieldRef,
}

#[pymethods]
impl ArrowData {
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, &*self.field)?)
    }

    /// The data as one array: several chunks are put together, which copies them.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let whole = match &self.chunks[..] {
            [] => new_empty_array(self.field.data_type()),
            [one] => Arc::clone(one),
            several => {
                let several: Vec<&dyn Array> = several.iter().map(|chunk| &**chunk).collect();
                py.detach(|| concat(&several)).map_err(|e| PyValueError::new_err(e.to_string()))?
            }
        };
        Ok(to_array_pycapsules(py, Arc::clone(&self.field), &whole, requested_schema)?)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let chunks: Vec<_> = self.chunks.iter().map(|chunk| Ok(Arc::clone(chunk))).collect();
        let reader = ArrayIterator::new(chunks, Arc::clone(&self.field));
        Ok(to_stream_pycapsule(py, Box::new(reader), requested_schema)?)
    }

    fn __len__(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len()).sum()
    }

    fn __repr__(&self) -> String {
        let (rows, chunks) = (self.__len__(), self.chunks.len());
        format!("<copydesk.ArrowData: {}, rows: {rows}, chunks: {chunks}>", self.field.data_type())
    }
}

impl ArrowData {
    /// What an object with the PyCapsule interface holds.
    pub(crate) fn of(data: &Bound<'_, PyAny>) -> PyResult<Self> {
        if !data.hasattr("__arrow_c_array__")? && !data.hasattr("__arrow_c_stream__")? {
            let name = data.get_type().name()?;
            return Err(PyTypeError::new_err(format!(
                "expected Arrow data (an object with __arrow_c_array__ or __arrow_c_stream__), not {name}"
            )));
        }
        let reader = data.extract::<AnyArray>()?.into_reader()?;
        let field = reader.field();
        // A reader of Python's takes the GIL when it needs it; one with threads of its own may wait for it elsewhere.
        let chunks = data.py().detach(|| reader.collect::<Result<Vec<_>, _>>());
        Ok(Self { chunks: chunks.map_err(pyo3_arrow::error::PyArrowError::from)?, field })
    }

    /// Cleans a column of texts, or the columns of these names. `clean` gets every text.
    pub(crate) fn cleaned(
        self,
        py: Python<'_>,
        columns: Option<&[String]>,
        clean: impl FnOnce(&[Option<&[u8]>]) -> PyResult<Changed>,
    ) -> PyResult<Self> {
        let places = places(self.field.data_type(), columns)?;
        let arrays: Vec<ArrayRef> = match &places {
            None => self.chunks.clone(),
            Some(places) => self
                .chunks
                .iter()
                .flat_map(|chunk| places.iter().map(|&at| Arc::clone(chunk.as_struct().column(at))))
                .collect(),
        };
        let mut texts = Vec::new();
        let starts = arrays.iter().map(|array| column::gather(array, &mut texts)).collect::<PyResult<Vec<_>>>()?;
        let changed = clean(&texts)?;
        let chunks = py.detach(|| {
            let cleaned = arrays.iter().zip(starts).map(|(array, start)| column::replaced(array, start, &changed));
            let cleaned = cleaned.collect::<Result<Vec<_>, _>>()?;
            match places {
                None => Ok(cleaned),
                Some(places) => with_columns(&self.chunks, &places, cleaned),
            }
        });
        let chunks =
            chunks.map_err(|e| PyValueError::new_err(format!("the cleaned data is no valid Arrow data: {e}")))?;
        Ok(Self { chunks, field: self.field })
    }
}

/// Which columns of a table are to be cleaned. `None`: the data is one column.
fn places(data_type: &DataType, columns: Option<&[String]>) -> PyResult<Option<Vec<usize>>> {
    match (data_type, columns) {
        (DataType::Struct(fields), Some(columns)) => {
            columns.iter().map(|name| place(fields, name)).collect::<PyResult<_>>().map(Some)
        }
        (DataType::Struct(fields), None) => Err(PyTypeError::new_err(format!(
            "columns: the data is a table: name those to clean, of {}",
            names(fields)
        ))),
        (other, Some(_)) => Err(PyTypeError::new_err(format!("columns: the data is one column, of type {other}"))),
        (_, None) => Ok(None),
    }
}

fn place(fields: &Fields, name: &str) -> PyResult<usize> {
    let found = fields.iter().position(|field| field.name() == name);
    found.ok_or_else(|| PyValueError::new_err(format!("columns: there is no '{name}': use {}", names(fields))))
}

fn names(fields: &Fields) -> String {
    fields.iter().map(|field| field.name().as_str()).collect::<Vec<_>>().join(", ")
}

/// The chunks of a table with these columns in their places: those of the first chunk, then those of the second, and so on.
fn with_columns(
    chunks: &[ArrayRef],
    places: &[usize],
    columns: Vec<ArrayRef>,
) -> Result<Vec<ArrayRef>, arrow_schema::ArrowError> {
    let mut columns = columns.into_iter();
    let tables = chunks.iter().map(|chunk| {
        let (fields, mut arrays, nulls) = chunk.as_struct().clone().into_parts();
        for (&at, column) in places.iter().zip(columns.by_ref()) {
            arrays[at] = column;
        }
        Ok(Arc::new(StructArray::try_new_with_length(fields, arrays, nulls, chunk.len())?) as ArrayRef)
    });
    tables.collect()
}
