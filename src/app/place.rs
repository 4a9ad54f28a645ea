//! Lines and columns of edits.

use copydesk::Edit;

use super::refused::Key;

/// A place in a text. Both count from 1; columns are characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: u64,
    pub(crate) column: u64,
}

impl Default for Position {
    fn default() -> Self {
        Self { line: 1, column: 1 }
    }
}

impl Position {
    /// Goes on by the text's next bytes. A byte that is no UTF-8 counts as a character, unless it looks like part of one.
    pub(crate) fn pass(&mut self, bytes: &[u8]) {
        let last = match memchr::memrchr(b'\n', bytes) {
            Some(at) => {
                self.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
                self.column = 1;
                &bytes[at + 1..]
            }
            None => bytes,
        };
        self.column += last.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u64;
    }
}

/// The record that an edit is in, counted from 1, and the field as the user named it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Within {
    pub(crate) record: u64,
    pub(crate) field: String,
}

/// An edit, and where it is in its input.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Located<'e> {
    pub(crate) edit: &'e Edit<'e>,
    /// Counts the edits of the input from 1.
    pub(crate) number: u64,
    pub(crate) start: Position,
    /// After the last character of what is replaced.
    pub(crate) end: Position,
    pub(crate) within: Option<&'e Within>,
    /// By what it is known again, if that was asked for.
    pub(crate) key: Option<Key>,
}

/// Follows a text, and says where its edits are.
#[derive(Debug, Default)]
pub(crate) struct Locator {
    pub(crate) position: Position,
    /// Bytes that have passed.
    pub(crate) offset: u64,
    edits: u64,
}

impl Locator {
    /// Goes on by the text's next bytes.
    pub(crate) fn pass(&mut self, bytes: &[u8]) {
        self.position.pass(bytes);
        self.offset += bytes.len() as u64;
    }

    pub(crate) fn locate<'e>(&mut self, edit: &'e Edit<'e>) -> Located<'e> {
        let start = self.position;
        self.pass(&edit.before);
        self.edits += 1;
        Located { edit, number: self.edits, start, end: self.position, within: None, key: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_characters() {
        let mut position = Position::default();
        for (piece, line, column) in [
            (&b"caf\xC3"[..], 1, 5),
            (b"\xA9 ", 1, 6),
            (b"\r\n", 2, 1),
            ("東\n京".as_bytes(), 3, 2),
            (b"\xFF\xFE", 3, 4),
            (b"\n\n\n", 6, 1),
        ] {
            position.pass(piece);
            assert_eq!(position, Position { line, column }, "{piece:?}");
        }
    }
}
