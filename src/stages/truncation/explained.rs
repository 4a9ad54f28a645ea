//! Last words that end many a sentence after all: before a paragraph that is whole by itself only those count as a cut that
//! hardly any heading, caption or standfirst ends in, and that nothing before them explains.

use super::Tail;
use crate::data::list;
use crate::english::clause::Tag;
use crate::english::token::Token;
use crate::reasons::Reason;

list!(
    /// Prepositions, conjunctions and auxiliaries that hardly end a sentence, whatever comes before.
    NEVER_LAST, "english/never-last.txt"
);

/// Words before the last one among which a clause would begin that explains it.
const NEAR: usize = 7;

/// Words of a clause without its verb, before its last one.
const CLAUSE: usize = 4;

/// Words that join a clause to one whose verb it may leave out.
const JOINTS: [&str; 15] = [
    "as", "because", "but", "how", "if", "so", "than", "unless", "until", "way", "what", "when", "where", "while",
    "who",
];

/// Those whose clause may end in an auxiliary that says all.
const COMPARING: [&str; 8] = ["as", "how", "than", "way", "what", "where", "while", "who"];

/// Prepositions that end a sentence only where their noun stands before them: others are adverbs as well ("head on").
pub(super) const PREPOSITIONS: [&str; 8] = ["at", "by", "for", "from", "in", "of", "to", "with"];

/// Whether the last word is one that a whole sentence hardly ends in.
pub(super) fn is_certain(tail: &Tail<'_>, reason: Reason) -> bool {
    let [.., before, last] = &tail.words[..] else { return false };
    match reason {
        Reason::AfterPreposition if last.is("to") => {
            before.is_any(&["able", "due", "likely", "unable"]) || !is_left_out(before) && !is_relative(tail)
        }
        Reason::AfterPreposition if last.is_any(&PREPOSITIONS) => !is_relative(tail),
        Reason::AfterAuxiliary if !last.is("be") => last.is_listed(NEVER_LAST) || !is_compared(tail),
        Reason::AfterPreposition | Reason::AfterConjunction | Reason::AfterAuxiliary => last.is_listed(NEVER_LAST),
        _ => true,
    }
}

/// "as they used to", "exactly as it once was": also the last words of a document may leave a verb out, after a clause like theirs.
pub(super) fn is_elliptic(tail: &Tail<'_>, reason: Reason) -> bool {
    let [.., before, last] = &tail.words[..] else { return false };
    match reason {
        Reason::AfterPreposition if last.is("to") => {
            is_left_out(before) && near(tail).take(CLAUSE).any(|(_, word)| word.is_any(&JOINTS))
        }
        Reason::AfterAuxiliary => {
            let mut clause = near(tail).skip_while(|(tag, word)| *tag == Tag::Adverb || word.is("once"));
            clause.next().is_some_and(|(tag, _)| matches!(tag, Tag::Subject | Tag::Pronoun))
                && clause.next().is_some_and(|(_, joint)| joint.is_any(&COMPARING))
        }
        _ => false,
    }
}

/// "A photograph of the pier via": the name of a picture's owner was a link.
pub(super) fn is_credit(tail: &Tail<'_>) -> bool {
    tail.words.last().is_some_and(|last| last.is_any(&["by", "via"])) && !tail.reading().main_verb
}

/// "as they used to", "because I want to": the verb is left out.
fn is_left_out(before: &Token<'_>) -> bool {
    let verbs = ["going", "got", "had", "has", "have", "like", "love", "need", "needs", "ought"];
    before.is_any(&verbs) || before.is_any(&["supposed", "try", "used", "want", "wanted", "wants"])
}

/// "what walls are made of", "the only one she owns the rights to": what the preposition wants stands before it.
fn is_relative(tail: &Tail<'_>) -> bool {
    near(tail).any(|(tag, _)| tag == Tag::Wh || tag == Tag::Subject)
}

/// "where she is", "while you can", "more than it was": the auxiliary stands for a verb, or is the verb.
fn is_compared(tail: &Tail<'_>) -> bool {
    near(tail).any(|(tag, word)| tag == Tag::Wh || word.is_any(&JOINTS))
}

/// The last words but one, with their tags.
fn near<'t, 'a>(tail: &'t Tail<'a>) -> impl Iterator<Item = (Tag, &'t Token<'a>)> {
    let read = tail.reading().tags.iter().copied().zip(tail.sentence());
    read.rev().skip(1).take(NEAR)
}
