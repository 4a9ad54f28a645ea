//! Proper names that hold a form and keep it: those of the lists, and the user's own.

use super::scan::{
    after, bare, before, first_token, is_all_caps, last_token, match_prefix, match_suffix, may_end_name,
};
use crate::data::{EndList, List, list, list_by_end};
use crate::english::ceil_boundary;
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
    /// What stands before US in a name.
    BEFORE_US,
    "usa/names-before-us.txt"
);
list_by_end!(
    /// What stands before USA in a name.
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

/// Whether the form belongs to a listed name, or to one of the user's.
pub(super) fn is_name(text: &str, form: &Form, own: &[UserName]) -> bool {
    own.iter().any(|name| name.holds(text, form)) || begins_name(text, form) || ends_name(text, form)
}

fn begins_name(text: &str, form: &Form) -> bool {
    let list: List = if form.letters == Letters::Usa { AFTER_USA } else { AFTER_US };
    let rest = after(text, form.whole_end());
    let name = rest.trim_start();
    let touches = name.len() == rest.len();
    if touches && !name.starts_with('-') || !may_go_on(name) {
        return false;
    }
    let all_caps = is_all_caps(bare(first_token(name)));
    list.beginning(key(name, all_caps)).any(|n| n.starts_with('-') == touches && match_prefix(name, n, all_caps))
}

/// A name goes on with a capital, a figure or a mark, or with "for" or "of". Cheap, and spares most forms the lists.
fn may_go_on(name: &str) -> bool {
    !name.starts_with(|c: char| c.is_ascii_lowercase()) || name.starts_with("for ") || name.starts_with("of ")
}

/// How a name must begin to be in a list: with the text's first letters. Words in uppercase may be written otherwise there.
fn key(name: &str, all_caps: bool) -> &str {
    let first = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    if all_caps { "" } else { &name[..first] }
}

fn ends_name(text: &str, form: &Form) -> bool {
    let list: &EndList = if form.letters == Letters::Usa { &BEFORE_USA } else { &BEFORE_US };
    let left = before(text, form.start);
    let head = left.trim_end();
    let touches = head.len() == left.len();
    if !may_end_name(head) {
        return false;
    }
    let all_caps = is_all_caps(bare(last_token(head)));
    let first = head.rfind(|c: char| !c.is_ascii_alphanumeric()).map_or(0, |i| ceil_boundary(head, i + 1));
    let key = match head.as_bytes().last() {
        Some(b'(' | b'-') if touches => &head[head.len() - 1..],
        _ if touches => return false,
        _ if all_caps => "",
        _ => &head[first..],
    };
    list.ending(key).any(|name| match_suffix(head, name, all_caps))
}

#[cfg(test)]
mod tests {
    use super::super::scan::form;
    use super::*;

    fn name(text: &str) -> bool {
        is_name(text, &form(text), &[])
    }

    #[test]
    fn names_end_as_the_search_expects() {
        for name in BEFORE_US.list.iter().chain(BEFORE_USA.list.iter()) {
            assert!(may_end_name(name), "{name}");
        }
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
        let hit = |text: &str| is_name(text, &Form::at(text, text.find("US").unwrap()).unwrap(), &own);
        assert!(hit("a Skip US Hop fan"));
        assert!(!hit("a Skip US Hops fan"));
        assert!(UserName::new("Hop").is_none());
    }
}
