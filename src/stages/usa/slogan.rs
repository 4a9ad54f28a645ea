//! Slogans and titles: chants, titles of works and labels of origin.

use super::around::Around;
use super::left::{ends_sentence, is_starter};
use super::scan::{bare, first_token, last_token, listed_suffix_start, pieces, starts_lower, starts_upper};
use crate::data::list_by_end;
use crate::english::country::{Form, Letters};
use crate::english::lexicon;

list_by_end!(
    /// How titles of works and labels begin that could as well be ordinary words.
    WORKS,
    "usa/works.txt"
);

/// A chant: "USA! USA!", or one form beside the word itself ("chanting 'USA'").
pub(super) fn is_chant(form: &Around<'_>) -> bool {
    form.letters == Letters::Usa && (is_repeated(form) || is_named_chant(form))
}

/// Whether the form is one of three cries or more, or of two that no sentence holds.
fn is_repeated(form: &Around<'_>) -> bool {
    let text = form.text;
    let mut first = **form;
    let mut count = 1;
    while count < 3
        && let Some(previous) = previous_chant(text, &first)
    {
        (count, first) = (count + 1, previous);
    }
    let mut last = **form;
    while count < 3
        && let Some(next) = next_chant(text, &last)
    {
        (count, last) = (count + 1, next);
    }
    count > 2 || count == 2 && !starts_lower(first_token(&text[last.tail()..]))
}

fn next_chant(text: &str, form: &Form) -> Option<Form> {
    let from = form.whole_end();
    let gap = text[from..].bytes().take(4).take_while(|b| b"!,- \n\r".contains(b)).count();
    Form::at(text, from + gap).filter(|next| next.letters == Letters::Usa)
}

fn previous_chant(text: &str, form: &Form) -> Option<Form> {
    let low = form.start.saturating_sub(10);
    let starts = (low..form.start).rev().filter(|at| text.as_bytes()[*at] == b'U');
    let mut cries = starts.filter_map(|at| Form::at(text, at)).filter(|cry| cry.letters == Letters::Usa);
    cries.find(|cry| next_chant(text, cry).is_some_and(|next| next.start == form.start))
}

/// "chanting 'USA'", "chants of USA", "'USA' chants".
fn is_named_chant(form: &Around<'_>) -> bool {
    let before = || form.words_before().map(bare).find(|word| !word.is_empty() && *word != "of");
    let after = || form.words_after().map(bare).find(|word| !word.is_empty());
    before().is_some_and(is_chant_word) || after().is_some_and(is_chant_word)
}

fn is_chant_word(word: &str) -> bool {
    word.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("chant"))
}

/// A title of a work, or a label of origin.
pub(super) fn is_title(form: &Around<'_>) -> bool {
    is_work(form) || is_quoted_title(form)
}

/// "Born in the USA" alone in its line, in quotation marks, or inside a sentence.
fn is_work(form: &Around<'_>) -> bool {
    let head = form.left.trim_end();
    if !form.previous.eq_ignore_ascii_case("the") || !form.may_end_name() {
        return false;
    }
    let Some(start) = listed_suffix_start(head, &WORKS, form.previous == "THE") else { return false };
    let last = last_token(&head[..start]);
    if !last.is_empty() {
        return !ends_sentence(last);
    }
    let rest = form.right.trim_start_matches(['.', '!']);
    rest.trim().is_empty() || rest.starts_with(':') || names_work(rest)
}

/// "Born in the U.S.A. was his best": what the title is the subject of.
fn names_work(rest: &str) -> bool {
    matches!(first_token(rest), "became" | "had" | "has" | "is" | "sold" | "topped" | "was" | "won")
}

/// A quotation in title case that the form ends: "Night Train to the U.S.A."
fn is_quoted_title(form: &Around<'_>) -> bool {
    if !form.right.trim_start_matches(['.', ',', '!', '?']).starts_with(['"', '”', '’', '»']) {
        return false;
    }
    let Some((_, title)) = form.left.rsplit_once(['"', '“', '‘', '«']) else { return false };
    let is_inner = |word: &str| starts_lower(word) && !lexicon::closed(word).is_empty();
    let (inner, others): (Vec<_>, Vec<_>) = pieces(title).partition(|word| is_inner(word));
    !inner.is_empty() && others.len() > 1 && others.iter().all(|word| starts_upper(word) && !is_starter(word))
}

#[cfg(test)]
mod tests {
    use super::super::around::around;
    use super::super::scan::is_inner;
    use super::*;

    #[test]
    fn works_end_as_the_search_expects() {
        for work in WORKS.list.iter() {
            assert!(!work.split(' ').all(is_inner) && around(&format!("{work} USA")).may_end_name(), "{work}");
        }
    }

    #[test]
    fn chants() {
        for text in [
            "\"USA! USA!\" they sang",
            "\"USA, USA\" went on",
            "USA USA USA",
            "U.S.A.! U.S.A.!",
            "fans chanting \"USA\" left",
            "chants of USA rose",
        ] {
            assert!(is_chant(&around(text)), "{text}");
        }
        for text in ["in the USA, USA officials", "the USA! We won", "US, US, US"] {
            assert!(!is_chant(&around(text)), "{text}");
        }
    }

    #[test]
    fn titles() {
        for text in [
            "sang \"Born in the U.S.A.\" twice",
            "his album Born in the USA sold",
            "\"Night Train to the USA\"",
            "the label Made in the USA",
            "Made in the USA",
        ] {
            assert!(is_title(&around(text)), "{text}");
        }
        for text in
            ["\"Welcome to the USA!\" he said", "Born in the USA to Finns, she", "He moved. Born in the USA, he"]
        {
            assert!(!is_title(&around(text)), "{text}");
        }
    }
}
