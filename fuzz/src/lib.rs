//! What the fuzz targets share: inputs made of faults and raw bytes, and the checks of the property tests.

#[path = "../../tests/it/pieces.rs"]
mod pieces;
#[path = "../../tests/it/support.rs"]
mod support;

use arbitrary::{Arbitrary, Unstructured};
use copydesk::records::{RecordFormat, Records};
use copydesk::{Cleaned, Cleaner, Options, Stage, Truncated, UsaStyle};
use pieces::{BREAKS, PARAGRAPHS, PIECES, TITLES};

/// Blank lines between two paragraphs.
const GAPS: &[&str] = &["\n", "\n\n", "\r\n\r\n", "\n\n\n"];
/// Lines between documents that no stage makes of anything.
const SEPARATORS: &[&str] = &["\x0C", "%%", "~ ~", "=\t="];
/// Bytes of a heap that is held whole.
pub const SHORT: usize = 4096;
/// Bytes of a heap that goes over every budget.
pub const LONG: usize = 180_000;
/// Paragraphs of an article at most: more find no more, and slowly.
const MOST: usize = 16;

/// Stages and their settings; no pattern, name or separator.
#[derive(Arbitrary, Clone, Copy, Debug)]
pub struct Settings {
    stages: u8,
    style: u8,
    headlines: u8,
    truncated: u8,
}

impl Settings {
    /// Every stage when no bit says otherwise.
    pub fn options(self) -> Options {
        const STYLES: [UsaStyle; 3] = [UsaStyle::Dotted, UsaStyle::Plain, UsaStyle::Long];
        let style = |n: u8| STYLES[usize::from(n) % STYLES.len()];
        let off = Stage::ALL.iter().enumerate().filter(|(i, _)| self.stages >> i & 1 == 1).map(|(_, &stage)| stage);
        let options = Options::default().skip(off).usa_style(style(self.style)).truncated(self.truncated());
        if self.headlines & 1 == 0 { options } else { options.usa_headlines(style(self.headlines >> 1)) }
    }

    fn truncated(self) -> Truncated {
        Truncated::ALL[usize::from(self.truncated) % Truncated::ALL.len()]
    }

    /// The settings that a byte stands for.
    pub fn of(byte: u8) -> Self {
        Self { stages: byte & 15, style: byte >> 4, headlines: byte >> 6, truncated: byte / 3 }
    }
}

/// A scraped article: titles with their copies, then paragraphs, each once. What cleaning twice is known to change
/// (docs/invariants.md) needs a title that is split, or the same cut line twice: no such thing can be made of these parts.
#[derive(Clone, Debug)]
pub struct Article {
    /// The text.
    pub text: String,
}

impl<'a> Arbitrary<'a> for Article {
    fn arbitrary(u: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        let gap = u.choose(GAPS)?;
        let ends: bool = u.arbitrary()?;
        let mut lines = Vec::new();
        for _ in 0..u.int_in_range(0..=3)? {
            lines.push(*u.choose(TITLES)?);
        }
        let mut left: Vec<&str> = PARAGRAPHS.to_vec();
        while !left.is_empty() && lines.len() < MOST && !u.is_empty() {
            lines.push(left.swap_remove(u.choose_index(left.len())?));
        }
        let mut text = lines.join(gap);
        if ends {
            text.push_str(gap);
        }
        Ok(Self { text })
    }
}

/// A part of a heap.
#[derive(Arbitrary, Debug)]
enum Part<'a> {
    Piece(u8),
    Break(u8),
    Paragraph(u8),
    Title(u8),
    Bytes(&'a [u8]),
    /// The last part, so often again.
    Again(u16),
}

/// A heap of pieces, line ends, paragraphs and raw bytes: what the rules look at, in any order.
#[derive(Arbitrary, Debug)]
pub struct Heap<'a>(Vec<Part<'a>>);

impl Heap<'_> {
    /// The text, as far as it is this long.
    pub fn bytes(&self, longest: usize) -> Vec<u8> {
        let pick = |list: &[&'static str], n: u8| list[usize::from(n) % list.len()].as_bytes();
        let mut text = Vec::new();
        let mut last: &[u8] = &[];
        for part in &self.0 {
            let times = if let Part::Again(n) = part { (*n).into() } else { 1 };
            last = match part {
                Part::Piece(n) => pick(PIECES, *n),
                Part::Break(n) => pick(BREAKS, *n),
                Part::Paragraph(n) => pick(PARAGRAPHS, *n),
                Part::Title(n) => pick(TITLES, *n),
                Part::Bytes(bytes) => bytes,
                Part::Again(_) => last,
            };
            for _ in 0..times {
                text.extend_from_slice(last);
            }
            if text.len() > longest {
                text.truncate(longest);
                break;
            }
        }
        text
    }
}

/// All invariants.
pub fn check_article(settings: Settings, article: &Article) {
    support::check(&settings.options(), article.text.as_bytes());
}

/// All but cleaning twice, also with reads that are cut at these lengths, one after the other.
pub fn check_once(options: &Options, text: &[u8], cuts: &[u8]) {
    let whole = support::check_once(options, text);
    let cleaner = options.clone().build().expect("the options were valid before");
    let mut rest = text;
    let mut out = copydesk::Cleaned::<Vec<u8>>::default();
    let mut session = cleaner.session();
    for &cut in cuts {
        let (piece, left) = rest.split_at(rest.len().min(cut.into()));
        session.push(piece, &mut out).expect("memory takes everything");
        rest = left;
    }
    session.push(rest, &mut out).expect("memory takes everything");
    session.finish(&mut out).expect("memory takes everything");
    assert!(whole == out, "reads of {cuts:?}: {}", support::shown(text));
}

/// Documents of a stream come out as each would alone.
pub fn check_stream(options: Options, texts: &[Vec<u8>], separator: u8) {
    let separator = SEPARATORS[usize::from(separator) % SEPARATORS.len()];
    let alone: Cleaner = options.clone().build().expect("the options are valid");
    let (mut stream, mut want) = (Vec::new(), Vec::new());
    for (i, text) in texts.iter().enumerate() {
        if i > 0 {
            stream.extend_from_slice(format!("{separator}\n").as_bytes());
            want.extend_from_slice(format!("{separator}\n").as_bytes());
        }
        let text = lines(text, separator);
        want.extend_from_slice(&alone.clean_bytes(&text).text);
        stream.extend_from_slice(&text);
    }
    let got = support::check_once(&options.separator(separator), &stream).text;
    let shown = support::shown;
    assert!(got == want, "{separator:?}: {}\n  want {}\n  got  {}", shown(&stream), shown(&want), shown(&got));
}

/// The text with its last line closed, and without lines that are a separator themselves.
fn lines(text: &[u8], separator: &str) -> Vec<u8> {
    let lines = text.split_inclusive(|&b| b == b'\n').filter(|line| line.trim_ascii_end() != separator.as_bytes());
    let mut text: Vec<u8> = lines.flatten().copied().collect();
    if text.last().is_some_and(|&b| b != b'\n') {
        text.push(b'\n');
    }
    text
}

/// Options made of anything: they hold every invariant but cleaning twice, or are refused in one line, what was given apart.
pub fn check_settings(options: Options, given: &[&str], text: &[u8]) {
    match options.clone().build() {
        Ok(_) => drop(support::check_once(&options, text)),
        Err(error) => {
            let message = given.iter().fold(error.to_string(), |message, given| message.replace(given, "…"));
            assert!(message.lines().count() == 1, "a refusal is one line: {message:?}");
        }
    }
}

/// Holds records to what is promised of them. The bits of `format` say which they are, and whether there is a title.
///
/// # Panics
/// When something does not hold.
pub fn check_records(options: Options, format: u8, bytes: &[u8], cuts: &[u8]) {
    const FORMATS: [RecordFormat; 3] = [RecordFormat::JsonLines, RecordFormat::Csv, RecordFormat::Tsv];
    let records = Records::new(FORMATS[usize::from(format >> 2) % 3], if format & 1 == 0 { ["text"] } else { ["1"] });
    let records = if format & 2 == 0 { records } else { records.title_field("title") };
    let cleaner = options.build().expect("the options are valid");
    let clean = |pieces: &[&[u8]]| {
        let mut out = Cleaned::<Vec<u8>>::default();
        let mut session = records.session(&cleaner);
        pieces.iter().try_for_each(|piece| session.push(piece, &mut out))?;
        session.finish(&mut out).map(|()| out)
    };
    let (mut rest, mut pieces) = (bytes, Vec::new());
    for &cut in cuts {
        let (piece, left) = rest.split_at(rest.len().min(cut.into()));
        pieces.push(piece);
        rest = left;
    }
    pieces.push(rest);
    // A table may have no header.
    let (Ok(whole), Ok(in_pieces)) = (clean(&[bytes]), clean(&pieces)) else { return };
    assert_eq!(whole, in_pieces, "pieces make a difference");
    let restored = copydesk::restore(&whole.text, &whole.edits).expect("the edits fit the output");
    assert_eq!(restored, bytes, "not restored");
}
