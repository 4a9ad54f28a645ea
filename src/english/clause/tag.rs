//! The words' classes in their context.

use super::Reader;
use super::contraction::{contraction, has_own_verb};
use crate::data::list;
use crate::english::lexicon::{self, Classes};
use crate::english::token::Token;

/// What a word is in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// Article or possessive that needs a noun.
    Article,
    /// Determiner that can stand alone.
    Determiner,
    Preposition,
    /// Preposition that can be an adverb ("up").
    Particle,
    Coordinator,
    Subordinator,
    Wh,
    /// "I, he, she, we, they".
    Subject,
    /// Other pronouns.
    Pronoun,
    /// Finite auxiliary or modal.
    Auxiliary,
    /// "be, been, being".
    Be,
    To,
    Not,
    Adverb,
    Name,
    Number,
    Noun,
    Adjective,
    /// A finite verb, as far as the word shows.
    Finite,
    /// A form in -ed, -en or -ing that is no finite verb.
    Participle,
    Base,
    Mark,
}

list!(
    /// Numbers in words.
    NUMBERS, "english/numbers.txt"
);

/// The tag of a word that is the same in every sentence: an article, a preposition or a conjunction in lowercase, without marks.
pub(crate) fn own_tag(token: &Token<'_>) -> Option<Tag> {
    let plain = token.word.bytes().all(|b| b.is_ascii_lowercase()) && !token.is("like");
    match lexicon::closed(token.word).as_bytes().first()? {
        b'D' if plain => Some(Tag::Article),
        b'P' if plain => Some(Tag::Preposition),
        b'p' | b'k' if plain => Some(Tag::Particle),
        b'C' if plain => Some(Tag::Coordinator),
        _ => None,
    }
}

impl Reader<'_> {
    pub(super) fn before(&self, at: usize) -> Option<Tag> {
        at.checked_sub(1).map(|b| self.tags[b])
    }

    pub(super) fn next(&self, at: usize) -> Option<&Token<'_>> {
        self.tokens.get(at + 1).filter(|t| !t.word.is_empty())
    }

    pub(super) fn next_closed(&self, at: usize) -> &'static str {
        self.closed.get(at + 1).copied().unwrap_or("")
    }

    pub(super) fn tag(&self, at: usize) -> Tag {
        let token = &self.tokens[at];
        if token.word.is_empty() {
            return Tag::Mark;
        }
        if token.is_number() {
            return Tag::Number;
        }
        let quoted = !token.lead.is_empty() && token.trail.starts_with(['"', '”', '\'', '’']);
        if quoted {
            // A word in quotation marks is a name.
            return Tag::Noun;
        }
        if token.is("like") && self.follows_auxiliary(at) {
            return Tag::Base;
        }
        // "who like to swim"
        let liked = token.is("like") && self.next(at).is_some_and(|t| t.is("to"));
        if liked && matches!(self.before(at), Some(Tag::Wh | Tag::Subject | Tag::Pronoun)) {
            return Tag::Finite;
        }
        let capital_inside = token.is_capital() && !self.is_first(at);
        if let Some(tag) = contraction(token.word) {
            return tag;
        }
        let closed = self.closed[at];
        if capital_inside && (closed.is_empty() || self.is_name_like(at, closed)) {
            return Tag::Name;
        }
        if !closed.is_empty() {
            return self.closed_tag(at, closed);
        }
        self.open_tag(at)
    }

    /// Whether the token begins the sentence or a quotation in it.
    pub(super) fn is_first(&self, at: usize) -> bool {
        at == 0 || !self.tokens[at].lead.is_empty()
    }

    /// "May", "Will", "US": closed words that are names when they are written so.
    pub(super) fn is_name_like(&self, at: usize, closed: &str) -> bool {
        let token = &self.tokens[at];
        let shouted = token.word.chars().all(|c| !c.is_lowercase());
        // "A & I College"
        let lettered = at > 0 && self.tokens[at - 1].word == "&";
        (!token.is("I") || lettered)
            && (shouted
                || closed.contains(['M', 'A', 'O', 'p', 'd', 'r', 'C', 'P', 'D', 'S', 'J'])
                    && !token.is_any(&["who", "he", "she"]))
    }

    pub(super) fn closed_tag(&self, at: usize, closed: &str) -> Tag {
        let token = &self.tokens[at];
        let before = self.before(at);
        let alone = self.next(at).is_none();
        match closed.as_bytes()[0] {
            b'D' => Tag::Article,
            b'd' if alone && !token.is_any(&["no", "such", "these", "those", "either", "neither"]) => Tag::Pronoun,
            b'd' if before == Some(Tag::Subject) => Tag::Adverb,
            b'd' => Tag::Determiner,
            b'p' | b'k' => Tag::Particle,
            b'P' => Tag::Preposition,
            b'C' => Tag::Coordinator,
            b'S' if at > 0 && self.tokens[at - 1].is("at") => Tag::Adverb,
            b'S' => Tag::Subordinator,
            b'T' if (matches!(before, None | Some(Tag::Coordinator | Tag::Mark))
                || self.tokens[at - 1].trail.ends_with(','))
                && (self.next_closed(at).contains(['A', 'M', 'r']) || self.is_before_verb(at)) =>
            {
                Tag::Pronoun
            }
            b'W' if before.is_none() => Tag::Pronoun,
            b'T' if matches!(before, Some(Tag::Preposition | Tag::Particle | Tag::To)) => Tag::Determiner,
            b'T' => Tag::Subordinator,
            b'W' => Tag::Wh,
            b'J' => Tag::Subject,
            b'O' | b'Y' => Tag::Pronoun,
            b'A' if matches!(before, Some(Tag::To)) || self.follows_auxiliary(at) => Tag::Base,
            b'M' if matches!(before, Some(Tag::Article)) => Tag::Noun,
            b'A' | b'M' => Tag::Auxiliary,
            b'b' => Tag::Be,
            b't' => Tag::To,
            b'x' => Tag::Not,
            _ => Tag::Adverb,
        }
    }

    /// "That builds trust": a verb right after it, with the ending that only a singular verb has.
    fn is_before_verb(&self, at: usize) -> bool {
        self.next(at).is_some_and(|t| lexicon::classes(t.word).any(Classes::THIRD))
    }

    /// Whether an auxiliary stands before, with nothing but a subject, an adverb or "not" between.
    pub(super) fn follows_auxiliary(&self, at: usize) -> bool {
        if at.checked_sub(1).is_some_and(|b| has_own_verb(self.tokens[b].word)) {
            return true;
        }
        self.tags[..at]
            .iter()
            .rev()
            .take(4)
            .find(|t| !matches!(t, Tag::Not | Tag::Adverb | Tag::Mark))
            .is_some_and(|t| matches!(t, Tag::Auxiliary | Tag::Be))
    }

    pub(super) fn open_tag(&self, at: usize) -> Tag {
        let token = &self.tokens[at];
        if (3..8).contains(&token.word.len()) && token.is_listed(NUMBERS) {
            return Tag::Number;
        }
        let word = token.word.rsplit('-').next().unwrap_or(token.word);
        let classes = lexicon::likely_classes(word);
        let before = self.before(at);
        if classes.only(Classes::ADVERB) {
            return Tag::Adverb;
        }
        if matches!(before, Some(Tag::To)) && classes.any(Classes::BASE) {
            return Tag::Base;
        }
        if self.follows_auxiliary(at) {
            return after_auxiliary(classes);
        }
        let nominal = at > 0 && !self.tokens[at - 1].pauses() && self.is_nominal(at, classes);
        let hyphened = token.word.contains('-');
        if nominal || hyphened {
            return nominal_tag(classes);
        }
        self.verbal_tag(at, classes)
    }

    /// Whether the word before asks for a noun, and this word can hardly be a verb all the same.
    pub(super) fn is_nominal(&self, at: usize, classes: Classes) -> bool {
        let past = classes.any(Classes::PAST);
        let third = classes.any(Classes::THIRD);
        let word = &self.tokens[at - 1];
        let open = self.next_closed(at).contains(['D', 'd', 'P', 'p', 't', 'T', 'O', 'Y', 'J', 'k', 'r', 'W']);
        match self.tags[at - 1] {
            Tag::Article | Tag::Preposition | Tag::Particle => true,
            // "this gives", "many saw": the determiner stands alone.
            Tag::Determiner if word.is_any(&["this", "that", "another", "each"]) => !(third || past),
            Tag::Determiner
                if word.is_any(&["neither", "both", "few"]) && at > 1 && self.tags[at - 2] != Tag::Article =>
            {
                true
            }
            Tag::Determiner if word.is_any(&["many", "some", "most", "both", "all", "few", "several", "others"]) => {
                !(past && open)
            }
            Tag::Determiner => true,
            // "the same goes", "he later left".
            Tag::Adjective if word.is("same") => true,
            // "in 2000 consisted of"
            Tag::Number if past => !open,
            Tag::Adjective if past || third => {
                at > 1
                    && matches!(self.tags[at - 2], Tag::Article | Tag::Determiner | Tag::Adjective | Tag::Preposition)
            }
            Tag::Adjective | Tag::Number => true,
            _ => false,
        }
    }

    /// A word where a verb may stand.
    pub(super) fn verbal_tag(&self, at: usize, classes: Classes) -> Tag {
        let word = self.tokens[at].word;
        let before = self.before(at);
        let nominal = classes.any(Classes::NOUN.or(Classes::PLURAL).or(Classes::ADJECTIVE));
        if matches!(before, None | Some(Tag::Mark)) && classes.any(Classes::BASE) && self.takes_base(at, classes) {
            return Tag::Finite;
        }
        if classes.any(Classes::PAST) {
            let by = self.next(at).is_some_and(|t| t.is("by"));
            let only = !classes.any(Classes::PARTICIPLE);
            // "if convicted, he"
            let bare = before == Some(Tag::Subordinator) && !self.tokens[at - 1].is_any(&["once", "that"]);
            if bare || self.is_apposed(at) {
                return Tag::Participle;
            }
            let plain = !by || only || matches!(before, Some(Tag::Subject));
            return if plain && before.is_some() { Tag::Finite } else { Tag::Participle };
        }
        if classes.any(Classes::THIRD) {
            let follows = self.next(at).is_some_and(|t| {
                let next = self.next_closed(at);
                t.is_capital()
                    || t.is_number()
                    || next.contains(['D', 'd', 't', 'T', 'J', 'Y', 'O', 'P', 'p', 'W', 'x', 'S', 'r', 'k'])
            });
            let singular = matches!(before, Some(Tag::Noun | Tag::Name))
                && lexicon::is_verbal_third(word)
                && self.next(at).is_some();
            let follows = follows
                || singular
                || self.next(at).is_some_and(|t| lexicon::classes(t.word).only(Classes::ADVERB))
                || matches!(before, Some(Tag::Subject | Tag::Wh))
                || self.is_relative(at);
            let subject = !matches!(before, None | Some(Tag::Coordinator | Tag::Finite)) && !self.begins_clause(at);
            return if !nominal || (subject && follows) { Tag::Finite } else { Tag::Noun };
        }
        if classes.any(Classes::BASE) && self.takes_base(at, classes) {
            return Tag::Finite;
        }
        if classes.any(Classes::PARTICIPLE.or(Classes::ING)) && !classes.any(Classes::NOUN) {
            return Tag::Participle;
        }
        if lexicon::likeliest(word) == Classes::BASE && !nominal {
            return Tag::Base;
        }
        nominal_tag(classes)
    }

    /// Whether a subordinator stands right before, so that a subject is to come: "that talks with", "if prices in".
    fn begins_clause(&self, at: usize) -> bool {
        at > 0 && self.tags[at - 1] == Tag::Subordinator && !self.is_relative(at)
    }

    /// "a sign that counts", "one that blocks": the verb follows "that" right away.
    fn is_relative(&self, at: usize) -> bool {
        let to = |tag: Tag| matches!(tag, Tag::Noun | Tag::Pronoun | Tag::Number);
        at > 1 && self.tokens[at - 1].is("that") && to(self.tags[at - 2])
    }

    /// "The firm, based in": a participle after the comma that opens an aside.
    fn is_apposed(&self, at: usize) -> bool {
        let comma = |t: &Token<'_>| t.trail.ends_with(',');
        at > 1
            && comma(&self.tokens[at - 1])
            && matches!(self.tags[at - 1], Tag::Noun | Tag::Name)
            && self.next_closed(at).starts_with(['P', 'p', 'k'])
            && self.tokens[..at].iter().filter(|t| comma(t)).count() == 1
    }

    /// Whether only adverbs stand between a wh-word and this word.
    fn is_relative_adverb(&self, at: usize) -> bool {
        let Some(head) = self.tags[..at].iter().rposition(|t| *t != Tag::Adverb) else {
            return false;
        };
        self.tags[head] == Tag::Wh
    }

    /// Whether a base form can be finite here: after a plural or a pronoun, or as an order at the sentence's start.
    pub(super) fn takes_base(&self, at: usize, classes: Classes) -> bool {
        let word = self.tokens[at].word;
        let likely = lexicon::likeliest(word) == Classes::BASE;
        match self.before(at) {
            Some(Tag::Subject | Tag::Pronoun | Tag::Wh) => true,
            Some(Tag::Noun) if likely && self.next(at).is_some() => true,
            Some(Tag::Noun) if classes.only(Classes::BASE) => true,
            // "who also benefit from"
            Some(Tag::Adverb) if self.is_relative_adverb(at) => true,
            Some(Tag::Determiner) => self.next_closed(at).contains(['D', 'd', 'O', 'Y', 'P', 'p']),
            Some(Tag::Noun) => {
                let before = lexicon::classes(self.tokens[at - 1].word);
                !self.tokens[at - 1].pauses() && (before.any(Classes::PLURAL) || self.tokens[at - 1].is("people"))
            }
            Some(Tag::Name) => likely || self.tokens[at - 1].word.ends_with('s'),
            Some(Tag::Adverb | Tag::Coordinator | Tag::Participle) => likely,
            None | Some(Tag::Mark) => {
                let next = self.next_closed(at);
                let orders = next.contains(['D', 'd', 'O', 'Y', 'r', 'p', 'P', 'T', 'W', 'S', 'k', 't'])
                    || self.next(at).is_some_and(Token::is_capital);
                let goods =
                    self.next(at).is_some_and(|t| t.is_lower() && lexicon::classes(t.word).any(Classes::PLURAL));
                goods || next.contains(['D', 'd', 'O', 'Y']) || (likely && orders)
            }
            _ => likely,
        }
    }
}

pub(super) fn after_auxiliary(classes: Classes) -> Tag {
    if classes.any(Classes::PARTICIPLE.or(Classes::ING)) {
        return Tag::Participle;
    }
    if classes.any(Classes::BASE) {
        return Tag::Base;
    }
    nominal_tag(classes)
}

pub(super) fn nominal_tag(classes: Classes) -> Tag {
    if classes.any(Classes::NOUN.or(Classes::PLURAL)) {
        return Tag::Noun;
    }
    if classes.any(Classes::ADJECTIVE) {
        return Tag::Adjective;
    }
    if classes.any(Classes::PARTICIPLE.or(Classes::ING).or(Classes::PAST)) {
        return Tag::Participle;
    }
    Tag::Noun
}
