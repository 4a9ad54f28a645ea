//! Compressed files: read as what is in them, and written as they came.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};

use flate2::Compression as Level;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

/// Bytes that are read or compressed at once.
const PIECE: usize = 128 * 1024;
/// Bytes of a text that make a frame of Zstandard.
const FRAME: usize = 1024 * 1024;

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compression {
    Gzip,
    Zstd,
}

impl Compression {
    /// The ending of a file's name.
    pub(crate) const ENDINGS: [&str; 2] = ["gz", "zst"];

    /// By the program that decompresses it.
    pub(crate) fn by_program(name: &str) -> Option<Self> {
        match name {
            "gzip" => Some(Self::Gzip),
            "zstd" => Some(Self::Zstd),
            _ => None,
        }
    }

    /// Reads what is compressed, all members or frames of it. One that breaks off, or that was changed, is an error.
    pub(crate) fn decoder(self, reader: impl Read + Send + 'static) -> Box<dyn Read + Send> {
        let reader = BufReader::with_capacity(PIECE, reader);
        match self {
            Self::Gzip => Box::new(Explained(MultiGzDecoder::new(reader))),
            Self::Zstd => Box::new(Explained(ZstdDecoder { reader, frame: FrameDecoder::new(), in_frame: false })),
        }
    }
}

/// Says in its errors what it is that can't be read.
struct Explained<R>(R);

impl<R: Read> Read for Explained<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into).map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => io::Error::new(error.kind(), "the compressed data breaks off"),
            ErrorKind::InvalidInput | ErrorKind::InvalidData | ErrorKind::Other => {
                io::Error::new(error.kind(), format!("the compressed data is damaged ({error})"))
            }
            _ => error,
        })
    }
}

/// Reads frame after frame.
struct ZstdDecoder<R> {
    reader: R,
    frame: FrameDecoder,
    in_frame: bool,
}

impl<R: BufRead> ZstdDecoder<R> {
    /// Begins the next frame. False: there is none.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.reader.fill_buf()?.is_empty() {
            match self.frame.reset(&mut self.reader) {
                Ok(()) => {
                    self.in_frame = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    let skipped = io::copy(&mut (&mut self.reader).take(length.into()), &mut io::sink())?;
                    if skipped < u64::from(length) {
                        return Err(ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(broken(error)),
            }
        }
        Ok(false)
    }

    /// Whether the frame's text is what was compressed.
    fn check(&self) -> io::Result<()> {
        match (self.frame.get_checksum_from_data(), self.frame.get_calculated_checksum()) {
            (Some(want), Some(is)) if want != is => Err(io::Error::new(ErrorKind::InvalidData, "a checksum is wrong")),
            _ => Ok(()),
        }
    }
}

/// The error of a frame: what it is says its source, if there is one.
fn broken(error: FrameDecoderError) -> io::Error {
    let mut source: Option<&dyn std::error::Error> = Some(&error);
    while let Some(cause) = source {
        if cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::UnexpectedEof) {
            return ErrorKind::UnexpectedEof.into();
        }
        source = cause.source();
    }
    io::Error::new(ErrorKind::InvalidData, error)
}

impl<R: BufRead> Read for ZstdDecoder<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.in_frame && !self.begin()? {
                return Ok(0);
            }
            while self.frame.can_collect() == 0 && !self.frame.is_finished() {
                self.frame.decode_blocks(&mut self.reader, BlockDecodingStrategy::UptoBlocks(1)).map_err(broken)?;
            }
            let n = self.frame.read(into)?;
            if n > 0 {
                return Ok(n);
            }
            self.check()?;
            self.in_frame = false;
        }
    }
}

/// Writes as it came what was read. Without [`finish`](Self::finish) what is compressed breaks off, and can be seen to.
pub(crate) enum Encoder<W: Write> {
    Plain(W),
    Gzip(GzEncoder<Valve<W>>),
    Zstd(ZstdEncoder<W>),
}

impl<W: Write> Encoder<W> {
    pub(crate) fn new(compression: Option<Compression>, out: W) -> Self {
        match compression {
            None => Self::Plain(out),
            Some(Compression::Gzip) => Self::Gzip(GzEncoder::new(Valve(Some(out)), Level::default())),
            Some(Compression::Zstd) => Self::Zstd(ZstdEncoder { out, frame: Vec::new(), any: false }),
        }
    }

    /// Writes what is left, and gives back what it was written to.
    pub(crate) fn finish(self) -> io::Result<W> {
        match self {
            Self::Plain(out) => Ok(out),
            Self::Gzip(out) => out.finish().map(Valve::into_inner),
            Self::Zstd(mut out) => {
                if !out.frame.is_empty() || !out.any {
                    out.end_frame()?;
                }
                Ok(out.out)
            }
        }
    }
}

impl<W: Write> Encoder<W> {
    /// Gives back what it was written to, without what is left: what is compressed breaks off.
    pub(crate) fn abandon(self) -> W {
        match self {
            Self::Plain(out) => out,
            Self::Gzip(mut out) => std::mem::replace(out.get_mut(), Valve(None)).into_inner(),
            Self::Zstd(out) => out.out,
        }
    }
}

/// Lets nothing through where there is nothing any more: an encoder writes its end when it is dropped.
pub(crate) struct Valve<W>(Option<W>);

impl<W> Valve<W> {
    fn into_inner(self) -> W {
        self.0.expect("it is taken once")
    }
}

impl<W: Write> Write for Valve<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.as_mut().map_or(Ok(bytes.len()), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl<W: Write> Write for Encoder<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(out) => out.write(bytes),
            Self::Gzip(out) => out.write(bytes),
            Self::Zstd(out) => out.write(bytes),
        }
    }

    /// What is compressed is not cut for it.
    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(out) => out.flush(),
            Self::Gzip(_) | Self::Zstd(_) => Ok(()),
        }
    }
}

pub(crate) struct ZstdEncoder<W> {
    out: W,
    frame: Vec<u8>,
    /// A frame was written.
    any: bool,
}

impl<W: Write> ZstdEncoder<W> {
    fn end_frame(&mut self) -> io::Result<()> {
        self.any = true;
        // Compressed in memory: where the library writes, it does not expect errors.
        self.out.write_all(&compress_to_vec(&*self.frame, CompressionLevel::Fastest))?;
        self.frame.clear();
        Ok(())
    }
}

impl<W: Write> Write for ZstdEncoder<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = bytes.len().min(FRAME - self.frame.len());
        self.frame.extend_from_slice(&bytes[..n]);
        if self.frame.len() == FRAME {
            self.end_frame()?;
        }
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compressed(compression: Compression, text: &[u8]) -> Vec<u8> {
        let mut encoder = Encoder::new(Some(compression), Vec::new());
        encoder.write_all(text).expect("memory takes everything");
        encoder.finish().expect("memory takes everything")
    }

    fn read(compression: Compression, bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        compression.decoder(io::Cursor::new(bytes)).read_to_end(&mut text)?;
        Ok(text)
    }

    #[test]
    fn members_and_frames_follow_each_other() {
        let long = b"Owls fly at dawn. ".repeat(FRAME / 12);
        for compression in [Compression::Gzip, Compression::Zstd] {
            let mut bytes = compressed(compression, &long);
            bytes.extend(compressed(compression, b""));
            bytes.extend(compressed(compression, b"It rains."));
            assert!(bytes.len() < long.len() / 10, "{compression:?} does not compress");
            assert_eq!(read(compression, bytes).expect("it is whole"), [&long[..], b"It rains."].concat());
        }
    }

    #[test]
    fn what_breaks_off_or_is_damaged_is_an_error() {
        for compression in [Compression::Gzip, Compression::Zstd] {
            let bytes = compressed(compression, b"Owls fly at dawn, and nobody sees them.");
            for n in 1..bytes.len() {
                let error = read(compression, bytes[..n].to_vec()).expect_err("it breaks off").to_string();
                assert!(error.starts_with("the compressed data breaks off"), "{compression:?}, {n} bytes: {error}");
            }
            let mut bytes = bytes;
            let last = bytes.len() - 6;
            bytes[last] ^= 0x10;
            let error = read(compression, bytes).expect_err("it is damaged").to_string();
            assert!(error.starts_with("the compressed data is damaged"), "{compression:?}: {error}");
        }
    }

    #[test]
    fn frames_that_hold_no_text_are_skipped() {
        let mut bytes = b"\x50\x2A\x4D\x18\x03\0\0\0abc".to_vec();
        bytes.extend(compressed(Compression::Zstd, b"It rains."));
        assert_eq!(read(Compression::Zstd, bytes).expect("it is whole"), b"It rains.");
    }
}
