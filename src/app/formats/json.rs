//! A list of the records that the log of `--edits` has.

use std::io::{self, Write};
use std::path::Path;

use super::Objects;
use crate::app::clean::Report;
use crate::app::edits::{field, record};
use crate::app::place::Located;

pub(super) struct Json<'a> {
    /// The field that names the file.
    file: String,
    objects: Objects<'a>,
}

impl<'a> Json<'a> {
    pub(super) fn new(path: &Path, out: &'a mut dyn Write) -> Self {
        Self { file: field("file", path.as_os_str().as_encoded_bytes()), objects: Objects::new(out) }
    }
}

impl Report for Json<'_> {
    fn edit(&mut self, located: &Located<'_>) -> io::Result<()> {
        self.objects.write(&record(&self.file, located))
    }
}
