//! Proper names that hold a form and keep it: those of the lists, and the user's own.

use super::around::Around;
use super::scan::{bare, common_start, is_all_caps, is_word, listed_suffix_start, match_prefix, starts_lower};
use crate::data::{List, list, list_by_end};
use crate::english::country::{Form, Letters};

list!(
    /// What follows US in a name.
    AFTER_US,
    "usa/names-after-us.txt"
);
list!(
    /// What follows USA in a name.
    AFTER_USA,
    "usa/names-after-usa.txt"
);
list_by_end!(
    /// What comes before US in a name.
    BEFORE_US,
    "usa/names-before-us.txt"
);
list_by_end!(
    /// What comes before USA in a name.
    BEFORE_USA,
    "usa/names-before-usa.txt"
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

    fn holds(&self, form: &Around<'_>) -> bool {
        let text = form.text;
        self.forms.iter().filter_map(|&at| form.start.checked_sub(at)).any(|start| {
            let end = start + self.name.len();
            text.get(start..end) == Some(&*self.name)
                && !text[..start].ends_with(is_word)
                && !text[end..].starts_with(is_word)
        })
    }
}

/// Whether the form belongs to a listed name, or to one of the user's.
pub(super) fn is_name(form: &Around<'_>, own: &[UserName]) -> bool {
    own.iter().any(|name| name.holds(form)) || begins_name(form) || ends_name(form)
}

fn begins_name(form: &Around<'_>) -> bool {
    let list: List = if form.letters == Letters::Usa { AFTER_USA } else { AFTER_US };
    let name = form.right.trim_start();
    let touches = form.touches_right();
    // In lowercase only "for" and "of" begin a listed name.
    if name.is_empty() || touches && !name.starts_with('-') || starts_lower(name) && !matches!(form.next, "for" | "of")
    {
        return false;
    }
    let upper = is_all_caps(bare(form.next));
    let is_listed = |start: &str| {
        list.beginning(start).any(|listed| listed.starts_with('-') == touches && match_prefix(name, listed, upper))
    };
    // A name in uppercase may be listed in another case.
    let start = common_start(name);
    if upper { in_both_cases(&start[..start.len().min(1)], is_listed) } else { is_listed(start) }
}

fn in_both_cases(letter: &str, is_listed: impl Fn(&str) -> bool) -> bool {
    is_listed(letter) || is_listed(&letter.to_ascii_lowercase())
}

fn ends_name(form: &Around<'_>) -> bool {
    if !form.may_end_name() || form.touches_left() && !form.left.ends_with(['(', '-']) {
        return false;
    }
    let list = if form.letters == Letters::Usa { &BEFORE_USA } else { &BEFORE_US };
    let upper = is_all_caps(bare(form.previous));
    listed_suffix_start(form.left.trim_end(), list, upper).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::around::around;
    use super::super::scan::is_inner;
    use super::*;

    fn name(text: &str) -> bool {
        is_name(&around(text), &[])
    }

    #[test]
    fn names_end_as_the_search_expects() {
        for name in BEFORE_US.list.iter().chain(BEFORE_USA.list.iter()) {
            assert!(around(&format!("{name} USA")).may_end_name(), "{name}");
            assert!(!name.split(' ').all(is_inner), "{name}");
        }
        let starts = |name: &str| !starts_lower(name) || name.starts_with("for ") || name.starts_with("of ");
        assert!(AFTER_US.iter().chain(AFTER_USA.iter()).all(starts));
    }

    #[test]
    fn names_keep_their_form() {
        for text in [
            "the USA Today poll",
            "posts by USA\n   TODAY. Our",
            "USA TODAY",
            "TEAM USA WINS",
            "a Team USA coach",
            "Miss Teen USA",
            "USA Track & Field said",
            "U.S. Steel",
            "the U.S. Open",
            "Toyota Motor Sales, U.S.A. said",
            "the US-ASCII set",
            "Presbyterian Church (USA) elders",
        ] {
            assert!(name(text), "{text}");
        }
    }

    #[test]
    fn institutions_are_no_names() {
        for text in ["the U.S. Senate", "the USA Senate", "a US bank", "US Steelworkers", "Steam USA", "US-Fiji talks"]
        {
            assert!(!name(text), "{text}");
        }
    }

    #[test]
    fn user_names_are_whole_words() {
        let own = [UserName::new("Skip US Hop").unwrap()];
        let hit = |text: &str| is_name(&around(text), &own);
        assert!(hit("a Skip US Hop fan"));
        assert!(!hit("a Skip US Hops fan"));
        assert!(UserName::new("Hop").is_none());
    }
}
