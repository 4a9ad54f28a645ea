//! A light reading of one sentence: the words' classes in their context, and whether every clause has its finite verb.
//! Where a word may be a verb it counts as one, so that "no verb" is said only of sentences that have none.

mod contraction;
mod subordinate;
mod tag;

use super::lexicon::{self, Classes};
use super::token::Token;

pub(crate) use contraction::has_own_verb;
pub(crate) use subordinate::POINTING;
pub(crate) use tag::{Tag, own_tag};

/// A clause that asks for a finite verb.
#[derive(Clone, Copy, Debug)]
struct Frame {
    verb: bool,
    /// Whether a missing verb proves anything.
    strict: bool,
    subject: bool,
}

/// What a sentence shows up to its last word.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) tags: Vec<Tag>,
    /// The main clause has a finite verb, or may have one.
    pub(crate) main_verb: bool,
    /// A subordinate clause has begun that has no verb.
    pub(crate) open_clause: bool,
    /// A bracket stands open.
    pub(crate) open_bracket: bool,
}

impl Reading {
    /// Whether no clause lacks its verb.
    pub(crate) fn is_whole(&self) -> bool {
        self.main_verb && !self.open_clause && !self.open_bracket
    }
}

impl Reading {
    /// A sentence that is not read: nothing is missing in it.
    pub(crate) const fn unread() -> Self {
        Self { tags: Vec::new(), main_verb: true, open_clause: false, open_bracket: false }
    }
}

/// The closed classes of words.
pub(crate) fn closed(tokens: &[Token<'_>]) -> Vec<&'static str> {
    tokens.iter().map(|t| lexicon::closed(t.word)).collect()
}

/// Reads the words of one sentence.
pub(crate) fn read(tokens: &[Token<'_>]) -> Reading {
    read_closed(tokens, &closed(tokens))
}

/// Reads the words of one sentence, of which the closed classes are known.
pub(crate) fn read_closed(tokens: &[Token<'_>], closed: &[&'static str]) -> Reading {
    let mut reader = Reader {
        tokens,
        closed,
        tags: Vec::with_capacity(tokens.len()),
        frames: vec![Frame { verb: false, strict: true, subject: false }],
        bracket: None,
        quotation: None,
    };
    for at in 0..tokens.len() {
        reader.step(at);
    }
    let (main, rest) = reader.frames.split_at(1);
    Reading {
        main_verb: main[0].verb,
        open_clause: rest.iter().any(|frame| frame.strict && !frame.verb),
        open_bracket: reader.bracket.is_some(),
        tags: reader.tags,
    }
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    /// Each token's closed word classes.
    closed: &'a [&'static str],
    tags: Vec<Tag>,
    frames: Vec<Frame>,
    /// The frames that were there when a bracket opened, and how many stand open.
    bracket: Option<(Vec<Frame>, u32)>,
    /// The frames that were there when a quotation opened that is a sentence of its own.
    quotation: Option<Vec<Frame>>,
}

impl Reader<'_> {
    fn step(&mut self, at: usize) {
        let token = &self.tokens[at];
        for _ in token.lead.chars().filter(|c| matches!(c, '(' | '[')) {
            match &mut self.bracket {
                Some((_, depth)) => *depth += 1,
                None => {
                    self.bracket = Some((std::mem::replace(&mut self.frames, vec![loose()]), 1));
                }
            }
        }
        let introduced = at > 0 && self.tokens[at - 1].trail.ends_with([',', ':']) && token.lead.contains(['“', '"']);
        if introduced && token.is_capital() && self.frames.iter().all(|f| f.verb) {
            self.quotation =
                Some(std::mem::replace(&mut self.frames, vec![Frame { verb: false, strict: true, subject: false }]));
        }
        let tag = self.tag(at);
        self.tags.push(tag);
        self.clause(at, tag);
        for _ in token.trail.chars().filter(|c| matches!(c, ')' | ']')) {
            match self.bracket.take() {
                Some((frames, 1)) => self.frames = frames,
                Some((frames, depth)) => self.bracket = Some((frames, depth - 1)),
                None => {}
            }
        }
        if token.trail.contains(['”', '"'])
            && let Some(frames) = self.quotation.take()
        {
            self.frames = frames;
        }
        if token.trail.contains(';') || (token.trail.contains(':') && self.frames[0].verb) {
            let verb = self.frames[0].verb;
            self.frames = vec![Frame { verb, strict: true, subject: false }];
        }
    }

    fn clause(&mut self, at: usize, tag: Tag) {
        match tag {
            Tag::Auxiliary | Tag::Finite => self.verb(at),
            Tag::Subordinator | Tag::Wh => self.subordinate(at, tag),
            Tag::Particle => self.particle(at),
            Tag::Subject => self.subject(at),
            Tag::Pronoun => self.pronoun(at),
            // "The firm, whose brands": a clause of its own.
            Tag::Article if at > 0 && self.tokens[at].is("whose") => {
                self.frames.push(Frame { verb: false, strict: true, subject: false });
            }
            Tag::Coordinator if self.tokens[at].is("but") => self.but(at),
            Tag::Coordinator if self.tokens[at].is("and") => self.and(at),
            Tag::Adverb if self.tokens[at].is("so") => self.so(at),
            Tag::Be if self.is_subjunctive(at) => self.verb(at),
            _ => {}
        }
        if tag == Tag::Finite && self.reports(at) {
            self.frames.push(Frame { verb: false, strict: true, subject: false });
        }
        if has_own_verb(self.tokens[at].word) {
            self.subject(at);
            self.verb(at);
        }
    }

    /// "that a board be set up"
    fn is_subjunctive(&self, at: usize) -> bool {
        self.tokens[at].is("be")
            && matches!(self.before(at), Some(Tag::Noun | Tag::Name | Tag::Pronoun | Tag::Subject))
            && self.frames.len() > 1
    }

    /// A finite verb goes to the innermost clause that lacks one.
    fn verb(&mut self, at: usize) {
        let coordinated =
            self.tags[..at].iter().rev().find(|t| !matches!(t, Tag::Adverb | Tag::Mark)) == Some(&Tag::Coordinator);
        if self.frames.last().is_some_and(|f| f.verb) && coordinated {
            return;
        }
        if let Some(open) = self.frames.iter().rposition(|f| !f.verb) {
            self.frames.truncate(open + 1);
        }
        // What may be no clause at all takes no verb from the clause around it.
        for frame in self.frames.iter_mut().rev().filter(|f| !f.verb) {
            frame.verb = true;
            if frame.strict {
                break;
            }
        }
    }

    /// "as", "before", "after", "since" join clauses when a subject pronoun follows.
    fn particle(&mut self, at: usize) {
        let token = &self.tokens[at];
        if self.closed[at].contains('k') {
            let subject = self.next_closed(at).starts_with('J')
                || (token.is("as") && self.comma_before(at) && self.next(at).is_some_and(Token::is_capital));
            self.frames.push(Frame { verb: false, strict: subject, subject: false });
        }
    }

    fn comma_before(&self, at: usize) -> bool {
        at > 0 && self.tokens[at - 1].trail.contains([',', '—'])
    }

    /// A subject pronoun begins a clause where none waits for its subject.
    fn subject(&mut self, at: usize) {
        let before = self.before(at);
        let inverted = before == Some(Tag::Auxiliary) || before == Some(Tag::Finite) && !self.had_subject(at);
        if inverted || self.tokens[at.saturating_sub(1)].is("than") {
            return;
        }
        // "that when it rained, they": the clause around a finished one waits for its own.
        let open = self.frames.iter().rposition(|f| !f.verb);
        if let Some(waits) = open.filter(|&at| !self.frames[at].subject) {
            self.frames[waits].subject = true;
        } else {
            let listed = before == Some(Tag::Coordinator) && !self.comma_before(at - 1) && self.tokens[at].is("I");
            self.frames.push(Frame { verb: false, strict: !listed, subject: true });
        }
    }

    /// ", but the gate": a clause, unless something was denied before ("not a dog, but a cat").
    fn but(&mut self, at: usize) {
        let denied = self.tokens[..at].iter().zip(self.closed).any(|(t, closed)| {
            closed.contains('x') || t.is_any(&["no", "nothing", "none", "only", "neither"]) || t.is_negated()
        });
        let pending = self.frames.iter().any(|f| f.strict && !f.verb);
        if self.comma_before(at)
            && !denied
            && !pending
            && self.begins_subject(at)
            && !self.next_closed(at).contains('J')
            && !self.is_verb_of_thing(at + 1)
        {
            self.frames.push(Frame { verb: false, strict: true, subject: false });
        }
    }

    /// ", but faces a vote": before an article a word in -s is a verb, no plural.
    fn is_verb_of_thing(&self, at: usize) -> bool {
        self.next_closed(at).starts_with('D') && lexicon::classes(self.tokens[at].word).any(Classes::THIRD)
    }

    /// ", and the gate": a clause, where no list stands before it.
    fn and(&mut self, at: usize) {
        if !self.comma_before(at) || !self.next_closed(at).starts_with('D') {
            return;
        }
        let commas = self.tokens[..at].iter().filter(|t| t.trail.contains([',', '—', ':'])).count();
        if commas == 1 {
            self.begin();
        }
    }

    /// ", so the gate": a clause; "so the gate", too.
    fn so(&mut self, at: usize) {
        let article = self.next_closed(at).starts_with('D');
        if at > 0 && (article || self.comma_before(at) && self.next_closed(at).is_empty() && self.begins_subject(at)) {
            self.begin();
        }
    }

    /// A clause of its own begins where none waits for its verb.
    fn begin(&mut self) {
        if !self.frames.iter().any(|f| f.strict && !f.verb) {
            self.frames.push(Frame { verb: false, strict: true, subject: false });
        }
    }

    /// Whether the verb before a token has a subject of its own ("he said he"), so that what follows is none.
    fn had_subject(&self, at: usize) -> bool {
        at > 1
            && matches!(
                self.tags[at - 2],
                Tag::Subject | Tag::Name | Tag::Noun | Tag::Pronoun | Tag::Adverb | Tag::Auxiliary
            )
            && !self.tokens[at - 2].trail.contains(['"', '”', ','])
    }

    /// "he said the mayor": a clause begins without "that".
    fn reports(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        if !token.is_any(&["said", "says", "say", "thinks", "think", "hope", "hopes", "insists"])
            || !token.trail.is_empty()
            || !self.had_subject(at + 1)
            || token.is("says") && self.is_plural_noun(at - 1)
        {
            return false;
        }
        let Some(next) = self.next(at) else {
            return false;
        };
        let closed = self.next_closed(at);
        let day = next.word.ends_with("day") || !lexicon::abbreviation(next.word).is_empty();
        let alone = next.pauses() || self.tokens.get(at + 2).is_none();
        let name = closed.is_empty() && next.is_capital() && !day;
        let noun = closed.contains('D')
            || (closed.contains('d') && !alone)
            || (closed.is_empty()
                && next.is_lower()
                && lexicon::classes(next.word).only(Classes::PLURAL.or(Classes::THIRD)));
        let compound = closed.is_empty()
            && lexicon::classes(next.word).only(Classes::NOUN)
            && self.tokens.get(at + 2).is_some_and(|t| lexicon::classes(t.word).any(Classes::PLURAL));
        (name || noun || compound) && at > 0
    }

    /// "the people" in "More power to the people says Hale": no subject of "says", so who says it follows.
    fn is_plural_noun(&self, at: usize) -> bool {
        let word = &self.tokens[at];
        word.is("people") || lexicon::classes(word.word).only(Classes::PLURAL)
    }

    /// "it", "you", "this" after ", and" begin a clause.
    fn pronoun(&mut self, at: usize) {
        let token = &self.tokens[at];
        let joins = at > 0 && self.tags[at - 1] == Tag::Coordinator && self.comma_before(at - 1);
        let pending = self.frames.iter().any(|f| !f.verb);
        if joins && !pending && token.is_any(&["it", "you", "there"]) {
            self.frames.push(Frame { verb: false, strict: true, subject: true });
        }
    }
}

fn loose() -> Frame {
    Frame { verb: false, strict: false, subject: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::english::token::tokens;

    fn whole(text: &str) -> bool {
        read(&tokens(text, 0)).is_whole()
    }

    #[test]
    fn a_clause_without_a_verb_is_open() {
        for text in [
            "The mayor said that the U.S",
            "The ferry, which is the oldest in the bay",
            "He stayed because the captain of the ship",
            "They left before she",
            "The man who came and went",
            "A crew led by Otto Brand",
            "He said he",
        ] {
            assert!(!whole(text), "{text}");
        }
    }

    #[test]
    fn a_sentence_with_its_verbs_is_whole() {
        for text in [
            "The mayor said that the ferry would sail",
            "The ferry, which is the oldest in the bay, sank",
            "They've sold boats in Spain since 1990",
            "When asked, he laughed",
            "“It's late,” said Ann",
            "People drink tea",
        ] {
            assert!(whole(text), "{text}");
        }
    }
    proptest::proptest! {
        #[test]
        fn a_words_own_tag_is_what_a_reading_says(
            before in proptest::collection::vec(0..lexicon::closed_words().count(), 0..8),
            last in 0..lexicon::closed_words().count(),
        ) {
            let word = |at: usize| lexicon::closed_words().nth(at).unwrap_or_default();
            let text = before.into_iter().chain([last]).map(word).collect::<Vec<_>>().join(" ");
            let tokens = tokens(&text, 0);
            let read = read(&tokens).tags.last().copied();
            let own = tokens.last().and_then(own_tag);
            proptest::prop_assert!(own.is_none() || own == read, "{text}: {own:?}, {read:?}");
        }
    }
}
