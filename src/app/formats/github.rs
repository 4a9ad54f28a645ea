//! Workflow commands, of which GitHub makes annotations.

use std::io::{self, Write};

use crate::app::clean::Report;
use crate::app::place::Located;
use crate::app::report::{change, named, printable};

pub(crate) struct Github<'a> {
    file: String,
    out: &'a mut dyn Write,
}

impl<'a> Github<'a> {
    pub(crate) fn new(name: &str, out: &'a mut dyn Write) -> Self {
        Self { file: property(name), out }
    }
}

impl Report for Github<'_> {
    fn edit(&mut self, located: &Located<'_>) -> io::Result<()> {
        let (start, end) = (located.start, located.end);
        let title = property(&named(&located.edit.reasons));
        writeln!(
            self.out,
            "::error file={},line={},col={},endLine={},endColumn={},title={title}::{}",
            self.file,
            start.line,
            start.column,
            end.line,
            end.column,
            data(&change(located.edit))
        )
    }
}

/// An annotation that belongs to no file.
pub(crate) fn notice(title: &str, text: &str) -> String {
    format!("::notice title={}::{}\n", property(title), data(text))
}

fn data(text: &str) -> String {
    printable(text).replace('%', "%25")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
