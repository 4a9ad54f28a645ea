//! Where a subordinate clause begins, and whether it must have a verb of its own.

use super::{Frame, Reader, Tag};
use crate::english::lexicon::{self, Classes};

/// Words behind which a last "that" is a pronoun.
pub(crate) const POINTING: [&str; 11] =
    ["all", "at", "did", "do", "does", "doing", "done", "just", "like", "than", "with"];

impl Reader<'_> {
    pub(super) fn subordinate(&mut self, at: usize, tag: Tag) {
        let token = &self.tokens[at];
        let next = self.next_closed(at);
        let bare = next.contains('t') || (token.is("because") && self.next(at).is_some_and(|t| t.is("of")));
        let closes = token.is("though") && self.next(at).is_none();
        if bare || closes || token.pauses() {
            return;
        }
        let strict = match tag {
            Tag::Wh => !token.is_any(&["whatever", "whichever", "what", "how"]) || self.next(at).is_some(),
            _ if token.is_any(&["until", "till", "once", "unless"]) => next.contains(['J', 'Y']) && !next.contains('d'),
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
            return !(at > 0 && self.tokens[at - 1].is_any(&POINTING));
        };
        let closed = self.next_closed(at);
        let pointed = at > 0 && matches!(self.tags[at - 1], Tag::Base | Tag::Auxiliary | Tag::Be | Tag::Participle);
        if (pointed && closed.starts_with(['P', 'p'])) || next.is_any(&["much", "many"]) {
            return false;
        }
        // "has that Lexus", "to keep that enviable place"
        let owned = at > 0 && self.tokens[at - 1].is_any(&["has", "have", "had", "having"]);
        if owned && next.is_capital() || pointed && lexicon::classes(next.word).only(Classes::ADJECTIVE) {
            return false;
        }
        if !closed.is_empty() || next.is_capital() || next.is_number() {
            return !closed.starts_with(['C', 't']) && !next.is("of");
        }
        let classes = lexicon::classes(next.word);
        classes.any(Classes::PLURAL) || !classes.any(Classes::NOUN)
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
        let Some(next) = self.next(at) else {
            return false;
        };
        let closed = self.next_closed(at);
        let classes = lexicon::classes(next.word);
        // "because original estimates": the adjective is the subject's.
        let graded = self.tokens[at].is("because")
            && lexicon::classes(next.word).only(Classes::ADJECTIVE)
            && self.tokens.get(at + 2).is_some_and(|t| lexicon::classes(t.word).any(Classes::PLURAL));
        closed.contains(['P', 'p', 'x', 'r', 'k'])
            || (closed.is_empty()
                && !next.is_capital()
                && !graded
                && classes.any(Classes::PARTICIPLE.or(Classes::ING).or(Classes::ADJECTIVE)))
    }
}
