//! Slogans and titles: chants, titles of works and labels of origin.

use super::institution::is_institution;
use super::left::{ends_sentence, is_form, is_starter};
use super::scan::{
    after, bare, before, first_token, is_all_caps, is_close_quote, is_open_quote, last_token, may_end_name,
    starts_lower, starts_upper, suffix_start,
};
use crate::data::list;
use crate::english::country::{Form, Letters};

list!(
    /// How titles of works and labels begin that could as well be ordinary words.
    WORKS,
    "usa/works.txt"
);

/// A chant: "USA! USA!", or one form beside the word itself ("chanting 'USA'").
pub(super) fn is_chant(text: &str, form: &Form) -> bool {
    if form.letters != Letters::Usa {
        return false;
    }
    let (mut count, mut loud) = (1, false);
    let mut last = *form;
    while let Some((next, mark)) = next_chant(text, &last) {
        (count, loud, last) = (count + 1, loud || mark, next);
        if count > 3 {
            return true;
        }
    }
    let mut first = *form;
    while let Some((previous, mark)) = previous_chant(text, &first) {
        (count, loud, first) = (count + 1, loud || mark, previous);
        if count > 3 {
            return true;
        }
    }
    let rest = after(text, last.tail());
    count > 2 || count == 2 && (loud || !starts_lower(first_token(rest))) || is_named_chant(text, form)
}

fn next_chant(text: &str, form: &Form) -> Option<(Form, bool)> {
    let from = form.whole_end();
    let gap = text[from..].bytes().take(4).take_while(|b| b"!,- \n\r".contains(b)).count();
    let next = Form::at(text, from + gap)?;
    (gap > 0 && next.letters == Letters::Usa).then(|| (next, text[from..from + gap].contains('!')))
}

fn previous_chant(text: &str, form: &Form) -> Option<(Form, bool)> {
    let start = form.start;
    let low = start.saturating_sub(10);
    (low..start).rev().filter(|&i| text.as_bytes()[i] == b'U').find_map(|i| {
        let previous = Form::at(text, i)?;
        let (next, mark) = next_chant(text, &previous)?;
        (previous.letters == Letters::Usa && next.start == start).then_some((previous, mark))
    })
}

fn is_named_chant(text: &str, form: &Form) -> bool {
    let left = before(text, form.start);
    let rest = after(text, form.whole_end());
    let head = last_token(left.trim_end_matches(|c: char| is_open_quote(c) || c.is_whitespace()));
    let tail = first_token(
        rest.trim_start_matches(|c: char| is_close_quote(c) || matches!(c, '!' | ',') || c.is_whitespace()),
    );
    let quoted = left.ends_with(is_open_quote);
    let head_before = last_token(
        left.trim_end_matches(|c: char| is_open_quote(c) || c.is_whitespace()).strip_suffix("of").unwrap_or(""),
    );
    is_chant_word(head) || is_chant_word(head_before) || quoted && is_chant_word(bare(tail))
}

fn is_chant_word(word: &str) -> bool {
    matches!(word, "chant" | "chants" | "chanted" | "chanting" | "Chant" | "Chants" | "Chanting")
}

/// A title of a work, or a label of origin.
pub(super) fn is_title(text: &str, form: &Form) -> bool {
    is_work(text, form) || is_quoted_title(text, form)
}

fn is_work(text: &str, form: &Form) -> bool {
    let left = before(text, form.start);
    let head = left.trim_end();
    let article = last_token(head);
    if head.len() == left.len() || !article.eq_ignore_ascii_case("the") || !may_end_name(head) {
        return false;
    }
    let all_caps = article == "THE";
    let Some(start) = WORKS.iter().filter_map(|work| suffix_start(head, work, all_caps)).min() else {
        return false;
    };
    let left = &head[..start];
    let rest = after(text, form.whole_end()).trim_start_matches(['.', '!']);
    let alone = left.trim().is_empty() && (rest.trim().is_empty() || rest.starts_with(':') || names_work(rest));
    let last = last_token(left);
    let inside = !last.is_empty() && (!ends_sentence(last) || is_form(last)) && !last.ends_with(is_open_quote);
    alone || inside || left.ends_with(|c| is_open_quote(c) || c == '*')
}

/// "Born in the U.S.A. was his best": what the title is the subject of.
fn names_work(rest: &str) -> bool {
    matches!(first_token(rest), "became" | "had" | "has" | "is" | "sold" | "topped" | "was" | "won")
}

/// A quotation in title case: "Night Train to the U.S.A."; small words small, two other words with a capital.
fn is_quoted_title(text: &str, form: &Form) -> bool {
    const WIDTH: usize = 64;
    let left = before(text, form.start);
    // The first bytes of the marks.
    let mut marks = memchr::memrchr3_iter(b'"', 0xE2, 0xC2, left.as_bytes());
    let Some(open) = marks.find(|at| left[*at..].starts_with(['"', '“', '‘', '«'])) else {
        return false;
    };
    let head = left[open..].trim_start_matches(is_open_quote);
    let rest = after(text, form.end);
    let Some(close) = rest.find(['"', '”', '’', '»']) else {
        return false;
    };
    let tail = rest[..close].trim_end_matches([',', '.', '!', '?']);
    if head.len() > WIDTH
        || tail.len() > WIDTH
        || rest[close..].starts_with("’s")
        || head.contains(['.', '!', '?', ';'])
    {
        return false;
    }
    let (mut capitals, mut small) = (0, 0);
    for word in head.split_whitespace().chain(tail.trim_start_matches('.').split_whitespace()) {
        let word = bare(word);
        if is_small(word) {
            small += 1;
        } else if starts_upper(word) && !is_all_caps(word) && !is_institution(word) {
            capitals += usize::from(!is_starter(word));
        } else if !word.is_empty() {
            return false;
        }
    }
    capitals >= 2 && small >= 1
}

fn is_small(word: &str) -> bool {
    matches!(
        word,
        "a" | "an" | "the" | "of" | "in" | "to" | "for" | "and" | "on" | "at" | "by" | "from" | "with" | "or"
    )
}

#[cfg(test)]
mod tests {
    use super::super::scan::form;
    use super::*;

    #[test]
    fn works_end_as_the_search_expects() {
        assert!(WORKS.iter().all(may_end_name));
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
            assert!(is_chant(text, &form(text)), "{text}");
        }
        for text in ["in the USA, USA officials", "the USA! We won", "US, US, US"] {
            assert!(!is_chant(text, &form(text)), "{text}");
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
            assert!(is_title(text, &form(text)), "{text}");
        }
        for text in [
            "\"Welcome to the USA!\" he said",
            "Born in the USA to Finns, she",
            "\"The U.S. Senate\"",
            "He moved. Born in the USA, he",
        ] {
            assert!(!is_title(text, &form(text)), "{text}");
        }
    }
}
