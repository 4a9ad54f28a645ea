//! Arrow arrays of texts: strings and binary, with 32 or 64 bits of offset, as views, and by dictionary.

use std::sync::Arc;

use arrow_array::builder::BinaryViewBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::{BinaryType, ByteArrayType, LargeBinaryType, LargeUtf8Type, Utf8Type};
use arrow_array::{Array, ArrayRef, BinaryViewArray, GenericByteArray, OffsetSizeTrait, StringViewArray};
use arrow_buffer::{ArrowNativeType, Buffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::batch::Changed;

/// Appends every text of an array, and gives where they begin. Where there is a dictionary, its values are the texts.
///
/// # Errors
/// `TypeError`: the array holds something else.
pub(crate) fn gather<'a>(array: &'a dyn Array, texts: &mut Vec<Option<&'a [u8]>>) -> PyResult<usize> {
    let start = texts.len();
    match array.data_type() {
        DataType::Null => {}
        DataType::Dictionary(..) => {
            gather(array.as_any_dictionary().values(), texts)?;
        }
        other => match column(array) {
            Some(column) => column.gather(texts),
            None => {
                return Err(PyTypeError::new_err(format!(
                    "cannot clean Arrow data of type {other}: use strings or binary"
                )));
            }
        },
    }
    Ok(start)
}

/// The array with what changed of its texts, which began at `start` of all.
///
/// # Errors
/// Offsets of 32 bits don't suffice, or strings that came are no UTF-8.
pub(crate) fn replaced(array: &ArrayRef, start: usize, changed: &Changed) -> Result<ArrayRef, ArrowError> {
    if let Some(dictionary) = array.as_any_dictionary_opt() {
        let values = replaced(dictionary.values(), start, changed)?;
        return Ok(dictionary.with_values(values));
    }
    let first = changed.partition_point(|&(at, _)| at < start);
    let mut texts = changed[first..].iter().take_while(|&&(at, _)| at < start + array.len());
    match column(array) {
        Some(column) if texts.clone().next().is_some() => column.replaced(&mut |at| {
            let is_next = texts.clone().next().is_some_and(|&(next, _)| next == start + at);
            is_next.then(|| texts.next()).flatten().map(|(_, text)| text.as_slice())
        }),
        _ => Ok(Arc::clone(array)),
    }
}

/// The array, if it is one of texts.
fn column(array: &dyn Array) -> Option<&dyn Column> {
    Some(match array.data_type() {
        DataType::Utf8 => array.as_bytes::<Utf8Type>(),
        DataType::LargeUtf8 => array.as_bytes::<LargeUtf8Type>(),
        DataType::Binary => array.as_bytes::<BinaryType>(),
        DataType::LargeBinary => array.as_bytes::<LargeBinaryType>(),
        DataType::Utf8View => array.as_string_view(),
        DataType::BinaryView => array.as_binary_view(),
        _ => return None,
    })
}

trait Column {
    fn gather<'a>(&'a self, texts: &mut Vec<Option<&'a [u8]>>);

    /// The same array with other texts. `new` is asked for each row, from the first to the last; `None`: it stays.
    fn replaced<'a>(&self, new: &mut dyn FnMut(usize) -> Option<&'a [u8]>) -> Result<ArrayRef, ArrowError>;
}

impl<T: ByteArrayType> Column for GenericByteArray<T> {
    fn gather<'a>(&'a self, texts: &mut Vec<Option<&'a [u8]>>) {
        texts.extend(self.iter().map(|text| text.map(AsRef::as_ref)));
    }

    fn replaced<'a>(&self, new: &mut dyn FnMut(usize) -> Option<&'a [u8]>) -> Result<ArrayRef, ArrowError> {
        let mut values = Vec::with_capacity(self.value_data().len());
        let mut offsets = vec![T::Offset::usize_as(0)];
        for (at, text) in self.iter().enumerate() {
            let text = text.map(AsRef::as_ref);
            values.extend_from_slice(new(at).or(text).unwrap_or_default());
            let end = T::Offset::from_usize(values.len());
            let too_long = || ArrowError::OffsetOverflowError(values.len());
            offsets.push(end.filter(|_| values.len() <= T::Offset::MAX_OFFSET).ok_or_else(too_long)?);
        }
        let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
        let array = Self::try_new(offsets, Buffer::from_vec(values), self.nulls().cloned())?;
        Ok(Arc::new(array))
    }
}

impl Column for BinaryViewArray {
    fn gather<'a>(&'a self, texts: &mut Vec<Option<&'a [u8]>>) {
        texts.extend(self.iter());
    }

    fn replaced<'a>(&self, new: &mut dyn FnMut(usize) -> Option<&'a [u8]>) -> Result<ArrayRef, ArrowError> {
        views(self.iter(), new).map(|array| Arc::new(array) as ArrayRef)
    }
}

impl Column for StringViewArray {
    fn gather<'a>(&'a self, texts: &mut Vec<Option<&'a [u8]>>) {
        texts.extend(self.iter().map(|text| text.map(str::as_bytes)));
    }

    fn replaced<'a>(&self, new: &mut dyn FnMut(usize) -> Option<&'a [u8]>) -> Result<ArrayRef, ArrowError> {
        let array = views(self.iter().map(|text| text.map(str::as_bytes)), new)?;
        Ok(Arc::new(array.to_string_view()?))
    }
}

fn views<'a, 'b>(
    texts: impl ExactSizeIterator<Item = Option<&'b [u8]>>,
    new: &mut dyn FnMut(usize) -> Option<&'a [u8]>,
) -> Result<BinaryViewArray, ArrowError> {
    let mut array = BinaryViewBuilder::with_capacity(texts.len());
    for (at, text) in texts.enumerate() {
        match (new(at), text) {
            (Some(text), _) => array.try_append_value(text)?,
            (None, Some(text)) => array.try_append_value(text)?,
            (None, None) => array.append_null(),
        }
    }
    Ok(array.finish())
}
