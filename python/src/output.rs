//! One text cleaned: nothing is copied unless there is an edit.

use std::io;

use copydesk::{Edit, EditSink, Session};

/// Bytes that are cleaned between two looks at whether to go on.
const PIECE: usize = 1 << 20;

/// What comes out for a text that is in memory.
#[derive(Debug)]
struct Output<'a> {
    input: &'a [u8],
    /// How much of the input was kept before the first edit.
    kept: usize,
    /// The output so far, from the first edit on.
    text: Option<Vec<u8>>,
}

impl EditSink for Output<'_> {
    fn keep(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.text {
            Some(text) => text.extend_from_slice(bytes),
            None => self.kept += bytes.len(),
        }
        Ok(())
    }

    fn edit(&mut self, edit: Edit<'_>) -> io::Result<()> {
        let text = self.text.get_or_insert_with(|| {
            let mut text = Vec::with_capacity(self.input.len() + self.input.len() / 16);
            text.extend_from_slice(&self.input[..self.kept]);
            text
        });
        text.extend_from_slice(&edit.after);
        Ok(())
    }
}

/// The output, if it is not the input. The session may be used again for the next text; `go_on` is asked from time to time in a
/// long one, and its error ends the cleaning and the session.
pub(crate) fn clean<E>(
    session: &mut Session,
    input: &[u8],
    go_on: impl FnMut() -> Result<(), E>,
) -> Result<Option<Vec<u8>>, E> {
    let mut out = Output { input, kept: 0, text: None };
    feed(session, input, &mut out, go_on)?;
    Ok(out.text)
}

/// Takes a text through a session into a sink that never fails.
pub(crate) fn feed<E>(
    session: &mut Session,
    input: &[u8],
    sink: &mut dyn EditSink,
    mut go_on: impl FnMut() -> Result<(), E>,
) -> Result<(), E> {
    for (n, piece) in input.chunks(PIECE).enumerate() {
        if n > 0 {
            go_on()?;
        }
        session.push(piece, sink).expect("memory takes everything");
    }
    session.end_input(sink).expect("memory takes everything");
    Ok(())
}
