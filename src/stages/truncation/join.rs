//! Whether the next paragraph is the rest of a sentence that was cut off.

mod capital;
mod hyphen;
pub(super) mod line;

use super::ending::Ending;
use super::role::Prose;
use super::{Context, Decision, Tail, abbreviation, ending, role, teaser};
use std::borrow::Cow;

use crate::data::list;
use crate::english::clause::{self, Tag};
use crate::english::lexicon::{self, Classes};
use crate::english::sentence;
use crate::english::token::{Token, tokens};
use crate::reasons::Reason;
use capital::capital_start;
use hyphen::hyphen;

/// So much of the next paragraph is read.
const AHEAD: usize = 512;
/// A line of prose without a verb is longer than this, in bytes.
const LINE: usize = 40;
/// Words of a link or a stressed phrase that stands on a line of its own.
const PIECE: usize = 4;
/// Words of a link at most.
const LINK: usize = 6;
/// A line that was broken at a column's width is no shorter than this, in bytes.
const FULL_LINE: usize = 50;

/// The paragraph after the one that is judged.
pub(super) struct Following<'a> {
    pub(super) text: &'a str,
    pub(super) context: &'a Context,
    /// The paragraphs after it, as far as they are known.
    pub(super) beyond: &'a [Cow<'a, str>],
}

impl Following<'_> {
    /// Whether the paragraph is prose that closes, perhaps only with those after it: several parts of one sentence. Short
    /// lines one after the other, and parts that end in a semicolon, are a list.
    fn goes_on(&self) -> bool {
        let mut parts =
            std::iter::once(self.text).chain(self.beyond.iter().map(|text| &**text)).map(str::trim).peekable();
        let mut short_before = false;
        while let Some(part) = parts.next() {
            if closes(part) || has_sentence(part) {
                return true;
            }
            let Some(next) = parts.peek() else { return false };
            if goes_on_with_mark(next) || next.starts_with(')') || begins_joined(next) {
                return true;
            }
            let short = part.split_whitespace().nth(PIECE).is_none();
            let listed = short && short_before || !short && part.len() < FULL_LINE || part.ends_with(';');
            if listed || !begins_lower(next) {
                return false;
            }
            short_before = short;
        }
        false
    }

    /// A few words that stand apart because they were a link: the sentence goes on after them.
    fn is_link(&self, cut: Reason) -> bool {
        let text = self.text.trim();
        let short = text.split_whitespace().nth(LINK).is_none() && ending::of(text) == Ending::Open;
        let rest = self.beyond.first().map_or("", |text| text.trim());
        let goes_on = goes_on_with_mark(rest) || begins_lower(rest) && (closes(rest) || has_sentence(rest));
        asks(cut) && short && goes_on && !text.starts_with('!') && !line::is_apart(rest, &tokens(start_of(rest, 64), 0))
    }

    fn is_followed_by_lower(&self) -> bool {
        self.text.trim_end().ends_with(';') || self.beyond.first().is_some_and(|text| begins_lower(text))
    }

    fn is_question(&self) -> bool {
        self.text.trim_end().ends_with('?')
    }
}

fn begins_lower(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase)
}

/// ", who found it", ". It rained": no paragraph begins so, but the rest of one does.
fn goes_on_with_mark(text: &str) -> bool {
    let rest = text.strip_prefix([',', '.', ';']);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ')', '"', '”']))
}

/// Whether a paragraph begins in lowercase with a word that joins it to the one before.
fn begins_joined(text: &str) -> bool {
    begins_lower(text) && tokens(start_of(text, 64), 0).first().is_some_and(joins)
}

/// Whether a paragraph closes like prose.
fn closes(text: &str) -> bool {
    let text = text.trim_end();
    let marks = text.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
    matches!(ending::of(text), Ending::Closed | Ending::Abbreviation) && marks.ends_with(['.', '!', '?', ':'])
}

/// Whether a sentence ends inside a text's start, and another begins.
pub(super) fn has_sentence(text: &str) -> bool {
    sentence::last_start(&tokens(start_of(text, AHEAD), 0)) > 0
}

fn start_of(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The join, where the next paragraph is the rest; where it is one that must stay on its line, nothing is to be done.
pub(super) fn rest(
    tail: &Tail<'_>,
    found: Ending,
    cut: Option<Reason>,
    context: &Context,
    next: &Following<'_>,
) -> Option<Decision> {
    // A block of short lines keeps its lines, whatever they say: its shape, by which it is known, must not change.
    let place = next.context;
    let lines = context.shape.is_lines() || place.shape.is_lines() || place.shape.broken;
    if lines && cut.is_none() {
        return None;
    }
    let skip = next.text.len() - next.text.trim_start().len();
    if goes_on_with_mark(&next.text[skip..]) {
        // "bought the" ", and": what stood between them is lost.
        let prose = !cut.is_some_and(asks) && (cut.is_some() || tail.prose() >= Prose::Sentence);
        let join = Decision::Join { from: tail.text.len(), skip, with: "", reason: Reason::RestAfterMark };
        return prose.then_some(if lines { Decision::Keep } else { join });
    }
    if is_reference(tail, &next.text[skip..]) {
        return (!lines).then_some(Decision::Join {
            from: tail.text.len(),
            skip,
            with: " ",
            reason: Reason::RestNumber,
        });
    }
    let lower = next.text[skip..].chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    let named = !lower && cut.is_none() && (is_after_country(tail) || is_initialed(tail, context));
    if !lower && cut.is_none() && !named {
        return None;
    }
    let ahead = start_of(&next.text[skip..], if lower { 64 } else { AHEAD });
    let words = tokens(ahead, 0);
    let first = words.first().filter(|w| !w.word.is_empty())?;
    if teaser::link(next.text.trim_end()) == Some(skip) {
        return None;
    }
    if found == Ending::Open && is_ordinal(tail, first) {
        let with = "";
        return (!lines).then_some(Decision::Join { from: tail.text.len(), skip, with, reason: Reason::BrokenWord });
    }
    let starts_lower = first.is_lower() && is_lower_start(&words);
    let reason = if found == Ending::Hyphen {
        return (starts_lower && !lines).then(|| hyphen(tail, &words, skip)).flatten();
    } else if starts_lower {
        lower_start(tail, found, cut, context, next, &words)
    } else if named && is_after_country(tail) {
        names_institution(&words).then_some(Reason::RestInstitution)
    } else if named {
        (is_initialed_name(&words) && capital_start(tail, Reason::LikelyAbbreviation, &words, ahead).is_some())
            .then_some(Reason::RestName)
    } else {
        let cut = cut?;
        if found == Ending::Comma {
            names_speaker(tail, &words).then_some(Reason::RestPiece)
        } else {
            capital_start(tail, cut, &words, ahead).or_else(|| next.is_link(cut).then_some(Reason::RestLink))
        }
    }?;
    let join = Decision::Join { from: tail.text.len(), skip, with: " ", reason };
    Some(if lines { Decision::Keep } else { join })
}

/// "Rowe et al." "[2004] studied": the year of a work.
fn is_reference(tail: &Tail<'_>, next: &str) -> bool {
    let et_al = matches!(&tail.words[..], [.., et, al] if et.is("et") && al.is("al"));
    let year = |rest: &str| rest.len() > 4 && rest.as_bytes()[..4].iter().all(u8::is_ascii_digit);
    et_al && next.strip_prefix(['[', '(']).is_some_and(year)
}

/// "on 49" "th Street": the raised end of a number.
fn is_ordinal(tail: &Tail<'_>, first: &Token<'_>) -> bool {
    let digits = tail.words.last().filter(|w| w.word.bytes().all(|b| b.is_ascii_digit())).map_or("", |w| w.word);
    let end = match digits.as_bytes() {
        [.., b'1', _] => "th",
        [.., b'1'] => "st",
        [.., b'2'] => "nd",
        [.., b'3'] => "rd",
        [] => return false,
        _ => "th",
    };
    first.word == end && first.lead.is_empty()
}

/// "“…,”" "State's Attorney Roe said.": who spoke, and nothing behind the verb.
fn names_speaker(tail: &Tail<'_>, words: &[Token<'_>]) -> bool {
    let quoted = tail.text.ends_with(['”', '"', '’', '\'']);
    let titled = |w: &Token<'_>| w.trail == "." && lexicon::abbreviation(w.word).starts_with('t');
    let names = words.iter().take(8).take_while(|w| w.is_capital() && (w.trail.is_empty() || titled(w))).count();
    let closed = |w: &Token<'_>| w.trail.starts_with(['.', ',']) || words.len() == names + 1;
    quoted && names > 0 && words.get(names).is_some_and(|w| w.is_any(&["said", "says"]) && closed(w))
}

/// "Hale Inc.", "France's U.N.": too short to be judged, but an abbreviation ends no line of such words before small letters.
fn is_short_name(tail: &Tail<'_>, context: &Context) -> bool {
    let last = tail.words.last();
    last.is_some_and(|w| {
        w.has_period() && w.is_capital() && (w.word.contains('.') || lexicon::abbreviation(w.word).contains('c'))
    }) && !role::is_no_prose(tail.text, &tail.words, context)
}

/// "Stephen G." alone on its line.
fn is_initialed(tail: &Tail<'_>, context: &Context) -> bool {
    let [first, .., last] = &tail.words[..] else {
        return false;
    };
    tail.words.len() < 4
        && last.word.len() == 1
        && last.is_capital()
        && last.has_period()
        && first.is_capital()
        && first.word.len() > 1
        && !first.is_listed(abbreviation::LABELS)
        && !role::is_no_prose(tail.text, &tail.words, context)
}

/// "Baum, the president of the company": a surname that goes on in small letters.
fn is_initialed_name(words: &[Token<'_>]) -> bool {
    words[0].is_capital() && words.iter().skip(1).take(3).any(|w| w.is_lower() && !w.word.is_empty())
}

/// "the U.S.": a name may follow, even where the sentence could end.
fn is_after_country(tail: &Tail<'_>) -> bool {
    tail.words.last().is_some_and(|w| super::country::is_country(w.word) && w.trail == ".")
}

list!(
    /// Nouns that head an institution's name and ask for an article.
    HEADS, "english/institution-heads.txt"
);

/// "Fish and Wildlife Service announced", "Embassy in": an institution's name that lacks its article.
fn names_institution(words: &[Token<'_>]) -> bool {
    let runs = |at: usize| {
        let inner = words[at].is_any(&["and", "for", "of"]) && words.get(at + 1).is_some_and(Token::is_capital);
        words[at].is_capital() || inner
    };
    let mut end = 0;
    while end < words.len() && runs(end) {
        end += 1;
        if !words[end - 1].trail.is_empty() {
            break;
        }
    }
    let Some(last) = words[..end].last() else {
        return false;
    };
    let heads = |w: &Token<'_>| w.is_capital() && w.is_listed(HEADS);
    let headed = heads(last) || words[..end].windows(2).any(|w| heads(&w[0]) && w[1].is_any(&["for", "of"]));
    let goes_on = words.get(end).is_some_and(|w| {
        w.is_lower() && (!lexicon::closed(w.word).is_empty() || lexicon::classes(w.word).any(Classes::PAST))
    });
    // "Department of Agriculture's"
    let owns = last.word.ends_with("'s") || last.word.ends_with("’s");
    lexicon::closed(words[0].word).is_empty() && headed && (goes_on || owns || last.trail.starts_with(['.', ',']))
}

/// A small first letter that is no name's: not "iPod", "eBay", "de Vries".
fn is_lower_start(words: &[Token<'_>]) -> bool {
    let first = &words[0];
    let inner = first.word.chars().skip(1).take(3).any(char::is_uppercase);
    let particle = first.is_any(&[
        "de", "van", "von", "der", "den", "del", "della", "di", "da", "du", "la", "le", "al", "el", "bin", "ibn",
        "ter", "ten", "dos", "das",
    ]);
    let named = particle && words.get(1).is_some_and(Token::is_capital);
    let hyphened = ["al-", "el-", "d'", "d’", "l'", "l’"]
        .iter()
        .any(|p| first.word.strip_prefix(p).is_some_and(|rest| rest.starts_with(char::is_uppercase)));
    let listed = (first.trail.starts_with(')')
        && first.word.len() < 4
        && first.lead.is_empty()
        && words.get(1).is_some_and(Token::is_capital))
        || (first.trail == "." && first.word.len() == 1);
    let plain = first.lead.chars().all(|c| matches!(c, '"' | '“' | '‘' | '\'' | '('));
    // "my6boats", "quay_map"
    let coded = first.word.contains(|c: char| c.is_ascii_digit() || c == '_');
    // A writer who has no capitals.
    let i = first.word.split(['\'', '’']).next() == Some("i");
    let link = role::is_address(first.word) || role::is_bare_link(first.word);
    plain && !inner && !named && !hyphened && !listed && !link && !coded && !i
}

/// The next paragraph begins with a lowercase letter: the rest of prose, unless it is a line of its own.
fn lower_start(
    tail: &Tail<'_>,
    found: Ending,
    cut: Option<Reason>,
    context: &Context,
    next: &Following<'_>,
    words: &[Token<'_>],
) -> Option<Reason> {
    let prose = tail.prose() > Prose::None || is_short_name(tail, context) || ends_in_article(tail);
    if !prose || line::is_apart(next.text, words) {
        return None;
    }
    let asks = cut.is_some_and(asks)
        || cut.is_some() && ends_in_wh_word(tail)
        || found == Ending::Open && ends_in_article(tail);
    if !asks && words[0].lead.contains('(') {
        return None;
    }
    let goes_on = next.goes_on();
    if is_item(tail, asks) || !goes_on && next.is_followed_by_lower() {
        return None;
    }
    if asks {
        return Some(Reason::RestAfterWord);
    }
    if context.prev_ends_colon && tail.prose() < Prose::Strong {
        return None;
    }
    let country = tail.words.last().is_some_and(|w| super::country::is_country(w.word));
    if country || found == Ending::Abbreviation {
        return (cut.is_some() || country || is_abbreviated(tail)).then_some(Reason::RestAfterAbbreviation);
    }
    // "“…,” she said"
    if found == Ending::Comma && tail.text.ends_with(['”', '"', '’', '\'']) {
        return Some(Reason::RestAfterCut);
    }
    if !goes_on || next.is_question() && !is_question(tail) {
        return None;
    }
    match cut {
        Some(_) => Some(Reason::RestAfterCut),
        None if tail.prose() > Prose::Line || is_sentence(tail) => Some(Reason::RestLowercase),
        // "(The keeper, it is worth noting, repeatedly"
        None if tail.reading().open_bracket => Some(Reason::RestLowercase),
        None if next.is_question() => Some(Reason::RestLowercase),
        None => (tail.text.len() > LINE && (joins(&words[0]) || is_verb_of(tail, &words[0])))
            .then_some(Reason::RestLowercase),
    }
}

/// Whether a cut asks for its rest, whatever that looks like.
fn asks(cut: Reason) -> bool {
    matches!(cut, Reason::AfterArticle | Reason::AfterPreposition | Reason::AfterConjunction | Reason::AfterAuxiliary)
}

/// "The chairman thanked the": however short, no line ends so that a lowercase letter follows.
fn ends_in_article(tail: &Tail<'_>) -> bool {
    let article = |w: &Token<'_>| w.is_lower() && w.trail.is_empty() && lexicon::closed(w.word).contains('D');
    tail.words.len() > 2 && tail.words.last().is_some_and(article)
}

/// "Nobody knows what"
fn ends_in_wh_word(tail: &Tail<'_>) -> bool {
    tail.reading().tags.last() == Some(&Tag::Wh)
}

/// An item among others: it begins in lowercase, and its end asks for nothing but the next item.
fn is_item(tail: &Tail<'_>, asks: bool) -> bool {
    let listed = tail.words.last().is_some_and(|w| w.is_any(&["and", "or"]));
    tail.start == 0 && tail.words.first().is_some_and(Token::is_lower) && (!asks || listed)
}

/// Whether the last sentence is a question so far.
fn is_question(tail: &Tail<'_>) -> bool {
    tail.sentence().first().is_some_and(|w| lexicon::closed(w.word).contains(['W', 'A', 'M', 't']))
}

/// "A team of divers from the school" "found the bell": a subject and its verb.
fn is_verb_of(tail: &Tail<'_>, first: &Token<'_>) -> bool {
    let article = tail.words.iter().any(|w| w.is_lower() && lexicon::closed(w.word).contains('D'))
        || tail.words.first().is_some_and(|w| lexicon::closed(w.word).contains('D'));
    let verb = lexicon::classes(first.word).any(Classes::PAST) || lexicon::closed(first.word).contains(['A', 'M']);
    article && verb && !tail.reading().main_verb
}

/// A line of eight words or more that has a verb and is no title.
fn is_sentence(tail: &Tail<'_>) -> bool {
    tail.words.len() > 7 && tail.reading().main_verb && !role::is_title_case(&tail.words, &clause::closed(&tail.words))
}

/// Whether a first word joins what follows to what came before: "of", "and", "to", "that".
fn joins(first: &Token<'_>) -> bool {
    lexicon::closed(first.word).contains(['P', 'p', 'C', 'J', 'T', 'W'])
}

/// Whether the last word really is an abbreviation, not a word that looks like one ("the answer was no.").
fn is_abbreviated(tail: &Tail<'_>) -> bool {
    let Some(last) = tail.words.last() else {
        return false;
    };
    let class = lexicon::abbreviation(last.word);
    last.word.contains('.')
        || last.is_capital()
        || class.contains(['u', 'e', 'h', 'l', 'j', 'c']) && !class.contains(['S', 'w', 't', 'm'])
}
