//! Stage `truncation`: what is to be done about the end of a paragraph. Everything here is pure: a text, what is known of
//! its place, and the text of the next paragraph come in, a decision goes out.

mod abbreviation;
mod adjective;
mod country;
mod explained;
mod join;
mod leads;
mod open;
mod place;
mod quick;
mod role;
mod says;
pub(crate) mod stage;
mod stranded;
mod verbless;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use crate::document::block::BlockShape;
use crate::english::ceil_boundary;
use crate::english::clause::{self, Reading, Tag};
use crate::english::ending::{self, Ending, may_be_cut};
use crate::english::token::{Token, tokens};
use crate::english::{sentence, teaser};
use crate::names::names;
use crate::reasons::Reason;

use join::Following;
use role::Prose;

/// What becomes of a sentence that was cut off and whose rest is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Truncated {
    /// A mark ([`Options::mark`](crate::Options::mark)) takes the place of what is missing.
    #[default]
    Ellipsis,
    /// The incomplete sentence goes, and the paragraph when nothing of it is left.
    Drop,
    /// Nothing changes; a [note](crate::Note) says what was seen.
    Keep,
}

impl Truncated {
    /// Every value, in the order in which help shows them.
    pub const ALL: &'static [Self] = &[Self::Ellipsis, Self::Drop, Self::Keep];

    /// The name by which options know it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ellipsis => "ellipsis",
            Self::Drop => "drop",
            Self::Keep => "keep",
        }
    }
}

names!(Truncated, "way to treat cut sentences", "ellipsis, drop or keep");

/// What marks a cut, unless another mark is asked for.
pub(crate) const MARK: &str = " …";
/// A mark has no more bytes than this.
const MARK_MAX: usize = 64;

/// Whether a text can mark a cut: it is in a line, and can be seen.
pub(crate) fn is_mark(text: &str) -> bool {
    text.len() <= MARK_MAX && !text.trim().is_empty() && text.trim_end() == text && !text.contains(char::is_control)
}

/// What is known of a paragraph's place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Context {
    pub(crate) shape: BlockShape,
    /// The first paragraph of the document.
    pub(crate) first: bool,
    /// The paragraph before it ended in a colon.
    pub(crate) prev_ends_colon: bool,
    /// It has just been joined with the one after it.
    pub(crate) joined: bool,
}

/// What is to be done about a paragraph's end. Offsets are bytes in the paragraph's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Nothing is missing.
    Keep,
    /// The next paragraph is the rest: `with` takes the place of `text[from..]`, of what is between the two and of
    /// `next[..skip]`.
    Join { from: usize, skip: usize, with: &'static str, reason: Reason },
    /// The sentence that begins at `sentence` was cut off. Its text ends at `at`, after an ellipsis where there is one; a
    /// teaser's link, with the spaces before it, may follow.
    Cut { at: usize, sentence: usize, ellipsis: bool, link: Option<Range<usize>>, reason: Reason },
    /// Only a teaser's link is to go, after an ellipsis that ends a whole sentence.
    Link { range: Range<usize> },
}

/// What follows a paragraph.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Next<'a> {
    /// The document's end.
    End,
    /// Nothing that is known: the window was full.
    Unknown,
    /// The very next paragraph, as the earlier stages left it, and those after it as far as they are known.
    Paragraph { text: &'a str, context: &'a Context, beyond: &'a [Cow<'a, str>] },
}

/// The last sentence is looked for in this many bytes.
const WINDOW: usize = 2048;
/// A sentence of fewer words is not read.
const FEWEST_READ: usize = 4;

/// The end of a paragraph, read as far as it is asked: most lines are judged by their last words.
struct Tail<'a> {
    /// The text up to its end, or up to the ellipsis or link that ends it.
    text: &'a str,
    context: &'a Context,
    /// The words of the window.
    words: Vec<Token<'a>>,
    /// The word that begins the last sentence.
    start: usize,
    no_prose: OnceCell<bool>,
    closed: OnceCell<Vec<&'static str>>,
    reading: OnceCell<Reading>,
    prose: OnceCell<Prose>,
}

impl<'a> Tail<'a> {
    fn read(text: &'a str, context: &'a Context) -> Self {
        let from = ceil_boundary(text, text.len().saturating_sub(WINDOW));
        let mut words = tokens(&text[from..], from);
        // A mark that stands alone at the end says nothing of grammar.
        while words.last().is_some_and(|t| t.word.is_empty()) {
            words.pop();
        }
        let start = sentence::last_start(&words);
        let (no_prose, closed, reading, prose) = Default::default();
        Self { text, context, words, start, no_prose, closed, reading, prose }
    }

    fn is_no_prose(&self) -> bool {
        *self.no_prose.get_or_init(|| role::is_no_prose(self.text, &self.words, self.context))
    }

    /// Whether it is prose at all: [`prose`](Self::prose), at less cost.
    fn is_prose(&self) -> bool {
        let words = || self.words.iter().filter(|w| !w.word.is_empty()).nth(role::FEWEST - 1).is_some();
        !self.is_no_prose() && (words() || self.prose() > Prose::None)
    }

    /// How surely it is prose.
    fn prose(&self) -> Prose {
        *self.prose.get_or_init(|| if self.is_no_prose() { Prose::None } else { role::prose(self, self.context) })
    }

    fn reading(&self) -> &Reading {
        self.reading.get_or_init(|| {
            let is_unread = self.words.len() < FEWEST_READ || self.is_no_prose();
            if is_unread { Reading::unread() } else { clause::read_closed(self.sentence(), self.closed()) }
        })
    }

    /// Whether a bracket is left open. Few sentences have one, and only those are read.
    fn has_open_bracket(&self) -> bool {
        self.has_bracket() && self.reading().open_bracket
    }

    fn has_bracket(&self) -> bool {
        self.sentence().iter().any(|w| w.lead.contains(['(', '[']))
    }

    /// What the last word is in its place. A reading says the same of a preposition, an article or a conjunction wherever it is.
    fn last_tag(&self) -> Option<Tag> {
        let last = self.sentence().last()?;
        let tag = clause::own_tag(last).filter(|_| self.words.len() >= FEWEST_READ && !self.is_no_prose());
        tag.or_else(|| self.reading().tags.last().copied())
    }

    /// The closed classes of the sentence's words.
    fn closed(&self) -> &[&'static str] {
        self.closed.get_or_init(|| clause::closed(self.sentence()))
    }

    fn sentence(&self) -> &[Token<'a>] {
        &self.words[self.start..]
    }
}

/// Decides about a paragraph's end.
pub(crate) fn decide(text: &str, context: &Context, next: Next<'_>) -> Decision {
    let body = text.trim_end();
    if body.is_empty() || context.shape.broken {
        return Decision::Keep;
    }
    if let Some(start) = teaser::link(body) {
        return before_link(body, start, context);
    }
    match ending::of(body) {
        Ending::Closed => Decision::Keep,
        Ending::Ellipsis(at) => at_ellipsis(body, at, None, context),
        found => at_open_end(body, found, context, next),
    }
}

/// Whether a text ends in an ellipsis and nothing after it: no mark is set, and nothing is joined.
pub(crate) fn has_mark(text: &str) -> bool {
    let body = text.trim_end();
    matches!(ending::of(body), Ending::Ellipsis(_)) && teaser::link(body).is_none()
}

/// A teaser's link goes, after an ellipsis or a cut.
fn before_link(body: &str, start: usize, context: &Context) -> Decision {
    let head = body[..start].trim_end();
    if head.is_empty() {
        return Decision::Keep;
    }
    let link = head.len()..body.len();
    match ending::of(head) {
        Ending::Ellipsis(at) => at_ellipsis(head, at, Some(link), context),
        Ending::Closed => Decision::Keep,
        found => {
            let tail = Tail::read(head, context);
            // A link says that there is more: only a line that is no prose keeps it.
            let certain = tail.prose() >= Prose::Strong && matches!(found, Ending::Open | Ending::Comma);
            if !certain && cut(&tail, found).is_none() {
                return Decision::Keep;
            }
            let sentence = drop_from(&tail, context);
            Decision::Cut { at: head.len(), sentence, ellipsis: false, link: Some(link), reason: Reason::BeforeLink }
        }
    }
}

/// An ellipsis is there: the sentence before it was cut off, or its writer meant the ellipsis.
fn at_ellipsis(body: &str, at: usize, link: Option<Range<usize>>, context: &Context) -> Decision {
    let head = body[..at].trim_end();
    let found = ending::of(head);
    let tail = Tail::read(head, context);
    let open = !matches!(found, Ending::Closed | Ending::Ellipsis(_));
    let certain = link.is_some() && !matches!(found, Ending::Closed) && tail.is_prose();
    let reason = if certain { Some(Reason::BeforeLink) } else { cut(&tail, found).filter(|_| open) };
    if let Some(reason) = reason {
        let sentence = drop_from(&tail, context);
        return Decision::Cut { at: body.len(), sentence, ellipsis: true, link, reason };
    }
    match link {
        Some(range) => Decision::Link { range },
        None => Decision::Keep,
    }
}

fn at_open_end(body: &str, found: Ending, context: &Context, next: Next<'_>) -> Decision {
    let tail = Tail::read(body, context);
    let cut = cut(&tail, found);
    if let Next::Paragraph { text, context: place, beyond } = next {
        let joined = join::rest(&tail, found, cut, context, &Following { text, context: place, beyond });
        let whole = !matches!(found, Ending::Dash | Ending::Hyphen);
        if whole
            && (cut.is_some() || joined.is_some())
            && leads::leads_to(&tail, found, context, text, place, joined.is_some())
        {
            return Decision::Keep;
        }
        if let Some(decision) = joined {
            return decision;
        }
    }
    match cut.and_then(|reason| place::mark(&tail, found, reason, context, next)) {
        Some(reason) => {
            let sentence = drop_from(&tail, context);
            Decision::Cut { at: body.len(), sentence, ellipsis: false, link: None, reason }
        }
        None => Decision::Keep,
    }
}

/// Why the last sentence reads as cut off by its own words, wherever it is; none where it does not.
fn cut(tail: &Tail<'_>, found: Ending) -> Option<Reason> {
    let plain = found == Ending::Open && open::is_plain(tail);
    if plain { None } else { read_cut(tail, found) }
}

fn read_cut(tail: &Tail<'_>, found: Ending) -> Option<Reason> {
    if tail.words.is_empty() || !tail.is_prose() {
        return None;
    }
    match found {
        Ending::Abbreviation => abbreviation::cut(tail),
        Ending::Comma => open::at_comma(tail).then_some(Reason::AfterComma),
        Ending::Open => open::cut(tail),
        Ending::Closed | Ending::Ellipsis(_) | Ending::Dash | Ending::Hyphen => None,
    }
}

/// Where the text is to end when the incomplete sentence is dropped: what is left must itself be whole.
fn drop_from(tail: &Tail<'_>, context: &Context) -> usize {
    let mut at = tail.start;
    for _ in 0..4 {
        let Some(token) = tail.words.get(at) else {
            break;
        };
        let offset = if at == 0 { window_start(tail) } else { token.range.start };
        if is_whole(&tail.text[..offset], context) {
            return offset;
        }
        let Some(before) = (1..at).rev().find(|&b| sentence::begins(&tail.words, b)) else {
            break;
        };
        at = before;
    }
    0
}

/// Whether nothing is missing at a text's end, by its own words.
fn is_whole(text: &str, context: &Context) -> bool {
    let body = text.trim_end();
    if body.is_empty() || !may_be_cut(body.as_bytes()) {
        return true;
    }
    if teaser::link(body).is_some() {
        return false;
    }
    match ending::of(body) {
        Ending::Closed => true,
        Ending::Ellipsis(at) => {
            let head = body[..at].trim_end();
            let found = ending::of(head);
            cut(&Tail::read(head, context), found).is_none()
        }
        found => cut(&Tail::read(body, context), found).is_none(),
    }
}

/// Where the window's first word begins, or 0 where that is the text's first.
fn window_start(tail: &Tail<'_>) -> usize {
    let first = tail.words.first().map_or(0, |t| t.range.start);
    if tail.text.len() <= WINDOW { 0 } else { first }
}

#[cfg(test)]
mod tests;
