//! Where a subordinate clause begins, and whether it must have a verb of its own.

use super::{Frame, Reader, Tag};
use crate::data::list;
use crate::english::lexicon::{self, Classes};

list!(
    /// Words after which a last "that" is a pronoun.
    POINTING,
    "english/pointing.txt"
);

list!(
    /// Words after a last "that" that is a pronoun: "break that down", "using that here".
    PLACES, "english/after-that.txt"
);

list!(
    /// Spans and manners that "that" points at: "he left that day", "did it that way".
    SPANS, "english/spans.txt"
);

list!(
    /// Verbs after which "that" hardly ever points at a noun.
    CLAIMING,
    "english/claiming.txt"
);

impl Reader<'_> {
    pub(super) fn subordinate(&mut self, at: usize, tag: Tag) {
        let token = &self.tokens[at];
        let next = self.next_closed(at);
        // "whether to", "whether or not to"
        let bare =
            next.contains('t') || token.is("whether") && self.tokens[at + 1..].iter().take(3).any(|t| t.is("to"));
        let closes = token.is("though") && self.next(at).is_none();
        if bare || closes || token.pauses() {
            return;
        }
        let strict = match tag {
            Tag::Wh => !token.is_any(&["whatever", "whichever", "what", "how"]) || self.next(at).is_some(),
            _ if token.is_any(&["until", "till", "once", "unless"]) => next.contains(['J', 'Y']),
            _ if token.is("that") => self.clause_that(at),
            _ if token.is_any(&["because", "whether", "although"]) => !self.lacks_verb_rightly(at),
            _ => self.begins_subject(at) && !self.lacks_verb_rightly(at),
        };
        self.frames.push(Frame { verb: false, strict, subject: false });
    }

    /// Whether "that" begins a clause: not where it points at a noun ("of that plan", "that way").
    fn clause_that(&self, at: usize) -> bool {
        let Some(next) = self.next(at) else {
            // "do that", "like that"
            return !(at > 0 && self.tokens[at - 1].is_listed(POINTING));
        };
        let closed = self.next_closed(at);
        // "to break that down", "using that here"
        let last = self.tokens.get(at + 2).is_none_or(|t| t.word.is_empty());
        if last && at > 0 && next.is_listed(PLACES) {
            return false;
        }
        let pointed = at > 0 && matches!(self.tags[at - 1], Tag::Base | Tag::Auxiliary | Tag::Be | Tag::Participle);
        if next.is_any(&["much", "many"])
            || pointed && (closed.starts_with(['P', 'p']) || lexicon::classes(next.word).only(Classes::ADJECTIVE))
        {
            return false;
        }
        let classes = lexicon::classes(next.word);
        !closed.is_empty()
            || next.is_capital()
            || classes.any(Classes::PLURAL)
            || !classes.any(Classes::NOUN)
            || self.follows_claim(at) && !next.is_listed(SPANS)
    }

    /// "a message that", "he warned that": "that" points at no noun after a noun, nor after a verb of saying.
    fn follows_claim(&self, at: usize) -> bool {
        at > 0 && {
            let before = &self.tokens[at - 1];
            let next = lexicon::classes(self.tokens[at + 1].word);
            // "events that fan out"
            let verb = lexicon::classes(before.word).any(Classes::PLURAL) && next.any(Classes::BASE);
            let noun = self.tags[at - 1] == Tag::Noun && !verb && !next.any(Classes::THIRD.or(Classes::PAST));
            !before.pauses() && before.is_lower() && (noun || before.is_listed(CLAIMING))
        }
    }

    /// Whether the next word may begin a subject.
    pub(super) fn begins_subject(&self, at: usize) -> bool {
        let Some(next) = self.next(at) else {
            return true;
        };
        let closed = self.next_closed(at);
        closed.contains(['D', 'd', 'J', 'Y', 'O'])
            || (closed.is_empty()
                && (next.is_capital() || next.is("people") || lexicon::classes(next.word).any(Classes::PLURAL)))
    }

    /// "when asked", "while visiting", "although late": a clause without a verb of its own.
    fn lacks_verb_rightly(&self, at: usize) -> bool {
        // "although initially free"
        let adverb = self.next(at).is_some_and(|t| lexicon::classes(t.word).only(Classes::ADVERB));
        let at = if adverb { at + 1 } else { at };
        let Some(next) = self.next(at) else {
            return false;
        };
        let closed = self.next_closed(at);
        let classes = lexicon::classes(next.word);
        // "because original estimates": the adjective is the subject's.
        let graded = self.tokens[at].is("because")
            && classes.only(Classes::ADJECTIVE)
            && self.tokens.get(at + 2).is_some_and(|t| lexicon::classes(t.word).any(Classes::PLURAL));
        closed.contains(['P', 'p', 'x', 'r', 'k'])
            || (closed.is_empty()
                && !next.is_capital()
                && !graded
                && classes.any(Classes::PARTICIPLE.or(Classes::ING).or(Classes::ADJECTIVE)))
    }
}
