//! Last words that end many a sentence after all: before a paragraph that is whole by itself only those count as a cut that
//! hardly any heading, caption or standfirst ends in.

use super::Tail;
use crate::data::list;
use crate::english::clause::Tag;
use crate::reasons::Reason;

list!(
    /// Prepositions, conjunctions and auxiliaries that hardly end a sentence, whatever comes before.
    NEVER_LAST, "english/never-last.txt"
);

/// Whether the last word is one that a whole sentence hardly ends in.
pub(super) fn is_certain(tail: &Tail<'_>, reason: Reason) -> bool {
    let Some(last) = tail.words.last() else { return false };
    match reason {
        Reason::AfterArticle => true,
        Reason::AfterPreposition if last.is_any(&["to", "of", "for", "with", "from", "at", "in"]) => {
            !is_after_verb(tail) && (last.is("of") || !has_wh_word(tail))
        }
        Reason::AfterPreposition | Reason::AfterConjunction | Reason::AfterAuxiliary => last.is_listed(NEVER_LAST),
        _ => true,
    }
}

/// "right clicked on", "as they used to", "hard to live with": the preposition belongs to the verb before it.
fn is_after_verb(tail: &Tail<'_>) -> bool {
    let tags = &tail.reading().tags;
    // "exceptionally good returns in": a noun that looks like a verb.
    let noun = matches!(tags[..], [.., Tag::Adjective, Tag::Finite, _]);
    !noun && matches!(tags[..], [.., Tag::Finite | Tag::Participle | Tag::Base | Tag::Auxiliary | Tag::Be, _])
}

/// Words before the last one among which a relative clause would begin.
const NEAR: usize = 7;

/// "the only one she owns the rights to": what the preposition wants stands before it.
fn has_wh_word(tail: &Tail<'_>) -> bool {
    let tags = &tail.reading().tags;
    let from = tags.len().saturating_sub(NEAR);
    tags[from..].iter().any(|tag| matches!(tag, Tag::Wh | Tag::Subject))
}
