//! Distinguishes a wrapped block (one paragraph broken at about one width) from a listed one (each line a paragraph).

use super::block::{BlockShape, Layout};
use super::role::strip_heading_marks;
use crate::change::Change;
use crate::english::country::canonical_text;
use crate::english::ending::{self, may_be_cut};
use crate::english::floor_boundary;
use crate::english::lexicon;
use crate::english::teaser::without_link;

/// Lines of a block that are looked at, and their bytes at most.
pub(crate) const LINES: usize = 16;
/// Lines of a block that are read before it is judged: some may go.
pub(crate) const START: usize = 24;
pub(crate) const BYTES: u64 = 8 * 1024;

/// Widths in chars between which text is taken for wrapped: narrower is verse or a table, wider is no wrapped text's.
const WIDTHS: std::ops::RangeInclusive<usize> = 45..=100;
/// The form of the country's name in which lines are judged.
const FORM: &str = "U.S.";
/// A line of more chars is over the greatest width, however the country's name is written in it: the longest form of it, and a
/// space, take eight, and as [`FORM`] five.
const WIDE: usize = 160;
/// Bytes of such a line that show how it ends.
const END: usize = 64;
/// A line of at most this many chars is short.
const SHORT: usize = 64;

/// The shape of a block of one line, of which nothing more is asked.
pub(crate) const ALONE: BlockShape =
    BlockShape { layout: Layout::Listed, lines: 1, short: 0, closed: 0, broken: false, after_broken: false, index: 0 };

/// Takes out of a block's lines what a stage will take out of them: how they are laid out is judged without it.
pub(crate) trait Strip: std::fmt::Debug + Send + Sync {
    /// What goes of each line; none where they can't be read one by one.
    fn strip_each(&self, lines: &[&str]) -> Option<Vec<Vec<Change>>>;

    /// The lines as one text, without what goes of them; nothing where nothing goes.
    fn strip_together(&self, lines: &[&str]) -> Option<String>;
}

/// What the blocks before one in the document were like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Before {
    /// The width of a wrapped one, in chars.
    pub(crate) width: Option<usize>,
    /// One was wrapped or broken.
    pub(crate) broken: bool,
}

/// Judges the start of a block; gives its width, too, where it is clearly wrapped, and the measures that it went by. Lines are
/// judged with one form of the country's name, since a later stage may change it.
pub(crate) fn judge(lines: &[&str], before: Before) -> (BlockShape, Option<usize>, Vec<Measure>) {
    let lines = &lines[..lines.len().min(LINES)];
    if lines.len() < 2 {
        return (ALONE, None, Vec::new());
    }
    let measures: Vec<Measure> = lines.iter().map(|line| Measure::of(line)).collect();
    let (shape, width) = match judge_wide(measures.iter().copied(), before.broken) {
        Some(shape) => (shape, None),
        None => judge_narrow(lines, &measures, before),
    };
    (shape, width, measures)
}

/// Judges two lines or more by their texts.
fn judge_narrow(lines: &[&str], measures: &[Measure], before: Before) -> (BlockShape, Option<usize>) {
    let canonical: Vec<_> = lines.iter().map(|line| canonical_text(unmarked(line), FORM)).collect();
    let lines: Vec<Line<'_>> =
        canonical.iter().zip(measures).map(|((text, _), &measure)| Line { text, measure }).collect();
    let mut shape = listed(measures.iter().copied(), before.broken);
    shape.broken = is_broken(&lines, before.broken);
    let slack = if canonical.iter().any(|(_, has_form)| *has_form) { FORM.len() - 2 } else { 0 };
    let mut own = lines.iter().map(|line| line.measure.len).max().unwrap_or(0);
    let known = before.width.filter(|&w| own <= w && own + 12 > w);
    let seen = before.width.map(|_| known.is_some());
    let mut wrapped = is_wrapped(&lines, known.unwrap_or(own), slack, seen);
    if !wrapped && lines.len() > 3 {
        // Where two wrapped paragraphs were joined, one line is longer than all others.
        own = second(&lines);
        wrapped = is_wrapped(&lines, own, slack, None);
    }
    if !wrapped {
        return (shape, None);
    }
    (shape.layout, shape.broken) = (Layout::Wrapped, false);
    (shape, (lines.len() > 2).then_some(own))
}

/// The shape of a block of lines that are too wide to be wrapped, by their measures alone; none where they don't decide. It is
/// what [`judge`] says of them.
pub(crate) fn judge_wide(lines: impl Iterator<Item = Measure> + Clone, broken: bool) -> Option<BlockShape> {
    let lines = lines.take(LINES);
    let count = |(all, wide), line: Measure| (all + 1, wide + usize::from(line.len > *WIDTHS.end()));
    let (all, wide) = lines.clone().fold((0, 0), count);
    // Of a longer block one line may be two that were joined.
    let decides = all > 1 && wide > usize::from(all > 3);
    decides.then(|| listed(lines, broken))
}

/// A listed block of these lines.
fn listed(lines: impl Iterator<Item = Measure>, after_broken: bool) -> BlockShape {
    let none = BlockShape { layout: Layout::Listed, after_broken, ..BlockShape::default() };
    lines.fold(none, |shape, line| BlockShape {
        lines: shape.lines.saturating_add(1),
        short: shape.short.saturating_add(line.is_short().into()),
        closed: shape.closed.saturating_add(line.ends_sentence.into()),
        ..shape
    })
}

/// What the shape of a block goes by of a line, however the country's name is written and its end is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Measure {
    /// Its length in chars; where it is over [`WIDE`], as it is written.
    len: usize,
    /// It ends in closing punctuation.
    closed: bool,
    /// The same, and its last word is no abbreviation at which a line may be cut.
    ends_sentence: bool,
}

impl Measure {
    pub(crate) fn of(line: &str) -> Self {
        let line = unmarked(line);
        let (bytes, len) = (line.as_bytes(), chars(line));
        if ending::is_closed(bytes) && (len > WIDE || memchr::memchr(b'U', bytes).is_none()) {
            return Self { len, closed: true, ends_sentence: true };
        }
        let end = end_of(line).filter(|_| len > WIDE);
        let measure = Self::of_canonical(&canonical_text(end.unwrap_or(line), FORM).0);
        Self { len: if end.is_some() { len } else { measure.len }, ..measure }
    }

    fn of_canonical(line: &str) -> Self {
        let closed = is_closed(line);
        Self { len: chars(line), closed, ends_sentence: closed && !may_be_cut(line.as_bytes()) }
    }

    pub(crate) fn is_short(self) -> bool {
        self.len <= SHORT
    }

    pub(crate) fn ends_sentence(self) -> bool {
        self.ends_sentence
    }
}

/// A line as it is judged.
struct Line<'a> {
    text: &'a str,
    measure: Measure,
}

impl Line<'_> {
    /// Whether it ends in an article, a preposition or a conjunction.
    fn ends_in_small_word(&self) -> bool {
        let word = self.text.rsplit(char::is_whitespace).next().unwrap_or_default();
        word.starts_with(char::is_lowercase) && lexicon::closed(word).starts_with(['C', 'D', 'P', 't'])
    }

    /// Whether its break falls inside a sentence, by how the next one begins.
    fn goes_on(&self, next: &str) -> bool {
        !self.measure.closed && next.trim_start_matches(['"', '\'', '“', '‘', '(', '[']).starts_with(char::is_lowercase)
    }
}

/// The length of a text in chars.
fn chars(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// The words at a line's end that show how it ends.
fn end_of(line: &str) -> Option<&str> {
    let end = &line[floor_boundary(line, line.len().saturating_sub(END))..];
    end.find(' ').map(|space| &end[space + 1..])
}

/// The length of the longest line but one.
fn second(lines: &[Line<'_>]) -> usize {
    let longest_two = |(first, second): (usize, usize), line: &Line<'_>| {
        if line.measure.len > first { (line.measure.len, first) } else { (first, second.max(line.measure.len)) }
    };
    lines.iter().fold((0, 0), longest_two).1
}

/// A line without outer spaces, the mark of a cut and a teaser's link at its end: a later stage may add the one and remove the
/// other.
fn unmarked(line: &str) -> &str {
    let line = without_link(line.trim_end());
    line.strip_suffix("…").map_or(line, str::trim_end)
}

/// Each line but the last is full (the next line's first word had no room in it, give or take `slack` chars), and most
/// breaks fall inside a sentence; one line may begin with a dash of its sentence. Two lines prove little: they count only
/// after a wrapped block, and where a name begins the second, after one of the same width. `seen`: there was one before,
/// and whether it had this width.
fn is_wrapped(lines: &[Line<'_>], width: usize, slack: usize, seen: Option<bool>) -> bool {
    if !WIDTHS.contains(&width)
        || lines.len() < 3 && seen.is_none()
        || lines.iter().filter(|l| is_item(l.text)).count() > 1
        || lines.iter().any(|l| is_marked_heading(l.text))
    {
        return false;
    }
    let breaks = lines.len() - 1;
    let (mut full, mut inside, mut opens) = (0, 0, 0);
    for (line, next) in pairs(lines) {
        full += usize::from(line.measure.len + 1 + first_word(next.text) + slack > width);
        opens += usize::from(!line.measure.closed);
        inside += usize::from(line.goes_on(next.text));
    }
    // Where many lines begin with a name, several full lines without a sentence's end say as much.
    let names = full == breaks && 3 * opens >= 2 * breaks;
    let goes_on = seen == Some(true) && full == breaks && 3 * opens >= breaks;
    let asks = || full == breaks && opens == breaks && lines[..breaks].iter().any(Line::ends_in_small_word);
    // One line in eight may be broken early: after a dash or before a long address.
    goes_on || full + breaks / 8 >= breaks && (inside > 0 && (3 * inside >= breaks || names) || asks())
}

/// Narrow lines most of whose breaks are inside a sentence, so that a writer or a program broke them there, no scraper: hanging
/// list items, lines of uneven width. Two lines prove that only when the second hangs, after such a block, or where the first is
/// full and ends in a word that ends no sentence.
fn is_broken(lines: &[Line<'_>], seen: bool) -> bool {
    if lines.iter().any(|line| line.measure.len > *WIDTHS.end()) {
        return false;
    }
    let widest = lines.iter().map(|line| line.measure.len).max().unwrap_or(0);
    if let [first, next] = lines {
        let full = WIDTHS.contains(&widest) && first.measure.len + 1 + first_word(next.text) > widest;
        if full && first.ends_in_small_word() {
            return true;
        }
    }
    let inside = pairs(lines).filter(|(line, next)| line.goes_on(next.text.trim_start())).count();
    if inside == 0 {
        return false;
    }
    // Lines of about one width without an end, though names and headings may begin the next.
    let breaks = lines.len() - 1;
    let even =
        lines[..breaks].iter().filter(|line| !line.measure.closed && line.measure.len * 10 >= widest * 7).count();
    let hangs =
        |(line, next): (&Line<'_>, &Line<'_>)| next.text.starts_with("  ") && is_item(line.text) && !is_item(next.text);
    let least = if seen || pairs(lines).any(hangs) { 1 } else { 2 };
    inside >= least && 3 * inside >= breaks || even >= 3 && 4 * even >= 3 * breaks
}

/// Each line with the one after it.
fn pairs<'l, 'a>(lines: &'l [Line<'a>]) -> impl Iterator<Item = (&'l Line<'a>, &'l Line<'a>)> {
    lines.iter().zip(&lines[1..])
}

/// Chars of the first word. Where a line may also be broken inside a word, at a hyphen, this errs to the wrapped side.
fn first_word(line: &str) -> usize {
    line.split_whitespace().next().map_or(0, |word| word.chars().count())
}

/// A list item, a table's row, a quoted line of mail.
fn is_item(line: &str) -> bool {
    let line = line.trim_start_matches(' ');
    line.starts_with(['-', '*', '•', '|', '>', '+', '#', '='])
        || is_numbered(line)
        || memchr::memchr(b'\t', line.as_bytes()).is_some()
}

/// A line with the marks of a Markdown or wiki heading: no part of a paragraph.
fn is_marked_heading(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(['#', '=']) && strip_heading_marks(line).len() < line.len()
}

fn is_numbered(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < line.len() && line.len() - rest.len() <= 3 && (rest.starts_with(". ") || rest.starts_with(") "))
}

/// Whether a line ends in a sentence's closing punctuation, quotes and brackets after it allowed.
fn is_closed(line: &str) -> bool {
    line.trim_end().trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']).ends_with(['.', '!', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(text: &str) -> Layout {
        judge(&text.lines().collect::<Vec<_>>(), Before::default()).0.layout
    }

    #[test]
    fn full_lines_that_break_inside_sentences_are_wrapped() {
        let text = "The council has asked its lawyers to find out who\nowns the weir above the mill, since nobody has paid\nfor repairs since the war and the water is rising.";
        assert_eq!(layout(text), Layout::Wrapped);
    }

    #[test]
    fn names_may_begin_each_line_after_a_small_word() {
        let text = "The islanders, who own the weir above the mill and the\nHexley lock below it, will hear on Friday what the new\nWater Board makes of both.";
        assert_eq!(layout(text), Layout::Wrapped);
        let list = "The Hexley Lock and the Weir Above the Mill, in Oils and\nThe Water Board in Its New Clothes, a Study in Charcoal\nThe Mill by Night, a Sketch";
        assert_eq!(layout(&list.replace(" and\n", " too\n")), Layout::Listed);
    }

    #[test]
    fn verse_lists_and_long_lines_are_listed() {
        assert_eq!(layout("we came by night\nand left by day\nand no one saw\nus go away"), Layout::Listed);
        assert_eq!(
            layout(
                "- two pounds of flour, sifted twice and kept dry\n- one pound of butter, soft but not yet melted\n- salt"
            ),
            Layout::Listed
        );
        let long = "The council has asked its lawyers to find out who owns the weir above the mill, since nobody has paid for repairs.";
        assert_eq!(layout(&format!("{long}\n{long}\n{long}")), Layout::Listed);
    }

    proptest::proptest! {
        #[test]
        fn wide_blocks_are_judged_by_their_measures(
            picks in proptest::collection::vec((0..LINES_OF_TEXT.len(), 1..4usize), 2..20),
            broken: bool,
        ) {
            let lines: Vec<String> = picks.iter().map(|(line, times)| vec![LINES_OF_TEXT[*line]; *times].join(" ")).collect();
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let measures: Vec<Measure> = lines.iter().map(|line| Measure::of(line)).collect();
            let wide = judge_wide(measures.iter().copied(), broken);
            let first = lines.len().min(LINES);
            for width in [None, Some(60), Some(100)] {
                let (shape, _) = judge_narrow(&lines[..first], &measures[..first], Before { width, broken });
                proptest::prop_assert!(wide.is_none_or(|wide| wide == shape), "{lines:?}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn the_end_of_a_wide_line_shows_how_it_ends(
            picks in proptest::collection::vec(0..LINES_OF_TEXT.len() + ENDS.len(), 1..9),
        ) {
            let piece = |&pick: &usize| LINES_OF_TEXT.iter().chain(&ENDS).nth(pick).copied().unwrap_or_default();
            let line = picks.iter().map(piece).collect::<Vec<_>>().join(" ");
            let (short, whole) = (Measure::of(&line), Measure::of_canonical(&canonical_text(unmarked(&line), FORM).0));
            let same_len = short.len == whole.len || short.len > WIDE && whole.len > *WIDTHS.end();
            proptest::prop_assert!(same_len && Measure { len: 0, ..short } == Measure { len: 0, ..whole }, "{line}");
        }
    }

    const ENDS: [&str; 6] = ["U. S..", "J. U. S.", "U.S.A.”", "etc.)", "said Mr.", "the USA.."];

    const LINES_OF_TEXT: [&str; 8] = [
        "The council has asked its lawyers to find out who",
        "owns the weir above the mill, since nobody has paid for its repair since the war in the U.S.A.",
        "The water is rising.",
        "- two pounds of flour, sifted twice",
        "# The mill",
        "which nobody in the USA …",
        "“Go,” he said. Read more »",
        "(more…)",
    ];

    #[test]
    fn two_lines_count_only_after_a_wrapped_block() {
        let lines = ["Nobody has paid for repairs since the war, and the", "water is rising."];
        assert_eq!(judge(&lines, Before::default()).0.layout, Layout::Listed);
        assert_eq!(judge(&lines, Before { width: Some(51), broken: true }).0.layout, Layout::Wrapped);
    }

    #[test]
    fn a_name_may_begin_the_second_of_two_lines() {
        let lines = ["Most of the rope that is sold on the quay comes from mills and", "Wexcombe."];
        assert!(judge(&lines, Before::default()).0.broken);
        let whole = ["Most of the rope that is sold on the quay comes from a mill", "Wexcombe."];
        assert!(!judge(&whole, Before::default()).0.broken);
        let before = Before { width: Some(64), broken: true };
        assert_eq!(judge(&whole, before).0.layout, Layout::Wrapped);
        assert_eq!(judge(&["The mill is shut.", "Wexcombe mourns."], before).0.layout, Layout::Listed);
    }

    #[test]
    fn uneven_lines_that_break_inside_sentences_are_broken() {
        let broken = |text: &str, seen: bool| {
            let before = Before { width: None, broken: seen };
            judge(&text.lines().collect::<Vec<_>>(), before).0.broken
        };
        let uneven =
            "The council has asked its lawyers\nto find out who owns the weir\nabove the mill since nobody\nhas paid.";
        assert!(broken(uneven, false));
        let names = "The names of the Holders or of their\nAuthors may not be used to sell\nModified Versions of it but with written\npermission.";
        assert!(broken(names, false));
        assert!(broken(" * The weir above the mill, which nobody\n   has paid for.", false));
        let two = "The weir above the mill, which nobody\nhas paid for.";
        assert!(!broken(two, false) && broken(two, true));
        assert!(!broken("The weir has been shut.\nThe mill stands still.\nNobody has paid.", true));
    }
}
