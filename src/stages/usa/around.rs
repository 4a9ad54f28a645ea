//! A form with the text around it, read once for all rules of the stage.

use std::cell::OnceCell;
use std::ops::Deref;

use super::scan::{
    bare, first_token, is_inner, last_token, pieces, split_last_token, starts_digit, starts_lower, starts_upper,
    tokens_back,
};
use crate::english::country::Form;
use crate::english::{ceil_boundary, floor_boundary};

/// How far the rules look to either side, in bytes.
pub(super) const REACH: usize = 256;

/// A form and what is around it; it dereferences to the form.
#[derive(Debug)]
pub(super) struct Around<'a> {
    form: Form,
    pub(super) text: &'a str,
    /// The text before the form, at most [`REACH`] bytes.
    pub(super) left: &'a str,
    /// The text after the form and its abbreviation's period, at most [`REACH`] bytes.
    pub(super) right: &'a str,
    /// The last token of `left`. It touches the form unless `left` ends in a space.
    pub(super) previous: &'a str,
    /// What comes before that token in `left`.
    pub(super) earlier: &'a str,
    /// The first token of `right`. It touches the form unless `right` begins with a space.
    pub(super) next: &'a str,
    case: OnceCell<Case>,
    may_end_name: OnceCell<bool>,
}

/// How the words around a form are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// With lowercase words: a capital marks a name.
    Prose,
    /// Every longer word begins with a capital, as in headlines.
    Title,
    /// All in uppercase.
    AllCaps,
}

impl Deref for Around<'_> {
    type Target = Form;

    fn deref(&self) -> &Form {
        &self.form
    }
}

impl<'a> Around<'a> {
    pub(super) fn new(text: &'a str, form: Form) -> Self {
        let left = &text[ceil_boundary(text, form.start.saturating_sub(REACH))..form.start];
        let right = &text[form.whole_end()..];
        let right = &right[..floor_boundary(right, REACH)];
        let (earlier, previous) = split_last_token(left);
        Self {
            form,
            text,
            left,
            right,
            previous,
            earlier,
            next: first_token(right),
            case: OnceCell::new(),
            may_end_name: OnceCell::new(),
        }
    }

    /// Whether a token before the form touches it.
    pub(super) fn touches_left(&self) -> bool {
        !self.left.is_empty() && !self.left.ends_with(char::is_whitespace)
    }

    /// Whether a token after the form touches it.
    pub(super) fn touches_right(&self) -> bool {
        !self.right.is_empty() && !self.right.starts_with(char::is_whitespace)
    }

    /// The token before the previous one.
    pub(super) fn second_previous(&self) -> &'a str {
        last_token(self.earlier)
    }

    /// The tokens before the form, from the last to the first.
    pub(super) fn words_before(&self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.previous).chain(tokens_back(self.earlier))
    }

    /// The tokens after the form.
    pub(super) fn words_after(&self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.next).chain(pieces(self.right).skip(1))
    }

    /// How the text around the form is written, by its words of more than three letters.
    pub(super) fn case(&self) -> Case {
        *self.case.get_or_init(|| {
            let mut words = tokens_back(self.left).chain(pieces(self.right)).map(bare);
            if words.any(|word| word.len() > 3 && starts_lower(word)) {
                Case::Prose
            } else if self.is_in_caps() {
                Case::AllCaps
            } else {
                Case::Title
            }
        })
    }

    /// Whether a name or a title may end before the form: after a capital or a digit, except for the lowercase words of "Born
    /// in the USA". Fast, and rules out most texts.
    pub(super) fn may_end_name(&self) -> bool {
        *self.may_end_name.get_or_init(|| {
            let word = self.words_before().find(|word| !is_inner(word) && *word != "(").unwrap_or("");
            let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
            starts_upper(word) || starts_digit(word) || word == "made"
        })
    }

    /// Whether no lowercase letter of ASCII is near.
    pub(super) fn is_in_caps(&self) -> bool {
        let mut near = self.left.bytes().rev().chain(self.right.bytes());
        !near.any(|b| b.is_ascii_lowercase())
    }
}

/// The first form in a text, and what is around it.
#[cfg(test)]
pub(super) fn around(text: &str) -> Around<'_> {
    let form = text.match_indices('U').find_map(|(i, _)| Form::at(text, i)).expect("the text has a form");
    Around::new(text, form)
}
