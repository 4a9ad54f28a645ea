//! Proper names that hold a form and keep it: those of the lists, and the user's own.

use super::scan::{
    after, bare, before, first_token, is_shouted, last_token, match_prefix, match_suffix, starts_lower, starts_upper,
};
use crate::data::{EndList, list, list_by_end};
use crate::english::country::Form;

list!(
    /// Names that begin with a form.
    NAMES,
    "usa/names.txt"
);
list_by_end!(
    /// Names that end in a form.
    NAMES_ENDING,
    "usa/names-ending.txt"
);
list!(
    /// Words that make an organisation's name with USA behind them.
    NAME_HEADS,
    "usa/name-heads.txt"
);
list!(
    /// Words that close a company's name.
    COMPANY_MARKS,
    "usa/company-marks.txt"
);

/// A name of the user's, cut at the form that it holds.
#[derive(Clone, Debug)]
pub(super) struct UserName {
    name: Box<str>,
    /// Where in the name its forms begin.
    forms: Vec<usize>,
}

impl UserName {
    pub(super) fn new(name: &str) -> Option<Self> {
        let name = name.trim();
        let forms: Vec<usize> =
            name.match_indices('U').map(|(i, _)| i).filter(|&i| Form::at(name, i).is_some()).collect();
        (!forms.is_empty()).then(|| Self { name: name.into(), forms })
    }

    fn holds(&self, text: &str, form: &Form) -> bool {
        self.forms.iter().any(|&at| {
            form.start.checked_sub(at).is_some_and(|start| {
                text.get(start..start + self.name.len()) == Some(&*self.name)
                    && !text[..start].ends_with(super::scan::is_word)
                    && !text[start + self.name.len()..].starts_with(super::scan::is_word)
            })
        })
    }
}

/// Whether the form belongs to a proper name that keeps it.
pub(super) fn is_name(text: &str, form: &Form, own: &[UserName]) -> bool {
    own.iter().any(|name| name.holds(text, form))
        || begins_name(text, form)
        || ends_name(text, form)
        || is_company(text, form)
}

fn begins_name(text: &str, form: &Form) -> bool {
    let rest = after(text, form.start);
    let own = &text[form.start..form.end];
    let next = &rest[own.len() + form.dots..];
    if !may_go_on(next) {
        return false;
    }
    let shouted = is_shouted(bare(first_token(next)));
    let near = own.len() + form.dots + shared(next.bytes(), shouted);
    let may_be = |name: &&str| agree(name.bytes().skip(near), rest.bytes().skip(near));
    NAMES.beginning(&rest[..near]).filter(may_be).any(|name| match_prefix(rest, name, shouted))
}

/// Behind the form a name goes on with a capital, a figure, "for", "of A" or a mark: cheap, and spares most forms the lists.
fn may_go_on(rest: &str) -> bool {
    let next = rest.trim_start();
    next.starts_with("for ")
        || next.starts_with("of A")
        || !rest.is_empty() && !starts_lower(next) && !next.starts_with([',', ';', ':', ')'])
}

/// Before the form a name or a title has a capital, but for the small words of "Born in the USA", "Communist Party of the
/// USA".
pub(super) fn may_stand_before(head: &str) -> bool {
    head.trim_end_matches(['(', '['])
        .split_whitespace()
        .rev()
        .take(4)
        .find(|w| !matches!(*w, "the" | "in" | "of" | "to" | "with" | "The"))
        .is_some_and(|w| starts_upper(w.trim_start_matches(|c: char| !c.is_alphanumeric())) || matches!(w, "made"))
}

fn ends_name(text: &str, form: &Form) -> bool {
    let left = before(text, form.start);
    if !may_stand_before(left) && !left.ends_with('-') {
        return false;
    }
    let shouted = is_shouted(bare(last_token(left)));
    let holds = |end: usize| {
        let head = before(text, end);
        likely(&NAMES_ENDING, text, form.start, end, shouted).any(|name| match_suffix(head, name, shouted))
    };
    holds(form.end) || form.whole_end() > form.end && holds(form.whole_end())
}

/// The names or titles of a list that may end the text's `..end`, of which each that does ends in `start..end` and begins
/// before it. Cheap.
pub(super) fn likely(
    list: &EndList,
    text: &str,
    start: usize,
    end: usize,
    shouted: bool,
) -> impl Iterator<Item = &'static str> {
    let near = start - shared(text.as_bytes()[..start].iter().rev().copied(), shouted);
    let may_be =
        move |name: &&str| agree(name.bytes().rev().skip(end - near), text.as_bytes()[..near].iter().rev().copied());
    list.ending(&text[near..end]).filter(may_be)
}

/// How many of the bytes beside a form a listed name must have as well, if it goes on there: a mark, or a blank and the word
/// behind it. The names are many and nearly all differ there. Of a shouted word the case tells nothing; other blanks than a
/// plain one and marks beyond ASCII have several forms.
fn shared(mut beside: impl Iterator<Item = u8>, shouted: bool) -> usize {
    match beside.next() {
        Some(b' ') if shouted => 1,
        Some(b' ') => 1 + beside.take_while(u8::is_ascii_alphanumeric).count(),
        Some(mark) => usize::from(mark.is_ascii_punctuation()),
        None => 0,
    }
}

/// Whether a name can stand in the text, by the two bytes that come next in both, in any letter case.
fn agree(mut name: impl Iterator<Item = u8>, mut text: impl Iterator<Item = u8>) -> bool {
    (0..2).all(|_| match (name.next(), text.next()) {
        (None, _) => true,
        (Some(_), None) => false,
        // A blank stands for any other, and marks have several forms.
        (Some(n), Some(t)) => t <= b' ' || !t.is_ascii() || n.eq_ignore_ascii_case(&t),
    })
}

/// A company: "Sigma Foods USA", "Rowe USA Inc.", "U.S. Bridges Corp.".
fn is_company(text: &str, form: &Form) -> bool {
    let left = before(text, form.start);
    let head = last_token(left);
    let rest = after(text, form.tail());
    let next = first_token(rest);
    if !form.dotted
        && NAME_HEADS.contains(head)
        && &text[form.start..form.end] == "USA"
        && !starts_upper(bare(next))
        && left.trim_end().len() > head.len()
    {
        return true;
    }
    // "Rowe USA, Inc." but not "the U.S., Rowe Inc."
    if rest.starts_with(", ") {
        return COMPANY_MARKS.contains(next_of(rest.trim_start_matches(", "))) && starts_upper(head);
    }
    if !rest.starts_with(char::is_whitespace) || head.eq_ignore_ascii_case("the") {
        return false;
    }
    capital_run_closes(rest)
}

fn next_of(rest: &str) -> &str {
    first_token(rest).trim_end_matches([',', ';', ')', ':'])
}

/// Whether the run of capitalised words closes with a company's mark, within five words.
fn capital_run_closes(rest: &str) -> bool {
    for token in rest.split_whitespace().take(5) {
        let word = token.trim_end_matches([',', ';', ')', ':']);
        if COMPANY_MARKS.contains(word) || COMPANY_MARKS.contains(word.trim_end_matches("'s").trim_end_matches("’s"))
        {
            return true;
        }
        if starts_lower(word) || !starts_upper(word) && word != "&" || word.ends_with('.') && word.len() > 3 {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::scan::form;
    use super::super::slogan::WORKS;
    use super::*;
    use crate::data::List;

    fn name(text: &str) -> bool {
        is_name(text, &form(text), &[])
    }

    #[test]
    fn lists_are_sorted() {
        for list in [NAMES, NAMES_ENDING.list, NAME_HEADS, COMPANY_MARKS] {
            assert!(list.is_sorted());
        }
        assert!(NAMES.iter().all(|n| n.starts_with('U')));
        // What `begins_name` looks up must not be longer than a name.
        for name in NAMES.iter() {
            assert!(Form::at(name, 0).is_none_or(|f| name.len() >= f.tail() + 2), "{name}");
        }
    }

    #[test]
    fn names_keep_their_form() {
        for text in [
            "the USA Today poll",
            "USA TODAY",
            "TEAM USA WINS",
            "a Team USA coach",
            "Miss Teen USA",
            "USA Track & Field said",
            "U.S. Steel",
            "Sigma Foods USA, a baker",
            "with Sigma Foods USA said",
            "Rowe USA Inc. fell",
            "the U.S. Open",
            "bought U.S. Bridges Corp. in May",
            "Toyota Motor Sales, U.S.A. said",
        ] {
            assert!(name(text), "{text}");
        }
    }

    #[test]
    fn institutions_are_no_names() {
        for text in [
            "the U.S. Senate",
            "the USA Senate",
            "a US bank",
            "US Steelworkers",
            "Steam USA",
            "the U.S. Rowe Corp. said",
            "the USA, Inc. magazine",
        ] {
            assert!(!name(text), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_bytes_beside_a_form_miss_no_name(
            (first, change, second, other) in (0..1000usize, 0..CHANGES.len(), 0..1000usize, 0..CHANGES.len()),
            shouted: bool,
        ) {
            let changed = |list: List, at: usize, (from, to): (&str, &str)| {
                let name = list.iter().nth(at % list.iter().count()).unwrap();
                let name = if shouted { name.to_uppercase() } else { name.to_owned() };
                name.replacen(from, to, 1) + " sailed"
            };
            let text = changed(NAMES, first, CHANGES[change]);
            if let Some(form) = Form::at(&text, 0).filter(|form| may_go_on(&text[form.tail()..])) {
                let shouted = is_shouted(bare(first_token(&text[form.tail()..])));
                let own = &text[..form.end];
                let is_listed = NAMES.iter().any(|name| name.starts_with(own) && match_prefix(&text, name, shouted));
                proptest::prop_assert_eq!(begins_name(&text, &form), is_listed, "{}", text);
            }
            for list in [&NAMES_ENDING, &WORKS] {
                let text = changed(list.list, second, CHANGES[other]);
                for form in text.match_indices('U').filter_map(|(at, _)| Form::at(&text, at)) {
                    let shouted = is_shouted(bare(last_token(&text[..form.start])));
                    for end in [form.end, form.whole_end()] {
                        let own = &text[form.start..end];
                        let ends = |name: &&str| name.ends_with(own) && match_suffix(&text[..end], name, shouted);
                        let mut all: Vec<_> = list.list.iter().filter(ends).collect();
                        let mut found: Vec<_> = likely(list, &text, form.start, end, shouted).filter(ends).collect();
                        all.sort_unstable();
                        found.sort_unstable();
                        proptest::prop_assert_eq!(found, all, "{}", text);
                    }
                }
            }
        }
    }

    /// What may differ between a name and a text that holds it, and what makes it another one.
    const CHANGES: [(&str, &str); 16] = [
        ("", ""),
        (" ", "\u{a0}"),
        (" ", "\n"),
        (" ", "  "),
        (" ", "-"),
        (" ", " ("),
        (" ", " \u{201c}"),
        (" ", ", "),
        ("'", "\u{2019}"),
        ("USA", "U.S.A."),
        ("U.S.A.", "USA."),
        ("USA", "U. S."),
        ("U.S.", "US"),
        ("e", "x"),
        ("e", ""),
        ("s", "s\u{e9}"),
    ];

    #[test]
    fn user_names_are_whole_words() {
        let own = [UserName::new("Skip US Hop").unwrap()];
        let hit = |text: &str| is_name(text, &Form::at(text, text.find("US").unwrap()).unwrap(), &own);
        assert!(hit("a Skip US Hop fan"));
        assert!(!hit("a Skip US Hops fan"));
        assert!(UserName::new("Hop").is_none());
    }
}
