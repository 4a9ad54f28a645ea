//! Text for a terminal: its control characters are written out, so that it can't steer the terminal or hide what stands there.
//! Pipes and files get every byte as it is.

use std::io::{self, Write};

/// With this byte the control characters beyond ASCII begin, and others.
const TWO: u8 = 0xC2;

/// Passes text on, piece by piece.
#[derive(Debug, Default)]
pub(crate) struct Screen {
    /// The last byte, where the next one says what it is: `\r`, which stays before a line feed, or [`TWO`].
    held: Option<u8>,
}

impl Screen {
    pub(crate) fn write(&mut self, piece: &[u8], out: &mut impl Write) -> io::Result<()> {
        let mut rest = piece;
        while let Some((&byte, left)) = rest.split_first() {
            match (self.held.take(), byte) {
                (Some(TWO), 0x80..=0x9F) => {
                    write!(out, "\\u{{{byte:x}}}")?;
                    rest = left;
                }
                (Some(held @ b'\r'), b'\n') | (Some(held @ TWO), 0xA0..=0xBF) => out.write_all(&[held])?,
                (Some(held), _) => write_out(held, out)?,
                (None, _) => {}
            }
            let plain = rest.iter().position(|&b| is_reported(b)).unwrap_or(rest.len());
            out.write_all(&rest[..plain])?;
            rest = &rest[plain..];
            if let Some((&byte, left)) = rest.split_first() {
                rest = left;
                if matches!(byte, b'\r' | TWO) {
                    self.held = Some(byte);
                } else {
                    write_out(byte, out)?;
                }
            }
        }
        Ok(())
    }

    /// The end of the text.
    pub(crate) fn finish(&mut self, out: &mut impl Write) -> io::Result<()> {
        self.held.take().map_or(Ok(()), |held| write_out(held, out))
    }
}

/// Whether a byte may be no plain text.
fn is_reported(byte: u8) -> bool {
    byte == TWO || byte.is_ascii_control() && !matches!(byte, b'\n' | b'\t')
}

/// A control character, or a byte that is no text, as messages have it.
fn write_out(byte: u8, out: &mut impl Write) -> io::Result<()> {
    if byte.is_ascii() { write!(out, "\\u{{{byte:x}}}") } else { write!(out, "\\x{byte:02X}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &[u8], pieces: usize) -> Vec<u8> {
        let (mut screen, mut out) = (Screen::default(), Vec::new());
        for piece in text.chunks(pieces) {
            screen.write(piece, &mut out).expect("a vector takes everything");
        }
        screen.finish(&mut out).expect("a vector takes everything");
        out
    }

    #[test]
    fn control_characters_are_written_out() {
        for (text, want) in [
            (&b"a\x1b[2J\x07\x7f\0"[..], &br"a\u{1b}[2J\u{7}\u{7f}\u{0}"[..]),
            (b"\xC2\x9b31m \xC2\xA9 \xC2\xC2\x80 \xC2", b"\\u{9b}31m \xC2\xA9 \\xC2\\u{80} \\xC2"),
            (b"\xFF\x9b", b"\xFF\x9b"),
            (b"one\r\ntwo\rthree\r\r\n\tfour\r", b"one\r\ntwo\\u{d}three\\u{d}\r\n\tfour\\u{d}"),
            ("naïve «text» – 東京\n".as_bytes(), "naïve «text» – 東京\n".as_bytes()),
        ] {
            for pieces in [1, 2, 3, 64] {
                let got = shown(text, pieces);
                assert!(got == want, "{pieces}: {}", got.escape_ascii());
            }
        }
    }
}
