//! Where a mark is worth setting: the same last words prove a cut at a document's end, and little in the middle of a block.
//!
//! Counted in real text: at an open end with a line right after it the rest was on that line thirteen times in fourteen; on
//! a document's last paragraph, or before a blank line and prose that is whole by itself, a last word that can't end a
//! sentence was right nine times in ten.

use super::explained;
use super::role::Prose;
use super::{Context, Next, Tail, join};
use crate::english::ending::{self, Ending};
use crate::english::teaser;
use crate::english::token::first_token;
use crate::reasons::Reason;

/// Where a reason is sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// In the middle of a document.
    Inside,
    /// Before a blank line, after which a paragraph of prose stands alone.
    BeforeProse,
    /// On the document's last paragraph.
    Last,
}

/// A paragraph of this many words is prose, unless its role says otherwise.
const PROSE: usize = 8;
/// A paragraph that stands alone has as many words at least.
const SHORTEST: usize = 4;
/// The first word of a paragraph is in this many bytes.
const START: usize = 64;

/// The reason for which the end is marked; none where no mark is worth it.
pub(super) fn mark(
    tail: &Tail<'_>,
    found: Ending,
    reason: Reason,
    context: &Context,
    next: Next<'_>,
) -> Option<Reason> {
    if leads_on(next) || names_outcome(tail, next) {
        return None;
    }
    if found != Ending::Abbreviation && is_in_block(context, next) {
        return follows_whole(next).then(|| likely(reason));
    }
    let place = place(tail, reason, next);
    let sure = sure_from(reason).is_some_and(|from| place >= from) && is_prose(tail, reason, place);
    let whole = || match place {
        Place::Last => explained::is_elliptic(tail, reason),
        Place::BeforeProse => begins_with_speaker(next) || !explained::is_certain(tail, reason),
        Place::Inside => false,
    };
    Some(if sure && !whole() && !explained::is_credit(tail) { reason } else { likely(reason) })
}

/// The least place at which a reason is sure; none where it never is.
fn sure_from(reason: Reason) -> Option<Place> {
    match reason {
        Reason::AfterTitle
        | Reason::AfterMonth
        | Reason::AfterNumberSign
        | Reason::AfterPlacePrefix
        | Reason::AfterLatin
        | Reason::CountrySubject => Some(Place::Inside),
        Reason::AfterArticle | Reason::AfterPreposition | Reason::AfterConjunction | Reason::AfterAuxiliary => {
            Some(Place::BeforeProse)
        }
        Reason::AfterPronoun | Reason::HalfWord | Reason::AfterComma => Some(Place::Last),
        _ => None,
    }
}

/// What a reason is worth where it is not sure.
fn likely(reason: Reason) -> Reason {
    match reason {
        Reason::AfterArticle
        | Reason::AfterPreposition
        | Reason::AfterConjunction
        | Reason::AfterAuxiliary
        | Reason::AfterPronoun => Reason::LikelyWord,
        Reason::AfterComma => Reason::LikelyComma,
        Reason::HalfWord => Reason::LikelyHalfWord,
        Reason::AfterTitle
        | Reason::AfterMonth
        | Reason::AfterNumberSign
        | Reason::AfterPlacePrefix
        | Reason::AfterLatin
        | Reason::CountrySubject => Reason::LikelyAbbreviation,
        likely => likely,
    }
}

fn place(tail: &Tail<'_>, reason: Reason, next: Next<'_>) -> Place {
    match next {
        Next::End => Place::Last,
        Next::Paragraph { text, .. } if teaser::link(text.trim()) == Some(0) => Place::Last,
        Next::Paragraph { text, context, .. }
            if context.shape.index == 0 && follows_whole(next) && !may_be_rest(tail, reason, text.trim()) =>
        {
            Place::BeforeProse
        }
        Next::Paragraph { .. } | Next::Unknown => Place::Inside,
    }
}

/// "at the opening of" "Alden Harbour last May, with …", "along the shore of" "Alden are cheaper.": a name that is the rest,
/// since what it begins is no sentence by itself. Not where the paragraph is a teaser of the next.
fn may_be_rest(tail: &Tail<'_>, reason: Reason, next: &str) -> bool {
    join::begins_no_sentence(next, reason) && !next.starts_with(tail.text.trim())
}

/// Whether the next line belongs to the same block.
fn is_in_block(context: &Context, next: Next<'_>) -> bool {
    let Next::Paragraph { context: place, .. } = next else { return false };
    context.shape.lines > 1 && place.shape.index > 0
}

/// Whether what follows is whole by itself.
fn follows_whole(next: Next<'_>) -> bool {
    matches!(next, Next::Paragraph { text, .. } if stands_alone(text))
}

/// A paragraph of prose that begins and ends as one does.
fn stands_alone(text: &str) -> bool {
    let text = text.trim();
    let begins = text.trim_start_matches(['"', '“', '‘', '\'', '(']).starts_with(char::is_uppercase);
    let closes = || ending::of(text) == Ending::Closed && !text.ends_with(':');
    begins && text.split_whitespace().nth(SHORTEST - 1).is_some() && (closes() || join::has_sentence(text))
}

/// Markup that goes on with a sentence: a link, emphasis, a quotation set apart, an image.
fn leads_on(next: Next<'_>) -> bool {
    let Next::Paragraph { text, .. } = next else { return false };
    text.trim_start().starts_with(['[', '*', '_', '>', '<', '`', '!'])
}

/// "Speaker 5: …": another one cuts in.
fn begins_with_speaker(next: Next<'_>) -> bool {
    let Next::Paragraph { text, .. } = next else { return false };
    let label = join::start_of(text, START).split_once(':').map_or("", |(label, _)| label);
    let named = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    label.split_whitespace().next().is_some() && label.split_whitespace().all(named)
}

/// "the judgment of the court is" "Reversed and remanded …"
fn names_outcome(tail: &Tail<'_>, next: Next<'_>) -> bool {
    let Next::Paragraph { text, .. } = next else { return false };
    let first = first_token(join::start_of(text, START));
    tail.words.last().zip(first).is_some_and(|(last, first)| join::is_outcome(last, &first))
}

fn is_prose(tail: &Tail<'_>, reason: Reason, place: Place) -> bool {
    let words = tail.words.iter().filter(|w| !w.word.is_empty()).count();
    let labelled = tail.start == 0 && tail.words[0].trail.ends_with(':');
    let sentence = reason == Reason::AfterArticle && place == Place::Last && tail.prose() >= Prose::Sentence;
    tail.is_prose() && (words >= PROSE || tail.start > 2 || sentence) && !labelled
}
